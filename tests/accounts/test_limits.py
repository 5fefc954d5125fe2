"""What a stranger can cause: three mails a day to one address, and nobody locked out."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth import get_user
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import allowances, codes, devices
from accounts.models import User
from tests.accounts.mailbox import code, mails, subjects

ANA = "ana@example.org"


def ask(client, email=ANA, name="account_login", field="login"):
    cache.clear()  # the limits by network address are allauth's
    return client.post(reverse(name), {field: email})


def sign_up(client, email=ANA):
    return ask(client, email, "account_signup", "email")


@pytest.fixture
def ana(db):
    person = User.objects.create_user(ANA)
    EmailAddress.objects.create(user=person, email=ANA, verified=True, primary=True)
    return person


@pytest.mark.django_db(transaction=True)
def test_allowance_holds_when_many_use_it_at_once(own_file, at_once):
    assert sum(at_once(12, lambda: allowances.use("stranger-mail", ANA, limit=3))) == 3
    assert allowances.used("stranger-mail", ANA) == 3


@pytest.mark.django_db
def test_unknown_address_gets_three_mails_a_day_whatever_was_asked_for():
    for _ in range(3):
        ask(Client())
        sign_up(Client())
        ask(Client(), name="account_request_login_code", field="email")
    assert len(mails(ANA)) == 3


@pytest.mark.django_db
def test_known_address_is_told_three_times_a_day_that_it_has_an_account(ana):
    for _ in range(6):
        sign_up(Client())
    assert subjects(ANA) == ["You already have an account at CoP Directory"] * 3


@pytest.mark.django_db
def test_new_address_of_an_account_is_asked_three_times_a_day(ana, client):
    client.force_login(ana)
    for _ in range(5):
        cache.clear()
        client.post(reverse("account_email"), {"email": "other@example.org", "action_add": ""})
    assert len(mails("other@example.org")) == 3


@pytest.mark.django_db
def test_mails_to_somebody_who_typed_their_code_were_no_strangers():
    """Whoever claims a page by a code can still make an account on the same day."""
    for _ in range(3):
        check, sent = codes.ask(ANA, language="en")
        assert sent
    assert codes.ask(ANA, language="en")[1] is False
    code = re.search(r"\b\d{6}\b", mails(ANA)[-1].message).group()
    codes.confirm(check.pk, code)
    sign_up(Client())
    assert len(mails(ANA)) == 4


@pytest.mark.django_db
def test_code_that_was_not_sent_cannot_be_guessed():
    for _ in range(3):
        allowances.use("stranger-mail", ANA, limit=3)
    late = Client()
    sign_up(late)
    assert re.fullmatch(r"\w{64}", late.session["account_email_verification_code"]["code"])


@pytest.mark.django_db
def test_answer_past_the_limit_is_the_same_as_before_it():
    clients = [Client() for _ in range(5)]
    answers = [sign_up(each) for each in clients]
    pages = [each.get(answers[0].headers["Location"]) for each in clients]
    assert {(each.status_code, each.headers["Location"]) for each in answers} == {
        (302, reverse("account_email_verification_sent"))
    }
    assert len({re.sub(r'value="\w{64}"', "", each.content.decode()) for each in pages}) == 1


@pytest.mark.django_db
def test_strangers_together_get_ten_codes_a_day_sent(ana):
    for _ in range(15):
        ask(Client())
    assert len(mails(ANA)) == devices.CODES_A_DAY


@pytest.mark.django_db
def test_past_the_codes_of_the_day_no_code_opens_the_account(ana):
    for _ in range(devices.CODES_A_DAY):
        ask(Client())
    late = Client()
    url = ask(late).headers["Location"]
    late.post(url, {"code": code(ANA)})
    assert get_user(late).is_anonymous
    assert "There is no account" not in " ".join(subjects(ANA))


@pytest.mark.django_db
def test_nobody_is_locked_out_by_a_stranger(ana):
    own = Client()
    ask(own)
    own.post(reverse("account_confirm_login_code"), {"code": code(ANA)})
    own.post(reverse("account_logout"))
    for _ in range(20):
        ask(Client())
    ask(own)
    own.post(reverse("account_confirm_login_code"), {"code": code(ANA)})
    assert get_user(own) == ana


@pytest.mark.django_db
def test_cookie_of_a_browser_is_good_for_its_person_only(ana, rf):
    response = HttpResponse()
    devices.remember(response, ana)
    request = rf.get("/")
    request.COOKIES[devices.COOKIE] = response.cookies[devices.COOKIE].value
    other = User.objects.create_user("other@example.org")
    assert (devices.is_known(request, ana), devices.is_known(request, other)) == (True, False)
    request.COOKIES[devices.COOKIE] += "x"
    assert not devices.is_known(request, ana)


@pytest.mark.django_db
def test_too_many_questions_from_one_network_address_are_refused_in_words(client):
    answers = [
        client.post(reverse("account_signup"), {"email": f"a{number}@example.org"})
        for number in range(21)
    ]
    assert [each.status_code for each in answers] == [302] * 20 + [429]
    assert "Wait a minute" in answers[-1].content.decode()


# Whose network address --------------------------------------------------------------------------


def address_of(**headers):
    return get_ip(RequestFactory().post("/", REMOTE_ADDR="10.0.0.1", **headers))


def test_without_a_proxy_nobody_chooses_their_own_address():
    assert address_of(HTTP_X_FORWARDED_FOR="203.0.113.9") == "10.0.0.1"


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9") == "203.0.113.9"


def test_neighbours_in_one_ipv6_network_count_as_one(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    first, second = (
        address_of(HTTP_X_FORWARDED_FOR=f"2001:db8:1:2::{each}") for each in ("a", "b")
    )
    assert first == second
