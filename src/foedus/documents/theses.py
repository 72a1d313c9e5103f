"""Theses: statements that a pact serves one state's influence. They get no verdict."""

from __future__ import annotations

import re

from foedus.documents.arguments import ArgumentFinder
from foedus.documents.lexicon import Lexicon
from foedus.documents.model import Entity, Thesis


class ThesisFinder:
    """Recognises theses in the masked sentences of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._patterns = [re.compile(pattern) for pattern in lexicon.thesis]
        self._denial = re.compile(lexicon.negation)

    def find(self, finder: ArgumentFinder) -> list[Thesis]:
        """The theses of a sentence: the pact on one side, the patron on the other."""
        masked = finder.masked
        found: list[Thesis] = []
        for pattern in self._patterns:
            for match in pattern.finditer(masked.text):
                if self._is_denied(masked.text, match):
                    continue
                pacts = self._pacts(finder, match)
                patron = self._patron(finder, match)
                start, end = masked.span(match.start(), match.end())
                if patron:
                    found += [Thesis(start, end, pact, patron) for pact in pacts]
            if found:
                break
        return found

    def _is_denied(self, text: str, match: re.Match[str]) -> bool:
        """Whether the words up to the tool deny it: "it never was their tool"."""
        return bool(self._denial.search(text, max(0, match.start() - 12), match.start("rest")))

    @staticmethod
    def _pacts(finder: ArgumentFinder, match: re.Match[str]) -> list[Entity]:
        named = finder.masked.atoms_in(match.start(), match.end(), "OU")
        if named:
            return finder.resolve(named[0][1])
        before = finder.masked.atoms_in(0, match.start(), "OU")
        if before:
            return finder.resolve(before[-1][1])
        pact = finder.context.pact()
        return [pact] if pact else []

    @staticmethod
    def _patron(finder: ArgumentFinder, match: re.Match[str]) -> Entity | None:
        """The state that stands nearest to the word for the tool."""
        states = finder.masked.atoms_in(match.start(), match.end(), "CSA")
        return states[0][1].mentions[0].entity if states else None
