"""Russian words: their stems, by which names are found, and their cases. Parses are kept, for they are slow."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from foedus.core.home import cache_folder
from foedus.core.kept import read_kept, store_kept
from foedus.documents.normal import fold

CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_HEAD = 3


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The dictionary form of a Russian word, by its geographic reading where it has one; acronyms stay."""
    if word.isupper() or not CYRILLIC_WORD.fullmatch(word):
        return word
    return _known_stems().get(word) or _parsed_stem(word)


def _parsed_stem(word: str) -> str:
    lemma = fold(_parses(word)[0].normal_form, "ru")
    return lemma.capitalize() if word[0].isupper() else lemma


def keep_stems(names: Iterable[str]) -> None:
    """Keep the stems of the words of some names beside the record's cache: parsing them anew takes half a second.

    Only names of the record are kept, never words of a user's text.
    """
    words = {word for name in names for word in fold(name, "ru").split()}
    plain = {word for word in words if not word.isupper() and CYRILLIC_WORD.fullmatch(word)}
    known = _known_stems()
    if plain - known.keys():
        known.update({word: stem(word) for word in plain})
        store_kept(_stems_file(), msgspec.msgpack.encode({word: known[word] for word in sorted(plain)}))


@cache
def _known_stems() -> dict[str, str]:
    payload = read_kept(_stems_file())
    try:
        return {} if payload is None else msgspec.msgpack.decode(payload, type=dict[str, str])
    except msgspec.MsgspecError:
        return {}


@cache
def _stems_file() -> Path:
    """The file of the stems, named by all that a stem depends on: the parser, its dictionary, and this code."""
    digest = hashlib.blake2b(digest_size=16)
    for package in ("pymorphy3", "pymorphy3_dicts_ru"):
        found = find_spec(package)
        if found and found.origin:
            digest.update(Path(found.origin).with_name("version.py").read_bytes())
    for path in (Path(__file__), Path(__file__).with_name("normal.py")):
        digest.update(path.read_bytes())
    return cache_folder() / f"stems-{digest.hexdigest()}.msgpack"


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
    import pymorphy3_dicts_ru

    # The path spares a search through all installed packages.
    return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path(), lang="ru")
