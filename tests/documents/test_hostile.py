"""Texts made to be slow or to break the reader: nothing fails, offsets hold, and time grows with length only."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from foedus.documents.lexicon import load_lexicon
from foedus.documents.model import Document, Language
from foedus.documents.reader import Reader
from foedus.findings.check import Checker
from foedus.record.cache import load_record

CLAUSE = "In 2004 Latvia joined NATO and the EU while Russia left the Council of Europe, and "
RUSSIAN = "Россия вступила в ОДКБ и "
ARABIC = "انضمت مصر إلى الجامعة العربية و"
SHORT = 6_000
TEXTS: dict[str, Callable[[int], str]] = {
    "one line without a full stop": lambda n: CLAUSE * (n // len(CLAUSE)),
    "names only": lambda n: "Latvia, " * (n // 8),
    "dates only": lambda n: "in 2004 " * (n // 8),
    "digits": lambda n: "1" * n,
    "blanks": lambda n: " " * n + "x",
    "full stops": lambda n: "." * n,
    "marks in the margin": lambda n: "\n> " * (n // 3) + "x",
    "nested quotation marks": lambda n: "“«" * (n // 4) + "Latvia joined NATO in 2004" + "»”" * (n // 4),
    "verbs of saying": lambda n: 'he said, "they say that ' * (n // 24),
    "headings": lambda n: "## News\nLatvia joined NATO in 2004.\n\n" * (n // 36),
    "labels": lambda n: "Ann Lee: Latvia joined NATO.\n\n" * (n // 31),
    "bold without an end": lambda n: "**" + "a " * (n // 2),
    "marks of direction": lambda n: "\u202eانضمت\u202c Latvia \u200f" * (n // 16),
    "accents": lambda n: "a" + "\u0301" * n,
    "composed letters": lambda n: "e\u0301" * (n // 2),
    "null characters": lambda n: "\0Latvia joined\0 NATO in 2004.\0" * (n // 30),
    "beginnings of a trigger": lambda n: "was one of the full member " * (n // 27),
    "capitals": lambda n: "Aa Bb " * (n // 6),
    "beginnings of a treaty": lambda n: "Treaty of the " * (n // 14),
    "Russian": lambda n: RUSSIAN * (n // len(RUSSIAN)),
    "Arabic": lambda n: ARABIC * (n // len(ARABIC)),
    "three scripts": lambda n: "Латвия Latvia مصر " * (n // 18),
}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load_record())


def seconds(checker: Checker, text: str) -> float:
    """The best of two runs."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        checker.check(Document(text))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_no_faster_than_the_text(checker: Checker, name: str) -> None:
    checker.check(Document(TEXTS[name](200)))  # whatever is built only once
    short, long = seconds(checker, TEXTS[name](SHORT)), seconds(checker, TEXTS[name](4 * SHORT))
    assert long < 8 * short + 0.1


@pytest.mark.parametrize("name", TEXTS)
def test_claims_of_a_hostile_text_lie_within_it(checker: Checker, name: str) -> None:
    text = TEXTS[name](SHORT)
    for claim in checker.check(Document(text))["claims"]:
        assert 0 <= claim["start"] < claim["end"] <= len(text)
        assert claim["text"] == text[claim["start"] : claim["end"]]


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_no_trigger_is_slow_on_its_own_words_repeated(language: Language) -> None:
    tables = Reader(load_record()).language(language)
    for i, trigger in enumerate(load_lexicon(language).triggers):
        pattern = tables._pattern(i)
        for word in ("S ", "O ", "D ", "N ", "a ", "the ", "was ", "members ", "of the full ", "в состав ", "في "):
            text = word * (4_000 // len(word))
            start = time.process_time()
            list(pattern.finditer(text))
            assert time.process_time() - start < 0.5, (trigger.pattern, word)


def test_statements_are_found_behind_two_thousand_words_without_a_full_stop(checker: Checker) -> None:
    text = "word " * 2_000 + "\n\nLatvia joined NATO in 2004."
    (claim,) = checker.check(Document(text))["claims"]
    assert claim["text"] == "Latvia joined NATO in 2004"


def test_a_long_line_is_cut_between_words(checker: Checker) -> None:
    claims = checker.check(Document(CLAUSE * 100))["claims"]
    assert len({claim["start"] for claim in claims}) > 150
