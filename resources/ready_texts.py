"""Words that are ready for what reviewers say again and again about lessons and guides."""

from collections.abc import Mapping

from curation.desk.ready_texts import EDIT, ReadyText

ENTRY = (
    ReadyText(
        "recognized",
        "Thank you! Somebody who knows the place could tell who is meant. Could you write it "
        "without the detail that gives them away?",
        "Merci! Une personne qui connaît l’endroit pourrait deviner de qui il s’agit. "
        "Pourriez-vous l’écrire sans le détail qui la trahit?",
    ),
    ReadyText(
        "advice",
        "Thank you! What would you tell a colleague who wants to try the same? One sentence about "
        "that helps the most.",
        "Merci! Que diriez-vous à une personne qui voudrait essayer la même chose? Une phrase "
        "là-dessus aide le plus.",
    ),
    ReadyText(
        "publicity",
        "Thank you for sending this. We show what agencies have learned; this is mostly an "
        "announcement, so we do not show it.",
        "Merci pour cet envoi. Nous présentons ce que les organismes ont appris; ceci est surtout "
        "une annonce, et nous ne l’affichons donc pas.",
    ),
    ReadyText(
        "not-open",
        "Thank you! The address did not open for us, so nobody could read it. Is there another?",
        "Merci! L’adresse ne s’est pas ouverte chez nous; personne ne pourrait donc lire ce "
        "document. Y en a-t-il une autre?",
    ),
)
REPORT = (
    ReadyText(
        "asked",
        "Its authors asked us to take it off the site.",
        "Les personnes qui l’ont écrit nous ont demandé de le retirer du site.",
    ),
    ReadyText(
        "recognized",
        "Somebody could be recognized in it.",
        "Une personne pouvait y être reconnue.",
    ),
)
# Nobody can give the address of a group here instead.
CHANGE = tuple(text for text in EDIT if text.code != "private")
OF_LESSONS: Mapping[str, tuple[ReadyText, ...]] = {
    "entry": ENTRY,
    "change": CHANGE,
    "report": REPORT,
    "link": REPORT,
}
