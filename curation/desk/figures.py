"""How much waits, for how long, and how long people wait for an answer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.cases import TAKEN_FOR
from curation.models import Case

MEDIAN_OVER = dt.timedelta(days=90)


@dataclass(frozen=True)
class Figures:
    """Days are whole days; `median_days` is None while nothing was decided."""

    waiting: int
    oldest_days: int
    open_by_me: int
    median_days: float | None

    @property
    def sentence(self) -> str:
        """ "12 wait. The oldest has waited 6 days. You have 1 open." """
        if not self.waiting:
            return _("Nothing waits. Thank you.")
        said = [ngettext("%(n)s waits.", "%(n)s wait.", self.waiting) % {"n": self.waiting}]
        if self.oldest_days:
            said.append(
                ngettext(
                    "The oldest has waited %(n)s day.",
                    "The oldest has waited %(n)s days.",
                    self.oldest_days,
                )
                % {"n": self.oldest_days}
            )
        if self.open_by_me:
            words = ngettext("You have %(n)s open.", "You have %(n)s open.", self.open_by_me)
            said.append(words % {"n": self.open_by_me})
        return " ".join(said)

    @property
    def pace(self) -> str:
        """ "In the last 90 days, half of them had their answer within 2 days." """
        if self.median_days is None:
            return ""
        days = max(1, round(self.median_days))
        return ngettext(
            "In the last 90 days, half of them had an answer within a day.",
            "In the last 90 days, half of them had an answer within %(n)s days.",
            days,
        ) % {"n": days}


def figures(user: Any) -> Figures:
    """What the head of the desk says, in three queries."""
    now = timezone.now()
    mine = Q(taken_by=user, taken_at__gte=now - TAKEN_FOR)
    counted = Case.objects.filter(closed_at=None).aggregate(
        waiting=Count("pk"), oldest=Min("opened_at"), mine=Count("pk", filter=mine)
    )
    return Figures(
        waiting=counted["waiting"],
        oldest_days=(now - counted["oldest"]).days if counted["oldest"] else 0,
        open_by_me=counted["mine"],
        median_days=median_days(now),
    )


def median_days(now: dt.datetime) -> float | None:
    """The median time from arrival to decision over the last 90 days, in days."""
    took = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    decided = Case.objects.filter(closed_at__gte=now - MEDIAN_OVER).annotate(took=took)
    number = decided.count()
    middle = decided.order_by("took").values_list("took", flat=True)
    found = list(middle[max(0, (number - 1) // 2) : number // 2 + 1])
    if not found:
        return None
    return sum(each.total_seconds() for each in found) / len(found) / 86_400
