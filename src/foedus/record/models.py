"""The shapes of the record: every line is a fact, a fact has a date and sources."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from foedus.core.dates import PartialDate, parse_date
from foedus.record.vocabulary import OF_THE_PACT

Event = Literal[
    "signed", "ratified", "acceded", "joined", "in_force", "observer", "associate", "suspended", "resumed",
    "notice", "notice_withdrawn", "withdrew", "expelled", "rejoined", "succeeded",
    "founded", "renewed", "pledged", "invoked", "responded", "declined", "ended", "seat", "rule", "consequence",
    "statement",
    "agreement", "announced", "opened", "present", "departed", "returned", "closed", "handed_over",
    "took_office", "left_office", "held",
]  # fmt: skip
Confidence = Literal["high", "medium", "low"]
Pledge = Literal[
    "defense", "consult", "nonaggression", "neutrality", "offense", "base", "cooperation", "forum", "guarantee",
    "union", "none", "collective",
]  # fmt: skip
BaseKind = Literal[
    "air", "naval", "army", "training", "radar", "signals", "space", "logistics", "test_range", "enclave", "drone",
    "repair", "hospital", "headquarters",
]  # fmt: skip

SourceKind = Literal["treaty", "depositary", "official", "press", "reference", "scholarship", "dataset"]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What all parts of the record have in common: unchangeable, and no field that nobody declared."""


class SourceRef(Struct, frozen=True):
    """Where a fact stands: the key in the bibliography, the place in the source, what it says there."""

    source: str
    locator: str
    says: str
    retrieved: str | None = None


class Rival(Struct, frozen=True):
    """Another value that a source gives for the same fact."""

    date: str
    sources: tuple[SourceRef, ...]
    note: str | None = None


class Review(Struct, frozen=True):
    """How a fact was read against its source, first and second time: ``automated``, ``person`` or not at all."""

    first: Literal["automated", "person"] = "automated"
    second: Literal["automated", "person"] | None = None


class SecondReading(Struct, frozen=True):
    """A line of reviews.yml: who held a fact against its sources again, when, and what they found."""

    fact: str
    second: Literal["automated", "person"]
    day: str
    supported: Literal["yes", "partly", "no"]
    differs: str | None = None
    remark: str | None = None


class Fact(Struct, frozen=True):
    """One event on one date."""

    id: str
    event: Event
    date: str
    sources: tuple[SourceRef, ...]
    confidence: Confidence = "high"
    rivals: tuple[Rival, ...] = ()
    review: Review = Review()
    note: str | None = None
    qualifier: str | None = None
    place: str | None = None
    state: str | None = None
    of: str | None = None
    person: str | None = None
    person_names: dict[str, tuple[str, ...]] = {}
    number: str | None = None
    mode: Literal["in_person", "video"] | None = None
    participants: tuple[str, ...] = ()
    purpose: Literal["outside_threat", "unrest_inside", "between_members", "consultation"] | None = None
    answer: Literal["answered", "refused", "unanswered"] | None = None
    pledge: Pledge | None = None
    article: str | None = None
    after: str | None = None
    kind: str | None = None
    value: str | None = None
    by: str | None = None
    role: Literal["state", "member", "critic"] | None = None
    says: str | None = None
    # Filled by the loader from where the line stands.
    pact: str | None = None
    base: str | None = None
    operator: str | None = None
    organ: str | None = None
    office: str | None = None

    @property
    def when(self) -> PartialDate:
        """The date with its first and last possible day."""
        return parse_date(self.date)

    @property
    def dates(self) -> tuple[PartialDate, ...]:
        """The adopted date first, then those of the rivals."""
        return (self.when, *(parse_date(rival.date) for rival in self.rivals))

    @property
    def member(self) -> str | None:
        """The state of whose membership the fact speaks: a seat, a pledge, a call for help and its answer do not."""
        return None if self.event in OF_THE_PACT else self.state


class DatedName(Struct, frozen=True):
    """A name with the first and last day of its validity, open where unknown."""

    name: str
    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")
    lang: str = "en"


class Treaty(Struct, frozen=True):
    """The treaty that an organization rests on, where parties and members are one list."""

    id: str
    name: str
    names: dict[str, tuple[str, ...]] = {}
    acronyms: tuple[str, ...] = ()


