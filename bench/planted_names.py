"""Lessons and answers whose names are hidden, each name a word that nothing else has.

What `hidden_names.py` and the test beside the other crawls look for: authors, agencies, senders,
keepers, days, narrow contexts, files that carry names, what waits, what was reported or taken
off. `Names.named` has the same of lessons that hide nothing, which must be found.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from accounts.models import Domain, Organization, Province
from curation import changes, history, lifecycle
from curation.changes import Sender
from curation.models import Decision, Entry, Language, Relation, Submission
from curation.reporting import reports
from resources.files.keeping import take_in
from resources.models import Collection, CollectionItem, Corroboration, Material, Resource
from tests.factories import (
    make_keeper,
    make_language,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    make_tag,
    reindex,
)
from tests.library import make_answer, make_lesson
from tests.resources.files import made

# Years in which nothing else on the site happened, so that a day of theirs is known at once.
FIRST_YEAR = 1981
ENDINGS = ("pdf", "docx", "png", "jpg", "xlsx", "odt")
FEW = ("NU", "YT", "NT", "PE", "NL", "SK", "NB")
CONSONANTS, VOWELS = "bdfgklmnprtvz", "aeou"


@dataclass
class Names:
    """What was planted. Words of `people` may be met nowhere, those of `agencies` only where our
    list of organizations is offered, `titles` (of what is not public) nowhere, `hidden_titles`
    not beside anything that belongs to their agency, `narrow` not on the page of the same key."""

    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    hidden_titles: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    days: list[dt.date] = field(default_factory=list)
    narrow: dict[int, list[str]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    without_author: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    organizations: list[int] = field(default_factory=list)
    people_who_read: dict[str, Any] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    _provinces: Iterator[str] = field(default_factory=lambda: itertools.cycle(FEW))
    letters: random.Random = field(default_factory=lambda: random.Random(4))

    def word(self, *kept: list[str]) -> str:
        """A fresh word with an accent in it, remembered in these lists."""
        pairs = (self.letters.choice(CONSONANTS) + self.letters.choice(VOWELS) for _ in range(5))
        word = f"Zqé{''.join(pairs)}x"
        for each in kept:
            each.append(word)
        return word

    def province(self) -> str:
        """One in which, of all that is planted, fewer than five agencies are."""
        return next(self._provinces)

    def day(self) -> dt.date:
        """A fresh day, in a year of its own."""
        at = dt.date(FIRST_YEAR + len(self.days), 2 + len(self.days) % 9, 3 + len(self.days) % 20)
        self.days.append(at)
        return at


def plain(word: str) -> str:
    """As it stands in an address."""
    return word.replace("é", "e").lower()


def plant(lessons: int = 8, files: Iterable[str] = ENDINGS) -> Names:
    """Fill the site that Django is set up for. `lessons` are hidden ones, beside all others, each
    with a file of these endings."""
    names = Names(endings=tuple(files))
    group = make_listing(names.word() + " circle")
    make_reviewer("reviewer@example.org")
    for number in range(lessons):
        _hidden_lesson(names, number, group)
    for visibility in ("agency", "named"):
        for _ in range(2):
            _lesson_with_agency(names, visibility, group)
    _answers(names)
    for review in ("draft", "submitted", "needs_answer", "rejected", "withdrawn"):
        _not_public(names, review)
    _collection(names)
    _readers(names)
    reindex()
    return names


def plant_in_a_page(names: Names) -> None:
    """Write one name where everybody reads it, split by a tag, as no form would."""
    name = names.people[0]
    words = f"Ask *{name[:5]}*{name[5:]} about it."
    Entry.objects.filter(pk=names.shown[0]).update(description_en=words)
    reindex()


def _hidden_lesson(names: Names, number: int, group: Any) -> None:
    """Public, with everything about it hidden, and something of it in every corner."""
    secret, day, province = [names.people], names.day(), names.province()
    agency = _agency(names, province) if number % 2 == 0 else None
    title = names.word(names.hidden_titles)
    lesson = make_lesson(
        f"{title} rings everybody up",
        review="draft",
        visibility="hidden",
        authors=f"Ana {names.word(*secret)}; Bo {names.word(*secret)}",
        organization=agency,
        publisher=f"{names.word(*secret)} House",
        method="own-numbers",
        method_count=9,
        method_link=f"https://{plain(names.word(*secret))}.example/study",
        review_on=day.replace(year=2061 + number),
        **_narrow(province),
    )
    names.days.append(lesson.review_on)
    _with_context(names, lesson, group)
    _sent(names, lesson, number)
    reviewer = make_reviewer(f"reviewer{number}@example.org")
    lifecycle.take(lesson, "submit", by=None, role=Decision.Role.SENDER)
    lifecycle.take(lesson, "publish", by=reviewer, note="Thank you.")
    _files(names, lesson, day)
    _keep(names, lesson)
    _edited(names, lesson)
    reports.report(lesson, ("recognized", "wrong")[number % 2], words=names.word(*secret))
    _dated(lesson, day)
    names.hidden.append(lesson.pk)


def _narrow(province: str) -> dict[str, Any]:
    return {
        "provinces": (province,),
        "formats": ("phone-ok",),
        "place_size": "remote",
        "agency_size": "under-10",
        "staff_time": "weeks",
        "money": "under-1000",
        "from_year": 1911,
        "to_year": 1912,
    }


def _with_context(names: Names, row: Any, group: Any = None) -> None:
    """A client group and a language that nobody else serves, and a group that talks about it."""
    client, tongue = names.word(), names.word()
    row.tagged.create(tag=make_tag(plain(client), facet="client-group", name=client))
    is_lesson = isinstance(row, Resource)
    code = row.provinces.get().province if is_lesson else row.province
    told = [client, f'"{code}"']
    for lang in ("en", "fr"):
        with override(lang):
            told.append(str(Province(code).label))
    if is_lesson:
        number = Language.objects.count()
        language = Language.objects.create(
            code=f"q{chr(97 + number // 26)}{chr(97 + number % 26)}",
            name_en=tongue,
            name_fr=f"{tongue} (fr)",
            name_native=tongue,
        )
        row.served_in.add(language)
        told += [tongue, "1911", "1912"]
    if group is not None:
        Relation.objects.create(from_entry_id=row.pk, to_entry_id=group.pk, kind="discussed_in")
        told.append(group.name_en.split()[0])
    names.narrow[row.pk] = told


def _sent(names: Names, entry: Entry, number: int) -> None:
    """Who sent it: by turns a stranger and somebody with an account."""
    email = f"{plain(names.word(names.people))}@{plain(names.word(names.people))}.example"
    by = make_person(email) if number % 2 else None
    Submission.objects.create(entry=entry, stance="run", by=by, email="" if by else email)


def _keep(names: Names, lesson: Resource) -> None:
    """Somebody looks after it, and a shared address does."""
    for mailbox in (False, True):
        email = f"{plain(names.word(names.people))}@example.org"
        make_keeper(lesson, email, mailbox=mailbox)


def _edited(names: Names, lesson: Resource) -> None:
    """An edit that waits, by a keeper, and one that was made."""
    from curation import shelves

    seen = shelves.of(lesson).values(lesson)
    lesson.refresh_from_db()
    changes.propose(
        lesson,
        {**seen, "authors": names.word(names.people), "publisher": names.word(names.people)},
        sender=Sender(email=f"{plain(names.word(names.people))}@example.org"),
        token=uuid.uuid4(),
        base=lesson.version,
        seen=seen,
        note=f"Ask {names.word(names.people)}.",
    )
    history.write(
        lesson,
        "edit",
        by=None,
        role=Decision.Role.KEEPER,
        note=names.word(names.people),
        before={"authors": names.word(names.people)},
        after={"authors": lesson.authors},
    )


def _files(names: Names, lesson: Resource, day: dt.date) -> None:
    """A file of each kind that knows whose it is; the names are those of `made`."""
    for position, ending in enumerate(names.endings):
        data = getattr(made, f"named_{ending}")()
        upload = take_in(f"Poster {position}.{ending}", io.BytesIO(data), len(data))
        upload.uploaded_at = dt.datetime.combine(day, dt.time(9), dt.UTC)
        upload.save()
        Material.objects.create(resource=lesson, upload=upload, title="Poster", position=position)
        names.files.append(f"{upload.pk}/{upload.name}")
    if made.PLANTED not in names.people:
        names.people.append(made.PLANTED)


def _agency(names: Names, province: str) -> Organization:
    """An organization of our list that nobody may connect with anything here."""
    row = make_organization(
        f"{names.word(names.agencies)} Newcomer House",
        name_fr=f"Maison {names.word(names.agencies)}",
        acronym=plain(names.word(names.agencies)).upper(),
        website=f"https://{plain(names.word(names.agencies))}.example/",
        province=province,
    )
    domain = f"{plain(names.word(names.agencies))}.example"
    Domain.objects.create(organization=row, name=domain, confirmed_at=timezone.now())
    names.organizations.append(row.pk)
    return row


def _lesson_with_agency(names: Names, visibility: str, group: Any) -> None:
    """A lesson that hides its author alone, or nobody."""
    hides = visibility == "agency"
    kept = names.people if hides else names.named
    lesson = make_lesson(
        f"{names.word()} writes letters",
        visibility=visibility,
        authors=f"Cy {names.word(kept)}",
        organization=make_organization(f"{names.word(names.named)} Centre", province="ON"),
        **_narrow("ON"),
    )
    _with_context(names, lesson, group)
    told = names.narrow.pop(lesson.pk)
    if hides:
        names.narrow[lesson.pk] = told[-1:]
        _sent(names, lesson, 0)
        _dated(lesson, names.day())
        names.without_author.append(lesson.pk)
    else:
        names.shown.append(lesson.pk)


def _answers(names: Names) -> None:
    """Hidden answers to a lesson of each kind, of an agency of our list and of one in words."""
    lessons = [*names.hidden[:2], *names.without_author[:1], *names.shown]
    for number, lesson in enumerate(lessons):
        province = names.province()
        agency = _agency(names, province) if number % 2 == 0 else None
        answer = make_answer(
            Resource.objects.get(pk=lesson),
            "Nobody picked up the phone",
            visibility="hidden",
            organization=agency,
            agency=f"{names.word(names.people)} Club",
            province=province,
            place_size="remote",
            agency_size="under-10",
            year=None,
            said_on=names.day(),
            method="own-numbers",
            method_link=f"https://{plain(names.word(names.people))}.example/count",
        )
        _with_context(names, answer)
        _sent(names, answer, number)
        _dated(answer, names.days[-1])
        # It stands on the page of its lesson.
        names.narrow.setdefault(lesson, []).extend(names.narrow[answer.pk][:1])
    agency = make_organization(f"{names.word(names.named)} League", province="ON")
    make_answer(Resource.objects.get(pk=names.shown[0]), "It went well", organization=agency)


def _not_public(names: Names, review: str) -> None:
    """A lesson that nobody may know of yet, or any longer; and an answer in the same state."""
    lesson = make_lesson(
        f"{names.word(names.titles)} waits",
        review=review,
        visibility="hidden",
        authors=names.word(names.people),
        publisher=names.word(names.people),
        **_narrow(names.province()),
    )
    _sent(names, lesson, 0)
    _files(names, lesson, names.day())
    answer = make_answer(
        Resource.objects.get(pk=names.shown[0]),
        names.word(names.titles),
        review=review,
        visibility="hidden",
        agency=names.word(names.people),
    )
    _sent(names, answer, 0)
    names.gone += [lesson.pk, answer.pk]


def _collection(names: Names) -> None:
    """What to read first: hidden lessons among others, and one that is not public."""
    collection = Collection.objects.create(
        shelf="collection",
        name_en="To read first",
        name_fr="À lire d’abord",
        review="published",
        published_at=timezone.now(),
    )
    entries = [*names.hidden[:3], *names.shown, *names.gone[:1]]
    for position, entry in enumerate(entries, start=1):
        CollectionItem.objects.create(
            collection=collection, entry_id=entry, position=position, why_en="It is short"
        )


def _readers(names: Names) -> None:
    """Who else reads: somebody with an edit that waits, a colleague, keepers, an umbrella."""
    from curation import shelves

    known = Organization.objects.get(pk=names.organizations[0])
    lesson = Resource.objects.get(pk=names.hidden[0])
    anybody = make_person("anybody@reader.example")
    shelf = shelves.of(lesson)
    form = shelf.form({}, lesson)
    seen = {n: v for n, v in shelf.values(lesson).items() if n not in form.not_shown()}
    changes.propose(
        lesson,
        {**shelf.values(lesson), "description_en": "We rang all of them up, twice."},
        sender=Sender(by=anybody),
        token=uuid.uuid4(),
        base=lesson.version,
        seen=seen,
    )
    umbrella = make_organization("Umbrella of the North", type="umbrella", province="NU")
    other = make_organization("Some other agency", province="ON")
    keeper = make_member("keeper@reader.example", other)
    lesson_of_keeper = make_lesson("Of another agency", organization=other)
    names.shown.append(lesson_of_keeper.pk)
    names.people_who_read = {
        "anybody": anybody,
        "colleague": make_member("colleague@reader.example", known, role="owner"),
        "keeper": keeper,
        "umbrella": make_member("umbrella@reader.example", umbrella),
    }


def _dated(entry: Entry, day: dt.date) -> None:
    """As if all of it had happened on that day."""
    at = dt.datetime.combine(day, dt.time(15), dt.UTC)
    Entry.objects.filter(pk=entry.pk).update(published_at=at, created_at=at)
    Submission.objects.filter(entry=entry.pk).update(created_at=at)
    Corroboration.objects.filter(pk=entry.pk).update(said_on=day)


def languages() -> None:
    """The two languages of the forms."""
    for code in ("en", "fr"):
        make_language(code)
