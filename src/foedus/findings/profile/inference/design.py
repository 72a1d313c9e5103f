"""Entry and exit as designs: who changed when, whom each is compared with, and the effect with placebo assignments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np

from foedus.findings.profile.inference.matching import Covariates, distances, nearest
from foedus.findings.profile.inference.outcomes import Ties
from foedus.measures.arrays import FloatArray

LEADS, LAGS = 5, 10
MIN_BEFORE, MIN_AFTER = 2, 3


@dataclass(frozen=True, slots=True)
class Change:
    """A member that entered or left: its COW code, the year, and how many later years count."""

    state: str
    code: int
    year: int
    lags: int = LAGS


@dataclass
class Design:
    """Changes with what each state did around their years.

    Attributes
    ----------
    slots : list of Change
    rows : (n_slots,) of int
        Position of each changing state among the states.
    paths : (n_slots, n_states, n_events)
        Outcome from `LEADS` years before each change to `LAGS` after, NaN where unknown or past the slot's lags.
    distance : (n_slots, n_states, n_states)
        How unlike states were before the year of the slot.
    allowed : (n_slots, n_states) of bool
        States that may stand as controls, if they did not change themselves.
    """

    slots: list[Change]
    rows: Any
    paths: FloatArray
    distance: FloatArray
    allowed: Any
    matches: int
    caliper: float

    def __post_init__(self) -> None:
        before, after = self.paths[:, :, :LEADS], self.paths[:, :, LEADS:]
        enough = (np.isfinite(before).sum(axis=2) >= MIN_BEFORE) & (np.isfinite(after).sum(axis=2) >= MIN_AFTER)
        self.change = np.where(enough, _mean(after) - _mean(before), np.nan)
        years = np.array([slot.year for slot in self.slots])
        ends = np.array([slot.year + slot.lags for slot in self.slots])
        # a state that changes within the window of another slot, or did before, is no control for it
        self.clash = years[None, :] <= ends[:, None] if len(years) else np.zeros((0, 0), dtype=bool)

    def controls(self) -> list[list[int]]:
        """Positions of the matched controls of each slot."""
        found = []
        for k in range(len(self.slots)):
            free = self.allowed[k] & np.isfinite(self.change[k])
            free[self.rows[self.clash[k]]] = False
            found.append(nearest(self.distance[k, self.rows[k]], free, self.matches, self.caliper))
        return found

    def usable(self) -> Design:
        """The slots with an outcome on both sides and at least one match."""
        kept = [
            k for k, own in enumerate(self.controls()) if own and np.isfinite(self.change[k, self.rows[k]])
        ]  # fmt: skip
        return Design(
            [self.slots[k] for k in kept], self.rows[kept], self.paths[kept], self.distance[kept], self.allowed[kept],
            self.matches, self.caliper,
        )  # fmt: skip

    def effects(self, assigned: Any) -> FloatArray:
        """Mean change of the states assigned to the slots, less that of their matches.

        Parameters
        ----------
        assigned : (n_draws, n_slots) of int
            Position of the state that takes the place of each slot.

        Returns
        -------
        (n_draws,)
            NaN where no slot has a value.
        """
        draws = np.arange(len(assigned))[:, None]
        total, count = np.zeros(len(assigned)), np.zeros(len(assigned))
        for k in range(len(self.slots)):
            own = assigned[:, k]
            far = np.where(self.allowed[k] & np.isfinite(self.change[k]), self.distance[k][own], np.inf)
            far[draws, assigned[:, self.clash[k]]] = np.inf
            number = min(self.matches, far.shape[1])
            near = np.argsort(far, axis=1, kind="stable")[:, :number]
            close = np.take_along_axis(far, near, axis=1) <= self.caliper
            theirs = np.where(close, self.change[k][near], 0.0).sum(axis=1)
            n = close.sum(axis=1)
            gap = self.change[k][own] - theirs / np.maximum(n, 1)
            known = np.isfinite(gap) & (n > 0)
            total, count = total + np.where(known, gap, 0.0), count + known
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)


@dataclass(frozen=True, slots=True)
class Randomised:
    """An effect among those of placebo assignments."""

    effect: float
    p: float
    smallest: float
    draws: int


def randomise(
    design: Design, random: np.random.Generator, draws: int, *, sign: float = 1.0, uniform: float | None = None
) -> Randomised:
    """Rank of the effect among assignments of the same years to other states of the same kind.

    The states are those that changed and their matches; each draw gives the years to as many of them at random and
    matches anew.

    Parameters
    ----------
    sign
        1 if a rise is looked for, -1 if a fall.
    uniform
        A draw from (0, 1) that breaks ties at random; for calibration alone.
    """
    from foedus.measures.significance import placebo_test

    union = np.array(sorted({*design.rows.tolist(), *(i for own in design.controls() for i in own)}))
    inside = np.zeros(design.allowed.shape[1], dtype=bool)
    inside[union] = True
    again = design.allowed & inside
    again[:, design.rows] = True
    drawn = Design(
        design.slots, design.rows, design.paths, design.distance, again, design.matches, design.caliper
    )  # fmt: skip
    own = float(design.effects(design.rows[None, :])[0])
    n = len(design.slots)
    assigned = np.stack([random.permutation(union)[:n] for _ in range(draws)])
    rank = placebo_test(sign * own, sign * drawn.effects(assigned), uniform=uniform)
    smallest = max(rank.smallest, 1 / comb(len(union), n))
    return Randomised(own, max(rank.p, smallest) if uniform is None else rank.p, smallest, rank.n_placebos)


def build(
    ties: Ties, outcome: str, slots: Sequence[Change], covariates: Covariates, blocked: Sequence[set[int]],
    *, matches: int, caliper: float,
) -> Design:  # fmt: skip
    """The design of some changes for one outcome.

    Parameters
    ----------
    blocked : for each slot the codes of states that are no controls for it: members, the candidate and its successors
    """
    known = [(slot, codes) for slot, codes in zip(slots, blocked, strict=True) if slot.code in ties.row]
    n, events = len(ties.codes), LEADS + LAGS + 1
    paths = np.full((len(known), n, events), np.nan)
    distance = np.full((len(known), n, n), np.inf)
    allowed = np.zeros((len(known), n), dtype=bool)
    seen: dict[int, FloatArray] = {}
    for k, (slot, codes) in enumerate(known):
        paths[k] = ties.window(outcome, slot.year - LEADS, slot.year + LAGS)
        paths[k, :, LEADS + slot.lags + 1 :] = np.nan
        allowed[k] = [code not in codes for code in ties.codes]
        if slot.year not in seen:
            seen[slot.year] = distances(covariates.before(slot.year), allowed[k])
        distance[k] = seen[slot.year]
    rows = np.array([ties.row[slot.code] for slot, _ in known], dtype=np.int64)
    return Design([slot for slot, _ in known], rows, paths, distance, allowed, matches, caliper)


def _mean(values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis=2) / np.maximum(known.sum(axis=2), 1))
