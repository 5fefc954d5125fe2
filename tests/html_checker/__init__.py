"""The Nu HTML checker: fetched by npm as locked here, run by Java, asked for all pages at once.

Standard library only, because `run.py test` fetches it before the tests start.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HOW_TO_GET = (
    "The check of the pages' HTML needs Java and npm. On Debian: "
    "sudo apt install default-jre-headless npm. Then: python3 run.py test"
)


def is_there() -> bool:
    """True when pages can be checked on this machine."""
    return JAR.is_file() and shutil.which("java") is not None


def fetching() -> list[str] | None:
    """The command that fetches the checker; None when it is there or cannot be had."""
    npm = shutil.which("npm")
    if JAR.is_file() or not npm or not shutil.which("java"):
        return None
    # Without its script, which would look for a Java of its own.
    quietly = ["--ignore-scripts", "--no-audit", "--no-fund"]
    return [npm, "ci", *quietly, "--prefix", str(FOLDER)]


def messages(pages: Mapping[str, str]) -> list[str]:
    """What the checker says against `pages` (name → HTML), as "name:line: message: extract".

    Errors and warnings both; empty for valid pages. Raises CalledProcessError when Java fails.
    Its guesses of a page's language are left out: it does not look at `lang` on parts of a page,
    and on a bilingual site a page may show mostly names in the other language.
    """
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder, f"{number}.html")
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always"]
        said = subprocess.run(
            [*command, *(str(Path(folder, name)) for name in names)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
    return [
        f"{names.get(Path(each.get('url', '')).name, '?')}:{each.get('lastLine', 0)}: "
        f"{each['message']}: {each.get('extract', '').strip()}"
        for each in json.loads(said.stdout)["messages"]
        if not each["message"].startswith("This document appears to be written in")
    ]
