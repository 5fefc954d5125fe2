"""Could somebody recognize you? What others will see of what is about to be sent.

Only whoever hides a name is asked: they look once more, at their own words as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import localized
from accounts.models import Organization
from curation import shelves
from curation.models import Language, Tag
from curation.shelves import Preview
from resources import agencies, shown
from resources.agencies import Agencies
from resources.files.along import along
from resources.forms.contents import LESSON
from resources.models import Kind, Visibility
from resources.own_words import Of, Telling, fits_many, given_away
from resources.unrecognizable import Context, Line, broadened, what_others_see

Values = Mapping[str, Any]
Lines = list[tuple[str, list[str]]]
TEXTS = ("name", "one_line", "description")
ALL_TEXTS = (
    *(f"{name}_{lang}" for name in TEXTS for lang in shown.OURS),
    *(name for name in LESSON if name.endswith(("_en", "_fr"))),
)
# Fields of a lesson and of an answer whose name is not that in `Context`.
FIELDS = {
    "client_groups": ("clients",),
    "languages": ("served_in",),
    "period": ("from_year", "to_year"),
}
OF_ANSWERS = {**FIELDS, "provinces": ("province",), "formats": ("format",)}
# Kinds of words that are written with a capital and name nobody.
ORDINARY = ("language:", "platform:", "client-group:", "topic:", "region:")
WHAT_TO_DO: dict[Of, str | Promise] = {
    Of.PERSON: gettext_lazy(
        "“%(words)s” names a person. Say what they do instead: “a colleague”, “our manager”."
    ),
    Of.AGENCY: gettext_lazy(
        "“%(words)s” is from the name of your organization. Write “our agency” instead."
    ),
    Of.PLACE: gettext_lazy(
        "“%(words)s” seems to be a place with few agencies. Write “a small town” instead, or "
        "leave it out."
    ),
    Of.ADDRESS: gettext_lazy(
        "“%(words)s” is an address. If it leads to you or to your organization, take it out."
    ),
}


def of_lesson(values: Values, address: str) -> Preview:
    """What others will see of a lesson that hides a name; nothing where none is hidden."""
    if values["kind"] != Kind.LESSON or values["visibility"] == Visibility.NAMED:
        return Preview()
    owner = _Owner(values["organization"], values["publisher"], values["authors"])
    lines: Lines = [(_("Your name"), [_("not shown")])]
    unseen = {name: _never() for name in ("authors", "discussed_in") if values[name]}
    is_hidden = values["visibility"] == Visibility.HIDDEN
    if is_hidden:
        context = owner.hidden(_context_of_lesson(values))
        lines += [(_("Your organization"), [_unnamed()]), *map(_as_shown, context)]
        unseen |= _instead(values, context, FIELDS, ("organization", "publisher", "method_link"))
    else:
        lines += [(_("Your organization"), [owner.name or _("not said")])]
    lines += [(_("Day"), [_("not shown, only the year")])]
    lines += _in_their_words(values, "name", _("What would you tell a colleague?"))
    lines += _in_their_words(values, "description", _("What did you try?"))
    carried = along(values, True)
    if carried:
        lines += [(_("Files and links"), [f"{each.title} ({each.what})" for each in carried])]
    if any(each.startswith("file:") for each in values["materials"]):
        unseen["materials"] = _("Others will not see what a file is called.")
    links = [each for each in values["materials"] if not each.startswith("file:")]
    texts = [*(values[name] for name in ALL_TEXTS), *(each.title for each in carried), *links]
    return Preview(lines, owner.hints(texts, address, _tells(values["visibility"])), unseen)


def of_answer(values: Values, address: str) -> Preview:
    """What others will see of an answer whose agency is hidden; nothing where it is not."""
    if values["visibility"] != Visibility.HIDDEN:
        return Preview()
    owner = _Owner(values["organization"], values["agency"])
    said = Context(
        provinces=(values["province"],) if values["province"] else (),
        place_size=values["place_size"],
        agency_size=values["agency_size"],
        client_groups=tuple(values["clients"]),
        formats=(values["format"],) if values["format"] else (),
        year=values["year"] or timezone.localdate().year,
    )
    context = owner.hidden(said)
    lines: Lines = [(_("Your organization"), [_unnamed()]), *map(_as_shown, context)]
    lines += [(_("Day"), [_("not shown, only the year")])]
    lines += _in_their_words(values, "name", _("Why, in one line"))
    texts = (values[f"name_{lang}"] for lang in shown.OURS)
    unseen = _instead(values, context, OF_ANSWERS, ("organization", "agency", "method_link"))
    return Preview(lines, owner.hints(texts, address), unseen)


def doubts(values: Values, visibility: str) -> Iterator[str]:
    """What in the texts among values may say who it is, for a reviewer: no hidden name is asked."""
    if (hides := values.get("visibility", visibility)) != Visibility.NAMED:
        texts = [values[name] for name in ALL_TEXTS if values.get(name)]
        if found := _Owner(None, "").telling(texts, "", _tells(hides)):
            words = ", ".join(f"“{each.words}”" for each in found)
            yield _("Somebody may be recognized by this: %(words)s") % {"words": words}


def _tells(visibility: str) -> frozenset[Of]:
    """What words must not say: whoever shows the organization may also say where it is."""
    return frozenset(Of) if visibility == Visibility.HIDDEN else frozenset({Of.PERSON, Of.ADDRESS})


def _never() -> str:
    return _("Others will not see this.")


def _unnamed() -> str:
    return _("An agency that does not give its name")


def _as_shown(line: Line) -> tuple[str, list[str]]:
    """A thing of the context as it will be shown, and as it was said where that differs."""
    if line.said == line.shown:
        return line.label, [line.shown]
    words = _("%(shown)s (you wrote: %(said)s)") % {"shown": line.shown, "said": line.said}
    return line.label, [words]


def _instead(
    values: Values, context: list[Line], fields: Mapping[str, tuple[str, ...]], never: Iterable[str]
) -> dict[str, str]:
    """What others see in place of what was typed, by the field; only where that differs."""
    found = {name: _never() for name in never if values[name]}
    for line in context:
        if line.said != line.shown:
            words = _("Others will see: %(shown)s") % {"shown": line.shown}
            names = fields.get(line.of, (line.of,))
            found |= dict.fromkeys(names, words if line.is_shown else _never())
    return found


def _in_their_words(values: Values, name: str, label: str) -> Lines:
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
        mine = (self.row.name_en, self.row.name_fr, self.row.acronym) if self.row else ()
        self.names = [*filter(None, (*mine, words))]
        self.authors = [each.strip() for each in authors.split(",") if each.strip()]

    def hidden(self, said: Context) -> list[Line]:
        """Each thing about an agency that is not named, as it will be shown."""
        known = Agencies()
        known.join(self.key, said)
        return what_others_see(said, broadened(said, known.fits), _labels(said))

    def hints(
        self, texts: Iterable[str], address: str, tells: frozenset[Of] = frozenset(Of)
    ) -> list[str]:
        """What in the texts themselves says who it is, with what to do about it."""
        found = self.telling(texts, address, tells)
        return [str(WHAT_TO_DO[each.of]) % {"words": each.words} for each in found]

    def telling(self, texts: Iterable[str], address: str, tells: frozenset[Of]) -> list[Telling]:
        """The words in the texts that say who it is, of these kinds."""
        concepts = shelves.concepts()
        places = [each.phrases() for each in concepts if each.key.startswith("place:")]
        ordinary = (p for c in concepts if c.key.startswith(ORDINARY) for p in c.phrases())
        found = given_away(
            "\n".join(filter(None, texts)),
            agency=self.names,
            authors=self.authors,
            towns=(name for names in places if not any(map(fits_many, names)) for name in names),
            ordinary=(word for phrase in ordinary for word in phrase.split()),
            email=address,
        )
        return [each for each in found if each.of in tells]


def _labels(said: Context) -> dict[str, str]:
    """The words for codes that are rows of a table: languages and client groups."""
    tags = Tag.objects.filter(facet=Tag.Facet.CLIENT_GROUP, slug__in=said.client_groups)
    languages = Language.objects.filter(code__in=said.languages)
    return {
        **{tag.slug: tag.label.plain for tag in tags},
        **{row.code: localized(row, "name").plain for row in languages},
    }
