"""Why the record and a dataset differ on a year: rules that hold for many rows at once, each stated once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from foedus.core.dates import parse_date
from foedus.findings.codings import Coding
from foedus.record.memberships import end_of
from foedus.record.models import Fact, Pact, Record
from foedus.record.vocabulary import OF_THE_PACT

ACTS = (
    "signed", "ratified", "acceded", "joined", "in_force", "rejoined", "succeeded", "notice", "notice_withdrawn",
    "withdrew", "expelled", "suspended", "resumed", "renewed", "founded", "ended", "observer", "associate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of one state in one pact: first and last year of each membership, open ends as None."""

    spells: tuple[tuple[int, int | None], ...] = ()
    facts: tuple[Fact, ...] = ()


class Reason(NamedTuple):
    """Why two values differ: the name of the rule and what it says of this row."""

    rule: str
    says: str


class Case(NamedTuple):
    """A difference that wants a reason; `own` and `other` are the two values, `ours` what the record knows.

    `siblings` are the pacts that the dataset keeps under the same number, `also` the states on the dataset's side.
    """

    record: Record
    pact: Pact
    coding: Coding
    state: str
    field: str
    own: str
    other: str
    ours: Side | None
    theirs: Side | None
    siblings: tuple[Pact, ...]
    also: frozenset[str] = frozenset()

    @property
    def year(self) -> int | None:
        """The dataset's year, where it has one."""
        return int(self.other) if self.other.isdigit() else None

    @property
    def codes(self) -> list[tuple[int, int | None]]:
        """First and last year of each stretch in which the state has a COW code."""
        found = self.record.states.get(self.state)
        return [
            (parse_date(code.start).first_day.year, parse_date(code.end).last_day.year if code.end else None)
            for code in (found.codes if found else ())
            if code.system == "cow"
        ]


_ENTRY_ACTS = ("signed", "ratified", "acceded", "joined", "in_force", "rejoined", "succeeded", "renewed", "founded")
_EXIT_ACTS = ("notice", "notice_withdrawn", "withdrew", "expelled", "suspended", "ended", "succeeded")

Rule = Callable[[Case], str]


def reason_of(case: Case, rules: Iterable[tuple[str, Rule]]) -> Reason | None:
    """The first rule that explains a difference."""
    return next((Reason(name, says) for name, rule in rules if (says := rule(case))), None)


def years_of(fact: Fact) -> range:
    """The years in which a fact may have happened."""
    return range(fact.when.first_day.year, fact.when.last_day.year + 1)


def _another_act(case: Case) -> str:
    facts = case.ours.facts if case.ours else ()
    acts = [
        fact
        for fact in facts
        if case.year is not None
        and fact.event in (_ENTRY_ACTS if case.field == "entry" else _EXIT_ACTS)
        and case.year in years_of(fact)
        and len(years_of(fact)) <= 2  # an open or wide date explains nothing
    ]
    return f"The dataset's year is that of another act of the record: {acts[0].event} {acts[0].date}." if acts else ""


def _rival(case: Case) -> str:
    for fact in case.ours.facts if case.ours else ():
        for rival in fact.rivals:
            when = parse_date(rival.date)
            if case.year in (when.first_day.year, when.last_day.year):
                return f"The record keeps this year as a rival of {fact.event} {fact.date}: {rival.date}."
    return ""


def _vague(case: Case) -> str:
    """A date that its source gives only roughly cannot contradict a year near to it."""
    for fact in case.ours.facts if case.ours else ():
        if "~" in fact.date and case.year is not None and case.own.isdigit() and int(case.own) in years_of(fact):
            near = min(abs(case.year - year) for year in years_of(fact))
            if near <= 2:
                return f"The record's source gives only an approximate date: {fact.event} {fact.date}."
    return ""


def _start_of_data(case: Case) -> str:
    first = case.coding.years[0]
    if case.field == "entry" and case.year == first and case.own < str(first):
        return f"The dataset's years begin in {first}."
    return ""


def _state_system(case: Case) -> str:
    """A dataset of the state system can have a member only while the system has the state."""
    if case.year is None:
        return ""
    if case.field == "entry" and case.own < case.other and any(case.year == start for start, _ in case.codes):
        return f"The dataset codes {case.state} from {case.year}, when the COW state system has it (again)."
    if case.field == "exit" and any(case.year == end for _, end in case.codes):
        return f"The dataset ends with {case.year}, when the COW state system no longer has {case.state}."
    return ""


