"""Hubs of bilateral layers and poles among the major powers as tables: one row a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from foedus.measures.arrays import MeasureError
from foedus.measures.capability import concentration
from foedus.measures.communities import effective_number
from foedus.measures.networks import hub_spoke_index
from foedus.measures.of_aid import AID, disbursed
from foedus.measures.of_aid import COVERAGE as AID_YEARS
from foedus.measures.of_arms import COVERAGE as ARMS_YEARS
from foedus.measures.of_arms import DELIVERIES, delivered
from foedus.measures.of_dyads import CAPABILITIES, members_by_year, rows_of
from foedus.measures.of_trade import FLOWS, trade_flows
from foedus.tables.model import OPEN_END, Coverage, Given, Table

MAJORS = "cow.majors-2016"
_DCA = "cow.dca-1.0"
HUB_COLUMNS = ("n_states", "n_ties", "layer_coverage", "hub_spoke", "hubs", "n_hubs", "hub_reason")


def _bases(given: Given) -> pl.DataFrame:
    return rows_of(given, "record.bases", "directed-dyad-year").select("ccode1", "ccode2", "year", weight=pl.lit(1.0))


def _defence_cooperation(given: Given) -> pl.DataFrame:
    count = pl.col("dca_in_force")
    rows = rows_of(given, "cow.dca", "dyad-year")
    return rows.select(
        "ccode1", "ccode2", "year", weight=pl.when(count.is_not_null()).then((count > 0).cast(pl.Float64))
    )


def _trade(given: Given) -> pl.DataFrame:
    return (
        trade_flows(given)
        .filter(pl.col("ccode1") < pl.col("ccode2"))
        .select("ccode1", "ccode2", "year", weight="total")
    )


def _arms(given: Given) -> pl.DataFrame:
    return delivered(given).rename({"tiv": "weight"})


def _aid(given: Given) -> pl.DataFrame:
    return disbursed(given).rename({"value": "weight"})


# What a layer is made of: its coverage, the datasets, and the ties with weights, null where a tie is not known.
LAYERS: Mapping[str, tuple[Coverage, tuple[str, ...], Callable[[Given], pl.DataFrame]]] = {
    "bases": (Coverage(1816, OPEN_END), (), _bases),
    "trade": (Coverage(1870, 2014), (FLOWS,), _trade),
    "defence_cooperation": (Coverage(1980, 2010), (_DCA,), _defence_cooperation),
    "arms": (ARMS_YEARS, (DELIVERIES,), _arms),
    "aid": (AID_YEARS, (AID,), _aid),
}


def _hub_years(given: Given, *, layer: str) -> pl.DataFrame:
    """One row a year: the hub of the layer and how far its spokes are tied with it alone.

    A pair that the source does not list, or of which it does not know, has no tie; `layer_coverage` is the share of the
    listed pairs that are known.
    """
    coverage, _, load = LAYERS[layer]
    states = dict(members_by_year(given, Coverage(coverage.first, min(coverage.last, given.until.year))))
    ties = load(given).sort("year", "ccode1", "ccode2")
    by_year = {year: own for (year,), own in ties.group_by("year", maintain_order=True)}
    rows = []
    for year, codes in states.items():
        own = by_year.get(year, ties.clear())
        known = own.drop_nulls("weight")
        adjacency = _adjacency(codes, known)
        row: dict[str, object] = {"year": year, "n_states": len(codes), "n_ties": float((adjacency > 0).sum() / 2),
               "layer_coverage": known.height / own.height if own.height else 1.0}  # fmt: skip
        if len(codes) < 3:
            rows.append(row | {"hub_reason": "too_few_states"})
            continue
        found = hub_spoke_index(adjacency)
        hubs = [str(codes[i]) for i in found.parameters["hubs"]]
        value = float(found.value.max())
        rows.append(
            row
            | {
                "hub_spoke": None if np.isnan(value) else value, "hubs": ";".join(hubs) or None, "n_hubs": len(hubs),
                "hub_reason": str(found.reason[0]) or None,
            }
        )  # fmt: skip
    if not rows:
        raise MeasureError(f"layer: {layer} has no year. Use one of {', '.join(LAYERS)}.")
    return pl.DataFrame([{name: row.get(name) for name in ("year", *HUB_COLUMNS)} for row in rows],
                        infer_schema_length=None)  # fmt: skip


def _adjacency(codes: np.ndarray, ties: pl.DataFrame) -> np.ndarray:
    """The heavier of the two directions counts; states outside the system are left out."""
    table = np.zeros((len(codes), len(codes)))
    place = {int(code): i for i, code in enumerate(codes)}
    for one, other, weight in ties.select("ccode1", "ccode2", "weight").iter_rows():
        if one in place and other in place and one != other:
            i, j = place[one], place[other]
            table[i, j] = table[j, i] = max(table[i, j], weight)
    return table


def _of_layer(layer: str) -> tuple[Coverage, tuple[str, ...]]:
    coverage, datasets, _ = LAYERS[layer]
    return coverage, datasets


def _polarity_years(given: Given) -> pl.DataFrame:
    """One row a year: how many major powers there are, and how many they amount to by their capability."""
    majors = rows_of(given, "cow.majors", "state-year").select("ccode", "year")
    shares = given.read(CAPABILITIES).select("ccode", "year", "cinc").drop_nulls()
    rows = []
    for (year,), own in majors.sort("year", "ccode").group_by("year", maintain_order=True):
        held = own.join(shares.filter(pl.col("year") == year), on="ccode")["cinc"].to_numpy()
        is_known = len(held) == own.height
        rows.append({
            "year": year, "n_majors": own.height,
            "n_poles": effective_number(held) if is_known else None,
            "major_concentration": concentration(held) if is_known and len(held) > 1 else None,
            "polarity_reason": None if is_known else "unknown_capability",
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


HUB_SPOKE = Table(
    "measure.hub_spoke", "system-year", None, HUB_COLUMNS, LAYERS["bases"][0], _hub_years, (),
    options={"layer": tuple(LAYERS)}, variant=_of_layer,
)  # fmt: skip
POLARITY = Table(
    "measure.polarity", "system-year", None, ("n_majors", "n_poles", "major_concentration", "polarity_reason"),
    Coverage(1816, 2016), _polarity_years, (MAJORS, CAPABILITIES),
)  # fmt: skip
