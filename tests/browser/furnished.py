"""The stage of the matrix with words in it: one of everything that stands behind a door or a form.

Words are as long as a field takes them, and some hold nothing at which a line may break.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone, translation

from accounts.models import AddressCheck, Membership
from cop_directory import invites
from cop_directory.invites import Wish
from cop_directory.models import (
    Chat,
    Invitation,
    JoinRequest,
    Listing,
    Meeting,
    Partnership,
    PlatformFact,
    Practice,
)
from curation import cases, lifecycle, signed_links
from curation.changes import Sender
from curation.importing import jobs
from curation.keeping import belonging, claims
from curation.models import Case, Claim, Draft, Entry, Keeper, Language, Ruling, Submission
from tests.browser.planted import ARABIC, LONG, UNBROKEN
from tests.curation import sent
from tests.curation.tables import a_csv
from tests.factories import (
    make_language,
    make_listing,
    make_organization,
    make_place,
    make_platform,
    make_tag,
    reindex,
)
from tests.flows.matrix import TOKENS, Stage, make_stage

WEBSITE = "https://housing.example.org/"
WORDS = f"We met at the harbour, and asked {UNBROKEN}. "
OTHER_LINK = "https://chat.whatsapp.com/ZyXwVuTsRqPoNmLkJiHgFe"
PASSKEY = {"clientExtensionResults": {"credProps": {"rk": True}}}


@dataclass
class House:
    """The stage, and what stands in the address of each page that is not the stage's own."""

    stage: Stage
    arguments: dict[str, tuple] = field(default_factory=dict)
    # What was there before: primary keys by model.
    before: dict[type[models.Model], set] = field(default_factory=dict)

    @property
    def sender(self) -> Sender:
        """Who sent everything: whoever looks after the organization's account."""
        return Sender(by=self.stage.people["owner"])

    def rows(self, model: type[models.Model]) -> models.QuerySet:
        """The rows of a model that came with the house."""
        there = model._base_manager.values_list("pk", flat=True)
        new = set(there) - self.before.get(model, set())
        return model._base_manager.filter(pk__in=sorted(new, key=str))


def furnish(before: dict[type[models.Model], set]) -> House:
    """Everything that people may send, and everything that waits because of it."""
    house = House(make_stage(), before=before)
    for step in STEPS:
        with translation.override("en"):
            step(house)
    reindex()
    return house


@contextmanager
def for_a_while() -> Iterator[House]:
    """A furnished house; afterwards every row that came with it, or into it, is gone."""
    before = _keys()
    try:
        yield furnish(before)
    finally:
        with transaction.atomic():  # so that the order does not matter
            for model, keys in _keys().items():
                new = sorted(keys - before[model], key=str)
                # Without an order, which may lead to rows that are gone already.
                rows = model._base_manager.filter(pk__in=new).order_by()
                rows._raw_delete(rows.db)  # type: ignore[attr-defined]
        reindex()


def _keys() -> dict[type[models.Model], set]:
    own = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model: set(model._base_manager.values_list("pk", flat=True))
        for model in own
        if model._meta.app_label != "search"
    }


def _group(house: House) -> None:
    """A group with words in every field, and all parts that any kind has."""
    stage = house.stage
    stage.agency.name_en = f"Harbour {UNBROKEN}"[:120]
    stage.agency.save()
    in_both = {"one_line": 140, "audience": 200, "host_note": 200, "area": 200, "alert": 200}
    in_both |= {"who_may_join": 300, "description": 900, "closed_why": 200}
    Listing.objects.filter(pk=stage.group.pk).update(
        name_en=f"Housing {UNBROKEN}"[:160],
        name_fr=f"Logement {UNBROKEN}"[:160],
        name_own=ARABIC,
        name_own_language=make_language("ar"),
        acronym="HWH",
        text_status_en="original",
        text_status_fr="machine",
        website=WEBSITE,
        contact_email="group@example.org",
        scope="provincial",
        alert_until=timezone.localdate() + dt.timedelta(days=9),
        last_activity_how="Their newsletter",
        **{f"{name}_en": (WORDS + LONG)[:most] for name, most in in_both.items()},
        **{f"{name}_fr": (WORDS + LONG)[:most] for name, most in in_both.items()},
    )
    for part in (Practice, Partnership, Chat):
        part.objects.create(listing=stage.group)
    Meeting.objects.create(listing=stage.group, starts_at=timezone.now() + dt.timedelta(days=3))
    Keeper.objects.create(entry=stage.group, email=f"team-{UNBROKEN[:50]}@example.org")
    tag = make_tag("knitting", facet="free", synonyms="wool", note=WORDS)
    stage.group.tags.add(tag)
    whole = sent.make_entry("Bakers of Truro")
    house.arguments |= {"free word": (tag.pk,), "whole": (whole.pk,), "no host": (whole.pk,)}
    house.arguments["gone"] = (signed_links.sign("keeper_question", entry=0, email="info@x.ca"),)


