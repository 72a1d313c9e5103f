"""Synthetic control of a single exit: a weighted mean of other states that followed the same path before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.measures.arrays import FloatArray

_STRICT = 1e3  # weight of the row that makes the weights sum to 1


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Mean gap after the event, the ratio of gaps after to before, and its rank among donors."""

    effect: float
    ratio: float
    p: float
    smallest: float
    donors: int


def synthetic_weights(target: FloatArray, donors: FloatArray) -> FloatArray:
    """Weights of donors, not negative and summing to 1, whose mean is nearest to a path.

    Parameters
    ----------
    target : (n_years,)
    donors : (n_donors, n_years)
    """
    from scipy.optimize import nnls

    left = np.vstack([donors.T, np.full(len(donors), _STRICT)])
    weights, _ = nnls(left, np.append(target, _STRICT))
    return np.asarray(weights / weights.sum())


def synthetic_control(target: FloatArray, donors: FloatArray, before: int) -> Synthetic:
    """Gap of a state to its synthetic control, and the share of donors, treated the same way, with as large a ratio.

    Parameters
    ----------
    target : (n_years,)
    donors : (n_donors, n_years)
        Complete paths of at least two states.
    before : int
        How many of the years lie before the event.

    References
    ----------
    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105(490): 493-505.
    """
    effect, ratio = _gap(target, donors, before)
    placebos = [_gap(donors[i], np.delete(donors, i, axis=0), before)[1] for i in range(len(donors))]
    at_least = sum(placebo >= ratio for placebo in placebos)
    return Synthetic(effect, ratio, (1 + at_least) / (1 + len(donors)), 1 / (1 + len(donors)), len(donors))


def _gap(target: FloatArray, donors: FloatArray, before: int) -> tuple[float, float]:
    gap = target - synthetic_weights(target[:before], donors[:, :before]) @ donors
    early = float(np.sqrt((gap[:before] ** 2).mean()))
    late = float(np.sqrt((gap[before:] ** 2).mean()))
    return float(gap[before:].mean()), late / early if early > 0 else float("inf")
