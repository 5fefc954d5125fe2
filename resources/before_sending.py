"""Could somebody recognize you? What others will see of what is about to be sent.

Only whoever hides a name is asked: they look once more, at their own words as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.languages import localized
from accounts.models import Organization
from curation.models import Language, Tag
from resources import agencies, shown
from resources.agencies import Agencies
from resources.forms.contents import LESSON
from resources.models import Kind, Visibility
from resources.unrecognizable import (
    Context,
    broadened,
    given_away,
    what_others_see,
)

Values = Mapping[str, Any]
Seen = list[tuple[str, list[str]]]
TEXTS = ("name", "one_line", "description")


def of_lesson(values: Values) -> Seen:
    """What others will see of a lesson that hides a name; [] where none is hidden."""
    if values["kind"] != Kind.LESSON or values["visibility"] == Visibility.NAMED:
        return []
    owner = _Owner(values["organization"], values["publisher"], values["authors"])
    seen: Seen = [(_("Your name"), [_("not shown")])]
    if values["visibility"] == Visibility.HIDDEN:
        seen += owner.hidden(_context_of_lesson(values))
    else:
        seen += [(_("Your organization"), [owner.name or _("not said")])]
    seen += [(_("Day"), [_("not shown, only the year")])]
    seen += _in_their_words(values, "name", _("What would you tell a colleague?"))
    seen += _in_their_words(values, "description", _("What did you try?"))
    texts = [f"{name}_{lang}" for name in TEXTS for lang in ("en", "fr")]
    texts += [name for name in LESSON if name.endswith(("_en", "_fr"))]
    return [*seen, *owner.words_that_tell(values[name] for name in texts)]


def of_answer(values: Values) -> Seen:
    """What others will see of an answer whose agency is hidden; [] where it is not."""
    if values["visibility"] != Visibility.HIDDEN:
        return []
    owner = _Owner(values["organization"], values["agency"])
    said = Context(
        provinces=(values["province"],) if values["province"] else (),
        place_size=values["place_size"],
        agency_size=values["agency_size"],
        client_groups=tuple(values["clients"]),
        formats=(values["format"],) if values["format"] else (),
        year=values["year"] or timezone.localdate().year,
    )
    texts = (values[f"name_{lang}"] for lang in ("en", "fr"))
    seen: Seen = [*owner.hidden(said), (_("Day"), [_("not shown, only the year")])]
    seen += _in_their_words(values, "name", _("Why, in one line"))
    return [*seen, *owner.words_that_tell(texts)]


def _in_their_words(values: Values, name: str, label: str) -> Seen:
    """A text as they wrote it, to be read once more with the eyes of others."""
    lines = [values[f"{name}_{lang}"] for lang in shown.OURS if values[f"{name}_{lang}"]]
    return [(label, lines)] if lines else []


def _context_of_lesson(values: Values) -> Context:
    return Context(
        provinces=tuple(values["provinces"]),
        place_size=values["place_size"],
        agency_size=values["agency_size"],
        client_groups=tuple(values["clients"]),
        formats=tuple(values["formats"]),
        languages=tuple(values["served_in"]),
        staff_time=values["staff_time"],
        money=values["money"],
        year=values["year"] or timezone.localdate().year,
        from_year=values["from_year"],
        to_year=values["to_year"],
    )


class _Owner:
    """Whose it is: an organization of our list or a name in words, and its authors."""

    def __init__(self, organization: int | None, words: str, authors: str = "") -> None:
        self.row = Organization.objects.filter(pk=organization).first() if organization else None
        self.key = agencies.key(organization, words)
        self.name = localized(self.row, "name").plain if self.row else words
        mine = (self.row.name_en, self.row.name_fr, self.row.acronym) if self.row else (words,)
        self.names = [*filter(None, mine), *(n.strip() for n in authors.split(",") if n.strip())]

    def hidden(self, said: Context) -> Iterator[tuple[str, list[str]]]:
        """The agency that is not named, and each thing about it as it will be shown."""
        yield _("Your organization"), [_("An agency that does not give its name")]
        known = Agencies()
        known.join(self.key, said)
        for line in what_others_see(said, broadened(said, known.fits), _labels(said)):
            if line.said == line.shown:
                words = line.shown
            else:
                words = _("%(shown)s (you wrote: %(said)s)") % {
                    "shown": line.shown,
                    "said": line.said,
                }
            yield line.label, [words]

    def words_that_tell(self, texts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """What in the texts themselves says who it is."""
        found = given_away("\n".join(filter(None, texts)), agency=self.names)
        if found:
            yield (
                _("Look at this"),
                [_("Your text names “%(words)s”.") % {"words": each} for each in found],
            )


def _labels(said: Context) -> dict[str, str]:
    """The words for codes that are rows of a table: languages and client groups."""
    tags = Tag.objects.filter(facet=Tag.Facet.CLIENT_GROUP, slug__in=said.client_groups)
    languages = Language.objects.filter(code__in=said.languages)
    return {
        **{tag.slug: tag.label.plain for tag in tags},
        **{row.code: localized(row, "name").plain for row in languages},
    }