def _chat(house: House) -> None:
    """A chat group that the owner looks after; somebody would change its invitation."""
    stage = house.stage
    Chat.objects.create(listing=stage.chat, other_way_en=WORDS, other_way_fr=WORDS)
    Keeper.objects.create(entry=stage.chat, user=stage.people["owner"])
    invites.propose(stage.chat, Wish("workers", OTHER_LINK), by=stage.people["owner"])
    public = make_listing(
        "Open Chat", kind="chat-group", members="sector", platform=stage.chat.platform
    )
    name = {"mode": "handle", "handle_url": WEBSITE, "accepted_at": timezone.now()}
    Invitation.objects.create(listing=public, **name)
    house.arguments |= {"chat": (stage.chat.pk,), "public chat": (public.pk,)}


def _words_of_lists(house: House) -> None:
    """A platform, a place and a language that no other group has."""
    stage = house.stage
    platform, place = make_platform("pigeon", website=WEBSITE), make_place("gull-ns")
    for about in PlatformFact.About.values:
        fact = {"source_url": WEBSITE, "strength": "press", "checked_on": timezone.localdate()}
        text = {"text_en": WORDS, "text_fr": WORDS}
        PlatformFact.objects.create(platform=platform, about=about, **fact, **text)
    names = {"name_en": "Gullish", "name_fr": "Goélandais", "name_native": "Krii"}
    language = Language.objects.create(code="qgu", **names)
    Listing.objects.filter(pk=stage.group.pk).update(
        platform=platform, place=place, name_own_language=language
    )
    stage.group.languages.add(language)
    house.arguments |= {"platform": (platform.pk,), "place": (place.pk,), "language": ("qgu",)}


def _new(house: House) -> None:
    """Groups that were proposed: one new, one asked about, one answered, one not accepted."""
    reviewer, names = house.stage.people["reviewer"], ("new", "asked", "answered", "rejected")
    for name in names:
        case = sent.send_new(
            f"Knitters {name} {UNBROKEN}"[:160],
            sender=house.sender,
            description_en=WORDS + LONG,
            contact_email=f"{name}@example.org",
        )
        entry, token = case.entry, Submission.objects.get(entry=case.entry).token
        if name in ("asked", "answered"):
            lifecycle.take(entry, "ask", by=reviewer, note=WORDS)
        if name == "answered":
            lifecycle.take(entry, "submit", by=house.sender.by, role="sender", note=WORDS)
            case = Case.objects.get(entry=entry, reason="answered")
        if name == "rejected":
            why = {"note": WORDS, "public_reason": "twice"}
            lifecycle.take(entry, "reject", by=reviewer, **why)
        house.arguments |= {f"sent, {name}": (token,), f"case: {name}": (case.pk,)}
        house.arguments[f"group: {name}"] = (entry.pk,)


def _waiting(house: House) -> None:
    """Something of every kind that waits for a reviewer."""
    stage, arguments = house.stage, house.arguments
    group = Entry.objects.get(pk=stage.group.pk)
    knot = sent.make_entry(f"Knot {UNBROKEN}"[:160])
    edit = sent.send_edit(knot, sender=house.sender, note=WORDS, one_line_en=WORDS[:140])
    Listing.objects.filter(pk=knot.pk).update(one_line_en="Changed meanwhile.")
    wide = sent.make_entry(f"Weavers {UNBROKEN}"[:160])
    claims.send(
        wide, sender=house.sender, words=WORDS, organization=stage.agency, token=TOKENS_OF["claim"]
    )
    claim = Claim.objects.get(token=TOKENS_OF["claim"])
    claims.object_to(claim, words=WORDS)
    second = make_organization(f"Lakeside {UNBROKEN}"[:120])
    belonging.ask(second, by=stage.people["member"], words=WORDS)
    belonging.propose_domain(stage.agency, name="harbour.example.net", by=stage.people["owner"])
    found = {
        "danger": sent.case_of_report(sent.make_entry("Bait"), "dangerous", WORDS),
        "report": sent.case_of_report(group, "wrong", WORDS),
        "change": Case.objects.get(change=edit),
        "live": sent.edit_of_a_trusted_organization()[1],
        "join": cases.open_case("join", entry=wide),
        "link": cases.open_case("link", entry=wide),
        "claim": Case.objects.get(claim=claim),
        "invitation": Case.objects.get(reason="invitation", entry=stage.chat, closed_at=None),
        "domain": Case.objects.get(reason="domain", domain__organization=stage.agency),
        "membership": Case.objects.get(reason="membership", membership__organization=second),
    }
    taken = {"taken_by": stage.people["superuser"], "taken_at": timezone.now()}
    Case.objects.filter(pk=found["report"].pk).update(**taken)
    arguments |= {f"case: {reason}": (case.pk,) for reason, case in found.items()}
    arguments |= {"sent, edit": (edit.token,), "claim": (wide.pk,), "second": (second.pk,)}
    arguments["my claim"] = (claim.token,)
    arguments["objection"] = (signed_links.sign("claim_object", claim=claim.pk),)


