"""The name of a file is harmless wherever somebody saves it."""

import pytest

from resources.files.names import safe_name
from resources.files.refusals import Refused

pytestmark = pytest.mark.once

NAMES = {
    "Notes d’été.PDF": "Notes d’été.pdf",
    "photo.jpeg": "photo.jpg",
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Users\\me\\plan.docx": "plan.docx",
    "/etc/cron.d/a.png": "a.png",
    "a\r\nSet-Cookie: b=c.pdf": "aSet-Cookie- b=c.pdf",
    "a\u202efdp.pdf": "afdp.pdf",
    "zero\u200bwidth\x00.pdf": "zerowidth.pdf",
    "CON.pdf": "document-CON.pdf",
    "lpt1.xlsx": "document-lpt1.xlsx",
    "a.exe.pdf": "a-exe.pdf",
    "Plan v1.2.odt": "Plan v1-2.odt",
    '"><script>.pdf': "script.pdf",
    ".pdf": "document.pdf",
    " .. .pdf": "document.pdf",
    "x" * 300 + ".pdf": "x" * 96 + ".pdf",
    "سجل.docx": "سجل.docx",
}


@pytest.mark.parametrize("name", NAMES)
def test_name_is_kept_without_its_tricks(name):
    assert safe_name(name) == NAMES[name]


@pytest.mark.parametrize(
    "name", ["", "pdf", "a", "a.pdf.exe", "a.svg", "a.pdf/", "a.pdf.", "a.docm"]
)
def test_name_without_an_ending_of_ours_is_refused(name):
    with pytest.raises(Refused, match="We take PDF|kind"):
        safe_name(name)
