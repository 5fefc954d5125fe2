"""Accounts without passwords: a code to an address opens them, in the person's language."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from accounts.models import User
from tests.accounts.mailbox import code, mails, subjects
from tests.factories import sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"


def at(name, lang="en", **kwargs):
    with override(lang):
        return reverse(name, kwargs=kwargs)


def make_ana(**fields):
    person = User.objects.create_user(ANA, **fields)
    EmailAddress.objects.create(user=person, email=ANA, verified=True, primary=True)
    return person


def sign_up(client, email=ANA, lang="en"):
    return client.post(at("account_signup", lang), {"email": email})


def ask_for_code(client, email=ANA, lang="en", query=""):
    return client.post(at("account_login", lang) + query, {"login": email})


def who(client):
    return get_user(client)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_address_and_code_make_an_account_in_the_language_of_the_page(client, lang):
    asked = sign_up(client, lang=lang)
    assert asked.headers["Location"] == at("account_email_verification_sent", lang)
    client.post(asked.headers["Location"], {"code": code(ANA)})
    person = who(client)
    assert (person.email, person.language, person.has_usable_password()) == (ANA, lang, False)
    assert EmailAddress.objects.get().verified


def test_code_may_be_typed_without_its_dash(client):
    sign_up(client)
    client.post(at("account_email_verification_sent"), {"code": code(ANA).replace("-", "")})
    assert who(client).email == ANA


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("en", "CODE is your code to sign in to CoP Directory"),
        ("fr", "CODE\u00a0: votre code de connexion au Répertoire CdP"),
    ],
)
def test_sign_in_mail_is_in_the_language_of_the_person_not_of_the_page(client, lang, subject):
    make_ana(language=lang)
    ask_for_code(client, lang={"en": "fr", "fr": "en"}[lang])
    assert subjects(ANA) == [subject]


def test_code_signs_in(client):
    person = make_ana()
    asked = ask_for_code(client)
    assert asked.headers["Location"] == at("account_confirm_login_code")
    client.post(asked.headers["Location"], {"code": code(ANA)})
    assert who(client) == person


def test_mail_of_a_code_is_not_sent_once_the_code_is_void(client):
    make_ana()
    ask_for_code(client)
    mail = mails(ANA)[0]
    assert (mail.expires_at - mail.created).total_seconds() == pytest.approx(15 * 60, abs=5)


def test_three_wrong_codes_end_it(client):
    make_ana()
    url = ask_for_code(client).headers["Location"]
    right = code(ANA)
    statuses = [client.post(url, {"code": "00000000"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 302]
    client.post(url, {"code": right})
    assert who(client).is_anonymous


def test_closed_account_is_told_nothing_and_gets_no_code(client):
    make_ana(is_active=False)
    ask_for_code(client)
    assert subjects(ANA) == []


def test_unknown_address_learns_by_mail_that_it_has_no_account(client):
    ask_for_code(client)
    assert subjects(ANA) == ["There is no account for this address at CoP Directory"]
    assert "/en/account/signup/" in mails(ANA)[0].message


def test_known_address_learns_by_mail_that_it_has_an_account(client):
    make_ana(language="fr")
    sign_up(client)
    assert subjects(ANA) == ["Vous avez déjà un compte au Répertoire CdP"]
    assert at("account_login", "fr") in mails(ANA)[0].message
    assert User.objects.count() == 1


# Nobody finds out who has an account ------------------------------------------------------------


def told(response, client):
    """Everything a stranger sees of an answer and of the page that it leads to, but tokens."""
    page = client.get(response.headers["Location"])
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return (
        response.status_code,
        response.headers["Location"],
        sorted(response.cookies),
        page.status_code,
        text.replace("unknown@example.org", ANA),
    )


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("account_login", "login"),
        ("account_request_login_code", "email"),
        ("account_signup", "email"),
        ("account_signup_by_passkey", "email"),
    ],
)
def test_answer_is_the_same_for_known_and_unknown_addresses(client, client_of, name, field):
    make_ana()
    answers = []
    for email in (ANA, "unknown@example.org"):
        stranger = client_of()
        answers.append(told(stranger.post(at(name), {field: email}), stranger))
    assert answers[0] == answers[1]


@pytest.fixture
def client_of():
    from django.test import Client

    return Client


def test_wrong_codes_get_the_same_answers_for_known_and_unknown_addresses(client_of):
    make_ana()
    answers = []
    for email in (ANA, "unknown@example.org"):
        stranger = client_of()
        url = ask_for_code(stranger, email).headers["Location"]
        tries = [stranger.post(url, {"code": "00000000"}) for _ in range(3)]
        answers.append([(each.status_code, each.headers.get("Location")) for each in tries])
    assert answers[0] == answers[1]


# Where people land ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/en/about/", "/en/about/"),
        ("https://evil.example/", "/en/"),
        ("//evil.example/", "/en/"),
        ("/\\evil.example", "/en/"),
        ("javascript:alert(1)", "/en/"),
    ],
)
def test_sign_in_leads_where_one_wanted_to_go_and_never_to_another_site(client, wanted, lands):
    make_ana()
    client.get(at("account_login"), {"next": wanted})
    client.post(at("account_login"), {"login": ANA, "next": wanted})
    done = client.post(at("account_confirm_login_code"), {"code": code(ANA), "next": wanted})
    assert (done.status_code, done.headers["Location"]) == (302, lands)


def test_signing_out_needs_a_click_and_leads_home(client):
    sign_in(client, make_ana())
    assert client.get(at("account_logout")).status_code == 200
    assert who(client).is_authenticated
    done = client.post(at("account_logout"))
    assert (done.headers["Location"], who(client).is_anonymous) == ("/en/", True)


def test_reading_pages_take_no_notice_of_a_session(client, client_of):
    sign_in(client, make_ana())
    mine, theirs = client.get("/en/about/"), client_of().get("/en/about/")
    assert (mine.content, mine.headers["Vary"]) == (theirs.content, theirs.headers["Vary"])
    assert "Cookie" not in mine.headers["Vary"]
    assert "messages" not in mine.cookies


# No passwords -----------------------------------------------------------------------------------


def test_superuser_of_the_command_line_signs_in_with_one_code(client):
    call_command("createsuperuser", interactive=False, email=ANA, verbosity=0)
    ask_for_code(client)
    client.post(at("account_confirm_login_code"), {"code": code(ANA)})
    assert (who(client).email, len(mails(ANA))) == (ANA, 1)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        (ANA, True, True)
    ]


@pytest.mark.parametrize(
    "name", ["account_reset_password", "account_change_password", "account_set_password"]
)
def test_there_are_no_pages_about_passwords(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_password_opens_nothing(client):
    make_ana(password="a long secret for tests")
    client.post(at("account_login"), {"login": ANA, "password": "a long secret for tests"})
    client.post("/admin/login/", {"username": ANA, "password": "a long secret for tests"})
    assert who(client).is_anonymous


# The account itself -----------------------------------------------------------------------------


def test_new_address_takes_the_old_ones_place_once_its_code_is_typed(client):
    person = make_ana()
    sign_in(client, person, second_step=False)
    client.post(at("account_email"), {"email": "new@example.org", "action_add": ""})
    person.refresh_from_db()
    assert person.email == ANA
    client.post(at("account_email_verification_sent"), {"code": code("new@example.org")})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.org"]
    assert subjects(ANA) == ["About your account at CoP Directory"]
    assert "from ana@example.org to new@example.org" in mails(ANA)[0].message


def test_address_of_somebody_else_is_not_given_away_to_who_wants_it(client):
    User.objects.create_user("other@example.org")
    sign_in(client, make_ana(), second_step=False)
    answers = []
    for wanted in ("other@example.org", "nobody@example.org"):
        done = client.post(at("account_email"), {"email": wanted, "action_add": ""})
        answers.append((done.status_code, done.headers["Location"]))
    assert answers[0] == answers[1]


def test_sessions_elsewhere_can_be_ended(client, client_of):
    make_ana()
    here, there = client_of(), client_of()
    for each in (here, there):
        ask_for_code(each)
        each.post(at("account_confirm_login_code"), {"code": code(ANA)})
    here.post(at("usersessions_list"))
    assert (who(here).is_authenticated, who(there).is_authenticated) == (True, False)


PAGES = [
    "account_login",
    "account_signup",
    "account_signup_by_passkey",
    "account_request_login_code",
    "account_logout",
    "account_email",
    "usersessions_list",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "sign_in_again",
    "socialaccount_connections",
]
SAME_FOR_ALL = ["account_inactive", "socialaccount_login_cancelled", "socialaccount_login_error"]
OPEN = {"account_login", "account_signup", "account_signup_by_passkey"}
OPEN |= {"account_request_login_code"}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", [*PAGES, *SAME_FOR_ALL])
def test_page_answers_in_our_layout(client, name, lang):
    if name not in OPEN:
        sign_in(client, make_ana(), second_step=False)
    page = read(client.get(at(name, lang)))
    assert page.lang == f"{lang}-CA"
    assert [a["href"] for a in page.all("a") if a.get("class") == "brand"] == [f"/{lang}/"]
    assert "example.com" not in page.text


@pytest.mark.parametrize("name", PAGES)
def test_page_may_not_be_cached_with_what_is_mine(client, name):
    if name not in OPEN:
        sign_in(client, make_ana(), second_step=False)
    page = client.get(at(name))
    assert "Cookie" in page.headers["Vary"]


SAME_WORD = {"Code", ANA, "127.0.0.1"}


def words_of(page):
    return {piece.text for piece in page.pieces if {"main", "title"} & set(piece.inside)}


@pytest.mark.parametrize("name", [*PAGES, *SAME_FOR_ALL])
def test_french_page_says_nothing_in_english(client, name):
    if name not in OPEN:
        sign_in(client, make_ana(), second_step=False)
    english, french = (words_of(read(client.get(at(name, lang)))) for lang in ("en", "fr"))
    secrets = {word for word in english & french if re.fullmatch(r"[A-Z2-7]{32}", word)}
    assert (english & french) - SAME_WORD - secrets == set()


def test_french_answers_to_wrong_input_say_nothing_in_english(client):
    make_ana()
    seen = {}
    for lang in ("en", "fr"):
        ask_for_code(client, lang=lang)
        pages = [
            client.post(at("account_login", lang), {"login": "nonsense"}),
            client.post(at("account_signup", lang), {"email": ""}),
            client.post(at("account_confirm_login_code", lang), {"code": "1"}),
            client.post(at("account_confirm_login_code", lang), {"code": ""}),
        ]
        seen[lang] = set().union(*(words_of(read(page)) for page in pages if page.content))
        client.post(at("account_logout", lang))
    assert (seen["en"] & seen["fr"]) - SAME_WORD == set()
