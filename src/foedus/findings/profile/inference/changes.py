"""Entries into an alliance and exits from it as the tests see them, with the states that cannot be controls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.inference.design import LAGS, LEADS, Change
from foedus.findings.profile.scene import Scene, within
from foedus.record.memberships import MemberSpell
from foedus.record.models import Fact

ACTS = ("notice", "suspended", "withdrew", "expelled")  # the first of these is the first public act of an exit


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes, and for each the codes of the states that are no controls for it."""

    slots: list[Change]
    blocked: list[set[int]]


def entries(scene: Scene, patron: str, data: Datasets) -> Changes:
    """First entry of each member in the window; it counts until the first act of its exit.

    Controls are states outside and those that join later than the years that count.
    """
    first = _first_years(scene)
    leaves = _exits(scene, within_window=False)
    found = []
    for state, year in sorted(first.items()):
        code = data.code(state, date(year, 12, 31))
        if state != patron and year in scene.years and code is not None:
            gone = [y for s, y in leaves if s == state and y >= year]
            found.append(Change(state, code, year, min([LAGS, *(y - year - 1 for y in gone)])))
    slots = [slot for slot in found if slot.lags >= 0]
    blocked = []
    for slot in slots:
        joined = {state for state, year in first.items() if year <= slot.year + slot.lags}
        blocked.append(_codes({patron, *joined} | _near(scene, {patron, slot.state}), slot.year, data))
    return Changes(slots, blocked)


def exits(scene: Scene, patron: str, data: Datasets) -> Changes:
    """Exits in the window from their first public act on; they count until the state comes back.

    Controls are members that stay and states outside, neither joining nor leaving around that year.
    """
    leaves, first = _exits(scene, within_window=True), _first_years(scene)
    every = _exits(scene, within_window=False)
    joins = [(spell.state, spell.first_day.year) for spell in scene.spells if spell.status == "member"]
    slots = []
    for state, year in leaves:
        code = data.code(state, date(year, 1, 1))
        if state != patron and code is not None:
            back = [y for s, y in joins if s == state and y > year]
            slots.append(Change(state, code, year, min([LAGS, *(y - year - 1 for y in back)])))
    blocked = []
    for slot in slots:
        near = range(slot.year - LEADS, slot.year + slot.lags + 1)
        moving = {s for s, year in every if year in near} | {s for s, year in first.items() if year in near}
        blocked.append(_codes({patron, *moving} | _near(scene, {patron, slot.state}), slot.year, data))
    return Changes(slots, blocked)


def _first_years(scene: Scene) -> dict[str, int]:
    found: dict[str, int] = {}
    for spell in scene.spells:
        if spell.status == "member":
            found[spell.state] = min(found.get(spell.state, spell.first_day.year), spell.first_day.year)
    return found


def _exits(scene: Scene, *, within_window: bool) -> list[tuple[str, int]]:
    """State and year of the first act of each exit; notices that were withdrawn do not count."""
    found = set()
    for spell in (spell for spell in scene.spells if spell.status == "member"):
        acts = [fact for fact in scene.facts if _belongs(fact, spell)]
        undone = [fact.when.first_day for fact in acts if fact.event == "notice_withdrawn"]
        kept = [
            fact for fact in acts
            if fact.event in ACTS and not (fact.event == "notice" and any(d >= fact.when.first_day for d in undone))
        ]  # fmt: skip
        if kept and (not within_window or within(scene, kept[0])):
            found.add((spell.state, kept[0].when.first_day.year))
    return sorted(found)


def _belongs(fact: Fact, spell: MemberSpell) -> bool:
    ends = spell.last_day or date.max
    return (
        fact.state == spell.state
        and fact.event in (*ACTS, "notice_withdrawn")
        and spell.first_day <= fact.when.first_day
        and fact.when.first_day.toordinal() <= ends.toordinal() + 1
    )


def _near(scene: Scene, states: set[str]) -> set[str]:
    """Predecessors and successors: they are the same state under another name."""
    known = scene.world.record.states
    return {key for s in states if s in known for key in (*known[s].predecessors, *known[s].successors)}


def _codes(states: set[str], year: int, data: Datasets) -> set[int]:
    days = [date(year + shift, 12, 31) for shift in (-LEADS, 0, LAGS)]
    return {code for state in states for day in days if (code := data.code(state, day)) is not None}
