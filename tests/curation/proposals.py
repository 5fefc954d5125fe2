"""What tests of proposing type, and the mails that come of it."""

import re
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from post_office.models import Email

from curation.proposing.manners import opened
from tests.factories import make_language, make_platform, make_tag

ADD = "/en/add/group/"
FIRST = {
    "kind": "community-of-practice",
    "name_en": "Housing Circle of Truro",
    "one_line_en": "People who help newcomers find homes.",
    "stance": "run",
}
SECOND = {
    "provinces": ["NS"],
    "topics": ["housing"],
    "languages": ["en"],
    "platform": "website",
    "website": "https://truro.example.org/",
}


def make_lists() -> None:
    """What the lists of the form offer."""
    make_tag("housing")
    make_tag("health")
    make_language("en")
    make_language("fr")
    make_platform("website", is_app=False)
    make_platform("whatsapp")


def whole(**changes: Any) -> dict[str, Any]:
    """Everything on both screens, as a person would have filled it in; None takes a field away."""
    sent = {
        "go": "send",
        "screen": "2",
        "token": str(uuid4()),
        "email": "worker@example.org",
        "opened_at": opened(60),
        **FIRST,
        **SECOND,
        **changes,
    }
    return {name: value for name, value in sent.items() if value is not None}


def as_typed(values: dict[str, Any]) -> QueryDict:
    """The same as a browser sends it."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def mails_to(address: str) -> list[str]:
    """The subjects of what was written to an address, oldest first."""
    found = Email.objects.filter(to=address).order_by("pk")
    return [mail.subject for mail in found]


def last_code(address: str = "worker@example.org") -> str:
    """The code of the newest mail to an address."""
    mail = Email.objects.filter(to=address, subject__contains="code").latest("pk")
    found = re.search(r"\b\d{6}\b", mail.message)
    assert found
    return found.group()
