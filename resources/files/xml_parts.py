"""A part of a document, written anew as its rules say: without remarks, declarations, entities.

Names keep their prefixes as they stand, for programs compare them; rules look at what stands
behind the prefix, so that no other prefix gets past them.
"""

import io
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from resources.files.refusals import Refused, Why

DEEPEST = 200
ELEMENTS = 600_000
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINE_END = {"\r": "&#13;"}


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


class Rules(ContentHandler):
    """Writes down what it reads. A kind of document adds what is left out, and what refuses it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.depth = self.elements = 0
        self.left_out_at = 0  # the depth of an element that is left out with all it holds
        self._open = False

    def begin(self, name: str, attributes: dict[str, str]) -> bool:
        """Look at an element, and change its attributes; True leaves it out. Raises Refused.

        `name` has no prefix, the attributes have theirs.
        """
        return False

    def end(self, name: str) -> None:
        """Look at the end of an element. Raises Refused."""

    def read(self, text: str) -> None:
        """Look at a piece of text, in the element that began last. Raises Refused."""

    def startElement(self, name: str, attrs: "AttributesImpl[str]") -> None:  # noqa: N802
        """Called by the parser."""
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > ELEMENTS:
            raise Refused(Why.SIZE)
        if self.left_out_at:
            return
        attributes = dict(attrs.items())
        if self.begin(local(name), attributes):
            self.left_out_at = self.depth
            return
        self._close()
        pairs = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        self.written.append(f"<{name}{pairs}")
        self._open = True

    def endElement(self, name: str) -> None:  # noqa: N802
        """Called by the parser."""
        if not self.left_out_at:
            self.end(local(name))
            self.written.append("/>" if self._open else f"</{name}>")
            self._open = False
        elif self.left_out_at == self.depth:
            self.left_out_at = 0
        self.depth -= 1

    def characters(self, content: str) -> None:
        """Called by the parser."""
        if not self.left_out_at:
            self.read(content)
            self._close()
            self.written.append(escape(content, _LINE_END))

    def _close(self) -> None:
        if self._open:
            self.written.append(">")
            self._open = False


def rewritten(data: bytes, rules: Rules) -> bytes:
    """The part as its rules write it. Raises Refused, also where entities could stand."""
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(rules)
    try:
        parser.parse(io.BytesIO(data))
    except (SAXException, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused(Why.BROKEN) from error
    return (DECLARATION + "".join(rules.written)).encode()
