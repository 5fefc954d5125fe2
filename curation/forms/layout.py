"""Where the fields of a form stand: in which section, and who is shown it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

MARKDOWN = _("Stars and lines are fine: *slanted*, **bold**, - a list.")


@dataclass(frozen=True)
class Section:
    """Fields that stand together. `name_en` and `name_fr` are named once, as "name".

    known: whether only an entry that is here already has it (None: all); keepers_only: not shown
    to strangers; reviewers_only: nor to keepers. A shelf adds what else its sections depend on,
    and asks it in `is_of`.
    """

    title: Any
    names: tuple[str, ...]
    folded: bool = False
    known: bool | None = None
    keepers_only: bool = False
    reviewers_only: bool = False
    words: Any = ""

    def is_for(self, kind: str, *, known: bool, keeper: bool, reviewer: bool) -> bool:
        """Whether the section is shown for an entry of this kind."""
        if self.known is not None and self.known != known:
            return False
        if (self.keepers_only and not keeper) or (self.reviewers_only and not reviewer):
            return False
        return self.is_of(kind)

    def is_of(self, kind: str) -> bool:
        """Whether entries of this kind have the section; a shelf without kinds says so of all."""
        return True


def fields_of(sections: tuple[Section, ...], known_fields: Any) -> list[str]:
    """The fields of some sections, each text in its two languages."""
    return [
        each
        for section in sections
        for name in section.names
        for each in ((name,) if name in known_fields else (f"{name}_en", f"{name}_fr"))
    ]


@dataclass(frozen=True)
class Shown:
    """A section as a template prints it: `rows` are fields, or pairs of English and French."""

    title: Any
    words: Any
    folded: bool
    rows: list[list[BoundField]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it must be unfolded: nobody looks for an error in a closed drawer."""
        return any(each.form.is_bound and each.errors for row in self.rows for each in row)


def shown(sections: tuple[Section, ...], form: Any) -> Iterator[Shown]:
    """The sections of a form with their fields."""
    for section in sections:
        rows = [
            [form[name]] if name in form.fields else [form[f"{name}_en"], form[f"{name}_fr"]]
            for name in section.names
        ]
        yield Shown(section.title, section.words, section.folded, rows)
