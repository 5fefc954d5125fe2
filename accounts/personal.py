"""The registry of everything that is stored about people.

Each app says in its `AppConfig.ready()` what it keeps: which fields of which model, whose they
are, what for, who sees them, how long, and what happens to them when an account is deleted. The
privacy page prints it, "What we keep about you" shows each person their own rows, and a test
compares it with the models.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts import letters
from accounts.models import User
from accounts.retention import Rule

# The parts of the list, in the order in which a reader meets them.
ACCOUNT = _("Your account")
SENT = _("What you send us")
TOGETHER = _("Who looks after what")
REVIEW = _("What volunteer reviewers do")
MAIL = _("Mails and limits")
PARTS = (ACCOUNT, SENT, TOGETHER, REVIEW, MAIL)

# Who sees it.
NOBODY = _("nobody; the site needs it to work")
YOU = _("only you")
REVIEWERS = _("you and the volunteer reviewers")

WITH_THE_ACCOUNT = _("as long as you have an account")


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and every address that they have proven to be theirs."""

    user: User
    addresses: tuple[str, ...]

    def is_at(self, *fields: str) -> Q:
        """The condition that one of these fields holds one of the addresses."""
        return _any(Q(**{f"{name}__iexact": each}) for name in fields for each in self.addresses)


@dataclass(frozen=True)
class Kept:
    """What one model holds about people.

    fields     the fields about a person, with what people call them
    rest       the other fields: they say nothing about a person ("*": all others)
    secret     those of `fields` that are never shown, not even to the person
    people     fields that point at an account; addresses: fields that hold an e-mail address
    find       finds a person's rows where `people` and `addresses` do not suffice
    until      how long, in words; rules: what the nightly run deletes, with its numbers
    stays      what remains when the account is deleted, as a sentence; "" when nothing does
    forget     what is done about a person's rows before the account is deleted
    deed       whether having such a row means that the account is in use
    """

    model: str
    part: Any
    title: Any
    fields: Mapping[str, Any]
    purpose: Any
    seen_by: Any
    until: Any = WITH_THE_ACCOUNT
    rules: tuple[Rule, ...] = ()
    rest: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    find: Callable[[Person], Q] | None = None
    stays: Any = ""
    forget: Callable[[Person], None] | None = None
    deed: bool = False

    @property
    def table(self) -> type[models.Model]:
        """The model."""
        return apps.get_model(self.model)

    def rows(self, person: Person) -> QuerySet:
        """Everything in this table that is about a person, oldest first."""
        if self.find:
            condition = self.find(person)
        else:
            condition = _any(Q(**{name: person.user}) for name in self.people)
            if self.addresses:
                condition |= person.is_at(*self.addresses)
        points_at = [name for name in self.fields if self.table._meta.get_field(name).many_to_one]
        rows = self.table._default_manager.filter(condition)
        return rows.select_related(*points_at).order_by("pk") if points_at else rows.order_by("pk")


_kept: dict[str, Kept] = {}


def register(*kept: Kept) -> None:
    """Take in what an app keeps; its `AppConfig.ready()` calls this."""
    _kept.update({each.model: each for each in kept})


def registered() -> list[Kept]:
    """All that is kept about people, part by part."""
    return sorted(_kept.values(), key=lambda kept: PARTS.index(kept.part))


def parts() -> Iterator[tuple[Any, list[Kept]]]:
    """The same with the heading of each part."""
    for part in PARTS:
        yield part, [kept for kept in registered() if kept.part is part]


def person(user: User) -> Person:
    """Somebody with the addresses that are theirs for sure."""
    proven = apps.get_model("account.EmailAddress").objects.filter(user=user, verified=True)
    addresses = {user.email.lower(), *(row.email.lower() for row in proven)}
    return Person(user, tuple(sorted(addresses)))


def idle(before: dt.datetime) -> QuerySet[User]:
    """Accounts nobody has signed in to since `before`, and with which nobody ever did anything."""
    quiet = User.objects.annotate(seen_at=Coalesce("last_login", "date_joined")).filter(
        seen_at__lt=before, is_staff=False, is_superuser=False, is_moderator=False
    )
    for kept in registered():
        for name in kept.people if kept.deed else ():
            done = kept.table._default_manager.filter(**{name: OuterRef("pk")})
            quiet = quiet.exclude(Exists(done))
    return quiet


@transaction.atomic
def delete_account(user: User, *, tell: bool = True) -> None:
    """Delete an account and everything about the person, but for what `stays` says.

    `tell`: confirm it with a last mail to the address.
    """
    whom = person(user)
    for kept in registered():
        if kept.forget:
            kept.forget(whom)
    address, language = user.email, user.language
    user.delete()
    if tell:
        letters.write("account_deleted", to=address, language=language)


def _any(conditions: Iterator[Q]) -> Q:
    """One of these; where there is none, nothing at all."""
    joined = Q(pk__in=[])
    for condition in conditions:
        joined |= condition
    return joined
