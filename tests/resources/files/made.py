"""Files of every kind, made here: plain ones, and ones that carry a planted name everywhere."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

PLANTED = "Planted Name"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"

Parts = dict[str, str | bytes]


# Pictures ----------------------------------------------------------------------------------------


def png(size: tuple[int, int] = (8, 6), **saved: object) -> bytes:
    return _saved(Image.new("RGBA", size, (10, 120, 60, 200)), "PNG", **saved)


def jpg(size: tuple[int, int] = (8, 6), **saved: object) -> bytes:
    return _saved(Image.new("RGB", size, (10, 120, 60)), "JPEG", **saved)


def _saved(picture: Image.Image, form: str, **saved: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **saved)
    return file.getvalue()


def _exif(*, turned: bool = False) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = exif[0x010E] = exif[0x8298] = PLANTED
    if turned:
        exif[0x0112] = 6
    return exif.tobytes()


XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{PLANTED}</x:xmpmeta>".encode()


def named_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", PLANTED)
    notes.add_text("Comment", PLANTED, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return png(pnginfo=notes, exif=_exif(), icc_profile=PLANTED.encode() * 20)


def named_jpg(*, turned: bool = False) -> bytes:
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c" + PLANTED.encode()
    return jpg(
        exif=_exif(turned=turned),
        comment=PLANTED.encode(),
        icc_profile=PLANTED.encode() * 20,
        xmp=XMP,
        extra=b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc,
    )


def huge_png() -> bytes:
    """Eight bytes of points, said to be 60,000 by 60,000."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 8)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def moving_png() -> bytes:
    frames = [Image.new("RGB", (4, 4), (shade, 0, 0)) for shade in (0, 200)]
    return _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


# Archives ----------------------------------------------------------------------------------------


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(body: str) -> str:
    return (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:o="urn:schemas-microsoft-com:office:office"><w:body>{body}</w:body></w:document>'
    )


def field(text: str) -> str:
    """A field of Word, its words spread over two runs."""
    middle = len(text) // 2
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{text[:middle]}</w:instrText></w:r>"
        f"<w:r><w:instrText>{text[middle:]}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def reference(kind: str, target: str, *, outside: bool = False, number: int = 7) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r{number}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def docx(
    body: str = "<w:p><w:r><w:t>Bring &lt;two&gt; phones</w:t></w:r></w:p>",
    *,
    references: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    types: Mapping[str, str] | None = None,
    main: str = f"{WORD}.document.main+xml",
) -> bytes:
    """A Word file; `types` says what further parts are."""
    named = {"/word/document.xml": main, **(types or {})}
    lines = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items()
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="jpeg" ContentType="image/jpeg"/>'
            '<Default Extension="bin" ContentType="application/octet-stream"/>'
            f"{lines}</Types>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f"{reference('officeDocument', 'word/document.xml', number=1)}"
            '<Relationship Id="r2" Target="docProps/core.xml" Type="'
            f'{PACKAGE}/relationships/metadata/core-properties"/></Relationships>',
            "word/document.xml": document(body),
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f"{references}</Relationships>",
            **(parts or {}),
        }
    )


