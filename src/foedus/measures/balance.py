"""Structural balance of signed ties: allies and rivals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, require_complete, require_square

EXACT_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Balance:
    """Triangles, how many are balanced, and the share; NaN where there is no triangle."""

    triangles: int
    balanced: int
    share: float


def signed_ties(allied: ArrayLike, hostile: ArrayLike) -> tuple[FloatArray, int]:
    """Ties of +1 and -1; pairs that are both are left out, and counted."""
    plus = require_square(require_complete(allied, "allied"), "allied") > 0
    minus = require_square(require_complete(hostile, "hostile"), "hostile") > 0
    both = np.triu(plus & minus, 1).sum()
    return np.where(plus & ~minus, 1.0, np.where(minus & ~plus, -1.0, 0.0)), int(both)


def structural_balance(signs: ArrayLike) -> Balance:
    """The share of signed triangles whose product is positive.

    Parameters
    ----------
    signs : (n_states, n_states)
        +1, -1 or 0, symmetric.

    References
    ----------
    Cartwright and Harary (1956), Psychological Review 63: 277-293.
    """
    s = _signs(signs)
    product = float(np.trace(s @ s @ s)) / 6
    b = np.abs(s)
    triangles = round(float(np.trace(b @ b @ b)) / 6)
    balanced = round((triangles + product) / 2)
    return Balance(triangles, balanced, balanced / triangles if triangles else float("nan"))


def frustration_index(signs: ArrayLike) -> tuple[int, bool]:
    """The fewest ties that contradict any split into two camps, and whether it is exact or an upper bound.

    Exact for up to 30 states with a tie, where all splits of each component are tried; beyond by local search.
    """
    s = _signs(signs)
    tied = np.flatnonzero(np.abs(s).sum(axis=1) > 0)
    if len(tied) == 0:
        return 0, True
    s = s[np.ix_(tied, tied)]
    if len(tied) <= EXACT_LIMIT:
        return _exact(s), True
    return _searched(s), False


def _exact(s: FloatArray) -> int:
    """Branch and bound: states join a camp in order of their ties; a branch is cut where it is no better."""
    order = np.argsort(-np.abs(s).sum(axis=1), kind="stable")
    s = s[np.ix_(order, order)]
    best = _searched(s)
    camp = np.zeros(len(s))

    def place(i: int, bad: int) -> None:
        nonlocal best
        if bad >= best:
            return
        if i == len(s):
            best = bad
            return
        against_plus, against_minus = (int(((s[i, :i] * camp[:i] * side) < 0).sum()) for side in (1, -1))
        for side, added in sorted(((1, against_plus), (-1, against_minus)), key=lambda choice: choice[1]):
            if i == 0 and side == -1:
                continue
            camp[i] = side
            place(i + 1, bad + added)

    place(0, 0)
    return best


def _searched(s: FloatArray) -> int:
    """The best of several descents that move one state at a time to the other camp."""
    random = np.random.default_rng(0)
    best = int((np.triu(s) != 0).sum())
    for _ in range(50):
        camp = random.choice((-1.0, 1.0), len(s))
        while True:
            gain = camp * (s @ camp)
            worst = int(gain.argmin())
            if gain[worst] >= 0:
                break
            camp[worst] *= -1
        best = min(best, int((np.triu(s * np.outer(camp, camp)) < 0).sum()))
    return best


def _signs(signs: ArrayLike) -> FloatArray:
    s = require_square(require_complete(signs, "signs"), "signs").copy()
    np.fill_diagonal(s, 0)
    if not np.isin(s, (-1.0, 0.0, 1.0)).all() or not np.array_equal(s, s.T):
        raise MeasureError("signs: give a symmetric table of 1, 0 and -1.")
    return s
