"""Networks of one year: centralities, transitivity, centralisation and hub-and-spoke, isolates included."""

from __future__ import annotations

from collections.abc import Sized

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, Result, reasons, require_complete, require_square

KATZ_SHARE = 0.85
_EQUAL = 1e-9


def adjacency(ties: ArrayLike) -> FloatArray:
    """Ties as a symmetric table of zeros on the diagonal.

    Raises
    ------
    MeasureError
        If the table is not square or symmetric, or a tie is missing or negative.
    """
    a = require_square(require_complete(ties, "ties"), "ties").copy()
    np.fill_diagonal(a, 0)
    if (a < 0).any():
        raise MeasureError("ties: negative. Signed ties belong to structural balance.")
    if not np.allclose(a, a.T):
        raise MeasureError("ties: not symmetric. Say how a directed tie becomes an undirected one first.")
    return a


def degree(ties: ArrayLike) -> FloatArray:
    """Number of partners of each state."""
    return np.asarray((adjacency(ties) > 0).sum(axis=1), dtype=np.float64)


def density(ties: ArrayLike) -> float:
    """Ties over possible ties, within [0, 1]."""
    a = adjacency(ties) > 0
    n = _at_least(a, 2)
    return float(a.sum() / (n * (n - 1)))


def eigenvector_centrality(ties: ArrayLike, *, by_component: bool = False) -> Result:
    """Eigenvector centrality, scaled to a maximum of 1.

    Parameters
    ----------
    by_component
        Within each component on its own. Over the whole graph all components but the one with the largest eigenvalue
        get 0, so values of different components cannot be compared.

    Returns
    -------
    Result
        Missing with the reason `repeated_eigenvalue` where the leading one is not single, or `isolate` by component.
    """
    a = adjacency(ties)
    value, why = np.full(len(a), np.nan), np.full(len(a), "", dtype="<U32")
    parts = components(a) if by_component else [np.arange(len(a))]
    for part in parts:
        if by_component and len(part) == 1:
            why[part] = "isolate"
            continue
        roots, vectors = np.linalg.eigh(a[np.ix_(part, part)])
        if len(roots) > 1 and roots[-1] - roots[-2] <= _EQUAL * max(1.0, abs(roots[-1])):
            why[part] = "repeated_eigenvalue"
            continue
        leading = np.abs(vectors[:, -1])
        value[part] = leading / leading.max()
    return Result(value, np.ones(len(a)), why, parameters={"by_component": by_component})


def katz_centrality(ties: ArrayLike, *, alpha: float | None = None) -> Result:
    """Katz centrality with unit exogenous importance, of length 1; comparable across components.

    Parameters
    ----------
    alpha : float, optional
        Attenuation below 1/largest eigenvalue; 0.85 of that by default, and always in the parameters.

    References
    ----------
    Katz (1953), Psychometrika 18: 39-43.
    """
    a = adjacency(ties)
    largest = spectral_radius(a)
    if alpha is None:
        alpha = KATZ_SHARE / largest if largest > 0 else 0.0
    if largest > 0 and not 0 <= alpha < 1 / largest:
        raise MeasureError(f"alpha: {alpha:g} is outside 0 to {1 / largest:g}. Take less than 1/largest eigenvalue.")
    raw = np.linalg.solve(np.eye(len(a)) - alpha * a, np.ones(len(a)))
    return Result(
        raw / np.linalg.norm(raw), np.ones(len(a)), reasons(np.zeros(len(a), bool), ""), parameters={"alpha": alpha}
    )


def spectral_radius(ties: ArrayLike) -> float:
    """The largest eigenvalue of the ties."""
    return float(np.linalg.eigvalsh(adjacency(ties))[-1])


def betweenness(ties: ArrayLike) -> FloatArray:
    """Betweenness, unweighted, over the pairs of other states, within [0, 1]."""
    a = adjacency(ties)
    n = _at_least(a, 3)
    scores = np.asarray(_graph(a).betweenness(directed=False), dtype=np.float64)
    return scores / ((n - 1) * (n - 2) / 2)


def transitivity(ties: ArrayLike) -> float:
    """Three times the triangles over the connected triples; NaN where there is no triple."""
    a = (adjacency(ties) > 0).astype(np.float64)
    d = a.sum(axis=1)
    triples = float((d * (d - 1)).sum())
    return float(np.sum((a @ a) * a) / triples) if triples else float("nan")


def local_clustering(ties: ArrayLike) -> FloatArray:
    """Share of each state's partners that are partners of each other; 0 for fewer than two partners."""
    a = (adjacency(ties) > 0).astype(np.float64)
    d = a.sum(axis=1)
    closed = ((a @ a) * a).sum(axis=1)
    return np.asarray(np.where(d > 1, closed / np.where(d > 1, d * (d - 1), 1), 0.0))


def degree_centralisation(ties: ArrayLike) -> float:
    """How much one state stands out by its number of partners: 1 for a star, 0 where all have the same.

    References
    ----------
    Freeman (1978), Social Networks 1: 215-239.
    """
    d = degree(ties)
    n = _at_least(d, 3)
    return float((d.max() - d).sum() / ((n - 1) * (n - 2)))


def hub_spoke_index(ties: ArrayLike) -> Result:
    """Hub-and-spoke: the hub's reach times the share of pairs of spokes that are not tied; 1 for a star.

    For weighted layers the reach is the hub's share of all weight, and the second factor one less the spokes' share.

    Returns
    -------
    Result
        One value a hub: the state with most partners (or most weight), every one where several tie; the positions
        are in the parameters. Missing where there is no tie.
    """
    a = adjacency(ties)
    n = _at_least(a, 3)
    is_weighted = not np.isin(a, (0.0, 1.0)).all()
    strength = a.sum(axis=1)
    hubs = np.flatnonzero(np.isclose(strength, strength.max()))
    if strength.max() == 0:
        return Result(np.array([np.nan]), np.ones(1), reasons(np.ones(1, bool), "no_tie"), parameters={"hubs": []})
    total, pairs = a.sum() / 2, (n - 1) * (n - 2) / 2
    values = []
    for hub in hubs:
        among_spokes = total - strength[hub]
        reach = strength[hub] / (total if is_weighted else n - 1)
        values.append(reach * (1 - among_spokes / (total if is_weighted else pairs)))
    return Result(np.array(values), np.ones(len(values)), reasons(np.zeros(len(values), bool), ""),
                  parameters={"hubs": hubs.tolist(), "weighted": is_weighted})  # fmt: skip


def components(ties: ArrayLike) -> list[FloatArray]:
    """Positions of the states of each component, isolates on their own."""
    return [np.asarray(sorted(part)) for part in _graph(adjacency(ties)).connected_components()]


def _graph(a: FloatArray):  # type: ignore[no-untyped-def]
    import igraph

    rows, columns = np.nonzero(np.triu(a))
    return igraph.Graph(n=len(a), edges=list(zip(rows.tolist(), columns.tolist(), strict=True)))


def _at_least(values: Sized, n: int) -> int:
    if len(values) < n:
        raise MeasureError(f"ties: {len(values)} states. This needs at least {n}.")
    return len(values)
