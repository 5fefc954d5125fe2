"""What happens to entries and their papers when somebody's account is deleted.

Public pages stay, the history keeps the pseudonym; addresses and private words go.
"""

from typing import Any

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import override

from accounts import letters
from accounts.personal import Person
from curation import cases, history, mails
from curation.changes import Sender
from curation.keeping import handing_over
from curation.keeping.keepers import hands
from curation.models import (
    Case,
    Change,
    Claim,
    Decision,
    Draft,
    Entry,
    Keeper,
    KeeperInvitation,
    PersonalValue,
    Report,
    Ruling,
    Submission,
)

# In the place of words about somebody who is gone.
GONE = "–"


def leave_pages(person: Person) -> None:
    """Stop looking after pages, and tell those who go on looking after them."""
    senders = [Sender(by=person.user), *(Sender(email=each) for each in person.addresses)]
    for sender in senders:
        mine = Q(keepers__user=sender.by) if sender.by else Q(keepers__email=sender.email)
        for entry in Entry.objects.filter(mine).distinct().order_by("pk"):
            handing_over.leave(entry, by=sender)
            _tell_the_others(entry, person)
    KeeperInvitation.objects.filter(person.is_at("email")).delete()


def _tell_the_others(entry: Entry, person: Person) -> None:
    for hand in hands(entry):
        if hand.address.lower() in person.addresses:
            continue
        with override(hand.language):
            title = entry.name.plain
        letters.write(
            "keeper_left",
            to=hand.address,
            language=hand.language,
            title=title,
            page=mails.page_of(entry, hand.language),
            keepers=mails.address("keepers", hand.language, entry.pk),
        )


def throw_drafts_away(person: Person) -> None:
    """Nobody but the person could send them."""
    Draft.objects.filter(_sent_by(person)).delete()


def unsign_submissions(person: Person) -> None:
    """What was proposed stays; who proposed it does not."""
    Submission.objects.filter(_sent_by(person)).update(by=None, email="")


def unsign_changes(person: Person) -> None:
    """The same for edits, with the line that came along."""
    Change.objects.filter(_sent_by(person)).update(by=None, email="", note="")


def end_claims(person: Person) -> None:
    """A claim that waits cannot be granted to nobody; the words about it go."""
    claims = Claim.objects.filter(_sent_by(person))
    waiting = claims.filter(state=Claim.State.WAITING)
    cases.close(Case.objects.filter(claim__in=waiting))
    waiting.update(state=Claim.State.DECLINED, decided_at=timezone.now())
    claims.update(by=None, email="", words="")


def unsign_reports(person: Person) -> None:
    """A report without its person counts among the strangers' of that day."""
    for report in Report.objects.filter(by=person.user):
        strangers = Report.objects.filter(
            entry=report.entry_id, reason=report.reason, day=report.day, by=None
        )
        if strangers.update(times=F("times") + report.times):
            report.delete()
        else:
            Report.objects.filter(pk=report.pk).update(by=None, words="")


def unsign_rulings(person: Person) -> None:
    """What was decided about an organization stays; why somebody was not let in does not."""
    Ruling.objects.filter(person=person.user).update(person=None, note=GONE)
    Ruling.objects.filter(by=person.user).update(by=None)


def erase_from_history(person: Person) -> None:
    """Erase each address of the person from the history; the seals stay, the chain holds."""
    values = PersonalValue.objects.filter(values_that_name(person)).select_related("decision")
    for value in values:
        history.erase(value.decision, [value.name])
    for decision in Decision.objects.filter(notes_that_name(person)):
        history.erase(decision, ["note"])


def values_that_name(person: Person) -> Q:
    """The condition that a value of the history is, or lists, one of the person's addresses."""
    holds = Q(pk__in=[])
    for address in person.addresses:
        holds |= Q(text__icontains=f'"{address}"')
    values = PersonalValue.objects.annotate(text=Cast("value", TextField()))
    return Q(pk__in=values.filter(holds).values("pk"))


def notes_that_name(person: Person) -> Q:
    """The condition that a decision's note holds one of the person's addresses."""
    condition = Q(pk__in=[])
    for address in person.addresses:
        condition |= Q(note__icontains=address)
    return condition


def _sent_by(person: Person) -> Q:
    return Q(by=person.user) | person.is_at("email")


def pages_left_alone(user: Any) -> list[Entry]:
    """The public pages that nobody looks after once this person is gone."""
    mine = Entry.objects.filter(keepers__user=user, review=Entry.Review.PUBLISHED)
    return list(mine.exclude(pk__in=Keeper.objects.exclude(user=user).values("entry")).distinct())
