"""Files made to harm whoever reads them: how long each takes to be refused, and in how much memory.

    .venv/bin/python -m bench.import_bombs

They are read by a process that may not use more than 512 MB.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

MEMORY = 512 * 1024 * 1024
SECONDS = 2.0

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEAD = "<row><c t='inlineStr'><is><t>name_en</t></is></c></row>"
TYPES = (
    f"<Types xmlns='{PACKAGE}/content-types'>"
    "<Default Extension='rels' "
    "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    "<Default Extension='xml' ContentType='application/xml'/>"
    f"<Override PartName='/xl/workbook.xml' ContentType='{TYPE}.sheet.main+xml'/>"
    f"<Override PartName='/xl/worksheets/sheet1.xml' ContentType='{TYPE}.worksheet+xml'/>"
    f"<Override PartName='/xl/sharedStrings.xml' ContentType='{TYPE}.sharedStrings+xml'/>"
    f"<Override PartName='/xl/styles.xml' ContentType='{TYPE}.styles+xml'/></Types>"
)
PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='a' "
    f"Type='{REL}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
    "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{REL}'><sheets>"
    "<sheet name='a' sheetId='1' r:id='a'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}/relationships'>"
    f"<Relationship Id='a' Type='{REL}/worksheet' Target='worksheets/sheet1.xml'/>"
    f"<Relationship Id='b' Type='{REL}/sharedStrings' Target='sharedStrings.xml'/>"
    f"<Relationship Id='c' Type='{REL}/styles' Target='styles.xml'/></Relationships>",
    "xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'/>",
    "xl/styles.xml": f"<styleSheet xmlns='{MAIN}'/>",
    "xl/worksheets/sheet1.xml": "",
}


def workbook(sheet: str = HEAD, more: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook whose sheet holds this, with parts put in or exchanged."""
    body = f"<worksheet xmlns='{MAIN}'><sheetData>{sheet}</sheetData></worksheet>"
    parts: dict[str, str | bytes] = {**PARTS, "xl/worksheets/sheet1.xml": body, **(more or {})}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def sheet(body: str, *, before: str = "") -> dict[str, str | bytes]:
    """A sheet written out whole, with a declaration before it."""
    return {
        "xl/worksheets/sheet1.xml": f"{before}<worksheet xmlns='{MAIN}'><sheetData>{body}"
        "</sheetData></worksheet>"
    }


def laughs(levels: int, each: int) -> str:
    """Entities that stand for entities that stand for entities."""
    lines = ["<!ENTITY a0 'ha'>"]
    for level in range(1, levels):
        lines.append(f"<!ENTITY a{level} '{f'&a{level - 1};' * each}'>")
    return f"<?xml version='1.0'?><!DOCTYPE x [{''.join(lines)}]>"


def lying(data: bytes) -> bytes:
    """The directory says that the largest part is small."""
    place = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    return data[: place + 24] + (100).to_bytes(4, "little") + data[place + 28 :]


def many_parts() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(40_000):
            archive.writestr(f"{number}", b"")
    return file.getvalue()


