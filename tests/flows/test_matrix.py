"""Every address × everybody × every method: what comes of it stands in this table.

An address that is not in the table fails, so whoever adds one says who gets in. Words: a status;
"in" leads to the sign-in, "prove" asks to show once more who it is, "on" leads anywhere else;
"any" is whatever Django's own admin answers to a superuser, but never a breakdown.

A line holds one word for all; or two: strangers, people signed in; or one for each of ROLES.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.urls import get_resolver
from django.urls import path as url

from accounts import even_time
from tests.flows import matrix
from tests.flows.conftest import kept_for_a_while
from tests.flows.matrix import METHODS, ROLES, addresses, ask, make_stage

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kind:
    """What comes of GET and POST; HEAD is like GET, the others are refused, unless told."""

    get: str = "405"
    post: str = "405"
    head: str = ""
    put: str = "405"
    delete: str = "405"
    options: str = "405"

    def expected(self) -> dict[str, dict[str, str]]:
        """method → role → word."""
        lines = (self.get, self.head or self.get, self.post, self.put, self.delete, self.options)
        return {
            method: dict(zip(ROLES, _each(line), strict=True))
            for method, line in zip(METHODS, lines, strict=True)
        }


def _each(line: str) -> list[str]:
    words = line.split()
    if len(words) == 2:
        words = [words[0], *[words[1]] * (len(ROLES) - 1)]
    return words * len(ROLES) if len(words) == 1 else words


def whatever(line: str) -> Kind:
    """The same for every method."""
    return Kind(line, line, put=line, delete=line, options=line)


# anonymous, member, worker, steward, owner, one step, reviewer, superuser
REVIEWERS = "in 403 403 403 403 403 {0} {0}".format
KEEPERS = "in 404 404 {0} {0} 404 404 404".format
OWN_JOB = "in 404 404 {} 404 404 404 404".format
SUPERUSER = "in 403 403 403 403 403 403 {}".format
ENROLLED = "in {0} {0} {0} {0} {0} {1} {1}".format  # two of them have a second step

TABLE: dict[str, tuple[Kind, str]] = {
    # Reading ---------------------------------------------------------------------------------
    "page to read": (Kind("200"), """
        healthz robots home listing_list listing_page topic_list topic_page place_list place_page
        place_text role_list organization_page page_az search suggest listing_suggest
        library_suggest duplicates alike public_log add library_home resource_list resource_page
        collection_list collection_page page_evidence account_deleted report_thanks page_about
        page_what page_fresh page_privacy page_accessibility page_programmers"""),
    "public data": (Kind("200"), "api:find api:one api:find_resources api:search"),
    "data of something that is not there": (Kind("404"), "api:one_resource"),
    "file to take along": (Kind("200"), "resource_bib resource_ris"),
    "file that is not there": (Kind("404"), "file_download"),
    "public file of a library": (whatever("200"), "sitemap api:openapi-json"),
    "way to a language": (Kind("on"), "choose_language"),
    "way elsewhere": (whatever("on"), "favicon account"),
    "switched off": (whatever("404"), """
        api:api-root openid_connect_login openid_connect_callback google_login google_callback
        google_login_by_token microsoft_login microsoft_callback"""),
    # Forms for everybody ---------------------------------------------------------------------
    "form for everybody": (Kind("200", "200"), """
        propose add_lesson add_guide add_answer add_collection entry_edit confirm_address
        sent_page mailbox_link claim claim_confirm report join_ask join_code"""),
    "link of a mail": (Kind("200", "200"), """
        keeper_question keeper_invitation claim_object join_answer join_way_in
        taken_off_object"""),
    "link of a mail, for one address": (
        Kind("200", "200 on on on on on on on"), "member_invitation"),
    "button for whoever has the address": (Kind("200", "on"), "mailbox_open claim_sent"),
    "nothing to change any more": (Kind("on", "on"), "sent_change mailbox_pages"),
    # For people with an account --------------------------------------------------------------
    "own page": (Kind("in 200"), """
        my_pages personal personal_download organization_account import_template export_own"""),
    "own form": (Kind("in 200", "in on"), "account_delete work_address"),
    "own form, empty": (Kind("in 200", "in 200"), "vouch"),
    "own button": (Kind(post="in on"), "pages_adopt"),
    "invitation into a chat group": (
        Kind("200", "403 403 200 403 403 403 403 403"), "invitation_show"),
    "question to an organization": (Kind(post="in 200"), """
        organization_ask member_invite organization_domain organization_correct"""),
    "button beside nobody": (Kind(post="in 404"), """
        member_grant member_decline member_role member_remove"""),
    "last one out is warned": (Kind(post="in on on on 200 on on on"), "organization_leave"),
    "sending a table": (Kind("in 200", "in 403 403 200 200 403 403 403"), "import_upload"),
    "own table": (Kind(OWN_JOB("200"), OWN_JOB("on")), "import_check"),
    "button of an own table": (Kind(post=OWN_JOB("on")), "import_discard"),
    "progress of an own table": (Kind(OWN_JOB("on")), "import_progress"),
    # For those who look after a page ---------------------------------------------------------
    "keepers": (Kind("in 404 404 200 200 403 200 200"), "keepers"),
    "history": (Kind("in 403 403 200 200 403 200 200"), "entry_history"),
    "button of keepers": (Kind(post=KEEPERS("on")), """
        page_answer keeper_uninvite keeper_remove keeper_leave"""),
    "form of keepers": (Kind(post=KEEPERS("200")), "keeper_invite"),
    "form of another group's keepers": (Kind("in 404", "in 404"), "invitation_edit"),
    # To review -------------------------------------------------------------------------------
    "desk": (Kind(REVIEWERS("200")), """
        desk asked_list case_page entry_review several_list beat_list happened starting_list terms
        term_page"""),
    "form of the desk": (
        Kind(REVIEWERS("200"), REVIEWERS("200")), "invitation_review entry_correct"),
    "restoring, of a version gone by": (Kind(REVIEWERS("200"), REVIEWERS("409")), "entry_restore"),
    "button of the desk": (Kind(post=REVIEWERS("on")), "case_take beat_save name_open"),
    "button of the desk, about nothing": (Kind(post=REVIEWERS("404")), """
        take_turn undo_turn starting_answer starting_undo"""),
    "button of the desk, without words": (Kind(post=REVIEWERS("422")), "term_rename term_merge"),
    "button of the desk, too late": (Kind(post=REVIEWERS("409")), "term_undo"),
    "several at once": (Kind(post=REVIEWERS("200")), "take_several"),
    # Signing in: allauth's own pages ---------------------------------------------------------
    "door": (Kind("200 on", "200 on", put="200 on", delete="405 on", options="200 on"), """
        account_login account_signup account_signup_by_passkey account_request_login_code"""),
    "door with a passkey": (
        Kind("in on", "in on", put="in on", delete="405 on", options="200 on"),
        "mfa_login_webauthn"),
    "step of a sign-in that nobody has begun": (whatever("in on"), """
        account_email_verification_sent mfa_authenticate"""),
    "step that nobody has begun": (
        whatever("on"), "account_confirm_login_code mfa_signup_webauthn"),
    "step from another site": (whatever("in"), "socialaccount_signup"),
    "way out": (Kind("on 200", "on", options="200"), "account_logout"),
    "notice": (Kind("200", options="200"), "account_inactive socialaccount_login_cancelled"),
    "notice of a failure": (Kind("401", options="200"), "socialaccount_login_error"),
    "own account": (
        Kind("in 200", "in on", put="in on", delete="in 405", options="in 200"),
        "account_email usersessions_list"),
    "own accounts elsewhere": (
        Kind("in 200", "in 200", put="in 200", delete="in 405", options="in 200"),
        "socialaccount_connections"),
    "own account, to read": (
        Kind("in 200", "in 405", put="in 405", delete="in 405", options="in 200"),
        "mfa_index mfa_list_webauthn"),
    "signing in again": (Kind("in 200", "in"), "sign_in_again"),
    "proof by a second step": (
        Kind(ENROLLED(403, 200), ENROLLED(403, 200), put=ENROLLED(403, 200),
             delete=ENROLLED(403, 405), options=ENROLLED(403, 200)),
        "mfa_reauthenticate"),
    "other proof": (whatever(ENROLLED(403, "prove")), """
        account_reauthenticate mfa_reauthenticate_webauthn"""),
    "new second step": (
        Kind(ENROLLED(200, "prove"), ENROLLED(200, "prove"), put=ENROLLED(200, "prove"),
             delete=ENROLLED(405, "prove"), options=ENROLLED(200, "prove")),
        "mfa_activate_totp mfa_add_webauthn mfa_generate_recovery_codes"),
    "second step given up": (whatever(ENROLLED(404, "prove")), "mfa_deactivate_totp"),
    "codes that were never made": (
        Kind("in 404", "in 405", put="in 405", delete="in 405", options="in 200"),
        "mfa_view_recovery_codes"),
    "file of codes that were never made": (whatever("in 404"), "mfa_download_recovery_codes"),
    "passkey that is not there": (
        Kind(ENROLLED(404, "prove"), ENROLLED(404, "prove"), put=ENROLLED(405, "prove"),
             delete=ENROLLED(404, "prove"), options=ENROLLED(200, "prove")),
        "mfa_remove_webauthn"),
    "name of a passkey that is not there": (
        Kind(ENROLLED(404, "prove"), ENROLLED(404, "prove"), put=ENROLLED(404, "prove"),
             delete=ENROLLED(405, "prove"), options=ENROLLED(200, "prove")),
        "mfa_edit_webauthn"),
    # The admin: one door before all of it ----------------------------------------------------
    "admin": (whatever(SUPERUSER("any")), ""),
}  # fmt: skip
IN_TABLE = {name: kind for kind, (_, names) in TABLE.items() for name in names.split()}


def kind_of(name: str) -> str | None:
    """The kind of an address; every page of the admin is one, a new model's too."""
    return "admin" if name.startswith("admin:") else IN_TABLE.get(name)


