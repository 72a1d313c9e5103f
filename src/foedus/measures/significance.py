"""Tests of the patronage profile: placebos, differences in differences, equivalence, and several tests at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError


@dataclass(frozen=True, slots=True)
class Placebo:
    """A permutation p-value with the smallest that the number of placebos allows."""

    p: float
    smallest: float
    n_placebos: int


def placebo_test(statistic: float, placebos: ArrayLike, *, uniform: float | None = None) -> Placebo:
    """Rank of a statistic among placebos, ties counted against it.

    Parameters
    ----------
    uniform : float, optional
        A draw from (0, 1) that breaks ties at random; for calibration tests only.
    """
    other = np.asarray(placebos, dtype=np.float64)
    other = other[np.isfinite(other)]
    n = len(other)
    if not np.isfinite(statistic):
        return Placebo(float("nan"), 1 / (1 + n), n)
    if uniform is None:
        p = (1 + (other >= statistic).sum()) / (1 + n)
    else:
        p = ((other > statistic).sum() + uniform * (1 + (other == statistic).sum())) / (1 + n)
    return Placebo(float(p), 1 / (1 + n), n)


def difference_in_differences(
    treated_before: ArrayLike, treated_after: ArrayLike, control_before: ArrayLike, control_after: ArrayLike
) -> float:
    """Change of the treated less change of the controls, of means."""
    means = [float(np.mean(np.asarray(x, dtype=np.float64)))
             for x in (treated_before, treated_after, control_before, control_after)]  # fmt: skip
    return (means[1] - means[0]) - (means[3] - means[2])


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Two one-sided tests against a bound fixed beforehand."""

    p: float
    passes: bool


def equivalence_test(values: ArrayLike, delta: float, *, level: float = 0.05) -> Equivalence:
    """Whether a mean is within -delta to +delta: passing is positive evidence of no material effect."""
    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    if not delta > 0 or len(x) < 2:
        raise MeasureError("values: two or more, against a positive delta.")
    return equivalence(float(x.mean()), float(x.std(ddof=1) / np.sqrt(len(x))), len(x) - 1, delta, level=level)


def equivalence(estimate: float, error: float, freedom: int, delta: float, *, level: float = 0.05) -> Equivalence:
    """Two one-sided t-tests of an estimate with a standard error against -delta and +delta.

    Parameters
    ----------
    freedom : int
        Degrees of freedom of the standard error.

    References
    ----------
    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6): 657-680.
    """
    from scipy.special import stdtr

    if error == 0:
        p = 0.0 if abs(estimate) < delta else 1.0
    else:
        p = float(max(stdtr(freedom, -(estimate + delta) / error), stdtr(freedom, (estimate - delta) / error)))
    return Equivalence(p, p <= level)


def holm(p_values: ArrayLike) -> FloatArray:
    """P-values adjusted for their number by Holm's step-down rule, in the order given; NaN stays NaN and counts not.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6(2): 65-70.
    """
    p = np.asarray(p_values, dtype=np.float64)
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    steps = p[order] * (len(order) - np.arange(len(order)))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted
