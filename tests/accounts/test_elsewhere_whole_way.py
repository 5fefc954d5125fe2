"""The whole way to an account by a provider elsewhere, with one that runs on this machine."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts import provider
from tests.accounts.mailbox import code, mails, subjects
from tests.accounts.totp import code_of_app
from tests.factories import make_person, make_reviewer

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def elsewhere(settings):
    """A provider that has confirmed Ana's address."""
    with provider.running(email=ANA, email_verified=True) as server:
        settings.SOCIALACCOUNT_PROVIDERS = server.settings
        yield server


def come_back(client, elsewhere):
    """Press the button, sign in there, and come back; the answer of the last page."""
    there = client.post(reverse("openid_connect_login", args=["oidc"])).headers["Location"]
    return client.get(elsewhere.sign_in(there))


def signed_in(client) -> str:
    """Whose session it is, by their address."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).email if key else ""


def known() -> list[tuple]:
    """(address, confirmed) of every account, and to whom the provider's account belongs."""
    rows = EmailAddress.objects.order_by("email").values_list("email", "verified")
    theirs = SocialAccount.objects.values_list("user__email", flat=True)
    return [*rows, *theirs]


def test_address_that_the_provider_has_confirmed_makes_an_account_at_once(client, elsewhere):
    make_person("bo@example.org")
    answer = come_back(client, elsewhere)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert signed_in(client) == ANA
    assert known() == [(ANA, True), ("bo@example.org", True), ANA]
    assert elsewhere.asked[-2:] == ["/token", "/userinfo"]


def test_second_time_it_is_the_same_account(client, elsewhere):
    come_back(client, elsewhere)
    client.logout()
    come_back(client, elsewhere)
    assert (signed_in(client), User.objects.count()) == (ANA, 1)


@pytest.mark.parametrize("said", [False, None, "false", "true", "", 0])
def test_address_that_nobody_has_confirmed_is_asked_for_its_code(client, elsewhere, said):
    elsewhere.claims["email_verified"] = said
    answer = come_back(client, elsewhere)
    confirm = reverse("account_email_verification_sent")
    assert (answer.headers["Location"], signed_in(client)) == (confirm, "")
    assert known() == [(ANA, False), ANA]
    client.post(confirm, {"code": code(ANA)})
    assert (signed_in(client), known()) == (ANA, [(ANA, True), ANA])


@pytest.mark.parametrize("confirmed", [False, True])
def test_account_that_is_here_is_not_taken_over_by_its_address(client, elsewhere, confirmed):
    owner = make_person(ANA)
    elsewhere.claims["email_verified"] = confirmed
    answer = come_back(client, elsewhere)
    # The answer is that to a new address; only the owner learns by mail that there is an account.
    confirm = reverse("account_email_verification_sent")
    assert (answer.status_code, answer.headers["Location"]) == (302, confirm)
    assert (signed_in(client), known()) == ("", [(ANA, True)])
    assert len(mails(ANA)) == 1
    assert "code" not in subjects(ANA)[0].lower()
    client.post(confirm, {"code": "1234-5678"})
    assert (signed_in(client), owner.socialaccount_set.count()) == ("", 0)


def test_other_person_there_who_takes_the_address_on_later_gets_nothing(client, elsewhere):
    come_back(client, elsewhere)
    client.logout()
    elsewhere.claims["sub"] = "somebody-else"
    come_back(client, elsewhere)
    assert (signed_in(client), known()) == ("", [(ANA, True), ANA])


def test_reviewer_is_asked_for_the_second_step_all_the_same(client, elsewhere):
    ana = make_reviewer(ANA)
    SocialAccount.objects.create(user=ana, provider="oidc", uid=elsewhere.claims["sub"])
    app = {"type": Authenticator.Type.TOTP, "data": {"secret": SECRET}}
    Authenticator.objects.update_or_create(user=ana, type=app["type"], defaults=app)
    answer = come_back(client, elsewhere)
    step = reverse("mfa_authenticate")
    assert (answer.headers["Location"].partition("?")[0], signed_in(client)) == (step, "")
    assert client.get(reverse("desk")).status_code == 302
    client.post(step, {"code": code_of_app(SECRET)})
    assert (signed_in(client), client.get(reverse("desk")).status_code) == (ANA, 200)


def test_reviewer_without_a_second_step_sees_no_desk(client, elsewhere):
    ana = make_reviewer(ANA)
    SocialAccount.objects.create(user=ana, provider="oidc", uid=elsewhere.claims["sub"])
    Authenticator.objects.filter(user=ana).delete()
    come_back(client, elsewhere)
    assert (signed_in(client), client.get(reverse("desk")).status_code) == (ANA, 403)


def test_way_back_that_nobody_set_out_on_leads_nowhere(client, elsewhere):
    there = client.post(reverse("openid_connect_login", args=["oidc"])).headers["Location"]
    back = elsewhere.sign_in(there)
    stranger = Client()
    for path in (back, back.replace("state=", "state=x")):
        assert stranger.get(path).status_code == 401
    assert (signed_in(stranger), User.objects.count()) == ("", 0)


@pytest.mark.parametrize("claims", [{"email": None}, {"email": ""}])
def test_provider_that_knows_no_address_leads_to_a_form_that_asks_for_it(client, elsewhere, claims):
    elsewhere.claims |= claims
    answer = come_back(client, elsewhere)
    form = reverse("socialaccount_signup")
    assert (answer.headers["Location"].partition("?")[0], User.objects.count()) == (form, 0)
    client.post(form, {"email": ANA})
    assert (signed_in(client), known()) == ("", [(ANA, False), ANA])


def test_provider_that_is_away_is_said_calmly(client, elsewhere, settings):
    there = client.post(reverse("openid_connect_login", args=["oidc"])).headers["Location"]
    back = elsewhere.sign_in(there)
    elsewhere.challenge = "another"
    answer = client.get(back)
    assert (answer.status_code, signed_in(client)) == (401, "")
