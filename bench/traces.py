"""Words that must not be seen, however they are dressed: what `hidden_names.py` looks for.

A word is found whatever its case and accents, split by tags, hyphens or blanks, written in an
address, in JSON, in base64 (packed or not), or inside a file that holds other files. A day is
found as a number and in words, in English and French, with and without the day of the month.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
}
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
TAG = re.compile(r"<[^>]*>")
TOKEN = re.compile(r"[A-Za-z0-9+/_-]{20,}")
SHORT = 3  # letters of a month that is cut short: "Mar 1997"


class Traces:
    """The words and days that are looked for."""

    def __init__(self, words: Iterable[str], days: Iterable[dt.date] = ()) -> None:
        self.words = {squeezed(word): word for word in words}
        self._words = re.compile("|".join(map(re.escape, self.words)) or r"(?!)")
        self._days = re.compile("|".join(each for day in days for each in _days(day)) or r"(?!)")

    def found(self, text: str) -> set[str]:
        """Which of them stand in a text."""
        plain = readable(text)
        hits = {self.words[hit] for form in _forms(plain) for hit in self._words.findall(form)}
        for token in set(TOKEN.findall(text)):
            hits |= {self.words[hit] for hit in self._words.findall(squeezed(_decoded(token)))}
        return hits | set(self._days.findall(folded(TAG.sub("", plain))))

    def found_in_file(self, data: bytes) -> set[str]:
        """Which of them stand in a file, or in what it holds."""
        hits: set[str] = set()
        for part in contents(data):
            hits |= self.found(part.decode("latin-1")) | self.found(part.decode("utf-8", "ignore"))
        return hits


def readable(text: str) -> str:
    """What is meant by the escapes of pages, addresses and JSON."""
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return html.unescape(unquote(text))


def folded(text: str) -> str:
    """In lower case, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


def squeezed(text: str) -> str:
    """Folded, and only its letters and digits."""
    return re.sub(r"[^a-z0-9]+", "", folded(text))


def contents(data: bytes) -> Iterator[bytes]:
    """A file, and everything in it that can be unpacked."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.infolist():
                yield f"{each.filename} {each.date_time[0]}-{each.date_time[1]:02}".encode()
                yield from contents(archive.read(each))
    elif data[:5] == b"%PDF-":
        yield from _of_pdf(data)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        for match in re.finditer(b"\x78[\x01\x5e\x9c\xda]", data):
            try:
                yield zlib.decompressobj().decompress(data[match.start() :], 1_000_000)
            except zlib.error:
                continue


def _of_pdf(data: bytes) -> Iterator[bytes]:
    """Every object of a PDF, its streams unpacked."""
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject, StreamObject

    reader = PdfReader(io.BytesIO(data))
    for number in range(1, int(reader.trailer["/Size"])):
        found = IndirectObject(number, 0, reader).get_object()
        if found is not None:
            yield str(found).encode()
        if isinstance(found, StreamObject):
            try:
                yield found.get_data()
            except Exception:
                yield found._data


def _forms(text: str) -> Iterator[str]:
    """As it stands, with what its tags say, and with the tags taken out."""
    yield squeezed(text)
    yield squeezed(TAG.sub("", text))


def _decoded(token: str) -> str:
    """What a word in base64 says, packed or not; "" for any other word."""
    try:
        data = base64.urlsafe_b64decode(token.replace("+", "-").replace("/", "_") + "===")
    except (binascii.Error, ValueError):
        return ""
    with contextlib.suppress(zlib.error):
        data = zlib.decompress(data)
    return readable(data.decode("utf-8", "ignore"))


def _days(day: dt.date) -> Iterator[str]:
    """A day and its month as patterns of folded text. The year may be known, the rest may not."""
    year, month = day.year, day.month
    yield rf"(?<![0-9a-f-]){year}[-/.]{month:02}(?![0-9a-f]{{2}})"
    yield rf"(?<!\d){year}{month:02}{day.day:02}"
    yield rf"(?<!\d)\d\d?[-/.]\d\d?[-/.]{year}(?!\d)"
    for names in MONTHS.values():
        name = names.split()[month - 1]
        yield rf"{name[:SHORT]}\w*\.?,?\s+(?:\d\d?(?:st|nd|rd|th)?,?\s+)?{year}"