class Complete(Struct, frozen=True):
    """From when to when the list of members was compared with an official one: only there may silence exclude."""

    start: str = msgspec.field(name="from")
    source: str
    locator: str
    end: str | None = msgspec.field(default=None, name="to")


class Pact(Struct, frozen=True):
    """A treaty, organization, command or programme with its dated events."""

    id: str
    kind: Literal["treaty", "organization", "command", "programme"]
    name: str
    acronyms: tuple[str, ...] = ()
    names: dict[str, tuple[str, ...]] = {}
    former: tuple[DatedName, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    treaty: Treaty | str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    complete: Complete | None = None
    events: tuple[Fact, ...] = ()
    rules: tuple[Fact, ...] = ()
    consequences: tuple[Fact, ...] = ()
    statements: tuple[Fact, ...] = ()
    note: str | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All that is asserted of the pact, in the order of its file."""
        return (*self.events, *self.rules, *self.consequences, *self.statements)


class Organ(Struct, frozen=True):
    """A body of a pact: council, command, secretariat, assembly, force, region or committee."""

    id: str
    name: str
    pact: str
    kind: Literal["council", "command", "secretariat", "assembly", "force", "region", "committee"]
    names: dict[str, tuple[str, ...]] = {}
    events: tuple[Fact, ...] = ()
    note: str | None = None


class Office(Struct, frozen=True):
    """A post in a pact, with those who held it."""

    id: str
    name: str
    pact: str
    names: dict[str, tuple[str, ...]] = {}
    organ: str | None = None
    events: tuple[Fact, ...] = ()
    note: str | None = None


class Hosting(Struct, frozen=True):
    """A spell during which one state keeps forces or a facility on another's soil."""

    operator: str
    status: Literal["confirmed", "reported", "disputed", "planned"]
    events: tuple[Fact, ...]
    control: str | None = None
    consent: Literal["agreement", "contested", "none"] | None = None
    legal_title: Literal["lease", "sovereign_area", "rotational", "agreement", "occupation", "none"] | None = None
    host: str | None = None
    note: str | None = None


class Base(Struct, frozen=True):
    """A foreign military installation: where it is and who used it when."""

    id: str
    name: str
    kind: BaseKind
    host: str
    spells: tuple[Hosting, ...]
    aliases: dict[str, tuple[str, ...]] = {}
    territory: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    coordinate_precision: float | None = None
    location: tuple[SourceRef, ...] = ()
    note: str | None = None


class Source(Struct, frozen=True):
    """An entry of the bibliography."""

    key: str
    kind: SourceKind
    entry_type: str
    fields: dict[str, str]

    @property
    def is_primary(self) -> bool:
        """Whether it is a treaty text, a depositary's list or an official page."""
        return self.kind in ("treaty", "depositary", "official")


class Code(Struct, frozen=True):
    """A code of another system for a state, with the days on which it is valid."""

    system: Literal["cow", "gw"]
    code: int
    start: str = msgspec.field(name="from")
    end: str | None = msgspec.field(default=None, name="to")


class Span(Struct, frozen=True):
    """A stretch of days, both ends included; an open end is still running."""

    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")
    name: str | None = msgspec.field(default=None, name="as")

    def covers(self, first: date, last: date) -> bool:
        """Whether some day from first to last lies within the stretch."""
        after_start = self.start is None or parse_date(self.start).first_day <= last
        return after_start and (self.end is None or parse_date(self.end).last_day >= first)


class StateNames(Struct, frozen=True):
    """What a state is called in one language."""

    name: str | None = None
    other: tuple[str, ...] = ()
    former: tuple[DatedName, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[DatedName | str, ...] = ()
    metonyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class State(Struct, frozen=True):
    """A state or a territory that texts name with a seat or base of its own."""

    id: str
    name: str
    kind: Literal["state", "territory", "partly_recognised"] = "state"
    iso3: str | None = None
    iso2: str | None = None
    part_of: str | None = None
    spells: tuple[Span, ...] = ()
    other_spells: tuple[Span, ...] = ()
    codes: tuple[Code, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    names: dict[str, StateNames] = {}
    explanation: str | None = None


class Record(Struct, frozen=True):
    """All that foedus asserts."""

    version: str
    day: str
    states: dict[str, State]
    pacts: dict[str, Pact]
    organs: dict[str, Organ]
    offices: dict[str, Office]
    bases: dict[str, Base]
    sources: dict[str, Source]
