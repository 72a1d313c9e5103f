"""The date that a text gives itself at its head: "Bishkek, 27 November 2025. The council met …"."""

from __future__ import annotations

import re

from foedus.core.dates import PartialDate, parse_date
from foedus.documents.dating import DateContext, DateGrammar

_LINES = 6
_PLACE = re.compile(r"[\s>*_#]*(?:\(?[^\W\d_][^,.;:()\n]{1,40}[,،]\s*)?\(?")
_AFTER = re.compile(r"\s*(?:г(?:ода|\.)?)?\s*(?:\)|[.:–—-]|$)")


def find_dateline(text: str, grammar: DateGrammar) -> PartialDate | None:
    """The day in front of the first sentence of one of the first paragraphs; None if there is none."""
    lines = [line for line in text.splitlines() if line.strip()][:_LINES]
    for line in lines:
        head = line[:100]
        for date in grammar.find(head, 0, len(head), DateContext(None)):
            before, after = head[: date.start], head[date.end :]
            if date.value and _PLACE.fullmatch(before) and _AFTER.match(after):
                found = parse_date(date.value)
                if found.is_day:
                    return found
    return None
