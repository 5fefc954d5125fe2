"""What anybody can add to the library, and how the bench speaks of it."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from curation.manners import OF_WRITINGS, Addition
from curation.models import Entry, Report
from resources.models import Kind, Outcome, Resource, Verdict
from resources.ready_texts import OF_LESSONS

Reason = Report.Reason

LESSON = Addition(
    word="lesson",
    path=pgettext_lazy("address", "lesson/"),
    page="add_lesson",
    heading=gettext_lazy("Share a lesson"),
    nameless=gettext_lazy("A lesson without a headline yet"),
    intro=gettext_lazy(
        "Three minutes, no account. What did not work helps as much as what did. A volunteer "
        "reviewer looks at it before it is public."
    ),
    please=gettext_lazy(
        "Write as you would tell a colleague, in English or in French. Your name and your "
        "organization can stay hidden: you choose that below."
    ),
    preset={"kind": Kind.LESSON},
    screens=1,
)
GUIDE = Addition(
    word="guide",
    path=pgettext_lazy("address", "guide/"),
    page="add_guide",
    heading=gettext_lazy("Add a guide or report"),
    nameless=gettext_lazy("A guide without a title yet"),
    please=gettext_lazy("English or French is enough; leave the other one empty."),
    screens=1,
)

MANNERS = replace(
    OF_WRITINGS,
    withdrawn=True,
    reasons=(
        Reason.DEAD_LINK,
        Reason.RECOGNIZED,
        Reason.WRONG,
        Reason.DANGEROUS,
        Reason.OTHER,
    ),
    texts=OF_LESSONS,
    new=gettext_lazy("New in the library"),
    back=gettext_lazy("Back to its page"),
    another=gettext_lazy("To the library"),
    home="library_home",
    why_new_waits=gettext_lazy(
        "Everything new is looked at once before it is public: nobody may be recognized in it."
    ),
    why_edit_waits=gettext_lazy(
        "Links, files, whose it is and how one knows always wait. Other edits wait unless a "
        "trusted organization makes them about its own lesson."
    ),
    stands_aside=gettext_lazy(
        "This comes from your own organization, so somebody else decides here. You can look."
    ),
    wants_off=gettext_lazy("Its authors ask to take it off"),
)


def thanks(entry: Entry) -> str:
    """What a sender is thanked for: telling what did not work takes the most courage."""
    return thanks_for(Resource.objects.values_list("outcome", flat=True).get(pk=entry.pk))


def thanks_for(went: str) -> str:
    """The same, for an outcome or a verdict."""
    if went in (Outcome.DID_NOT, Verdict.DID_NOT):
        return _("Thank you for telling what did not work: it spares colleagues the same road.")
    return ""
