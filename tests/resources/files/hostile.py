"""Files made to harm or to carry names, each with why it is refused."""

import io
import struct
import zipfile

from curation.arriving import LARGEST
from resources.files.refusals import Why
from tests.resources.files import made
from tests.resources.files.hostile_pdfs import PDFS, SCRIPT, Hostile
from tests.resources.files.made import PLANTED, WORD, W

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
TYPE = "application/vnd.openxmlformats-officedocument"


def _same_names() -> bytes:
    data = made.docx(parts={"word/documenU.xml": "<a/>"})
    return data.replace(b"word/documenU.xml", b"word/document.xml")


def _link() -> bytes:
    file = io.BytesIO(made.docx())
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("word/link.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def _behind_password() -> bytes:
    """The first bit of every part's flags says that it lies under a password."""
    data = bytearray(made.docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def _overlapping() -> bytes:
    """Two parts of the directory that share the bytes of one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in made.unpacked(made.docx()).items():
            archive.writestr(name, content)
        twin = zipfile.ZipInfo("word/twin.xml")
        whole = archive.getinfo("word/document.xml")
        for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
            setattr(twin, name, getattr(whole, name))
        archive.filelist.append(twin)
    # Each name must stand before its bytes too, or the reader stumbles over that first.
    return file.getvalue()


def _between() -> bytes:
    """Bytes between the parts and the directory that no part owns."""
    data = made.docx()
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    moved = struct.pack("<I", start + len(SCRIPT))
    return data[:start] + SCRIPT + data[start:end] + data[end : end + 16] + moved + data[end + 20 :]


def _many_parts() -> bytes:
    return made.packed({f"word/{number}.xml": b"" for number in range(2100)})


def _bomb() -> bytes:
    return made.docx(parts={"word/big.xml": b" " * 30_000_000})


def _laughs() -> str:
    lines = ["<!ENTITY a0 'ha'>"]
    lines += [f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)]
    return f"<!DOCTYPE x [{''.join(lines)}]><x>&a9;</x>"


def _replaced(name: str, content: str) -> bytes:
    return made.packed({**made.unpacked(made.docx()), name: content})


def _book(name: str, content: str | bytes, kind: str) -> bytes:
    return made.with_type(made.xlsx({name: content}), name, kind)


def _sheet(extra: str) -> bytes:
    """A workbook with something more at the end of its sheet."""
    name = "xl/worksheets/sheet1.xml"
    whole = bytes(made.unpacked(made.xlsx())[name]).decode()
    return made.xlsx({name: whole.replace("</worksheet>", f"{extra}</worksheet>")})


_RUN = "<w:r><w:t>x</w:t></w:r>"
_WRONG = [
    Hostile("a.pdf", lambda: b"", Why.EMPTY),
    Hostile("a.png", lambda: made.png() + b"\0" * LARGEST, Why.LARGE),
    Hostile("a.svg", lambda: SVG, Why.KIND),
    Hostile("a.html", lambda: SCRIPT, Why.KIND),
    Hostile("a.pdf.exe", made.pdf, Why.KIND),
    Hostile("pdf", made.pdf, Why.KIND),
    Hostile("a.docm", made.docx, Why.KIND),
    Hostile("a.pdf", lambda: b"<!DOCTYPE html>" + SCRIPT, Why.OTHER),
    Hostile("a.pdf", made.png, Why.OTHER),
    Hostile("a.png", lambda: SVG, Why.OTHER),
    Hostile("a.jpg", made.png, Why.OTHER),
    Hostile("a.png", lambda: b"MZ" + b"\0" * 200, Why.OTHER),
    Hostile("a.docx", made.xlsx, Why.OTHER),
    Hostile("a.xlsx", made.odt, Why.OTHER),
    Hostile("a.docx", lambda: made.packed({"a.exe": b"MZ"}), Why.OTHER),
    Hostile("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Why.OLD),
]
_PICTURES = [
    Hostile("a.png", lambda: made.png() + made.docx(), Why.AROUND),
    Hostile("a.png", lambda: made.png() + SCRIPT, Why.AROUND),
    Hostile("a.png", lambda: made.png() + b"plain", Why.AROUND),
    Hostile("a.jpg", lambda: made.jpg() + made.packed({"a.class": b"x"}), Why.AROUND),
    Hostile("a.jpg", lambda: made.jpg(comment=SCRIPT), Why.AROUND),
    Hostile("a.jpg", lambda: made.jpg() + made.pdf(), Why.AROUND),
    Hostile("a.jpg", lambda: made.jpg() + b"Rar!\x1a\x07\x01\0", Why.AROUND),
    Hostile("a.png", made.huge_png, Why.POINTS),
    Hostile("a.png", made.moving_png, Why.SEVERAL),
    Hostile("a.png", lambda: made.png()[:-20], Why.BROKEN),
    Hostile("a.jpg", lambda: made.jpg((400, 400))[:700], Why.BROKEN),
]
_ARCHIVES = [
    Hostile("a.docx", lambda: b"#!/bin/sh\n" + made.docx(), Why.AROUND),
    Hostile("a.docx", lambda: made.docx() + SCRIPT, Why.AROUND),
    Hostile("a.docx", _between, Why.AROUND),
    Hostile("a.docx", _same_names, Why.BROKEN),
    Hostile("a.docx", _overlapping, Why.BROKEN),
    Hostile("a.docx", _link, Why.BROKEN),
    Hostile("a.docx", lambda: made.docx(parts={"../../a.xml": "<a/>"}), Why.BROKEN),
    Hostile("a.docx", lambda: made.docx(parts={"/etc/cron.d/a": "x"}), Why.BROKEN),
    Hostile("a.docx", _behind_password, Why.PASSWORD),
    Hostile("a.docx", _many_parts, Why.SIZE),
    Hostile("a.docx", _bomb, Why.SIZE),
    Hostile("a.docx", lambda: made.docx()[:-30], Why.BROKEN),
    Hostile("a.docx", lambda: _replaced("word/document.xml", _laughs()), Why.BROKEN),
    Hostile(
        "a.docx",
        lambda: _replaced(
            "word/document.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
        ),
        Why.BROKEN,
    ),
    Hostile("a.docx", lambda: made.docx("<w:p>" * 300 + "</w:p>" * 300), Why.SIZE),
]
_WORD = [
    Hostile(
        "a.docx",
        lambda: made.docx(parts={"word/vbaProject.bin": b"x"}),
        Why.PROGRAMS,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        Why.PROGRAMS,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(
            parts={"word/activeX/activeX1.xml": "<a/>"},
            types={"/word/activeX/activeX1.xml": "application/vnd.ms-office.activeX+xml"},
        ),
        Why.PROGRAMS,
    ),
    Hostile("a.docx", lambda: made.docx(parts={"word/embeddings/a.bin": b"x"}), Why.INSIDE),
    Hostile("a.docx", lambda: made.docx("<w:object><o:OLEObject/></w:object>"), Why.INSIDE),
    Hostile("a.docx", lambda: made.docx('<w:altChunk r:id="r7"/>'), Why.INSIDE),
    Hostile(
        "a.docx",
        lambda: made.docx(parts={"word/media/image1.png": made.docx()}),
        Why.INSIDE,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(parts={"word/media/image1.png": SVG}),
        Why.PICTURE,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(parts={"word/media/image1.png": made.huge_png()}),
        Why.POINTS,
    ),
    Hostile("a.docx", lambda: made.docx(parts={"word/own/own1.bin": b"x"}), Why.UNKNOWN),
    Hostile(
        "a.docx",
        lambda: made.docx(
            references=made.reference("attachedTemplate", "http://example.org/a", outside=True)
        ),
        Why.ELSEWHERE,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(
            references=made.reference("image", "https://example.org/a.png", outside=True)
        ),
        Why.ELSEWHERE,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx('<w:pict><v:imagedata src="http://example.org/a"/></w:pict>'),
        Why.ELSEWHERE,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(references=made.reference("hyperlink", "file:///c:/a.exe", outside=True)),
        Why.LINKS,
    ),
    Hostile("a.docx", lambda: made.docx(made.field('DDEAUTO c:\\cmd.exe "/k calc"')), Why.FIELDS),
    Hostile("a.docx", lambda: made.docx(made.field("INCLUDETEXT a.docx")), Why.FIELDS),
    Hostile("a.docx", lambda: made.docx(made.field("QUOTE 68 68 69")), Why.FIELDS),
    Hostile("a.docx", lambda: made.docx('<w:fldSimple w:instr="DDE excel a b"/>'), Why.FIELDS),
    Hostile("a.docx", lambda: made.docx(made.field("HYPERLINK javascript:a")), Why.LINKS),
    Hostile(
        "a.docx",
        lambda: made.docx(f'<w:ins w:id="1" w:author="{PLANTED}">{_RUN}</w:ins>'),
        Why.CHANGES,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(f'<w:pPr><x:pPrChange xmlns:x="{W}" x:author="{PLANTED}"/></w:pPr>'),
        Why.CHANGES,
    ),
    Hostile(
        "a.docx",
        lambda: made.docx(
            parts={
                "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author='
                f'"{PLANTED}"/></w:comments>'
            },
            types={"/word/comments.xml": f"{WORD}.comments+xml"},
        ),
        Why.COMMENTS,
    ),
]
_EXCEL = [
    Hostile(
        "a.xlsx",
        lambda: _book("xl/vbaProject.bin", b"x", "application/vnd.ms-office.vbaProject"),
        Why.PROGRAMS,
    ),
    Hostile(
        "a.xlsx",
        lambda: _book("xl/worksheets/s2.xml", "<a/>", "application/vnd.ms-excel.macrosheet+xml"),
        Why.PROGRAMS,
    ),
    Hostile(
        "a.xlsx",
        lambda: _book("xl/externalLinks/a.xml", "<a/>", f"{TYPE}.spreadsheetml.externalLink+xml"),
        Why.ELSEWHERE,
    ),
    Hostile(
        "a.xlsx",
        lambda: _book("xl/connections.xml", "<a/>", f"{TYPE}.spreadsheetml.connections+xml"),
        Why.ELSEWHERE,
    ),
    Hostile(
        "a.xlsx",
        lambda: _book(
            "xl/comments1.xml",
            f"<comments><authors><author>{PLANTED}</author></authors><comment/></comments>",
            f"{TYPE}.spreadsheetml.comments+xml",
        ),
        Why.COMMENTS,
    ),
    Hostile(
        "a.xlsx",
        lambda: _book(
            "xl/revisions/userNames.xml",
            f"<users>{PLANTED}</users>",
            f"{TYPE}.spreadsheetml.userNames+xml",
        ),
        Why.CHANGES,
    ),
    Hostile("a.xlsx", lambda: made.xlsx(formula="=cmd|'/c calc'!A0"), Why.FORMULAS),
    Hostile("a.xlsx", lambda: made.xlsx(formula='=WEBSERVICE("http://a.b")'), Why.FORMULAS),
    Hostile("a.xlsx", lambda: _sheet("<oleObjects><oleObject/></oleObjects>"), Why.INSIDE),
    Hostile("a.xlsx", lambda: _sheet("<controls><control/></controls>"), Why.PROGRAMS),
]
_ODT = [
    Hostile("a.odt", lambda: made.odt(parts={"Basic/Standard/a.xml": "<a/>"}), Why.PROGRAMS),
    Hostile("a.odt", lambda: made.odt("<script:event-listener/>"), Why.PROGRAMS),
    Hostile("a.odt", lambda: made.odt('<draw:object xlink:href="./Object 1"/>'), Why.INSIDE),
    Hostile("a.odt", lambda: made.odt(parts={"Object 1/content.xml": "<a/>"}), Why.INSIDE),
    Hostile(
        "a.odt",
        lambda: made.odt('<draw:image xlink:href="https://example.org/a.png"/>'),
        Why.ELSEWHERE,
    ),
    Hostile("a.odt", lambda: made.odt("<office:dde-source/>"), Why.ELSEWHERE),
    Hostile("a.odt", lambda: made.odt('<text:a xlink:href="javascript:a">x</text:a>'), Why.LINKS),
    Hostile(
        "a.odt",
        lambda: made.odt(
            f"<office:annotation><dc:creator>{PLANTED}</dc:creator></office:annotation>"
        ),
        Why.COMMENTS,
    ),
    Hostile(
        "a.odt",
        lambda: made.odt("<text:tracked-changes><text:changed-region/></text:tracked-changes>"),
        Why.CHANGES,
    ),
    Hostile(
        "a.odt",
        lambda: made.odt(
            entry='<m:file-entry m:full-path="b.xml"><m:encryption-data/></m:file-entry>'
        ),
        Why.PASSWORD,
    ),
]
HOSTILE = [*_WRONG, *_PICTURES, *_ARCHIVES, *_WORD, *_EXCEL, *_ODT, *PDFS]
