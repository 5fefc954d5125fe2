"""The house rules that a program can check; whoever breaks one is told where, and which."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from importlinter import cli

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "cop_directory", "curation", "outreach", "resources", "search")
NOT_OURS = {".git", ".venv", "node_modules", "var", "__pycache__"}
TEXT = {".py", ".html", ".txt", ".css", ".js", ".svg", ".md", ".toml", ".csv", ".json", ".po"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "core", "misc"}
# One letter of each stands in brackets, so that this file passes its own tests.
REGISTRIES = re.compile(r"p[y]pi\.org|p[y]thonhosted\.org|n[p]mjs\.(org|com)|d[e]bian\.org")
LEFT_OPEN = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X)\b")
PATHS_OF_A_MACHINE = re.compile(r"(?<![\w.])/(w[o]rk|r[o]ot)/|\.\./s[h]ared\b")
SIGNALS = re.compile(r"django\.dispatch|\.models import signals|models\.signals|@receiver\b")
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:"
    r"|<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/ld\+json)",
    re.IGNORECASE,
)
SIDES = re.compile(r"\b(margin|padding|border)-(left|right)\b|\b(float|text-align):\s*(left|right)")


@cache
def files(*suffixes: str, under: str = ".") -> tuple[Path, ...]:
    """The project's own files with one of `suffixes`, anywhere in the folder `under`."""
    found = (path for path in (ROOT / under).rglob("*") if path.suffix in suffixes)
    return tuple(sorted(p for p in found if not NOT_OURS & set(p.relative_to(ROOT).parts)))


def lines_that(pattern: re.Pattern, paths: tuple[Path, ...]) -> list[str]:
    """Each match as "path:line: text", so that a failing test says where to look."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, int]]:
    """Each function with its length in lines, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            spoken = node.body[0].end_lineno - node.body[0].lineno + 1 if docstring(node) else 0
            yield node, node.end_lineno - node.lineno + 1 - spoken


def docstring(node: ast.AST) -> str | None:
    """The node's docstring."""
    return ast.get_docstring(node, clean=False)


def too_long(paths: tuple[Path, ...], limit: int) -> list[str]:
    """The files with more lines than `limit`."""
    lengths = {
        p.relative_to(ROOT).as_posix(): len(p.read_text("utf-8").splitlines()) for p in paths
    }
    return [f"{name}: {length} lines" for name, length in lengths.items() if length > limit]


def test_imports_go_down_only():
    assert cli.lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_every_app_is_under_the_import_contracts():
    contracts = (ROOT / "pyproject.toml").read_text("utf-8")
    roots = re.search(r"^root_packages = \[(.*)\]", contracts, re.MULTILINE)[1]
    assert re.findall(r'"(\w+)"', roots) == [app for app in APPS if (ROOT / app).is_dir()]


def test_every_module_has_a_name_of_its_own():
    assert [p for p in files(".py") if EMPTY_NAMES & {p.stem, p.parent.name}] == []


def test_nothing_happens_by_signal():
    code = tuple(path for app in APPS for path in files(".py", under=app))
    assert lines_that(SIGNALS, code) == []


def test_nothing_is_left_open_in_a_comment():
    assert lines_that(LEFT_OPEN, files(*TEXT - {".csv"})) == []


def test_no_file_names_a_package_registry():
    assert lines_that(REGISTRIES, (*files(*TEXT, ".in"), ROOT / ".ci" / "run")) == []


def test_no_file_names_a_path_of_one_machine():
    assert lines_that(PATHS_OF_A_MACHINE, (*files(*TEXT, ".in"), ROOT / ".ci" / "run")) == []


def test_templates_hold_no_inline_style_or_script():
    assert lines_that(INLINE, files(".html", ".svg", under="templates")) == []


def test_styles_need_no_important():
    assert lines_that(re.compile(r"!\s*important"), files(".css", under="static")) == []


def test_styles_name_start_and_end_rather_than_left_and_right():
    assert lines_that(SIDES, files(".css", under="static")) == []


def test_code_files_stay_within_400_lines():
    ours = (path for path in files(".py", ".css", ".js") if "migrations" not in path.parts)
    assert too_long(ours, 400) == []


def test_templates_stay_within_120_lines():
    assert too_long(files(".html", under="templates"), 120) == []


def test_functions_stay_within_40_lines():
    code = (path for path in files(".py") if "migrations" not in path.parts)
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {length} lines"
        for path in code
        for node, length in functions(path)
        if length > 40
    ] == []


def test_nothing_is_sent_or_written_by_a_models_save():
    code = (path for app in APPS for path in files(".py", under=app))
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in code
        if path.stem == "models" or path.parent.name == "models"
        for node, _ in functions(path)
        if node.name in ("save", "delete")
    ] == []


@pytest.mark.parametrize("source", files(".po", under="locale"), ids=lambda path: path.parts[-3])
def test_compiled_messages_are_those_of_their_source(source):
    def key(entry):
        return entry.msgctxt, entry.msgid, entry.msgid_plural

    def said(entry):
        return entry.msgstr or dict(entry.msgstr_plural)

    written = {key(e): said(e) for e in polib.pofile(source) if e.translated()}
    compiled = {key(e): said(e) for e in polib.mofile(source.with_suffix(".mo"))}
    assert {(c, i, p or ""): s for (c, i, p), s in compiled.items()} == {
        (c, i, p or ""): s for (c, i, p), s in written.items()
    }


# "~" falls out, for the same reason.
PLANTED = {
    INLINE: ['<p style="color:red">', "<script>go()</script>", "<a onclick='go()'>", "<style>"],
    LEFT_OPEN: ["# TO~DO: later"],
    REGISTRIES: ["https://py~pi.org/simple"],
    PATHS_OF_A_MACHINE: ["open('/wo~rk/main/x')", "open('../sha~red/x')"],
    SIGNALS: ["from django.db.models.signals import post_save", "@receiver(post_save)"],
    SIDES: ["  margin-left: 1rem;", "  text-align: right;"],
}


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, lines in PLANTED.items() for line in lines]
)
def test_planted_offence_is_seen(rule, line):
    assert rule.search(line.replace("~", ""))


@pytest.mark.parametrize(
    "line",
    [
        '<script src="{% static "js/fold.js" %}" defer></script>',
        '<script type="application/ld+json">{{ record }}</script>',
        '<a href="/once">on one side</a>',
    ],
)
def test_plain_template_line_is_no_offence(line):
    assert not INLINE.search(line)
