"""Arabic: letters in several shapes, words written together, months of both kinds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedus.documents.model import Document, Reading
from foedus.documents.reader import Reader

Read = Callable[..., Reading]
Row = tuple[str, str | None, str | None, str]
Rows = Callable[..., list[Row]]

FOUND = [
    ("انضمت إسبانيا إلى الناتو عام 1982.", [("member_joined", "ESP", "NATO", "1982")]),
    ("إسبانيا انضمت إلى حلف شمال الأطلسي في عام 1982.", [("member_joined", "ESP", "NATO", "1982")]),
    ("المجر عضو في الناتو منذ عام 1999.", [("member_of", "HUN", "NATO", "1999")]),
    ("انسحبت ألبانيا من حلف وارسو عام 1968.", [("member_left", "ALB", "WTO-WARSAW", "1968")]),
    ("لم تنضم أيرلندا إلى الناتو.", [("never_member", "IRL", "NATO", "")]),
    ("تأسس حلف وارسو في أيار 1955.", [("founded", "WTO-WARSAW", None, "1955-05")]),
    ("تأسس حلف وارسو في مايو 1955.", [("founded", "WTO-WARSAW", None, "1955-05")]),
    ("تأسس حلف وارسو في أيار/مايو ١٩٥٥.", [("founded", "WTO-WARSAW", None, "1955-05")]),
    (
        "انضمت اليونان وتركيا إلى الناتو عام 1952.",
        [("member_joined", "GRC", "NATO", "1952"), ("member_joined", "TUR", "NATO", "1952")],
    ),
    (
        "إستونيا عضو في الأمم المتحدة منذ 1991 والناتو منذ 2004.",
        [("member_of", "EST", "NATO", "2004")],
    ),
    ("انضمّت إسبانيــا إلى النّاتو عام 1982.", [("member_joined", "ESP", "NATO", "1982")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_a_statement_is_found(rows: Rows, text: str, expected: list[Row]) -> None:
    assert [row for row in rows(text) if row in expected] == expected


@pytest.mark.parametrize(
    "text",
    [
        "تريد جورجيا أن تنضم إلى الاتحاد الأوروبي.",
        "هل انضمت أرمينيا إلى الناتو عام 1994؟",
        "يجتمع أعضاء الناتو كل عام.",
        "ولتكن منكم أمة يدعون إلى الخير ويأمرون بالمعروف.",
        "ستنهار الأحلاف كلها بعد عشر سنوات.",
        "الناتو حلف ظالم، وأعضاؤه متآمرون.",
    ],
)
def test_wishes_questions_scripture_prophecy_and_blame_are_no_claims(rows: Rows, text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قال الوزير إن إسبانيا انضمت إلى الناتو عام 1982.", "الوزير"),
        ("وقال الوزير إن إسبانيا انضمت إلى الناتو عام 1982.", "الوزير"),
        ("وقال السفير: «انضمت إسبانيا إلى الناتو عام 1982».", None),
    ],
)
def test_what_others_say_is_quoted_with_its_speaker(read: Read, text: str, speaker: str | None) -> None:
    (claim,) = read(text).claims
    assert claim.attribution == "quoted"
    assert speaker is None or claim.speaker == speaker


def test_answers_of_an_interview_are_quoted_and_questions_are_no_claims(read: Read) -> None:
    text = "سؤال: هل انضمت إسبانيا إلى الناتو؟\nجواب: انضمت إسبانيا إلى الناتو عام 1982."
    assert [claim.attribution for claim in read(text).claims] == ["quoted"]


def test_the_span_is_the_text_as_given(reader: Reader) -> None:
    text = "\u200fأمّا بعد، فقد انضمّت إسبانيــا إلى النّاتو عام ١٩٨٢، وهذا كل شيء."
    (claim,) = reader.read(Document(text)).claims
    assert text[claim.start : claim.end] == "انضمّت إسبانيــا إلى النّاتو عام ١٩٨٢"
