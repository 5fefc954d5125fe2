"""Each mail about an account: in its person's language, in our words, with our foot."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.adapter import NOTICES, Adapter
from accounts.models import User
from tests.accounts.mailbox import mails

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"
FACTS = {
    "from_email": "old@example.org",
    "to_email": ANA,
    "deleted_email": "old@example.org",
    "provider": "Google",
}
LANGUAGES = ["en", "fr"]


@pytest.fixture
def operator(settings):
    settings.OPERATOR_NAME, settings.OPERATOR_ADDRESS = "Harbour Network", "1 Pier Street, Halifax"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(NOTICES))
def test_notice_says_what_happened_and_what_to_do(kind, lang, operator):
    person = User.objects.create_user(ANA, language=lang)
    Adapter().send_notification_mail(f"account/email/{kind}", person, FACTS)
    (mail,) = mails(ANA)
    assert mail.subject.startswith({"en": "About your account", "fr": "À propos de"}[lang])
    assert "{" not in mail.message
    assert f"/{lang}/" in mail.message
    assert "1 Pier Street, Halifax" in mail.message
    assert mail.html_message == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "field"), [("account_login", "login"), ("account_signup", "email")]
)
@pytest.mark.parametrize("known", [True, False])
def test_mail_names_no_invented_site(client, page, field, known, lang, operator):
    if known:
        User.objects.create_user(ANA, language=lang)
    with override(lang):
        url = reverse(page)
    client.post(url, {field: ANA})
    (mail,) = mails(ANA)
    text = mail.subject + mail.message
    assert [
        each for each in ("[", "example.com", "testserver]", "Hello from") if each in text
    ] == []
    assert "Harbour Network" in mail.message


def test_mail_carries_nothing_that_a_stranger_wrote(client):
    User.objects.create_user(ANA)
    client.post(
        reverse("account_login"),
        {"login": ANA},
        headers={"user-agent": "Call 1-900-SCAM", "accept-language": "x"},
    )
    assert "SCAM" not in mails(ANA)[0].message
