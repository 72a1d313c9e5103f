"""Memberships: events are kept, spells are derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from foedus.core.dates import PartialDate, parse_date
from foedus.record.models import Fact, Pact, Record, State

Status = Literal["member", "signatory", "observer", "associate", "suspended"]
ENTRIES = ("joined", "rejoined", "succeeded", "in_force")
EXITS = ("withdrew", "expelled")
SIGNS = ("signed", "ratified", "acceded")
_OPENS: dict[str, Status] = {
    "joined": "member", "rejoined": "member", "succeeded": "member", "observer": "observer", "associate": "associate",
}  # fmt: skip
_EXCLUSIVE: tuple[Status, ...] = ("member", "observer", "associate")


@dataclass(frozen=True, slots=True)
class MemberSpell:
    """A stretch of days in which a state had a status in a pact; both ends count, an open end is still running.

    A beginning that is known only to the month or year counts from its first possible day, an end to its last.
    """

    state: str
    pact: str
    status: Status
    start: Fact
    end: Fact | None
    first_day: date
    last_day: date | None

    def is_on(self, day: date) -> bool:
        """Whether the status held on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def overlaps(self, when: PartialDate) -> bool:
        """Whether the status held on some day of a date."""
        return self.first_day <= when.last_day and (self.last_day is None or when.first_day <= self.last_day)

    def covers(self, when: PartialDate) -> bool:
        """Whether the status held on every day of a date."""
        return self.first_day <= when.first_day and (self.last_day is None or when.last_day <= self.last_day)

    @property
    def end_text(self) -> str | None:
        """The end as precise as the record has it; None where it is still running."""
        if self.last_day is None:
            return None
        same = self.end is not None and self.end.when.last_day == self.last_day
        return self.end.date if self.end is not None and same else self.last_day.isoformat()


def by_date(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in order of their first possible day, as listed where that is the same."""
    return sorted(facts, key=lambda fact: fact.when.first_day)


def member_spells(record: Record, pact_id: str) -> tuple[MemberSpell, ...]:
    """All spells of all states in a pact, by state and date.

    A spell opens with `joined`, `rejoined`, `succeeded`, or by `in_force` in a treaty or where no `joined` is given; it
    closes with `withdrew`, `expelled`, the end of the pact, the succession of another state or the end of the state
    itself. Suspension is a spell of its own inside a membership.
    """
    pact = record.pacts[pact_id]
    by_state: dict[str, list[Fact]] = defaultdict(list)
    successions: dict[str, Fact] = {}
    for fact in pact.events:
        if fact.member:
            by_state[fact.member].append(fact)
        if fact.event == "succeeded" and fact.of:
            successions[fact.of] = fact
    ended = end_of(pact)
    spells: list[MemberSpell] = []
    for code, facts in by_state.items():
        end, last = _own_end(record.states.get(code), successions.get(code), ended)
        spells += _StateSpells(pact, code, by_date(facts), end, last).derive()
    return tuple(sorted(spells, key=lambda s: (s.state, s.first_day, s.last_day or date.max, s.status)))


def end_of(pact: Pact) -> Fact | None:
    """The event that ended the pact as a whole, not a part of it."""
    ends = [fact for fact in pact.events if fact.event == "ended" and fact.state is None and not fact.qualifier]
    return by_date(ends)[-1] if ends else None


@dataclass
class _StateSpells:
    """The state machine over the events of one state in one pact."""

    pact: Pact
    code: str
    facts: list[Fact]
    end: Fact | None
    last: date | None
    opened: dict[Status, Fact] = field(default_factory=dict)
    spells: list[MemberSpell] = field(default_factory=list)

    def derive(self) -> list[MemberSpell]:
        """The spells of the state; only signatory where nothing but a signature is known."""
        for fact in self.facts:
            self._take(fact)
        for status in list(self.opened):
            self._close(status, self.end, self.last)
        signatures = [fact for fact in self.facts if fact.event in SIGNS]
        if not any(spell.status == "member" for spell in self.spells) and signatures:
            self._add("signatory", signatures[0], self.end, self.last)
        return [spell for spell in self.spells if spell.last_day is None or spell.first_day <= spell.last_day]

    def _take(self, fact: Fact) -> None:
        if status := self._opens(fact):
            for other in [s for s in self.opened if s in _EXCLUSIVE and s != status]:
                self._close(other, fact, fact.when.first_day - timedelta(days=1))
            self.opened.setdefault(status, fact)
        elif fact.event in EXITS:
            for other in list(self.opened):
                self._close(other, fact, fact.when.last_day)
        elif fact.event == "suspended":
            self.opened.setdefault("suspended", fact)
        elif fact.event == "resumed" and "suspended" in self.opened:
            self._close("suspended", fact, fact.when.last_day)

    def _opens(self, fact: Fact) -> Status | None:
        if fact.event == "in_force":
            is_entry = self.pact.kind == "treaty" or not any(other.event == "joined" for other in self.facts)
            return "member" if is_entry else None
        return _OPENS.get(fact.event)

    def _close(self, status: Status, end: Fact | None, last: date | None) -> None:
        self._add(status, self.opened.pop(status), end, last)

    def _add(self, status: Status, start: Fact, end: Fact | None, last: date | None) -> None:
        self.spells.append(MemberSpell(self.code, self.pact.id, status, start, end, start.when.first_day, last))


def _own_end(state: State | None, succeeded: Fact | None, ended: Fact | None) -> tuple[Fact | None, date | None]:
    """When an open spell ends by itself: with the pact, at the succession of another state, or with the state."""
    ends: list[tuple[date, Fact | None]] = [(ended.when.last_day, ended)] if ended else []
    if succeeded:
        ends.append((succeeded.when.first_day - timedelta(days=1), succeeded))
    if state and state.spells and all(span.end for span in state.spells):
        ends.append((max(parse_date(span.end).last_day for span in state.spells if span.end), None))
    last, fact = min(ends, key=lambda item: item[0], default=(None, None))
    return fact, last
