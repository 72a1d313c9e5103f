"""Similarity of foreign policy portfolios: S, Scott's pi, Cohen's kappa and tau-b, from cross-tables of every pair."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, require_complete, require_square, require_weights

Distance = Literal["nominal", "absolute", "squared"]
Diagonal = Literal["self", "drop"]
ALLIANCE_LEVELS = (0.0, 1.0, 2.0, 3.0)
BINARY_LEVELS = (0.0, 1.0)
VOTE_LEVELS = (1.0, 2.0, 3.0)


def crosstabs(
    portfolios: ArrayLike, levels: tuple[float, ...], *, weights: ArrayLike | None = None, missing: bool = False
) -> FloatArray:
    """How often, or with how much weight, each pair of portfolios holds each pair of values.

    Parameters
    ----------
    portfolios : (n_states, n_elements)
        A row a state; each value is one of `levels`.
    weights : (n_elements,), optional
        Importance of each element; 1 by default.
    missing
        Whether NaN is allowed; an element counts for a pair where both have a value.

    Returns
    -------
    (n_levels, n_levels, n_states, n_states)
        ``[a, b, i, j]``: mass of the elements on which i has level a and j has level b.

    Raises
    ------
    MeasureError
        If a value is missing or is none of the levels, or the weights do not fit.
    """
    x = np.asarray(portfolios, dtype=np.float64)
    if x.ndim != 2:
        raise MeasureError(f"portfolios: shape {x.shape} is no table. Give one row a state.")
    known = np.isnan(x) if missing else np.zeros(x.shape, dtype=bool)
    if not missing:
        require_complete(x, "portfolios")
    held = np.stack([x == level for level in levels])
    if not (held.any(axis=0) | known).all():
        value = x[~(held.any(axis=0) | known)][0]
        raise MeasureError(f"portfolios: {value:g} is none of the levels {levels}. Name the scale of the data.")
    one_hot = held.astype(np.float64)
    right = one_hot if weights is None else one_hot * require_weights(weights, x.shape[1])
    n, count = len(levels), x.shape[0]
    tables = np.empty((n, n, count, count))
    for a in range(n):
        for b in range(a, n):
            tables[a, b] = one_hot[a] @ right[b].T
            if a != b:
                tables[b, a] = tables[a, b].T
    return tables


def distances(levels: tuple[float, ...], distance: Distance) -> FloatArray:
    """Disagreement between two levels: 0 or 1, the difference, or its square."""
    values = np.asarray(levels, dtype=np.float64)
    gap = np.abs(values[:, None] - values[None, :])
    if distance == "nominal":
        return (gap > 0).astype(np.float64)
    if distance in ("absolute", "squared"):
        return gap if distance == "absolute" else gap**2
    raise MeasureError(f"distance: {distance!r} is none. Use nominal, absolute or squared.")


def s_score(tables: ArrayLike, levels: tuple[float, ...], *, distance: Distance) -> FloatArray:
    """Similarity S of pairs of portfolios from their cross-tables.

    Parameters
    ----------
    tables : (n_levels, n_levels, ...)
        As from `crosstabs`.
    distance
        `absolute` or `squared`; the literature has both, so it must be named.

    Returns
    -------
    (...)
        Within [-1, 1]; NaN where nothing was compared. The width is that of the scale, not of the values seen.

    References
    ----------
    Signorino and Ritter (1999), International Studies Quarterly 43(1): 115-144.
    """
    cells = np.asarray(tables, dtype=np.float64)
    gap = distances(levels, distance)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = _mean(gap, cells)
    return np.asarray(1 - 2 * observed / gap.max())


def scott_pi(tables: ArrayLike, levels: tuple[float, ...], *, distance: Distance) -> FloatArray:
    """Scott's pi of pairs of portfolios: agreement beyond that of portfolios drawn from their pooled values.

    Returns
    -------
    (...)
        At most 1, 0 is chance; NaN where both portfolios are constant and equal.

    References
    ----------
    Scott (1955), Public Opinion Quarterly 19(3): 321-325; Haege (2011), Political Analysis 19(3): 287-305.
    """
    cells = np.asarray(tables, dtype=np.float64)
    first, second = _margins(cells)
    pooled = (first + second) / 2
    return _beyond_chance(cells, distances(levels, distance), pooled, pooled)


def cohen_kappa(
    tables: ArrayLike, levels: tuple[float, ...], *, distance: Distance, scale: Literal["value", "rank"] = "value"
) -> FloatArray:
    """Cohen's kappa of pairs of portfolios: agreement beyond that of portfolios with their own values, drawn apart.

    Parameters
    ----------
    scale
        `value`: the distance of the levels. `rank`: of the ranks of the levels that a pair uses, as software does that
        tabulates only what it sees; for replications.

    Returns
    -------
    (...)
        At most 1, 0 is chance; NaN where both portfolios are constant and equal.

    References
    ----------
    Cohen (1968), Psychological Bulletin 70(4): 213-220; Haege (2011), Political Analysis 19(3): 287-305.
    """
    cells = np.asarray(tables, dtype=np.float64)
    first, second = _margins(cells)
    gaps = distances(levels, distance)
    if scale not in ("value", "rank"):
        raise MeasureError(f"scale: {scale!r} is none. Use value, or rank for replications.")
    if scale == "value":
        return _beyond_chance(cells, gaps, first, second)
    rank = np.cumsum((first + second) > 0, axis=0).astype(np.float64)
    gap = np.abs(rank[:, None] - rank[None, :])
    gap = gap**2 if distance == "squared" else (gap > 0).astype(np.float64) if distance == "nominal" else gap
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = (gap * cells).sum(axis=(0, 1)) / cells.sum(axis=(0, 1))
        expected = (gap * first[:, None] * second[None, :]).sum(axis=(0, 1))
        return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)


def tau_b(tables: ArrayLike) -> FloatArray:
    """Kendall's tau-b of pairs of portfolios, from unweighted cross-tables with the levels in order.

    Returns
    -------
    (...)
        Within [-1, 1]; NaN where one portfolio is constant.

    References
    ----------
    Bueno de Mesquita (1975), Journal of Conflict Resolution 19(2): 187-216.
    """
    cells = np.asarray(tables, dtype=np.float64)
    n = len(cells)
    # Everything below and to the right, minus everything below and to the left, of each cell.
    balance = np.zeros_like(cells[0, 0])
    for a in range(n - 1):
        below = cells[a + 1 :].sum(axis=0)
        for b in range(n):
            balance = balance + cells[a, b] * (below[b + 1 :].sum(axis=0) - below[:b].sum(axis=0))
    total = cells.sum(axis=(0, 1))
    rows, columns = cells.sum(axis=1), cells.sum(axis=0)
    free_rows, free_columns = (total**2 - (m**2).sum(axis=0) for m in (rows, columns))
    untied = np.sqrt(free_rows * free_columns) / 2
    return np.where(untied > 0, balance / np.where(untied > 0, untied, 1), np.nan)


def s_scores(
    ties: ArrayLike, *, distance: Distance, levels: tuple[float, ...] = ALLIANCE_LEVELS,
    weights: ArrayLike | None = None, diagonal: Diagonal = "self",
) -> FloatArray:  # fmt: skip
    """Similarity (S) of every pair of alliance portfolios in one year.

    Parameters
    ----------
    ties : (n_states, n_states)
        ``ties[i, k]``: i's strongest pledge to k on the scale of `levels`.
    distance
        `absolute` or `squared`.
    weights : (n_states,), optional
        Importance of partner k, e.g. its CINC share; equal by default.
    diagonal
        `self`: a state is tied to itself by the strongest pledge. `drop`: both states are left out of both portfolios.

    Returns
    -------
    (n_states, n_states)
        Symmetric, unit-free, within [-1, 1]; the diagonal is 1.

    Raises
    ------
    MeasureError
        If a tie is missing: decide what absence means before measuring.

    References
    ----------
    Signorino and Ritter (1999), International Studies Quarterly 43(1): 115-144.
    """
    return s_score(portfolio_tables(ties, levels, weights=weights, diagonal=diagonal), levels, distance=distance)


def portfolio_tables(
    ties: ArrayLike, levels: tuple[float, ...], *, weights: ArrayLike | None = None, diagonal: Diagonal = "self"
) -> FloatArray:
    """Cross-tables of every pair of rows of a table of ties, with the rule for a state's tie to itself.

    Raises
    ------
    MeasureError
        If the table is not square, a tie is missing, or the rule is unknown.
    """
    x = require_square(require_complete(ties, "ties"), "ties").copy()
    np.fill_diagonal(x, levels[-1])
    tables = crosstabs(x, levels, weights=weights)
    if diagonal == "self":
        return tables
    if diagonal != "drop":
        raise MeasureError(f"diagonal: {diagonal!r} is none. Use self or drop.")
    mass = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=np.float64)
    held = np.stack([x == level for level in levels]).astype(np.float64)
    top = held[-1] * 0 + np.eye(len(x))
    for a in range(len(levels)):
        for b in range(len(levels)):
            # Element i of the pair (i, j): i holds the top level, j its tie to i; and the same for element j.
            own = (a == len(levels) - 1) * held[b].T * mass[:, None]
            other = (b == len(levels) - 1) * held[a] * mass[None, :]
            tables[a, b] -= np.where(top > 0, own, own + other)
    return tables


def _mean(gap: FloatArray, cells: FloatArray) -> FloatArray:
    flat = cells.reshape(gap.size, -1)
    observed = (gap.ravel() @ flat) / flat.sum(axis=0)
    return np.asarray(observed.reshape(cells.shape[2:]))


def _margins(cells: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Shares of each level in the first and in the second portfolio."""
    total = cells.sum(axis=(0, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return cells.sum(axis=1) / total, cells.sum(axis=0) / total


def _beyond_chance(cells: FloatArray, gap: FloatArray, first: FloatArray, second: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = _mean(gap, cells)
        expected = (np.tensordot(gap, second, axes=(1, 0)) * first).sum(axis=0)
        return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)
