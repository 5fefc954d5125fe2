"""Signing in with an account elsewhere: offered where the environment configures it, only then."""

import os
import subprocess
import sys

import pytest

from tests.flows.reading import read
from tests.suites import NOT_FOR_TESTS

GOOGLE = {"google": {"APPS": [{"client_id": "1", "secret": "2"}]}}
READ = """
import cop_directory.settings as s
print(sorted(s.SOCIALACCOUNT_PROVIDERS), s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"][1:])
"""


@pytest.mark.django_db
def test_nothing_is_offered_that_is_not_configured(client):
    assert "Continue with" not in read(client.get("/en/account/login/")).text


@pytest.mark.django_db
def test_what_is_configured_is_offered_at_sign_in_and_sign_up(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = GOOGLE
    for path in ("login", "signup"):
        page = read(client.get(f"/en/account/{path}/?next=/en/about/"))
        assert "Continue with Google" in page.text
        (link,) = [each for each in page.links if "google" in each]
        assert "next=%2Fen%2Fabout%2F" in link


@pytest.mark.django_db
def test_going_there_needs_a_click_of_ones_own(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = GOOGLE
    assert client.get("/en/account/google/login/").status_code == 200
    gone = client.post("/en/account/google/login/").headers["Location"]
    assert gone.startswith("https://accounts.google.com/")


def start(tmp_path, **words):
    here = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    return subprocess.run(
        [sys.executable, "-c", READ],
        env={**here, "VAR_DIR": str(tmp_path), **words},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.once
def test_environment_configures_each(tmp_path):
    done = start(
        tmp_path,
        GOOGLE_CLIENT_ID="1",
        GOOGLE_SECRET="2",
        MICROSOFT_CLIENT_ID="1",
        MICROSOFT_SECRET="2",
        OIDC_URL="https://id.example.org/realm",
        OIDC_CLIENT_ID="1",
        OIDC_SECRET="2",
    )
    assert done.stdout.strip() == (
        "['google', 'microsoft', 'openid_connect'] ['https://accounts.google.com', "
        "'https://login.microsoftonline.com', 'https://id.example.org']"
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("GOOGLE_CLIENT_ID", "GOOGLE_SECRET"),
        ("MICROSOFT_CLIENT_ID", "MICROSOFT_SECRET"),
        ("OIDC_URL", "OIDC_CLIENT_ID"),
    ],
)
def test_half_a_configuration_is_refused_in_a_sentence(tmp_path, given, missing):
    done = start(tmp_path, **{given: "https://id.example.org"})
    assert done.returncode == 1
    assert f"{missing} is missing" in done.stderr.splitlines()[-1]
