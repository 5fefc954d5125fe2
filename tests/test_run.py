"""run.py's own behaviour: what it understands, repeats, refuses, and says."""

import ast
import socket
import stat
import subprocess
import sys
from types import SimpleNamespace

import pytest

import run
from tests import chromium, conftest, postgres, suites

pytestmark = pytest.mark.once


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project, and a record of the steps that run.py takes in it."""
    for name, text in {
        "requirements.txt": "one==1",
        "accounts/migrations/0001_initial.py": "first",
        "cop_directory/data/groups.csv": "key,name",
        "cop_directory/loading.py": "load",
        "search/index.py": "index",
        "static/css/tokens.css": ":root {}",
        "var/db.sqlite3": "",
        "var/static/tokens.css": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    taken = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VAR", tmp_path / "var")
    monkeypatch.setattr(run, "make_venv", lambda: None)
    monkeypatch.setattr(run, "steps", lambda plain=run.steps: plain(tmp_path))
    monkeypatch.setattr(run, "do", lambda title, command: taken.append(title))
    return SimpleNamespace(root=tmp_path, taken=taken)


EVERY_STEP = [
    "Installing what the site needs (a minute or less)",
    "Preparing the database",
    "Preparing the counters",
    "Loading the groups",
    "Gathering styles and pictures",
]


def test_first_start_takes_every_step_in_order(project):
    run.set_up()
    assert project.taken == EVERY_STEP


def test_second_start_takes_no_step(project):
    run.set_up()
    project.taken.clear()
    run.set_up()
    assert project.taken == []


@pytest.mark.parametrize(
    ("changed", "repeated"),
    [
        ("requirements.txt", EVERY_STEP),
        ("accounts/migrations/0001_initial.py", EVERY_STEP[1:4]),
        ("cop_directory/data/groups.csv", ["Loading the groups"]),
        ("cop_directory/loading.py", ["Loading the groups"]),
        ("search/index.py", ["Loading the groups"]),
        ("static/css/tokens.css", ["Gathering styles and pictures"]),
    ],
)
def test_changed_file_repeats_only_its_steps(project, changed, repeated):
    run.set_up()
    project.taken.clear()
    (project.root / changed).write_text("changed")
    run.set_up()
    assert project.taken == repeated


def test_new_file_repeats_its_step(project):
    run.set_up()
    project.taken.clear()
    (project.root / "static" / "new.css").write_text("")
    run.set_up()
    assert project.taken == ["Gathering styles and pictures"]


def test_lost_database_is_made_and_filled_again(project):
    run.set_up()
    project.taken.clear()
    (project.root / "var" / "db.sqlite3").unlink()
    run.set_up()
    assert project.taken == EVERY_STEP[1:4]


def test_another_database_is_prepared_and_filled_too(project, monkeypatch):
    run.set_up()
    project.taken.clear()
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    run.set_up()
    assert project.taken == EVERY_STEP[1:4]


def test_failed_step_is_taken_again_and_the_ones_before_it_are_not(project, monkeypatch):
    def fail_at_loading(title, command):
        if title == "Loading the groups":
            raise run.Stop("groups.csv, row 3")
        project.taken.append(title)

    plain = run.do
    monkeypatch.setattr(run, "do", fail_at_loading)
    with pytest.raises(run.Stop, match=r"groups\.csv, row 3"):
        run.set_up()
    assert project.taken == EVERY_STEP[:3]
    monkeypatch.setattr(run, "do", plain)
    project.taken.clear()
    run.set_up()
    assert project.taken == EVERY_STEP[3:]


def test_broken_state_file_counts_as_nothing_done(tmp_path):
    (tmp_path / "setup.json").write_text('{"tables": ')
    assert run.what_is_done(tmp_path / "setup.json") == {}


def test_database_address_is_not_written_down(project, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me:pass-word@host/name")
    run.set_up()
    assert "pass-word" not in (project.root / "var" / "setup.json").read_text()


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ([], ("serve", [])),
        (["--port", "9000"], ("serve", ["--port", "9000"])),
        (["serve", "--port=9000"], ("serve", ["--port=9000"])),
        (["setup"], ("setup", [])),
        (["test", "-k", "search", "--help"], ("test", ["-k", "search", "--help"])),
        (["manage", "check", "--deploy"], ("manage", ["check", "--deploy"])),
    ],
)
def test_command_line_is_understood(words, understood):
    assert run.command_of(words) == understood


@pytest.mark.parametrize("word", ["server", "-x", ""])
def test_unknown_command_is_refused_with_the_known_ones(word):
    with pytest.raises(run.Stop) as stop:
        run.command_of([word])
    assert str(stop.value) == f"run.py does not know “{word}”.\n{run.__doc__}"


@pytest.mark.parametrize(("words", "port"), [([], 8000), (["--port", "9000"], 9000)])
def test_port_is_8000_unless_told(words, port):
    assert run.port_of(words) == port


@pytest.mark.parametrize("word", ["0", "65536", "-1", "eight", "8000.5"])
def test_impossible_port_is_refused_with_a_sentence(word, capsys):
    with pytest.raises(SystemExit) as end:
        run.port_of([f"--port={word}"])
    assert end.value.code == 2
    assert f"{word} is not a port: 1 to 65535" in capsys.readouterr().err


def test_port_in_use_is_named_with_another_to_take():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(run.Stop) as stop:
            run.addresses(port)
    assert str(stop.value) == (
        f"Port {port} is in use by another program.\n"
        f"Stop that one, or take another port: python3 run.py --port {port + 1}"
    )


def test_free_port_is_listened_to_on_this_machine_only():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert set(run.addresses(port)) <= {f"127.0.0.1:{port}", f"[::1]:{port}"}


def test_old_python_is_refused_with_a_newer_one_to_use(monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: name == "python3.12" or None)
    with pytest.raises(run.Stop) as stop:
        run.check_python((3, 9))
    assert str(stop.value) == (
        "This is Python 3.9; the site needs 3.11 or newer.\nYou have one: python3.12 run.py"
    )


def test_run_py_can_be_read_by_the_pythons_it_refuses():
    source = run.Path(run.__file__).read_text("utf-8")
    assert ast.parse(source, feature_version=(3, 7)).body


def test_missing_venv_module_is_said_with_the_package_to_install():
    with pytest.raises(run.Stop) as stop:
        run.check_venv_module(False)
    assert str(stop.value) == (
        "Python's venv is missing on this machine.\n"
        "On Debian or Ubuntu: sudo apt install python3-venv\n"
        "Then start again."
    )


def test_missing_network_is_said_in_a_sentence():
    said = run.words_of_pip("Retrying: Temporary failure in name resolution\nERROR: No match")
    assert said == (
        "The packages could not be fetched: there seems to be no network, or it is closed.\n"
        "Connect to the internet and start again; what is done already is kept.\n"
        "ERROR: No match"
    )


def test_failing_step_shows_the_end_of_its_output(capfd):
    with pytest.raises(run.Stop) as stop:
        run.do("Trying", [sys.executable, "-c", "print('what went wrong'); raise SystemExit(3)"])
    assert str(stop.value) == "what went wrong"
    assert capfd.readouterr().out == "Trying failed\n"


def test_process_that_ctrl_c_did_not_reach_is_ended():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    run.end_process(process)
    assert process.returncode != 0


def test_counts_come_from_pytests_report(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>'
    )
    assert suites.counts(report) == "3 passed, 3 failed, 3 skipped"


@pytest.mark.parametrize(
    ("codes", "code", "last_line"),
    [
        ((0, 0), 0, "All tests passed on SQLite and on PostgreSQL."),
        ((0, 5), 0, "All tests passed on SQLite and on PostgreSQL."),
        ((1, 0), 1, "Failed on SQLite."),
        ((0, 1), 1, "Failed on PostgreSQL."),
        ((1, 1), 1, "Failed on SQLite and on PostgreSQL."),
        ((5, 5), 5, "No test ran."),
    ],
)
def test_both_databases_must_pass(codes, code, last_line, capsys):
    names = ("SQLite", "PostgreSQL")
    outcomes = [suites.Outcome(n, c, "1 passed") for n, c in zip(names, codes, strict=True)]
    assert suites.sum_up(outcomes) == code
    assert capsys.readouterr().out.splitlines()[-1] == last_line


def test_missing_postgresql_is_an_error_that_says_how_to_get_one(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "binaries", lambda: iter(()))
    monkeypatch.setattr(chromium, "path", lambda: "/usr/bin/chromium")
    with pytest.raises(suites.Missing) as missing:
        suites.run("python", pytest.fail, [])
    assert str(missing.value) == postgres.how_to_get()


def test_missing_chromium_is_an_error_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(chromium, "path", lambda: None)
    with pytest.raises(suites.Missing) as missing:
        suites.run("python", pytest.fail, [])
    assert str(missing.value) == chromium.HOW_TO_GET


def test_named_database_is_used_and_nothing_is_started(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://named/one")
    monkeypatch.setattr(postgres, "binaries", pytest.fail)
    with postgres.running() as server:
        assert server.url == "postgres://named/one"


def test_test_asking_another_machine_fails():
    with socket.socket() as planted, pytest.raises(RuntimeError, match="ask no other machine"):
        planted.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (("127.0.0.1", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/run/some.socket", True),
        (("192.0.2.1", 80), False),
        (("example.org", 80), False),
    ],
)
def test_only_loopback_counts_as_this_machine(address, here):
    assert conftest.is_this_machine(address) == here


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other file rights")
def test_run_py_can_be_started_by_its_name():
    assert run.Path(run.__file__).stat().st_mode & stat.S_IXUSR == stat.S_IXUSR
