"""What is set out for the candidate alone, beside the figure that placebo patrons and peers share."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.findings.profile import channels, governance
from foedus.findings.profile.comparing import Measure
from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import Declaration
from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.scene import Scene
from foedus.findings.profile.world import OBLIGES
from foedus.measures.patronage import power

# What power is also measured by: name, dataset, column.
CAPABILITIES = (
    ("military expenditure", "cow.nmc-7.0", "milex"),
    ("gross domestic product", "fariss.gdp-population-cow-2022", "pwtrgdp"),
)


def in_detail(
    dimension: str, measure: Measure, scene: Scene, patron: str, data: Datasets, fixed: Declaration
) -> Estimate:
    """The estimate for the candidate with what belongs to its dimension, its range over dates and without flagged."""
    from foedus.findings.profile.uncertainty import RANGES

    if dimension == "hub_dependence":
        limits = next(d.range for d in fixed.dimensions if d.name == dimension)
        found = channels.hub(scene, patron, limits, data, fixed.channels)
    else:
        found = measure(scene, patron)
    if dimension == "power" and found.value is not None:
        found.numbers["alternatives"] = [_share(scene, patron, *row, data) for row in CAPABILITIES]
    if dimension == "exclusivity" and found.value is not None:
        found.numbers |= elsewhere(scene, patron)
    if dimension == "institutional_control":
        governance.add_rules(scene, patron, found)
    if dimension == "exit":
        governance.add_consequences(scene, patron, found, fixed.thresholds.window_months)
    if dimension == "use":
        governance.add_requests(scene, found)
    if dimension in RANGES and found.value is not None:
        found.date_uncertainty = RANGES[dimension](scene, patron)
    found.without_flagged = _without_flagged(measure, scene, patron)
    return found


def _share(scene: Scene, patron: str, name: str, dataset: str, column: str, data: Datasets) -> dict[str, Any]:
    """The candidate's share by another measure of capability; a year with an unknown member is unknown."""
    known = data.numbers(dataset, column)
    row: dict[str, Any] = {"by": name, "dataset": dataset, "value": None, "coverage": 0.0}
    if known is None:
        return row | {"is_missing": True}
    shares, hhi, eligible, years = [], [], 0, []
    for year in scene.years:
        day = scene.on(year)
        members = scene.present(year, day) if day else ()
        if not day or patron not in members:
            continue
        eligible += 1
        amounts = [known.get((code, year), np.nan) if (code := data.code(m, day)) else np.nan for m in members]
        if np.isfinite(amounts).all() and sum(amounts) > 0:
            found = power(amounts, members.index(patron))
            shares.append(found.share)
            hhi.append(found.hhi_normalised)
            years.append(year)
    if not shares:
        return row
    return row | {
        "value": round(float(np.mean(shares)), 9), "hhi_normalised": round(float(np.mean(hhi)), 9),
        "coverage": round(len(shares) / eligible, 9), "years": [years[0], years[-1]],
    }  # fmt: skip


def elsewhere(scene: Scene, patron: str) -> dict[str, Any]:
    """Members in another pact with obligations of defence or consultation to which the candidate does not belong."""
    own = {pact.id for pact in scene.family}
    world = scene.world
    shares, pacts = [], {}
    for year in scene.years:
        day = scene.on(year)
        if day is None:
            continue
        rest = {m for m in scene.present(year, day) if m != patron}
        inside: set[str] = set()
        for pact in world.record.pacts.values():
            if pact.id in own or not OBLIGES & set(pact.pledges):
                continue
            members = {s.state for s in world.spells(pact.id) if s.status == "member" and s.is_on(day)}
            if patron not in members and rest & members:
                inside |= rest & members
                pacts[pact.id] = pact.name
        shares.append(len(inside) / len(rest) if rest else 0.0)
    return {
        "share_of_members_in_a_pact_without_the_candidate": round(float(np.mean(shares)), 9) if shares else None,
        "pacts_without_the_candidate": [pacts[key] for key in sorted(pacts)],
    }


def _without_flagged(measure: Measure, scene: Scene, patron: str) -> dict[str, Any] | None:
    """The figure with suspended members left out on the days of their suspension; None if nobody was suspended."""
    if not scene.flagged:
        return None
    narrowed = scene.without_flagged()
    names = [scene.name(state) for state in scene.flagged]
    if all(narrowed.on(year) is None for year in narrowed.years):
        return {"states": names, "value": None, "lower": None, "upper": None, "coverage": 0.0}
    found = measure(narrowed, patron)
    return {"states": names, "value": found.value, "lower": found.lower, "upper": found.upper,
            "coverage": found.coverage}  # fmt: skip
