"""Tables of two states: alliances, trade, joint organizations, rivalries."""

from __future__ import annotations

import numpy as np
import polars as pl

from foedus.tables.model import Coverage, Given, Table

_PLEDGES = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
_FLOWS = ("flow1", "flow2", "smoothflow1", "smoothflow2")
_RIVALRY = ("positional", "spatial", "ideological", "interventionary")
_KINDS = tuple(f"n_{name}" for name in sorted(_RIVALRY))


def _atop(given: Given) -> pl.DataFrame:
    """Pledges of the first state to the second. A dyad-year is in the file where some alliance ties the two, and then
    `atop_alliance` is 1 also for a state that pledges nothing to the other.
    """
    rows = given.read("atop.directed-dyad-years-5.1")
    names = {
        "defense": "atop_defense",
        "offense": "atop_offense",
        "neutral": "atop_neutral",
        "nonagg": "atop_nonagg",
        "consul": "atop_consul",
    }
    rows = rows.rename({"stateA": "ccode1", "stateB": "ccode2", **names})
    return rows.with_columns(pl.lit(1).alias("atop_alliance"))


def _trade(given: Given) -> pl.DataFrame:
    """Imports of each state from the other, seen from both; -9 is unknown."""
    rows = given.read("cow.trade-4.0")
    flows = [pl.when(pl.col(name) >= 0).then(pl.col(name)).alias(name) for name in _FLOWS]
    rows = rows.select("ccode1", "ccode2", "year", *flows)
    if rows.filter(pl.col("ccode1") > pl.col("ccode2")).height:
        return rows
    swapped = {
        "ccode1": "ccode2",
        "ccode2": "ccode1",
        "flow1": "flow2",
        "flow2": "flow1",
        "smoothflow1": "smoothflow2",
        "smoothflow2": "smoothflow1",
    }
    return pl.concat([rows, rows.rename(swapped).select(rows.columns)])


def _joint_igos(given: Given) -> pl.DataFrame:
    """How many organizations two states both belong to as full members or associates, where both are in the file."""
    frame = given.read("cow.igo-3")
    bodies = [name for name in frame.columns if name not in ("ccode", "year", "state")]
    parts = []
    for (year,), rows in frame.sort("year", "ccode").group_by("year", maintain_order=True):
        codes = rows["ccode"].to_numpy()
        belongs = np.isin(rows.select(bodies).to_numpy(), (1, 2)).astype(np.float32)
        shared = (belongs @ belongs.T).astype(np.int32)
        low, high = np.triu_indices(len(codes), k=1)
        parts.append(
            pl.DataFrame({"ccode1": codes[low], "ccode2": codes[high], "dyadigos": shared[low, high]}).with_columns(
                pl.lit(year, dtype=pl.Int32).alias("year")
            )
        )
    return pl.concat(parts)


def _rivalries(given: Given) -> pl.DataFrame:
    """Rivalries by pair and year from 1816; from 1919 Austria (305) takes the place of Austria-Hungary (300)."""
    rows = given.read("rivalries.strategic-tss-2021")
    rows = rows.with_columns(pl.int_ranges("start", pl.col("end") + 1).alias("year")).explode(
        "year", empty_as_null=False
    )
    rows = rows.filter(pl.col("year") >= 1816)
    is_austria = pl.col("year") >= 1919
    codes = [
        pl.when((pl.col(name) == 300) & is_austria).then(305).otherwise(pl.col(name)).alias(name)
        for name in ("ccode1", "ccode2")
    ]
    rows = rows.with_columns(*codes, *(pl.col(name).fill_null(0) for name in _RIVALRY))
    low, high = pl.min_horizontal("ccode1", "ccode2"), pl.max_horizontal("ccode1", "ccode2")
    rows = rows.with_columns(low.alias("ccode1"), high.alias("ccode2"), pl.lit(1).alias("ongoingrivalry"))
    return rows.sort("tssr_id").unique(["ccode1", "ccode2", "year"], keep="first", maintain_order=True)


def _rivalry_counts(given: Given) -> pl.DataFrame:
    pairs = _rivalries(given)
    both = pl.concat([pairs.select(pl.col(f"ccode{side}").alias("ccode"), "year", *_RIVALRY) for side in "12"])
    counts = [pl.col(name[2:]).sum().alias(name) for name in _KINDS]
    return both.group_by("ccode", "year").agg(counts)


TABLES = (
    Table(
        "atop.pledges", "directed-dyad-year", "cow", ("atop_alliance", *_PLEDGES), Coverage(1816, 2018), _atop,
        ("atop.directed-dyad-years-5.1",), absent=dict.fromkeys(("atop_alliance", *_PLEDGES), 0),
    ),
    Table(
        "cow.trade", "directed-dyad-year", "cow", _FLOWS, Coverage(1870, 2014), _trade, ("cow.trade-4.0",),
    ),
    Table("cow.igos", "dyad-year", "cow", ("dyadigos",), Coverage(1816, 2014), _joint_igos, ("cow.igo-3",)),
    Table(
        "rivalries", "dyad-year", "cow", ("tssr_id", *_RIVALRY, "ongoingrivalry"), Coverage(1816, 2020), _rivalries,
        ("rivalries.strategic-tss-2021",), absent=dict.fromkeys((*_RIVALRY, "ongoingrivalry"), 0),
    ),
    Table(
        "rivalries", "state-year", "cow", _KINDS, Coverage(1816, 2020), _rivalry_counts,
        ("rivalries.strategic-tss-2021",),
        absent=dict.fromkeys(_KINDS, 0),
    ),
)  # fmt: skip
