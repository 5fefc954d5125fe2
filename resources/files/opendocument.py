"""OpenDocument texts: only known parts are kept, each written anew without names."""

import re

from resources.files import links, packages
from resources.files.kinds import KINDS
from resources.files.refusals import Refused, Why
from resources.files.xml_parts import DECLARATION, Rules, local, rewritten

_MIMETYPE = "mimetype"
_MANIFEST = "META-INF/manifest.xml"
_META = "meta.xml"
_XML = ("content.xml", "styles.xml", "settings.xml")
_PICTURES = "Pictures/"
_LEFT_OUT = re.compile(r"(Thumbnails|Configurations2|Fonts|META-INF)/|layout-cache$|manifest\.rdf$")
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_BLANK_META = (
    f'{DECLARATION}<office:document-meta xmlns:office="{_OFFICE}" office:version="1.3">'
    "<office:meta/></office:document-meta>"
)

_REFUSED = {
    **dict.fromkeys(("script", "event-listener", "execute-macro", "libraries"), Why.PROGRAMS),
    **dict.fromkeys(("object", "object-ole", "plugin", "applet"), Why.INSIDE),
    **dict.fromkeys(("floating-frame", "dde-source", "dde-connection"), Why.ELSEWHERE),
    **dict.fromkeys(("dde-connection-decl", "section-source"), Why.ELSEWHERE),
    **dict.fromkeys(("connection-resource", "database-display", "database-next"), Why.ELSEWHERE),
    **dict.fromkeys(("annotation", "creator-initials"), Why.COMMENTS),
    **dict.fromkeys(("changed-region", "change-info"), Why.CHANGES),
    "encryption-data": Why.PASSWORD,
    "binary-data": Why.INSIDE,
}
# Settings that name printers, folders or databases of whoever wrote it.
_ABOUT_A_MACHINE = re.compile(r"printer|database|author|path|url|backup", re.IGNORECASE)


class _TextRules(Rules):
    """For the contents, the styles and the settings."""

    def begin(self, name: str, attributes: dict[str, str]) -> bool:
        """Refuse or leave out an element."""
        if name in _REFUSED:
            raise Refused(_REFUSED[name])
        named = {local(key): value for key, value in attributes.items()}
        if name.startswith("config-item") and _ABOUT_A_MACHINE.search(named.get("name", "")):
            return True
        if name == "font-face-src":
            return True
        target = named.get("href", "")
        if name == "a":
            if target:
                links.check(target)
        elif target and not (target.startswith("#") or _is_picture(target)):
            raise Refused(Why.ELSEWHERE)
        return False


class _Manifest(Rules):
    """The list of parts, without those that are not kept."""

    def __init__(self, kept: dict[str, bytes] | None = None) -> None:
        """`kept`: the parts that stay; without it all do."""
        super().__init__()
        self.kept = None if kept is None else {"/", _META, *kept}

    def begin(self, name: str, attributes: dict[str, str]) -> bool:
        """Leave out a part that is not kept. Raises Refused when it lies under a password."""
        if name in _REFUSED:
            raise Refused(_REFUSED[name])
        if name != "file-entry" or self.kept is None:
            return False
        path = next((value for key, value in attributes.items() if local(key) == "full-path"), "")
        return path not in self.kept


def _is_picture(target: str) -> bool:
    return target.removeprefix("./").startswith(_PICTURES) and ".." not in target


def clean(data: bytes, kind: str) -> bytes:
    """The same text without names of people in its properties. Raises Refused."""
    parts = packages.parts_of(data)
    manifest = parts.pop(_MANIFEST, b"")
    rewritten(manifest, _Manifest())  # a password is looked for first: it hides all the rest
    if parts.pop(_MIMETYPE, b"") != KINDS["odt"].served_as.encode() or "content.xml" not in parts:
        raise Refused(Why.BROKEN)
    kept = {
        name: cleaned
        for name, content in parts.items()
        if (cleaned := _cleaned(name, content)) is not None
    }
    return packages.put_together(
        {
            _MIMETYPE: KINDS["odt"].served_as.encode(),
            **kept,
            _META: _BLANK_META.encode(),
            _MANIFEST: rewritten(manifest, _Manifest(kept)),
        },
        first_plain=_MIMETYPE,
    )


def _cleaned(name: str, content: bytes) -> bytes | None:
    """A part as it is kept, or None. Raises Refused."""
    if name == _META or _LEFT_OUT.match(name):
        return None
    if name in _XML:
        return rewritten(content, _TextRules())
    if name.startswith(_PICTURES):
        return packages.clean_picture(content)
    if name.startswith(("Basic/", "Scripts/", "Dialogs/")):
        raise Refused(Why.PROGRAMS)
    raise Refused(Why.INSIDE if name.startswith("Object") else Why.UNKNOWN)
