"""A text cut at the borders of its claims, for reports that show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from foedus.documents.segments import find_paragraphs, find_sentences

_HEADING = re.compile(r"#{1,6} +([^\n]+?) *#*|\*\*([^*\n]{1,60})\*\*|__([^_\n]{1,60})__")


@dataclass(slots=True)
class Piece:
    """A stretch of text, plain or marked with the numbers of the claims and theses that it carries."""

    text: str
    numbers: list[int] = field(default_factory=list)
    theses: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the text in pieces, with the language of its section."""

    language: str
    pieces: list[Piece]
    heading: bool = False

    @property
    def direction(self) -> str:
        """How it is written."""
        return "rtl" if self.language == "ar" else "ltr"


def paragraphs(text: str, report: dict[str, Any], *, checked_only: bool = False) -> list[Paragraph]:
    """The text of a report paragraph by paragraph, its claims marked; or only the sentences checked."""
    spans = _clusters(report)
    found: list[Paragraph] = []
    for start, end in find_paragraphs(text):
        language = next(
            (s["language"] for s in report["document"]["sections"] if s["start"] <= start < s["end"]),
            report["document"]["language"] or "en",
        )
        stretches = [(start, end)]
        if checked_only:
            sentences = find_sentences(text, start, end)
            stretches = [(s.start, s.end) for s in sentences if any(a < s.end and s.start < b for a, b, _, _ in spans)]
        pieces: list[Piece] = []
        for first, last in stretches:
            pieces += _cut(text, first, last, spans)
            if checked_only:
                pieces.append(Piece(" … "))
        if pieces:
            found.append(_paragraph(language, pieces, text[start:end]))
    return found


def _paragraph(language: str, pieces: list[Piece], source: str) -> Paragraph:
    """A paragraph, without the marks of Markdown where it is a heading that carries no claim."""
    match = _HEADING.fullmatch(source.strip())
    if match is None or len(pieces) != 1 or pieces[0].numbers or pieces[0].theses:
        return Paragraph(language, pieces)
    title = next(part for part in match.groups() if part)
    return Paragraph(language, [Piece(title.strip())], heading=True)


def _clusters(report: dict[str, Any]) -> list[tuple[int, int, list[int], list[int]]]:
    """Claims and theses whose stretches overlap are marked as one."""
    rows: list[tuple[int, int, int | None, int | None]] = []
    rows += [(c["start"], c["end"], i, None) for i, c in enumerate(report["claims"], 1)]
    rows += [(t["start"], t["end"], None, i) for i, t in enumerate(report["theses"], 1)]
    rows.sort(key=lambda row: (row[0], row[1]))
    clusters: list[tuple[int, int, list[int], list[int]]] = []
    for start, end, claim, thesis in rows:
        if not clusters or start >= clusters[-1][1]:
            clusters.append((start, end, [], []))
        first, last, claims, theses = clusters[-1]
        clusters[-1] = (first, max(last, end), claims, theses)
        if claim is not None:
            claims.append(claim)
        if thesis is not None:
            theses.append(thesis)
    return clusters


def _cut(text: str, start: int, end: int, spans: list[tuple[int, int, list[int], list[int]]]) -> list[Piece]:
    pieces: list[Piece] = []
    position = start
    for first, last, claims, theses in spans:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if position < first:
            pieces.append(Piece(text[position:first]))
        pieces.append(Piece(text[first:last], claims, theses))
        position = last
    if position < end:
        pieces.append(Piece(text[position:end]))
    return pieces
