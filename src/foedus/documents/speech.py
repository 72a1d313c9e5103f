"""Who says it: quotation marks, reported speech, interviews and labelled speakers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from foedus.documents.lexicon import Speech
from foedus.documents.model import Sentence

_OPENING, _CLOSING = {"“": "”", "«": "»", "„": "“”", "「": "」"}, "”»"
_QUESTION_PARAGRAPH = re.compile(r"^[\s>]*(?:\*\*(?P<bold>[^*]+)\*\*|__(?P<under>[^_]+)__)\s*$")
_QA = re.compile(r"^[\s>*_]*(?P<who>Q|A|В|О|Вопрос|Ответ|س|ج|سؤال|سوال|جواب)[.:][*_]*\s")
_ASIDE = re.compile(r"^\s*(?:\*(?!\*)[^*]+\*|_(?!_)[^_]+_)\s*$")
_PRONOUN = re.compile(r"(?:he|she|they|it|он|она|они|هو|هي|هم)", re.IGNORECASE)
_NEAR = 5_000  # code points over which "he" may mean a speaker
_ANSWERS = {"A", "О", "Ответ", "ج", "جواب"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch that is somebody else's, and whose, where the text says it."""

    start: int
    end: int
    speaker: str | None = None


class Stretches:
    """Stretches in order of their beginnings, searched without looking at all of them."""

    def __init__(self, found: list[Quoted]) -> None:
        self._found = found
        self._reach = list(accumulate((quoted.end for quoted in found), max))

    def touching(self, start: int, end: int) -> list[Quoted]:
        """Those that share a code point with a stretch, in order."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._found, end, key=lambda quoted: quoted.start)
        return [quoted for quoted in self._found[first:last] if quoted.end > start]


@dataclass
class SpeechReader:
    """Finds what a text lays to others, in one language."""

    words: Speech

    def find(self, text: str, paragraphs: list[tuple[int, int]], sentences: list[Sentence]) -> list[Quoted]:
        """All stretches that are not the author's, in order."""
        marks = [span for start, end in paragraphs for span in _marked(text, start, end)]
        found = [*marks, *self._spoken_paragraphs(text, paragraphs)]
        for sentence in sentences:
            found.extend(self._reported(text, sentence, marks))
        return _named(sorted(found, key=lambda quoted: (quoted.start, quoted.end)), text)

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w'])(?P<verb>{self.words.verbs})(?![\w])")

    @cached_property
    def _that(self) -> re.Pattern[str]:
        w = self.words
        return re.compile(
            rf"(?:,? (?:{w.addressee}))?(?P<mid>{w.between}),? ?(?:{w.conjunction})\b",
            re.IGNORECASE,
        )

    @cached_property
    def _bare(self) -> re.Pattern[str]:
        return (
            re.compile(rf"(?:{self.words.bare})(?= (?![a-z]+ing\b|in\b|on\b|at\b|of\b|so\b|to\b)\w)")
            if self.words.bare
            else re.compile(r"(?!)")
        )

    @cached_property
    def _sources(self) -> re.Pattern[str]:
        return re.compile(self.words.sources, re.IGNORECASE)

    @cached_property
    def _forms(self) -> list[re.Pattern[str]]:
        return [re.compile(form) for form in self.words.forms]

    def _reported(self, text: str, sentence: Sentence, marks: list[Quoted]) -> list[Quoted]:
        found: list[Quoted] = []
        for match in self._verb.finditer(text, sentence.start, sentence.end):
            if _is_marked(match.start(), marks):
                continue
            if quoted := self._governed(text, sentence, match):
                found.append(quoted)
        for match in self._sources.finditer(text, sentence.start, sentence.end):
            if not _is_marked(match.start(), marks):
                start, end = _clause(text, sentence, match.start())
                found.append(Quoted(start, end, _who(re.split(r"[,.;:]", text[match.end() : end])[0])))
        for form in self._forms:
            for match in form.finditer(text, sentence.start, sentence.end):
                found.append(Quoted(match.end(), sentence.end, _who(match.group())))
        return found

    def _governed(self, text: str, sentence: Sentence, match: re.Match[str]) -> Quoted | None:
        """What a verb of saying governs: the rest of the sentence after "that", or the whole around a parenthesis."""
        left = re.split(r"[;:.!?()“”\"«»]", text[sentence.start : match.start()])[-1]
        own = left.strip(" ,").split(",")[-1].strip()
        if re.match(self.words.first_person, own, re.IGNORECASE) and match["verb"] not in ("read", "reads"):
            return None
        that = self._that.match(text, match.end(), sentence.end)
        if that:
            return Quoted(that.end(), _clause(text, sentence, match.start())[1], _who(own) or _who(that["mid"]))
        after = text[match.end() : sentence.end]
        inverted = re.match(r" (?P<who>[^,.;:\"“”«»]{2,60})", after)
        closes = re.match(r"(?: (?:us|me|him|her|them|reporters|journalists|the \w+))?(?:[,.;:]|[\"”»]|$)", after)
        if left.rstrip().endswith(",") and inverted and left.strip(" ,"):
            return Quoted(*_clause(text, sentence, match.start()), _who(inverted["who"]))
        if "," in left and closes and len(own.split()) <= 7 and own:
            return Quoted(*_clause(text, sentence, match.start()), _who(own))
        bare = self._bare.match(text, match.start(), sentence.end)
        if bare and own and not left.rstrip().endswith(","):
            return Quoted(bare.end(), sentence.end, _who(own))
        return None

    def _spoken_paragraphs(self, text: str, paragraphs: list[tuple[int, int]]) -> list[Quoted]:
        """Answers in an interview and the words of labelled speakers."""
        questions = [bool(_QUESTION_PARAGRAPH.match(text[start:end])) for start, end in paragraphs]
        interview = sum(questions) >= 2
        labels = [self._label(text[start:end]) for start, end in paragraphs]
        times = Counter(labels)
        found: list[Quoted] = []
        asked = False
        for (start, end), is_question, label in zip(paragraphs, questions, labels, strict=True):
            if _ASIDE.match(text[start:end]) and not _QA.match(text[start:end]):
                continue
            turn = _QA.match(text[start:end])
            if turn:
                asked = turn["who"] in _ANSWERS
                if asked:
                    found.append(Quoted(start + turn.end(), end))
                continue
            if interview and is_question:
                asked = True
            elif asked and not text[start:end].lstrip().startswith("#"):
                found.append(Quoted(start, end))
            elif label and (times[label] > 1 or len(label.split()) > 1):
                found.append(Quoted(start + text[start:end].index(":") + 1, end, label))
        return found

    def _label(self, paragraph: str) -> str | None:
        match = re.match(r"^[\s>*_]*(?P<who>[A-ZА-ЯЁ][\w.' -]{1,40}?)[*_]*:[*_]* (?=[A-Za-zА-Яа-я“\"«])", paragraph)
        if not match or re.fullmatch(self.words.not_labels, match["who"].strip(), re.IGNORECASE):
            return None
        return match["who"].strip()


