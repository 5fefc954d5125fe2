"""Every page behind a door or a form, by name: who opens it, where, and what they do there first.

Beside these stand the pages that everybody reads (`page_types.py`); and `NO_PAGE` says of every
other address why nobody looks at it. A test compares the three with the table of addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import translate_url
from django.utils.translation import override
from playwright.sync_api import Page, Response

from tests.accounts.mailbox import code
from tests.browser.furnished import House
from tests.flows import matrix

NEW = "newcomer@example.org"
# What somebody does on a page: (a method of Playwright's locator, selector, value or its maker).
Step = tuple[str, str] | tuple[str, str, str | Callable[[], str]]


@dataclass(frozen=True)
class Inside:
    """A page: the role that opens it, the address's name, and what is done until it is there.

    `of` names what stands in the address, where it is not what the matrix puts there. `query`
    follows the address.
    """

    role: str
    name: str
    of: str = ""
    does: tuple[Step, ...] = ()
    query: str = ""


def press(value: str) -> Step:
    """Press the button of the page's own forms that sends this value."""
    return ("click", f"main button[value='{value}']")


SEND: Step = ("click", "main form button[type=submit]")
FIRST: tuple[Step, ...] = (
    ("check", "[name=kind][value=community-of-practice]"),
    ("fill", "[name=name_en]", "Housing Workers of Halifax"),
    ("fill", "[name=one_line_en]", "They help people find a home."),
    ("check", "[name=stance][value=run]"),
    press("on"),
)
READY_WORDS: tuple[Step, ...] = (
    ("press", "details:has([name=text]) > summary", "Enter"),
    ("check", "[name=text][value=way-in]"),
    press("text"),
)
SIGN_IN: tuple[Step, ...] = (("fill", "main [type=email]", "member@example.org"), SEND)
SECOND_STEP: tuple[Step, ...] = (
    ("fill", "main [type=email]", "boss@example.org"),
    SEND,
    ("fill", "#id_code", lambda: code("boss@example.org")),
    SEND,
)

