"""The files and links that go along with something, as links; also of what waits for review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from curation.links import domain
from resources.forms.materials import parted
from resources.models import Upload


@dataclass(frozen=True)
class Along:
    """A file or a link that goes along: what it is called, where it is, what kind of thing."""

    title: str
    url: str
    what: str


def along(values: Mapping[str, Any], sealed: bool) -> list[Along]:
    """What goes along with values of the form; `sealed`: files by their number alone.

    A file that is gone is left out.
    """
    texts = values.get("materials") or []
    files = Upload.objects.in_bulk([key for key, _title in map(parted, texts) if key])
    found = []
    for number, text in enumerate(texts, start=1):
        key, title = parted(text)
        if key is None:
            link, _blank, title = text.partition(" ")
            found.append(Along(title or link, link, domain(link)))
        elif key in files:
            name = nameless(number, files[key]) if sealed else files[key].name
            found.append(of_file(files[key], title or name, name))
    return found


def nameless(number: int, upload: Upload) -> str:
    """What a file is called of whose sender nothing is shown."""
    return f"{number}.{upload.kind}"


def is_name_of(upload: Upload, name: str) -> bool:
    """Whether it is its own name, or one that says nothing but its number."""
    stem, _dot, ending = name.rpartition(".")
    return name == upload.name or (stem.isdecimal() and ending == upload.kind)


def of_file(upload: Upload, title: str, name: str) -> Along:
    """A file under a title, saved by a name."""
    what = f"{upload.get_kind_display()}, {filesizeformat(upload.size)}"
    return Along(title, reverse("file_download", args=[upload.pk, name]), what)
