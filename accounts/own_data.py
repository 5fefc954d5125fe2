"""What is stored about one person, as they see it on a page and as a file to keep."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.languages import day_in_words
from accounts.models import User
from accounts.personal import Kept, Person, parts, person, registered

ROWS_ON_A_PAGE = 5


@dataclass(frozen=True)
class Holding:
    """What is there of one kind: how many rows, and the newest of them as (label, text) pairs."""

    kept: Kept
    number: int
    newest: list[list[tuple[str, str]]]

    @property
    def more(self) -> int:
        """How many are in the file only."""
        return self.number - len(self.newest)


@dataclass(frozen=True)
class Part:
    """A heading, what there is beneath it, and the titles of what there could be and is not."""

    title: str
    holdings: list[Holding]
    empty: list[str]


def overview(user: User) -> list[Part]:
    """Everything about somebody, part by part."""
    whom = person(user)
    return [_part(title, kept, whom) for title, kept in parts()]


def _part(title: Any, kept: list[Kept], whom: Person) -> Part:
    holdings = [_holding(each, whom) for each in kept]
    return Part(
        str(title),
        [each for each in holdings if each.number],
        [str(each.kept.title) for each in holdings if not each.number],
    )


def _holding(kept: Kept, whom: Person) -> Holding:
    rows = kept.rows(whom)
    number = rows.count()
    newest = list(rows.order_by("-pk")[:ROWS_ON_A_PAGE]) if number else []
    return Holding(kept, number, [list(_in_words(kept, row, whom)) for row in newest])


def _in_words(kept: Kept, row: Model, whom: Person) -> Iterator[tuple[str, str]]:
    """The fields of a row that hold something; of whose account it is, the reader knows."""
    for name, label in kept.fields.items():
        if name in kept.secret:
            yield str(label), _("kept, and never shown")
            continue
        value = _value(row, name)
        text = "" if name in kept.people and value == whom.user.email else _text(value)
        if text:
            yield str(label), text


def _value(row: Any, name: str) -> Any:
    """What a field holds: words for a choice, a name for what it points at."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return [str(each) for each in getattr(row, name).all()]
    if field.is_relation:
        pointed = getattr(row, name)
        return pointed.email if isinstance(pointed, User) else _name(pointed)
    if isinstance(field, Field) and field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return getattr(row, name)


def _name(thing: Any) -> str:
    return "" if thing is None else str(thing)


def _text(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{day_in_words(local.date())}, {local:%H:%M}"
    if isinstance(value, dt.date):
        return day_in_words(value)
    if isinstance(value, dict):
        return _("in the file to download")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) if not any(isinstance(v, dict) for v in value) else ""
    return str(value)


def download(user: User) -> str:
    """The same as a JSON document, every row whole but for its secrets."""
    whom = person(user)
    document = {
        "about": {"addresses": list(whom.addresses), "made_at": timezone.now()},
        "kept": [
            {
                "what": str(kept.title),
                "what_for": str(kept.purpose),
                "who_sees_it": str(kept.seen_by),
                "table": kept.model,
                "rows": [_whole(kept, row) for row in kept.rows(whom)],
            }
            for kept in registered()
        ],
    }
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _whole(kept: Kept, row: Model) -> dict[str, Any]:
    return {name: _value(row, name) for name in kept.fields if name not in kept.secret}


def leaving(user: User) -> tuple[list[str], list[tuple[str, str]]]:
    """What goes with an account, and what stays with how; only of what there is."""
    whom = person(user)
    there = [kept for kept in registered() if kept.rows(whom).exists()]
    goes = [str(kept.title) for kept in there if not kept.stays]
    return goes, [(str(kept.title), str(kept.stays)) for kept in there if kept.stays]
