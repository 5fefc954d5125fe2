"""What somebody's own words give away of who they are: people, agencies, places, addresses.

Only hints for a page that asks: nothing is refused because of them. Large cities and provinces
fit many agencies, so to name one gives nothing away; nor do languages, months and tools.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto


class Of(StrEnum):
    """What is given away."""

    PERSON = auto()
    AGENCY = auto()
    PLACE = auto()
    ADDRESS = auto()


@dataclass(frozen=True)
class Telling:
    """Words as they stand in the text, and what they give away."""

    words: str
    of: Of


Hit = tuple[int, str, Of]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Mail for everybody: such a domain names no agency, such a mailbox nobody.
COMMON_MAIL = _words("gmail hotmail outlook live yahoo icloud protonmail proton videotron")
COMMON_BOX = _words("admin bureau contact courriel direction hello info mail office reception")
# Words of a name that give no letter to its acronym.
SMALL = _words("of the and for in at on a de des du la le les et pour a au aux en d l")
# With more than a quarter of a million people: several agencies in each. Folded, as all below.
LARGE_CITIES = frozenset(
    "toronto|scarborough|north york|etobicoke|mississauga|brampton|markham|vaughan|ottawa|hamilton|"
    "london|kitchener|waterloo|windsor|montreal|laval|longueuil|gatineau|quebec city|"
    "ville de quebec|vancouver|metro vancouver|surrey|burnaby|richmond|calgary|edmonton|winnipeg|"
    "regina|saskatoon|halifax|ottawa-gatineau|greater toronto area|golden horseshoe|peel region|"
    "york region|durham region|halton region|waterloo region|richmond hill|"
    "prince edward island|ile de montreal".split("|")
)
PROVINCES = _words(
    "canada british columbia alberta saskatchewan manitoba ontario quebec brunswick scotia "
    "newfoundland labrador yukon nunavut territories colombie-britannique nouveau-brunswick "
    "nouvelle-ecosse ile-du-prince-edouard terre-neuve-et-labrador atlantic atlantique prairies"
)
# Everyday words that are towns as well: at the beginning of a sentence they say nothing.
ALSO_TOWNS = _words("hope golden mission trail delta paradise parkland chaleur souris marathon")
# Half of the agencies have these in their names.
OF_MANY_AGENCIES = _words(
    "access accueil action adult agence agency aide alliance area arrivantes arrivants assistance "
    "association board bureau canadian canadienne canadien care carrefour center central centre "
    "city clinic coalition college committee communaute communautaire communication communities "
    "community connection connections conseil coop cooperative council county cultural culture "
    "culturel culturelle cultures department development district diversity door economic "
    "education employment english equipe esl etablissement families famille familles family "
    "federation femmes first foundation francais francophone francophones french friends global "
    "group groupe health help hospital house housing human immigrant immigrante immigrantes "
    "immigrants immigration inclusion information institute integration intercultural "
    "interculturel interculturelle international job jobs jeunes language languages learning "
    "legal library lip literacy local maison ministry multicultural multiculturel "
    "multiculturelle municipal municipality municipalite national neighbourhood network new "
    "newcomer newcomers nord north northern nouveau nouveaux nouvelle nouvelles office open "
    "organisation organisme organization ouest partenariat parents partnership people place pli "
    "program programme programs project projet public reception refugee refugees refugies region "
    "regional regionale reseau resettlement resource resources rif school seniors service "
    "services settlement skills social societe society south southern soutien sud support table "
    "team together town training trust union united university ville village welcome welcoming "
    "west western women women's work worker workers world youth east eastern"
)  # fmt: skip
# Written with a capital, and nobody's name and no town's.
NOBODY = _words(
    "january february march april may june july august september october november december "
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi "
    "samedi dimanche christmas easter ramadan eid noel paques internet wifi google microsoft "
    "apple android zoom teams whatsapp facebook messenger signal telegram wechat viber skype "
    "slack youtube excel word powerpoint outlook canva padlet kahoot office windows drive forms "
    "arabic dari farsi persian pashto ukrainian russian spanish portuguese punjabi hindi urdu "
    "tagalog mandarin cantonese chinese somali tigrinya amharic swahili kurdish turkish "
    "vietnamese syrian syrians afghan afghans ukrainians indian filipino eritrean francophones "
    "the a an this that these those our my your his her their its and but or so if as at by from "
    "with without when while where then there here we you they it he she who what how why "
    "i yesterday today tomorrow now later afterwards before since until once first second "
    "finally also however therefore meanwhile instead still perhaps sometimes often always "
    "everybody nobody somebody many most some all no not yes only even after because although "
    "le la les un une des du de ce cet cette ces notre nos mon ma mes votre vos son sa ses leur "
    "leurs et ou mais donc si comme par avec sans quand ou ici nous vous ils elles il elle on qui "
    "que quoi comment pourquoi hier aujourd'hui demain maintenant puis ensuite enfin aussi alors "
    "depuis avant apres pendant parfois souvent toujours cependant toutefois heureusement tous "
    "toutes beaucoup plusieurs certains certaines near around outside inside saint-valentin "
    "saint-jean-baptiste management system safety survey guide handbook portal policy week day "
    "cafe circle hub in sierra leone costa rica arabia faso hong kong sri lanka saudi salvador "
    "burkina guinea emirates kingdom states"
)

UP, LOW = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
# One word with a capital that does not end with one: an acronym is nobody's name.
NAME = rf"[{UP}][’'{UP}{LOW}-]{{0,38}}[{LOW}]"
GAP = r"[ \u00a0]"
ROLE = (
    r"(?:(?:executive|program|project|general|team) )?(?:manager|director|boss|supervisor|"
    r"colleague|co-?worker|co-?ordinator|team lead|president|chair|counsell?or|case ?worker|"
    r"settlement worker|social worker|worker|volunteer|interpreter|teacher|instructor|"
    r"receptionist|client|participant|student|learner|mentor|neighbour|friend|husband|wife|"
    r"gestionnaire|patron(?:ne)?|directeur|directrice|superviseure?|superviseuse|collègue|"
    r"coordonnateur|coordonnatrice|coordinateur|coordinatrice|chef(?:fe)?|responsable|présidente?|"
    r"intervenante?|bénévole|interprète|enseignante?|formateur|formatrice|professeure?|"
    r"réceptionniste|cliente?|participante?|élève|étudiante?|conseill(?:er|ère)|travailleur|"
    r"travailleuse|mentore?|voisine?|amie?|mari|épouse|conjointe?)"
    r"(?: (?:générale?|adjointe?|principale?|sociale?|de programme|de projet|d[’']équipe))?"
)
TITLE = "Mr|Mrs|Ms|Miss|Mx|Dr|Dre|Prof|Mme|Mlle|M"
# What stands before a name with a capital that is no person's: of place, of kind, of doing.
NO_ROLE = "|".join(
    _words(
        "in at from of near with for to and or on by as is are was were has have had about via "
        "than around outside inside into during since until before after the a an this that all "
        "new old young younger older first second third last next local many few some several "
        "recent own small big large main whole online virtual former usual regular current "
        "federal provincial annual yearly weekly monthly daily early late open free very mostly "
        "use uses used using like likes liked love loves try tried tries speak speaks spoke learn "
        "learned want wants need needs celebrate celebrated called calls prefer prefers preferred "
        "project projects program programs programme programmes group groups page pages app apps "
        "club clubs café site website circle workshop workshops course courses class classes "
        "session sessions tool tools survey event events series town city village office offices "
        "agency centre center region platform account channel chat meeting meetings day week "
        "party festival funder guide newsletter course partner partners initiative team "
        "à au aux de du des en dans sur chez avec pour par et ou vers hors est sont a ont la le "
        "les un une plus très premier première dernier dernière nouveau nouvelle petit petite "
        "utilise utilisent utilisait préfère préfèrent aime aiment essaie essayé parle parlent "
        "projet projets groupe groupes cercle atelier ateliers cours classe classes séance "
        "séances outil outils sondage événement événements ville bureau bureaux agence organisme "
        "centre région plateforme compte chaîne canal réunion réunions fête journée semaine "
        "bailleur infolettre partenaire partenaires initiative équipe application appli"
    )
)
WHOSE = r"(?:my|our|his|her|their|the|one|a|an|mon|ma|notre|son|sa|leur|la|le|une?|l[’'])"
PEOPLE = (
    # "Mrs. Tremblay", « Mme Diallo »: a title and a name.
    re.compile(
        rf"\b(?:{TITLE})\b\.?{GAP}+"
        rf"(?P<name>[{UP}][\w’'-]+)(?:{GAP}[{UP}][\w’'-]+)?"
    ),
    # "my manager Brenda", « notre directrice, Nadia Haddad »
    re.compile(
        rf"(?:\b(?i:{WHOSE}){GAP}?)?\b(?i:{ROLE}s?),?{GAP}(?P<name>{NAME})\b(?:{GAP}{NAME}\b)?"
    ),
    # "Brenda, our manager"
    re.compile(rf"\b(?P<name>{NAME}(?:{GAP}{NAME})?), (?i:my|our|mon|ma|notre) (?i:{ROLE})\b"),
    # "a woman named Fatima", « un père prénommé Omar »
    re.compile(rf"\b(?i:named|prénommée?){GAP}(?P<name>{NAME})\b(?:{GAP}{NAME}\b)?"),
    # "our driver Gertrude", « notre chauffeur bénévole Gertrude »
    re.compile(
        rf"\b(?i:our|my|notre|nos|mon|ma|mes){GAP}(?:[{LOW}-]{{2,30}}{GAP})?(?!(?:{NO_ROLE}){GAP})"
        rf"[{LOW}-]{{2,30}}(?<!ed){GAP}(?!(?:{TITLE})\b)(?P<name>{NAME})\b(?:{GAP}{NAME}\b)?"
    ),
    # "Gertrude and Mary Smith phoned", « Gertrude et Marie Roy ont appelé »
    re.compile(
        rf"\b{NAME}{GAP}(?:and|et){GAP}(?P<name>{NAME}{GAP}{NAME})(?={GAP}(?:[{LOW}]{{1,20}}ed|"
        r"said|told|came|went|gave|made|ran|wrote|took|had|have|were|are|ont|sont|avaient|"
        r"étaient|nous)\b)"
    ),
)
WATERS = (
    "Falls|Lake|River|Bay|Creek|Island|Harbour|Landing|Inlet|Valley|County|Township|Hills|Beach|"
    "Cove|Narrows|Portage|Reserve"
)
PLACES = (
    # "Smooth Rock Falls", wherever it stands
    re.compile(rf"\b(?P<name>{NAME}(?:{GAP}{NAME}){{0,2}}{GAP}(?:{WATERS}))\b"),
    # « Rivière-au-Renard », « Saint-Quentin », "St. Walburg"
    re.compile(
        r"\b(?P<name>(?:Lac|Baie|Rivière|Pointe|Anse|Île|Chutes?|Cap|Saint|Sainte|St|Ste|Fort|"
        rf"Notre-Dame)\.?[ -](?:(?:à|au|aux|de|du|des|la|le|les|sur)[ -]){{0,2}}{NAME})\b"
    ),
    # "in Tumbler Ridge", « près de Lac Brochet »
    re.compile(
        r"\b(?i:in|near|around|outside|from|at|à|(?:près|hors|autour) d[e’'])"
        rf"{GAP}?(?P<name>{NAME}(?:{GAP}{NAME}){{1,3}})\b"
    ),
    # "the town of Wawa", « le village de Makkovik »
    re.compile(
        r"\b(?i:town|village|hamlet|municipality|city|county|municipalité|hameau|ville)"
        rf"{GAP}(?:of|de|d[’']){GAP}?(?P<name>{NAME}(?:{GAP}{NAME}){{0,3}})\b"
    ),
)
ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>«»\"]+", re.IGNORECASE
)
WORD = re.compile(r"\w+(?:[’']\w+)*")


def given_away(
    text: str,
    *,
    agency: Iterable[str] = (),
    authors: Iterable[str] = (),
    towns: Iterable[str] = (),
    ordinary: Iterable[str] = (),
    email: str = "",
) -> list[Telling]:
    """What in `text` names a person, the agency, a town, or is an address: each once, in order.

    `agency` are its names and acronyms; `towns` those that few agencies are in; `ordinary` words
    with a capital that name nobody; `email` is the writer's address, whose domain may be the
    agency's.
    """
    text = unicodedata.normalize("NFC", text)
    folded = _folded(text)
    nobody = NOBODY | OF_MANY_AGENCIES | set(map(_folded, ordinary))
    box, _at, domain = email.partition("@")
    found = [
        *((m.start(), m.group().rstrip(".,;:!?)"), Of.ADDRESS) for m in ADDRESS.finditer(text)),
        *_people(text, nobody),
        *_authors([*authors, *re.split(r"[._+\d-]+", box)], text, folded),
        *_agency(agency, domain, text, folded),
        *_places(text, nobody),
        *_towns(towns, text, folded),
    ]
    given, end = [], 0
    for at, words, of in sorted(found, key=lambda hit: (hit[0], -len(hit[1]))):
        if at >= end:
            given.append(Telling(words, of))
            end = at + len(words)
    return list(dict.fromkeys(given))


def fits_many(place: str) -> bool:
    """Whether a place is so large that many agencies are in it: a large city, a province."""
    name = _folded(unicodedata.normalize("NFC", place))
    return name in LARGE_CITIES or not PROVINCES.isdisjoint(name.split())


def _people(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    for pattern in PEOPLE:
        for match in pattern.finditer(text):
            name = _folded(match["name"])
            if nobody.isdisjoint(name.split()) and not fits_many(name):
                yield match.start(), match.group(), Of.PERSON


def _authors(names: Iterable[str], text: str, folded: str) -> Iterator[Hit]:
    """The whole name, and each part of it that is written with a capital."""
    for name in names:
        for at, words in _standing(name, text, folded) if " " in name else ():
            yield at, words, Of.PERSON
        for part in re.split(r"[\s,;.]+", name):
            if len(part) >= 3 and _folded(part) not in NOBODY | OF_MANY_AGENCIES | COMMON_BOX:
                for at, words in _standing(part, text, folded):
                    if words[:1].isupper():
                        yield at, words, Of.PERSON


def _places(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    for pattern in PLACES:
        for match in pattern.finditer(text):
            at, name = match.start("name"), match["name"]
            first, _gap, rest = name.partition(" ")
            if _folded(first) in nobody and rest:
                at, name = at + len(first) + 1, rest  # "The Elliot Lake office"
            parts = _folded(name).split()
            if name in WATERS.split("|") or any(map(fits_many, (name, *parts))):
                continue
            if nobody.isdisjoint(parts):
                yield at, name, Of.PLACE


def _towns(towns: Iterable[str], text: str, folded: str) -> Iterator[Hit]:
    for town in towns:
        for at, words in _standing(town, text, folded):
            # Hope and Golden are towns in British Columbia; hope and golden are not.
            is_everyday = _folded(words) in ALSO_TOWNS and _opens(text, at)
            if words[:1].isupper() and not is_everyday:
                yield at, words, Of.PLACE


def _agency(names: Iterable[str], domain: str, text: str, folded: str) -> Iterator[Hit]:
    for name in names:
        for wanted in _called(name):
            for at, words in _standing(wanted, text, folded):
                yield at, words, Of.AGENCY
        yield from _parts_of(name, text)
    own = domain.rpartition(".")[0].rpartition(".")[2]
    if own and own.lower() not in COMMON_MAIL:
        for wanted in (domain, own) if len(own) >= 4 else (domain,):
            for at, words in _standing(wanted, text, folded):
                yield at, words, Of.AGENCY


def _called(name: str) -> Iterator[str]:
    """A name, what stands in its brackets, and the acronyms that people make of it."""
    yield name
    for part in map(str.strip, re.split(r"[()/,–—]", name)):
        if not (fits_many(part) or OF_MANY_AGENCIES.issuperset(_folded(part).split())):
            yield part
    words = re.findall(r"\w+", name)
    letters = "".join(word[0] for word in words if _folded(word) not in SMALL).upper()
    short = {letters[:end] for end in range(3, len(letters) + 1)} if len(letters) >= 3 else set()
    whole = "".join(word[0] for word in words).upper()
    yield from sorted({*short, *((whole,) if len(whole) >= 3 else ())} - {"ESL", "FSL", "LIP"})


def _parts_of(name: str, text: str) -> Iterator[Hit]:
    """Words of the name that other agencies do not have, where they stand together or alone."""
    own = {_folded(word) for word in WORD.findall(name)}
    rare = {
        word
        for word in own - SMALL - OF_MANY_AGENCIES - NOBODY
        if len(word) >= 3 and not fits_many(word)
    }
    run: list[re.Match[str]] = []
    for word in (*WORD.finditer(text), None):
        goes_on = word and run and text[run[-1].end() : word.start()] in (" ", "\u00a0", "-")
        if run and not (goes_on and word and _folded(word.group()) in own):
            yield from _telling(run, rare, text)
            run = []
        if word and _folded(word.group()) in own:
            run.append(word)


def _telling(run: list[re.Match[str]], rare: set[str], text: str) -> Iterator[Hit]:
    """The words of a run from its first rare one to its last, if they say enough."""
    at = [number for number, word in enumerate(run) if _folded(word.group()) in rare]
    if not at:
        return
    run = run[at[0] : at[-1] + 1]
    words = text[run[0].start() : run[-1].end()]
    # One word alone may be an everyday one: it must have a capital, and not only because it opens.
    least = 7 if _opens(text, run[0].start()) else 4
    if len(at) > 1 or (words[:1].isupper() and len(words) >= least):
        yield run[0].start(), words, Of.AGENCY


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins there."""
    before = text[max(0, at - 80) : at].rstrip(' \u00a0«“"(')
    return not before or before[-1] in ".!?:\n"


def _standing(name: str, text: str, folded: str) -> list[tuple[int, str]]:
    """Where the words of `name` stand in `text`, whatever their case and accents.

    A name in capitals is an acronym, which must stand there in capitals.
    """
    wanted = _folded(unicodedata.normalize("NFC", name)).strip()
    if len(wanted) < 2 or wanted not in folded:
        return []
    pattern = rf"(?<!\w){re.escape(wanted)}(?!\w)"
    hits = [(m.start(), text[m.start() : m.end()]) for m in re.finditer(pattern, folded)]
    return [(at, words) for at, words in hits if words.isupper() or not name.isupper()]


def _folded(text: str) -> str:
    """Lower case without accents, one character for one, so that places stay the same."""
    return "".join(
        {"’": "'", "\u00a0": " ", "‑": "-"}.get(c) or unicodedata.normalize("NFD", c)[0].lower()[0]
        for c in text
    )
