"""What happened when: the rows of `timeline` and `fact`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from foedus.core.errors import UnknownNameError
from foedus.core.names import fold
from foedus.record.facts import all_facts, all_hostings, find_fact
from foedus.record.memberships import by_date
from foedus.record.models import Base, Fact, Office, Organ, Record, SourceRef
from foedus.record.names import find_pact, find_state, names_of_body
from foedus.record.naming import state_columns

Row = dict[str, Any]


def timeline(record: Record, name: str) -> list[Row]:
    """All facts of a pact, state, base, organ or office, in date order.

    A pact brings its treaty, its organs and its offices; a state what it did, took part in and hosted.

    Raises
    ------
    UnknownNameError
        If nothing in the record has the name, or several things have.
    """
    return [fact_row(record, fact) for fact in by_date(_facts_of(record, name))]


def _facts_of(record: Record, name: str) -> Iterable[Fact]:
    if (base := _body(record, name, record.bases.values())) is not None:
        return [fact for spell in record.bases[base.id].spells for fact in spell.events]
    if (organ := _body(record, name, record.organs.values())) is not None:
        offices = [office for office in record.offices.values() if office.organ == organ.id]
        return [*record.organs[organ.id].events, *(fact for office in offices for fact in office.events)]
    if (office := _body(record, name, record.offices.values())) is not None:
        return record.offices[office.id].events
    messages = []
    for find in (_facts_of_named_pact, _facts_of_named_state):
        try:
            return find(record, name)
        except UnknownNameError as error:
            messages.append(str(error))
    raise UnknownNameError(_nothing(record, name, messages))


def _nothing(record: Record, name: str, messages: list[str]) -> str:
    """The most helpful message of those that the search for a pact and for a state ended with."""
    wanted = fold(name)
    bodies: list[Base | Organ | Office] = [*record.bases.values(), *record.organs.values(), *record.offices.values()]
    partly = [body.id for body in bodies if wanted and any(wanted in fold(other) for other in names_of_body(body))]
    if partly:
        return f"{name}: nothing in the record has just this name. Did you mean {' or '.join(sorted(partly)[:5])}?"
    helpful = [message for message in messages if "may mean" in message or "Did you mean" in message]
    message = helpful[-1] if helpful else f"{name}: nothing in the record has this name. `foedus search` may find it."
    for kind in ("pact", "state"):
        message = message.replace(f"no {kind} of the record", "nothing in the record")
    return message


def _body(record: Record, name: str, bodies: Iterable[Base | Organ | Office]) -> Base | Organ | Office | None:
    wanted = fold(name)
    if not wanted:
        return None
    found = [body for body in bodies if wanted in {fold(other) for other in names_of_body(body)}]
    exact = [body for body in found if body.id.casefold() == name.strip().casefold()]
    found = exact or found
    if len(found) > 1:
        raise UnknownNameError(f"{name}: may mean {', '.join(sorted(body.id for body in found))}. Give the id.")
    return found[0] if found else None


def _facts_of_named_pact(record: Record, name: str) -> list[Fact]:
    pact = find_pact(record, name)
    ids = {pact.id, pact.treaty if isinstance(pact.treaty, str) else pact.id}
    return [fact for fact in all_facts(record) if fact.pact in ids]


def _facts_of_named_state(record: Record, name: str) -> list[Fact]:
    state = find_state(record, name).id
    facts = [
        fact
        for fact in all_facts(record)
        if state in (fact.state, fact.of, fact.operator, fact.by) or state in fact.participants
    ]
    for base, spell in all_hostings(record):
        if (spell.host or base.host) == state and spell.operator != state:
            facts += spell.events
    return facts


def fact_row(record: Record, fact: Fact) -> Row:
    """A fact as a row of a timeline; of a base the state is the operator."""
    state = fact.state or fact.operator
    return {
        "fact": fact.id,
        "date": fact.date,
        "event": fact.event,
        "pact": fact.pact,
        "state": state,
        **state_columns(record, state, fact.when),
        "base": fact.base,
        "organ": fact.organ,
        "office": fact.office,
        "person": fact.person,
        "place": fact.place,
        "says": fact.says or (fact.sources[0].says if fact.sources else None),
        "confidence": fact.confidence,
        "rivals": _rivals(fact),
        "sources": [_source(reference) for reference in fact.sources],
        "review": {"first": fact.review.first, "second": fact.review.second},
    }


def fact(record: Record, key: str) -> Row:
    """All that the record has of one fact.

    Raises
    ------
    UnknownNameError
        If no fact has the id.
    """
    found = find_fact(record, key)
    if found is None:
        remedy = "`foedus timeline NAME` shows the ids of facts."
        raise UnknownNameError(f"{key}: no fact of the record has this id. {remedy}")
    row = fact_row(record, found)
    columns = (
        "of", "operator", "number", "mode", "qualifier", "purpose", "answer", "pledge", "article", "after", "kind",
        "value", "by", "role", "note",
    )  # fmt: skip
    more = {name: getattr(found, name) for name in columns}
    people = msgspec.to_builtins(found.person_names)
    return {**row, **more, "participants": list(found.participants), "person_names": people}


def _source(reference: SourceRef) -> Row:
    return {
        "source": reference.source,
        "locator": reference.locator,
        "says": reference.says,
        "retrieved": reference.retrieved,
    }


def _rivals(fact: Fact) -> list[Row]:
    return [
        {"date": rival.date, "note": rival.note, "sources": [_source(reference) for reference in rival.sources]}
        for rival in fact.rivals
    ]