PROPOSING = {
    "add a group": Inside("anonymous", "propose"),
    "add a group, with an account": Inside("owner", "propose"),
    "add a group, wrong": Inside("anonymous", "propose", does=(press("on"),)),
    "add a group, again": Inside("owner", "propose", query="?draft={draft}"),
    "add a group, second screen": Inside("anonymous", "propose", does=FIRST),
    "add a group, second screen, wrong": Inside(
        "anonymous", "propose", does=(*FIRST, press("send"))
    ),
    "suggest a change": Inside("anonymous", "entry_edit"),
    "suggest a change, of a chat": Inside("owner", "entry_edit", of="chat"),
    "suggest a change, look at it": Inside(
        "anonymous",
        "entry_edit",
        of="whole",
        does=(("fill", "[name=one_line_en]", "They bake."), press("on")),
    ),
    "suggest a change, wrong": Inside(
        "owner",
        "entry_edit",
        does=(("fill", "[name=website]", "https://chat.whatsapp.com/Secret"), press("on")),
    ),
    "code": Inside("anonymous", "confirm_address"),
    "code, wrong": Inside("anonymous", "confirm_address", does=(press("code"),)),
    "sent, public": Inside("anonymous", "sent_page"),
    "sent, new": Inside("anonymous", "sent_page", of="sent, new"),
    "sent, asked": Inside("anonymous", "sent_page", of="sent, asked"),
    "sent, rejected": Inside("anonymous", "sent_page", of="sent, rejected"),
    "sent, edit": Inside("anonymous", "sent_page", of="sent, edit"),
    "sent, to change it": Inside("anonymous", "sent_change", of="sent, new"),
}
OPEN_TO_ALL = {
    "report": Inside("anonymous", "report"),
    "report, wrong": Inside("anonymous", "report", does=(SEND,)),
    "report, thank you": Inside("anonymous", "report_thanks"),
    "ask to join": Inside("anonymous", "join_ask"),
    "ask to join, wrong": Inside("anonymous", "join_ask", does=(SEND,)),
    "ask to join, nobody there": Inside("anonymous", "join_ask", of="no host"),
    "ask to join, code": Inside("anonymous", "join_code", of="request"),
    "ask to join, waiting": Inside("anonymous", "join_code", of="request, waiting"),
    "ask to join, answer": Inside("anonymous", "join_answer", of="answer"),
    "ask to join, answered": Inside("anonymous", "join_answer"),
    "way in": Inside("anonymous", "join_way_in"),
    "invitation, not for strangers": Inside("anonymous", "invitation_show"),
    "invitation, not for everybody": Inside("member", "invitation_show"),
    "invitation": Inside("worker", "invitation_show"),
    "invitation, shown": Inside("worker", "invitation_show", does=(SEND,)),
    "I run this group": Inside("anonymous", "claim"),
    "I run this group, wrong": Inside("anonymous", "claim", does=(SEND,)),
    "I run this group, signed in": Inside("member", "claim"),
    "I run this group, code": Inside("anonymous", "claim_confirm"),
    "I run this group, sent": Inside("anonymous", "claim_sent", of="my claim"),
    "taken off": Inside("anonymous", "public_log"),
    "taken off, and wrongly": Inside("anonymous", "taken_off_object"),
    "account deleted": Inside("anonymous", "account_deleted"),
}
LINKS_OF_MAILS = {
    "still right": Inside("anonymous", "keeper_question"),
    "still right, answered": Inside("anonymous", "keeper_question", does=(SEND,)),
    "would you look after it": Inside("anonymous", "keeper_invitation"),
    "somebody says they run it": Inside("anonymous", "claim_object", of="objection"),
    "an organization invites you": Inside("anonymous", "member_invitation"),
    "an organization invites you, signed in": Inside("member", "member_invitation"),
    "link that is no longer good": Inside("anonymous", "keeper_question", of="gone"),
    "shared address": Inside("anonymous", "mailbox_link"),
    "shared address, sent": Inside(
        "anonymous", "mailbox_link", does=(("fill", "main [type=email]", "info@x.ca"), SEND)
    ),
    "shared address, open": Inside("anonymous", "mailbox_open"),
    "pages of a shared address": Inside("anonymous", "mailbox_open", does=(SEND,)),
    "a colleague asks": Inside("owner", "vouch"),
}
OWN = {
    "my pages": Inside("owner", "my_pages"),
    "my pages, empty": Inside("superuser", "my_pages"),
    "who looks after it": Inside("owner", "keepers"),
    "who looks after it, for reviewers": Inside("reviewer", "keepers"),
    "organization": Inside("owner", "organization_account"),
    "organization, for its people": Inside("steward", "organization_account"),
    "organization, for others": Inside("member", "organization_account"),
    "organization, asked": Inside("member", "organization_account", of="second"),
    "organization, the last one leaves": Inside(
        "owner", "organization_account", does=(("click", "main form >> nth=-1 >> button"),)
    ),
    "my work address": Inside("member", "work_address"),
    "my work address, confirmed": Inside("worker", "work_address"),
    "what we keep about you": Inside("owner", "personal"),
    "delete my account": Inside("owner", "account_delete"),
    "several groups": Inside("owner", "import_upload"),
    "several groups, wrong": Inside("owner", "import_upload", does=(SEND,)),
    "several groups, for nobody": Inside("member", "import_upload"),
    "several groups, checked": Inside("owner", "import_check", of="table"),
    "several groups, sent": Inside("owner", "import_progress", of="sent table"),
    "the invitation into my group": Inside("owner", "invitation_edit"),
    "the invitation into my group, wrong": Inside(
        "owner", "invitation_edit", does=(("fill", "[name=link]", "https://x.example/"), SEND)
    ),
    "what happened to my page": Inside("owner", "entry_history"),
}
KINDS_OF_CASES = (
    "danger", "join", "new", "answered", "change", "live", "report", "claim", "invitation", "link",
    "domain", "membership",
)  # fmt: skip
TO_REVIEW = {
    "to review": Inside("reviewer", "desk"),
    "to review, filtered": Inside("reviewer", "desk", query="?reason=new&province=NS&whose=mine"),
    **{f"case: {kind}": Inside("reviewer", "case_page", of=f"case: {kind}")
       for kind in KINDS_OF_CASES},
    "case: nothing said": Inside(
        "reviewer", "case_page", of="case: new", does=(press("reject"),)
    ),
    "case: ready words": Inside("reviewer", "case_page", of="case: new", does=READY_WORDS),
    "case: settled": Inside("reviewer", "case_page", of="case: rejected"),
    "page to review": Inside("reviewer", "entry_review"),
    "correct what was sent": Inside("reviewer", "entry_correct", of="group: new"),
    "asked, not answered": Inside("reviewer", "asked_list"),
    "several at once": Inside("reviewer", "several_list"),
    "several at once, of one reason": Inside("reviewer", "several_list", query="?reason=report"),
    "what I look after": Inside("reviewer", "beat_list"),
    "what happened": Inside("reviewer", "happened"),
    "history": Inside("reviewer", "entry_history"),
    "history of one field": Inside("reviewer", "entry_history", query="?field=one_line_en"),
    "restore": Inside("reviewer", "entry_restore", of="version"),
    "starting list": Inside("reviewer", "starting_list"),
    "words": Inside("reviewer", "terms"),
    "word": Inside("reviewer", "term_page", of="free word"),
    "word, wrong": Inside(
        "reviewer", "term_page", of="free word",
        does=(("fill", "[name=name]", ""), SEND),
    ),
    "invitation to look at": Inside("reviewer", "invitation_review"),
    "only for reviewers": Inside("member", "desk"),
    "one more step": Inside("one step", "desk"),
}  # fmt: skip
ACCOUNT = {
    "sign in": Inside("anonymous", "account_login"),
    "sign in, wrong": Inside("anonymous", "account_login", does=(SEND,)),
    "sign in, code": Inside("anonymous", "account_login", does=SIGN_IN),
    "sign in, second step": Inside("anonymous", "account_login", does=SECOND_STEP),
    "sign up": Inside("anonymous", "account_signup"),
    "sign up, code": Inside(
        "anonymous", "account_signup", does=(("fill", "main [type=email]", NEW), SEND)
    ),
    "sign up with a passkey": Inside("anonymous", "account_signup_by_passkey"),
    "code by mail": Inside("anonymous", "account_request_login_code"),
    "sign out": Inside("member", "account_logout"),
    "account closed": Inside("anonymous", "account_inactive"),
    "account elsewhere, given up": Inside("anonymous", "socialaccount_login_cancelled"),
    "account elsewhere, failed": Inside("anonymous", "socialaccount_login_error"),
    "accounts elsewhere": Inside("member", "socialaccount_connections"),
    "my address": Inside("member", "account_email"),
    "my address, wrong": Inside("member", "account_email", does=(SEND,)),
    "where I am signed in": Inside("reviewer", "usersessions_list"),
    "passkeys and second step": Inside("reviewer", "mfa_index"),
    "passkeys and second step, none": Inside("member", "mfa_index"),
    "passkeys": Inside("reviewer", "mfa_list_webauthn"),
    "new passkey": Inside("member", "mfa_add_webauthn"),
    "app": Inside("member", "mfa_activate_totp"),
    "app, wrong": Inside("member", "mfa_activate_totp", does=(SEND,)),
    "app given up": Inside("reviewer", "mfa_deactivate_totp"),
    "recovery codes": Inside("reviewer", "mfa_view_recovery_codes"),
    "new recovery codes": Inside("reviewer", "mfa_generate_recovery_codes"),
    "name of a passkey": Inside("reviewer", "mfa_edit_webauthn", of="passkey"),
    "passkey given up": Inside("reviewer", "mfa_remove_webauthn", of="passkey"),
    "sign in once more": Inside("member", "sign_in_again"),
    "second step once more": Inside("reviewer", "mfa_reauthenticate"),
}
LIBRARY = {
    "share a lesson": Inside("anonymous", "add_lesson"),
    "add a guide": Inside("anonymous", "add_guide"),
    "we tried this too": Inside("anonymous", "add_answer"),
    "suggest a collection": Inside("anonymous", "add_collection"),
    "collections": Inside("anonymous", "collection_list"),
    "collection": Inside("anonymous", "collection_page"),
}
INSIDE = PROPOSING | LIBRARY | OPEN_TO_ALL | LINKS_OF_MAILS | OWN | TO_REVIEW | ACCOUNT
# What the server answers with, where it is not 200.
STATUS = {
    **dict.fromkeys((each for each in PROPOSING if "a group" in each and "wrong" in each), 422),
    "suggest a change, wrong": 422,
    "several groups, wrong": 422,
    "case: nothing said": 422,
    "word, wrong": 422,
    "account elsewhere, failed": 401,
    "link that is no longer good": 410,
    "only for reviewers": 403,
    "one more step": 403,
}


