"""The rules of order: what must come before what, and which spells may not overlap."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

from foedus.core.dates import parse_date
from foedus.record.load import Loading
from foedus.record.memberships import ENTRIES, EXITS, SIGNS, by_date, end_of
from foedus.record.models import Base, Fact, Hosting, Pact, Record, State
from foedus.record.vocabulary import BASE_ENDS

_YEAR = 366
_BEGINNING = "1816-01-01"
_NEEDS_STATE = (*SIGNS, *ENTRIES)


def check_memberships(record: Record, loading: Loading) -> None:
    """The events of a state in a pact come in an order that can have happened."""
    for pact in record.pacts.values():
        by_state: dict[str, list[Fact]] = defaultdict(list)
        for fact in pact.events:
            if fact.member:
                by_state[fact.member].append(fact)
        for code, facts in by_state.items():
            _check_order(pact, _called(record, code), by_date(facts), loading)


def _called(record: Record, code: str) -> str:
    state = record.states.get(code)
    return f"{code} ({state.name})" if state else code


def _check_order(pact: Pact, name: str, facts: list[Fact], loading: Loading) -> None:
    """Walk through the events of one state as `member_spells` does, and note each that cannot follow."""
    _check_signature(pact, name, facts, loading)
    has_joined = any(fact.event == "joined" for fact in facts)
    entry: Fact | None = None
    status: Fact | None = None
    suspended = False
    for fact in facts:
        if fact.event in ("joined", "rejoined", "succeeded"):
            if entry is not None and entry.event != "in_force":
                found = f"{name} {_act(fact)} in {pact.id}, but it is a member since {entry.date} ({entry.id})."
                remedy = "Spells may not overlap: give the withdrawal between them, or delete one."
                loading.at(fact.id, found, remedy, rule="overlap")
            entry = fact
        elif fact.event == "in_force" and entry is None and (pact.kind == "treaty" or not has_joined):
            entry = fact
        elif fact.event in ("observer", "associate"):
            status = fact
        elif fact.event in EXITS:
            if entry is None and status is None:
                _note_exit(pact, name, fact, facts, loading)
            entry = status = None
            suspended = False
        elif fact.event == "suspended":
            suspended = True
        elif fact.event == "resumed":
            if not suspended:
                found = f"{name} {_act(fact)} in {pact.id}, but no suspension comes before it."
                loading.at(fact.id, found, "Give the suspension, or delete the line.", rule="order")
            suspended = False
    _check_after_end(pact, name, facts, loading)


def _act(fact: Fact) -> str:
    verbs = {"in_force": "was bound", "resumed": "resumed", "succeeded": "succeeded", "acceded": "acceded"}
    return f"{verbs.get(fact.event, fact.event)} {fact.date}"


def _note_exit(pact: Pact, name: str, fact: Fact, facts: list[Fact], loading: Loading) -> None:
    later = [other for other in facts if other.when.first_day > fact.when.first_day]
    first = next((other for other in later if other.event in _NEEDS_STATE), None)
    signed = any(other.event in SIGNS for other in facts)
    if first is not None and first.event == "rejoined":
        found = f"{name} {_act(fact)} from {pact.id} and {_act(first)}, but the record has no first entry."
        loading.at(fact.id, found, "Give it where a source does.", rule="entry_unknown")
    elif first is not None:
        found = f"{name} {_act(fact)} from {pact.id}, before it {_act(first)}."
        loading.at(fact.id, found, "Correct the date, or delete the line if the state never joined.", rule="order")
    elif not signed:
        found = f"{name} {_act(fact)} from {pact.id}, but the record has no entry before it."
        remedy = "Give the entry, delete the line if the state never joined, or say in note how it could leave."
        loading.at(fact.id, found, remedy, rule="entry_unknown" if fact.note else "order")


def _check_signature(pact: Pact, name: str, facts: list[Fact], loading: Loading) -> None:
    """A state signs before a treaty binds it, unless it applied provisionally; an organization may be older."""
    signed = next((fact for fact in facts if fact.event == "signed"), None)
    bound = next((fact for fact in facts if fact.event in ("joined", "in_force")), None)
    if signed is None or bound is None or signed.when.first_day <= bound.when.last_day:
        return
    if pact.kind != "treaty" and bound.event == "joined":
        return
    if "provisional" not in (signed.qualifier or "") + (bound.qualifier or ""):
        found = f"{name} {_act(bound)} in {pact.id}, before it {_act(signed)}."
        remedy = "Correct one of the dates, or write qualifier: provisional."
        loading.at(bound.id, found, remedy, rule="order")


def _check_after_end(pact: Pact, name: str, facts: list[Fact], loading: Loading) -> None:
    end = end_of(pact)
    if end is None:
        return
    for fact in facts:
        if fact.event in (*_NEEDS_STATE, *EXITS) and fact.when.first_day > end.when.last_day:
            found = f"{name} {_act(fact)} in {pact.id}, after the pact ended {end.date}."
            loading.at(fact.id, found, "Correct one of the dates.", rule="order")


def check_states_exist(record: Record, loading: Loading) -> None:
    """A state signs and joins only while it exists; a territory, or one recognised in part, is not asked.

    Codebooks date independence by convention: within a year before it, or where a note explains it, it is a warning.
    """
    for pact in record.pacts.values():
        for fact in pact.events:
            state = record.states.get(fact.state or "")
            if state is None or fact.event not in _NEEDS_STATE or _exists(state, fact):
                continue
            found = f"{state.id} ({state.name}) {_act(fact)} in {pact.id}, but the state existed {_spans(state)}."
            remedy = "Correct the date, give the predecessor's code, or say in note how it could."
            is_explained = fact.note is not None or _is_near(state, fact)
            loading.at(fact.id, found, remedy, rule="existence_convention" if is_explained else "existence")


def _exists(state: State, fact: Fact) -> bool:
    spans = (*state.spells, *state.other_spells)
    if state.kind != "state" or not spans:
        return True
    # The codebooks begin in 1816: a state that they begin with is older.
    is_before = any(span.start == _BEGINNING for span in spans) and fact.when.first_day < date.fromisoformat(_BEGINNING)
    return is_before or any(span.covers(fact.when.first_day, fact.when.last_day) for span in spans)


def _is_near(state: State, fact: Fact) -> bool:
    starts = [parse_date(span.start).first_day for span in (*state.spells, *state.other_spells) if span.start]
    return any(0 <= (start - fact.when.last_day).days <= _YEAR for start in starts)


def _spans(state: State) -> str:
    spans = sorted((*state.other_spells, *state.spells), key=lambda span: span.start or "")
    return ", ".join(f"{span.start or '...'} to {span.end or 'today'}" for span in spans)


def check_hostings(record: Record, loading: Loading) -> None:
    """A spell of a base ends after it starts, and one operator has one spell there at a time."""
    for base in record.bases.values():
        by_operator: dict[str, list[Hosting]] = defaultdict(list)
        for spell in base.spells:
            if not spell.events:
                loading.at(base.id, f"{base.id}: a spell of {spell.operator} has no event.", "Give one.", rule="order")
                continue
            _check_spell(base, spell, loading)
            by_operator[spell.operator].append(spell)
        for operator, spells in by_operator.items():
            _check_overlap(base, operator, spells, loading)


def _check_spell(base: Base, spell: Hosting, loading: Loading) -> None:
    starts = [fact for fact in spell.events if fact.event in ("opened", "present")]
    ends = [fact for fact in spell.events if fact.event in BASE_ENDS]
    for end in ends:
        for start in starts:
            if end.when.last_day < start.when.first_day:
                found = f"{base.id}: {end.event} {end.date}, before it was {start.event} {start.date}."
                remedy = "Correct one of the dates, or make two spells of it."
                loading.at(end.id, found, remedy, rule="order")
    if not starts and spell.status != "planned":
        found = f"{base.id}: the spell of {spell.operator} has neither opened nor present."
        remedy = "Give the opening, or a day on which it was in use."
        loading.at(spell.events[0].id, found, remedy, rule="start_unknown")


def _check_overlap(base: Base, operator: str, spells: list[Hosting], loading: Loading) -> None:
    spans = sorted(((*_span(spell), spell) for spell in spells), key=lambda item: item[0])
    for (_, end, _), (start, _, spell) in pairwise(spans):
        if start < end:
            found = f"{base.id}: two spells of {operator} overlap ({start} lies before {end})."
            loading.at(spell.events[0].id, found, "Give the end of the earlier one, or join them.", rule="overlap")


def _span(spell: Hosting) -> tuple[date, date]:
    ends = [fact.when.first_day for fact in spell.events if fact.event in BASE_ENDS]
    return min(fact.when.first_day for fact in spell.events), min(ends, default=parse_date("../..").last_day)
