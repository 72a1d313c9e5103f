"""Tables of ties and of influence: embassies, defence cooperation, FBIC, Lake's hierarchy, US troops."""

from __future__ import annotations

import polars as pl

from foedus.tables.model import Coverage, Given, Table
from foedus.tables.systems import codes_by_year

_FBIC = ("fbic", "bandwidth", "dependence")
_LAKE = {
    "us_security": "us_SH1995", "us_economic": "us_EH1995", "us_troops_index": "us_indexmilperpop1995",
    "us_allies_index": "us_indally", "us_exchange_index": "us_indexexchangerate1995",
    "us_trade_index": "us_indexreltradep1995",
}  # fmt: skip
_DIPLOMACY = ("dr_at_1", "dr_at_2", "dr_any")
_DCA = ("dca_signed", "dca_in_force")
_WEST_GERMANY = (255, 260, 1990)


def _diplomacy(given: Given) -> pl.DataFrame:
    """Representation in both directions; a file that has each pair once is turned round for the other direction."""
    names = {"DR_at_1": "dr_at_1", "DR_at_2": "dr_at_2", "DE": "dr_any"}
    rows = given.read("cow.diplomacy-2006.1").rename(names).select("ccode1", "ccode2", "year", *_DIPLOMACY)
    turned = {"ccode1": "ccode2", "ccode2": "ccode1", "dr_at_1": "dr_at_2", "dr_at_2": "dr_at_1"}
    both = pl.concat([rows, rows.rename(turned).select(rows.columns)])
    return both.unique(["ccode1", "ccode2", "year"], keep="first", maintain_order=True)


def _dca(given: Given) -> pl.DataFrame:
    """Agreements of a pair: how many were signed in the year, and how many signed since 1980 were in force in it.

    In force from the year of entry to the producer's estimate of the last year. Where one of a pair has no known year
    of entry or end, the count in force is null from its signature, or from its entry, on.
    """
    rows = given.read("cow.dca-1.0").filter(pl.col("signYear").is_not_null())
    low, high = pl.min_horizontal("ccode1", "ccode2"), pl.max_horizontal("ccode1", "ccode2")
    is_known = pl.col("EIFYear").is_not_null() & pl.col("endYearEstimate").is_not_null()
    start = pl.min_horizontal("signYear", "EIFYear")
    last = pl.when(is_known).then(pl.max_horizontal("signYear", "endYearEstimate")).otherwise(2010)
    years = rows.with_columns(
        low.alias("ccode1"), high.alias("ccode2"), is_known.alias("_known"),
        pl.int_ranges(start, last + 1, dtype=pl.Int32).alias("year"),
    )  # fmt: skip
    years = years.explode("year", empty_as_null=False)
    runs = pl.col("year").is_between("EIFYear", "endYearEstimate")
    counts = years.group_by("ccode1", "ccode2", "year").agg(
        (pl.col("year") == pl.col("signYear")).sum().alias("dca_signed"),
        pl.when(pl.col("_known").all()).then((runs & pl.col("_known")).sum()).alias("dca_in_force"),
    )
    return counts.filter(pl.col("year").is_between(1980, 2010))


def influence_rows(given: Given) -> pl.DataFrame:
    """The file's rows by COW codes, `ccode1` over `ccode2`; rows of codes that bore no COW code then are left out."""
    rows = given.read("fbic.influence-2024")
    codes = codes_by_year("cow", given.until)
    for side, name in (("1", "iso3a"), ("2", "iso3b")):
        rows = rows.join(codes.rename({"state": name, "code": f"ccode{side}"}), on=[name, "year"])
    return rows.filter(pl.col("ccode1") != pl.col("ccode2"))


def _lake(given: Given) -> pl.DataFrame:
    rows = given.read("lake.hierarchy-2009")
    return rows.select("ccode", "year", *(pl.col(theirs).alias(ours) for ours, theirs in _LAKE.items()))


def _troops(given: Given) -> pl.DataFrame:
    """Active duty troops of the United States in a host.

    The file has West Germany under 255 in all years, and for some years a second row of 0 under another spelling of a
    name; the larger of the two counts.
    """
    rows = given.read("troops.country-years-2026").filter((pl.col("ccode") != 2) & (pl.col("ccode") < 1000))
    file_code, cow_code, last = _WEST_GERMANY
    is_west = (pl.col("ccode") == file_code) & (pl.col("year") <= last)
    host = pl.when(is_west).then(pl.lit(cow_code)).otherwise(pl.col("ccode")).alias("ccode2")
    return rows.group_by(pl.lit(2).alias("ccode1"), host, "year").agg(pl.col("troops_ad").max().alias("us_troops"))


TABLES = (
    Table(
        "cow.diplomacy", "directed-dyad-year", "cow", _DIPLOMACY, Coverage(1817, 2005), _diplomacy,
        ("cow.diplomacy-2006.1",),
    ),
    Table(
        "cow.dca", "dyad-year", "cow", _DCA, Coverage(1980, 2010), _dca, ("cow.dca-1.0",),
        absent=dict.fromkeys(_DCA, 0),
    ),
    Table("fbic", "directed-dyad-year", "cow", _FBIC, Coverage(1960, 2023), influence_rows, ("fbic.influence-2024",)),
    Table("lake", "state-year", "cow", tuple(_LAKE), Coverage(1950, 2000), _lake, ("lake.hierarchy-2009",)),
    Table(
        "us.troops", "directed-dyad-year", "cow", ("us_troops",), Coverage(1950, 2024), _troops,
        ("troops.country-years-2026",),
    ),
)  # fmt: skip
