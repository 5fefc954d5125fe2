"""A site that would be unsafe does not start, and says why in a sentence."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from tests.suites import NOT_FOR_TESTS

pytestmark = pytest.mark.once

GOOD = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "example.org",
    "OPERATOR_NAME": "Example",
    "OPERATOR_ADDRESS": "1 Example Street, Ottawa",
    "PRIVACY_OFFICER": "Example",
    "CONTACT_EMAIL": "write@example.org",
    "INVITATION_KEYS": Fernet.generate_key().decode(),
}
READ = "import cop_directory.settings as s; print(s.SITE_URL, s.DEBUG, s.SESSION_COOKIE_SECURE)"


def start(tmp_path, **changed):
    """Read the settings in a process of their own; its outcome."""
    here = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    wanted = {**here, **GOOD, "VAR_DIR": str(tmp_path), **changed}
    environment = {key: value for key, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=False
    )


def test_whole_production_settings_start(tmp_path):
    outcome = start(tmp_path)
    assert (outcome.stdout.strip(), outcome.returncode) == ("https://example.org False True", 0)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"DEBUG": "1"}, "DEBUG=1 on a production site"),
        ({"OPERATOR_NAME": None}, "OPERATOR_NAME is missing"),
        ({"OPERATOR_ADDRESS": " "}, "OPERATOR_ADDRESS is missing"),
        ({"PRIVACY_OFFICER": None}, "PRIVACY_OFFICER is missing"),
        ({"CONTACT_EMAIL": None}, "CONTACT_EMAIL is missing"),
        ({"INVITATION_KEYS": ""}, "INVITATION_KEYS is missing"),
    ],
)
def test_unsafe_production_settings_are_refused_in_a_sentence(tmp_path, changed, sentence):
    outcome = start(tmp_path, **changed)
    assert outcome.returncode == 1
    assert sentence in outcome.stderr.splitlines()[-1]


def test_local_site_needs_no_settings_at_all(tmp_path):
    outcome = start(tmp_path, **dict.fromkeys(GOOD))
    assert outcome.stdout.strip() == "http://localhost:8000 False False"


def test_secrets_of_a_local_site_are_its_own_and_readable_by_nobody_else(tmp_path):
    start(tmp_path, **dict.fromkeys(GOOD))
    secrets = {p.name: (p.read_text(), p.stat().st_mode & 0o077) for p in tmp_path.iterdir()}
    assert {name: others for name, (_, others) in secrets.items()} == {
        "secret_key": 0,
        "invitation_key": 0,
    }
    start(tmp_path, **dict.fromkeys(GOOD))
    assert {name: (tmp_path / name).read_text() for name in secrets} == {
        name: text for name, (text, _) in secrets.items()
    }
