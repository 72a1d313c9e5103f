"""Dimensions that the embedded record fills by itself: basing asymmetry and exclusivity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.findings.profile.estimate import Estimate, Grid, empty_grid
from foedus.findings.profile.scene import Scene
from foedus.findings.profile.spans import Span, days_of, overlap
from foedus.findings.profile.world import Facility
from foedus.measures.arrays import FloatArray
from foedus.measures.patronage import basing_asymmetry, exclusivity


def basing(scene: Scene, patron: str, bounds: tuple[float, float]) -> Estimate:
    """Share of the days of membership on which members host the candidate, less that on which it hosts them.

    A member of which the record knows no facility at all, neither on its soil nor abroad, is unknown. What stands
    without the host's agreement is counted apart.
    """
    rest = tuple(member for member in scene.members if member != patron)
    grid = empty_grid(rest, scene.years)
    grid.low, grid.high = grid.values.copy(), grid.values.copy()
    world = scene.world
    used: set[str] = set()
    for i, member in enumerate(rest):
        hosted, guests = world.agreed.get((member, patron), []), world.agreed.get((patron, member), [])
        for j, year in enumerate(scene.years):
            stays = scene.stays(year).get(member)
            if not stays:
                continue
            grid.eligible[i, j] = True
            if member not in world.spoken_of:
                continue
            if not hosted and not guests:
                grid.values[i, j] = grid.low[i, j] = grid.high[i, j] = 0.0
                continue
            total = days_of(stays)
            out, into = _days(hosted, stays, "certain"), _days(guests, stays, "certain")
            most_out, most_in = _days(hosted, stays, "possible"), _days(guests, stays, "possible")
            grid.values[i, j] = (out - into) / total
            grid.low[i, j], grid.high[i, j] = (out - most_in) / total, (most_out - into) / total
            used |= {fact for item in (*hosted, *guests) if _days([item], stays, "possible") for fact in item.facts}
    found = grid.estimate(*bounds)
    found.facts = sorted(used)
    _describe(scene, patron, found, rest)
    return found


def _days(items: Iterable[Facility], stays: list[Span], kind: str) -> int:
    spans = [span for item in items if (span := item.certain if kind == "certain" else item.possible)]
    return days_of([part for span in spans for stay in stays if (part := overlap(span, stay))])


def _describe(scene: Scene, patron: str, found: Estimate, rest: tuple[str, ...]) -> None:
    """The figures of the last day of the window, and what was kept out."""
    day = next((day for year in reversed(scene.years) if (day := scene.on(year))), None)
    if day is None:
        return
    present = scene.present(day.year, day)
    standing = scene.world.standing(day)
    agreed = [item for item in standing if item.is_agreed]
    others = [item for item in standing if not item.is_agreed]
    now = basing_asymmetry(present, patron, [(item.operator, item.host) for item in agreed])
    without = [item for item in others if item.operator == patron and item.host in present]
    kinds = Counter(
        scene.world.record.bases[item.base].kind for item in agreed if item.operator == patron and item.host in present
    )
    found.numbers = {
        "day": day.isoformat(),
        "share_of_members_hosting": round(now.out_states, 9), "share_of_members_hosted": round(now.in_states, 9),
        "count_asymmetry": None if np.isnan(now.count_asymmetry) else round(now.count_asymmetry, 9),
        "share_of_foreign_facilities": None if np.isnan(now.patron_share) else round(now.patron_share, 9),
        "facilities_by_kind": dict(sorted(kinds.items())),
        "facilities_without_agreement": len(without),
        "facilities_without_agreement_facts": sorted({fact for item in without for fact in item.facts}),
    }  # fmt: skip
    silent = [scene.name(m) for m in rest if m not in scene.world.spoken_of]
    if silent:
        found.remarks.append(f"The record knows no facility of or in {', '.join(silent)}: unknown, not none.")
    found.remarks.append(
        "No list of facilities is complete; one that the record lacks counts as absent where it knows others."
    )


def exclusive(scene: Scene, patron: str, bounds: tuple[float, float]) -> Estimate:
    """Mean exclusivity of the members, looked at on one day of each year.

    Independent allies are states outside the alliance that owe the member defence or consultation and do not owe it
    to the candidate. A facility of an outsider counts if the outsider is not allied with the candidate.
    """
    rest = tuple(member for member in scene.members if member != patron)
    grid = empty_grid(rest, scene.years)
    allies: Counter[str] = Counter()
    elsewhere = []
    visited: set[str] = set()
    for j, year in enumerate(scene.years):
        day = scene.on(year)
        if day is None:
            continue
        year_scores = scores_on(scene, day, patron, scene.world.partners(day))
        there, apart, scores = year_scores.members, year_scores.apart, year_scores.scores
        visited |= {fact for item in year_scores.guests if item.host in there for fact in item.facts}
        for member, k, score in zip(there, apart, scores, strict=True):
            i = rest.index(member)
            grid.eligible[i, j], grid.values[i, j] = True, score
            allies.update(f"{member}:{ally}" for ally in k)
        elsewhere.append(sum(bool(k) for k in apart) / len(apart) if apart else 0.0)
    found = grid.estimate(*bounds)
    if elsewhere:
        found.numbers = {
            "share_of_members_allied_elsewhere": round(float(np.mean(elsewhere)), 9),
            "independent_allies": _by_member(scene, allies),
        }
    found.facts = sorted({*_alliance_facts(scene, allies), *visited})
    found.remarks.append("Allies are those of the record's own pacts; one that the record lacks counts as none.")
    return found


@dataclass(frozen=True, slots=True)
class DayScores:
    """Exclusivity on one day: members, their allies apart from the candidate, scores, and outsiders' facilities."""

    members: list[str]
    apart: list[set[str]]
    scores: FloatArray
    guests: list[Facility]


def scores_on(scene: Scene, day: date, patron: str, partners: Mapping[str, set[str]]) -> DayScores:
    """Exclusivity of each member on a day, given who is obliged to whom."""
    present = scene.present(day.year, day)
    own = partners.get(patron, set()) | {patron}
    guests = [
        item for item in scene.world.standing(day)
        if item.operator not in own and item.operator not in present and item.is_agreed
    ]  # fmt: skip
    hosts = {item.host for item in guests}
    there = [member for member in present if member != patron]
    apart = [partners.get(member, set()) - set(present) - own for member in there]
    scores = exclusivity([len(k) for k in apart], [float(member in hosts) for member in there])
    return DayScores(there, apart, scores, guests)


def _by_member(scene: Scene, allies: Counter[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in sorted(allies):
        member, _, ally = pair.partition(":")
        found.setdefault(scene.name(member), []).append(scene.name(ally))
    return found


def _alliance_facts(scene: Scene, allies: Counter[str]) -> list[str]:
    """The entries into the pacts by which members have allies of their own, while the window lasted."""
    wanted = {tuple(pair.split(":")) for pair in allies}
    own = {pact.id for pact in scene.family}
    facts: set[str] = set()
    for pact, entered in scene.world.entries.items():
        if pact not in own:
            facts |= {entered[m] for m, ally in wanted if m in entered and ally in entered}
    return sorted(facts)


def grid_of(values: dict[tuple[str, int], float], scene: Scene, patron: str) -> Grid:
    """Values by member and year as a grid in which every member of the window's years is eligible."""
    rest = tuple(member for member in scene.members if member != patron)
    grid = empty_grid(rest, scene.years)
    for j, year in enumerate(scene.years):
        for i, member in enumerate(rest):
            if member in scene.stays(year):
                grid.eligible[i, j] = True
                grid.values[i, j] = values.get((member, year), np.nan)
    return grid
