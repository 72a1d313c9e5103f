"""Blocs: modularity, communities with their stability, modularity over years, polarisation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.measures.arrays import FloatArray, MeasureError, require_complete
from foedus.measures.capability import shares_of
from foedus.measures.networks import adjacency

IntArray = NDArray[np.int64]


def modularity(ties: ArrayLike, groups: ArrayLike, *, resolution: float = 1.0) -> float:
    """Modularity Q of a partition; NaN where there is no tie.

    Parameters
    ----------
    groups : (n_states,)
        The group of each state.
    resolution
        Gamma; larger values favour smaller groups.
    """
    a, group = adjacency(ties), _groups(groups, len(np.asarray(ties)))
    d, whole = a.sum(axis=1), a.sum()
    if whole == 0:
        return float("nan")
    same = group[:, None] == group[None, :]
    return float(((a - resolution * np.outer(d, d) / whole) * same).sum() / whole)


@dataclass(frozen=True, slots=True)
class Communities:
    """The best of several partitions, with how far they agree."""

    groups: IntArray
    modularity: float
    stability: float
    resolution: float
    seeds: tuple[int, ...]


def communities(ties: ArrayLike, *, resolution: float = 1.0, seeds: tuple[int, ...] = tuple(range(20))) -> Communities:
    """Communities by the Leiden algorithm, the best of several runs.

    Returns
    -------
    Communities
        `stability` is the mean adjusted Rand index between runs; a partition is worth no more than it. Isolates stand
        alone. Groups are numbered by size, then by their first state.

    Raises
    ------
    MeasureError
        If no seed is given or there is no tie.

    References
    ----------
    Traag, Waltman and van Eck (2019), Scientific Reports 9: 5233.
    """
    import random

    import igraph

    from foedus.measures.networks import _graph

    a = adjacency(ties)
    if not seeds or a.sum() == 0:
        raise MeasureError("ties: no tie, or no seed. Communities need both.")
    graph = _graph(a)
    weights = [float(a[edge.tuple]) for edge in graph.es]
    runs: Counter[tuple[int, ...]] = Counter()
    try:
        for seed in seeds:
            igraph.set_random_number_generator(random.Random(seed))
            found = graph.community_leiden(
                "modularity", weights=weights, resolution=resolution, n_iterations=-1
            ).membership
            runs[tuple(_ordered(np.asarray(found, dtype=np.int64)).tolist())] += 1
    finally:
        igraph.set_random_number_generator(random)
    scores = {run: modularity(a, run, resolution=resolution) for run in runs}
    best = max(sorted(runs), key=lambda run: scores[run])
    return Communities(np.array(best), scores[best], _stability(runs), resolution, tuple(seeds))


def _stability(runs: Counter[tuple[int, ...]]) -> float:
    """Mean adjusted Rand index over all pairs of runs, those that agree counted without computing."""
    total = sum(runs.values())
    if total < 2:
        return 1.0
    agreeing = sum(n * (n - 1) / 2 for n in runs.values())
    differing = sum(runs[one] * runs[other] * adjusted_rand(one, other) for one, other in combinations(runs, 2))
    return float((agreeing + differing) / (total * (total - 1) / 2))


def adjusted_rand(one: ArrayLike, other: ArrayLike) -> float:
    """Adjusted Rand index of two partitions: 1 where they are equal, 0 by chance.

    References
    ----------
    Hubert and Arabie (1985), Journal of Classification 2: 193-218.
    """
    first, second = (np.unique(np.asarray(part), return_inverse=True)[1] for part in (one, other))
    width = int(second.max()) + 1
    counts = np.bincount(first * width + second, minlength=(int(first.max()) + 1) * width)
    table = counts.reshape(-1, width).astype(np.float64)

    def pairs(counts: FloatArray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns, whole = pairs(table), pairs(table.sum(1)), pairs(table.sum(0)), pairs(np.array([len(first)]))
    chance = rows * columns / whole if whole else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


@dataclass(frozen=True, slots=True)
class Multislice:
    """Modularity over several years at once, and the weight that it is taken over."""

    modularity: float
    two_mu: float


def multislice_modularity(
    slices: ArrayLike, groups: ArrayLike, *, resolution: float = 1.0, coupling: float = 1.0
) -> Multislice:
    """Multislice modularity of a partition of states in years, neighbouring years coupled.

    Parameters
    ----------
    slices : (n_years, n_states, n_states)
    groups : (n_years, n_states)
    coupling : float
        Omega, the weight of a state's tie to itself in the next year.

    References
    ----------
    Mucha et al. (2010), Science 328: 876-878.
    """
    tables = require_complete(slices, "slices")
    group = np.asarray(groups)
    if tables.ndim != 3 or group.shape != tables.shape[:2]:
        raise MeasureError(f"slices: shape {tables.shape} with groups {group.shape}. Give one group a state and year.")
    inside, whole = 0.0, 0.0
    for table, own in zip(tables, group, strict=True):
        a = adjacency(table)
        if a.sum() > 0:
            inside += modularity(a, own, resolution=resolution) * a.sum()
        whole += float(a.sum())
    kept = float((group[1:] == group[:-1]).sum())
    two_mu = whole + 2 * coupling * group.shape[1] * (len(group) - 1)
    return Multislice((inside + 2 * coupling * kept) / two_mu, two_mu)


def effective_number(values: ArrayLike) -> float:
    """Effective number of powers or blocs, 1/sum of squared shares."""
    return float(1 / (shares_of(values) ** 2).sum())


def polarisation(shares: ArrayLike) -> float:
    """Polarisation of blocs at full distance: 1 for two equal blocs, 0 for one.

    References
    ----------
    Esteban and Ray (1994), Econometrica 62(4): 819-851, with exponent 1 and distance 1.
    """
    p = shares_of(shares)
    return float(4 * (p**2 * (1 - p)).sum())


def _groups(groups: ArrayLike, n: int) -> IntArray:
    group = np.asarray(groups)
    if group.shape != (n,):
        raise MeasureError(f"groups: shape {group.shape} instead of ({n},). Give one group a state.")
    return np.unique(group, return_inverse=True)[1].astype(np.int64)


def _ordered(group: IntArray) -> IntArray:
    """The same partition, its groups numbered by size and then by their first state."""
    _, first, inverse, size = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.lexsort((first, -size))] = np.arange(len(first))
    return np.asarray(number[inverse])
