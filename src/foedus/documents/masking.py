"""A sentence with every recognised thing replaced by one capital letter, so that patterns can see its shape.

S states, C a capital, A an adjective of a state, O a pact, U "the organization" and its like, B a base, P a person,
L a place, G an organ, D a date, N a number, H an ordinal. All other letters are in lower case.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from foedus.documents.lexicon import Generic, Lexicon
from foedus.documents.model import DateMention, Entity, Kind, Mention

_LETTER = {"pact": "O", "base": "B", "person": "P", "place": "L", "organ": "G"}


@dataclass(slots=True)
class Atom:
    """One recognised thing, or several of one kind in a list."""

    letter: str
    start: int
    end: int
    mentions: list[Mention] = field(default_factory=list)
    date: DateMention | None = None
    value: str | None = None
    generic: Generic | None = None


@dataclass(slots=True)
class Masked:
    """The mask, and for each of its characters where it stands in the text and what it stands for."""

    text: str
    starts: list[int]
    ends: list[int]
    atoms: dict[int, Atom]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text behind a stretch of the mask."""
        return self.starts[start], self.ends[end - 1]

    def atoms_in(self, start: int, end: int, letters: str) -> list[tuple[int, Atom]]:
        """The atoms of some kinds between two positions of the mask, in order."""
        return sorted(
            ((i, atom) for i, atom in self.atoms.items() if start <= i < end and self.text[i] in letters),
            key=lambda row: row[0],
        )

    def position(self, offset: int) -> int:
        """The first position of the mask at or behind an offset of the text."""
        return bisect_left(self.starts, offset)


class Masker:
    """Masks the sentences of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        glue = lexicon.list_glue
        self._lists = {letter: re.compile(rf"{letter}(?:(?:{glue})(?:the )?{letter})+") for letter in "SO"}
        self._numbers = _number_pattern(lexicon.number_words)
        self._ordinals = lexicon.ordinals.compiled()
        self._shapes: list[tuple[Kind, re.Pattern[str]]] = [(kind, re.compile(p)) for kind, p in lexicon.open_names]
        words = lexicon.base_words or r"(?!)"
        self._base_before = re.compile(rf"\b(?:{words}),? (?:(?:{lexicon.base_at}) )?$", re.IGNORECASE)
        self._base_after = re.compile(rf"'?s? (?:{words})\b", re.IGNORECASE)
        self._generics = [(re.compile(rf"\b(?:{g.pattern})\b", re.IGNORECASE), g) for g in lexicon.generics]

    def mask(
        self, text: str, start: int, end: int, mentions: Iterable[Mention], dates: Iterable[DateMention]
    ) -> Masked:
        """The mask of a sentence whose mentions and dates are known; `text` is the normalised text of the document."""
        atoms = [
            _named(mention, text, self.lexicon)
            for mention in mentions
            if mention.form != "town" or self._is_base(mention, text)
        ]
        atoms += [
            Atom("D", date.start, date.end, date=date) for date in dates if not _inside(date.start, date.end, atoms)
        ]
        atoms += self._open_names(text, start, end, atoms)
        atoms += self._plain_atoms(text, start, end, atoms)
        atoms.sort(key=lambda atom: atom.start)
        return self._joined(_assemble(text, start, end, atoms))

    def _is_base(self, mention: Mention, text: str) -> bool:
        """Whether the name of a town stands for the base there: "the base at Kant", "the Gyumri garrison"."""
        before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 24]
        return bool(self._base_before.search(before) or self._base_after.match(after))

    def _open_names(self, text: str, start: int, end: int, taken: list[Atom]) -> list[Atom]:
        """Names that no list holds, by their shape: "Treaty of X", "X Air Base", "in Xtown"."""
        found: list[Atom] = []
        for kind, pattern in self._shapes:
            for match in pattern.finditer(text, start, end):
                first, last = match.span("name")
                inner = [atom for atom in taken if atom.start < last and first < atom.end]
                if any(not _may_be_part(atom, first, last, kind) for atom in inner) or _inside(first, last, found):
                    continue
                for atom in inner:
                    taken.remove(atom)
                entity = Entity(None, re.sub(r"\s+", " ", match["name"]), kind)
                found.append(Atom(_LETTER[kind], first, last, [Mention(first, last, (entity,), "name")]))
        return found

    def _plain_atoms(self, text: str, start: int, end: int, taken: list[Atom]) -> list[Atom]:
        found: list[Atom] = []
        for pattern, generic in self._generics:
            for match in pattern.finditer(text, start, end):
                if not _inside(match.start(), match.end(), taken + found):
                    found.append(Atom("U", match.start(), match.end(), generic=generic))
        for match in self._ordinals.finditer(text, start, end):
            if not _inside(match.start(), match.end(), taken + found):
                value = str(self.lexicon.ordinals.value(match.group()))
                found.append(Atom("H", match.start(), match.end(), value=value))
        for match in self._numbers.finditer(text, start, end):
            if not _inside(match.start(), match.end(), taken + found):
                number = self.lexicon.dates.number(match.group()) or _compound(match.group(), self.lexicon)
                if number is not None:
                    found.append(Atom("N", match.start(), match.end(), value=str(number)))
        return found

    def _joined(self, masked: Masked) -> Masked:
        """Lists of states and of pacts become one atom each."""
        for letter, pattern in self._lists.items():
            while match := pattern.search(masked.text):
                members = masked.atoms_in(match.start(), match.end(), letter)
                if not self._is_list(masked.text, match, len(members)):
                    masked = _replace(masked, match.start(), match.end(), letter, members, keep=True)
                    continue
                masked = _replace(masked, match.start(), match.end(), letter, members)
            restored = masked.text.replace(_HELD[letter], letter)
            masked = Masked(restored, masked.starts, masked.ends, masked.atoms)
        return masked

    def _is_list(self, mask: str, match: re.Match[str], count: int) -> bool:
        """A comma alone makes a list only of three or more: "in Italy, Germany joined" names no list."""
        glued = re.search(rf"(?:{self.lexicon.list_last})", match.group())
        if not glued and count < 3:
            return False
        before = mask[: match.start()].rstrip()
        return not (before.endswith((" in", "in")) and not glued)


_HELD = {"S": "\ue000", "O": "\ue001"}


@lru_cache(maxsize=8)
def _number_pattern(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,])(?:\d{{1,3}}(?![\w]|[.,]\d)|(?:{words})\b)" if words else r"(?<![\w.,])\d{1,3}(?!\w|[.,]\d)",
        re.IGNORECASE,
    )


def _named(mention: Mention, text: str, lexicon: Lexicon) -> Atom:
    kind, form = mention.entity.kind, mention.form
    if kind != "state":
        return Atom(_LETTER[kind], mention.start, mention.end, [mention])
    if form == "group":
        members = [Mention(mention.start, mention.end, (entity,), "name") for entity in mention.entities]
        return Atom("S", mention.start, mention.end, members)
    if form == "capital":
        return Atom("C", mention.start, mention.end, [mention])
    is_noun = lexicon.demonyms_act and form == "demonym"
    if form in ("adjective", "demonym") and not is_noun and not _is_people(mention, text, lexicon):
        return Atom("A", mention.start, mention.end, [mention])
    return Atom("S", mention.start, mention.end, [mention])


def _is_people(mention: Mention, text: str, lexicon: Lexicon) -> bool:
    """Whether "the Poles" or "the French" acts, rather than describing the noun that follows."""
    surface = text[mention.start : mention.end]
    article = text[max(0, mention.start - 4) : mention.start].lower().endswith(lexicon.people_article)
    if surface.isascii() and surface.endswith("s") and article and not surface.endswith("ss"):
        return True
    return article and bool(re.compile(lexicon.people_verb).match(text, mention.end))


def _may_be_part(atom: Atom, first: int, last: int, kind: Kind) -> bool:
    """A state's name or adjective may stand within the name of a treaty; anything else keeps its own meaning."""
    within = first <= atom.start and atom.end <= last and (atom.start, atom.end) != (first, last)
    return within and kind != "place" and atom.letter in "ASC"


