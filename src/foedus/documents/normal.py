"""A text made easy to search without moving a single code point out of place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# One character for one: quotation marks keep their direction, spaces become plain ones.
_ONE_TO_ONE = str.maketrans(
    {
        "\u2019": "'", "\u02bc": "'", "\u2018": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "–", "\u2212": "-", "\t": " ", "\r": " ", "\f": " ",
        "\u00ad": "\u200b",
    }
)  # fmt: skip
_ARABIC_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك"}
    | {chr(0x660 + i): str(i) for i in range(10)}
)
_RUSSIAN_FOLD = str.maketrans({"ё": "е", "Ё": "Е"})
_ARABIC_DROP = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text and, where characters were joined or dropped, the way back to the original."""

    text: str
    offsets: tuple[int, ...] | None = None

    def back(self, position: int) -> int:
        """The offset in the original text of a position in the normalised one."""
        return position if self.offsets is None else self.offsets[position]

    def end(self, position: int) -> int:
        """The offset in the original text just behind the stretch that ends before a position."""
        return position if self.offsets is None or position == 0 else self.offsets[position - 1] + 1


def normalise(text: str, language: str = "en") -> Normal:
    """Unify spaces, hyphens and apostrophes; compose accents; fold letters that are written in two ways."""
    plain = text.translate(_ONE_TO_ONE)
    if language == "ar":
        kept = [(i, c) for i, c in enumerate(plain) if not _ARABIC_DROP.match(c)]
        return Normal("".join(c for _, c in kept).translate(_ARABIC_FOLD), (*(i for i, _ in kept), len(plain)))
    composed = Normal(plain) if _MARKS.search(plain) is None else _composed(plain)
    return Normal(composed.text.translate(_RUSSIAN_FOLD), composed.offsets) if language == "ru" else composed


def fold(text: str, language: str) -> str:
    """A name or a table in the letters in which texts of its language are searched."""
    if language == "ar":
        return _ARABIC_DROP.sub("", text).translate(_ARABIC_FOLD)
    return text.translate(_RUSSIAN_FOLD) if language == "ru" else text


def _composed(text: str) -> Normal:
    characters: list[str] = []
    offsets: list[int] = []
    for i, character in enumerate(text):
        if characters and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", characters[-1] + character)
            if len(joined) == 1:
                characters[-1] = joined
            continue
        characters.append(character)
        offsets.append(i)
    return Normal("".join(characters), (*offsets, len(text)))
