"""What in a text a reviewer must look at: found in what people write, and only there."""

import pytest
from django.core.exceptions import ValidationError

from curation.texts import (
    What,
    findings,
    findings_in,
    invitations,
    links,
    no_invitation,
    phone_numbers,
)

pytestmark = pytest.mark.once

FOUND = [
    ("Call 416-555-1234 after nine.", What.PHONE, "416-555-1234"),
    ("(416) 555 1234", What.PHONE, "(416) 555 1234"),
    ("+1 416 555 1234", What.PHONE, "+1 416 555 1234"),
    ("1-800-555-1234", What.PHONE, "1-800-555-1234"),
    ("416.555.1234", What.PHONE, "416.555.1234"),
    ("4165551234", What.PHONE, "4165551234"),
    ("+44 20 7946 0958", What.PHONE, "+44 20 7946 0958"),
    ("+380 (44) 123-45-67", What.PHONE, "+380 (44) 123-45-67"),
    ("Write to first.last+x@mail.example.org.", What.EMAIL, "first.last+x@mail.example.org"),
    ("chat.whatsapp.com/AbC", What.INVITATION, "chat.whatsapp.com/AbC"),
    ("Join (https://t.me/+abc).", What.INVITATION, "https://t.me/+abc"),
    ("DISCORD.GG/abc", What.INVITATION, "DISCORD.GG/abc"),
    ("ch\u200bat.whatsapp.com/xyz", What.INVITATION, "chat.whatsapp.com/xyz"),
    ("pay\u202eload", What.TURNS, "payload"),
    ("a\u2066b", What.TURNS, "ab"),
    ("zero\u200bwidth", What.UNSEEN, "zero\u200bwidth"),
    ("tag\U000e0041", What.UNSEEN, "\U000e0041"),
    ("soft\u00adhyphen", What.UNSEEN, "soft\u00adhyphen"),
]
FINE = [
    "",
    "Founded in 2014, renewed 2024-2025.",
    "2019–2024 plan, 10,000 people, 1 000 000 000 $",
    "Room 416, 555 King Street, 2nd floor",
    "https://example.org/416-555-1234 and https://example.org/?id=4165551234",
    "https://t.me/housing_circle",
    "famille 👨‍👩‍👧 می‌خواهم",
    "مجموعة \u200fالعمل\u200e",
    "a@b, @housing, 50 % @ home",
    "ISBN 978-0-306-40615-7",
]


@pytest.mark.parametrize(("text", "what", "excerpt"), FOUND, ids=[ascii(t[0])[:40] for t in FOUND])
def test_what_must_be_looked_at_is_found(text, what, excerpt):
    assert (what, excerpt) in [(each.what, each.excerpt) for each in findings(text)]


@pytest.mark.parametrize("text", FINE, ids=[ascii(text)[:40] for text in FINE])
def test_plain_text_is_left_alone(text):
    assert findings(text) == []


def test_long_text_is_read_quickly():
    assert findings("416 555 " * 20_000 + "a" * 100_000 + "@" * 1_000) == []
    assert links("a." * 50_000 + "-") == []


def test_each_thing_is_named_once():
    assert len(findings("a@b.org, a@b.org")) == 1


def test_values_of_a_form_are_read_field_by_field():
    values = {"name_en": "Circle", "words": ["tea", "416-555-1234"], "size": None, "hosts": [3]}
    assert list(findings_in(values)) == ["words"]


def test_invitation_in_a_text_is_refused():
    with pytest.raises(ValidationError) as refused:
        no_invitation("Come to chat.whatsapp.com/AbC")
    assert refused.value.code == "invitation"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("See www.agency.ca!", ["www.agency.ca"]),
        ("Join t.me/ours, please", ["t.me/ours"]),
        ("Join T.ME/ours", ["T.ME/ours"]),
        ("Join t\u200b.me/ours", ["t.me/ours"]),
        ("Join ｔ．ｍｅ/ours", ["t.me/ours"]),
        ("Mail me: ada@agency.ca", []),
        ("I work in Halifax. Me too.", []),
        ("We meet at 5 p.m. and at 7.30.", []),
    ],
)
def test_links_in_a_text_are_found(text, found):
    assert links(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our group: chat.whatsapp.com/AbC", ["chat.whatsapp.com/AbC"]),
        ("Our group: https://t.me/+AbC and www.agency.ca", ["https://t.me/+AbC"]),
        ("Our channel: t.me/public_name", []),
        ("加入群chat.whatsapp.com/AbC", ["chat.whatsapp.com/AbC"]),
        ("_chat.whatsapp.com/AbC_", ["chat.whatsapp.com/AbC_"]),
        ("...chat.whatsapp.com/AbC", ["chat.whatsapp.com/AbC"]),
        ("-chat.whatsapp.com/AbC", ["chat.whatsapp.com/AbC"]),
        ("@chat.whatsapp.com/AbC", ["chat.whatsapp.com/AbC"]),
        ("Group=chat.whatsapp.com/AbC", ["chat.whatsapp.com/AbC"]),
        ("a." * 12 + "t.me/+AbC", []),
    ],
)
def test_invitations_in_a_text_are_found(text, found):
    assert invitations(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 416-555-0199.", ["416-555-0199"]),
        ("Call +1 (416) 555 0199", ["+1 (416) 555 0199"]),
        ("Call 1.416.555.0199", ["1.416.555.0199"]),
        ("Call ４１６５５５０１９９", ["4165550199"]),
        ("Call 4\u200b165550199", ["4165550199"]),
        ("Call 555-0199", ["555-0199"]),
        ("Call 416/555/0199 or 416–555–0199", ["416-555-0199", "416-555-0199"]),
        ("Call 416-**555**-0199 or 416_555_0199", ["416-555-0199", "416-555-0199"]),
        ("Call 4 1 6 5 5 5 0 1 9 9", ["4 1 6 5 5 5 0 1 9 9"]),
        ("From 2020/2021 to 2022–2023, see https://example.org/416/555/0199", []),
        ("Room 555-019, order 12-555-0199-3", []),
        ("In 2024-2027 we met", []),
        ("On 2026-06-15 we met", []),
        ("We are 120 people in 13 towns", []),
    ],
)
def test_phone_numbers_in_a_text_are_found(text, found):
    assert phone_numbers(text) == found
