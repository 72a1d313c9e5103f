"""Leaders: who led which state on which days, and what is known of them."""

from __future__ import annotations

from datetime import date

import polars as pl

from foedus.tables.model import Coverage, Given, System, Table
from foedus.tables.systems import bearers, membership

ARCHIGOS = "archigos.leaders-4.1"
_LEAD = (
    "leveledu", "milservice", "combat", "rebel", "warwin", "warloss", "rebelwin", "rebelloss", "yrsexper", "physhealth",
    "mentalhealth",
)  # fmt: skip
_LWUF = tuple(f"theta{i}_{part}" for i in range(1, 5) for part in ("mean", "sd"))
_CHANGES = ("leadertransition", "irregular", "n_leaders", "jan1obsid", "dec31obsid", "irregular_exit")
_FIRST_SUMMARY = 1870  # before it Archigos has few states


def leader_spells(given: Given, system: System | None) -> pl.DataFrame:
    """The days of each leader in office: `obsid, leader, gender, birth_year, first_year, code, start_date, end_date`.

    With a system, only the days on which the state that Archigos names was a member of it, under its code then; a
    leader in whose days the code changes has several rows. Without, the codes and days are those of Archigos.
    """
    rows = given.read(ARCHIGOS).select(
        "obsid", "leader", "gender",
        pl.when(pl.col("yrborn") > 0).then(pl.col("yrborn")).alias("birth_year"),
        pl.col("gwcode").cast(pl.Int32).alias("code"),
        start_date="startdate", end_date="enddate",
    )  # fmt: skip
    rows = rows.with_columns(pl.col("start_date").dt.year().alias("first_year"))
    if system is None:
        return rows
    if system == "cow":
        rows = _cut(rows, _cow_codes(given.until), "other").with_columns(pl.col("other").alias("code")).drop("other")
    members = membership(given, system).select("code", from_date="start_date", to_date="end_date")
    return _cut(rows, members)


def _cut(rows: pl.DataFrame, spells: pl.DataFrame, *extra: str) -> pl.DataFrame:
    """Rows on the days they have in common with the spells of their code."""
    both = rows.join(spells, on="code").with_columns(
        pl.max_horizontal("start_date", "from_date").alias("start_date"),
        pl.min_horizontal("end_date", "to_date").alias("end_date"),
    )
    return both.filter(pl.col("start_date") <= pl.col("end_date")).select(*rows.columns, *extra)


def _cow_codes(until: date) -> pl.DataFrame:
    """For each GW code the COW code that the same state bore, by day, also where GW did not count the state."""
    spells = bearers("gw", "cow").with_columns(pl.col("end_date").fill_null(until))
    return spells.unique().select("code", "other", from_date="start_date", to_date="end_date")


def _changes(given: Given) -> pl.DataFrame:
    """By GW state and year from 1870: changes of leader, how many led, who did first and last."""
    rows = given.read(ARCHIGOS).with_row_index("_listed")
    years = rows.with_columns(
        pl.int_ranges(pl.col("startdate").dt.year(), pl.col("enddate").dt.year() + 1, dtype=pl.Int32).alias("year")
    ).explode("year", empty_as_null=False)
    is_irregular = pl.col("exit") == "Irregular"
    left = pl.col("enddate").dt.year() == pl.col("year")
    found = (
        years.sort("startdate", "_listed")
        .group_by("gwcode", "year", maintain_order=True)
        .agg(
            pl.col("leadid").n_unique().alias("n_leaders"),
            pl.col("obsid").first().alias("jan1obsid"),
            pl.col("obsid").last().alias("dec31obsid"),
            is_irregular.any().alias("_ever"),
            (is_irregular & left).any().cast(pl.Int8).alias("irregular_exit"),
        )
    )
    change = pl.col("jan1obsid") != pl.col("dec31obsid")
    return found.filter(pl.col("year") >= _FIRST_SUMMARY).with_columns(
        change.cast(pl.Int8).alias("leadertransition"), (change & pl.col("_ever")).cast(pl.Int8).alias("irregular")
    )


def _experience(given: Given) -> pl.DataFrame:
    return given.read("lead.leaders-2015")


def _willingness(given: Given) -> pl.DataFrame:
    return given.read("lead.willingness-2020")


TABLES = (
    Table("archigos", "state-year", "gw", _CHANGES, Coverage(1870, 2015), _changes, (ARCHIGOS,)),
    Table("lead", "leader", None, _LEAD, Coverage(1870, 2015), _experience, ("lead.leaders-2015",)),
    Table("lwuf", "leader", None, _LWUF, Coverage(1870, 2015), _willingness, ("lead.willingness-2020",)),
)