def _is_marked(position: int, marks: list[Quoted]) -> bool:
    """Whether a position lies between quotation marks; the stretches come in order and do not overlap."""
    at = bisect_right(marks, position, key=lambda mark: mark.start)
    return at > 0 and position < marks[at - 1].end


def _named(found: list[Quoted], text: str) -> list[Quoted]:
    """A speaker who is only "he" is the one named last in the paragraph."""
    named: list[Quoted] = []
    last: Quoted | None = None
    for quoted in found:
        if quoted.speaker and _PRONOUN.fullmatch(quoted.speaker):
            is_near = (
                last is not None
                and quoted.start - last.start < _NEAR
                and text.find("\n\n", last.start, quoted.start) < 0
            )
            quoted = replace(quoted, speaker=last.speaker if is_near and last else None)
        elif quoted.speaker:
            last = quoted
        named.append(quoted)
    return named


def _marked(text: str, start: int, end: int) -> list[Quoted]:
    """Stretches of three words or more between quotation marks; an unclosed mark quotes to the end of the paragraph."""
    found: list[Quoted] = []
    opened: int | None = None
    closers = ""
    for i in range(start, end):
        character = text[i]
        if opened is None and character in _OPENING:
            opened, closers = i, _OPENING[character]
        elif opened is None and character == '"':
            opened, closers = i, '"'
        elif opened is not None and character in closers:
            if len(text[opened + 1 : i].split()) >= 3:
                found.append(Quoted(opened + 1, i))
            opened = None
    if opened is not None and len(text[opened + 1 : end].split()) >= 3 and closers != '"':
        found.append(Quoted(opened + 1, end))
    return found


def _clause(text: str, sentence: Sentence, position: int) -> tuple[int, int]:
    """The part of a sentence between semicolons in which a position lies."""
    start = max(text.rfind(mark, sentence.start, position) for mark in ";(") + 1
    stops = [text.find(mark, position, sentence.end) for mark in (";", ")", ": ")]
    end = min([stop for stop in stops if stop >= 0], default=sentence.end)
    return max(start, sentence.start), end


def _who(words: str) -> str | None:
    """A speaker, trimmed to what names him or her."""
    name = re.sub(r"^(?:and|but|while|then|as|that)\s+", "", re.sub(r"\s+", " ", words).strip(" ,*_>-–\"”“»«'"))
    return name if 1 < len(name) <= 80 else None
