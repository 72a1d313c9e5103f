"""Names made comparable: no case, no accents, no vowel signs, one kind of space."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name in the form in which names are compared; two spellings of one name have one form."""
    decomposed = unicodedata.normalize("NFKD", text.replace(".", "")).translate(_ARABIC)
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _BETWEEN_WORDS.sub(" ", letters.casefold()).strip()
