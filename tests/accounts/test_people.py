"""People are known by an e-mail address, organizations by a name in one language or both."""

import pytest
from django.contrib.auth import authenticate
from django.utils.translation import override

from accounts.languages import LocalText, localized
from accounts.models import User
from tests.factories import make_organization, make_staff, make_superuser


@pytest.mark.django_db
def test_person_signs_in_with_the_address_however_it_is_written():
    User.objects.create_user("Ana@Example.ORG", "a long secret for tests")
    person = User.objects.get()
    assert person.email == "ana@example.org"
    assert authenticate(username="ana@example.org", password="a long secret for tests") == person


@pytest.mark.django_db
def test_rights_are_those_asked_for():
    boss, staff, other = make_superuser(), make_staff(), User.objects.create_user("x@example.org")
    assert [(u.is_staff, u.is_superuser) for u in (boss, staff, other)] == [
        (True, True),
        (True, False),
        (False, False),
    ]


@pytest.mark.django_db
def test_person_without_a_password_cannot_sign_in():
    person = make_superuser()
    assert not person.has_usable_password()
    assert authenticate(username=person.email, password="") is None


def test_there_are_no_user_names():
    assert "username" not in {field.name for field in User._meta.get_fields()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "lang", "shown"),
    [
        (("Agency", "Agence"), "en", ("Agency", "en")),
        (("Agency", "Agence"), "fr", ("Agence", "fr")),
        (("Agency", ""), "fr", ("Agency", "en")),
        (("", "Agence"), "en", ("Agence", "fr")),
    ],
)
def test_name_is_shown_in_the_readers_language_or_the_other(names, lang, shown):
    organization = make_organization(names[0], name_fr=names[1])
    with override(lang):
        name = localized(organization, "name")
        assert (name.plain, name.lang) == shown
        assert str(organization) == shown[0]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (LocalText("Bonjour", "fr", "fr"), "Bonjour"),
        (LocalText("Bonjour", "fr", "en"), '<span lang="fr">Bonjour</span>'),
        (LocalText("مرحبا", "ar", "en", "rtl"), '<span lang="ar" dir="rtl">مرحبا</span>'),
        (LocalText("<b>", "fr", "en"), '<span lang="fr">&lt;b&gt;</span>'),
        (LocalText("<b>", "en", "en"), "&lt;b&gt;"),
        (LocalText("", "fr", "en"), ""),
    ],
)
def test_text_is_escaped_and_marked_where_it_is_in_another_language(text, html):
    assert text.__html__() == html
