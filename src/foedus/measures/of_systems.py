"""Measures of the whole system as tables: one row a year."""

from __future__ import annotations

import numpy as np
import polars as pl

from foedus.measures.arrays import MeasureError
from foedus.measures.capability import concentration
from foedus.measures.communities import communities, effective_number, polarisation
from foedus.measures.networks import degree_centralisation, density, local_clustering, transitivity
from foedus.measures.of_dyads import CAPABILITIES, PORTFOLIOS, portfolio_years
from foedus.measures.of_states import covered, undirected
from foedus.tables.model import Coverage, Given, Table

SYSTEM_COLUMNS = (
    "n_states", "n_ties", "n_isolates", "network_density", "network_transitivity", "network_clustering",
    "degree_centralisation", "n_blocs", "bloc_modularity", "bloc_stability", "bloc_polarisation",
    "network_reason",
)  # fmt: skip


def network_years(given: Given, *, portfolio: str, obligation: str) -> pl.DataFrame:
    """One row a year: the whole network of pledges, its blocs by the Leiden algorithm, and their polarisation."""
    rows = []
    for year in portfolio_years(given, portfolio):
        ties = undirected(year.ties, obligation)
        if len(ties) < 3:
            continue
        closed = transitivity(ties)
        row: dict[str, float | str | None] = {
            "year": year.year, "n_states": len(ties), "n_ties": ties.sum() / 2,
            "n_isolates": (ties.sum(axis=1) == 0).sum(),
            "network_density": density(ties), "network_transitivity": None if np.isnan(closed) else closed,
            "network_clustering": float(local_clustering(ties).mean()),
            "degree_centralisation": degree_centralisation(ties),
        }  # fmt: skip
        if np.isnan(closed):
            row["network_reason"] = "no_triple" if ties.any() else "no_tie"
        if ties.any():
            found = communities(ties)
            tied = found.groups[ties.sum(axis=1) > 0]
            sizes = np.unique(tied, return_counts=True)[1]
            row |= {
                "n_blocs": len(sizes), "bloc_modularity": found.modularity, "bloc_stability": found.stability,
                "bloc_polarisation": polarisation(sizes),
            }  # fmt: skip
        rows.append({name: row.get(name) for name in ("year", *SYSTEM_COLUMNS)})
    return pl.DataFrame(rows, infer_schema_length=None)


def concentration_years(given: Given) -> pl.DataFrame:
    """One row a year: how concentrated capability is in the system, and among the states listed."""
    rows = given.read(CAPABILITIES).select("year", "cinc").drop_nulls()
    if rows.is_empty():
        raise MeasureError(f"{CAPABILITIES}: no row has a cinc. Give the file as published.")
    parts = []
    for (year,), own in rows.sort("year").group_by("year", maintain_order=True):
        shares = own["cinc"].to_numpy()
        parts.append({"year": year, "n_states": len(shares), "system_concentration": concentration(shares),
                      "n_effective": effective_number(shares)})  # fmt: skip
    return pl.DataFrame(parts)


NETWORK = Table(
    "measure.network", "system-year", None, SYSTEM_COLUMNS, PORTFOLIOS["atop"][0], network_years, PORTFOLIOS["atop"][1],
    options={"portfolio": tuple(PORTFOLIOS), "obligation": ("defense", "any")}, variant=covered,
)  # fmt: skip
CONCENTRATION = Table(
    "measure.concentration", "system-year", None, ("n_states", "system_concentration", "n_effective"),
    Coverage(1816, 2022), concentration_years, (CAPABILITIES,),
)  # fmt: skip
