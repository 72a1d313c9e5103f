"""Russian: names in their cases, what is said of whom, by whom and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedus.documents.model import Document, Reading
from foedus.documents.reader import Reader

Read = Callable[..., Reading]
Row = tuple[str, str | None, str | None, str]
Rows = Callable[..., list[Row]]

FOUND = [
    ("Испания вступила в НАТО в 1982 году.", [("member_joined", "ESP", "NATO", "1982")]),
    ("В мае 1982 г. Испания вступила в НАТО.", [("member_joined", "ESP", "NATO", "1982-05")]),
    ("Венгрия является членом НАТО с 1999 года.", [("member_of", "HUN", "NATO", "1999")]),
    ("Албания вышла из Варшавского договора в 1968 году.", [("member_left", "ALB", "WTO-WARSAW", "1968")]),
    ("Ирландия никогда не вступала в НАТО.", [("never_member", "IRL", "NATO", "")]),
    ("Ирландия не является членом НАТО.", [("never_member", "IRL", "NATO", "")]),
    (
        "Греция и Турция вступили в НАТО в 1952 году.",
        [("member_joined", "GRC", "NATO", "1952"), ("member_joined", "TUR", "NATO", "1952")],
    ),
    (
        "Эстония, Латвия и Литва вступили в НАТО в марте 2004 года.",
        [("member_joined", state, "NATO", "2004-03") for state in ("EST", "LVA", "LTU")],
    ),
    (
        "Болгария вступила в НАТО в 2004 году, а в ЕС — тремя годами позже.",
        [("member_joined", "BGR", "NATO", "2004")],
    ),
    ("НАТО была создана в 1949 году.", [("founded", "NATO", None, "1949")]),
    ("Варшавский договор был распущен в 1991 году.", [("dissolved", "WTO-WARSAW", None, "1991")]),
    ("Верхняя Вольта вступила в ООН в 1960 году.", [("member_joined", "BFA", "UN", "1960")]),
    ("Двенадцатого марта 1999 года Чехия вступила в НАТО.", [("member_joined", "CZE", "NATO", "1999-03-12")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_a_statement_is_found(rows: Rows, text: str, expected: list[Row]) -> None:
    assert [row for row in rows(text) if row in expected] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Украина подала заявку на вступление в НАТО в 2022 году.",
        "Грузия хочет вступить в ЕС.",
        "Вступила ли Армения в ОДКБ в 1994 году?",
        "Войска Венгрии вошли в город в 1968 году.",
        "Сербия вступила в переговоры в 1999 году.",
        "Если бы Австрия вступила в НАТО, мы бы об этом знали.",
        "Члены ОДКБ встречались каждый год.",
    ],
)
def test_what_is_wished_asked_supposed_or_near_is_no_claim(rows: Rows, text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("По словам посла, Испания вступила в НАТО в 1982 году.", "посла"),
        ("Посол сообщил, что Испания вступила в НАТО в 1982 году.", "Посол"),
        ("«Испания вступила в НАТО в 1982 году», — сказал посол.", None),
    ],
)
def test_what_others_say_is_quoted_with_its_speaker(read: Read, text: str, speaker: str | None) -> None:
    (claim,) = read(text).claims
    assert claim.attribution == "quoted"
    assert speaker is None or claim.speaker == speaker


def test_a_word_in_guillemets_quotes_nothing(read: Read) -> None:
    (claim,) = read("«Альянс» НАТО был создан в 1949 году.").claims
    assert claim.attribution == "author"


def test_a_state_in_an_oblique_case_does_not_act(rows: Rows) -> None:
    assert rows("Соседи Австрии знают, что Венгрия вступила в НАТО в 1999 году.") == [
        ("member_joined", "HUN", "NATO", "1999")
    ]


def test_a_pronoun_means_the_organization_named_before(rows: Rows) -> None:
    found = rows("Узбекистан вступил в ОДКБ в 2006 году. Он вышел из неё в 2012 году.")
    assert found[-1] == ("member_left", "UZB", "CSTO", "2012")


def test_a_seat_is_named_as_the_record_names_it(read: Read) -> None:
    (claim,) = read("Штаб-квартира НАТО находится в Брюсселе.").claims
    assert claim.object is not None
    assert claim.object.name == "Brussels"


def test_the_span_is_the_text_as_given(reader: Reader) -> None:
    text = "Ещё раз: Кипр\u00a0— нет, а Черного\u00adрия  вступила в НАТО в\u00a02017\u00a0г., и всё."
    for claim in reader.read(Document(text)).claims:
        assert "вступила в НАТО" in text[claim.start : claim.end]
