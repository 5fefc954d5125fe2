"""The next meetings of a group: a day, the hour where it is known, and whose time that is.

As JSON a meeting is a line such as "2026-12-03 14:00 America/Halifax", or "2026-12-03" where
nobody said the hour; a cell of a table holds the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.languages import day_in_words
from cop_directory.models import Meeting
from curation.forms.fields import NO_DAY, Value

ROWS = 3
MOST = 12
FARTHEST = dt.timedelta(days=730)
WHOLE_DAY = 24 * 60  # minutes: how long a meeting takes of which only the day is known
ANY_ZONE = Meeting._meta.get_field("timezone").default
NOT_AHEAD = gettext_lazy("Give days that are still to come, at most two years ahead.")
ZONES = (
    ("America/Vancouver", gettext_lazy("Pacific time (Vancouver)")),
    ("America/Whitehorse", gettext_lazy("Yukon time (Whitehorse)")),
    ("America/Edmonton", gettext_lazy("Mountain time (Edmonton)")),
    ("America/Regina", gettext_lazy("Saskatchewan time (Regina)")),
    ("America/Winnipeg", gettext_lazy("Central time (Winnipeg)")),
    ("America/Toronto", gettext_lazy("Eastern time (Toronto)")),
    ("America/Halifax", gettext_lazy("Atlantic time (Halifax)")),
    ("America/St_Johns", gettext_lazy("Newfoundland time (St. John’s)")),
)


@dataclass(frozen=True)
class When:
    """A meeting's day, its hour or None, and the name of the time zone."""

    day: dt.date
    hour: dt.time | None = None
    zone: str = ANY_ZONE

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """When a meeting is."""
        start = meeting.starts_at.astimezone(ZoneInfo(meeting.timezone))
        if meeting.minutes == WHOLE_DAY and start.time() == dt.time():
            return cls(start.date())
        return cls(start.date(), start.time().replace(second=0, microsecond=0), meeting.timezone)

    @classmethod
    def read(cls, day: str, hour: str = "", zone: str = "") -> Self:
        """What was written. Raises ValidationError with a sentence that says what to do."""
        try:
            on = dt.date.fromisoformat(day)
        except ValueError:
            raise ValidationError(NO_DAY) from None
        if not hour:
            return cls(on)
        try:
            at = dt.time.fromisoformat(hour).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            raise ValidationError(_("Write the time like this: 14:30.")) from None
        if zone not in _zones():
            raise ValidationError(_("Choose the time zone."))
        return cls(on, at, zone)

    @property
    def starts_at(self) -> dt.datetime:
        """The moment; the first of the day where the hour is not known."""
        return dt.datetime.combine(self.day, self.hour or dt.time(), ZoneInfo(self.zone))

    @property
    def is_over(self) -> bool:
        """Whether its day has passed."""
        return self.day < timezone.localdate()

    @property
    def minutes(self) -> int:
        """How long it takes, as far as we know."""
        return Meeting._meta.get_field("minutes").default if self.hour else WHOLE_DAY

    @property
    def json(self) -> str:
        return f"{self.day} {self.hour:%H:%M} {self.zone}" if self.hour else str(self.day)

    @property
    def words(self) -> str:
        """The day and hour, in the meeting's own time zone, which is named by its place."""
        if self.hour is None:
            return day_in_words(self.day)
        return _("%(day)s, %(hour)s (time in %(city)s)") % {
            "day": day_in_words(self.day),
            "hour": formats.date_format(self.starts_at, pgettext("format of an hour", "g:i a")),
            "city": self.zone.rsplit("/", 1)[-1].replace("_", " "),
        }


class MeetingRows(forms.Widget):
    """A few rows of a day and an hour, and one list of time zones for all of them."""

    template_name = "django/forms/widgets/meetings.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = [_parts(row) for row in value or []]
        rows = [row[:2] for row in given] + [["", ""]] * (ROWS - len(given))
        chosen = next((row[2] for row in given if row[2]), "")
        zones = dict(ZONES) | ({chosen: chosen} if chosen not in dict(ZONES) and chosen else {})
        context["widget"] |= {"rows": rows, "chosen": chosen, "zones": zones.items()}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed as [day, hour, zone] of each row; lines of JSON stay as they are."""
        if not hasattr(data, "getlist"):
            return data.get(name)
        *boxes, zone = [box.strip() for box in data.getlist(name)] or [""]
        return [[*row, zone] for row in zip(boxes[::2], boxes[1::2], strict=False) if any(row)]


class MeetingsField(Value, forms.Field):
    """When a group meets next. What is typed must lie ahead; what has passed is left out."""

    widget = MeetingRows

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> list[str]:
        found = {}
        for row in value or []:
            when = When.read(*_parts(row))
            if when.is_over and not isinstance(row, list):
                continue  # its day was still to come when it was sent
            if when.is_over or when.day > timezone.localdate() + FARTHEST:
                raise ValidationError(NOT_AHEAD)
            found[when.starts_at] = when
        if len(found) > MOST:
            raise ValidationError(_("Name at most %(most)d.") % {"most": MOST})
        return [found[moment].json for moment in sorted(found)]

    def words(self, value: Any) -> list[str]:
        return [When.read(*_parts(row)).words for row in value or []]


def ahead(meetings: Iterable[Meeting]) -> list[str]:
    """The meetings of a group that lie ahead, as the form holds them."""
    coming = [when for when in map(When.of, meetings) if not when.is_over]
    return [when.json for when in sorted(coming, key=lambda when: when.starts_at)]


@cache
def _zones() -> set[str]:
    return available_timezones()


def _parts(row: Any) -> list[str]:
    """Day, hour and zone of a row that was typed, or of a line."""
    parts = row if isinstance(row, list) else str(row).split(maxsplit=2)
    return [*parts, "", "", ""][:3]
