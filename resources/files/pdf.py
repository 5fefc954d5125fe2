"""PDFs, written anew: their pages and their structure, without programs and without names."""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from curation.arriving import MEGABYTE
from resources.files import links, pictures
from resources.files.refusals import PAGES, POINTS, Refused, Why

OBJECTS = 200_000
UNPACKED = 100 * MEGABYTE  # of all streams that are no pictures
_LAST = re.compile(rb"%%EOF[\s\0]*\Z")

_ROOT = frozenset(
    "/Type /Pages /Version /Extensions /Lang /MarkInfo /StructTreeRoot /Outlines /PageLabels "
    "/PageMode /PageLayout /ViewerPreferences /Names /Dests /OCProperties /OutputIntents "
    "/AcroForm".split()
)
# Who made an object, with what, from which files.
_LEFT_OUT = (
    "/Metadata /PieceInfo /LastModified /SpiderInfo /CreatorInfo /Thumb /Info /NM /RC /Popup"
).split()
_REFUSED = {
    **dict.fromkeys(("/JS", "/JavaScript", "/AA"), Why.STARTS),
    **dict.fromkeys(("/EF", "/EmbeddedFiles", "/Collection", "/AF"), Why.INSIDE),
    **dict.fromkeys(("/RichMediaContent", "/3DD", "/Movie", "/Sound"), Why.PLAYS),
    "/XFA": Why.FORM,
}
_ACTIONS = {
    **dict.fromkeys(("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"), Why.STARTS),
    **dict.fromkeys(("/GoToR", "/GoToE"), Why.ELSEWHERE),
    **dict.fromkeys(("/Rendition", "/RichMediaExecute", "/GoTo3DView"), Why.PLAYS),
}
_SUBTYPES = {
    "/FileAttachment": Why.INSIDE,
    **dict.fromkeys(("/RichMedia", "/3D", "/Screen"), Why.PLAYS),
}

_PICTURES = ("/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode")


def clean(data: bytes, kind: str) -> bytes:
    """The same PDF without names in its properties. Raises Refused."""
    if not _LAST.search(data):
        raise Refused(Why.AROUND if b"%%EOF" in data else Why.BROKEN)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused(Why.PASSWORD)
        _check_pages(reader)
        return _written_anew(reader)
    except LimitReachedError as error:
        raise Refused(Why.SIZE) from error
    except (PyPdfError, NotImplementedError, RecursionError, OSError, zlib.error) as error:
        raise Refused(Why.BROKEN) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise Refused(Why.BROKEN) from error  # the library raises whatever its parts do


def _check_pages(reader: PdfReader) -> None:
    """Count the pages as they lie in their tree: what the tree itself says may be wrong."""
    root = reader.trailer["/Root"].get_object()
    waiting: list[Any] = [root["/Pages"]]  # type: ignore[index]
    seen: set[int] = set()
    pages = 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                raise Refused(Why.BROKEN)
            seen.add(node.idnum)
            node = node.get_object()
        if "/Kids" in node:
            waiting.extend(node["/Kids"])
        else:
            pages += 1
        if pages > PAGES:
            raise Refused(Why.PAGES)
    if not pages:
        raise Refused(Why.BROKEN)


def _written_anew(reader: PdfReader) -> bytes:
    _clean_root(reader.trailer["/Root"].get_object())  # type: ignore[arg-type]
    left = UNPACKED
    for found in _objects(reader):
        if isinstance(found, DictionaryObject):
            _clean_dictionary(found)
        if isinstance(found, StreamObject):
            left -= _clean_stream(found)
        if left < 0:
            raise Refused(Why.SIZE)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    writer._ID = None
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _clean_root(root: DictionaryObject) -> None:
    """Only what shows pages and finds one's way in them stays."""
    opening = _value(root, "/OpenAction")
    if isinstance(opening, DictionaryObject) and _value(opening, "/S") != "/GoTo":
        raise Refused(Why.STARTS)
    for key, why in _REFUSED.items():
        if _value(root, key) is not None:
            raise Refused(why)
    for key in [key for key in root if key not in _ROOT]:
        del root[key]
    form = _value(root, "/AcroForm") or DictionaryObject()
    if int(_value(form, "/SigFlags") or 0) & 1:
        raise Refused(Why.SIGNED)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object that can be reached, once. Raises Refused when there are too many."""
    waiting: list[Any] = [reader.trailer["/Root"]]
    seen: set[int] = set()
    number = 0
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        number += 1
        if number > OBJECTS:
            raise Refused(Why.SIZE)
        yield found  # what is left out of it is not walked into
        if isinstance(found, DictionaryObject):
            waiting.extend(found.values())
        elif isinstance(found, ArrayObject):
            waiting.extend(found)


def _clean_dictionary(found: DictionaryObject) -> None:
    """Leave out who made something; refuse what starts, plays, signs or lies inside."""
    for key, why in _REFUSED.items():
        if _value(found, key) is not None:
            raise Refused(why)
    for key in _LEFT_OUT:
        found.pop(key, None)
    kind, action = _value(found, "/Subtype"), _value(found, "/S")
    if action in _ACTIONS:
        raise Refused(_ACTIONS[action])
    if kind in _SUBTYPES:
        raise Refused(_SUBTYPES[kind])
    is_signed_field = _value(found, "/FT") == "/Sig" and "/V" in found
    if is_signed_field or _value(found, "/Type") in ("/Sig", "/DocTimeStamp"):
        raise Refused(Why.SIGNED)
    if action == "/URI":
        links.check(str(_value(found, "/URI")))
    is_annotation = "/Rect" in found and kind is not None
    if is_annotation and kind != "/Widget":  # the name of a field is its key, else its author
        for key in ("/T", "/CreationDate", "/M", "/Subj"):
            found.pop(key, None)


def _value(found: DictionaryObject, key: str) -> Any:
    """What stands under a key, also where it stands elsewhere; None for nothing."""
    if key not in found:
        return None
    value = found[key]
    return None if isinstance(value, NullObject) else value


def _clean_stream(found: StreamObject) -> int:
    """How many bytes it unpacks to; a picture loses its notes. Raises Refused."""
    if "/F" in found or "/FFilter" in found:
        raise Refused(Why.ELSEWHERE)
    if int(_value(found, "/Width") or 0) * int(_value(found, "/Height") or 0) > POINTS:
        raise Refused(Why.POINTS)
    said = _value(found, "/Filter")
    filters = list(said) if isinstance(said, ArrayObject) else [said]
    if filters[-1:] == ["/DCTDecode"]:
        _clean_picture(found, filters[:-1])
        return 0
    if filters and filters[-1] in _PICTURES:
        return 0
    return len(found.get_data())


def _clean_picture(found: StreamObject, around: list[Any]) -> None:
    """A JPG without its notes, and without what it was packed into."""
    data = found._data
    if around:
        packed = EncodedStreamObject()
        packed._data = data
        packed[NameObject("/Filter")] = ArrayObject(around)
        data = packed.get_data()
        found.pop("/DecodeParms", None)
    found[NameObject("/Filter")] = NameObject("/DCTDecode")
    found._data = pictures.without_notes(data)
