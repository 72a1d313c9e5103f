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


def _cow_alliances(given: Given) -> pl.DataFrame:
    """Pledges of a pair in some part of the year, over all alliances that tie the two; open terms run to 2012."""
    rows = given.read("cow.alliances-4.1")
    years = rows.with_columns(
        pl.min_horizontal("ccode1", "ccode2").alias("ccode1"), pl.max_horizontal("ccode1", "ccode2").alias("ccode2"),
        pl.int_ranges("dyad_st_year", pl.col("dyad_end_year").fill_null(2012) + 1, dtype=pl.Int32).alias("year"),
    )  # fmt: skip
    pledges = [pl.col(theirs).max().alias(ours) for ours, theirs in _COW_PLEDGES.items()]
    return years.explode("year", empty_as_null=False).group_by("ccode1", "ccode2", "year").agg(pledges)


_COW_PLEDGES = {
    "cow_defense": "defense", "cow_neutral": "neutrality", "cow_nonagg": "nonaggression", "cow_entente": "entente",
}  # fmt: skip


def _colonial(given: Given) -> pl.DataFrame:
    """Relations of contiguity of which at least one runs through a dependency, by pair."""
    names = {"statelno": "ccode1", "statehno": "ccode2", "land": "colonial_land", "sea": "colonial_sea"}
    rows = given.read("cow.colonial-contiguity-dyads-3.1").rename(names)
    low, high = pl.min_horizontal("ccode1", "ccode2"), pl.max_horizontal("ccode1", "ccode2")
    return rows.group_by(low.alias("ccode1"), high.alias("ccode2"), "year").agg(
        pl.col(name).sum() for name in _COLONIAL
    )


def _colonial_counts(given: Given) -> pl.DataFrame:
    names = {"stateno": "ccode", "land": "colonial_land", "sea": "colonial_sea"}
    return given.read("cow.colonial-contiguity-states-3.1").rename(names)


_COLONIAL = ("colonial_land", "colonial_sea")


def _rivalries_2012(given: Given) -> pl.DataFrame:
    """Rivalries of Thompson and Dreyer by pair and year from 1816, the first listed where two overlap."""
    rows = given.read("rivalries.strategic-2012").sort("rivalryno")
    kinds = pl.concat_list("type1", "type2", "type3")
    rows = rows.with_columns(
        pl.min_horizontal("ccode1", "ccode2").alias("ccode1"), pl.max_horizontal("ccode1", "ccode2").alias("ccode2"),
        pl.int_ranges("styear", pl.col("endyear") + 1, dtype=pl.Int32).alias("year"), pl.lit(1).alias("td_rivalry"),
        *(kinds.list.contains(name).cast(pl.Int8).alias(f"td_{name}") for name in _RIVALRY),
    )  # fmt: skip
    rows = rows.explode("year", empty_as_null=False).filter(pl.col("year") >= 1816)
    return rows.unique(["ccode1", "ccode2", "year"], keep="first", maintain_order=True)


_TD = ("td_rivalry", *(f"td_{name}" for name in _RIVALRY))

TABLES = (
    Table(
        "cow.alliances", "dyad-year", "cow", tuple(_COW_PLEDGES), Coverage(1816, 2012), _cow_alliances,
        ("cow.alliances-4.1",), absent=dict.fromkeys(_COW_PLEDGES, 0),
    ),
    Table(
        "cow.colonial_contiguity", "dyad-year", "cow", _COLONIAL, Coverage(1816, 2016), _colonial,
        ("cow.colonial-contiguity-dyads-3.1",), absent=dict.fromkeys(_COLONIAL, 0),
    ),
    Table(
        "cow.colonial_contiguity", "state-year", "cow", _COLONIAL, Coverage(1816, 2016), _colonial_counts,
        ("cow.colonial-contiguity-states-3.1",), absent=dict.fromkeys(_COLONIAL, 0),
    ),
    Table(
        "rivalries.2012", "dyad-year", "cow", _TD, Coverage(1816, 2010), _rivalries_2012,
        ("rivalries.strategic-2012",), absent=dict.fromkeys(_TD, 0),
    ),
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
