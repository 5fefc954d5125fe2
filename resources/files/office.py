"""Word and Excel files: only known parts are kept, each written anew without names."""

import posixpath
import re
from xml.sax.saxutils import quoteattr

from resources.files import packages
from resources.files.office_rules import OfficeRules, check_reference
from resources.files.refusals import Refused, Why
from resources.files.xml_parts import DECLARATION, Rules, rewritten

TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = r"application/vnd\.openxmlformats-officedocument\."
_MAIN = {"docx": "wordprocessingml.document.main+xml", "xlsx": "spreadsheetml.sheet.main+xml"}

# The first that is found in "name type" decides; what is found nowhere is refused.
_REFUSED = (
    (r"macroenabled|vba(project|data)|activex|macrosheet|dialogsheet|keymap", Why.PROGRAMS),
    (r"attachedtoolbars|controlproperties|customui|/ctrlprops/", Why.PROGRAMS),
    (r"oleobject|/embeddings/| audio/| video/|wordprocessingml\.(altchunk|afchunk)", Why.INSIDE),
    (r"externallink|connections|querytable|volatiledependencies|webextension", Why.ELSEWHERE),
    (r"spreadsheetml\.(revision|usernames)", Why.CHANGES),
)
_LEFT_OUT = re.compile(
    r"^(customxml|docprops|docmetadata|_xmlsignatures)/| image/svg|font(data|-ttf)?$"
    r"|printersettings|\.people\+xml|\.person\+xml|comments(extended|ids|extensible)\+xml"
    r"|classificationlabels"
)
# Their elements are looked at first: without one, the part says nothing.
_COMMENTS = re.compile(r"comments\+xml$")
_KEPT = re.compile(
    _OPEN + r"(wordprocessingml\.(document\.main|document\.glossary|styles|settings|websettings"
    r"|fonttable|numbering|footnotes|endnotes|header|footer)"
    r"|spreadsheetml\.(sheet\.main|worksheet|chartsheet|styles|sharedstrings|table|calcchain"
    r"|pivottable|pivotcachedefinition|pivotcacherecords|sheetmetadata)"
    r"|theme|themeoverride|drawing|drawingml\.(chart|chartshapes|diagramdata|diagramlayout"
    r"|diagramstyle|diagramcolors))\+xml|" + _OPEN + r"vmldrawing"
    r"|application/vnd\.ms-(word\.styleswitheffects|office\.(chartstyle|chartcolorstyle|chartex"
    r"|drawingml\.diagramdrawing)|excel\.(slicer|slicercache|timeline|timelinecache))\+xml"
)
_BLANK = {
    "docProps/core.xml": (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
        f'<coreProperties xmlns="{_PACKAGE}/metadata/core-properties"/>',
    ),
    "docProps/app.xml": (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"/>',
    ),
}


def clean(data: bytes, kind: str) -> bytes:
    """The same document without names of people in its properties. Raises Refused."""
    parts = packages.parts_of(data)
    types = _Types.of(parts)
    kept = {
        name: part
        for name, content in parts.items()
        if name != TYPES and not name.endswith(".rels")
        if (part := _cleaned(name, content, types.of_part(name).lower())) is not None
    }
    if not any(types.of_part(name).endswith(_MAIN[kind]) for name in kept):
        raise Refused(Why.BROKEN)
    for name, content in parts.items():
        if name.endswith(".rels"):
            kept[name] = _references(name, content, kept)
    blank = {name: (DECLARATION + text).encode() for name, (_, _, text) in _BLANK.items()}
    return packages.put_together({TYPES: types.anew(kept), **kept, **blank})


def _cleaned(name: str, content: bytes, kind: str) -> bytes | None:
    """A part as it is kept, or None. Raises Refused."""
    said = f"/{name.lower()} {kind}"
    for pattern, why in _REFUSED:
        if re.search(pattern, said):
            raise Refused(why)
    if _LEFT_OUT.search(said[1:]):
        return None
    if _COMMENTS.search(kind):
        rewritten(content, OfficeRules())
        return None
    if kind.startswith("image/"):
        return packages.clean_picture(content)
    if _KEPT.fullmatch(kind):
        return rewritten(content, OfficeRules())
    raise Refused(Why.INSIDE if "/media/" in said else Why.UNKNOWN)


class _Types(Rules):
    """What each part says that it is."""

    def __init__(self) -> None:
        super().__init__()
        self.by_ending: dict[str, str] = {}
        self.by_name: dict[str, str] = {}

    @classmethod
    def of(cls, parts: dict[str, bytes]) -> "_Types":
        """Read the part that says it. Raises Refused."""
        if TYPES not in parts:
            raise Refused(Why.BROKEN)
        types = cls()
        rewritten(parts[TYPES], types)
        return types

    def begin(self, name: str, attributes: dict[str, str]) -> bool:
        """One line of it."""
        said = attributes.get("ContentType", "")
        if name == "Default":
            self.by_ending[attributes.get("Extension", "").lower()] = said
        elif name == "Override":
            self.by_name[attributes.get("PartName", "").lower().lstrip("/")] = said
        return False

    def of_part(self, name: str) -> str:
        """The content type of a part; "" when nothing says it."""
        name = name.lower()
        return self.by_name.get(name) or self.by_ending.get(name.rpartition(".")[2], "")

    def anew(self, kept: dict[str, bytes]) -> bytes:
        """The part anew, naming what is kept."""
        named = {name: self.of_part(name) for name in kept if not name.endswith(".rels")}
        named |= {name: kind for name, (kind, _, _) in _BLANK.items()}
        lines = "".join(
            f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
            for name, kind in named.items()
        )
        return (
            f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{lines}</Types>"
        ).encode()


class _References(Rules):
    """What a part refers to: links for readers, and other parts that are kept."""

    def __init__(self, folder: str, kept: dict[str, bytes]) -> None:
        super().__init__()
        self.folder = folder
        self.kept = {name.lower() for name in kept}

    def begin(self, name: str, attributes: dict[str, str]) -> bool:
        """One reference; True leaves out what leads to a part that is not kept."""
        if name != "Relationship":
            return False
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        is_outside = attributes.get("TargetMode", "").lower() == "external"
        check_reference(kind, target, is_outside=is_outside)
        if is_outside or target.startswith("#"):
            return False
        place = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
        return place.lower() not in self.kept


def _references(name: str, content: bytes, kept: dict[str, bytes]) -> bytes:
    """The references of a part (or, at the top, of the file) anew. Raises Refused."""
    folder = name.rpartition("_rels/")[0]
    written = rewritten(content, _References(folder, kept)).decode()
    if folder:
        return written.encode()
    lines = "".join(
        f'<Relationship Id="blank{number}" Type="{kind}" Target="{part}"/>'
        for number, (part, (_, kind, _)) in enumerate(_BLANK.items())
    )
    if not written.endswith("</Relationships>"):
        raise Refused(Why.BROKEN)
    return written.replace("</Relationships>", f"{lines}</Relationships>").encode()
