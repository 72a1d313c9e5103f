"""Formal bilateral influence capacity as tables: the distributed index, its recomputation, and what derives from it."""

from __future__ import annotations

import polars as pl

from foedus.measures.influence import FBIC_PLUS_WEIGHTS, FBIC_WEIGHTS, asymmetry, influence_capacity
from foedus.tables.influence import influence_rows
from foedus.tables.model import Coverage, Given, Table

DATASET = "fbic.influence-2024"
COVERAGE = Coverage(1960, 2023)
_INDICES = {FBIC_WEIGHTS.name: (FBIC_WEIGHTS, "fbic"), FBIC_PLUS_WEIGHTS.name: (FBIC_PLUS_WEIGHTS, "fbic_plus")}
_PAIR = ["ccode1", "ccode2", "year"]


def _rows(given: Given, weights: str) -> pl.DataFrame:
    return influence_rows(given).with_columns(influence=_INDICES[weights][1]).sort("year", "ccode1", "ccode2")


def _influence(given: Given, *, weights: str, missing: str) -> pl.DataFrame:
    """Influence capacity of the first state over the second as distributed, from its components, and derived."""
    rows, table = _rows(given, weights), _INDICES[weights][0]
    parts = {
        name: rows[name].cast(pl.Float64).to_numpy() if name in rows.columns else [float("nan")] * rows.height
        for name in (*table.bandwidth, *table.dependence)
    }
    found = influence_capacity(parts, table=table, missing=missing)  # type: ignore[arg-type]
    rows = rows.with_columns(
        pl.Series("influence_recomputed", found.value, nan_to_null=True),
        pl.Series("component_coverage", found.coverage),
        _all=pl.col("influence").sum().over("ccode2", "year"),
        n_influencers=pl.col("influence").is_not_null().sum().over("ccode2", "year"),
    )
    rows = rows.with_columns(influence_relative=pl.when(pl.col("_all") > 0).then(pl.col("influence") / pl.col("_all")))
    # No component known: the weighted sum is 0 by the file's rule, but nothing was recomputed.
    rows = rows.with_columns(
        influence_recomputed=pl.when(pl.col("component_coverage") > 0).then("influence_recomputed")
    )
    back = rows.select(ccode1="ccode2", ccode2="ccode1", year="year", _back="influence")
    rows = rows.join(back, on=_PAIR, how="left", maintain_order="left")
    own, other = (rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in ("influence", "_back"))
    return rows.with_columns(
        pl.Series("influence_asymmetry", asymmetry(own, other), nan_to_null=True),
        influence_reason=pl.when(pl.col("influence").is_null()).then(pl.lit("not_in_release"))
        .when(pl.col("_back").is_null()).then(pl.lit("no_row_of_the_other_direction")),
    )  # fmt: skip


def _outward(given: Given, *, weights: str) -> pl.DataFrame:
    """Influence capacity of a state over all others, and of all others over it, summed over the rows of the file."""
    rows = _rows(given, weights).filter(pl.col("influence").is_not_null())
    out = rows.group_by(ccode="ccode1", year="year").agg(
        influence_outward=pl.col("influence").sum(), n_targets=pl.len()
    )
    into = rows.group_by(ccode="ccode2", year="year").agg(
        influence_inward=pl.col("influence").sum(), n_influencers=pl.len()
    )
    both = out.join(into, on=["ccode", "year"], how="full", coalesce=True)
    return both.with_columns(
        outward_reason=pl.when(pl.col("influence_outward").is_null()).then(pl.lit("no_row_as_influencer"))
        .when(pl.col("influence_inward").is_null()).then(pl.lit("no_row_as_target")),
    )  # fmt: skip


FBIC = Table(
    "measure.fbic", "directed-dyad-year", "cow",
    ("influence", "influence_recomputed", "component_coverage", "influence_relative", "n_influencers",
     "influence_asymmetry", "influence_reason"),
    COVERAGE, _influence, (DATASET,), options={"weights": tuple(_INDICES), "missing": ("zero", "renormalise")},
)  # fmt: skip
OUTWARD_INFLUENCE = Table(
    "measure.outward_influence", "state-year", "cow",
    ("influence_outward", "n_targets", "influence_inward", "n_influencers", "outward_reason"), COVERAGE, _outward,
    (DATASET,), options={"weights": tuple(_INDICES)},
)  # fmt: skip
