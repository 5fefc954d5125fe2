"""Every address of the site, asked by everybody in every way: the machinery of the matrix.

What should come of it is said in `test_matrix.py`; here is who asks, on what stage, and how an
answer is put into a word.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from accounts import codes
from accounts.models import Membership, Organization, User, Verification
from cop_directory import invites
from cop_directory.browse import organization_address
from cop_directory.invites import Wish
from cop_directory.models import JoinRequest, Listing
from cop_directory.shelf import address
from curation import cases, shelves
from curation.changes import Sender
from curation.keeping import claims
from curation.models import (
    Change,
    Claim,
    Decision,
    Draft,
    ImportJob,
    Keeper,
    KeeperInvitation,
    Submission,
    Tag,
)
from curation.signed_links import sign
from resources.models import Collection, Resource
from tests.factories import (
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_platform,
    make_reviewer,
    make_superuser,
    make_tag,
    reindex,
    sign_in,
)
from tests.library import make_collection, make_lesson

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
ROLES = (
    "anonymous", "member", "worker", "steward", "owner", "one step", "reviewer", "superuser",
)  # fmt: skip
LINK = "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"
TOKENS = {name: uuid.UUID(int=number) for number, name in enumerate(
    ("claim", "claim draft", "draft", "submission", "change", "job", "join"), start=1
)}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One pattern of the URL table, by the name that code knows it by, or by its route."""

    name: str
    route: str


def addresses(patterns: Iterable[URLPattern | URLResolver] | None = None) -> list[Address]:
    """Every address of the site, each name once."""
    found = _walk(get_resolver().url_patterns if patterns is None else patterns, (), "")
    return list({each.name: each for each in found}.values())


def _walk(
    patterns: Iterable[URLPattern | URLResolver], within: tuple[str, ...], route: str
) -> Iterator[Address]:
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            deeper = (*within, each.namespace) if each.namespace else within
            yield from _walk(each.url_patterns, deeper, here)
        else:
            yield Address(":".join((*within, each.name or here)), here)


@dataclass
class Stage:
    """One of everything that an address may be about, and a session of each role."""

    group: Listing
    chat: Listing
    sent: Listing
    agency: Organization
    people: dict[str, User]
    topic: Tag
    lesson: Resource
    collection: Collection
    arguments: dict[str, tuple] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    # One for all: a new one would read the settings anew for each question.
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))


def make_stage() -> Stage:
    """The small world in which everybody asks for everything."""
    agency, topic = make_organization(type="agency"), make_tag()
    group = make_listing(hosts=(agency,), tags=(topic,))
    chat = make_listing(
        "Employment Chat",
        kind="chat-group",
        platform=make_platform(),
        members="sector",
        contact_email="chat@example.org",
    )
    sent = make_listing("Newcomer Tech Workers", review="submitted")
    people, lesson = _people(agency), make_lesson()
    stage = Stage(group, chat, sent, agency, people, topic, lesson, make_collection(lesson))
    _send_things(stage)
    reindex()
    stage.arguments = _arguments(stage)
    for role, person in stage.people.items():
        client = Client()
        sign_in(client, person, second_step=role in ("reviewer", "superuser"))
        stage.cookies[role] = {name: each.value for name, each in client.cookies.items()}
    return stage


def _people(agency: Organization) -> dict[str, User]:
    today = timezone.localdate()
    worker = make_person("worker@example.org")
    Verification.objects.create(
        user=worker,
        how="domain",
        organization_type="agency",
        since=today,
        until=today + dt.timedelta(days=365),
    )
    return {
        "member": make_person("member@example.org"),
        "worker": worker,
        "steward": make_member("steward@example.org", agency),
        "owner": make_member("owner@example.org", agency, role="owner"),
        "one step": make_reviewer("one@example.org"),
        "reviewer": make_reviewer("two@example.org"),
        "superuser": make_superuser(),
    }


def _send_things(stage: Stage) -> None:
    """What strangers have sent and what waits because of it."""
    sender = Sender(email="ana@x.ca")
    claims.send(stage.group, sender=sender, words="I chair it.", token=TOKENS["claim"])
    check, _sent = codes.ask("bo@x.ca", language="en")
    drafts = {"shelf": "listing", "entry": stage.group, "check_of_address": check}
    claim = {"words": "x", "organization": None, "role_mailbox": False}
    Draft.objects.create(
        purpose="claim", token=TOKENS["claim draft"], email="bo@x.ca", data=claim, **drafts
    )
    Draft.objects.create(purpose="edit", token=TOKENS["draft"], email="bo@x.ca", **drafts)
    Submission.objects.create(
        entry=stage.group, stance="run", email="ana@x.ca", token=TOKENS["submission"]
    )
    change = Change.objects.create(
        entry=stage.group,
        email="ana@x.ca",
        token=TOKENS["change"],
        base=stage.group.version,
        patch={"one_line_en": ["", "New"]},
    )
    cases.open_case("change", entry=stage.group, change=change)
    ImportJob.objects.create(
        key=TOKENS["job"],
        shelf="listing",
        by=stage.people["steward"],
        organization=stage.agency,
        file_name="x.csv",
    )
    Keeper.objects.create(entry=stage.chat, email="info@x.ca")
    KeeperInvitation.objects.create(entry=stage.group, email="new@x.ca")
    Membership.objects.create(organization=stage.agency, email="new@x.ca")
    _open_the_chat(stage)


def _open_the_chat(stage: Stage) -> None:
    """A way in for people whose work address is confirmed, and somebody who asks."""
    wish = invites.propose(stage.chat, Wish("workers", LINK), by=None)
    invites.accept(wish, by=stage.people["reviewer"])
    JoinRequest.objects.create(
        listing=stage.chat,
        token=TOKENS["join"],
        name="Ana",
        email="ana@x.ca",
        organization="Harbour",
        state="let-in",
        sent_at=timezone.now(),
        answered_at=timezone.now(),
    )


