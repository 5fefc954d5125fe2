"""What the library keeps about people, and for how long."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.personal import SENT, Kept, Person
from accounts.retention import Rule
from curation.models import PersonalValue
from resources.models import Resource, Visibility

AS_YOU_CHOSE = _("everybody, or only a volunteer reviewer who opens the name, as you chose")
AS_ITS_PAGE = _("as long as its page")


def _of_nobody_known(before: object) -> QuerySet[Resource]:
    return Resource.objects.filter(
        submission__isnull=False, submission__by=None, submission__email="", created_at__lt=before
    ).exclude(Q(visibility=Visibility.NAMED) | Q(authors=""))


def _erase_authors(rows: QuerySet) -> None:
    """Here and in the history; what the names were sealed by stays."""
    keys = list(rows.values_list("pk", flat=True))
    names = ("before.authors", "after.authors")
    PersonalValue.objects.filter(decision__entry__in=keys, name__in=names).delete()
    Resource.objects.filter(pk__in=keys).update(authors="")


HIDDEN_NAMES = Rule(
    "hidden names",
    _("The hidden name of whoever shared a lesson"),
    1,
    _("it was sent, once we no longer know who sent it"),
    _of_nobody_known,
    _erase_authors,
)
RULES = (HIDDEN_NAMES,)


def _sent_by(person: Person) -> Q:
    return Q(submission__by=person.user) | person.is_at("submission__email")


KEPT = (
    Kept(
        "resources.Resource",
        SENT,
        _("Lessons and guides that you sent"),
        {"authors": _("Authors"), "visibility": _("Names that readers see")},
        _("So that colleagues know who says so, if you wish it."),
        AS_YOU_CHOSE,
        until=AS_ITS_PAGE,
        rules=(HIDDEN_NAMES,),
        rest=("*",),
        find=_sent_by,
        stays=_("What you told stays, with the names that you showed. A name that you hid goes."),
    ),
    Kept(
        "resources.Corroboration",
        SENT,
        _("What you answered to lessons"),
        {"agency": _("Organization in words"), "visibility": _("Names that readers see")},
        _("So that an agency answers a lesson once, and colleagues know who says so."),
        AS_YOU_CHOSE,
        until=AS_ITS_PAGE,
        rest=("*",),
        find=_sent_by,
        stays=_("The answer of your organization. No person is named in it."),
    ),
)
