"""Hub dependence, channel by channel: the share of a member's ties that goes to the candidate, and to its next best.

A channel is a table of amounts from state to state in a year. Channels are never averaged.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import Channel
from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.flows import Flow, Flows
from foedus.findings.profile.of_datasets import say_coverage
from foedus.findings.profile.of_record import grid_of
from foedus.findings.profile.scene import Scene
from foedus.measures.arrays import FloatArray

Cells = dict[tuple[str, int], tuple[float, float, float, float]]  # by member and year: dep, outside, any, back
_NONE = -1.0


def hub(
    scene: Scene, patron: str, bounds: tuple[float, float], data: Datasets, channels: tuple[Channel, ...] = ()
) -> Estimate:
    """Each member's trade share with the candidate less that with its best partner outside the alliance.

    Parameters
    ----------
    channels
        The channels to set out one by one beside the first, as for the candidate itself; none for placebo patrons.
    """
    flows = data.trade
    if flows is None:
        found = Estimate(missing=["cow.trade-4.0"])
        rows = [_set_out(scene, patron, channel, data) for channel in channels if channel.chapters]
        if any(row["value"] is not None for row in rows):
            found.numbers["channels"] = rows
        return found
    cells = shares(scene, patron, flows, "both", data)
    found = grid_of({key: dep - out for key, (dep, out, _, _) in cells.items()}, scene, patron).estimate(*bounds)
    if cells:
        found.numbers = {
            "mean_share_with_candidate": round(float(np.mean([dep for dep, _, _, _ in cells.values()])), 9),
            "share_of_member_years_above_zero": round(
                float(np.mean([dep > out for dep, out, _, _ in cells.values()])), 9
            ),
        }
    say_coverage(scene, found)
    if channels:
        found.numbers["channels"] = [_set_out(scene, patron, channel, data) for channel in channels]
    return found


def shares(scene: Scene, patron: str, flows: Flows, flow: Flow, data: Datasets) -> Cells:
    """Share of each member's total with the candidate, with its best outside partner, with its best other, and back.

    A member without a known tie to the candidate in a year has no cell.
    """
    found: Cells = {}
    for year in scene.years:
        day = scene.on(year)
        if day is None or year not in flows:
            continue
        lead = flows.place(year, data.code(patron, day))
        members, rows, share, outside, anyone = _of_year(scene, year, flows, flow, data)
        if lead is None:
            continue
        of_lead = flows.amounts(year, flow)[lead]
        total = np.nansum(of_lead)
        for member, row, own, out, other in zip(members, rows, share, outside, anyone, strict=True):
            if member == patron or not np.isfinite(own[lead]):
                continue
            back = of_lead[row] / total if total > 0 else np.nan
            found[member, year] = (float(own[lead]), _best(out, lead), _best(other, lead), float(back))
    return found


def _best(ranked: list[tuple[float, int]], lead: int) -> float:
    """The largest share that is not the candidate's own; 0 where no other tie is known."""
    return next((share for share, place in ranked if place != lead), 0.0)


def _of_year(scene: Scene, year: int, flows: Flows, flow: Flow, data: Datasets) -> tuple[Any, ...]:
    """Members with a total above 0, their shares, and their two best partners outside and anywhere."""
    key = ("shares", flows.name, flow, year)
    if key not in scene.memo:
        day = scene.on(year)
        assert day is not None
        amounts = flows.amounts(year, flow)
        placed = [(m, place) for m in scene.present(year, day)
                  if (place := flows.place(year, data.code(m, day))) is not None]  # fmt: skip
        totals = np.array([np.nansum(amounts[row]) for _, row in placed])
        kept = [pair for pair, total in zip(placed, totals, strict=True) if total > 0]
        rows = [row for _, row in kept]
        share = amounts[rows] / totals[totals > 0][:, None]
        open_share = share.copy()
        open_share[:, [row for _, row in placed]] = np.nan
        scene.memo[key] = ([m for m, _ in kept], rows, share, _two_best(open_share), _two_best(share))
    found: tuple[Any, ...] = scene.memo[key]
    return found


def _two_best(share: FloatArray) -> list[list[tuple[float, int]]]:
    """The two largest known entries of each row, with their places."""
    if not share.size:
        return [[] for _ in share]
    known = np.where(np.isfinite(share), share, _NONE)
    places = np.argsort(-known, axis=1, kind="stable")[:, :2]
    return [
        [(float(row[place]), int(place)) for place in best if row[place] > _NONE]
        for row, best in zip(known, places, strict=True)
    ]


