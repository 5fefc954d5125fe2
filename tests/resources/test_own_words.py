"""What a text gives away of who wrote it: true cases, and words that must raise no alarm."""

import time

import pytest

from resources.own_words import fits_many, given_away

pytestmark = pytest.mark.once

AGENCY = ["Calgary Catholic Immigration Society", "Réseau Établissement"]
SMALL = ["Smooth Rock Falls Newcomer Centre (SRFNC)"]
TOWNS = ["Hope", "Trois-Rivières", "St. John’s", "Kapuskasing", "Estrie"]
ORDINARY = ["Tigrinya", "Padlet"]

GIVEN_AWAY = [
    (
        "The calgary catholic immigration society.",
        {"calgary catholic immigration society": "agency"},
    ),
    ("CCIS tried it, and ccis is small.", {"CCIS": "agency"}),
    ("Le reseau etablissement l’a essayé.", {"reseau etablissement": "agency"}),
    ("We hope that Hope will follow.", {"Hope": "place"}),
    ("À Trois-Rivières, puis à St. John's.", {"Trois-Rivières": "place", "St. John's": "place"}),
    ("Kapuskasing has no bus. Nor has l’Estrie.", {"Kapuskasing": "place", "Estrie": "place"}),
    (
        "Write to Ana.b@ccisab.ca or see www.ccisab.ca/x.",
        {"Ana.b@ccisab.ca": "address", "www.ccisab.ca/x": "address"},
    ),
    ("The ccisab tablets", {"ccisab": "agency"}),
    ("Mrs. Tremblay and Dr Amina Diallo", {"Mrs. Tremblay": "person", "Dr Amina Diallo": "person"}),
    ("Mme Diallo, M.\u00a0Roy", {"Mme Diallo": "person", "M.\u00a0Roy": "person"}),
    ("Hopeful people in Trois-Rivièresien", {}),
    # People by what they are
    ("My manager Brenda said no.", {"My manager Brenda": "person"}),
    ("our executive director, Nadia Haddad", {"our executive director, Nadia Haddad": "person"}),
    ("Brenda, our manager, said no.", {"Brenda, our manager": "person"}),
    ("A client named Fatima came.", {"named Fatima": "person"}),
    ("one client Fatima came", {"one client Fatima": "person"}),
    ("Ma gestionnaire Brenda a dit non.", {"Ma gestionnaire Brenda": "person"}),
    ("notre directrice générale, Élise Roy", {"notre directrice générale, Élise Roy": "person"}),
    ("l’intervenante Aïcha est venue", {"l’intervenante Aïcha": "person"}),
    ("Amina told us, and amina did not.", {"Amina": "person"}),
    ("our driver Gertrude knocked on the door", {"our driver Gertrude": "person"}),
    ("my bus driver Gertrude Roy", {"my bus driver Gertrude Roy": "person"}),
    ("Notre chauffeur bénévole Gertrude", {"Notre chauffeur bénévole Gertrude": "person"}),
    ("nos voisins Omar et Lina", {"nos voisins Omar": "person"}),
    ("our driver Ms. Roy", {"Ms. Roy": "person"}),
    ("Gertrude and Mary Smith phoned", {"Gertrude and Mary Smith": "person"}),
    ("Gertrude et Marie Roy ont appelé", {"Gertrude et Marie Roy": "person"}),
    # Small places that are on no list of ours
    ("We tried it in Smooth Rock Falls.", {"Smooth Rock Falls": "place"}),
    ("In Tumbler Ridge nobody came", {"Tumbler Ridge": "place"}),
    ("the town of Wawa", {"Wawa": "place"}),
    ("près de Rivière-au-Renard", {"Rivière-au-Renard": "place"}),
    ("le village de Makkovik", {"Makkovik": "place"}),
    ("à Saint-Quentin", {"Saint-Quentin": "place"}),
    # Nobody in particular
    ("We tried it for three months.", {}),
    ("Yesterday, our manager said no. Then my colleagues left.", {}),
    ("My colleague Zoom and our client WhatsApp group", {}),
    ("our volunteer Tigrinya speakers, one client Padlet", {}),
    ("In April, our director was away; our manager, in May, too.", {}),
    ("our Zoom sessions, our partner YMCA, our partner Duolingo", {}),
    ("notre groupe WhatsApp, notre groupe Passerelle, mon équipe Trello", {}),
    ("my colleague in Toronto; nos partenaires de Montréal, notre bureau à Sept-Rives", {}),
    ("our Ukrainian clients, our young Congolese clients, our first Nowruz", {}),
    ("our clients speak Lingala. Our clients downloaded Gimp. My clients Monday", {}),
    ("English and French classes started. Monday and Tuesday Morning were full.", {}),
    ("Lundi et mardi nous étions là. Zoom et Google Forms ont aidé.", {}),
    ("Coffee and Conversation Hour for Bridges and Community Kitchens were full.", {}),
    ("We work in Toronto, near Calgary and in Northern Ontario.", {}),
    ("from Prince Edward Island, British Columbia or Nova Scotia", {}),
    ("in Microsoft Teams, from Human Resources, at Immigration Canada", {}),
    ("Nous sommes à Montréal, près de Québec.", {}),
    ("Hier, notre gestionnaire était absente. Notre directrice aussi.", {}),
    ("Le client Ontario au travail arrive.", {}),
    ("refugees from Sierra Leone and Sri Lanka", {}),
    ("Hope is needed. Mission done.", {}),
    ("The society of immigration, a réseau, an établissement", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named"), GIVEN_AWAY)
def test_text_that_names_the_agency_a_place_or_a_person_is_seen(text, named):
    found = given_away(text, agency=AGENCY, towns=TOWNS, ordinary=ORDINARY, email="amina@ccisab.ca")
    assert {each.words: each.of for each in found} == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Smooth Rock Falls Newcomer Centre is small", ["Smooth Rock Falls Newcomer Centre"]),
        ("At SRFNC, at SRF and at SRFNC", ["SRFNC", "SRF"]),
        ("the smooth rock office", ["smooth rock"]),
        ("Then Smooth was told", ["Smooth"]),
        ("It was smooth. Smooth rides, rock, falls, a newcomer centre, The Newcomer Centre", []),
    ],
)
def test_short_names_and_rare_words_of_the_agency_are_seen(text, named):
    assert [each.words for each in given_away(text, agency=SMALL)] == named


def test_names_of_the_authors_are_seen_whole_and_in_parts():
    found = given_away("Nadia and nadia haddad; haddad", authors=["Nadia Haddad"])
    assert [each.words for each in found] == ["Nadia", "nadia haddad"]


def test_mail_for_everybody_names_no_agency():
    assert given_away("We use gmail.com, Info and Ana.", email="info@gmail.com") == []


@pytest.mark.parametrize(
    ("place", "many"), [("Montréal", True), ("Northern Ontario", True), ("Kapuskasing", False)]
)
def test_large_cities_and_provinces_fit_many_agencies(place, many):
    assert fits_many(place) == many


def test_long_text_of_an_enemy_is_read_in_time():
    text = " ".join(["A" * 4000, "Aa-" * 3000, "My manager " * 900, "in Aa Bb " * 900])
    began = time.process_time()
    given_away(text, agency=["A B C D E"], towns=[f"Town{n}" for n in range(1500)])
    assert time.process_time() - began < 5
