"""The desk and the admin ask for a second step, whichever page of theirs one opens."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts import second_factor
from accounts.models import User
from cop_directory import urls as site_urls
from tests.accounts.mailbox import code, mails, subjects
from tests.accounts.totp import code_of_app
from tests.factories import make_staff, make_superuser, sign_in
from tests.flows.reading import read

ANA = "ana@example.org"


def desk(request):
    return HttpResponse("the desk")


@second_factor.second_factor_required
def guarded_desk(request):
    return HttpResponse("the desk")


@second_factor.recently_signed_in
def danger(request):
    return HttpResponse(f"done: {request.POST.get('word', '')}")


handler403, handler404 = site_urls.handler403, site_urls.handler404
urlpatterns = [
    *site_urls.urlpatterns,
    path("desk/", guarded_desk),
    path("danger/", danger),
    path("mine/", second_factor.second_factor_required(allowed=lambda person: True)(desk)),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def reviewer():
    return User.objects.create_user(ANA, is_moderator=True)


def test_stranger_is_led_to_sign_in_and_back(client):
    answer = client.get("/desk/?page=2")
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/desk/%3Fpage%3D2"


def test_person_without_the_right_is_told_so(client):
    sign_in(client, User.objects.create_user(ANA))
    answer = client.get("/desk/")
    assert answer.status_code == 403
    assert "This page is for others" in read(answer).text


def test_closed_account_does_not_get_in(client):
    person = reviewer()
    sign_in(client, person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302


def test_reviewer_without_a_second_step_is_told_how_to_set_one_up(client):
    sign_in(client, reviewer(), second_step=False)
    answer = client.get("/desk/")
    assert answer.status_code == 403
    links = read(answer).links
    assert {reverse("mfa_activate_totp"), reverse("mfa_add_webauthn")} <= set(links)


def test_recovery_codes_alone_are_no_second_step(client):
    person = reviewer()
    sign_in(client, person, second_step=False)
    Authenticator.objects.create(
        user=person, type="recovery_codes", data={"seed": "ab", "used_mask": 0}
    )
    assert client.get("/desk/").status_code == 403


def test_session_without_the_second_step_has_to_prove_it(client):
    person = reviewer()
    sign_in(client, person)
    sign_in(other := Client(), person, second_step=False)
    assert other.get("/desk/").headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.get("/desk/").content == b"the desk"


def test_reviewer_who_sets_up_an_app_goes_straight_on(client):
    sign_in(client, reviewer(), second_step=False)
    client.get("/desk/")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of_app(secret)})
    codes = client.get(done.headers["Location"])
    assert "/desk/" in read(codes).links
    assert client.get("/desk/").content == b"the desk"


@pytest.mark.parametrize("reviews", [True, False])
def test_reviewer_with_a_second_step_is_shown_the_way_to_what_waits(client, reviews):
    person = User.objects.create_user(ANA, is_moderator=reviews)
    sign_in(client, person)
    page = read(client.get(reverse("mfa_index")))
    assert ("You can review now" in page.text, reverse("desk") in page.links) == (reviews, reviews)


def test_code_of_the_app_opens_the_session(client):
    person = reviewer()
    sign_in(Client(), person)
    sign_in(client, person, second_step=False)
    again = client.get("/desk/").headers["Location"]
    secret = Authenticator.objects.get().data["secret"]
    done = client.post(again, {"code": code_of_app(secret), "next": "/desk/"})
    assert done.headers["Location"] == "/desk/"
    assert client.get("/desk/").content == b"the desk"


def test_right_can_be_another_than_reviewing(client):
    sign_in(client, User.objects.create_user(ANA))
    assert client.get("/mine/").content == b"the desk"


# The admin --------------------------------------------------------------------------------------


def admin_addresses():
    """Every address of the admin that needs no row."""
    names = ["index", "app_list", "jsi18n", "password_change", "autocomplete", "login"]
    found = [
        reverse(f"admin:{name}", args=["accounts"] if name == "app_list" else []) for name in names
    ]
    for model in admin.site._registry:
        meta = model._meta
        found += [
            reverse(f"admin:{meta.app_label}_{meta.model_name}_{verb}")
            for verb in ("changelist", "add")
        ]
    return sorted(found)


def test_no_page_of_the_admin_opens_without_a_second_step(client):
    boss = make_superuser()
    sign_in(client, boss, second_step=False)
    without = [client.get(url).status_code for url in admin_addresses()]
    sign_in(Client(), boss)
    unproven = [client.get(url).headers["Location"] for url in admin_addresses()]
    strangers = [Client().get(url).headers["Location"] for url in admin_addresses()]
    assert set(without) == {403}
    assert {url.partition("?")[0] for url in unproven} == {reverse("mfa_reauthenticate")}
    assert {url.partition("?")[0] for url in strangers} == {reverse("account_login")}


def test_superuser_with_a_second_step_gets_in(client):
    sign_in(client, make_superuser())
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/").headers["Location"] == "/admin/"


def test_person_who_is_not_staff_does_not_get_into_the_admin(client):
    sign_in(client, reviewer())
    assert client.get("/admin/").status_code == 403


def test_staff_without_rights_sees_an_empty_room(client):
    sign_in(client, make_staff())
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403


def test_secrets_and_machinery_are_not_shown(client):
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels & {"account", "mfa", "post_office", "socialaccount", "usersessions"} == set()


def test_lost_second_step_is_removed_by_a_superuser_and_its_owner_is_told(client):
    person = reviewer()
    sign_in(Client(), person)
    sign_in(client, make_superuser())
    client.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "remove_second_step", "_selected_action": [person.pk]},
    )
    assert list(Authenticator.objects.values_list("user__email", flat=True)) == ["boss@example.org"]
    assert subjects(ANA) == ["About your account at CoP Directory"]


# Before what cannot be taken back ---------------------------------------------------------------


def age(client, seconds):
    """Make the session's proofs that much older."""
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [
        {**each, "at": time.time() - seconds} for each in records
    ]
    session.save()


