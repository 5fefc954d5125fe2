"""Invented lessons, answers and a collection for a local site, each saying that it is invented.

After `manage.py demo` one sees a lesson that others have tried, one that did not work and whose
agency is hidden, and a short note that nobody has completed yet.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from curation import lifecycle, shelves
from curation.models import Entry, Tag
from resources.answers.form import AnswerForm
from resources.collecting.form import CollectionForm
from resources.forms.lesson import LibraryForm
from resources.models import Resource

PHONE = "demo-phone-in-number"
HIDDEN = "demo-evening-workshops"
NOTE = "demo-reminder-by-text-message"
COLLECTION = "demo-starting-with-hybrid"

LESSONS: dict[str, dict[str, Any]] = {
    PHONE: {
        "name_en": "Put a phone-in number beside every video link. Half of our group came by "
        "phone.",
        "name_fr": "Mettez un numéro de téléphone à côté de chaque lien vidéo. La moitié de notre "
        "groupe est venue par téléphone.",
        "description_en": "We moved our orientation sessions to video and lost the people with one "
        "shared phone at home. A dial-in number, printed large on the flyer, brought them back.",
        "description_fr": "En passant nos séances d’orientation à la vidéo, nous avons perdu les "
        "familles qui partagent un seul téléphone. Un numéro à composer, imprimé en gros sur le "
        "dépliant, les a ramenées.",
        "outcome": "worked",
        "publisher": "Invented: Lakeshore Newcomer Centre",
        "topics": ["hybrid-service", "digital-inclusion"],
        "clients": ["refugees"],
        "provinces": ["ON"],
        "place_size": "small-centre",
        "agency_size": "10-50",
        "formats": ["phone-ok", "online"],
        "barriers": ["barrier-data", "barrier-device"],
        "planned_en": "Orientation by video, once a week, for twenty-six people.",
        "planned_fr": "De l’orientation par vidéo, une fois par semaine, pour vingt-six personnes.",
        "happened_en": "Fourteen of twenty-six came by phone at least once.",
        "happened_fr": "Quatorze personnes sur vingt-six sont venues par téléphone au moins une "
        "fois.",
        "why_en": "Data is kept for calls home; one phone is shared by four people.",
        "why_fr": "On garde ses données pour appeler au pays; quatre personnes partagent un "
        "téléphone.",
        "next_time_en": "Number first, link second. Send slides by text message before.",
        "next_time_fr": "Le numéro d’abord, le lien ensuite. Envoyer les diapositives par texto "
        "avant.",
        "not_reached_en": "Deaf participants: the phone line had no captions.",
        "not_reached_fr": "Les personnes sourdes : la ligne téléphonique n’avait pas de "
        "sous-titres.",
        "method": "own-numbers",
        "method_count": 26,
        "staff_time": "days",
        "money": "under-1000",
    },
    HIDDEN: {
        "name_en": "Do not move a women’s workshop to the evening without asking about the way "
        "home.",
        "name_fr": "Ne déplacez pas un atelier pour femmes en soirée sans parler du retour à la "
        "maison.",
        "description_en": "We moved a workshop from the morning to the evening because people "
        "work. Only three of fifteen came back: there was no bus after eight.",
        "description_fr": "Nous avons déplacé un atelier du matin au soir parce que les gens "
        "travaillent. Trois participantes sur quinze sont revenues : il n’y avait plus d’autobus "
        "après vingt heures.",
        "outcome": "did-not",
        "publisher": "Invented: Far North Welcome House",
        "visibility": "hidden",
        "topics": ["information-orientation"],
        "clients": ["women"],
        "provinces": ["YT"],
        "place_size": "remote",
        "agency_size": "under-10",
        "formats": ["in-person"],
        "barriers": ["barrier-childcare"],
        "happened_en": "Three of fifteen came. We went back to mornings.",
        "happened_fr": "Trois sur quinze sont venues. Nous sommes revenues au matin.",
        "not_reached_unknown": True,
        "method": "observation",
    },
    NOTE: {
        "name_fr": "Un rappel par texto la veille, dans la langue de la personne : deux fois moins "
        "d’absences.",
        "description_fr": "Nous avons envoyé un rappel par texto la veille de chaque rendez-vous.",
        "outcome": "partly",
        "publisher": "Inventé : Carrefour d’accueil de l’Est",
    },
}
# verdict, place, province, format, year, agency, why in English, why in French
ANSWERS = (
    ("worked", "small-centre", "ON", "phone-ok", 2026, "Invented: Quarry Town Services",
     "Seniors prefer it; staff read the slides aloud",
     "Les personnes aînées préfèrent cela; le personnel lit les diapositives"),
    ("worked", "small-centre", "MB", "phone-ok", 2026, "Invented: Wheatfield Welcome",
     "Works with an interpreter on the line", "Cela marche avec une ou un interprète en ligne"),
    ("worked", "small-centre", "NS", "hybrid", 2025, "Invented: Tidewater Settlement",
     "A number free of charge was what mattered", "Ce qui comptait, c’est un numéro sans frais"),
    ("partly", "small-centre", "AB", "phone-ok", 2025, "Invented: Foothills Bridge",
     "Fine for information, not for group talk",
     "Bien pour l’information, pas pour discuter en groupe"),
    ("did-not", "large-city", "BC", "online", 2026, "Invented: Harbourfront Collective",
     "People had video but no quiet room",
     "Les gens avaient la vidéo, mais pas de pièce tranquille"),
)  # fmt: skip


@transaction.atomic
def fill() -> Iterator[str]:
    """Add what is not there yet; what has been added, in lines."""
    if Resource.objects.filter(source_key=PHONE).exists():
        return
    made = {key: _published("resource", _whole(values), key) for key, values in LESSONS.items()}
    for number, answer in enumerate(ANSWERS):
        _published("corroboration", _answer(made[PHONE], answer), f"demo-answer-{number}")
    _published("collection", _collection(made), COLLECTION)
    yield f"{len(made)} invented lessons, {len(ANSWERS)} answers and a collection added."


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """All values of a lesson; terms that this site does not have are left out."""
    fixed = {"kind": "lesson", "no_client_recognized": True}
    known = {
        name: [each for each in values.get(name, []) if Tag.objects.filter(slug=each).exists()]
        for name in ("topics", "clients", "barriers")
    }
    status = {
        f"text_status_{lang}": "original" if values.get(f"description_{lang}") else "missing"
        for lang in ("en", "fr")
    }
    return {**LibraryForm.blank(), **values, **fixed, **known, **status}


def _answer(lesson: Entry, answer: tuple[Any, ...]) -> dict[str, Any]:
    verdict, place_size, province, how, year, agency, why_en, why_fr = answer
    return {
        **AnswerForm.blank(),
        "lesson": lesson.pk,
        "verdict": verdict,
        "place_size": place_size,
        "province": province,
        "format": how,
        "year": year,
        "agency": agency,
        "name_en": why_en,
        "name_fr": why_fr,
    }


def _collection(made: dict[str, Entry]) -> dict[str, Any]:
    real = Resource.objects.filter(source_key="res-digital-messaging-toolkit").first()
    pages = [
        (made[PHONE], "Begin here: it costs almost nothing.", "Commencez ici : presque gratuit."),
        (made[NOTE], "Small, and quickly done.", "Petit, et vite fait."),
        *([(real, "For whoever plans further.", "Pour aller plus loin.")] if real else []),
    ]
    return {
        **CollectionForm.blank(),
        "name_en": "Invented: Starting with hybrid service",
        "name_fr": "Inventé : Commencer la prestation hybride",
        "one_line_en": "Three things to read before the first session.",
        "one_line_fr": "Trois choses à lire avant la première séance.",
        "text_status_en": "original",
        "text_status_fr": "original",
        "items": [{"page": page.pk, "why_en": en, "why_fr": fr} for page, en, fr in pages],
    }


def _published(shelf: str, values: dict[str, Any], key: str) -> Entry:
    """What these values say, marked as invented, and public by turns."""
    entry = shelves.named(shelf).write(None, values)
    Entry.objects.filter(pk=entry.pk).update(invented=True, source_key=key)
    for verb in ("submit", "publish"):
        lifecycle.take(entry, verb, by=None, note="invented")
    shelves.index_entry(entry)
    return entry
