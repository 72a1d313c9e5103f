"""Russian words: their stems, by which names are found, and their cases. Parses are kept, for they are slow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from foedus.documents.normal import fold

CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_HEAD = 3


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The dictionary form of a Russian word, by its geographic reading where it has one; acronyms stay."""
    if word.isupper() or not CYRILLIC_WORD.fullmatch(word):
        return word
    lemma = fold(_parses(word)[0].normal_form, "ru")
    return lemma.capitalize() if word[0].isupper() else lemma


def keys(name: str, *, is_title: bool) -> list[str]:
    """A name in stems, and as it may stand at the head of a sentence; a long title also without its capitals."""
    words = [stem(word) for word in fold(name, "ru").split()]
    found = [" ".join(words)]
    if words[0][0].islower():
        found.append(" ".join([words[0].capitalize(), *words[1:]]))
    elif is_title and len(words) > 2:
        lowered = [word if word.isupper() else word.lower() for word in words]
        found += [" ".join(lowered), " ".join([words[0], *lowered[1:]])]
    return found


def beginnings(names: Iterable[str]) -> frozenset[str]:
    """The first letters of all words of some names: no other word needs to be parsed."""
    return frozenset(match.group()[:_HEAD].lower() for name in names for match in CYRILLIC_WORD.finditer(name))


def stemmed(text: str, heads: frozenset[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text with its words cut to their stems, and for each character the word it comes from."""
    parts: list[str] = []
    back: list[tuple[int, int]] = []
    position = 0
    for match in CYRILLIC_WORD.finditer(text):
        word = match.group()
        if word[:_HEAD].lower() not in heads:
            continue
        parts.append(text[position : match.start()])
        back.extend((i, i + 1) for i in range(position, match.start()))
        parts.append(stem(word))
        back.extend([match.span()] * len(parts[-1]))
        position = match.end()
    parts.append(text[position:])
    back.extend((i, i + 1) for i in range(position, len(text)))
    return "".join(parts), back


@lru_cache(maxsize=20_000)
def is_nominative(name: str) -> bool:
    """Whether a name can stand in the nominative, judged by its first word."""
    word = CYRILLIC_WORD.match(name)
    return word is None or any("nomn" in parse.tag for parse in _parses(word.group()))


def _parses(word: str) -> list[Any]:
    """All readings of a word, or only the geographic ones if there are any."""
    found: list[Any] = _analyzer().parse(word)
    return [parse for parse in found if "Geox" in parse.tag] or found


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
