"""What is found in a sentence: who joined, left, signed, founded, hosts what, and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.documents.model import Document
from foedus.documents.reader import Reader

Rows = Callable[..., list[tuple[str, str | None, str | None, str]]]

FOUND = [
    ("Spain joined NATO in 1982.", [("member_joined", "ESP", "NATO", "1982")]),
    ("In 1982 Spain joined NATO.", [("member_joined", "ESP", "NATO", "1982")]),
    ("Hungary has been a member of NATO since 1999.", [("member_of", "HUN", "NATO", "1999")]),
    ("Albania left the Warsaw Pact in 1968.", [("member_left", "ALB", "WTO-WARSAW", "1968")]),
    ("Ireland never joined NATO.", [("never_member", "IRL", "NATO", "")]),
    ("Montenegro did not enter NATO until 2017.", [("member_joined", "MNE", "NATO", "2017")]),
    ("NATO was founded in 1949.", [("founded", "NATO", None, "1949")]),
    ("The Warsaw Pact was dissolved in 1991.", [("dissolved", "WTO-WARSAW", None, "1991")]),
    ("The CSTO has its headquarters in Moscow.", [("headquartered_in", "CSTO", "RUS", "")]),
    ("NATO has 32 members.", [("membership_count", "NATO", "32", "")]),
    ("The base at Manas was closed in 2014.", [("base_closed", "manas", "KGZ", "2014")]),
    (
        "Greece and Turkey joined NATO in 1952.",
        [("member_joined", "GRC", "NATO", "1952"), ("member_joined", "TUR", "NATO", "1952")],
    ),
    (
        "Slovenia entered the EU in 2004 and NATO a year earlier.",
        [("member_joined", "SVN", "EU", "2004")],
    ),
    (
        "Uzbekistan joined the CSTO in 2006 and left it six years later.",
        [("member_joined", "UZB", "CSTO", "2006"), ("member_left", "UZB", "CSTO", "2012")],
    ),
    (
        "Iraq and Turkey signed the Baghdad Pact in February 1955.",
        [("treaty_signed", "IRQ", "BAGHDAD-PACT", "1955-02"), ("treaty_signed", "TUR", "BAGHDAD-PACT", "1955-02")],
    ),
    (
        "The CSTO met. The organization was founded in 2002 and Armenia froze its participation in it in 2024.",
        [("founded", "CSTO", None, "2002")],
    ),
    (
        "In 1999, Belarus and Russia signed a treaty on a two-state union.",
        [
            ("treaty_signed", "BLR", "UNION-STATE-TREATY", "1999"),
            ("treaty_signed", "RUS", "UNION-STATE-TREATY", "1999"),
        ],
    ),
    (
        "Ruritania signed nothing; Chile signed defense agreements with Peru in 1979 and Bolivia in 1994.",
        [
            ("treaty_signed", "CHL", "Chile-Peru defense agreements", "1979"),
            ("treaty_signed", "PER", "Chile-Peru defense agreements", "1979"),
            ("treaty_signed", "CHL", "Chile-Bolivia defense agreements", "1994"),
            ("treaty_signed", "BOL", "Chile-Bolivia defense agreements", "1994"),
        ],
    ),
    ("The Estonian military is part of the Joint Expeditionary Force.", [("member_of", "EST", "JEF", "")]),
    (
        "Latvia hosts NATO forces, is a member of the UK-led Joint Expeditionary Force, and exports timber.",
        [("hosts_troops", "LVA", "NATO", ""), ("member_of", "LVA", "JEF", "")],
    ),
    (
        "Oman. It hosts several thousand US military forces at various sites, including the Al Udeid Air Base.",
        [("hosts_troops", "OMN", "USA", ""), ("base_in", "al-udeid", "OMN", "")],
    ),
    ("Oman hosts the Royal Northern Command.", [("base_in", "Royal Northern Command", "OMN", "")]),
    (
        "Oman has close ties with India, which maintains a naval support facility there.",
        [("base_in", "IND", "OMN", "")],
    ),
    (
        "The city of Brussels is home to numerous international organizations, including the EU and NATO.",
        [("headquartered_in", "EU", "BEL", ""), ("headquartered_in", "NATO", "BEL", "")],
    ),
    (
        "Greece left NATO in 1974, after the crisis, and was back six years later.",
        [("member_left", "GRC", "NATO", "1974"), ("member_joined", "GRC", "NATO", "1980")],
    ),
    (
        "Iraq signed the Baghdad Pact in 1955. Britain came in that April.",
        [("treaty_signed", "IRQ", "BAGHDAD-PACT", "1955"), ("member_joined", "GBR", "CENTO", "1955-04")],
    ),
    ("The CSTO grew. Armenia, where he was born, joined it in 2002.", [("member_joined", "ARM", "CSTO", "2002")]),
    (
        "He spoke of Bahrain, then of ships in Oman, where India opened a naval base in 2018.",
        [("base_opened", "IND", "OMN", "2018")],
    ),
    (
        "ECOWAS is large. Benin has been one of its members. Togo has been one since 1975.",
        [("member_of", "TGO", "ECOWAS", "1975")],
    ),
    ("Although not part of the CSTO, Uzbekistan trains with it.", [("never_member", "UZB", "CSTO", "")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_a_statement_is_found(rows: Rows, text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    found = rows(text)
    assert [row for row in found if row in expected] == expected
    assert {row[0] for row in found} <= {row[0] for row in expected} | {"other"}


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine applied to join NATO in 2022.",
        "Georgia hopes to join the EU.",
        "Will Armenia leave the CSTO?",
        "The members of the CSTO met every year.",
        "Austria is a member of NATO in all but name.",
        "Morocco is a major non-NATO ally.",
        "Serbia joined the talks in 1999.",
        "Poland acceded to the demand in 1999.",
        "The NATO-led force stayed until 2014.",
        "China and Peru signed a free trade agreement in 2009.",
        "Armenia and Turkey wished to open the border in 2009, but the signed agreement was not ratified.",
        "South Sudan is part of the United Nations subregion of Eastern Africa.",
        "Oman, host of the games of 2010, was pleased.",
        "The Combined Maritime Forces are a coalition of more than 30 nations.",
        "I think that the alliance will fall within ten years.",
    ],
)
def test_what_is_wished_asked_foreseen_or_near_is_no_claim(rows: Rows, text: str) -> None:
    assert rows(text) == []


def test_a_pact_that_had_ended_cannot_be_joined(rows: Rows) -> None:
    found = rows("NATO went on. The Warsaw Pact was dissolved in 1991. Albania joined in 2009.")
    assert found[-1] == ("member_joined", "ALB", "NATO", "2009")


def test_the_organization_is_not_the_treaty_named_last(rows: Rows) -> None:
    found = rows("The Rio Treaty is older than the OAS charter, say some. Canada joined the organization in 1990.")
    assert found[-1] == ("member_joined", "CAN", "OAS", "1990")


def test_a_town_is_a_base_only_beside_a_word_for_one(rows: Rows) -> None:
    assert rows("Russia keeps an air base at Kant in Kyrgyzstan.") == [("base_in", "kant", "KGZ", "")]
    assert rows("The poet was born in Kant in Kyrgyzstan.") == []


def test_several_bases_in_one_sentence_keep_their_hosts_and_dates(rows: Rows) -> None:
    assert rows("The Americans closed Wheelus in Libya in 1970 and Subic Bay two decades later.") == [
        ("base_closed", "wheelus", "LBY", "1970"),
        ("base_closed", "subic-bay", "PHL", "1990"),
    ]


def test_the_span_is_the_text(reader: Reader) -> None:
    text = "«Note»\r\n\r\nIn 1982, Spain\u00a0joined NATO\u200b, and in 1986 the EC."
    for claim in reader.read(Document(text)).claims:
        assert text[claim.start : claim.end].strip() == text[claim.start : claim.end]
        assert "joined" in text[claim.start : claim.end] or "EC" in text[claim.start : claim.end]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Spain", "NATO", " joined ", "the EU", " in ", "1982", ". ", ", ", " and ", "left", "«", "»", '"', "\n\n",
             "(", ")", "Россия", "вступила в", "НАТО", "انضمت", "إلى", "the base at Kant", "was closed", "# News\n",
             "> ", "١٩٩٤", "\u200f"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_offsets_are_valid_whatever_the_text(reader: Reader, parts: list[str]) -> None:
    text = "".join(parts)
    for claim in reader.read(Document(text)).claims:
        assert 0 <= claim.start < claim.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    reader.read(Document(text))