def test_fresh_sign_in_is_enough(client):
    sign_in(client, User.objects.create_user(ANA), second_step=False)
    assert client.post("/danger/", {"word": "x"}).content == b"done: x"


def test_old_sign_in_without_second_step_means_signing_in_again(client):
    sign_in(client, User.objects.create_user(ANA), second_step=False)
    age(client, 16 * 60)
    asked = client.get("/danger/").headers["Location"]
    assert asked == f"{reverse('sign_in_again')}?next=/danger/"
    done = client.post(asked, {"next": "/danger/"})
    assert done.headers["Location"] == f"{reverse('account_login')}?next=/danger/"


def test_signing_in_again_leads_to_no_other_site(client):
    sign_in(client, User.objects.create_user(ANA), second_step=False)
    done = client.post(reverse("sign_in_again"), {"next": "https://evil.example/"})
    assert done.headers["Location"] == f"{reverse('account_login')}?next=/en/"


def test_old_sign_in_with_second_step_asks_for_it_and_then_does_what_was_sent(client):
    person = User.objects.create_user(ANA)
    sign_in(client, person)
    age(client, 16 * 60)
    asked = client.post("/danger/", {"word": "kept"}).headers["Location"]
    secret = Authenticator.objects.get().data["secret"]
    done = client.post(asked, {"code": code_of_app(secret), "next": "/danger/"})
    assert done.content == b"done: kept"


def test_stranger_signs_in_before_danger(client):
    assert client.get("/danger/").headers["Location"].startswith(reverse("account_login"))


# The superuser of the command line --------------------------------------------------------------


def test_password_of_the_command_line_is_asked_for_before_the_first_second_step(client):
    boss = User.objects.create_superuser(ANA, "a long secret for tests")
    sign_in(client, boss, second_step=False)
    asked = client.get(reverse("mfa_activate_totp")).headers["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    done = client.post(asked, {"password": "a long secret for tests"})
    assert done.headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(done.headers["Location"]).status_code == 200


def test_password_is_no_way_round_the_second_step(client):
    boss = User.objects.create_superuser(ANA, "a long secret for tests")
    sign_in(Client(), boss)
    sign_in(client, boss, second_step=False)
    client.post(reverse("account_reauthenticate"), {"password": "a long secret for tests"})
    assert client.get("/admin/").status_code == 302


# Notices ----------------------------------------------------------------------------------------


def test_sign_in_with_a_second_step_on_an_unknown_device_is_announced_once(client):
    person = User.objects.create_user(ANA, is_moderator=True)
    sign_in(Client(), person)
    secret = Authenticator.objects.get().data["secret"]
    for _ in range(2):
        client.post(reverse("account_login"), {"login": ANA})
        client.post(reverse("account_confirm_login_code"), {"code": code(ANA)})
        client.post(reverse("mfa_authenticate"), {"code": code_of_app(secret)})
        client.post(reverse("account_logout"))
        cache.clear()  # the same code of the app would not be taken twice
    assert [each for each in subjects(ANA) if "About" in each] == [
        "About your account at CoP Directory"
    ]


def test_change_of_the_second_step_is_announced_in_the_persons_language(client):
    person = User.objects.create_user(ANA, language="fr")
    sign_in(client, person)
    client.post(reverse("mfa_deactivate_totp"))
    asked = client.post(reverse("mfa_deactivate_totp")).headers["Location"]
    secret = Authenticator.objects.get().data["secret"]
    client.post(asked, {"code": code_of_app(secret), "next": reverse("mfa_deactivate_totp")})
    assert subjects(ANA) == ["À propos de votre compte au Répertoire CdP"]
    assert "/fr/" in mails(ANA)[0].message
