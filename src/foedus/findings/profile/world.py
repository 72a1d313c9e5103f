"""What the record knows outside any one alliance: obligations by day, facilities, states."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from foedus.core.dates import PartialDate
from foedus.findings.profile.spans import Span
from foedus.record.facts import all_hostings
from foedus.record.memberships import MemberSpell, by_date, member_spells
from foedus.record.models import Base, Fact, Hosting, Record
from foedus.record.vocabulary import BASE_ENDS, BASE_STARTS

OBLIGES = frozenset(("defense", "consult"))


@dataclass(frozen=True, slots=True)
class Facility:
    """A spell of use: the days for which the record vouches, and those that it leaves possible."""

    base: str
    host: str
    operator: str
    consent: str | None
    certain: Span | None
    possible: Span
    facts: tuple[str, ...]
    opened: tuple[PartialDate, ...] = ()
    ended: tuple[PartialDate, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether the host agreed, or nothing says that it did not."""
        return self.consent not in ("none", "contested")


class World:
    """What the record knows outside any one alliance: obligations by day, facilities, states."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.today = date.fromisoformat(record.day)
        self._partners: dict[date, dict[str, set[str]]] = {}
        self._standing: dict[date, list[Facility]] = {}
        self._spells: dict[str, tuple[MemberSpell, ...]] = {}

    def spells(self, pact: str) -> tuple[MemberSpell, ...]:
        """The spells of a pact, derived once."""
        if pact not in self._spells:
            self._spells[pact] = member_spells(self.record, pact)
        return self._spells[pact]

    @cached_property
    def obliging(self) -> list[str]:
        """The pacts that oblige to defence or consultation."""
        return [pact.id for pact in self.record.pacts.values() if OBLIGES & set(pact.pledges)]

    def partners(self, day: date) -> dict[str, set[str]]:
        """The states that each state has a defence or consultation obligation with on a day."""
        if day not in self._partners:
            found: dict[str, set[str]] = defaultdict(set)
            for pact in self.obliging:
                own = {s.state for s in self.spells(pact) if s.status == "member" and s.is_on(day)}
                for state in own:
                    found[state] |= own - {state}
            self._partners[day] = dict(found)
        return self._partners[day]

    @cached_property
    def facilities(self) -> list[Facility]:
        """Every spell of use but planned ones."""
        rows = (
            (base, spell) for base, spell in all_hostings(self.record) if spell.status != "planned" and spell.events
        )
        return [self._facility(base, spell) for base, spell in rows]

    @cached_property
    def agreed(self) -> dict[tuple[str, str], list[Facility]]:
        """Facilities with the host's agreement, by host and operator."""
        found: dict[tuple[str, str], list[Facility]] = defaultdict(list)
        for item in self.facilities:
            if item.is_agreed:
                found[item.host, item.operator].append(item)
        return dict(found)

    @cached_property
    def base_ends(self) -> dict[tuple[str, str], list[Fact]]:
        """Ends of facilities by date, by host and operator."""
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for base, spell in all_hostings(self.record):
            found[spell.host or base.host, spell.operator] += [f for f in spell.events if f.event in BASE_ENDS]
        return {pair: list(by_date(facts)) for pair, facts in found.items()}

    @cached_property
    def entries(self) -> dict[str, dict[str, str]]:
        """The fact of each member's entry, by pact that obliges to defence or consultation and by state."""
        return {
            pact: {spell.state: spell.start.id for spell in self.spells(pact) if spell.status == "member"}
            for pact in self.obliging
        }

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The states of which the record knows some facility, on their soil or abroad."""
        return frozenset(state for item in self.facilities for state in (item.host, item.operator))

    def standing(self, day: date) -> list[Facility]:
        """The facilities for whose use on a day the record vouches."""
        if day not in self._standing:
            self._standing[day] = [
                item for item in self.facilities if item.certain and item.certain[0] <= day <= item.certain[1]
            ]
        return self._standing[day]

    def _facility(self, base: Base, spell: Hosting) -> Facility:
        """Without a date of opening, the first day of attested use is certain and any day before it is possible."""
        events = by_date(spell.events)
        start = next((fact for fact in events if fact.event in BASE_STARTS), None)
        opened = start.when if start else None
        seen = next((fact.when for fact in events if fact.event == "present"), None)
        end = next((fact for name in BASE_ENDS for fact in events if fact.event == name), None)
        ended = end.when if end else None
        last = min(ended.last_day if ended else self.today, self.today)
        begins = opened or seen
        first = begins.first_day if begins else None
        return Facility(
            base.id, spell.host or base.host, spell.operator, spell.consent,
            (first, last) if first and first <= last else None, (opened.first_day if opened else date.min, last),
            tuple(fact.id for fact in events), start.dates if start else (), end.dates if end else (),
        )  # fmt: skip

    def outsiders(self, without: frozenset[str], number: int) -> list[str]:
        """The states with most obligations and facilities abroad that do not belong: placebo patrons."""
        weight: Counter[str] = Counter(item.operator for item in self.facilities)
        for pact in self.obliging:
            weight.update({spell.state for spell in self.spells(pact) if spell.status == "member"})
        wanted = [state for state in weight if state not in without and self._is_state(state)]
        return sorted(wanted, key=lambda state: (-weight[state], state))[:number]

    def _is_state(self, key: str) -> bool:
        return key in self.record.states and self.record.states[key].kind == "state"

    def name(self, state: str) -> str:
        """The English name of a state."""
        return self.record.states[state].name if state in self.record.states else state
