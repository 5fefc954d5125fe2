"""What a reviewer would look up before deciding, looked up for them.

Each check is a sentence and whether all is well; "?" means only: look at this yourself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.domains import domain_of
from accounts.languages import OTHER, LocalText, day_in_words
from accounts.membership import owners
from accounts.models import Domain, Membership, Organization
from curation import shelves, texts
from curation.desk import duplicates
from curation.keeping import keepers
from curation.links import domain
from curation.models import Change, Entry, Submission

Status = Entry.TextStatus


@dataclass(frozen=True)
class Check:
    """A sentence; `links` are pages of ours that it speaks of, as (name, path)."""

    fine: bool
    words: str
    # An address elsewhere, which is printed as it is.
    out: str = ""
    links: list[tuple[LocalText, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Sent:
    """Who sent what waits: an address, and the account behind it if there is one."""

    address: str
    by: Any = None

    @classmethod
    def of(cls, row: Any) -> "Sent":
        """The sender of a submission, a change or a claim."""
        person = getattr(row, "by", None)
        return cls(person.email if person else getattr(row, "email", ""), person)


def of_values(entry: Entry, values: Mapping[str, Any], sent: Sent) -> list[Check]:
    """The checks of values that would become public: those of a new entry, or of an edit."""
    manners = shelves.of(entry).manners
    return [
        *sender(entry, sent),
        *(Check(False, words) for words in shelves.of(entry).doubts(entry, sent.address, values)),
        *links(entry, values),
        in_the_text(entry, values),
        *(languages(entry, values) if manners.told_twice else ()),
        *the_same(entry),
        *((keepers_of(entry),) if manners.claimed else ()),
        *past(sent),
    ]


def sender(entry: Entry, sent: Sent) -> Iterator[Check]:
    """Whether the sender's address belongs to who runs the entry."""
    shelf = shelves.of(entry)
    whose = shelf.organizations(entry)
    if sent.address and (whose or shelf.manners.claimed):
        yield _at_work(sent, whose)


def _at_work(sent: Sent, whose: list[Organization]) -> Check:
    """Whether an address is one of these organizations."""
    host = domain_of(sent.address)
    confirmed = set(
        Domain.objects.filter(
            organization__in=[each.pk for each in whose], confirmed_at__isnull=False
        ).values_list("name", flat=True)
    )
    if host in confirmed:
        return Check(True, _("Sender’s work address confirmed, %(domain)s") % {"domain": host})
    if any(host == domain(each.website) for each in whose if each.website):
        words = _("The sender’s address is at the web page of who runs it, %(domain)s")
        return Check(True, words % {"domain": host})
    words = _("The sender’s address says nothing of who runs it: %(domain)s")
    return Check(False, words % {"domain": host})


def links(entry: Entry, values: Mapping[str, Any]) -> Iterator[Check]:
    """Whether its page answered, and the real domain of every link."""
    present = shelves.of(entry).link(entry)
    wanted = {
        value for value in values.values() if isinstance(value, str) and value.startswith("http")
    }
    for url in sorted(wanted - {present}):
        words = _("A link that was not there before leads to %(domain)s: open it and look")
        yield Check(False, words % {"domain": domain(url)}, url)
    if not present:
        if shelves.of(entry).manners.linked:
            yield Check(False, _("There is no link to a page of its own"))
    elif entry.link_checked_on and entry.link_answered is not None:
        words = (
            _("The link answered on %(day)s, %(domain)s")
            if entry.link_answered
            else _("The link did not answer on %(day)s, %(domain)s")
        )
        day = day_in_words(entry.link_checked_on)
        said = words % {"day": day, "domain": domain(present)}
        yield Check(entry.link_answered, said, present)
    else:
        words = _("Nobody has tried the link yet, %(domain)s")
        yield Check(False, words % {"domain": domain(present)}, present)


def in_the_text(entry: Entry, values: Mapping[str, Any]) -> Check:
    """Telephone numbers, addresses, invitations and signs that nobody sees, in any text."""
    own = shelves.of(entry).personal
    found = texts.findings_in({k: v for k, v in values.items() if k not in own})
    said = dict.fromkeys(
        f"{each.what.label}: {each.excerpt}" for several in found.values() for each in several
    )
    if said:
        return Check(False, _("In the text: %(found)s") % {"found": "; ".join(said)})
    return Check(True, _("No phone number or invitation in the text"))


STATUS = {
    "en": {
        Status.MACHINE: gettext_lazy(
            "The English text is a machine translation; nobody has read it"
        ),
        Status.MISSING: gettext_lazy("There is no English text yet"),
    },
    "fr": {
        Status.MACHINE: gettext_lazy(
            "The French text is a machine translation; nobody has read it"
        ),
        Status.MISSING: gettext_lazy("There is no French text yet"),
    },
}


def languages(entry: Entry, values: Mapping[str, Any]) -> Iterator[Check]:
    """How far both texts can be relied on."""
    fine = True
    for lang, words in STATUS.items():
        status = values.get(f"text_status_{lang}", getattr(entry, f"text_status_{lang}"))
        if status in words:
            fine = False
            yield Check(False, str(words[status]))
    if fine:
        yield Check(True, _("Both texts were written or read by people"))


