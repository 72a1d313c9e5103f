"""The state systems: which code is in its system on which days, and the dated crosswalk between them."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from foedus.core.dates import parse_date
from foedus.core.errors import InputError
from foedus.core.states import read_states
from foedus.tables.model import CODES, Given, System

FIRST_DAY = date(1816, 1, 1)
# Gleditsch and Ward list these apart from their system, as microstates of under 250,000 people (gw-microstates).
MICROSTATES = frozenset(
    (54, 55, 56, 57, 58, 60, 221, 223, 232, 331, 396, 397, 403, 591, 935, 970, 971, 972, 973, 983, 986, 987, 990)
)
_COW, _GW = ("ccode", "statenme", "st", "end"), ("statenumber", "countryname", "start", "end")
# The columns of code, name, first and last day, and what else belongs to the system.
SYSTEM_DATASETS: dict[str, tuple[tuple[str, str, str, str], tuple[str, ...]]] = {
    "cow.states-2016": (_COW, ()),
    "cow.states-2024": (_COW, ()),
    "gw.states-7": (_GW, ("gw.microstates-7",)),
    "gw.system-7-isard": (("gwcode", "gw_name", "start", "end"), ()),
}
_SPELL = {"code": pl.Int32, "state": pl.String, "name": pl.String, "start_date": pl.Date, "end_date": pl.Date}


@cache
def code_spells(system: System) -> pl.DataFrame:
    """The days on which each state of the record bears a code: `code, state, name, start_date, end_date`.

    An open end is null. A code may pass from one state to another, as 365 from Russia to the Soviet Union and back.
    """
    rows = [
        (int(code["code"]), row["id"], row["name"], _first(code["from"]), _last(code.get("to")))
        for row in read_states()
        for code in row.get("codes") or ()
        if code["system"] == system
    ]
    return pl.DataFrame(rows, schema=_SPELL, orient="row").sort("code", "start_date")


def membership(given: Given, system: System, dataset: str | None = None) -> pl.DataFrame:
    """Who is in a system when: `code, name, microstate, start_date, end_date`, an end that is open set to `until`.

    Parameters
    ----------
    dataset
        By default the record's crosswalk, which has the days of both systems; else the dataset to take them from.
        A dataset that ends before `until` is taken to go on unchanged from its last day.
    """
    spells = code_spells(system) if dataset is None else _from_dataset(given, dataset)
    running = pl.col("end_date").is_null()
    return (
        spells.with_columns(pl.when(running).then(given.until).otherwise(pl.col("end_date")).alias("end_date"))
        .filter(pl.col("start_date") <= pl.col("end_date"))
        .with_columns(pl.col("code").is_in(list(MICROSTATES)).cast(pl.Int8).alias("microstate"))
        .select("code", "name", "microstate", "start_date", "end_date")
        .sort("code", "start_date")
    )


def _from_dataset(given: Given, dataset: str) -> pl.DataFrame:
    """The spells of a dataset; those that reach its last day are open."""
    if dataset not in SYSTEM_DATASETS:
        raise InputError(f"membership: {dataset!r} has no system of states. Use one of {', '.join(SYSTEM_DATASETS)}.")
    columns, others = SYSTEM_DATASETS[dataset]
    frames = [given.read(name) for name in (dataset, *others)]
    code, name, start, end = columns
    if code == "ccode":
        dates = [pl.date(f"{edge}year", f"{edge}month", f"{edge}day") for edge in (start, end)]
    else:
        dates = [pl.col(start), pl.col(end)]
    spells = pl.concat(
        frame.select(
            pl.col(code).cast(pl.Int32).alias("code"), pl.col(name).alias("name"),
            dates[0].alias("start_date"), dates[1].alias("end_date"),
        )
        for frame in frames
    )  # fmt: skip
    last = spells["end_date"].max()
    return spells.with_columns(pl.when(pl.col("end_date") < last).then(pl.col("end_date")).alias("end_date"))


@cache
def crosswalk(origin: System, target: System, last_year: int) -> pl.DataFrame:
    """The code of a state in another system, by year: `code, year, other`.

    In a year in which one code faces several, it is the one that the same state bore on more days in common; where a
    system has no such code on those days the row is absent.
    """
    end = date(last_year, 12, 31)
    left, right = (code_spells(system).with_columns(pl.col("end_date").fill_null(end)) for system in (origin, target))
    shared = left.join(right, on="state", suffix="_other").with_columns(
        pl.max_horizontal("start_date", "start_date_other").alias("first"),
        pl.min_horizontal("end_date", "end_date_other").alias("last"),
    )
    shared = shared.filter(pl.col("first") <= pl.col("last")).select("code", "first", "last", other="code_other")
    return _longest(by_year(shared, "first", "last"))


def by_year(spells: pl.DataFrame, start: str = "start_date", end: str = "end_date") -> pl.DataFrame:
    """Spells of days cut into years: a column `year` and the `days` in it, the spell's own days left out."""
    first, last = pl.col(start), pl.col(end)
    years = spells.with_columns(pl.int_ranges(first.dt.year(), last.dt.year() + 1, dtype=pl.Int32).alias("year"))
    cut = years.explode("year", empty_as_null=False).with_columns(
        pl.max_horizontal(first, pl.date("year", 1, 1)).alias("_first"),
        pl.min_horizontal(last, pl.date("year", 12, 31)).alias("_last"),
    )
    days = ((pl.col("_last") - pl.col("_first")).dt.total_days() + 1).alias("days")
    return cut.with_columns(days).drop("_first", "_last", start, end)


def codes_by_year(system: System, until: date) -> pl.DataFrame:
    """The code that each state of the record bore on most days of a year: `state, year, code`."""
    spells = code_spells(system).with_columns(pl.col("end_date").fill_null(until))
    spells = spells.filter(pl.col("start_date") <= pl.col("end_date"))
    days = by_year(spells).group_by("state", "year", "code").agg(pl.col("days").sum())
    order = days.sort("state", "year", "days", "code", descending=[False, False, True, False])
    return order.unique(["state", "year"], keep="first", maintain_order=True).select("state", "year", "code")


def _longest(rows: pl.DataFrame) -> pl.DataFrame:
    days = rows.group_by("code", "year", "other").agg(pl.col("days").sum())
    best = days.sort("code", "year", "days", "other", descending=[False, False, True, False])
    return best.unique(["code", "year"], keep="first", maintain_order=True).select("code", "year", "other")


@cache
def bearers(origin: System, target: System) -> pl.DataFrame:
    """For codes outside their own system's days: the code that the same state bore in another, by day.

    Archigos names leaders of Morocco in 1908 by GW code 600, which GW ended in 1904; COW had Morocco until 1912.
    """
    states = code_spells(origin).select("code", "state").unique()
    other = code_spells(target).rename({"code": "other"})
    return states.join(other, on="state").select("code", "other", "start_date", "end_date").sort("code", "start_date")


def code_name(system: System) -> str:
    """`ccode` or `gwcode`."""
    return CODES[system]


def _first(text: str) -> date:
    return max(parse_date(text).first_day, FIRST_DAY)


def _last(text: str | None) -> date | None:
    return parse_date(text).last_day if text else None
