"""How long the measures take over all years, in CPU seconds on one core, as ratios to the bare matrix products.

Goals: S, pi and kappa 1.5 s; tau-b 20 s; votes 20 s; CINC 0.2 s; networks 10 s; memory under 1 GiB. Give a folder
with the datasets' files; without one, years of random ties of the same sizes are measured.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from foedus.measures.capability import cinc
from foedus.measures.communities import communities
from foedus.measures.networks import betweenness, degree_centralisation, katz_centrality, transitivity
from foedus.measures.portfolios import Year, pledge_values, years
from foedus.measures.similarity import VOTE_LEVELS, cohen_kappa, s_score
from foedus.measures.variants import VARIANTS, scores
from foedus.measures.votes import vote_tables

_SPAN = range(1816, 2019)


def timed(name: str, goal: float, work: Callable[[], Any], reference: float | None = None) -> Any:
    """Run once and print CPU seconds, the goal, and the ratio to the reference."""
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    ratio = f"   {seconds / reference:6.1f} times the matrix products" if reference else ""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<44} {seconds:7.2f} s  goal {goal:5.1f} s  {memory:5d} MB{ratio}")
    return result


def rows() -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """States by year and random pledges by dyad-year, of about the sizes of ATOP's file."""
    random = np.random.default_rng(0)
    sizes = np.interp(list(_SPAN), [1816, 1900, 1945, 1960, 1975, 2018], [23, 42, 64, 107, 150, 195]).astype(int)
    states = np.concatenate(
        [np.stack([np.arange(n), np.full(n, year)]) for n, year in zip(sizes, _SPAN, strict=True)], 1
    )
    parts = []
    for n, year in zip(sizes, _SPAN, strict=True):
        one, other = np.nonzero(random.uniform(size=(n, n)) < 0.07)
        parts.append(np.stack([one, other, np.full(len(one), year)]))
    ties = np.concatenate(parts, 1)
    kinds = ("defense", "offense", "neutrality", "nonaggression", "consult")
    return states, ties, {kind: random.integers(0, 2, ties.shape[1]) for kind in kinds}


def portfolios(states: np.ndarray, ties: np.ndarray, pledges: dict[str, np.ndarray]) -> list[Year]:
    """From rows to tables of ties."""
    value = pledge_values(pledges, scale="atop")
    return list(years((states[0], states[1]), (ties[0], ties[1], ties[2], value), list(_SPAN)))


def products(tables: list[Year]) -> None:
    """The matrix products that any implementation needs: one for each level, and one for squares."""
    for year in tables:
        for level in (1, 2, 3):
            above = (year.ties >= level).astype(float)
            above @ above.T
        year.ties @ year.ties.T


def network(tables: list[Year]) -> None:
    """Centralities, blocs and the whole network of every year."""
    for year in tables:
        ties = (np.maximum(year.ties, year.ties.T) == 3).astype(float)
        np.fill_diagonal(ties, 0)
        for measure in (betweenness, degree_centralisation, katz_centrality, transitivity):
            measure(ties)
        if ties.any():
            communities(ties)


def votes() -> None:
    """S and kappa of all pairs of 193 states in 74 sessions of 84 roll calls."""
    random = np.random.default_rng(0)
    for _ in range(74):
        cast = random.integers(1, 4, (193, 84)).astype(float)
        cast[random.uniform(size=cast.shape) < 0.1] = np.nan
        table = vote_tables(cast)
        s_score(table, VOTE_LEVELS, distance="squared")
        cohen_kappa(table, VOTE_LEVELS, distance="squared")


def from_files(folder: str) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """The same rows from ATOP's directed dyad-years and the COW system."""
    from datetime import date

    from foedus.measures.of_dyads import _states, _ties
    from foedus.panels import Inputs
    from foedus.tables.model import Coverage

    given = Inputs(folder).given(date(2018, 12, 31))
    states, (ties, _) = _states(given, Coverage(1816, 2018)), _ties(given, "atop")
    kinds = ("defense", "offense", "neutrality", "nonaggression", "consult")
    pairs = np.stack([ties[name].to_numpy() for name in ("ccode1", "ccode2", "year")])
    return states.to_numpy().T, pairs, {kind: ties[kind].to_numpy() for kind in kinds}


def main() -> None:
    """Measure and print."""
    states, ties, pledges = from_files(sys.argv[1]) if len(sys.argv) > 1 else rows()
    start = time.process_time()
    tables = portfolios(states, ties, pledges)
    made = time.process_time() - start
    start = time.process_time()
    products(tables)
    reference = time.process_time() - start
    pairs = sum(len(year.codes) * (len(year.codes) - 1) // 2 for year in tables)
    print(f"{len(tables)} years, {pairs:,} pairs; tables of ties {made:.2f} s")
    print(f"the bare matrix products: {reference:.3f} s")
    three = {name: variant for key in ("s", "pi", "kappa") for name, variant in VARIANTS[key].items()}
    timed("S, pi, kappa, from rows to scores", 1.5, lambda: scores(portfolios(states, ties, pledges), three), reference)
    timed(
        "tau-b, from rows to scores",
        20,
        lambda: scores(portfolios(states, ties, pledges), VARIANTS["tau_b"]),
        reference,
    )
    timed("S and kappa of votes, 74 sessions", 20, votes)
    components = np.random.default_rng(0).uniform(0, 1e6, (17_121, 6))
    timed("CINC, 17,121 state-years", 0.2, lambda: cinc(components, np.repeat(np.arange(207), 83)[:17_121]))
    timed("networks and blocs, all years", 10, lambda: network(tables))


if __name__ == "__main__":
    main()
