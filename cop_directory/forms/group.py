"""The form of a group: the one authority on what a group may hold.

`contents.py` says what there is, `rules.py` what is required and what fits together,
`layout.py` where it stands.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cop_directory.forms import layout, rules
from cop_directory.forms.contents import FIELDS, PARTS
from cop_directory.forms.named import in_words
from cop_directory.models import Listing, Place
from curation.forms.base import EntryForm
from curation.models import Entry, Stance


def _towns() -> list[str]:
    return [in_words(place) for place in Place.objects.all()]


class GroupForm(EntryForm):
    """The form of a group. One whose hosts send it, or were asked, has agreed to be shown."""

    base_fields = FIELDS
    screens = (layout.FIRST, layout.SECOND)
    keepers_mark = "consent"
    kept_in = {"place": "area", "hosts": "host_note"}
    offered = {"towns": _towns, **EntryForm.offered}

    def follows(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a host says by sending it; nothing of the parts of other kinds."""
        is_hosts = self.before is None and self.stance in (Stance.RUN, Stance.ASKED)
        mine = rules.PART_OF.get(values["kind"])
        others = (name for part, names in PARTS.items() if part != mine for name in names)
        return {
            **(_what_a_host_says(values) if is_hosts else {}),
            **{name: self.blank()[name] for name in others},
        }

    def missing(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        return rules.missing(values, self.before, tip=self.stance == Stance.TIP)

    def at_odds(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        return rules.at_odds(values)


def _what_a_host_says(values: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever runs a group, or has asked those who do, says so much by sending it."""
    running = {"activity": Entry.Activity.ACTIVE}
    known = values["activity"] != Entry.Activity.UNKNOWN
    return {"consent": Listing.Consent.AGREED, **({} if known else running)}
