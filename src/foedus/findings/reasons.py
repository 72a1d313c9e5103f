"""Why the record and a dataset differ on a year: rules that hold for many rows at once, each stated once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from foedus.core.dates import parse_date
from foedus.findings.codings import Coding
from foedus.record.memberships import end_of
from foedus.record.models import Fact, Pact, Record

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

    `siblings` are the pacts that the dataset keeps under the same number, `also` the states on the dataset's side,
    `their_end` the last year in which the dataset has a member of the pact, None where some membership goes on.
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
    their_end: int | None = None

    @property
    def parties(self) -> frozenset[str]:
        """The states that any act of the pact names, seats apart."""
        return _parties(self.pact)

    @property
    def year(self) -> int | None:
        """The dataset's year, where it has one."""
        return int(self.other) if self.other.isdigit() else None

    @property
    def codes(self) -> list[tuple[int, int | None]]:
        """First and last year of each stretch in which the state has a COW code."""
        return _cow_years(self.record, self.state)


def _parties(pact: Pact) -> frozenset[str]:
    return frozenset(fact.member for fact in pact.events if fact.member)


def _cow_years(record: Record, state: str) -> list[tuple[int, int | None]]:
    found = record.states.get(state)
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


def _within_bounds(case: Case) -> str:
    """A source that gives only bounds, `1818/1854`, cannot contradict a year between them."""
    for fact in case.ours.facts if case.ours else ():
        if "/" not in fact.date or ".." in fact.date or case.year not in years_of(fact):
            continue
        bounds = {str(fact.when.first_day.year), str(fact.when.last_day.year)}
        if case.own in bounds and fact.event in (_ENTRY_ACTS if case.field == "entry" else _EXIT_ACTS):
            return f"The record's sources give only bounds, and the year lies between them: {fact.event} {fact.date}."
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


def _partner_in_the_system(case: Case) -> str:
    """A treaty of two can begin or end for a dataset only in the years in which the state system has both.

    ATOP 5.1 codebook, section 1.52 (page 12): where a state ceases to be independent, its commitments end, and they do
    not come back with its independence.
    """
    for party in sorted(case.parties - {case.state}) if case.year is not None and len(case.parties) == 2 else ():
        years = _cow_years(case.record, party)
        if case.field == "exit" and case.year in [end for _, end in years]:
            return f"The dataset ends the treaty with {case.year}, when the COW state system no longer has {party}."
        if case.field == "entry" and case.own < case.other and case.year in [start for start, _ in years]:
            return f"The dataset begins the treaty in {case.year}, when the COW state system has {party} (again)."
    return ""


def _later_treaty(case: Case) -> str:
    """An alliance ends for ATOP with the signature of a new one that takes all its provisions or is opposed to them.

    ATOP 5.1 codebook, section 1.52 (page 13), rule 4, where neither an abrogation nor a violation is known; the record
    ends a treaty when the later one is in force, or when its own term is over. That COW does the same is seen in the
    data; the handbook behind it says that most ends were judged by the events of the time (Gibler, International
    Military Alliances, page 62). The later pact is one that the record names as a successor, or has the same parties.
    """
    if case.field != "exit" or case.year is None:
        return ""
    heirs = frozenset(_successors(case.record, case.pact))
    for other in case.record.pacts.values():
        if other.id not in heirs and (other.id == case.pact.id or _parties(other) != case.parties):
            continue
        began = [f for f in other.events if f.event in ("signed", "founded") and f.state in (None, *case.parties)]
        if began and years_of(began[0]) == range(case.year, case.year + 1):
            return f"The dataset ends the treaty with a later one of its parties: {other.id}, signed {began[0].date}."
    return ""


def _successors(record: Record, pact: Pact, depth: int = 3) -> Iterator[str]:
    """The pacts after a pact, by the record, and those after them."""
    for key in pact.successors if depth else ():
        if key in record.pacts:
            yield key
            yield from _successors(record, record.pacts[key], depth - 1)


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
    if case.field != "exit" or len(case.parties) != 2:
        return ""
    for party in sorted(case.parties - {case.state}):
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
    ("bounds only", _within_bounds),
    ("start of the data", _start_of_data),
    ("state system", _state_system),
    ("one number, several pacts", _joined_numbers),
    ("end with the state", _with_the_state),
    ("end of the partner", _partner_is_gone),
    ("partner in the state system", _partner_in_the_system),
    ("later treaty", _later_treaty),
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
