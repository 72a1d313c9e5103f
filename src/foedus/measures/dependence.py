"""Dependence of one state on another, and how concentrated a state's partners are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.measures.arrays import FloatArray, MeasureError, Result, reasons
from foedus.measures.capability import shares_of


def dependence(flows: ArrayLike, size: ArrayLike) -> FloatArray:
    """Flows with a partner over the size of the dependent state's economy or total, at least 0; not clipped at 1.

    Parameters
    ----------
    flows, size : arrays of one shape
        In the same currency, price basis and unit. NaN where unknown.

    Returns
    -------
    array
        NaN where either is unknown or the size is 0.

    References
    ----------
    Oneal and Russett (1997), International Studies Quarterly 41(2): 267-294 (size: GDP); Barbieri (1996), Journal of
    Peace Research 33(1): 29-49 (size: the state's total trade).
    """
    flow, total = np.asarray(flows, dtype=np.float64), np.asarray(size, dtype=np.float64)
    if (flow < 0).any() or (total < 0).any():
        raise MeasureError("flows or size: negative. Read the files' -9 as missing.")
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0, flow / np.where(total > 0, total, 1), np.nan))


@dataclass(frozen=True, slots=True)
class Interdependence:
    """Barbieri's three measures of a dyad, each within [0, 1]."""

    salience: FloatArray
    symmetry: FloatArray
    interdependence: FloatArray


def interdependence(share_i: ArrayLike, share_j: ArrayLike) -> Interdependence:
    """Salience, symmetry and interdependence of a dyad from each side's trade share.

    References
    ----------
    Barbieri (1996), Journal of Peace Research 33(1): 29-49.
    """
    one, other = np.asarray(share_i, dtype=np.float64), np.asarray(share_j, dtype=np.float64)
    salience, symmetry = np.sqrt(one * other), 1 - np.abs(one - other)
    return Interdependence(salience, symmetry, salience * symmetry)


def weak_link(one: ArrayLike, other: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The lower and the higher dependence of a dyad.

    References
    ----------
    Oneal and Russett (1997), International Studies Quarterly 41(2): 267-294.
    """
    return np.minimum(one, other), np.maximum(one, other)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How a total is spread over partners."""

    hhi: float
    hhi_normalised: float
    hirschman: float
    effective_number: float
    n_partners: int


def partner_concentration(values: ArrayLike) -> Concentration:
    """Herfindahl and Hirschman concentration over the partners with a known (possibly zero) flow.

    Returns
    -------
    Concentration
        `hhi` within [1/n, 1], `hhi_normalised` within [0, 1] (NaN for one partner), `hirschman` within
        [100/sqrt(n), 100].

    Raises
    ------
    MeasureError
        If no flow is known, one is negative, or all are zero.

    References
    ----------
    Hirschman (1945), National Power and the Structure of Foreign Trade.
    """
    flows = np.asarray(values, dtype=np.float64)
    share = shares_of(flows[~np.isnan(flows)])
    n, hhi = len(share), float((share**2).sum())
    normalised = (hhi - 1 / n) / (1 - 1 / n) if n > 1 else float("nan")
    return Concentration(hhi, normalised, 100 * hhi**0.5, 1 / hhi, n)


@dataclass(frozen=True, slots=True)
class OutsideOption:
    """A state's share with its patron, the best other partner that is allowed, and the difference."""

    share: float
    best_outside: float
    best_partner: int | None
    hub_advantage: float


def outside_option(
    flows: ArrayLike, patron: int, *, excluded: ArrayLike | None = None, total: float | None = None
) -> OutsideOption:
    """Share with the patron against the best partner outside: the hub advantage, within [-1, 1].

    Parameters
    ----------
    flows : (n_partners,)
        The state's flows with each partner, NaN where unknown.
    patron : int
        Position of the patron.
    excluded : (n_partners,) of bool, optional
        Partners that are no outside option: the members of the alliance.
    total : float, optional
        Denominator of the shares; the sum of the known flows by default.

    Raises
    ------
    MeasureError
        If the total is not positive.
    """
    flow = np.asarray(flows, dtype=np.float64)
    whole = float(np.nansum(flow)) if total is None else total
    if not whole > 0:
        raise MeasureError("flows: the total is not positive, so there are no shares.")
    share = flow / whole
    inside = np.zeros(len(flow), dtype=bool) if excluded is None else np.asarray(excluded, dtype=bool).copy()
    inside[patron] = True
    options = np.where(inside | np.isnan(share), -np.inf, share)
    best = int(options.argmax()) if np.isfinite(options).any() else None
    outside = float(share[best]) if best is not None else float("nan")
    return OutsideOption(float(share[patron]), outside, best, float(share[patron]) - outside)


def arms_shares(deliveries: ArrayLike, *, window: int = 5) -> Result:
    """Each supplier's share of a state's arms imports over a trailing window of years.

    Parameters
    ----------
    deliveries : (n_suppliers, n_years)
        Trend-indicator values; a year without a delivery is 0.
    window
        Years counted, the last ones.

    Returns
    -------
    Result
        Value (n_suppliers,); missing with the reason `no_deliveries` where nothing was delivered: not zero dependence.

    References
    ----------
    Kinsella (1998), Journal of Peace Research 35(1): 7-23.
    """
    values = np.asarray(deliveries, dtype=np.float64)
    if window < 1 or window > values.shape[1]:
        raise MeasureError(f"window: {window} of {values.shape[1]} years. Give 1 up to the years there are.")
    by_supplier = values[:, -window:].sum(axis=1)
    total = by_supplier.sum()
    none = np.full(len(values), not total > 0)
    share = by_supplier / total if total > 0 else np.full(len(values), np.nan)
    return Result(share, np.ones(len(values)), reasons(none, "no_deliveries"), parameters={"window": window})


def aid_share(disbursed: ArrayLike, patron: int) -> Result:
    """The patron's share of gross aid disbursements among the donors that report: an upper bound where some do not.

    Parameters
    ----------
    disbursed : (n_donors, n_rows)
        Gross disbursements; NaN where a donor does not report.
    """
    values = np.asarray(disbursed, dtype=np.float64)
    if (values < 0).any():
        raise MeasureError("disbursed: negative. Use gross disbursements, not net flows.")
    total = np.nansum(values, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(total > 0, values[patron] / np.where(total > 0, total, 1), np.nan)
    covered = np.isfinite(values).mean(axis=0)
    why: NDArray[np.str_] = np.where(
        np.isnan(values[patron]), "donor_does_not_report", np.where(total > 0, "", "no_aid")
    )
    return Result(share, covered, why.astype(np.str_), parameters={"bound": "upper where reporting is partial"})
