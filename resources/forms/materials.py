"""The field for what goes along with a lesson: links, one on each line, and files.

A value is a list of texts: "https://example.org/ its title", or "file:<key> its title". The
files themselves are taken in before the form is checked (`resources/files`).
"""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from curation.forms.fields import Link, Value
from curation.forms.named import checked
from resources.models import Upload

MOST = 12
LONGEST_TITLE = 160
FILE = re.compile(r"^file:([0-9a-f-]{36})(?:\s+(.*))?$")


class MaterialsInput(forms.Widget):
    """The files that are there, each with a box to keep it; a box for new ones; lines for links."""

    template_name = "django/forms/widgets/materials.html"
    needs_multipart_form = True
    # The links, and the files that stay.
    parts = ("", "_kept")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = value or []
        context["widget"] |= {
            "files": [(each, named(each)) for each in given if each.startswith("file:")],
            "links": "\n".join(each for each in given if not each.startswith("file:")),
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        if not hasattr(data, "getlist"):
            return data.get(name) or []
        kept = [each for each in data.getlist(f"{name}_kept") if each]
        return [*kept, *(line for line in data.get(name, "").splitlines() if line.strip())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class MaterialsField(Value, forms.Field):
    """Links and files, in the order in which they are given."""

    widget = MaterialsInput

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, **{"required": False, **more})
        self.link = Link(label)

    def clean(self, value: Any) -> list[str]:
        given = list(dict.fromkeys(str(each).strip() for each in value or []))
        if len(given) > MOST:
            raise ValidationError(_("Name at most %(most)d.") % {"most": MOST})
        return [
            self._file(each) if each.startswith("file:") else self._link(each) for each in given
        ]

    def words(self, value: Any) -> list[str]:
        return [named(each) for each in value or []]

    def _link(self, text: str) -> str:
        address, _blank, title = text.partition(" ")
        return " ".join(filter(None, (self.link.clean(address), checked(title, LONGEST_TITLE))))

    def _file(self, text: str) -> str:
        key, title = parted(text)
        if key is None or not Upload.objects.filter(pk=key).exists():
            raise ValidationError(_("This file is no longer here. Choose it once more."))
        return f"file:{key} {checked(title, LONGEST_TITLE)}".rstrip()


def parted(text: str) -> tuple[UUID | None, str]:
    """The key of a file and its title; no key where the text is none of ours."""
    found = FILE.match(text)
    try:
        return (UUID(found[1]), found[2] or "") if found else (None, "")
    except ValueError:
        return None, ""


def named(text: str) -> str:
    """What people call it: its title, or the name of the file, or the address."""
    if not text.startswith("file:"):
        address, _blank, title = text.partition(" ")
        return f"{title} ({address})" if title else address
    key, title = parted(text)
    upload = Upload.objects.filter(pk=key).first() if key else None
    return title or (upload.name if upload else text)
