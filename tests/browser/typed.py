"""Every field of every model into which somebody may type; and rows in which all are hostile.

The list comes from the models, so a new field is in it at once. What is in it is either shown on
some page, which a test sees, or stands in `NEVER_SHOWN` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, EmailField, Field, JSONField, Model, TextField, URLField

from tests.browser.furnished import House

APPS = {"accounts", "cop_directory", "curation", "account", "mfa", "usersessions", "post_office"}
# What the site itself writes, or chooses from a list, whatever anybody types.
WRITTEN_BY_US = {
    "a code of ours": """
        Entry.shelf Entry.source_key Draft.shelf Draft.language Submission.language
        Submission.source Change.language Change.source Claim.language ImportJob.shelf
        Keeper.language JoinRequest.language AddressCheck.language Organization.source_key
        Change.left_out
        CaseFacet.name CaseFacet.value Decision.verb Allowance.what StartRow.table StartRow.key
        StartRow.values Invitation.shut_out Meeting.timezone Meeting.rule Platform.slug Place.slug
        Place.within Tag.slug Language.code PersonalValue.name EmailTemplate.language
        Email.backend_alias""",
    "a seal, a hash or a key": """
        Decision.seals Decision.digest PersonalValue.salt AddressCheck.code_hash Allowance.key
        User.password Invitation.sealed EmailConfirmation.key UserSession.session_key
        UserSession.data JoinRequest.opened_in""",
    "a mail, which is plain text, or nothing that we use": """
        Email.from_email Email.to Email.cc Email.bcc Email.subject Email.message
        Email.html_message Email.message_id Email.headers Email.context Log.exception_type
        Log.message EmailTemplate.name EmailTemplate.description EmailTemplate.subject
        EmailTemplate.content EmailTemplate.html_content Attachment.name Attachment.mimetype
        Attachment.headers""",
}
OURS = {name for names in WRITTEN_BY_US.values() for name in names.split()}
NEVER_SHOWN = {
    "AddressCheck.email": "a page shows the address from what waits for the code",
    "UserSession.user_agent": "a page says which browser it is, out of a list of ours",
}
# Rows whose address stands in signed links, which would no longer be good.
LEFT_ALONE = {"Keeper": {"email": "info@x.ca"}}
# The texts of a group, as they stand in patches, in the history and in tables.
TEXTS = ("name_en", "name_fr", "one_line_en", "one_line_fr", "description_en", "acronym")


def name_of(model: type[Model], field: Field) -> str:
    """How the lists above name a field."""
    return f"{model.__name__}.{field.name}"


def typed_fields() -> list[tuple[type[Model], Field]]:
    """The fields of all models into which somebody may type."""
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for field in model._meta.local_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not field.choices
        and name_of(model, field) not in OURS
    ]


def fill(house: House, text_of: Callable[[int], str]) -> None:
    """Give every field of the house's rows the text of its number in `typed_fields()`."""
    for number, (model, field) in enumerate(typed_fields()):
        for row in house.rows(model).exclude(**LEFT_ALONE.get(model.__name__, {"pk": None})):
            value = fitted(field, text_of(number), row)
            # Past the forms; where the database itself refuses, no page can ever show it.
            with suppress(IntegrityError), transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{field.name: value})


def fitted(field: Field, text: str, row: Any) -> Any:
    """A text as the field would take it from somebody, different in each row."""
    if isinstance(field, JSONField):
        return within(getattr(row, field.name), text, field.name in ("value", "problems"))
    if isinstance(field, URLField):
        return f"https://{row.pk}.example/{'/'.join(text.split())}"[: field.max_length]
    if isinstance(field, EmailField):
        held = "".join(sign for sign in text if sign not in '"\\ ' and sign.isprintable())
        return f'"{held[:60]}"@{row.pk}.example'
    end = str(row.pk) if field.unique or is_unique_with_others(field) else ""
    most = field.max_length
    return (text[: most - len(end)] if most else text) + end


def is_unique_with_others(field: Field) -> bool:
    """Whether a constraint names the field."""
    constraints = field.model._meta.constraints
    return any(field.name in getattr(each, "fields", ()) for each in constraints)


def within(value: Any, text: str, anywhere: bool = False) -> Any:
    """The same structure, with the text where somebody's words were."""
    if isinstance(value, dict):
        return {
            key: within(held, text, anywhere or key in (*TEXTS, "name", "cells"))
            for key, held in value.items()
        }
    if isinstance(value, list):
        return [within(held, text, anywhere) for held in value]
    return text if anywhere and isinstance(value, str) and value else value
