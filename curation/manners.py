"""How the bench speaks of the things of a shelf, and what it asks and offers about them.

Whatever would name one kind of thing stands in these two tables. What is not said here is as it
is for groups, so nothing else in the bench asks which shelf something stands on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from curation.desk.ready_texts import OF_GROUPS, ReadyText
from curation.models import Entry, Report

Reason = Report.Reason


@dataclass(frozen=True)
class Manners:
    """The words and the ways of a shelf.

    asks_stance   whoever adds something is asked what they are to it; else they made it themselves
    looks_alike   while a name is typed, names like it are looked for
    claimed       anybody may say "I run this group", and look after its page
    asked         those who look after a page are asked by mail whether it is still right
    closes        it can pause and close, and a reviewer can note that it has
    has_doors     it may be a chat group, whose way in is shut when somebody reports a danger
    linked        it has a page of its own elsewhere
    told_twice    its text is to be there in both languages
    withdrawn     whoever sent it may take it back when it is public, too
    reasons       what readers can say is wrong with it, in this order
    texts         words that are ready for reviewers, by situation
    """

    asks_stance: bool = True
    looks_alike: bool = True
    claimed: bool = True
    asked: bool = True
    closes: bool = True
    has_doors: bool = True
    linked: bool = True
    told_twice: bool = True
    withdrawn: bool = False
    reasons: tuple[str, ...] = (
        Reason.DEAD_LINK,
        Reason.MOVED,
        Reason.CLOSED,
        Reason.WRONG,
        Reason.DANGEROUS,
        Reason.OTHER,
    )
    texts: Mapping[str, tuple[ReadyText, ...]] = field(default_factory=lambda: OF_GROUPS)

    # Its words: what arrives on the desk, the way back to its page, and on from there.
    new: Any = _("New group")
    back: Any = _("Back to the group")
    another: Any = _("Find another group")
    home: str = "listing_list"
    # What reviewers read: why it waits, that they stand aside, that its people want it off.
    why_new_waits: Any = _(
        "Everything new is looked at once before it is public. A chat group needs the yes of the "
        "people who run it."
    )
    why_edit_waits: Any = _(
        "The link, the contact, the members and who runs it always wait, since a wrong one could "
        "hurt somebody. Other edits wait unless a trusted organization makes them about itself."
    )
    stands_aside: Any = _(
        "Your own organization runs this group, so somebody else decides here. You can look, "
        "and edit the page as one of its people."
    )
    wants_off: Any = _("The group asks to be taken off")


# What is written once and stands: nobody runs it, and nobody is asked whether it still lives.
OF_WRITINGS = Manners(
    asks_stance=False,
    claimed=False,
    asked=False,
    closes=False,
    has_doors=False,
    linked=False,
)


def _nothing_given(_query: QueryDict) -> dict[str, str] | None:
    return {}


def _about_nothing(_values: Mapping[str, Any]) -> Entry | None:
    return None


@dataclass(frozen=True)
class Addition:
    """One thing that anybody can add, under a word of its own in the address.

    word          "group": what the house calls it
    path          its address, a lazy translation of "group/"
    page          the name of that address
    heading, intro, please  what stands at the top of the form
    nameless      what a draft of it is called that has no name yet
    preset        values of the form that the word brings along
    asks          what the query of the address may name, such as the page that is answered
    given(query)  values that this brings along; None where it names something that is not
                  there, or not public
    about(values) the public entry that such values are about, which is named at the top
    screens       2, or 1: then the address and the button to send stand under the form
    """

    word: str
    path: Any
    page: str
    heading: Any
    nameless: Any
    intro: Any = _(
        "Three minutes, no account. A volunteer reviewer looks at it before it is public."
    )
    please: Any = _(
        "English or French is enough; leave the other one empty. Please write no telephone "
        "numbers and no names of people."
    )
    preset: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    given: Callable[[QueryDict], dict[str, str] | None] = _nothing_given
    about: Callable[[Mapping[str, Any]], Entry | None] = _about_nothing
    screens: int = 2