def other_language(entry: Entry, values: Mapping[str, Any]) -> Iterator[Check]:
    """Whether an edit changes a text in one language and leaves it in the other."""
    now = shelves.of(entry).values(entry)
    texts = {name for name in values if name[-3:] in ("_en", "_fr") and "status" not in name}
    left = {other for name in texts if (other := name[:-2] + OTHER[name[-2:]]) not in texts}
    alone = {name[-2:] for name in left if now.get(name)}
    if "fr" in alone:
        yield Check(False, _("The French text was not changed along"))
    if "en" in alone:
        yield Check(False, _("The English text was not changed along"))


def the_same(entry: Entry) -> Iterator[Check]:
    """Entries whose name is much the same, public and waiting."""
    found = duplicates.of(entry)
    if found:
        links = [(each.name, shelves.of(each).address(each)) for each in found]
        yield Check(False, _("Perhaps here already:"), links=links)
    else:
        yield Check(True, _("No other page has a name like it"))


def keepers_of(entry: Entry) -> Check:
    """Whether the page would outlive a change of job."""
    number = len(keepers.hands(entry))
    if number >= keepers.WANTED:
        return Check(True, _("%(number)s people look after this page") % {"number": number})
    if number:
        return Check(False, _("A second person looks after this page: none yet"))
    return Check(False, _("Nobody looks after this page yet"))


def past(sent: Sent) -> Iterator[Check]:
    """What became of what the sender sent before, and how long we know them."""
    if not sent.address:
        return
    whose = Q(by=sent.by) if sent.by else Q(by=None, email=sent.address)
    sent_in = Submission.objects.filter(whose).aggregate(
        first=Min("created_at"),
        yes=Count("pk", filter=Q(entry__review=Entry.Review.PUBLISHED)),
        no=Count("pk", filter=Q(entry__review=Entry.Review.REJECTED)),
    )
    edits = Change.objects.filter(whose).aggregate(
        first=Min("created_at"),
        yes=Count("pk", filter=Q(state=Change.State.ACCEPTED)),
        no=Count("pk", filter=Q(state=Change.State.DECLINED)),
    )
    yes, no = sent_in["yes"] + edits["yes"], sent_in["no"] + edits["no"]
    accepted = ngettext("%(n)s accepted", "%(n)s accepted", yes) % {"n": yes}
    refused = ngettext("%(n)s refused", "%(n)s refused", no) % {"n": no}
    first = min(filter(None, (sent_in["first"], edits["first"])), default=None)
    if not yes + no:
        yield Check(False, _("Nothing from this sender has been decided before"))
        return
    yield Check(
        yes > no,
        _("From this sender before: %(accepted)s, %(refused)s; known since %(day)s")
        % {
            "accepted": accepted if yes else _("none accepted"),
            "refused": refused if no else _("none refused"),
            "day": day_in_words(timezone.localdate(first)) if first else "",
        },
    )


def of_claim(claim: Any) -> list[Check]:
    """What speaks for "I run this group"."""
    entry, sent = claim.entry, Sent.of(claim)
    if claim.role_mailbox:
        sent = Sent(claim.email)
    found = list(sender(entry, sent))
    if claim.organization and claim.organization.pk not in {
        each.pk for each in shelves.of(entry).organizations(entry)
    }:
        words = _("The organization that they name, %(name)s, does not run it as far as we know")
        found.append(Check(False, words % {"name": claim.organization}))
    if claim.objection:
        words = _("Somebody who looks after the page says: “%(words)s”")
        found.append(Check(False, words % {"words": claim.objection}))
    return [*found, keepers_of(entry), *past(sent)]


def of_membership(row: Membership) -> list[Check]:
    """What speaks for somebody who asks to speak for an organization."""
    if row.user is None:
        return []
    sent = Sent(row.user.email, row.user)
    found = [_at_work(sent, [row.organization])]
    if EmailAddress.objects.filter(user=row.user, email=sent.address, verified=True).exists():
        found.insert(0, Check(True, _("The address is confirmed: %(it)s") % {"it": sent.address}))
    else:
        words = _("Nobody has confirmed the address %(it)s")
        found.insert(0, Check(False, words % {"it": sent.address}))
    return [*found, *past(sent)]


def of_domain(row: Domain) -> list[Check]:
    """What speaks for a domain of an organization."""
    organization: Organization = row.organization
    found = []
    if domain(organization.website) == row.name:
        found.append(Check(True, _("It is the domain of the organization’s web page")))
    else:
        host = domain(organization.website) or _("none known")
        words = _("The organization’s web page is elsewhere: %(domain)s")
        found.append(Check(False, words % {"domain": host}))
    if not organization.verifies_by_domain:
        words = _("An address there will not count as a work address: everybody there has one")
        found.append(Check(False, words))
    if row.first_by:
        words = _("%(who)s agreed; a second reviewer decides")
        found.append(Check(True, words % {"who": row.first_by.email}))
    there = [each for each in owners(organization) if each.user]
    if any(domain_of(each.user.email) == row.name for each in there if each.user):
        found.append(Check(True, _("An administrator of the organization has an address there")))
    else:
        found.append(Check(False, _("No administrator of the organization has an address there")))
    return found
