"""National capability: CINC from its components, and how concentrated capability is among states."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, Result, reasons, require_complete

COMPONENTS = ("milex", "milper", "irst", "pec", "tpop", "upop")


def cinc(components: ArrayLike, years: ArrayLike) -> Result:
    """Composite Index of National Capability of each state and year.

    Parameters
    ----------
    components : (n_rows, n_components)
        One row a state and year; NaN where unknown. Zero iron and steel is a true zero.
    years : (n_rows,)
        The year of each row; shares are of the total over the states of that year with a value.

    Returns
    -------
    Result
        Value within [0, 1]: the mean of a state's shares of the components that are known. Coverage: their part.

    Raises
    ------
    MeasureError
        If a value is negative (the files' -9 means missing) or the shapes do not fit.

    References
    ----------
    Singer, Bremer and Stuckey (1972) in Russett (ed.), Peace, War, and Numbers: 19-48.
    """
    values, year = np.asarray(components, dtype=np.float64), np.asarray(years)
    if values.ndim != 2 or year.shape != (len(values),):
        raise MeasureError(f"components: shape {values.shape} with {year.shape} years. Give one row a state and year.")
    if (values < 0).any():
        row = int(np.argwhere(values < 0)[0, 0])
        raise MeasureError(f"components[{row}]: {values[values < 0][0]:g} is negative. Read the files' -9 as missing.")
    _, group = np.unique(year, return_inverse=True)
    totals = np.zeros((group.max(initial=-1) + 1, values.shape[1]))
    np.add.at(totals, group, np.nan_to_num(values))
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(totals[group] > 0, values / totals[group], np.nan)
    known = np.isfinite(shares)
    count = known.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(count > 0, np.nansum(shares, axis=1) / np.where(count > 0, count, 1), np.nan)
    return Result(
        score, count / values.shape[1], reasons(count == 0, "no_component"), parameters={"n_components": count}
    )


def concentration(values: ArrayLike) -> float:
    """Concentration of capability (CON) among N states: 0 where all are equal, 1 where one has all.

    Parameters
    ----------
    values : (n_states,)
        Capabilities or shares, complete; at least two states.

    Raises
    ------
    MeasureError
        If there are fewer than two, a value is missing or negative, or all are zero.

    References
    ----------
    Ray and Singer (1973), Sociological Methods and Research 1(4): 403-437.
    """
    share = shares_of(values)
    n = len(share)
    if n < 2:
        raise MeasureError("values: one state alone has no concentration. Give two or more.")
    # rounding may leave a trace below zero where all are equal
    return float(np.sqrt(max((share**2).sum() - 1 / n, 0.0) / (1 - 1 / n)))


def shares_of(values: ArrayLike) -> FloatArray:
    """Values as shares of their sum.

    Raises
    ------
    MeasureError
        If one is missing or negative, or all are zero.
    """
    array = require_complete(values, "values")
    if (array < 0).any() or array.sum() <= 0:
        raise MeasureError("values: negative, or all zero. Give amounts.")
    return np.asarray(array / array.sum())
