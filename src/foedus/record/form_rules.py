"""The rules of form: sources, references, ids, words and days of single lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foedus.core.dates import parse_date
from foedus.core.errors import DateError
from foedus.record.differences import DIFFERENCES, differences
from foedus.record.facts import all_facts, all_hostings, fact_sources
from foedus.record.load import Loading
from foedus.record.memberships import end_of
from foedus.record.models import Record
from foedus.record.vocabulary import (
    BASE_EVENTS,
    OFFICE_EVENTS,
    ORGAN_EVENTS,
    PACT_EVENTS,
    SECTIONS,
    STATE_EVENTS,
)

_FACT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-\d+[a-z]?")
_PACT_ID = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_BASE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_sources(record: Record, loading: Loading) -> None:
    """Every fact has a source that is in the bibliography, and every entry there is used."""
    used: set[str] = set()
    for fact in all_facts(record):
        if not fact.sources:
            loading.at(
                fact.id, f"{fact.id} has no source.", "Give one that was read, or delete the line.", rule="source"
            )
        for reference in fact_sources(fact):
            used.add(reference.source)
            if not reference.says.strip():
                remedy = "Say in a few words of our own what the source says."
                loading.at(fact.id, f"{fact.id}: says of {reference.source} is empty.", remedy, rule="source")
        _check_known(record, loading, fact.id, [reference.source for reference in fact_sources(fact)])
    for pact in record.pacts.values():
        if pact.complete:
            used.add(pact.complete.source)
            _check_known(record, loading, pact.id, [pact.complete.source])
    for base in record.bases.values():
        used.update(reference.source for reference in base.location)
        _check_known(record, loading, base.id, [reference.source for reference in base.location])
    for difference in differences(loading.folder / DIFFERENCES.name):
        keys = [reference.source for reference in difference.sources]
        used.update(keys)
        _check_known(record, loading, difference.pact, keys)
    for key in record.sources.keys() - used - _sources_of_states(loading):
        remedy = "Cite it, or delete the entry."
        loading.at(key, f"source {key} is not cited by any fact.", remedy, rule="unused")


def _check_known(record: Record, loading: Loading, owner: str, keys: list[str]) -> None:
    for key in keys:
        if key not in record.sources:
            remedy = "Add it to sources/*.bib or correct the key."
            loading.at(owner, f"{owner}: source {key} is not in the bibliography.", remedy, rule="source")


def _sources_of_states(loading: Loading) -> set[str]:
    """The table of states names its sources in a comment at its head."""
    head = loading.states_file.read_text(encoding="utf-8").split("\n- ", 1)[0]
    return set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", head))


def check_references(record: Record, loading: Loading) -> None:
    """Every state, pact and organ that a line names is in the record."""
    treaties = {p.treaty.id for p in record.pacts.values() if p.treaty and not isinstance(p.treaty, str)}
    pacts = record.pacts.keys() | treaties
    for owner, name, code in _named_states(record):
        if code not in record.states:
            remedy = "Use the ISO 3166 alpha-3 code or one declared in states.yml."
            loading.at(owner, f"{owner}: {name} {code} is no state of the record.", remedy, rule="reference")
    named = [(p.id, other) for p in record.pacts.values() for other in (*p.predecessors, *p.successors)]
    named += [(p.id, p.treaty) for p in record.pacts.values() if isinstance(p.treaty, str)]
    named += [(d.pact, d.pact) for d in differences(loading.folder / DIFFERENCES.name)]
    named += [(owner.id, owner.pact) for owners in (record.organs, record.offices) for owner in owners.values()]
    for key, pact in named:
        if pact not in pacts:
            remedy = "Correct the id, or write the pact's file."
            loading.at(key, f"{key}: pact {pact} is not in the record.", remedy, rule="reference")
    for office in record.offices.values():
        if office.organ and office.organ not in record.organs:
            found = f"{office.id}: organ {office.organ} is not in the record."
            loading.at(office.id, found, "Correct the id, or write null.", rule="reference")


def check_reviews(record: Record, loading: Loading) -> None:
    """Second readings are of facts that are in the record."""
    known = {fact.id for fact in all_facts(record)}
    for fact in loading.second.keys() - known:
        found = f"reviews.yml: fact {fact} is not in the record."
        loading.at(fact, found, "Delete the line, or correct the id.", rule="reference")


def _named_states(record: Record) -> Iterator[tuple[str, str, str]]:
    """Who names a state, as what, and its code."""
    for fact in all_facts(record):
        for name, code in (("state", fact.state), ("of", fact.of)):
            if code:
                yield fact.id, name, code
        if fact.by and fact.event == "consequence":
            yield fact.id, "by", fact.by
        for code in fact.participants:
            yield fact.id, "participant", code
    for base, spell in all_hostings(record):
        for name, code in (("host", spell.host or base.host), ("operator", spell.operator), ("control", spell.control)):
            if code:
                yield base.id, name, code


def check_vocabulary(record: Record, loading: Loading) -> None:
    """Every event is one that its subject may have, and says what it must."""
    subjects = [
        *((fact, STATE_EVENTS if fact.state else PACT_EVENTS, "a state in a pact" if fact.state else "a pact")
          for pact in record.pacts.values() for fact in pact.events),
        *((fact, frozenset({event}), f"a line of {name}") for pact in record.pacts.values()
          for name, event in SECTIONS.items() for fact in getattr(pact, name)),
        *((fact, ORGAN_EVENTS, "an organ") for organ in record.organs.values() for fact in organ.events),
        *((fact, OFFICE_EVENTS, "an office") for office in record.offices.values() for fact in office.events),
        *((fact, BASE_EVENTS, "a base") for _, spell in all_hostings(record) for fact in spell.events),
    ]  # fmt: skip
    for fact, allowed, subject in subjects:
        if fact.event not in allowed:
            remedy = f"Use one of {', '.join(sorted(allowed))}."
            loading.at(fact.id, f"{fact.id}: {fact.event} is no event of {subject}.", remedy, rule="vocabulary")
        if fact.event in ("took_office", "left_office") and not fact.person:
            loading.at(fact.id, f"{fact.id}: {fact.event} names no person.", "Give person.", rule="vocabulary")
        if fact.event == "seat" and not fact.place:
            loading.at(fact.id, f"{fact.id}: seat names no place.", "Give place.", rule="vocabulary")
    for pact in record.pacts.values():
        for fact in pact.events:
            if (fact.event == "pledged") != (fact.pledge is not None) or fact.pledge not in (None, *pact.pledges):
                found = f"{fact.id}: {fact.event} with pledge {fact.pledge or 'not given'}."
                remedy = f"A line of pledged names one of the pledges of {pact.id}: {', '.join(pact.pledges)}."
                loading.at(fact.id, found, remedy, rule="vocabulary")


def check_ids(record: Record, loading: Loading) -> None:
    """Ids have the form that docs/curating.md gives."""
    for keys, form, word, example in (
        ([fact.id for fact in all_facts(record)], _FACT_ID, "fact", "csto-001"),
        (list(record.pacts), _PACT_ID, "pact", "WTO-WARSAW"),
        (list(record.bases), _BASE_ID, "base", "manas"),
    ):
        for key in keys:
            if not form.fullmatch(key):
                loading.at(key, f"{word} id {key} has not the form of {example}.", "Rename it.", rule="id")


def check_confidence(record: Record, loading: Loading) -> None:
    """High is one primary source or two independent ones; low says why."""
    for fact in all_facts(record):
        known = [record.sources[r.source] for r in fact.sources if r.source in record.sources]
        producers = {source.fields.get("author", source.key) for source in known}
        if fact.confidence == "high" and len(producers) < 2 and not any(source.is_primary for source in known):
            found = f"{fact.id}: confidence is high on one source that is not primary."
            remedy = "Add a second one, or write confidence: medium."
            loading.at(fact.id, found, remedy, rule="confidence")
        if fact.confidence == "low" and not fact.note:
            found = f"{fact.id}: confidence is low without a note."
            loading.at(fact.id, found, "Say why in note.", rule="confidence")


def check_dates(record: Record, loading: Loading) -> None:
    """Dates of completeness can be read, and what has happened lies before the record's day."""
    today = parse_date(record.day).last_day
    for fact in all_facts(record):
        if fact.when.first_day > today and fact.event not in ("announced", "agreement"):
            found = f"{fact.id}: {fact.date} is later than the record's day {record.day}."
            loading.at(fact.id, found, "Wait until it has happened.", rule="future")
    for pact in record.pacts.values():
        if pact.complete:
            _check_complete(pact.id, pact.complete.start, pact.complete.end, loading)
            if pact.complete.end is None and end_of(pact) is None:
                found = f"{pact.id}: complete has no end, so it is claimed up to the record's day."
                remedy = "Give as to the day of the list that was compared."
                loading.at(pact.id, found, remedy, rule="complete")


def _check_complete(pact: str, start: str, end: str | None, loading: Loading) -> None:
    try:
        if end is not None and parse_date(end).last_day < parse_date(start).first_day:
            found = f"{pact}: complete ends {end}, before it starts {start}."
            loading.at(pact, found, "Correct one of them.", rule="date")
    except DateError as error:
        loading.at(pact, f"{pact}: complete: {error}", "", rule="date")
