"""A form of a group as people fill it in."""

from django.http import QueryDict

from cop_directory.editing import STORED
from tests.factories import make_language, make_platform, make_tag

SENT = {
    "kind": "community-of-practice",
    "name_en": "Housing Circle",
    "one_line_en": "People who help newcomers find homes.",
    "provinces": ["NS"],
    "topics": ["housing"],
    "languages": ["en"],
    "platform": "website",
    "website": "https://housing.example.org/",
}


def make_lists():
    """What the lists of the form offer."""
    make_tag("housing")
    make_tag("health")
    make_tag("refugees", facet="client-group")
    make_language("en")
    make_language("fr")
    make_language("ar")
    make_platform("website", is_app=False)
    make_platform("whatsapp")


def typed(**changes):
    """A form as a browser sends it; None takes a field away."""
    data = QueryDict(mutable=True)
    for name, value in {**SENT, **changes}.items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif value is not None:
            data[name] = value
    return data


def wrong(form):
    """The fields that a form refuses."""
    return sorted(form.errors)


def cleaned(**changes):
    """The values of a form that is right."""
    form = STORED.form(typed(**changes), None)
    assert wrong(form) == []
    return form.values()


def chat(**changes):
    """The form of a chat group."""
    return STORED.form(typed(**{"kind": "chat-group", "platform": "whatsapp", **changes}), None)