def _taken_off() -> Decision:
    """That a page was taken off the site."""
    return make_listing("Taken off", review="withdrawn").decisions.get(verb="withdraw")


def _arguments(stage: Stage) -> dict[str, tuple]:
    """What stands in the addresses that need something, by name."""
    keeper = Keeper.objects.get(entry=stage.chat)
    join = {"request": str(TOKENS["join"])}
    signed = {
        "keeper_question": sign("keeper_question", entry=stage.chat.pk, email="info@x.ca"),
        "mailbox_open": sign("mailbox_open", email="info@x.ca"),
        "claim_object": sign("claim_object", claim=Claim.objects.get(entry=stage.group).pk),
        "taken_off_object": sign("taken_off_object", decision=_taken_off().pk),
        "keeper_invitation": sign(
            "keeper_invitation", invitation=KeeperInvitation.objects.get(entry=stage.group).pk
        ),
        "member_invitation": sign(
            "member_invitation", membership=stage.agency.memberships.get(user=None).pk
        ),
        "vouch": sign("vouch", user=stage.people["member"].pk),
        "join_answer": sign("join_answer", **join, host=keeper.pk),
        "join_way_in": sign("join_way_in", **join),
    }
    return {
        **{name: (value,) for name, value in signed.items()},
        **{name: (TOKENS[token],) for name, token in OF_TOKEN.items()},
        **dict.fromkeys(OF_CHAT, (stage.chat.pk,)),
        **dict.fromkeys(OF_ORGANIZATION, (stage.agency.pk,)),
        **dict.fromkeys(("term_page", "term_rename", "term_merge"), (stage.topic.pk,)),
        **dict.fromkeys(("case_page", "case_take"), (stage.group.cases.get(reason="change").pk,)),
        "entry_restore": (stage.group.pk, 1),
        "entry_correct": (stage.sent.pk,),
        "api:one": (stage.group.pk,),
        "alike": ("group",),
        "name_open": (stage.sent.pk,),
        "file_download": (TOKENS["draft"], "nothing.pdf"),
        **dict.fromkeys(("resource_bib", "resource_ris"), (stage.lesson.pk, "x")),
        **WHATEVER_STANDS,
        "admin:auth_user_password_change": (stage.people["member"].pk,),
    }


# The same whatever stands on the site.
WHATEVER_STANDS: dict[str, tuple] = {
    "topic_page": ("housing",),
    "place_page": ("ns",),
    "place_text": ("ns",),
    "import_template": ("csv",),
    "openid_connect_login": ("somebody",),
    "openid_connect_callback": ("somebody",),
    "mfa_remove_webauthn": (1,),
    "mfa_edit_webauthn": (1,),
    "admin:view_on_site": (1, 1),
    "admin:app_list": ("accounts",),
}
OF_TOKEN = {
    "claim_confirm": "claim draft",
    "claim_sent": "claim",
    "confirm_address": "draft",
    "sent_page": "submission",
    "sent_change": "submission",
    "import_check": "job",
    "import_discard": "job",
    "import_progress": "job",
    "join_code": "join",
}
OF_CHAT = ("join_ask", "invitation_show", "invitation_edit", "invitation_review")
OF_ORGANIZATION = (
    "organization_account", "organization_ask", "member_invite", "member_grant", "member_decline",
    "member_role", "member_remove", "organization_leave", "organization_domain",
    "organization_correct",
)  # fmt: skip
# Patterns without a name, or whose address depends on a name that changes.
WHOLE: dict[str, Callable[[Stage], str]] = {
    "listing_page": lambda stage: address(stage.group),
    "organization_page": lambda stage: organization_address(stage.agency),
    "resource_page": lambda stage: shelves.of(stage.lesson).address(stage.lesson),
    "collection_page": lambda stage: shelves.of(stage.collection).address(stage.collection),
    "add_answer": lambda stage: f"{reverse('add_answer')}?lesson={stage.lesson.pk}",
}


def path(stage: Stage, each: Address) -> str:
    """The path of an address in English, on the stage."""
    with translation.override("en"):
        if each.name in WHOLE:
            return WHOLE[each.name](stage)
        if "(?P<url>" in each.route:
            return "/admin/nothing/here"
        if each.name.startswith("admin:admin/"):  # Django's own short form of a row's address
            return "/" + each.route.replace("<path:object_id>", "1")
        if "<path:object_id>" in each.route and each.name not in stage.arguments:
            return reverse(each.name, args=[1])
        needs = "<" in each.route or "(?P" in each.route
        args = stage.arguments.get(each.name, (stage.group.pk,) if needs else ())
        return reverse(each.name, args=args)


def ask(stage: Stage, role: str, method: str, where: str) -> str:
    """What comes of one question, as a word; whatever it changed is taken back.

    A status; or for a way elsewhere: "in" (to the sign-in), "prove" (to show once more who it
    is), "on" (anywhere else).
    """
    stage.client.cookies = SimpleCookie(stage.cookies.get(role, {}))
    with transaction.atomic():
        answer = stage.client.generic(method, where, content_type=FORM)
        transaction.set_rollback(True)
    if answer.status_code not in (301, 302, 303):
        return str(answer.status_code)
    leads = urlsplit(answer.headers["Location"]).path
    return next((word for word, pages in ELSEWHERE.items() if leads in pages), "on")


FORM = "application/x-www-form-urlencoded"
ELSEWHERE = {
    "in": {"/en/account/login/"},
    "prove": {"/en/account/reauthenticate/", "/en/account/2fa/reauthenticate/",
              "/en/account/again/"},
}  # fmt: skip
