"""The record as flat tables with a declared schema: what an export writes and a comparison of versions reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from foedus.record.basing import bases
from foedus.record.crosswalk import crosswalk
from foedus.record.facts import all_facts
from foedus.record.memberships import member_spells
from foedus.record.models import Fact, Record, SourceRef

Row = dict[str, Any]
Field = tuple[str, str, str]
_LIST = "; "


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table: its name, what a row is, its key, its fields (name, type, meaning) and its rows."""

    name: str
    describes: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Callable[[Record], Iterator[Row]]
    refers: tuple[tuple[str, str, str], ...] = ()


def _states(record: Record) -> Iterator[Row]:
    for state in record.states.values():
        yield {
            "state": state.id, "iso3": state.iso3, "name": state.name, "kind": state.kind, "part_of": state.part_of,
            "predecessors": _LIST.join(state.predecessors), "successors": _LIST.join(state.successors),
            "explanation": state.explanation,
        }  # fmt: skip


def _pacts(record: Record) -> Iterator[Row]:
    for pact in record.pacts.values():
        treaty = pact.treaty if isinstance(pact.treaty, str) else pact.treaty.id if pact.treaty else None
        yield {
            "pact": pact.id, "kind": pact.kind, "name": pact.name, "acronyms": _LIST.join(pact.acronyms),
            "pledges": _LIST.join(pact.pledges), "treaty": treaty, "predecessors": _LIST.join(pact.predecessors),
            "successors": _LIST.join(pact.successors),
            "complete_from": pact.complete.start if pact.complete else None,
            "complete_to": pact.complete.end if pact.complete else None, "note": pact.note,
        }  # fmt: skip


def _bodies(record: Record) -> Iterator[Row]:
    for organ in record.organs.values():
        yield {"body": organ.id, "name": organ.name, "pact": organ.pact, "kind": organ.kind, "organ": None}
    for office in record.offices.values():
        yield {"body": office.id, "name": office.name, "pact": office.pact, "kind": "office", "organ": office.organ}


def _facts(record: Record) -> Iterator[Row]:
    for fact in all_facts(record):
        row = {name: getattr(fact, name) for name, _, _ in FACT_FIELDS if hasattr(fact, name)}
        row |= {
            "fact": fact.id,
            "first_day": fact.when.first_day.isoformat(),
            "last_day": fact.when.last_day.isoformat(),
        }
        row |= {"participants": _LIST.join(fact.participants)}
        yield row | {"review_first": fact.review.first, "review_second": fact.review.second}


def _fact_sources(record: Record) -> Iterator[Row]:
    for fact in all_facts(record):
        yield from _references(fact, fact.date, "adopted", fact.sources)
        for rival in fact.rivals:
            yield from _references(fact, rival.date, "rival", rival.sources)


def _references(fact: Fact, date: str, value: str, references: tuple[SourceRef, ...]) -> Iterator[Row]:
    for number, ref in enumerate(references, 1):
        yield {
            "fact": fact.id, "value": value, "date": date, "number": number, "source": ref.source,
            "locator": ref.locator, "says": ref.says, "retrieved": ref.retrieved,
        }  # fmt: skip


def _memberships(record: Record) -> Iterator[Row]:
    for pact in record.pacts:
        for spell in member_spells(record, pact):
            yield {
                "pact": pact, "state": spell.state, "status": spell.status, "since": spell.start.date,
                "until": spell.end_text, "first_day": spell.first_day.isoformat(),
                "last_day": spell.last_day.isoformat() if spell.last_day else None, "start_fact": spell.start.id,
                "end_fact": spell.end.id if spell.end else None,
            }  # fmt: skip


def _bases(record: Record) -> Iterator[Row]:
    names = [name for name, _, _ in BASE_FIELDS]
    for row in bases(record, status="all"):
        row = {**row, "base": row["id"], "facts": _LIST.join(row["facts"])}
        yield {name: row.get(name) for name in names}


def _sources(record: Record) -> Iterator[Row]:
    for source in record.sources.values():
        fields = {name: source.fields.get(name) for name in ("author", "title", "date", "url", "doi", "urldate")}
        author = (fields["author"] or "").replace("{", "").replace("}", "")
        yield {"source": source.key, "kind": source.kind, "entry_type": source.entry_type, **fields, "author": author}


def _crosswalk(record: Record) -> Iterator[Row]:
    for row in crosswalk(record):
        yield {("from_day" if k == "from" else "to_day" if k == "to" else k): v for k, v in row.items()}


