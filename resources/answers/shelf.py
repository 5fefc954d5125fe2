"""What the bench knows of answers to lessons. They have no page: they stand on their lesson's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Organization
from curation.manners import OF_WRITINGS, Addition
from curation.models import Entry, Report, TaggedEntry
from curation.shelves import Shelf
from resources import before_sending, shown
from resources.adding import thanks_for
from resources.answers import editing, places
from resources.answers.doubts import doubts
from resources.answers.form import public_lesson
from resources.models import Corroboration, Verdict, Visibility
from resources.ready_texts import OF_LESSONS
from resources.shelf import address as page_of_lesson

Reason = Report.Reason
TAGS = Prefetch("tagged", TaggedEntry.objects.select_related("tag").order_by("pk"))


def given(query: QueryDict) -> dict[str, str] | None:
    """The lesson that an address names; None where there is no such public one."""
    lesson = public_lesson(query.get("lesson"))
    return {"lesson": str(lesson.pk)} if lesson else None


def about(values: Mapping[str, Any]) -> Entry | None:
    """The lesson that values answer."""
    return public_lesson(values.get("lesson"))


ANSWER = Addition(
    word="answer",
    path=pgettext_lazy("address", "we-tried-this-too/"),
    page="add_answer",
    heading=gettext_lazy("We tried this too"),
    nameless=gettext_lazy("An answer without its line yet"),
    intro=gettext_lazy(
        "Four short questions, no account. That it did not work helps as much as that it did. A "
        "volunteer reviewer looks at it before it is public."
    ),
    please=gettext_lazy("Please write no names of people, and nothing by which one is known."),
    asks=("lesson",),
    given=given,
    about=about,
    screens=1,
)
MANNERS = replace(
    OF_WRITINGS,
    looks_alike=False,
    told_twice=False,
    withdrawn=True,
    reasons=(Reason.RECOGNIZED, Reason.WRONG, Reason.DEAD_LINK, Reason.OTHER),
    texts=OF_LESSONS,
    new=gettext_lazy("New answer to a lesson"),
    back=gettext_lazy("Back to the lesson"),
    another=gettext_lazy("To the library"),
    home="library_home",
    why_new_waits=gettext_lazy(
        "Every answer is looked at once before it is public: nobody may be recognized in it."
    ),
    why_edit_waits=gettext_lazy(
        "Whose it is and how one knows always wait. Other edits wait unless a trusted "
        "organization makes them about its own answer."
    ),
    stands_aside=gettext_lazy(
        "This comes from your own organization, so somebody else decides here. You can look."
    ),
    wants_off=gettext_lazy("The agency asks to take it off"),
)


def rows(keys: list[int] | None = None) -> Any:
    """The public answers to public lessons."""
    answers = (
        Corroboration.objects.visible()
        .select_related("organization", "lesson")
        .prefetch_related(TAGS)
        .order_by("pk")
    )
    return answers if keys is None else answers.filter(pk__in=keys)


def address(entry: Entry) -> str:
    """Where it stands on the page of its lesson."""
    answer = _own(entry)
    return f"{page_of_lesson(answer.lesson)}#answer-{answer.pk}"


def carried_by(entry: Entry) -> Entry:
    """It is its lesson that is found, and whose evidence an answer changes."""
    return _own(entry).lesson


def objection(entry: Entry) -> str:
    """Why it may not be shown: an agency answers once, and never itself."""
    return places.objection(_own(entry))


def organizations(entry: Entry) -> list[Organization]:
    """Whose it is, hidden or not: its people step aside when it is reviewed."""
    organization = _own(entry).organization
    return [organization] if organization else []


def summary(entry: Entry) -> list[tuple[str, str]]:
    """What a reviewer must see of it to judge what others say of it."""
    answer = _own(entry)
    rows = [
        (_("Lesson"), answer.lesson.name.plain),
        (_("How it went"), str(Verdict(answer.verdict).label)),
        (_("Why"), answer.name.plain),
        (_("Organization"), str(shown.agency(answer))),
        (_("Where the numbers or the study can be seen"), shown.method_link(answer)),
    ]
    return [(label, words) for label, words in rows if words]


def where(entry: Entry) -> str:
    """Which lesson it answers."""
    return entry.lesson.name.plain if isinstance(entry, Corroboration) else ""


def facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    """By what a reviewer finds it on the desk: its topics are those of its lesson."""
    answer = _own(entry)
    topics = answer.lesson.tagged.filter(tag__facet="topic").values_list("tag__slug", flat=True)
    place = answer.province if not shown.is_hidden(answer) else ""
    return {
        "kind": (editing.KIND,),
        "province": (place,) if place else (),
        "topic": tuple(topics),
        "language": tuple(lang for lang in shown.OURS if getattr(answer, f"name_{lang}")),
    }


def thanks(entry: Entry) -> str:
    """What a sender is thanked for: telling what did not work takes the most courage."""
    return thanks_for(_own(entry).verdict)


def hides(entry: Entry) -> dict[str, Any]:
    """The values that hide which agency answered."""
    is_open = not shown.is_hidden(_own(entry))
    return {"visibility": str(Visibility.HIDDEN)} if is_open else {}


def hidden(entry: Entry) -> bool:
    """Whether its sender is shown to nobody."""
    return shown.hides_somebody(_own(entry))


def _own(entry: Entry) -> Corroboration:
    if isinstance(entry, Corroboration):
        return entry
    return Corroboration.objects.select_related("lesson", "organization").get(pk=entry.pk)


SHELF = Shelf(
    name=editing.NAME,
    stored=editing.STORED,
    rows=rows,
    document=None,
    carried_by=carried_by,
    address=address,
    objection=objection,
    kept_by=Corroboration.objects.kept_by,
    organizations=organizations,
    summary=summary,
    where=where,
    facets=facets,
    waits=editing.WAITS,
    personal=editing.PERSONAL,
    adds=(ANSWER,),
    manners=MANNERS,
    preview=before_sending.of_answer,
    thanks=thanks,
    doubts=doubts,
    hides=hides,
    hidden=hidden,
)
