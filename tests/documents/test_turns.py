"""Turns of phrase in three languages, and the neighbours of each that must not be taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedus.documents.model import Reading

Row = tuple[str, str | None, str | None, str]
Rows = Callable[..., list[Row]]
Read = Callable[..., Reading]

FOUND = [
    (
        "Estonia joined both NATO and the EU in 2004, formally joined the OECD in 2010.",
        [
            ("member_joined", "EST", "NATO", "2004"),
            ("member_joined", "EST", "EU", "2004"),
            ("member_joined", "EST", "OECD", "2010"),
        ],
    ),
    (
        "Uzbekistan joined the Russian-sponsored CSTO in 2006 but withdrew in 2012.",
        [("member_joined", "UZB", "CSTO", "2006"), ("member_left", "UZB", "CSTO", "2012")],
    ),
    (
        "Spain became one of the founding members of NATO in 1949.",
        [("member_joined", "ESP", "NATO", "1949")],
    ),
    ("Poland joined NATO's Partnership for Peace in 1994.", [("member_joined", "POL", "PFP", "1994")]),
    ("Serbia trades with the EU, although not part of NATO.", [("never_member", "SRB", "NATO", "")]),
    ("Spain was not invited to join NATO in 1949.", [("never_member", "ESP", "NATO", "1949")]),
    (
        "The North Atlantic Treaty was signed in 1949. In this treaty, Canada and Norway agreed to help each other.",
        [
            ("treaty_signed", None, "NAT", "1949"),
            ("treaty_signed", "CAN", "NAT", "1949"),
            ("treaty_signed", "NOR", "NAT", "1949"),
        ],
    ),
    (
        "Since 1949, NATO has grown from 12 members to 32 members.",
        [("membership_count", "NATO", "12", "1949"), ("membership_count", "NATO", "32", "")],
    ),
    ("In 2022, Belarus allowed the Russian military to stay.", [("hosts_troops", "BLR", "RUS", "2022")]),
    ("После вступления Финляндии в НАТО в 2023 году.", [("member_joined", "FIN", "NATO", "2023")]),
    ("Советские войска находились в Венгрии до 1991 года.", [("hosts_troops", "HUN", "SUN", "1991")]),
    ("В Венгрии советские войска стояли до 1991 года.", [("hosts_troops", "HUN", "SUN", "1991")]),
    (
        "Румыния является членом НАТО с 2004 года, она отправила более 620 военнослужащих в Афганистан.",
        [("member_of", "ROU", "NATO", "2004"), ("hosts_troops", "AFG", "ROU", "")],
    ),
    ("Румыния отправила более 620 военнослужащих в Афганистан.", [("hosts_troops", "AFG", "ROU", "")]),
    (
        "Это первое расширение НАТО после приёма Албании и Хорватии в 2009 году.",
        [("member_joined", "ALB", "NATO", "2009"), ("member_joined", "HRV", "NATO", "2009")],
    ),
    ("В Армении находится российская военная база.", [("base_in", "RUS", "ARM", "")]),
    ("Российская авиабаза в Киргизии существует давно.", [("base_in", "RUS", "KGZ", "")]),
    ("Лидеры ОДКБ встретились в Ереване в 2022 году.", [("meeting_held", "CSTO", "ARM", "2022")]),
    ("بعد انضمام فنلندا إلى الناتو في عام 2023 تغير الوضع.", [("member_joined", "FIN", "NATO", "2023")]),
    ("تنتشر قوات روسية في سوريا منذ 2015.", [("hosts_troops", "SYR", "RUS", "2015")]),
    ("توجد في قطر قاعدة أمريكية.", [("base_in", "USA", "QAT", "")]),
    ("عقدت جامعة الدول العربية قمتها في بيروت عام 2002.", [("meeting_held", "LAS", "LBN", "2002")]),
]

NOT_FOUND = [
    "By October, Hungary had withdrawn from all Warsaw Pact military exercises.",
    "Ukraine wants NATO to grow and to join it in 2030.",
    "Приём Украины в НАТО остаётся открытым вопросом.",
    "Вступление Украины в НАТО в 2008 году обсуждалось.",
    "После вступления Украины в НАТО всё изменится.",
    "Приём Украины в НАТО в 2008 году обсуждался.",
    "Российские войска находятся в хорошем состоянии.",
    "Российская база данных в Киргизии закрыта.",
    "انضمام أوكرانيا إلى الناتو غير ممكن.",
    "توجد في قطر قاعدة بيانات.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_turn_is_understood(rows: Rows, text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_it_is_no_claim(rows: Rows, text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "pact", "patron"),
    [
        ("По словам министра, НАТО является инструментом США.", "NATO", "USA"),
        ("ОДКБ – орудие Москвы.", "CSTO", "RUS"),
        ("الناتو أداة في يد الولايات المتحدة.", "NATO", "USA"),
    ],
)
def test_a_thesis_is_reported_in_russian_and_arabic(read: Read, text: str, pact: str, patron: str) -> None:
    (thesis,) = read(text).theses
    assert (thesis.pact.id, thesis.patron.id) == (pact, patron)


@pytest.mark.parametrize(
    "text", ["НАТО не является инструментом США.", "ОДКБ – инструмент.", "الناتو ليس أداة في يد الولايات المتحدة."]
)
def test_what_is_denied_or_has_no_patron_is_no_thesis(read: Read, text: str) -> None:
    assert read(text).theses == []
