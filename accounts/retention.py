"""What is deleted when: one table that each app adds its rules to, in `AppConfig.ready()`.

The nightly run applies it, the privacy page prints it, so the two cannot differ.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def _delete(rows: QuerySet) -> None:
    rows.delete()


@dataclass(frozen=True)
class Rule:
    """Rows that go a number of days after something.

    what   what they are, as the privacy page says it; since: after what the days are counted
    due(before)  the rows for which that was before this moment
    forget(rows) what is done about them, where deleting would be too much
    """

    name: str
    what: Any
    days: int
    since: Any
    due: Callable[[dt.datetime], QuerySet]
    forget: Callable[[QuerySet], None] = _delete

    @property
    def period(self) -> str:
        """How long, in words: "30 days", "1 year"."""
        years, rest = divmod(self.days, 365)
        if years and not rest:
            return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
        return ngettext("%(n)s day", "%(n)s days", self.days) % {"n": self.days}

    @property
    def sentence(self) -> str:
        """ "Deleted 30 days after it was sent"."""
        return _("deleted %(period)s after %(since)s") % {
            "period": self.period,
            "since": self.since,
        }

    def apply(self, now: dt.datetime) -> int:
        """Do it; the number of rows."""
        rows = self.due(now - dt.timedelta(days=self.days))
        number = rows.count()
        if number:
            self.forget(rows)
        return number


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Take in an app's rules; its `AppConfig.ready()` calls this."""
    _rules.update({rule.name: rule for rule in rules})


def registered() -> list[Rule]:
    """Every rule, in the order in which they are applied."""
    return list(_rules.values())


def apply(now: dt.datetime) -> dict[str, int]:
    """Apply every rule; {name: rows} for those that had something to do."""
    done = {rule.name: rule.apply(now) for rule in registered()}
    return {name: number for name, number in done.items() if number}