def named_docx() -> bytes:
    people = f'<w:people xmlns:w="{W}"><w:person w:author="{PLANTED}"/></w:people>'
    settings = (
        f'<w:settings xmlns:w="{W}"><!-- {PLANTED} --><w:docVars><w:docVar w:name="by" '
        f'w:val="{PLANTED}"/></w:docVars><w:zoom w:percent="100"/></w:settings>'
    )
    drawn = f'<w:p><w:r><w:pict><v:shape alt="a" title="C:\\Users\\{PLANTED}\\map.png"/>'
    return docx(
        f'{drawn}</w:pict></w:r></w:p><w:p><w:permStart w:id="1" w:ed="{PLANTED}"/></w:p>'
        "<w:p><w:r><w:t>Bring two phones</w:t></w:r></w:p>" + field(" PAGE "),
        references=reference("people", "people.xml")
        + reference("settings", "settings.xml", number=8)
        + reference("image", "media/image1.png", number=9)
        + reference("image", "media/image2.jpeg", number=10)
        + reference("customXml", "../customXml/item1.xml", number=11)
        + reference("hyperlink", "https://example.org/", outside=True, number=12),
        parts={
            "word/people.xml": people,
            "word/settings.xml": settings,
            "word/comments.xml": f'<w:comments xmlns:w="{W}"><!-- {PLANTED} --></w:comments>',
            "word/media/image1.png": named_png(),
            "word/media/image2.jpeg": named_jpg(),
            "customXml/item1.xml": f"<a>{PLANTED}</a>",
            "docProps/core.xml": f"<coreProperties>{PLANTED}</coreProperties>",
            "docProps/app.xml": f"<Properties><Manager>{PLANTED}</Manager></Properties>",
            "docProps/custom.xml": f"<Properties><a>{PLANTED}</a></Properties>",
            "docProps/thumbnail.jpeg": named_jpg(),
            "_xmlsignatures/sig1.xml": f"<Signature>{PLANTED}</Signature>",
        },
        types={
            "/word/people.xml": f"{WORD}.people+xml",
            "/word/comments.xml": f"{WORD}.comments+xml",
            "/word/settings.xml": f"{WORD}.settings+xml",
            "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        },
    )


def xlsx(parts: Mapping[str, str | bytes] | None = None, *, formula: object = "=1+1") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = "Places", formula
    book.defined_names["places"] = DefinedName("places", attr_text="Sheet!$A$1")
    return _with(book, parts or {})


def _with(book: Workbook, parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return packed({**unpacked(file.getvalue()), **parts})


def with_type(data: bytes, name: str, kind: str) -> bytes:
    """The same package with a line that says what a part is."""
    parts = unpacked(data)
    types = bytes(parts["[Content_Types].xml"]).decode()
    line = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return packed({**parts, "[Content_Types].xml": types.replace("</Types>", line)})


def named_xlsx() -> bytes:
    book = Workbook()
    book.active["A1"] = "Places"
    book.properties.creator = book.properties.lastModifiedBy = PLANTED
    plain = _with(book, {})
    workbook = bytes(unpacked(plain)["xl/workbook.xml"]).decode()
    extra = (
        f'<fileSharing userName="{PLANTED}"/><absPath url="C:\\Users\\{PLANTED}\\"/>'
        f'<customWorkbookViews><customWorkbookView name="{PLANTED}"/></customWorkbookViews>'
        "</workbook>"
    )
    data = packed(
        {
            **unpacked(plain),
            "xl/workbook.xml": workbook.replace("</workbook>", extra),
            "xl/persons/person.xml": f'<personList><person displayName="{PLANTED}"/></personList>',
            "xl/printerSettings/printerSettings1.bin": PLANTED.encode("utf-16-le"),
        }
    )
    data = with_type(data, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    printer = "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
    return with_type(data, "xl/printerSettings/printerSettings1.bin", printer)


def odt(
    body: str = "<text:p>Bring two phones</text:p>",
    parts: Mapping[str, str | bytes] | None = None,
    *,
    entry: str = "",
) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "text", "draw", "script")
    )
    content = (
        f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:scripts/>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    file = io.BytesIO()
    all_parts: Parts = {"content.xml": content, **(parts or {})}
    listed = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in all_parts
    )
    all_parts["META-INF/manifest.xml"] = (
        f'<m:manifest xmlns:m="{OFFICE}manifest:1.0"><m:file-entry m:full-path="/" '
        f'm:media-type="application/vnd.oasis.opendocument.text"/>{listed}{entry}</m:manifest>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.text"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name, part in all_parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def named_odt() -> bytes:
    printer = (
        f'<s:settings xmlns:s="{OFFICE}config:1.0"><s:config-item s:name="PrinterName">{PLANTED}'
        '</s:config-item><s:config-item s:name="Zoom">100</s:config-item></s:settings>'
    )
    picture = '<draw:image xlink:href="Pictures/1.jpg"/>'
    return odt(
        f"<text:p>Bring two phones</text:p><!-- {PLANTED} --><text:p>{picture}</text:p>",
        {
            "meta.xml": f"<meta><creator>{PLANTED}</creator></meta>",
            "settings.xml": printer,
            "Pictures/1.jpg": named_jpg(),
            "Thumbnails/thumbnail.png": named_png(),
            "manifest.rdf": f"<rdf>{PLANTED}</rdf>",
            "META-INF/documentsignatures.xml": f"<a>{PLANTED}</a>",
        },
    )


# PDF ---------------------------------------------------------------------------------------------


def pdf(pages: int = 1, *, root: Mapping[str, object] | None = None, page: object = None) -> bytes:
    """A PDF; `root` and `page` are put into its root and its first page."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if page is not None:
        writer.pages[0].update(of_pdf(page))
    writer.root_object.update(of_pdf(root or {}))
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def of_pdf(value: Any) -> Any:
    """Objects of a PDF from plain ones; a text that begins with "/" is a name."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): of_pdf(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return ArrayObject(map(of_pdf, value))
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    if isinstance(value, bytes):
        return ByteStringObject(value)
    if isinstance(value, float):
        return FloatObject(value)
    return NumberObject(value) if isinstance(value, int) else value


def annotated(**note: object) -> bytes:
    """A PDF with one annotation on its page."""
    keys = {f"/{key}": value for key, value in note.items()}
    return pdf(page={"/Annots": [{"/Type": "/Annot", "/Rect": [0, 0, 9, 9], **keys}]})


def opening(**action: object) -> bytes:
    """A PDF that does something when it is opened."""
    return pdf(root={"/OpenAction": {f"/{key}": value for key, value in action.items()}})


def picture_in_pdf(jpeg: bytes, *, wrapped: bool = False, width: int = 8) -> EncodedStreamObject:
    picture = EncodedStreamObject()
    picture._data = zlib.compress(jpeg) if wrapped else jpeg
    filters = ["/FlateDecode", "/DCTDecode"] if wrapped else "/DCTDecode"
    picture.update(
        of_pdf(
            {
                "/Type": "/XObject",
                "/Subtype": "/Image",
                "/Width": width,
                "/Height": 6,
                "/ColorSpace": "/DeviceRGB",
                "/BitsPerComponent": 8,
                "/Filter": filters,
            }
        )
    )
    return picture


def named_pdf() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": PLANTED, "/Creator": PLANTED, "/Company": PLANTED})
    writer.xmp_metadata = XMP
    about = DecodedStreamObject()
    about.set_data(XMP)
    page[NameObject("/Metadata")] = writer._add_object(about)
    page[NameObject("/PieceInfo")] = of_pdf({"/App": {"/Private": PLANTED}})
    note = {"/Type": "/Annot", "/Subtype": "/Text", "/Rect": [0, 0, 9, 9]}
    page[NameObject("/Annots")] = of_pdf([{**note, "/T": PLANTED, "/Contents": "Two phones"}])
    pictures = {"/A": picture_in_pdf(named_jpg()), "/B": picture_in_pdf(named_jpg(), wrapped=True)}
    drawn = {NameObject(name): writer._add_object(one) for name, one in pictures.items()}
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject(drawn)}
    )
    group = of_pdf({"/Type": "/OCG", "/Name": "Map", "/Usage": {"/CreatorInfo": {"/C": PLANTED}}})
    layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([writer._add_object(group)])})
    layers[NameObject("/D")] = of_pdf({"/Name": "All"})
    writer.root_object[NameObject("/OCProperties")] = layers
    writer.root_object[NameObject("/Private")] = of_pdf({"/By": PLANTED})
    return written(writer)
