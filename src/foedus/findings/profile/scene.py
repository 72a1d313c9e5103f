"""One alliance as the profile sees it: who belonged to it when, and in which years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from foedus.core.errors import InputError
from foedus.findings.profile.spans import Span, less, overlap
from foedus.findings.profile.world import World
from foedus.record.memberships import EXITS, MemberSpell
from foedus.record.models import Fact, Pact, Record


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
