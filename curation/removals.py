"""What was taken off or not accepted, for everybody to read: a day, a kind, a reason of a list.

The log names no group and nobody: whoever asked to be taken off is not shown for having asked,
and what was never public stays so.
"""

from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from curation.models import Decision

VERBS = ("reject", "withdraw", "merge")


class Why(TextChoices):
    """The reasons that everybody may read. A reviewer chooses one with each removal."""

    HOST_ASKED = "host-asked", _("The people who run it asked for it")
    NO_CONSENT = "no-consent", _("The people who run it have not agreed to be shown here")
    TWICE = "twice", _("It was here already, on another page")
    GONE = "gone", _("It no longer exists")
    NOT_OURS = "not-ours", _("It is not of the kind that we show here")
    UNKNOWN = "unknown", _("We could not find out enough about it")
    UNSAFE = "unsafe", _("It was not safe for people")
    SPAM = "spam", _("It was advertising")
    OTHER = "other", _("Another reason, which the people who sent it were told")


# Why, where the turn itself says it and nobody needs to be asked.
BY_ROLE = {Decision.Role.KEEPER: Why.HOST_ASKED, Decision.Role.SENDER: Why.OTHER}


def why(verb: str, role: str, chosen: str) -> str:
    """The public reason of a turn; "" for a turn that needs none. ValueError: not of the list."""
    if verb not in VERBS:
        return ""
    if chosen:
        return Why(chosen).value
    return Why.TWICE if verb == "merge" else BY_ROLE.get(Decision.Role(role), Why.OTHER)


def log() -> QuerySet[Decision]:
    """The removals and rejections that stand, newest first.

    What a sender takes back before it was public concerns nobody, and what was undone did not
    happen.
    """
    removed = Decision.objects.filter(verb__in=VERBS, after__has_key="public_reason")
    return (
        removed.exclude(role=Decision.Role.SENDER)
        .exclude(undone())
        .select_related("entry__merged_into__name_own_language")
        .order_by("-at", "-pk")
    )


def undone() -> Exists:
    """Whether the next decision took this one back: only the last one ever can be."""
    following = Decision.objects.filter(entry=OuterRef("entry"), number=OuterRef("number") + 1)
    return Exists(following.filter(verb="undo"))
