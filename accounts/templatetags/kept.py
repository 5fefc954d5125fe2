"""The list of everything that is stored about people, for the page on privacy."""

from typing import Any

from django import template

from accounts import personal, retention
from accounts.retention import Rule

register = template.Library()


@register.simple_tag
def personal_data() -> list[dict[str, Any]]:
    """The parts of the list: a title, and beneath it what is kept."""
    return [{"title": title, "kept": kept} for title, kept in personal.parts()]


@register.simple_tag
def rules_of_deletion() -> list[Rule]:
    """What the nightly run deletes, and after how long."""
    return retention.registered()


@register.filter
def field_names(kept: personal.Kept) -> list[str]:
    """What people call the fields, each once, as it stands in the middle of a sentence."""
    labels = dict.fromkeys(str(label) for label in kept.fields.values())
    return [label[:1].lower() + label[1:] for label in labels]
