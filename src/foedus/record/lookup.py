"""What the record knows of a state, where a word occurs, and how much there is: `state`, `search` and `stats`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.core.dates import parse_date
from foedus.core.names import fold
from foedus.record.facts import all_facts, fact_sources
from foedus.record.models import DatedName, Record, State, StateNames
from foedus.record.names import find_state, names_of_body, names_of_pact
from foedus.record.naming import state_columns
from foedus.record.vocabulary import SECTIONS

Row = dict[str, Any]


def state(record: Record, name: str, *, on: str | None = None) -> Row:
    """Names, codes and spells of a state; `name`, `ccode` and `gwcode` are those of a date.

    Raises
    ------
    UnknownNameError
        If no state has the name, or several have.
    """
    found = find_state(record, name, parse_date(on) if on else None)
    return {
        "state": found.id,
        "iso3": found.iso3,
        **state_columns(record, found.id, parse_date(on or record.day)),
        "names": {language: _names(names) for language, names in found.names.items()},
        "codes": [{"system": c.system, "code": c.code, "from": c.start, "to": c.end} for c in found.codes],
        "spells": [{"from": span.start, "to": span.end} for span in found.spells],
        "predecessors": list(found.predecessors),
        "successors": list(found.successors),
        "explanation": found.explanation,
    }


def _names(names: StateNames) -> Row:
    capitals = [capital.name if isinstance(capital, DatedName) else capital for capital in names.capitals]
    return {
        "name": names.name,
        "other": list(names.other),
        "former": [{"name": dated.name, "from": dated.start, "to": dated.end} for dated in names.former],
        "demonyms": [*names.demonyms, *names.adjectives],
        "capitals": capitals,
    }


def search(record: Record, text: str) -> list[Row]:
    """Where a text occurs in names and in what facts say, without regard to case and accents; best matches first."""
    wanted = fold(text)
    if not wanted:
        return []
    best: dict[tuple[str, str], tuple[int, Row]] = {}
    for kind, key, name, searched in _searchable(record):
        folded = fold(searched)
        if wanted in folded:
            rank = 0 if folded == wanted else 1 if f" {wanted}" in f" {folded}" else 2
            rank += 10 * (kind in ("fact", "source"))
            if (kind, key) not in best or rank < best[kind, key][0]:
                best[kind, key] = (rank, {"id": key, "kind": kind, "name": name, "matched": searched})
    return [row for _, row in sorted(best.values(), key=lambda item: (item[0], item[1]["kind"], item[1]["id"]))]


def _searchable(record: Record) -> Iterator[tuple[str, str, str, str]]:
    """Kind, id, name and each text to be searched."""
    for one in record.states.values():
        yield from (("state", one.id, one.name, name) for name in _all_names(one))
    for pact in record.pacts.values():
        yield from (("pact", pact.id, pact.name, name) for name in names_of_pact(pact))
    for kind, bodies in (("organ", record.organs), ("office", record.offices), ("base", record.bases)):
        for body in bodies.values():
            yield from ((kind, body.id, body.name, name) for name in names_of_body(body))
    for fact in all_facts(record):
        if fact.person:
            others = [name for names in fact.person_names.values() for name in names]
            yield from (("person", fact.person, fact.person, name) for name in (fact.person, *others))
        texts = [reference.says for reference in fact_sources(fact)] + [
            fact.note or "", fact.place or "", fact.says or "", fact.by or "",
        ]  # fmt: skip
        yield from (("fact", fact.id, f"{fact.event} {fact.date}", text) for text in texts if text)
    for source in record.sources.values():
        yield "source", source.key, source.fields.get("title", source.key), source.fields.get("title", "")


def _all_names(one: State) -> Iterator[str]:
    yield from (one.id, one.name)
    for names in one.names.values():
        yield from (*([names.name] if names.name else []), *names.other, *names.demonyms, *names.adjectives)
        yield from (dated.name for dated in names.former)


def stats(record: Record) -> Row:
    """How much the record holds."""
    facts = list(all_facts(record))
    of_pacts = [fact for pact in record.pacts.values() for fact in pact.events]
    return {
        "day": record.day,
        "pacts": len(record.pacts),
        "membership_events": sum(fact.member is not None for fact in of_pacts),
        "pact_events": sum(fact.member is None for fact in of_pacts),
        "bases": len(record.bases),
        "base_spells": sum(len(base.spells) for base in record.bases.values()),
        "organs": len(record.organs),
        "offices": len(record.offices),
        "meetings": sum(fact.event == "held" for fact in facts),
        "pledges": sum(len(pact.pledges) for pact in record.pacts.values()),
        "pledges_with_a_source": len({(fact.pact, fact.pledge) for fact in of_pacts if fact.pledge}),
        "facts": len(facts),
        "sources": len(record.sources),
        "facts_with_two_sources": sum(len({reference.source for reference in fact.sources}) > 1 for fact in facts),
        "facts_with_rivals": sum(bool(fact.rivals) for fact in facts),
        "facts_read_twice": sum(fact.review.second is not None for fact in facts),
        "facts_read_by_a_person": sum("person" in (fact.review.first, fact.review.second) for fact in facts),
        **{name: sum(len(getattr(pact, name)) for pact in record.pacts.values()) for name in SECTIONS},
    }
