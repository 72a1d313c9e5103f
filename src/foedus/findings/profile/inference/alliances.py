"""Matched alliances: those of the record most like one when it began, by a declared or dominant leading state.

They are looked for among the declared pairs and all alliances of three or more that oblige to defence or consultation
and in which one state has far more capability than the next. Without capabilities nothing is matched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import Thresholds
from foedus.findings.profile.inference.matching import POLITY, balance, distances
from foedus.findings.profile.scene import Scene, family, lifetime
from foedus.findings.profile.world import OBLIGES, World
from foedus.measures.arrays import FloatArray

BEFORE = 5  # years in which a common opponent is looked for
DEMOCRACY = 6  # least Polity score
CAPABILITY, BORDERS, DISPUTES = "cow.nmc-7.0", "cow.contiguity-3.2", "cow.dispute-participants-5.0"
# What alliances are matched on, and the dataset that has it; none for what the record has.
COVARIATES = {
    "members": None, "share_of_the_leading_state": CAPABILITY, "decade": None, "share_with_a_border": BORDERS,
    "share_of_democracies": POLITY, "common_opponent": DISPUTES,
}  # fmt: skip
_SHARE = tuple(COVARIATES).index("share_of_the_leading_state")
_LAND = 1
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Kin:
    """An alliance with its leading state, members and covariates in the first year in which it was one."""

    scene: Scene
    lead: str
    year: int
    members: frozenset[str]
    covariates: FloatArray

    def as_json(self, distance: float | None = None) -> dict[str, Any]:
        """What the table of matches shows of it; a covariate that is unknown is null."""
        values = dict(zip(COVARIATES, self.covariates.tolist(), strict=True))
        shown = {name: round(value, 9) if np.isfinite(value) else None for name, value in values.items()}
        shown |= {"members": len(self.members), "decade": 10 * (self.year // 10)}
        return {
            "pact": self.scene.pact.id, "pact_name": self.scene.pact.name, "patron": self.lead,
            "patron_name": self.scene.name(self.lead), "year": self.year, "distance": distance, **shown,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matched:
    """The matched alliances, nearest first, with their table and balance, or why there are none."""

    pairs: list[tuple[Scene, str]]
    table: dict[str, Any]


def match_alliances(
    scene: Scene, patron: str, declared: Sequence[tuple[Scene, str]], data: Datasets, limits: Thresholds
) -> Matched:
    """The alliances most like one, none farther than the caliper.

    One that has more than half of the members of the smaller in common with the alliance, or with a nearer match, is
    left out: it would be compared with itself, or counted twice.

    Parameters
    ----------
    declared
        Alliances with a declared leading state; theirs is not looked for.
    """
    if data.capability is None:
        return _none(f"capabilities are not here. To match: foedus data get {CAPABILITY}")
    own = _kin(Scene(scene.world, scene.pact, *lifetime(scene.world, scene.pact)), patron, data)
    if own is None or not np.isfinite(own.covariates[_SHARE]):
        why = "the candidate was no member in the alliance's first year, or the capability of a member then is unknown"
        return _none(why)
    pool = [kin for pair in declared if (kin := _kin(*pair, data)) is not None]
    named = {pact.id for kin in (own, *pool) for pact in kin.scene.family}
    pool += _dominated(scene.world, named, data, limits.dominance)
    pool = [kin for kin in pool if not _share_members(kin, own)]
    table = np.array([own.covariates, *(kin.covariates for kin in pool)])
    far = distances(table, np.ones(len(table), dtype=bool))[0, 1:]
    chosen: list[int] = []
    for i in np.argsort(far, kind="stable"):
        if far[i] > limits.caliper or len(chosen) == limits.alliances:
            break
        if not any(_share_members(pool[i], pool[j]) for j in chosen):
            chosen.append(int(i))
    rows = balance(table[:1], [table[1:][chosen]], table[1:], tuple(COVARIATES)) if chosen else []
    return Matched(
        [(pool[i].scene, pool[i].lead) for i in chosen],
        {
            "own": own.as_json(),
            "matches": [pool[i].as_json(round(float(far[i]), 9)) for i in chosen],
            "candidates": len(pool), "lacking": int(np.isinf(far).sum()), "caliper": limits.caliper,
            "left_out": [_unknown(name, own, data) for name, value in zip(COVARIATES, own.covariates, strict=True)
                         if not np.isfinite(value)],
            "dominance": limits.dominance, "not_run": None,
            "balance": [{"covariate": row.covariate, "before": row.before, "after": row.after} for row in rows],
        },
    )  # fmt: skip


def _none(why: str) -> Matched:
    return Matched([], {"matches": [], "not_run": why})


def _share_members(one: Kin, other: Kin) -> bool:
    return 2 * len(one.members & other.members) > min(len(one.members), len(other.members))


def _unknown(name: str, own: Kin, data: Datasets) -> dict[str, Any]:
    dataset = COVARIATES[name]
    is_here = dataset is not None and data.frame(dataset) is not None
    return {"covariate": name, "dataset": dataset, "is_here": is_here, "year": own.year}


def _kin(scene: Scene, lead: str, data: Datasets) -> Kin | None:
    """An alliance in its first year with three members, or with two if it never had more."""
    year = _first_year(scene, _LEAST) or _first_year(scene, 2)
    day = scene.on(year) if year else None
    if year is None or day is None:
        return None
    members = scene.present(year, day)
    codes = {member: code for member in members if (code := data.code(member, day)) is not None}
    values = (
        float(np.log(len(members))), _share(members, lead, codes, year, data), float(year // 10),
        _bordering(members, codes, day, data), _democratic(members, codes, year, data),
        _opposed(set(codes.values()), year, data),
    )  # fmt: skip
    return Kin(scene, lead, year, frozenset(members), np.array(values))


def _first_year(scene: Scene, least: int) -> int | None:
    return next((y for y in scene.years if (day := scene.on(y)) and len(scene.present(y, day)) >= least), None)


def _dominated(world: World, named: set[str], data: Datasets, dominance: float) -> list[Kin]:
    """Alliances in which one member has so many times the CINC of the next."""
    known = data.capability or {}
    # the treaty that an organization rests on is one alliance with it
    within = {part.id for pact in world.record.pacts.values() for part in family(world.record, pact)[1:]}
    found = []
    for pact in world.record.pacts.values():
        if pact.id in named | within or not OBLIGES & set(pact.pledges):
            continue
        if not any(spell.status == "member" for part in family(world.record, pact) for spell in world.spells(part.id)):
            continue
        scene = Scene(world, pact, *lifetime(world, pact))
        year = _first_year(scene, _LEAST)
        day = scene.on(year) if year else None
        if year is None or day is None:
            continue
        ranked = sorted(
            ((known.get((data.code(m, day) or 0, year), np.nan), m) for m in scene.present(year, day)), reverse=True
        )
        if np.isfinite([value for value, _ in ranked]).all() and ranked[0][0] >= dominance * ranked[1][0]:
            kin = _kin(scene, ranked[0][1], data)
            found += [kin] if kin else []
    return found


def _share(members: Sequence[str], lead: str, codes: dict[str, int], year: int, data: Datasets) -> float:
    """The leading state's share of the members' CINC; unknown for an outside state, or if one member is."""
    known = data.capability or {}
    if lead not in members:
        return float("nan")
    values = [known.get((codes.get(member, 0), year), np.nan) for member in members]
    return float(values[list(members).index(lead)] / np.sum(values))


def _bordering(members: Sequence[str], codes: dict[str, int], day: date, data: Datasets) -> float:
    """Share of the members with a land or river border with another member."""
    frame = data.frame(BORDERS)
    if frame is None or len(codes) < len(members):
        return float("nan")
    import polars as pl

    if frame.filter(pl.col("end_date") >= day).is_empty():  # the dataset ends before
        return float("nan")

    near = frame.filter(
        (pl.col("conttype") == _LAND) & (pl.col("start_date") <= day) & (pl.col("end_date") >= day)
        & pl.col("statelno").is_in(list(codes.values())) & pl.col("statehno").is_in(list(codes.values()))
    )  # fmt: skip
    return len({*near["statelno"], *near["statehno"]}) / len(members)


def _democratic(members: Sequence[str], codes: dict[str, int], year: int, data: Datasets) -> float:
    """Share of the members with a Polity score of 6 or more, among at least half that have one."""
    scores = data.numbers(POLITY, "polity2", keep_negative=True) or {}
    known = [score for code in codes.values() if (score := scores.get((code, year))) is not None]
    return float(np.mean(np.array(known) >= DEMOCRACY)) if 2 * len(known) >= len(members) else float("nan")


def _opposed(codes: set[int], year: int, data: Datasets) -> float:
    """1 if two members faced the same outside state in disputes of the five years before, else 0."""
    disputes = data.disputes
    first, last = year - BEFORE, year - 1
    if disputes is None or not codes:
        return float("nan")
    if not data.dispute_years[0] <= first <= last <= data.dispute_years[1]:
        return float("nan")
    faced: dict[int, set[int]] = {}
    for dispute in disputes:
        now = {code: row[0] for code, row in dispute.items() if row[2] <= last and row[3] >= first}
        for code in codes & now.keys():
            for other, side in now.items():
                if side != now[code] and other not in codes:
                    faced.setdefault(other, set()).add(code)
    return float(any(len(own) > 1 for own in faced.values()))
