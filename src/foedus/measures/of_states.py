"""Measures of states as tables: capability, and a state's place in the network of allies."""

from __future__ import annotations

import numpy as np
import polars as pl

from foedus.measures.arrays import FloatArray
from foedus.measures.capability import COMPONENTS, cinc
from foedus.measures.networks import (
    betweenness,
    degree,
    eigenvector_centrality,
    katz_centrality,
    local_clustering,
)
from foedus.measures.of_dyads import CAPABILITIES, PORTFOLIOS, portfolio_years
from foedus.tables.model import Coverage, Given, Table

CENTRALITIES = ("degree", "betweenness", "katz", "katz_alpha", "eigenvector", "local_clustering", "centrality_reason")
_DEFENSE = 3


def _cinc(given: Given) -> pl.DataFrame:
    rows = given.read(CAPABILITIES)
    result = cinc(rows.select(COMPONENTS).cast(pl.Float64).to_numpy(), rows["year"].to_numpy())
    return rows.select("ccode", "year").with_columns(
        pl.Series("cinc_recomputed", result.value, nan_to_null=True),
        pl.Series("n_components", result.parameters["n_components"]).cast(pl.Int32),
        pl.Series("cinc_reason", result.reason).replace("", None),
    )


CINC = Table(
    "measure.cinc",
    "state-year",
    "cow",
    ("cinc_recomputed", "n_components", "cinc_reason"),
    Coverage(1816, 2022),
    _cinc,
    (CAPABILITIES,),
)


def undirected(ties: FloatArray, obligation: str) -> FloatArray:
    """Ties of 0 and 1 between two states of which one pledged the other defence, or anything."""
    least = _DEFENSE if obligation == "defense" else 1
    both = (np.maximum(ties, ties.T) >= least).astype(np.float64)
    np.fill_diagonal(both, 0)
    return both


def _centralities(given: Given, *, portfolio: str, obligation: str) -> pl.DataFrame:
    """Centralities of all members of the system, isolates included, in the undirected network of pledges."""
    parts = []
    for year in portfolio_years(given, portfolio):
        if len(year.codes) < 3:
            continue
        ties = undirected(year.ties, obligation)
        katz, eigenvector = katz_centrality(ties), eigenvector_centrality(ties, by_component=True)
        parts.append(
            pl.DataFrame(
                {
                    "ccode": year.codes,
                    "year": np.full(len(year.codes), year.year),
                    "degree": degree(ties),
                    "betweenness": betweenness(ties),
                    "katz": katz.value,
                    "katz_alpha": np.full(len(ties), katz.parameters["alpha"]),
                    "eigenvector": eigenvector.value,
                    "local_clustering": local_clustering(ties),
                    "centrality_reason": eigenvector.reason,
                },
                nan_to_null=True,
            )
        )
    return pl.concat(parts).with_columns(pl.col("centrality_reason").replace("", None))


def covered(portfolio: str, obligation: str) -> tuple[Coverage, tuple[str, ...]]:
    """Coverage and datasets of a portfolio, whatever the obligation."""
    return PORTFOLIOS[portfolio]


CENTRALITY = Table(
    "measure.centrality", "state-year", "cow", CENTRALITIES, PORTFOLIOS["atop"][0], _centralities,
    PORTFOLIOS["atop"][1],
    options={"portfolio": tuple(PORTFOLIOS), "obligation": ("defense", "any")}, variant=covered,
)  # fmt: skip
