"""Small documents, concepts and questions for the tests of the search."""

from search.index import Concept, Document

CONCEPTS = (
    Concept(
        "kind:lip",
        {
            "en": "Local Immigration Partnership (LIP)",
            "fr": "Partenariat local en immigration (PLI)",
        },
        ("LIP", "PLI", "local immigration partnership"),
    ),
    Concept("topic:housing", {"en": "Housing", "fr": "Logement"}, ("shelter", "hébergement")),
    Concept(
        "topic:claimants",
        {"en": "Refugee claimants", "fr": "Demandeurs d’asile"},
        ("asylum seekers",),
    ),
    Concept(
        "topic:ai",
        {"en": "Artificial intelligence", "fr": "Intelligence artificielle"},
        ("AI", "IA"),
    ),
    Concept("topic:libraries", {"en": "Library", "fr": "Bibliothèque"}, ()),
    Concept("platform:discord", {"en": "Discord", "fr": "Discord"}, ()),
    Concept("region:bc", {"en": "British Columbia", "fr": "Colombie-Britannique"}, ("BC", "C.-B.")),
    Concept("region:on", {"en": "Ontario", "fr": "Ontario"}, ("ON",)),
    Concept(
        "region:nl",
        {"en": "Newfoundland and Labrador", "fr": "Terre-Neuve-et-Labrador"},
        ("NL", "T.-N.-L."),
    ),
    Concept("place:kamloops", {"en": "Kamloops", "fr": "Kamloops"}, (), ("region:bc",)),
    Concept("place:vernon", {"en": "Vernon", "fr": "Vernon"}, (), ("region:bc",)),
    Concept("place:gander", {"en": "Gander", "fr": "Gander"}, (), ("region:nl",)),
    Concept("place:ottawa", {"en": "Ottawa", "fr": "Ottawa"}, (), ("region:on",)),
    Concept("word:teacher", {"en": "teacher", "fr": "enseignant"}, ("instructor", "enseignante")),
    Concept("word:looking", {"en": "I am looking for", "fr": "je cherche"}, (), (), True),
)


def doc(
    name: str,
    text: str = "",
    *,
    fr: str = "",
    acronym: str = "",
    tags: tuple[str, ...] = (),
    kind: str = "cop",
    province: str = "ON",
    languages: tuple[str, ...] = ("en",),
    topics: tuple[str, ...] = (),
    concepts: tuple[str, ...] = (),
    newest: int = 0,
    standing: int = 5,
    shelf: str = "listing",
) -> Document:
    """A document with the facets of a group."""
    return Document(
        names=tuple(n for n in (name, fr, acronym) if n),
        tags=tags,
        text=(text,) if text else (),
        facets={
            "shelf": (shelf,),
            "kind": (kind,),
            "province": (province,),
            "language": languages,
            "topic": topics or ("unknown",),
        },
        concepts=(*concepts, f"region:{province.lower()}"),
        titles={"en": name, "fr": fr or name},
        newest=newest,
        standing=standing,
    )


GROUPS = {
    1: doc(
        "Vernon Local Immigration Partnership",
        "Newcomers and services plan together.",
        acronym="VLIP",
        kind="lip",
        province="BC",
        concepts=("kind:lip", "place:vernon"),
        newest=10,
        standing=6,
    ),
    2: doc(
        "Ottawa Local Immigration Partnership",
        "Sector tables on health and housing.",
        acronym="OLIP",
        fr="Partenariat local en immigration d’Ottawa",
        kind="lip",
        concepts=("kind:lip", "place:ottawa"),
        languages=("en", "fr"),
        newest=20,
    ),
    3: doc(
        "Housing Working Group",
        "Short-term housing for refugee claimants.",
        province="BC",
        topics=("housing", "claimants"),
        concepts=("topic:housing", "topic:claimants"),
        newest=30,
    ),
    4: doc(
        "Coalition of Refuge Houses",
        "Agencies that lodge asylum seekers; serves Canmore too.",
        topics=("claimants",),
        concepts=("topic:claimants",),
        newest=5,
        standing=0,
    ),
    5: doc(
        "Francophone Immigration Network of New Brunswick",
        "Réseau provincial des écoles et des familles.",
        fr="Réseau en immigration francophone du Nouveau-Brunswick",
        acronym="RIFNB",
        province="NB",
        languages=("fr",),
        kind="rif",
        newest=40,
    ),
    6: doc(
        "Tutela",
        "A community of teachers of English as a second language, with webinars.",
        tags=("Language training",),
        newest=50,
        standing=9,
    ),
    7: doc(
        "移民服务网络",
        "渥太华的移民服务 for Chinese-speaking newcomers",
        languages=("zh",),
        newest=60,
    ),
    8: doc("مجموعة القادمين الجدد", "مجموعة دعم للقادمين في أوتاوا", languages=("ar",), newest=70),
    9: doc(
        "Library Settlement Partnerships",
        "Libraries and agencies in eleven communities; mental health too.",
        topics=("libraries",),
        concepts=("topic:libraries",),
        newest=80,
    ),
    10: doc(
        "Mental Health Project",
        "Training on well-being for counsellors.",
        fr="Projet de santé mentale",
        languages=("en", "fr"),
        newest=90,
        standing=2,
    ),
}

QUESTIONS = (
    "",
    "vernon",
    "VLIP",
    "local immigration partnership",
    "housing for asylum seekers",
    "rif nb",
    "tutella",
    "teachers",
    "enseignante",
    "移民",
    "القادمين",
    "libraries",
    "santé mentale",
    "mental helth",
    "network",
    "Kamloops local immigration partnership",
    "discord server",
    "knitting circle Gander",
    "I am looking for a group for people who work with refugee families in hotels",
    "on",
    "zzzz",
)
