"""The words from which the fields of the library choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What it is: a lesson is born here, everything else has a page of its own elsewhere."""

    LESSON = "lesson", _("Lesson")
    REPORT = "report", _("Report")
    GUIDE = "guide", _("Guide")
    TOOLKIT = "toolkit", _("Toolkit")
    ARTICLE = "article", _("Article")
    RECORDING = "recording", _("Recording or slides")
    TEMPLATE = "template", pgettext_lazy("kind of document", "Template")
    EVALUATION = "evaluation", _("Evaluation")


class Outcome(models.TextChoices):
    """How it went, each an equal."""

    WORKED = "worked", _("It worked")
    PARTLY = "partly", _("It worked in part")
    DID_NOT = "did-not", _("It did not work")
    TOO_EARLY = "too-early", _("It is too early to say")


class Verdict(models.TextChoices):
    """How it went for another agency that knew of the lesson."""

    WORKED = "worked", _("Worked for us")
    PARTLY = "partly", _("Worked in part for us")
    DID_NOT = "did-not", _("Did not work for us")
    COULD_NOT_TRY = "could-not-try", _("We could not try it")


class Visibility(models.TextChoices):
    """Which names readers see. Those who review can always open them."""

    NAMED = "named", _("My name and my organization")
    AGENCY = "agency", _("Only my organization")
    HIDDEN = "hidden", _("Neither")


class PlaceSize(models.TextChoices):
    LARGE_CITY = "large-city", _("Large city")
    SMALL_CENTRE = "small-centre", _("Small centre")
    RURAL = "rural", _("Rural")
    REMOTE = "remote", _("Remote")
    UNKNOWN = "unknown", _("Not known")


class AgencySize(models.TextChoices):
    """People who work there, paid or not."""

    UNDER_10 = "under-10", _("Fewer than 10 people")
    TO_50 = "10-50", _("10 to 50 people")
    OVER_50 = "over-50", _("More than 50 people")
    UNKNOWN = "unknown", _("Not known")


class StaffTime(models.TextChoices):
    """Working time that it took, altogether."""

    HOURS = "hours", _("A few hours")
    DAYS = "days", _("A few days")
    WEEKS = "weeks", _("A few weeks")
    MONTHS = "months", _("Months")
    UNKNOWN = "unknown", _("Not known")


class Money(models.TextChoices):
    """Money that it took beside wages, in Canadian dollars."""

    NONE = "none", _("None")
    UNDER_1000 = "under-1000", _("Less than $1,000")
    TO_10000 = "1000-10000", _("$1,000 to $10,000")
    OVER_10000 = "over-10000", _("More than $10,000")
    UNKNOWN = "unknown", _("Not known")


class Method(models.TextChoices):
    """How one knows."""

    OBSERVATION = "observation", _("We saw it ourselves")
    STAFF = "staff-feedback", _("Colleagues told us")
    CLIENTS = "client-feedback", _("Clients told us")
    NUMBERS = "own-numbers", _("Our own numbers")
    EVALUATION = "evaluation", _("An evaluation")
    STUDY = "study", _("A study")
    UNKNOWN = "unknown", _("Not said")


class Licence(models.TextChoices):
    CC0 = "cc0", _("Free of all rights (CC0)")
    CC_BY = "cc-by", "CC BY"
    CC_BY_SA = "cc-by-sa", "CC BY-SA"
    CC_BY_NC = "cc-by-nc", "CC BY-NC"
    CC_BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA"
    CC_BY_ND = "cc-by-nd", "CC BY-ND"
    CC_BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND"
    RESERVED = "reserved", _("All rights reserved")
    UNKNOWN = "unknown", _("Not said")


class Level(models.TextChoices):
    """How an editor rates one of the funder's three criteria."""

    LOW = "low", pgettext_lazy("level", "Low")
    MEDIUM = "medium", pgettext_lazy("level", "Medium")
    HIGH = "high", pgettext_lazy("level", "High")
    UNKNOWN = "unknown", pgettext_lazy("level", "Not known")