def path(house: House, inside: Inside, lang: str) -> str:
    """The path of a page in a language."""
    where = next(each for each in matrix.addresses() if each.name == inside.name)
    stage = house.stage
    if inside.of:
        own = {**stage.arguments, inside.name: house.arguments[inside.of]}
        stage = replace(stage, arguments=own)
    with override("en"):
        found = translate_url(matrix.path(stage, where), lang)
    return found + inside.query.format(**{key: args[0] for key, args in house.arguments.items()})


def come_in(page: Page, house: House, role: str, url: str) -> None:
    """Be somebody, or nobody in particular."""
    page.context.clear_cookies()
    cookies = house.stage.cookies.get(role, {})
    page.context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])


def do(page: Page, steps: tuple[Step, ...]) -> Response | None:
    """Do what leads to the page; the last answer, if there was one."""
    answer = None
    for verb, selector, *values in steps:
        given = [value() if callable(value) else value for value in values]
        where = page.locator(selector).first
        if verb != "click":
            getattr(where, verb)(*given)
            continue
        # The server answers, too, where a browser would say beforehand that something is missing.
        page.evaluate("[...document.forms].forEach(each => each.noValidate = true)")
        with page.expect_navigation() as moved:
            where.click()
        answer = moved.value
    return answer


def open_page(page: Page, house: House, name: str, lang: str, url: str) -> Response:
    """Come to a page as the one whose page it is; the answer that brought it."""
    inside = INSIDE[name]
    come_in(page, house, inside.role, url)
    answer = page.goto(url + path(house, inside, lang))
    answer = do(page, inside.does) or answer
    assert answer is not None
    return answer


# Addresses that bring no page of ours, by the reason.
_NO_PAGE = {
    "data, plain text or a file": """
        healthz robots sitemap suggest listing_suggest library_suggest duplicates alike place_text
        api:find api:one api:find_resources api:one_resource api:search api:openapi-json
        resource_bib resource_ris file_download
        personal_download import_template export_own mfa_download_recovery_codes
        mfa_login_webauthn""",
    "leads elsewhere": """
        choose_language favicon account account_reauthenticate mfa_reauthenticate_webauthn
        mailbox_pages account_confirm_login_code account_email_verification_sent
        mfa_authenticate""",
    "not there, unless the environment asks for it": """
        api:api-root openid_connect_login openid_connect_callback google_login google_callback
        google_login_by_token microsoft_login microsoft_callback socialaccount_signup""",
    "needs a device's passkey, so it stands in test_accounts": "mfa_signup_webauthn",
}
NO_PAGE = {name: why for why, names in _NO_PAGE.items() for name in names.split()}
