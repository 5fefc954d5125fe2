"""Words that are ready, for what reviewers say again and again: a table by situation.

They are shown in the language of whoever gets them, and can be edited before they are sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ReadyText:
    """One text in both languages; `code` is what a form calls it."""

    code: str
    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """The text in "en" or "fr"."""
        return self.fr if language == "fr" else self.en


ENTRY = (
    ReadyText(
        "who",
        "Thank you! Who runs this group, and do they agree to be shown here? Please ask them, "
        "or tell us how we can reach them.",
        "Merci! Qui s’occupe de ce groupe, et ces personnes acceptent-elles qu’il soit présenté "
        "ici? Demandez-leur, s’il vous plaît, ou dites-nous comment les joindre.",
    ),
    ReadyText(
        "way-in",
        "Thank you! How does somebody join this group? A web page, or an address that somebody "
        "answers, is enough.",
        "Merci! Comment peut-on se joindre à ce groupe? Une page Web, ou une adresse à laquelle "
        "quelqu’un répond, suffit.",
    ),
    ReadyText(
        "members",
        "Thank you! Who are the members: only people who work with newcomers, or newcomers as "
        "well? We ask because a chat group shows its members to each other.",
        "Merci! Qui sont les membres : seulement des personnes qui travaillent auprès des "
        "nouveaux arrivants, ou aussi des nouveaux arrivants? Nous le demandons parce qu’un "
        "groupe de discussion montre ses membres les uns aux autres.",
    ),
    ReadyText(
        "not-ours",
        "Thank you for telling us. We list groups in which people who serve newcomers in Canada "
        "learn from each other; this one seems to be something else, so we do not show it.",
        "Merci de nous l’avoir signalé. Nous présentons des groupes où les personnes qui servent "
        "les nouveaux arrivants au Canada apprennent les unes des autres; celui-ci semble être "
        "autre chose, et nous ne l’affichons donc pas.",
    ),
    ReadyText(
        "not-agreed",
        "The people who run this group have not agreed to be shown here, so we do not show it. "
        "Should they agree later, send it again.",
        "Les personnes qui s’occupent de ce groupe n’ont pas accepté qu’il soit présenté ici; "
        "nous ne l’affichons donc pas. Si elles changent d’avis, proposez-le de nouveau.",
    ),
    ReadyText(
        "not-found",
        "We looked for this group and could not find out enough about it. If you know a page or "
        "a person who can tell us more, please answer here.",
        "Nous avons cherché ce groupe sans en apprendre assez. Si vous connaissez une page ou une "
        "personne qui peut nous en dire plus, répondez ici, s’il vous plaît.",
    ),
)
EDIT = (
    ReadyText(
        "how-known",
        "Thank you! How do you know this? A page that says so helps us.",
        "Merci! Comment le savez-vous? Une page qui le dit nous aiderait.",
    ),
    ReadyText(
        "link",
        "Thank you! The new link did not open for us. Is it spelled right?",
        "Merci! Le nouveau lien ne s’est pas ouvert chez nous. Est-il bien écrit?",
    ),
    ReadyText(
        "private",
        "Thank you! The text holds a phone number or a private address. We do not show those; "
        "please take it out, or give an address of the group.",
        "Merci! Le texte contient un numéro de téléphone ou une adresse personnelle. Nous ne les "
        "affichons pas; retirez-les, s’il vous plaît, ou donnez une adresse du groupe.",
    ),
    ReadyText(
        "differently",
        "Thank you! The people who look after this page say it differently, so it stays as it is.",
        "Merci! Les personnes qui tiennent cette fiche à jour disent autre chose; elle reste donc "
        "comme elle est.",
    ),
)
REPORT = (
    ReadyText(
        "asked",
        "The people who run the group asked us to take it off the site.",
        "Les personnes qui s’occupent du groupe nous ont demandé de le retirer du site.",
    ),
    ReadyText(
        "unsafe",
        "Somebody told us that this group was not safe for people, and we found the same.",
        "On nous a signalé que ce groupe n’était pas sûr, et nous avons constaté la même chose.",
    ),
)
CLAIM = (
    ReadyText(
        "cannot-tell",
        "We cannot tell from your address that you belong to this group. Please write from an "
        "address of the organization that runs it, or ask somebody who looks after the page to "
        "add you.",
        "Votre adresse ne nous permet pas de voir que vous faites partie de ce groupe. "
        "Écrivez-nous d’une adresse de l’organisme qui s’en occupe, ou demandez à une personne "
        "qui tient la fiche à jour de vous ajouter.",
    ),
)

# What is ready for a situation; nothing, where nobody is written to.
OF_GROUPS: Mapping[str, tuple[ReadyText, ...]] = {
    "entry": ENTRY,
    "change": EDIT,
    "report": REPORT,
    "link": REPORT,
    "join": REPORT,
    "claim": CLAIM,
}


def found(texts: Iterable[ReadyText], code: str, language: str) -> str:
    """The text of a code in a language; "" where there is none."""
    return next((each.in_language(language) for each in texts if each.code == code), "")