TOKENS_OF = {name: type(token)(int=token.int + 100) for name, token in TOKENS.items()}


def _people(house: House) -> None:
    """People who ask to belong, what was decided about an organization, and a draft."""
    stage = house.stage
    Membership.objects.create(
        organization=stage.agency, user=stage.people["worker"], words=(WORDS + LONG)[:300]
    )
    data = {"name_en": [f"Begun {UNBROKEN}"], "one_line_en": [WORDS], "kind": ["lip"]}
    begun = {"by": stage.people["owner"], "shelf": "listing", "purpose": "propose"}
    ruling = {"organization": stage.agency, "verb": "not-confirmed", "note": WORDS}
    Ruling.objects.create(domain="gulls.example.org", by=stage.people["reviewer"], **ruling)
    draft = Draft.objects.create(token=TOKENS_OF["draft"], data=data, **begun)
    house.arguments["draft"] = (draft.token,)


def _requests(house: House) -> None:
    """Requests to join: one whose address is not confirmed, one that waits for the hosts."""
    stage, now = house.stage, timezone.now()
    keeper = Keeper.objects.get(entry=stage.chat, user=None)
    asked = {
        "listing": stage.chat,
        "name": UNBROKEN[:80],
        "email": f"{UNBROKEN[:50]}@example.org",
        "organization": f"Harbour {UNBROKEN}"[:160],
        "sentence": (WORDS + LONG)[:200],
    }
    check = AddressCheck.objects.create(email=asked["email"], expires_at=now + dt.timedelta(days=1))
    waits = JoinRequest.objects.create(**asked, state="waiting", sent_at=now, confirmed_at=now)
    unsure = JoinRequest.objects.create(**asked, check_of_address=check)
    signed = {"request": str(waits.token), "host": keeper.pk}
    house.arguments |= {
        "request": (unsure.token,),
        "request, waiting": (waits.token,),
        "answer": (signed_links.sign("join_answer", **signed),),
    }


def _tables(house: House) -> None:
    """A table that is checked, with rows of each sort, and one that was sent."""
    row = {
        "kind": "Community of practice",
        "name_en": f"Knitters of Truro {UNBROKEN}"[:160],
        "one_line_en": "People who help newcomers knit.",
        "topics": "Housing",
        "provinces": "Nova Scotia",
        "languages": "English",
        "platform": "none",
        "website": "https://truro.example.org/",
    }
    wrong = row | {"kind": UNBROKEN, "provinces": WORDS, "website": "no address"}
    for name, rows in {"table": (row, wrong), "sent table": (wrong,)}.items():
        job, _remark = jobs.upload(
            a_csv(*rows).encode(),
            name=f"{UNBROKEN[:100]}.csv",
            shelf="listing",
            by=house.sender.by,
            organization=house.stage.agency,
        )
        jobs.look_on(job)
        if name == "sent table":
            jobs.start(job)
            jobs.send_on(job)
        house.arguments[name] = (job.pk,)


def _past(house: House) -> None:
    """What happened to the group: edits with words and an address, and a removal."""
    stage = house.stage
    group, reviewer = Entry.objects.get(pk=stage.group.pk), stage.people["reviewer"]
    edit = lifecycle.record_edit(
        group,
        by=reviewer,
        before={"one_line_en": LONG[:140], "contact_email": "old@example.org"},
        after={"one_line_en": WORDS[:140], "contact_email": "group@example.org"},
        note=WORDS,
    )
    assert edit is not None
    house.arguments["version"] = (group.pk, edit.number - 1)
    gone = make_listing("Gone")
    lifecycle.take(gone, "withdraw", by=reviewer, note=WORDS, public_reason="gone")


def _second_steps(house: House) -> None:
    """A passkey and recovery codes beside the app."""
    person = house.stage.people["reviewer"]
    key = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": f"Key {UNBROKEN}"[:100], "credential": PASSKEY}
    )
    Authenticator.objects.create(
        user=person, type="recovery_codes", data={"seed": "seed", "used_mask": 0}
    )
    house.arguments["passkey"] = (key.pk,)


STEPS = (
    _group, _chat, _words_of_lists, _new, _waiting, _people, _requests, _tables, _past,
    _second_steps,
)  # fmt: skip