def _set_out(scene: Scene, patron: str, channel: Channel, data: Datasets) -> dict[str, Any]:
    """One channel for the candidate: figures where a dataset has them, else what would fill it."""
    row: dict[str, Any] = {"channel": channel.name, "title": channel.title, "dataset": channel.dataset}
    if channel.flow is None:
        return row | {"value": None, "remark": channel.lacks} | _hosted(scene, patron, channel, data)
    flows = data.goods(channel.chapters) if channel.chapters else data.trade
    if flows is None:
        return row | {"value": None, "remark": channel.lacks}
    cells = shares(scene, patron, flows, channel.flow, data)
    if not cells:
        return row | {"value": None, "remark": "The dataset has nothing for these states in the window."}
    people = data.numbers("cow.nmc-7.0", "tpop")
    return row | summary(scene, patron, cells, people, data)


def summary(scene: Scene, patron: str, cells: Cells, people: Any, data: Datasets) -> dict[str, Any]:
    """Each figure as the mean over members of a year, then over years; H also spread over member-years and weighted."""
    table = np.array(list(cells.values()))
    advantage = table[:, 0] - table[:, 1]
    years = np.array([year for _, year in cells])
    eligible = sum(len([m for m in scene.stays(y) if m != patron]) for y in scene.years)
    weights = np.array([_people(people, member, year, scene, data) for member, year in cells])
    figures = {
        "share_with_candidate": _over_years(table[:, 0], years),
        "best_outside": _over_years(table[:, 1], years),
        "best_other": _over_years(table[:, 2], years),
        "value": _over_years(advantage, years),
        "value_by_population": _over_years(advantage, years, weights),
        "median": float(np.median(advantage)), "least": float(advantage.min()), "largest": float(advantage.max()),
        "share_above_zero": float((advantage > 0).mean()),
        "share_above_zero_by_population": _over_years((advantage > 0).astype(float), years, weights),
        "asymmetry": _over_years(table[:, 0] - table[:, 3], years),
    }  # fmt: skip
    rounded = {name: round(value, 9) if np.isfinite(value) else None for name, value in figures.items()}
    return rounded | {
        "coverage": round(len(cells) / eligible, 9) if eligible else 0.0,
        "years": [int(years.min()), int(years.max())],
    }


def _over_years(values: FloatArray, years: Any, weights: FloatArray | None = None) -> float:
    """Mean within each year, weighted if weights are given, then over years; NaN where nothing is known."""
    mass = np.ones(len(values)) if weights is None else weights
    known = np.isfinite(values) & np.isfinite(mass) & (mass > 0)
    means = [
        float(np.average(values[known & (years == year)], weights=mass[known & (years == year)]))
        for year in np.unique(years) if (known & (years == year)).any()
    ]  # fmt: skip
    return float(np.mean(means)) if means else float("nan")


def _people(people: Any, member: str, year: int, scene: Scene, data: Datasets) -> float:
    day = scene.on(year)
    code = data.code(member, day) if day else None
    return float((people or {}).get((code, year), np.nan))


def _hosted(scene: Scene, patron: str, channel: Channel, data: Datasets) -> dict[str, Any]:
    """Forces of the one state that a dataset counts abroad, in the members: persons, without a share of any total."""
    if channel.dataset is None or channel.only_of is None:
        return {}
    if patron != channel.only_of:
        return {"remark": f"{channel.lacks} That at hand counts those of one state: {scene.name(channel.only_of)}."}
    persons = data.numbers(channel.dataset, channel.column or "")
    if persons is None:
        return {"is_missing": True}
    by_year: dict[int, list[float]] = {}
    for year in scene.years:
        day = scene.on(year)
        for member in scene.present(year, day) if day else ():
            code = data.code(member, day) if day else None
            count = persons.get((channel.stands_under.get(code, code), year)) if code else None
            if member != patron and count is not None:
                by_year.setdefault(year, []).append(float(count))
    if not by_year:
        return {"remark": "The dataset has nothing for these states in the window."}
    last = max(by_year)
    return {
        "remark": channel.lacks, "years": [min(by_year), last],
        "persons_mean_of_years": round(float(np.mean([sum(row) for row in by_year.values()])), 3),
        "persons_last_year": round(sum(by_year[last]), 3),
        "members_with_100_or_more_last_year": sum(count >= 100 for count in by_year[last]),
        "members_known_last_year": len(by_year[last]),
    }  # fmt: skip
