"""The terms of the vocabulary, put in order: renamed, merged, free words given a topic.

What a step moves is said before it is taken. Undoing needs to know what was moved: a signed
note of it goes with the page that follows, and is good for seven days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core import signing
from django.db import transaction
from django.db.models import Count
from django.forms import ModelForm, Textarea
from django.utils.translation import gettext as _

from curation import lifecycle, shelves, vocabulary
from curation.lifecycle import UNDO_WITHIN, TurnRefused
from curation.models import Decision, Entry, Tag, TaggedEntry

SALT = "curation.desk.terms"
FIELDS = ("name", "name_fr", "synonyms")
# The signed note travels in a form; more than that is put back by hand.
MOST_NOTED = 2000


@dataclass(frozen=True)
class Group:
    """The terms of one facet; each has `number`, on how many entries it is."""

    facet: str
    label: Any
    terms: list[Tag]


class TermForm(ModelForm):
    """What reviewers may change about a term; its address stays, since others link to it."""

    class Meta:
        model = Tag
        fields = FIELDS
        widgets: ClassVar = {"synonyms": Textarea(attrs={"rows": 4})}

    def clean_name(self) -> str:
        """Another term of the same kind may not have this name; the form does not show kinds."""
        return vocabulary.name_of_its_own(self.instance, self.cleaned_data["name"])


def groups(words: str = "") -> list[Group]:
    """The terms in use by facet, with counts; only those with `words` in their names."""
    rows = Tag.objects.filter(facet__in=Tag.TAGGED, merged_into=None)
    rows = rows.annotate(number=Count("tagged")).order_by("name")
    asked = words.strip().casefold()
    found: dict[str, list[Tag]] = {}
    for tag in rows:
        if not asked or asked in "\n".join(tag.words()).casefold():
            found.setdefault(tag.facet, []).append(tag)
    return [
        Group(facet, Tag.Facet(facet).label, found[facet]) for facet in Tag.TAGGED if facet in found
    ]


def number_of(tag: Tag) -> int:
    """On how many entries a term is: how many a step would move."""
    return TaggedEntry.objects.filter(tag=tag).count()


def may_lead_to(tag: Tag) -> list[Tag]:
    """The terms that can take another's place: of the same facet; a free word also a topic."""
    facets = [tag.facet, *([Tag.Facet.TOPIC] if tag.facet == Tag.Facet.FREE else [])]
    rows = Tag.objects.filter(facet__in=facets, merged_into=None).exclude(pk=tag.pk)
    return list(rows.order_by("facet", "name"))


@transaction.atomic
def rename(tag: Tag, values: Mapping[str, str]) -> tuple[TermForm, str]:
    """Give a term other words; the form, and the note that undoes it ("" where it is refused)."""
    locked = Tag.objects.select_for_update().get(pk=tag.pk)
    before = {name: getattr(locked, name) for name in FIELDS}
    form = TermForm(values, instance=locked)
    if not form.is_valid():
        return form, ""
    saved = form.save()
    after = {name: getattr(saved, name) for name in FIELDS}
    _index(Entry.objects.filter(tagged__tag=saved))
    return form, _note("rename", tag=tag.pk, before=before, after=after)


@transaction.atomic
def merge(tag: Tag, into: Tag, *, by: Any) -> str:
    """Let a term lead to another, which gets its entries; the note that undoes it.

    Each entry gets a line in its history. Raises TurnRefused where it would lead in a circle, or
    somebody was faster.
    """
    rows = {row.pk: row for row in Tag.objects.select_for_update().filter(pk__in=(tag.pk, into.pk))}
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):
        raise TurnRefused(lifecycle.FASTER)
    if into not in may_lead_to(tag):
        raise TurnRefused(_("Choose a word of the same kind."))
    moved = list(TaggedEntry.objects.filter(tag=tag).values_list("content_object", flat=True))
    had_both = TaggedEntry.objects.filter(tag=into, content_object__in=moved)
    kept = list(had_both.values_list("content_object", flat=True))
    entries = list(Entry.objects.filter(pk__in=moved).select_for_update().order_by("pk"))
    locked = rows[tag.pk]
    locked.merged_into = into
    locked.save(update_fields=["merged_into"])
    vocabulary.hand_over(locked)
    for entry in entries:
        _write_down(entry, tag, into, by)
    if len(moved) > MOST_NOTED:
        return ""
    return _note("merge", tag=tag.pk, into=into.pk, moved=moved, kept=kept)


@transaction.atomic
def undo(note: str, *, by: Any) -> None:
    """Take a rename or a merge back. Raises TurnRefused where it is too late, or has moved on."""
    try:
        said = signing.loads(note, salt=SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature as no:
        raise TurnRefused(lifecycle.TOO_LATE) from no
    tag = Tag.objects.select_for_update().filter(pk=said["tag"]).first()
    if tag is None:
        raise TurnRefused(lifecycle.FASTER)
    UNDO[said["what"]](tag, said, by)


def _undo_rename(tag: Tag, said: Mapping[str, Any], by: Any) -> None:
    if {name: getattr(tag, name) for name in FIELDS} != said["after"]:
        raise TurnRefused(lifecycle.FASTER)
    for name, value in said["before"].items():
        setattr(tag, name, value)
    tag.save(update_fields=FIELDS)
    _index(Entry.objects.filter(tagged__tag=tag))


def _undo_merge(tag: Tag, said: Mapping[str, Any], by: Any) -> None:
    if tag.merged_into_id != said["into"]:
        raise TurnRefused(lifecycle.FASTER)
    into = tag.merged_into
    tag.merged_into = None
    tag.save(update_fields=["merged_into"])
    for entry in Entry.objects.filter(pk__in=said["moved"]).select_for_update().order_by("pk"):
        TaggedEntry.objects.get_or_create(content_object=entry, tag=tag)
        if entry.pk not in said["kept"]:
            TaggedEntry.objects.filter(content_object=entry, tag=into).delete()
        _write_down(entry, into, tag, by)


UNDO = {"rename": _undo_rename, "merge": _undo_merge}


def _write_down(entry: Entry, old: Tag | None, new: Tag, by: Any) -> None:
    """A line in the history of an entry whose term now has another name; and the index."""
    lifecycle.record_edit(
        entry,
        by=by,
        before={"terms": str(old.name if old else "")},
        after={"terms": str(new.name)},
        role=Decision.Role.REVIEWER,
        verb="terms",
    )


def _index(entries: Any) -> None:
    for entry in entries:
        shelves.index_entry(entry)


def _note(what: str, **said: Any) -> str:
    return signing.dumps({"what": what, **said}, salt=SALT, compress=True)