_TEXT, _DAY, _WHOLE, _NUMBER = "string", "date", "integer", "number"
FACT_FIELDS: tuple[Field, ...] = (
    ("fact", _TEXT, "permanent id"), ("event", _TEXT, "what happened, in the vocabulary of docs/curating.md"),
    ("date", _TEXT, "EDTF level 1, as precise as the source"), ("first_day", _DAY, "first possible day"),
    ("last_day", _DAY, "last possible day"), ("pact", _TEXT, "pact"), ("state", _TEXT, "state, record id"),
    ("of", _TEXT, "state whose place was taken over"), ("base", _TEXT, "base"),
    ("operator", _TEXT, "operator of the base"), ("organ", _TEXT, "organ"), ("office", _TEXT, "office"),
    ("person", _TEXT, "office holder"), ("place", _TEXT, "place"), ("number", _TEXT, "number of a meeting"),
        ("mode", _TEXT, "in_person or video"),
    ("participants", _TEXT, "states, divided by semicolons"), ("qualifier", _TEXT, "what kind of event"),
    ("purpose", _TEXT, "of a request: outside_threat, unrest_inside, between_members or consultation"),
    ("answer", _TEXT, "to a request: answered, refused or unanswered"),
    ("pledge", _TEXT, "which obligation an article gives"),
    ("article", _TEXT, "article of the treaty that a request names"), ("after", _TEXT, "fact that this one follows"),
    ("kind", _TEXT, "of a rule or a consequence"), ("value", _TEXT, "of a rule"),
    ("by", _TEXT, "state that acted, of a consequence; office or outlet that spoke, of a statement"),
    ("role", _TEXT, "of a statement: state, member or critic"), ("says", _TEXT, "what was stated, in our words"),
    ("confidence", _TEXT, "high, medium or low"), ("note", _TEXT, "remark"),
    ("review_first", _TEXT, "automated or person"), ("review_second", _TEXT, "automated, person or empty"),
)  # fmt: skip
BASE_FIELDS: tuple[Field, ...] = (
    ("base", _TEXT, "base"), ("name", _TEXT, "name"), ("kind", _TEXT, "air, naval, army, ..."),
    ("host", _TEXT, "state generally recognised as sovereign"), ("operator", _TEXT, "whose forces"),
    ("territory", _TEXT, "the place, where it differs from the host or is contested"),
    ("control", _TEXT, "who holds it"),
    ("consent", _TEXT, "agreement, contested or none"), ("legal_title", _TEXT, "lease, agreement, ..."),
    ("since", _TEXT, "start of use, EDTF"), ("until", _TEXT, "end of use, EDTF"),
    ("status", _TEXT, "confirmed, reported, disputed, planned or closed on the record's day"),
    ("lat", _NUMBER, "degrees north"), ("lon", _NUMBER, "degrees east"),
    ("coordinate_precision", _NUMBER, "degrees"), ("facts", _TEXT, "facts, divided by semicolons"),
)  # fmt: skip

TABLES: tuple[RecordTable, ...] = (
    RecordTable("states", "one row a state or territory", ("state",), (
        ("state", _TEXT, "record id"), ("iso3", _TEXT, "ISO 3166 alpha-3"), ("name", _TEXT, "English name"),
        ("kind", _TEXT, "state, territory or partly_recognised"), ("part_of", _TEXT, "state it belongs to"),
        ("predecessors", _TEXT, "record ids"), ("successors", _TEXT, "record ids"),
        ("explanation", _TEXT, "of hard cases"),
    ), _states),
    RecordTable("crosswalk", "one row a stretch of days on which a state has a code", ("system", "code", "from_day"), (
        ("state", _TEXT, "record id"), ("iso3", _TEXT, "ISO 3166 alpha-3"), ("name", _TEXT, "English name"),
        ("system", _TEXT, "cow or gw"), ("code", _WHOLE, "code of that system"), ("from_day", _TEXT, "first day"),
        ("to_day", _TEXT, "last day, empty if still valid"),
    ), _crosswalk, (("state", "states", "state"),)),
    RecordTable("pacts", "one row a pact", ("pact",), (
        ("pact", _TEXT, "id"), ("kind", _TEXT, "treaty, organization, command or programme"), ("name", _TEXT, "name"),
        ("acronyms", _TEXT, "divided by semicolons"), ("pledges", _TEXT, "kinds of obligation"),
        ("treaty", _TEXT, "the treaty it rests on"), ("predecessors", _TEXT, "ids"), ("successors", _TEXT, "ids"),
        ("complete_from", _TEXT, "from when the list of members is complete"), ("complete_to", _TEXT, "to when"),
        ("note", _TEXT, "remark"),
    ), _pacts),
    RecordTable("bodies", "one row an organ or office", ("body",), (
        ("body", _TEXT, "id"), ("name", _TEXT, "name"), ("pact", _TEXT, "pact"),
        ("kind", _TEXT, "kind of organ, or office"),
        ("organ", _TEXT, "the organ of an office"),
    ), _bodies, (("pact", "pacts", "pact"),)),
    RecordTable("facts", "one row a fact", ("fact",), FACT_FIELDS, _facts),
    RecordTable("fact_sources", "one row a source of a fact or of a rival value", ("fact", "value", "date", "number"), (
        ("fact", _TEXT, "fact"), ("value", _TEXT, "adopted or rival"), ("date", _TEXT, "the date that it gives, EDTF"),
        ("number", _WHOLE, "order"), ("source", _TEXT, "key of the bibliography"),
        ("locator", _TEXT, "place in the source"),
        ("says", _TEXT, "what it says, in our words"), ("retrieved", _TEXT, "day it was read"),
    ), _fact_sources, (("fact", "facts", "fact"), ("source", "sources", "source"))),
    RecordTable("memberships", "one row a spell of a state in a pact, derived from the facts", (), (
        ("pact", _TEXT, "pact"), ("state", _TEXT, "state"), ("status", _TEXT, "member, observer, ..."),
        ("since", _TEXT, "EDTF"), ("until", _TEXT, "EDTF, empty if still running"), ("first_day", _DAY, "first day"),
        ("last_day", _DAY, "last day"), ("start_fact", _TEXT, "fact"), ("end_fact", _TEXT, "fact"),
    ), _memberships, (("pact", "pacts", "pact"), ("state", "states", "state"))),
    RecordTable("bases", "one row an operator's spell at a base", (), BASE_FIELDS, _bases),
    RecordTable("sources", "one row an entry of the bibliography", ("source",), (
        ("source", _TEXT, "key"), ("kind", _TEXT, "treaty, depositary, official, press, ..."),
        ("entry_type", _TEXT, "biblatex"), ("author", _TEXT, "authors"), ("title", _TEXT, "title"),
        ("date", _TEXT, "when it appeared"), ("url", _TEXT, "address"),
        ("doi", _TEXT, "DOI"), ("urldate", _TEXT, "day it was read"),
    ), _sources),
)  # fmt: skip
