"""What reviewers are told without looking: a digest a day, a danger at once, a long silence.

No mail holds what strangers wrote, an address of theirs, or a link other than to the desk.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from accounts import allowances, letters
from accounts.models import User
from curation import history, shelves
from curation.desk import figures, queue
from curation.mails import address
from curation.models import Case, Decision

LONGEST_DIGEST = 15
SILENCE = dt.timedelta(days=7)


def reviewers() -> QuerySet[User]:
    """Those to whom the desk is open."""
    able = User.objects.filter(is_active=True)
    return able.filter(Q(is_moderator=True) | Q(is_superuser=True)).order_by("pk")


def digest(*, dry_run: bool = False) -> int:
    """Write to each reviewer what waits, their own provinces and topics first, once a day.

    Nothing waits: nobody is written to. Gives the number of mails, or with `dry_run` how many
    there would be.
    """
    waiting = queue.everything()
    if not waiting:
        return 0
    seal, count = history.seal()
    return sum(_digest_to(person, waiting, seal, count, dry_run) for person in reviewers())


def danger(case: Case) -> int:
    """Tell every reviewer at once that somebody reports a danger; the number of mails.

    Called when such a case is opened, in its transaction. A stranger causes these mails, so they
    count among the three a day that strangers can cause to one address.
    """
    written = 0
    has_doors = case.entry is not None and shelves.of(case.entry).manners.has_doors
    for person in reviewers():
        if not allowances.stranger_may_mail(person.email):
            continue
        with override(person.language):
            title = queue.name_of(case).plain
        letters.write(
            "danger",
            to=person.email,
            language=person.language,
            urgent=True,
            title=title,
            has_doors=has_doors,
            link=address("case_page", person.language, case.pk),
        )
        written += 1
    return written


def alarm(*, dry_run: bool = False) -> int:
    """Tell the operator and every reviewer that nobody has looked for a week, and each week again.

    Gives the number of mails, or with `dry_run` how many there would be.
    """
    days = days_of_silence()
    if days < SILENCE.days or days % SILENCE.days:
        return 0
    people = [(person.email, person.language) for person in reviewers()]
    if settings.CONTACT_EMAIL and settings.CONTACT_EMAIL not in dict(people):
        people.append((settings.CONTACT_EMAIL, "en"))
    waiting = Case.objects.filter(closed_at=None).count()
    if dry_run:
        return len(people)
    told = [row for row in people if allowances.use("desk-alarm", row[0], limit=1)]
    for to, language in told:
        link = address("desk", language)
        letters.write(
            "nobody_looked", to=to, language=language, days=days, waiting=waiting, link=link
        )
    return len(told)


def days_of_silence() -> int:
    """For how many whole days something has waited while no reviewer did anything; 0: none."""
    oldest = Case.objects.waiting().order_by("opened_at").first()
    if oldest is None:
        return 0
    did = Decision.objects.filter(role=Decision.Role.REVIEWER).aggregate(at=Max("at"))["at"]
    took = Case.objects.aggregate(at=Max("taken_at"))["at"]
    since = max(moment for moment in (oldest.opened_at, did, took) if moment)
    return (timezone.now() - since).days


def _digest_to(
    person: Any, waiting: list[queue.Waiting], seal: str, count: int, dry_run: bool
) -> int:
    if dry_run:
        return 1
    if not allowances.use("desk-digest", person.email, limit=1):
        return 0
    mine = {case.key for case in queue.on_the_beat_of(person, waiting)}
    first = sorted(waiting, key=lambda case: (case.rank, case.key not in mine))[:LONGEST_DIGEST]
    with override(person.language):
        letters.write(
            "digest",
            to=person.email,
            language=person.language,
            figures=figures.figures(person),
            lines=queue.lines_of(first),
            link=address("desk", person.language),
            starting=address("starting_list", person.language),
            seal=seal,
            count=count,
        )
    return 1