def _joined_numbers(case: Case) -> str:
    """Two treaties under one number begin with the first and end with the last."""
    for other in case.siblings:
        if case.year is not None and any(
            case.year in years_of(f) and len(years_of(f)) <= 2 for f in other.events if f.event in ACTS
        ):
            return f"The dataset keeps this pact and {other.id} under one number."
        ended, last = end_of(other), case.coding.years[1]
        if case.field == "exit" and (ended is None or ended.when.last_day.year > _number(case.own)):
            started = min(fact.when.first_day.year for fact in other.events)
            if _number(case.own) <= last and started >= min(f.when.first_day.year for f in case.pact.events):
                return f"The dataset keeps this pact and {other.id}, which goes on longer, under one number."
    return ""


def _number(year: str) -> int:
    return int(year) if year.isdigit() else 9999


def _with_the_state(case: Case) -> str:
    """The record ends a membership with the state itself unless a source has another succeed to it."""
    state = case.record.states.get(case.state)
    if case.field != "exit" or state is None or not state.spells or not all(span.end for span in state.spells):
        return ""
    last = max(parse_date(span.end).last_day.year for span in state.spells if span.end)
    if case.own == str(last) and _number(case.other) > last and state.successors:
        return f"The record ends the membership with {case.state}; the dataset lets a successor go on under its code."
    return ""


def _partner_is_gone(case: Case) -> str:
    """A treaty of two ends for a dataset when one of them is gone, though the record has no act that ended it."""
    parties = {fact.state for fact in case.pact.events if fact.state and fact.event not in OF_THE_PACT}
    if case.field != "exit" or len(parties) != 2:
        return ""
    for party in sorted(parties - {case.state}):
        state = case.record.states.get(party)
        ends = [parse_date(span.end).last_day.year for span in state.spells if span.end] if state else []
        if ends and case.year is not None and case.year in ends and _number(case.own) > case.year:
            return f"The dataset ends the treaty in the last year of {party}; the record has no act that ended it."
    return ""


def _bloc_of_1989(case: Case) -> str:
    """Seen in the data: COW ends in 1989 every alliance that two members of the Warsaw Pact had between them."""
    warsaw = case.record.pacts.get("WTO-WARSAW")
    members = {fact.state for fact in warsaw.events if fact.state} if warsaw else set()
    parties = {fact.state for fact in case.pact.events if fact.state}
    if case.coding.name == "cow.alliances" and case.field == "exit" and case.year == 1989 and parties <= members:
        return "COW ends in 1989 the alliances between members of the Warsaw Pact."
    return ""


def _no_end_in_record(case: Case) -> str:
    if case.field == "exit" and case.own == "open" and case.year is not None:
        return f"No source that the record read gives an end; the dataset ends it in {case.year}."
    return ""


def _no_end_in_dataset(case: Case) -> str:
    facts = [fact for fact in (case.ours.facts if case.ours else ()) if fact.event in ("withdrew", "expelled", "ended")]
    if case.field == "exit" and case.other == "open" and facts:
        found = facts[-1]
        return f"The record has an end with its source ({found.id}: {found.event} {found.date}); the dataset has none."
    return ""


YEAR_RULES: tuple[tuple[str, Rule], ...] = (
    ("another act", _another_act),
    ("rival date", _rival),
    ("approximate date", _vague),
    ("start of the data", _start_of_data),
    ("state system", _state_system),
    ("one number, several pacts", _joined_numbers),
    ("end with the state", _with_the_state),
    ("end of the partner", _partner_is_gone),
    ("COW's bloc of 1989", _bloc_of_1989),
    ("no end in the record", _no_end_in_record),
    ("no end in the dataset", _no_end_in_dataset),
)


def relatives(record: Record, code: str) -> Iterator[str]:
    """The states before and after a state."""
    state = record.states.get(code)
    if state:
        yield from (*state.predecessors, *state.successors)
    yield from (other.id for other in record.states.values() if code in (*other.predecessors, *other.successors))
