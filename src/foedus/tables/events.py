"""Machine-coded events by directed dyad and month, from the files of GDELT."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from foedus.tables.model import CODES, OPEN_END, Coverage, Given, System, Table
from foedus.tables.systems import code_spells

# CAMEO writes these states by codes that are not theirs in the record.
_CAMEO = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD"}
_CLASSES = {
    "verbal_cooperation_count": 1, "material_cooperation_count": 2,
    "verbal_conflict_count": 3, "material_conflict_count": 4,
}  # fmt: skip
_FLOWS = (("gdelt.events", "gdelt.events-1-1.0", 1979), ("gdelt.events_2", "gdelt.events-2-2.0", 2015))
_SYSTEMS: tuple[System, ...] = ("cow", "gw")
_COLUMNS = ("events_count", *_CLASSES, "goldstein_mean")


def months_of_events(events: Any) -> pl.DataFrame:
    """Events of GDELT counted by the countries of their two actors and by month, streamed.

    Parameters
    ----------
    events
        A relation as `foedus.sources.gdelt.events_1` or `events_2` gives it.

    Returns
    -------
    `actor1, actor2` (CAMEO country codes), `month_year` (YYYYMM), the counts by quad class and the sum of Goldstein's
    scale. Events of which an actor has no country, or both have the same, are left out.
    """
    kinds = [f"count(*) FILTER (QuadClass = {number})::INTEGER AS {name}" for name, number in _CLASSES.items()]
    counts = ["count(*)::INTEGER AS events_count", *kinds, "sum(GoldsteinScale) AS goldstein_sum"]
    names = "Actor1CountryCode AS actor1, Actor2CountryCode AS actor2, MonthYear AS month_year"
    grouped = events.aggregate(f"{names}, {', '.join(counts)}", "Actor1CountryCode, Actor2CountryCode, MonthYear")
    frame = grouped.pl()
    assert isinstance(frame, pl.DataFrame)
    known = pl.col("actor1").is_not_null() & pl.col("actor2").is_not_null() & (pl.col("actor1") != pl.col("actor2"))
    return frame.filter(known)


def with_codes(months: pl.DataFrame, system: System, until: date) -> pl.DataFrame:
    """Counts by the codes that the states bore on some day of the month; what had no code then is left out."""
    sums = coded_sums(months, system, until, ("events_count", *_CLASSES, "goldstein_sum"))
    return sums.with_columns((pl.col("goldstein_sum") / pl.col("events_count")).alias("goldstein_mean"))


def coded_sums(months: pl.DataFrame, system: System, until: date, columns: Sequence[str]) -> pl.DataFrame:
    """Columns of counts by `actor1, actor2, month_year` summed by the codes of both, with `year` and `month`."""
    day = pl.date(pl.col("month_year") // 100, pl.col("month_year") % 100, 1)
    rows = months.with_columns(day.alias("_first")).with_columns(pl.col("_first").dt.month_end().alias("_last"))
    spells = code_spells(system).with_columns(pl.col("end_date").fill_null(until)).drop("name")
    for side in "12":
        rows = rows.with_columns(pl.col(f"actor{side}").replace(_CAMEO).alias("state")).join(spells, on="state")
        rows = rows.filter((pl.col("start_date") <= pl.col("_last")) & (pl.col("end_date") >= pl.col("_first")))
        # A state that changed its code in the month counts under the later one.
        rows = rows.sort("start_date").unique(["actor1", "actor2", "month_year"], keep="last")
        rows = rows.rename({"code": f"{CODES[system]}{side}"}).drop("state", "start_date", "end_date")
    key = [f"{CODES[system]}1", f"{CODES[system]}2"]
    sums = rows.group_by(*key, "month_year").agg(pl.col(*columns).sum())
    parts = [(pl.col("month_year") // 100).alias("year"), (pl.col("month_year") % 100).alias("month")]
    return sums.with_columns(*parts).filter(pl.col(key[0]) != pl.col(key[1]))


def _events(system: System, dataset: str) -> Any:
    def load(given: Given) -> pl.DataFrame:
        return with_codes(months_of_events(given.read(dataset)), system, given.until)

    return load


TABLES = tuple(
    Table(key, "directed-dyad-month", system, _COLUMNS, Coverage(first, OPEN_END), _events(system, dataset), (dataset,))
    for key, dataset, first in _FLOWS
    for system in _SYSTEMS
)
