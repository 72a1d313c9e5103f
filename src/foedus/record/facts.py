"""All facts of a record, whoever they are about."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.record.models import Base, Fact, Hosting, Record, SourceRef


def all_facts(record: Record) -> Iterator[Fact]:
    """Every fact: of pacts, organs, offices and bases, in the order of the files."""
    for pact in record.pacts.values():
        yield from pact.facts
    for owners in (record.organs, record.offices):
        for owner in owners.values():
            yield from owner.events
    for _, spell in all_hostings(record):
        yield from spell.events


def all_hostings(record: Record) -> Iterator[tuple[Base, Hosting]]:
    """Every spell of every base."""
    for base in record.bases.values():
        for spell in base.spells:
            yield base, spell


def find_fact(record: Record, key: str) -> Fact | None:
    """The fact of an id."""
    return next((fact for fact in all_facts(record) if fact.id == key), None)


def fact_sources(fact: Fact) -> Iterator[SourceRef]:
    """The sources of the adopted value, then those of its rivals."""
    yield from fact.sources
    for rival in fact.rivals:
        yield from rival.sources
