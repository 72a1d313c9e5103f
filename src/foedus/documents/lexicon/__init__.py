"""The words of each language: months, numbers, triggers of claims, speech. One YAML table a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from foedus.core.errors import RecordError
from foedus.documents.lexicon.grammar import Grammar
from foedus.documents.model import Kind, Relation
from foedus.documents.normal import fold


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A relative date such as "two years later"."""

    pattern: str
    unit: str
    anchor: str = "last"
    sign: int = 1
    shift: int = 0
    role: str = ""


class DateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The vocabulary of dates in one language; patterns are regular expressions without groups."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    prepositions: dict[str, list[str]]
    relative: list[Turn]
    day_suffix: str
    day_of: str
    of: str
    year_suffix: str
    year_prefix: str
    year_determiner: str
    decade_suffix: str
    conjunction: str
    vague: str
    month_lead: str
    month_now: list[str]
    filler: str
    quick: str
    day_words: str  # days of the month in words
    month_twins: str  # what joins two names of one month; empty where a month has one name

    @property
    def month_pattern(self) -> str:
        """All names of months, longest first."""
        one = "|".join(re.escape(name) + r"\b\.?" for name in sorted(self.months, key=len, reverse=True))
        return f"(?:{one})(?:{self.month_twins}(?:{one}))?+" if self.month_twins else one

    @property
    def preposition_pattern(self) -> str:
        """All prepositions that govern a date."""
        words = [word for group in self.prepositions.values() for word in group]
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    def preposition_role(self, preposition: str) -> str:
        """What a preposition says of the date: at, since, until, by, after, before."""
        return next((role for role, words in self.prepositions.items() if preposition in words), "")

    def number(self, text: str) -> int | None:
        """A number in digits or words."""
        text = text.lower().strip()
        return int(text) if text.isdigit() else self.numbers.get(text)

    def month(self, text: str) -> int:
        """A month by its name, or by the first of its two names."""
        found = re.match(self.month_pattern, text, re.IGNORECASE) if self.month_twins else None
        name = re.split(self.month_twins, text)[0] if found else text
        return self.months[name.lower().rstrip(".")]


class Ordinals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinal numbers: the stems of units and tens, and how a language joins and ends them."""

    units: dict[str, int]
    tens: dict[str, int]  # tens as they stand with a unit: "twenty" of "twenty-first"
    pattern: str  # {units} and {tens} stand for the stems
    digits: str

    def compiled(self) -> re.Pattern[str]:
        """An expression for one ordinal number."""
        units, tens = ("|".join(sorted(table, key=len, reverse=True)) for table in (self.units, self.tens))
        words = self.pattern.replace("{units}", f"(?:{units})").replace("{tens}", f"(?:{tens})")
        return re.compile(rf"\b(?:{words})\b|\b(?:{self.digits})(?!\w)", re.IGNORECASE)

    def value(self, text: str) -> int:
        """The number that an ordinal says: its tens and its units together."""
        if digits := re.match(r"\d+", text):
            return int(digits.group())
        stems = sorted({**self.tens, **self.units}.items(), key=lambda item: -len(item[0]))
        total, rest = 0, text.lower()
        while rest:
            stem, number = next(((s, n) for s, n in stems if rest.startswith(s)), (rest[0], 0))
            total, rest = total + number, rest[len(stem) :]
        return total


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that state a relation, and where its arguments stand."""

    relation: Relation
    pattern: str
    subject: str = "left"  # left, right, either, group (a capture of the pattern) or none
    object: str = "right"
    date: str = "right"
    qualifier: str | None = None
    needs: str = ""  # "object": a claim only where the object is named in the sentence or by a generic noun
    negated: bool = False
    since: bool = False
    tense: str = "past"  # present: the claim is about the day of the document


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language reports what others say."""

    verbs: str  # verbs of saying, with "that" or in a parenthesis
    bare: str  # those that need no "that"
    conjunction: str  # "that"
    between: str  # what may stand between verb and conjunction
    addressee: str  # "the house", "reporters"
    sources: str  # "according to": the whole sentence is somebody else's
    forms: list[str]  # other turns; what follows the match is somebody else's
    first_person: str
    not_labels: str


class Generic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that stands for an organization named before."""

    pattern: str
    kinds: list[str] = []
    words: list[str] = []


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that foedus knows of one language."""

    language: str
    dates: DateWords
    list_glue: str
    list_last: str
    triggers: list[Trigger]
    generics: list[Generic]
    pronouns: str
    negation: str
    hypothetical: str
    grammar: Grammar
    ordinals: Ordinals
    speech: Speech
    thesis: list[str]
    open_names: list[tuple[Kind, str]] = []
    counts: list[str] = []
    number_words: str = ""
    groups: dict[str, list[str]] = {}
    base_words: str = ""  # nouns that make the name of a town before or behind them the name of a base
    base_at: str = "at|in|near|of"  # what joins such a noun to the name of the town
    demonyms_act: bool = False  # the name of a people is a noun of its own and stands for its state
    people_article: str = "\0"  # what makes an adjective before a verb the name of a people: "the French have"
    people_verb: str = "(?!)"
    base_trail: str = "(?!)"  # what may stand behind the name of a base and is not part of what distinguishes it
    hedge: str = ""  # words behind an object that take a statement back: "in all but name"
    past: str = ""  # what shows that a state which began "since" a date is over; empty: not known


@dataclass(frozen=True, slots=True)
class CompiledTriggers:
    """All triggers of a language as one expression."""

    pattern: re.Pattern[str]
    triggers: tuple[Trigger, ...]


@cache
def load_lexicon(language: str) -> Lexicon:
    """The tables of a language."""
    return msgspec.convert(_read(f"{language}.yml", language), Lexicon, strict=False)


@cache
def organization_names() -> tuple[dict[str, Any], ...]:
    """Organizations and treaties that texts name and the record may lack: canonical name and aliases by language."""
    return tuple(_read("organizations.yml"))


def _read(name: str, language: str = "en") -> Any:
    text = fold(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"), language)
    try:
        return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        raise RecordError(f"lexicon/{name}: is damaged ({error}). Install foedus again.") from error