def _inside(start: int, end: int, atoms: Iterable[Atom]) -> bool:
    return any(atom.start < end and start < atom.end for atom in atoms)


def _compound(text: str, lexicon: Lexicon) -> int | None:
    parts = [lexicon.dates.number(part) for part in re.split(r"[ -]", text.lower())]
    return sum(part for part in parts if part is not None) if None not in parts else None


def _assemble(text: str, start: int, end: int, atoms: list[Atom]) -> Masked:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    by_position: dict[int, Atom] = {}
    position = start
    for atom in atoms:
        if atom.start < position:
            continue
        _words(text, position, atom.start, parts, starts, ends)
        by_position[len(starts)] = atom
        parts.append(atom.letter)
        starts.append(atom.start)
        ends.append(atom.end)
        position = atom.end
    _words(text, position, end, parts, starts, ends)
    return Masked("".join(parts), starts, ends, by_position)


def _lowered(character: str) -> str:
    """In lower case, but where that would be two characters."""
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


_RUN = re.compile(r"(?:\s|(?<=\n)>)+|\S+(?: \S+)*")


def _words(text: str, start: int, end: int, parts: list[str], starts: list[int], ends: list[int]) -> None:
    """Plain words in lower case; line breaks, marks of quotation in the margin and runs of spaces are one space."""
    for match in _RUN.finditer(text[start:end]):
        piece, first, last = match.group(), start + match.start(), start + match.end()
        if piece[0].isspace():
            parts.append(" ")
            starts.append(first)
            ends.append(last)
            continue
        lowered = piece.lower()
        parts.append(lowered if len(lowered) == len(piece) else "".join(map(_lowered, piece)))
        starts.extend(range(first, last))
        ends.extend(range(first + 1, last + 1))


def _replace(
    masked: Masked, start: int, end: int, letter: str, members: list[tuple[int, Atom]], *, keep: bool = False
) -> Masked:
    """Put one list atom in place of a stretch of the mask, or with `keep` only hide its letters from the search."""
    if keep:
        held = masked.text[start:end].replace(letter, _HELD[letter])
        return Masked(masked.text[:start] + held + masked.text[end:], masked.starts, masked.ends, masked.atoms)
    first, last = masked.starts[start], masked.ends[end - 1]
    atom = Atom(letter, first, last, [mention for _, one in members for mention in one.mentions])
    cut = end - start - 1
    atoms = {i if i < start else i - cut: one for i, one in masked.atoms.items() if not start <= i < end}
    atoms[start] = atom
    return Masked(
        masked.text[:start] + letter + masked.text[end:],
        [*masked.starts[:start], first, *masked.starts[end:]],
        [*masked.ends[:start], last, *masked.ends[end:]],
        atoms,
    )
