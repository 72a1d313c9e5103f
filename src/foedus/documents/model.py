"""What a text consists of for foedus: sections, sentences, mentions, dates and claims, all with offsets.

Offsets count Unicode code points of the text as given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from foedus.core.dates import PartialDate

Language = Literal["en", "ru", "ar"]
Kind = Literal["state", "pact", "organ", "base", "person", "place"]
Relation = Literal[
    "member_of", "member_joined", "member_left", "never_member", "treaty_signed", "founded", "dissolved",
    "base_in", "base_opened", "base_closed", "hosts_troops", "headquartered_in", "membership_count", "office_held",
    "meeting_held", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A text as given, with what its bearer says of it."""

    text: str
    id: str = ""
    title: str | None = None
    published: str | None = None
    language: str = "auto"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text under one heading, in one language."""

    title: str | None
    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of one paragraph that ends with a full stop or its like."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that has a name: id is the record's, or None where the record lacks it."""

    id: str | None
    name: str
    kind: Kind

    def as_json(self) -> dict[str, str | None]:
        """The entity as reports write it."""
        return {"id": self.id, "name": self.name, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names one of some entities; `form` says by which sort of name."""

    start: int
    end: int
    entities: tuple[Entity, ...]
    form: Literal["name", "former", "adjective", "demonym", "capital", "treaty", "group", "town"]

    @property
    def entity(self) -> Entity:
        """The likeliest bearer of the name."""
        return self.entities[0]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in running text: its EDTF value, and where it stands; empty where it cannot be resolved."""

    start: int
    end: int
    value: str
    preposition: str = ""


@dataclass(slots=True)
class Claim:
    """A statement that the record can judge."""

    start: int
    end: int
    relation: Relation
    subject: Entity | None
    object: Entity | None
    value: str | None = None
    date: str = ""
    attribution: Literal["author", "quoted"] = "author"
    speaker: str | None = None
    group: int = 0
    negated: bool = False
    since: bool = False
    qualifier: str | None = None
    is_present: bool = False
    is_lasting: bool = False
    is_of_all_time: bool = False
    candidates: tuple[Entity, ...] = ()

    def but(self, **changes: Any) -> Claim:
        """The same claim with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Thesis:
    """A statement that a pact serves one state's influence: it gets no verdict."""

    start: int
    end: int
    pact: Entity
    patron: Entity


@dataclass(slots=True)
class Reading:
    """What was found in a text."""

    document: Document
    sections: list[Section]
    claims: list[Claim] = field(default_factory=list)
    theses: list[Thesis] = field(default_factory=list)
    published: PartialDate | None = None
