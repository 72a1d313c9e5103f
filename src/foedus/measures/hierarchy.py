"""Lake's indices of security and economic hierarchy; as published for the United States, reconstructions for others."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, Result, reasons, require_complete, require_square

REFERENCE_YEAR = 1995
PUBLISHED_NORMALISER = 95  # Panama, whose 1995 garrison Lake's own series divides by
MONETARY_MAX = 3.0


def independent_alliances(allied: ArrayLike, patron: int) -> FloatArray:
    """How many allies of each state are neither the patron nor allied with the patron.

    Parameters
    ----------
    allied : (n_states, n_states)
        1 where a pledge of the chosen kind holds, else 0; the diagonal is not read.

    Returns
    -------
    (n_states,)
        Counts; 0 for the patron itself has no meaning and is NaN.
    """
    ties = require_square(require_complete(allied, "allied"), "allied") > 0
    np.fill_diagonal(ties, False)
    outside = ~ties[patron].copy()
    outside[patron] = False
    counts = (ties & outside[None, :]).sum(axis=1).astype(np.float64)
    counts[patron] = np.nan
    return np.asarray(counts)


def alliance_component(
    allied: ArrayLike, patron: int, *, alliance_condition: Literal["allied", "none"] = "allied"
) -> FloatArray:
    """1/(1 + independent alliances), 0 for a state that is not allied with the patron (or for all, `none`)."""
    if alliance_condition not in ("allied", "none"):
        raise MeasureError(f"alliance_condition: {alliance_condition!r} is none. Use allied or none.")
    index = 1 / (1 + independent_alliances(allied, patron))
    if alliance_condition == "none":
        return index
    ties = np.asarray(allied, dtype=np.float64)[:, patron] > 0
    return np.where(np.isnan(index), np.nan, np.where(ties, index, 0.0))


def military_component(troops: ArrayLike, population: ArrayLike, normaliser: float) -> FloatArray:
    """The patron's troops per head on a state's soil over a fixed reference; above 1 in other years, never clipped.

    Parameters
    ----------
    troops : persons, NaN where unknown
    population : thousands
    normaliser : persons per thousand, as from `military_normaliser`
    """
    if not normaliser > 0:
        raise MeasureError(f"normaliser: {normaliser} is not positive. The patron has no troops in the reference year.")
    people = np.asarray(population, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        per_head = np.where(people > 0, np.asarray(troops, dtype=np.float64) / np.where(people > 0, people, 1), np.nan)
    return np.asarray(per_head / normaliser)


def military_normaliser(
    troops: ArrayLike, population: ArrayLike, *, min_population: float = 0.0, position: int | None = None
) -> float:
    """Troops per thousand people that count as 1: of the state at `position`, or the largest of the reference year.

    Raises
    ------
    MeasureError
        If no state has both troops and people: the patron has no data in the reference year.
    """
    people = np.asarray(population, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        per_head = np.where(people > min_population, np.asarray(troops, dtype=np.float64) / people, np.nan)
    value = per_head[position] if position is not None else np.nanmax(per_head, initial=-np.inf)
    if not np.isfinite(value) or value <= 0:
        raise MeasureError("troops: no state has troops and people in the reference year. Name another normaliser.")
    return float(value)


def security_hierarchy(military: ArrayLike, alliance: ArrayLike, *, partial: bool = False) -> Result:
    """The mean of the military and the alliance component of each state.

    Parameters
    ----------
    partial
        Take the component that is known where the other is missing; such values have a coverage of one half.

    References
    ----------
    Lake (2009), Hierarchy in International Relations.
    """
    parts = np.stack([np.asarray(military, dtype=np.float64), np.asarray(alliance, dtype=np.float64)])
    known = np.isfinite(parts)
    count = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(parts, axis=0) / count
    value = np.where((count == 2) | ((count == 1) & partial), mean, np.nan)
    why = np.where(count == 2, "", np.where(known[0], "no_alliance_data", "no_troop_data"))
    why = np.where(np.isfinite(value), "", why).astype(np.str_)
    return Result(value, count / 2, why, parameters={"partial": partial})


def trade_component(
    with_patron: ArrayLike, with_others: ArrayLike, largest: float, *, negative: Literal["zero", "keep"] = "zero"
) -> FloatArray:
    """Relative trade dependence: trade with the patron less trade with the other permanent members, over the largest.

    Parameters
    ----------
    with_patron, with_others : shares of the state's GDP
    largest : float
        The largest value of the reference year.
    negative
        `zero`, as in the published series, or `keep`.
    """
    if negative not in ("zero", "keep"):
        raise MeasureError(f"negative: {negative!r} is none. Use zero or keep.")
    relative = (np.asarray(with_patron, dtype=np.float64) - np.asarray(with_others, dtype=np.float64)) / largest
    return np.maximum(relative, 0) if negative == "zero" else relative


def economic_hierarchy(regime: ArrayLike, trade: ArrayLike, *, largest_mean: float = 2 / 3) -> Result:
    """The mean of monetary and trade dependence over its own largest value in the reference year.

    Parameters
    ----------
    regime : 0 (float), 1 (managed), 2 (fixed), 3 (the patron's currency)
        Only pegs to the patron's currency count.
    trade : as from `trade_component`
    largest_mean : float
        2/3 in the published series of the United States.

    References
    ----------
    Lake (2009), Hierarchy in International Relations.
    """
    monetary = np.asarray(regime, dtype=np.float64)
    if ((monetary < 0) | (monetary > MONETARY_MAX)).any():
        raise MeasureError("regime: outside 0 to 3. Give 0 float, 1 managed, 2 fixed, 3 the patron's currency.")
    value = (monetary / MONETARY_MAX + np.asarray(trade, dtype=np.float64)) / 2 / largest_mean
    return Result(value, np.isfinite(value).astype(np.float64), reasons(np.isnan(value), "missing_component"))
