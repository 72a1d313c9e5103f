"""What the record adds to the reading of a text, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from foedus.core.dates import parse_date
from foedus.documents.context import Knowledge
from foedus.documents.gazetteer import Name
from foedus.documents.model import Entity
from foedus.record.memberships import end_of
from foedus.record.models import Record


def gather(record: Record, names: Iterable[Name]) -> Knowledge:
    """Arrange the record for a reader: names, treaties and organizations, years of acts, hosts and capitals."""
    known: dict[Entity, str] = defaultdict(str)
    for name, entity, _ in names:
        if entity.kind == "pact":
            known[entity] += f" {name.lower()}"
    organization_of: dict[str, Entity] = {}
    treaty_of: dict[str, Entity] = {}
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    founded: dict[str, str] = {}
    ended: dict[str, int] = {}
    for pact in record.pacts.values():
        begins = [fact.date for fact in pact.events if fact.event in ("founded", "signed") and fact.state is None]
        if begins:
            founded[pact.id] = min(begins)[:4]
        if end := end_of(pact):
            ended[pact.id] = end.when.last_day.year
        own = Entity(pact.id, pact.name, "pact")
        treaty = record.pacts.get(pact.treaty) if isinstance(pact.treaty, str) else pact.treaty
        if treaty is not None:
            organization_of.setdefault(treaty.id, own)
            treaty_of[pact.id] = Entity(treaty.id, treaty.name, "pact")
        for fact in pact.events:
            year = parse_date(fact.date).year
            if fact.state and year is not None:
                years[pact.id, fact.state].add(year)
    states = {state.id: Entity(state.id, state.name, "state") for state in record.states.values()}
    hosts = {base.id: states[base.host] for base in record.bases.values() if base.host in states}
    capitals: dict[str, str] = {}
    for state in record.states.values():
        listed = state.names["en"].capitals if "en" in state.names else ()
        current = [c if isinstance(c, str) else c.name for c in listed if isinstance(c, str) or c.end is None]
        if current:
            capitals[state.id] = current[0]
    acts = {key: frozenset(found) for key, found in years.items()}
    treaties = frozenset(pact.id for pact in record.pacts.values() if pact.kind == "treaty")
    between = _between(record)
    return Knowledge(known, organization_of, treaty_of, acts, hosts, capitals, founded, ended, treaties, between)


def _between(record: Record) -> dict[frozenset[str], tuple[tuple[int, Entity], ...]]:
    """The treaties that some states and no others signed, with the year of signature, by the states."""
    found: dict[frozenset[str], tuple[tuple[int, Entity], ...]] = {}
    for pact in record.pacts.values():
        signed = [(fact.state, parse_date(fact.date).year) for fact in pact.events if fact.event == "signed"]
        states = frozenset(state for state, _ in signed if state)
        years = {year for _, year in signed if year is not None}
        if len(states) > 1 and len(years) == 1:
            own = pact.treaty if pact.treaty and not isinstance(pact.treaty, str) else pact
            found[states] = (*found.get(states, ()), (min(years), Entity(own.id, own.name, "pact")))
    return found