def overlapping() -> bytes:
    """Many entries of the directory that all point at one part of a megabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in PARTS.items():
            archive.writestr(name, data)
        archive.writestr("xl/big.xml", b" " * 1_000_000)
        shared = archive.getinfo("xl/big.xml")
        for number in range(200):
            twin = zipfile.ZipInfo(f"xl/big{number}.xml")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, name, getattr(shared, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    return file.getvalue()


def encrypted() -> bytes:
    data = bytearray(workbook())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


CELL = "<c t='inlineStr'><is><t>x</t></is></c>"
LONG = b"a" * 4_900_000

BOMBS: dict[str, Callable[[], bytes]] = {
    "200 megabytes of blanks in a part": lambda: workbook(
        more={"xl/big.xml": b" " * 200_000_000}
    ),
    "21 megabytes in a sheet": lambda: workbook("<row/>" + " " * 21_000_000),
    "a directory that lies about sizes": lambda: lying(workbook(HEAD + " " * 21_000_000)),
    "40,000 parts": many_parts,
    "parts that overlap": overlapping,
    "an archive in an archive": lambda: workbook(more={"xl/inner.xlsx": workbook() * 3000}),
    "a billion laughs": lambda: workbook(more=sheet("<row>&a9;</row>", before=laughs(10, 10))),
    "quadratic entities": lambda: workbook(
        more=sheet(f"<row>{'&a1;' * 50_000}</row>", before=laughs(2, 20_000))
    ),
    "a file of the server by entity": lambda: workbook(
        more=sheet(
            "<row><c t='inlineStr'><is><t>&f;</t></is></c></row>",
            before="<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>",
        )
    ),
    "an entity of another site": lambda: workbook(
        more=sheet("<row/>", before="<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>")
    ),
    "laughs in the shared strings": lambda: workbook(
        more={
            "xl/sharedStrings.xml": f"{laughs(10, 10)}<sst xmlns='{MAIN}'>"
            "<si><t>&a9;</t></si></sst>"
        }
    ),
    "laughs in UTF-16": lambda: workbook(
        more={"xl/sharedStrings.xml": f"{laughs(10, 10)}<sst/>".encode("utf-16")}
    ),
    "a strange encoding": lambda: workbook(
        more={"xl/styles.xml": b"<?xml version='1.0' encoding='utf-7'?><a/>"}
    ),
    "three million rows of nothing": lambda: workbook(HEAD + "<row/>" * 3_000_000),
    "20,002 rows": lambda: workbook(HEAD + f"<row>{CELL}</row>" * 20_002),
    "a sheet that ends in row 1,048,576": lambda: workbook(
        HEAD + f"<row r='1048576'>{CELL}</row>"
    ),
    "a row of a million cells": lambda: workbook(HEAD + "<row>" + "<c/>" * 1_000_000 + "</row>"),
    "a cell in the last column": lambda: workbook(
        HEAD + "<row><c r='XFD2'><v>1</v></c></row>" * 3000
    ),
    "121 columns": lambda: workbook(HEAD + f"<row>{CELL * 121}</row>"),
    "elements within elements": lambda: workbook("<a>" * 450_000 + "</a>" * 450_000),
    "elements within elements, unclosed": lambda: workbook("<a>" * 900_000),
    "four million empty elements": lambda: workbook(f"<row><c>{'<x/>' * 4_000_000}</c></row>"),
    "a million shared strings": lambda: workbook(
        more={"xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{'<si/>' * 1_000_000}</sst>"}
    ),
    "a million styles": lambda: workbook(
        more={"xl/styles.xml": f"<styleSheet xmlns='{MAIN}'>{'<xf/>' * 1_000_000}</styleSheet>"}
    ),
    "a million attributes": lambda: workbook(
        "<row " + " ".join(f"a{n}='1'" for n in range(800_000)) + "/>"
    ),
    "macros": lambda: workbook(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "macros by their type": lambda: workbook(
        more={"[Content_Types].xml": TYPES.replace("sheet.main+xml", "sheet.macroEnabled.main+xml")}
    ),
    "a formula": lambda: workbook(HEAD + "<row><c><f>1+1</f><v>2</v></c></row>"),
    "an error": lambda: workbook(HEAD + "<row><c t='e'><v>#REF!</v></c></row>"),
    "a number without end": lambda: workbook(f"{HEAD}<row><c><v>{'9' * 300_000}</v></c></row>"),
    "a day that never was": lambda: workbook(f"{HEAD}<row><c t='d'><v>99999-99-99</v></c></row>"),
    "a string that is not there": lambda: workbook(HEAD + "<row><c t='s'><v>5</v></c></row>"),
    "a sheet that is not there": lambda: workbook(more={"xl/worksheets/sheet1.xml": b""}),
    "a password": encrypted,
    "half a file": lambda: workbook(HEAD + f"<row>{CELL}</row>" * 9000)[:3000],
    "no workbook": lambda: workbook(more={})[:4] + b"\0" * 4_000_000,
    "CSV: five million columns": lambda: b"name_en\n" + b"," * 4_900_000,
    "CSV: five million rows": lambda: b"name_en\n" + b"a\n" * 2_400_000,
    "CSV: one cell of five megabytes": lambda: b"name_en\n" + LONG,
    "CSV: a quotation mark that never ends": lambda: b'name_en\n"' + LONG,
    "CSV: a header of five megabytes": lambda: b"name_en" + LONG,
    "CSV: nothing but zero": lambda: b"\0" * 4_900_000,
    "CSV: no letters at all": lambda: bytes(range(128, 160)) * 150_000,
    "CSV: six megabytes": lambda: b"name_en\n" + b"a\n" * 3_000_000,
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 4_000_000,
}  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """The sentence with which a file was refused ("" where it was read), and what that cost."""

    words: str
    seconds: float  # of work
    memory: int  # the most so far, in bytes


def refusals(files: Mapping[str, Callable[[], bytes]]) -> dict[str, Refusal]:
    """How each file is refused, by one process with little memory. Breaks when that one breaks."""
    with tempfile.TemporaryDirectory() as folder:
        for number, made in enumerate(files.values()):
            (Path(folder) / f"{number:04}").write_bytes(made())
        answer = subprocess.run(
            [sys.executable, "-m", "bench.import_bombs", folder],
            capture_output=True, timeout=120, check=True,
        )  # fmt: skip
    lines = answer.stdout.decode().splitlines()
    return {name: Refusal(*json.loads(line)) for name, line in zip(files, lines, strict=True)}


def read_all(folder: Path) -> None:
    """Read each file of a folder as a table, with little memory; print how it is refused."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    from django.conf import settings

    settings.configure(USE_I18N=False)
    from curation.importing.archive import TableRefused
    from curation.importing.reading import read

    for path in sorted(folder.iterdir()):
        data, words, start = path.read_bytes(), "", time.process_time()
        try:
            read(data, lambda header: header == "name_en")
        except TableRefused as refusal:
            words = str(refusal)
        print(json.dumps([words, time.process_time() - start, most_memory()]), flush=True)


def most_memory() -> int:
    """The most memory that this process has held, in bytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    held = next(line for line in lines if line.startswith("VmHWM"))
    return int(held.split()[1]) * 1024


def main() -> int:
    """Print how each is refused; 1 where one is not as it should be."""
    failed = 0
    found = refusals(BOMBS)
    for name, one in found.items():
        good = one.words and one.seconds <= SECONDS and one.memory <= MEMORY
        failed += not good
        mark = "  " if good else "!!"
        print(f"{mark} {one.seconds:5.2f} s {one.memory / 2**20:5.0f} MB  {name}: {one.words}")
    slowest = max(one.seconds for one in found.values())
    print(f"{len(found)} files, {failed} not refused as they should; slowest {slowest:.2f} s.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(read_all(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
