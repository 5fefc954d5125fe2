"""Pictures, drawn anew: what came with the points (place, camera, names) stays behind."""

import io
import re
import struct
import zipfile
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from resources.files.refusals import POINTS, Refused, Why

QUALITY = 88
LONGEST_SIDE = 30_000
_FORMATS = {"png": "PNG", "jpg": "JPEG"}
_PLAIN = {"png": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), "jpg": ("L", "RGB")}
# What a picture has no reason to hold; long enough not to come about by chance.
_STRANGE = re.compile(
    rb"<script|<SCRIPT|<!DOCTYPE|<!doctype|<iframe|<\?php|%PDF-\d|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
)
# Parts of a JPG: points, its end, and notes of programs and people (not the one about colours).
_POINTS, _END = 0xDA, 0xD9
_NOTES = {0xFE, *range(0xE1, 0xF0)} - {0xEE}
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def clean(data: bytes, kind: str) -> bytes:
    """The same picture, upright, with nothing but its points. Raises Refused."""
    if _STRANGE.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(Why.AROUND)
    if kind == "png":
        _check_chunks(data)
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            _check_measures(picture)
            return _drawn_anew(picture, kind)
    except Image.DecompressionBombError as error:
        raise Refused(Why.POINTS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused(Why.BROKEN) from error
    except (IndexError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise Refused(Why.BROKEN) from error


def _check_measures(picture: Image.Image) -> None:
    """Looks at the first bytes only: nothing has been unpacked yet."""
    width, height = picture.size
    if width * height > POINTS or max(width, height) > LONGEST_SIDE:
        raise Refused(Why.POINTS)
    # A telephone's JPG may have a second picture behind the first; only the first is drawn anew.
    if picture.format == "PNG" and getattr(picture, "n_frames", 1) > 1:
        raise Refused(Why.SEVERAL)


def _drawn_anew(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in _PLAIN[kind]:
        upright = upright.convert("RGB" if kind == "jpg" else "RGBA")
    see_through = upright.info.get("transparency")
    upright.info = {} if see_through is None or kind == "jpg" else {"transparency": see_through}
    file = io.BytesIO()
    if kind == "jpg":
        upright.save(file, "JPEG", quality=QUALITY, optimize=True)
    else:
        upright.save(file, "PNG")
    return file.getvalue()


def _check_chunks(data: bytes) -> None:
    """Each chunk of a PNG follows the one before it, and nothing follows the last."""
    place = 8
    while place + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        place += 12 + length
        if name == b"acTL":
            raise Refused(Why.SEVERAL)
        if name == b"IEND":
            if place != len(data):
                raise Refused(Why.AROUND)
            return
    raise Refused(Why.BROKEN)


def without_notes(data: bytes) -> bytes:
    """A JPG as it is, but for notes about it (EXIF, XMP, IPTC, comments, profiles).

    For pictures whose colours only the file around them explains. Raises Refused.
    """
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data.startswith(b"\xff\xd8"):
        mark, code, length = struct.unpack(">BBH", data[place : place + 4])
        if mark != 0xFF:
            break
        if code == _END:
            return b"".join((*kept, b"\xff\xd9"))
        if code == 0xFF:  # a byte that only fills
            place += 1
            continue
        end = place + 2 + length
        if code == _POINTS:
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data)
        if code not in _NOTES:
            kept.append(data[place:end])
        place = end
    if data[place:] == b"\xff\xd9":
        return b"".join((*kept, b"\xff\xd9"))
    raise Refused(Why.BROKEN)
