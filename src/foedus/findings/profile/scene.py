"""One alliance as the profile sees it: who belonged to it when, in which years, and the states around it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from foedus.core.dates import PartialDate
from foedus.core.errors import InputError
from foedus.record.facts import all_hostings
from foedus.record.memberships import EXITS, MemberSpell, by_date, member_spells
from foedus.record.models import Base, Fact, Hosting, Pact, Record
from foedus.record.vocabulary import BASE_ENDS, BASE_STARTS

OBLIGES = frozenset(("defense", "consult"))
Span = tuple[date, date]


def overlap(first: Span, second: Span) -> Span | None:
    """The days that two closed spans have in common."""
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return (start, end) if start <= end else None


def less(spans: list[Span], gone: Span) -> list[Span]:
    """What is left of some spans when the days of another are taken out."""
    before, after = gone[0] - timedelta(days=1), gone[1] + timedelta(days=1)
    parts = ((start, min(end, before)) for start, end in spans)
    rest = ((max(start, after), end) for start, end in spans)
    return sorted(part for part in (*parts, *rest) if part[0] <= part[1])


def days_of(spans: list[Span]) -> int:
    """Days covered by any of some spans, each counted once."""
    total, reached = 0, date.min
    for start, end in sorted(spans):
        begin = start if start > reached else date.fromordinal(reached.toordinal() + 1)
        if end >= begin:
            total += (end - begin).days + 1
            reached = end
    return total


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


@dataclass
class Scene:
    """An alliance in a window of years; a treaty that the organization grew out of counts as the same alliance."""

    world: World
    pact: Pact
    first: int
    last: int
    notes: list[str] = field(default_factory=list)
    with_flagged: bool = True  # whether a suspended state counts among the members

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What measures keep of the scene from one candidate to the next."""
        return {}

    @cached_property
    def family(self) -> tuple[Pact, ...]:
        """The alliance and, where it has a file of its own, its treaty."""
        return family(self.world.record, self.pact)

    @cached_property
    def spells(self) -> list[MemberSpell]:
        """Spells of membership and suspension."""
        return [s for pact in self.family for s in self.world.spells(pact.id) if s.status in ("member", "suspended")]

    @cached_property
    def facts(self) -> list[Fact]:
        """The events of the alliance and its treaty, by date."""
        return sorted((f for pact in self.family for f in pact.events), key=lambda f: (f.when.first_day, f.id))

    @cached_property
    def years(self) -> range:
        """The years of the window."""
        return range(self.first, self.last + 1)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Every state that was a member on some day of the window."""
        return tuple(sorted({s for year in self.years for s in self.stays(year)}))

    @cached_property
    def _stays(self) -> dict[int, dict[str, list[Span]]]:
        return {year: self._of_year(year) for year in self.years}

    def stays(self, year: int) -> dict[str, list[Span]]:
        """The days of membership of each member in a year of the window."""
        return self._stays[year]

    def _of_year(self, year: int) -> dict[str, list[Span]]:
        whole = (date(year, 1, 1), min(date(year, 12, 31), self.world.today))
        found: dict[str, list[Span]] = defaultdict(list)
        for spell in self.spells:
            part = overlap(whole, (spell.first_day, spell.last_day or self.world.today))
            if part and spell.status == "member":
                found[spell.state].append(part)
        if self.with_flagged:
            return dict(found)
        return {state: kept for state, spans in found.items() if (kept := self._unflagged(state, spans))}

    def _unflagged(self, state: str, spans: list[Span]) -> list[Span]:
        """Days of membership less those of suspension."""
        for spell in self.spells:
            if spell.state == state and spell.status == "suspended":
                spans = less(spans, (spell.first_day, spell.last_day or self.world.today))
        return spans

    @cached_property
    def flagged(self) -> tuple[str, ...]:
        """The members that were suspended, or had frozen their part, on some day of the window."""
        window = (date(self.first, 1, 1), min(date(self.last, 12, 31), self.world.today))
        return tuple(sorted({
            spell.state for spell in self.spells
            if spell.status == "suspended" and spell.state in self.members
            and overlap(window, (spell.first_day, spell.last_day or self.world.today))
        }))  # fmt: skip

    def without_flagged(self) -> Scene:
        """The same alliance and window without states on the days of their suspension."""
        return Scene(self.world, self.pact, self.first, self.last, with_flagged=False)

    def on(self, year: int) -> date | None:
        """The day on which a year is looked at: the last on which the alliance had two members or more."""
        if ("on", year) not in self.memo:
            self.memo["on", year] = self._last_shared_day(year)
        found: date | None = self.memo["on", year]
        return found

    def _last_shared_day(self, year: int) -> date | None:
        ends = sorted({span[1] for spans in self.stays(year).values() for span in spans}, reverse=True)
        for end in ends:
            if len(self.present(year, end)) > 1:
                return end
        return None

    def present(self, year: int, day: date) -> tuple[str, ...]:
        """The members on a day of a year."""
        if ("present", day) not in self.memo:
            found = (m for m, spans in self.stays(year).items() if any(a <= day <= b for a, b in spans))
            self.memo["present", day] = tuple(sorted(found))
        members: tuple[str, ...] = self.memo["present", day]
        return members

    @cached_property
    def ever(self) -> frozenset[str]:
        """Every state that ever was a member, and what it succeeded or was succeeded by."""
        own = {spell.state for spell in self.spells}
        states = self.world.record.states
        near = {
            key for state in own if state in states for key in (*states[state].predecessors, *states[state].successors)
        }
        return frozenset(own | near)

    def name(self, state: str) -> str:
        """The English name of a state."""
        return self.world.name(state)

    def at_year(self, year: int) -> Scene:
        """The same alliance in one year."""
        return Scene(self.world, self.pact, year, year, with_flagged=self.with_flagged)

    def at_age(self, age: int, *, cumulative: bool = False) -> Scene | None:
        """The same alliance in the year in which it had an age, or up to that year; None if it never reached it."""
        start, end = lifetime(self.world, self.pact)
        year = start + age
        if year > end:
            return None
        return Scene(
            self.world, self.pact, start if cumulative else year, year, with_flagged=self.with_flagged
        )  # fmt: skip


def family(record: Record, pact: Pact) -> tuple[Pact, ...]:
    """A pact and, where it has a file of its own, the treaty that it rests on."""
    own = record.pacts.get(pact.treaty) if isinstance(pact.treaty, str) else None
    return (pact, own) if own else (pact,)


def lifetime(world: World, pact: Pact) -> tuple[int, int]:
    """First and last year in which a pact had members.

    Raises
    ------
    InputError
        If the record knows no member of it.
    """
    spells = [s for p in family(world.record, pact) for s in world.spells(p.id) if s.status == "member"]
    if not spells:
        raise InputError(f"{pact.id}: the record has no member of it, so nothing can be measured. See `foedus pacts`.")
    ends = [min(s.last_day or world.today, world.today) for s in spells]
    return min(s.first_day for s in spells).year, max(ends).year


def set_scene(world: World, pact: Pact, first: int | None, last: int | None) -> Scene:
    """The alliance in the years asked for, cut to those in which it had members; what was cut is noted.

    Raises
    ------
    InputError
        If no year asked for has members, or the alliance never had two at a time.
    """
    start, end = lifetime(world, pact)
    asked = (first if first is not None else start, last if last is not None else end)
    if asked[0] > asked[1]:
        raise InputError(f"--years {asked[0]}-{asked[1]}: ends before it begins. Write the earlier year first.")
    if asked[0] > end or asked[1] < start:
        raise InputError(
            f"--years {asked[0]}-{asked[1]}: the record has members of {pact.id} from {start} to {end}. "
            "Name years among these."
        )
    scene = Scene(world, pact, max(asked[0], start), min(asked[1], end))
    if asked[0] < start:
        scene.notes.append(f"The years before {start} were left out: the alliance had no members in force yet.")
    if asked[1] > end:
        scene.notes.append(f"The years after {end} were left out: the record has no members in force then.")
    if all(scene.on(year) is None for year in scene.years):
        raise InputError(f"{pact.id}: never two members at a time in these years. A profile needs an alliance of two.")
    return scene


def exits_of(scene: Scene) -> list[Fact]:
    """Withdrawals and expulsions of members in the window."""
    was = {spell.state for spell in scene.spells}
    return [f for f in scene.facts if f.event in EXITS and f.state in was and within(scene, f)]


def within(scene: Scene, fact: Fact) -> bool:
    """Whether some day of a fact lies in the window."""
    return fact.when.first_day.year <= scene.last and fact.when.last_day.year >= scene.first
