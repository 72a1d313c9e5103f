"""Made-up alliances on which the tests must find nothing, or an effect of known size."""

from __future__ import annotations

import numpy as np

from foedus.findings.profile.inference.design import LAGS, LEADS, Change, Design, randomise
from foedus.findings.profile.inference.matching import distances
from foedus.findings.profile.inference.movers import Steps, movement
from foedus.measures.arrays import FloatArray
from foedus.measures.significance import placebo_test

STATES, ENTRANTS, DRAWS = 30, 6, 99
MEMBERS, YEARS, NOISE = 8, 30, 0.15


def simulated_entry(random: np.random.Generator, effect: float) -> float:
    """Randomised p of the entry test: six of thirty states enter in two years, and their ties rise by an effect.

    Ties to the candidate are a level of each state, shocks of each year that all states share, and a walk that reverts
    (standard deviation about 0.05).
    """
    years = 40
    walk = np.zeros((STATES, years))
    for t in range(1, years):
        walk[:, t] = 0.7 * walk[:, t - 1] + random.normal(0, 0.035, STATES)
    values = random.uniform(0.1, 0.5, (STATES, 1)) + random.normal(0, 0.03, (1, years)) + walk
    rows = random.permutation(STATES)[:ENTRANTS]
    slots = [Change(str(row), int(row), 12 if k < ENTRANTS // 2 else 18) for k, row in enumerate(rows)]
    for slot in slots:
        values[slot.code, slot.year :] += effect
    paths = np.stack([values[:, slot.year - LEADS : slot.year + LAGS + 1] for slot in slots])
    apart = np.stack([
        distances(values[:, slot.year - LEADS : slot.year].mean(axis=1, keepdims=True), np.ones(STATES, dtype=bool))
        for slot in slots
    ])  # fmt: skip
    allowed = np.ones((ENTRANTS, STATES), dtype=bool)
    design = Design(slots, rows, paths, apart, allowed, 5, np.inf)
    return randomise(design, random, DRAWS, uniform=random.uniform()).p


def simulated_movement(random: np.random.Generator, pull: float) -> float:
    """Randomised p of the mover test: eight members of thirty states move toward the first by a share of the gap.

    The placebo candidates are the states outside; without a pull every position is a walk of its own.
    """
    points = np.zeros((STATES, YEARS))
    points[:, 0] = random.normal(0, 1, STATES)
    for t in range(1, YEARS):
        points[:, t] = points[:, t - 1] + random.normal(0, NOISE, STATES)
        points[1 : MEMBERS + 1, t] += pull * (points[0, t - 1] - points[1 : MEMBERS + 1, t - 1])
    found = [_difference(points, lead) for lead in (0, *range(MEMBERS + 1, STATES))]
    return placebo_test(found[0], found[1:], uniform=random.uniform()).p


def _difference(points: FloatArray, lead: int) -> float:
    members = points[1 : MEMBERS + 1]
    gap = (members - points[lead])[:, :-1]
    pair = np.repeat(np.arange(MEMBERS, dtype=np.float64), YEARS - 1)
    of_lead = np.tile(np.diff(points[lead]), MEMBERS)
    found = movement(Steps(pair, gap.ravel(), np.diff(members, axis=1).ravel(), of_lead))
    return found.difference if found else float("nan")