def not_in_the_table(patterns=None) -> list[str]:
    """The names of addresses that no line is about."""
    return [each.name for each in addresses(patterns) if kind_of(each.name) is None]


@pytest.fixture(scope="module")
def made_stage(django_db_setup, django_db_blocker):
    with kept_for_a_while(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(even_time, "STEP", 0.001)  # answers in even time are measured elsewhere
        yield make_stage()


@pytest.fixture
def stage(made_stage, db):
    return made_stage


@pytest.mark.parametrize("each", addresses(), ids=lambda each: each.name)
def test_address_answers_everybody_as_the_table_says(stage, each):
    kind = kind_of(each.name)
    if kind is None:
        pytest.skip("another test says that it is missing")
    where = matrix.path(stage, each)
    expected = TABLE[kind][0].expected()
    found = {m: {role: ask(stage, role, m, where) for role in ROLES} for m in METHODS}
    for method, words in expected.items():
        for role, word in words.items():
            if word == "any" and not found[method][role].startswith("5"):
                words[role] = found[method][role]
    assert found == expected


def test_every_address_is_in_the_table():
    assert not_in_the_table() == []


def test_table_holds_no_address_that_is_gone():
    assert set(IN_TABLE) - {each.name for each in addresses()} == set()


def test_no_address_is_in_two_lines():
    listed = [name for _, names in TABLE.values() for name in names.split()]
    assert sorted(listed) == sorted(set(listed))


def test_no_line_of_the_table_allows_a_breakdown():
    words = {
        word
        for kind, _ in TABLE.values()
        for roles in kind.expected().values()
        for word in roles.values()
    }
    assert {word for word in words if word.startswith("5")} == set()


def test_planted_address_is_found_missing():
    planted = url("planted/", lambda request: HttpResponse(), name="planted")
    unnamed = url("unnamed/", lambda request: HttpResponse())
    patterns = [*get_resolver().url_patterns, planted, unnamed]
    assert not_in_the_table(patterns)[-2:] == ["planted", "unnamed/"]


def test_planted_open_door_is_seen(stage, settings):
    settings.ROOT_URLCONF = "tests.flows.open_door"
    each = next(each for each in addresses() if each.name == "desk")
    found = {role: ask(stage, role, "GET", matrix.path(stage, each)) for role in ROLES}
    assert found == dict.fromkeys(ROLES, "200")
    assert found != TABLE[kind_of("desk")][0].expected()["GET"]
