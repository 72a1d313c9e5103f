"""Coded events of directed dyads as tables: net cooperation, quad classes, and counts against all that was reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import polars as pl

from foedus.core.errors import InputError
from foedus.measures.events import MIN_EVENTS
from foedus.tables.events import coded_sums
from foedus.tables.model import OPEN_END, Coverage, Given, Table

FLOWS = {"1": ("gdelt.events-1-1.0", 1979), "2": ("gdelt.events-2-2.0", 2015)}
MIN_SOURCES = 2
_SAME_EVENT = "SQLDATE, Actor1Code, Actor2Code, EventCode, ActionGeo_FullName"
_COUNTRIES = "Actor1CountryCode, Actor2CountryCode, MonthYear"
_QUADS = {
    "quad_verbal_cooperation": 1, "quad_material_cooperation": 2,
    "quad_verbal_conflict": 3, "quad_material_conflict": 4,
}  # fmt: skip
_KINDS = {"": "true", "_strict": "is_strict"}
_SUMS = tuple(f"{name}{kind}" for kind in _KINDS for name in ("coded_events", "cooperation", "conflict"))
COLUMNS = (
    "coded_events", "events_per_10000", "net_sum", "net_mean", "net_ratio", *_QUADS, "coded_events_strict",
    "net_mean_strict", "net_ratio_strict", "events_reason",
)  # fmt: skip
Period = Literal["month", "year"]


def sums_of_events(events: Any, *, duplicates: str, min_sources: int) -> pl.DataFrame:
    """Counts and sums of Goldstein's scale by the countries of the two actors and by month, streamed.

    Parameters
    ----------
    events
        A relation as `foedus.sources.gdelt.events_1` gives it.
    duplicates
        `drop`: of rows with the same day, actors, code and place one counts; `keep`: all.
    min_sources
        The strict columns count root events with at least so many sources.

    Returns
    -------
    `actor1, actor2, month_year`, the sums, and `reported`, all events of the month whoever acted.
    """
    needed = f"{_COUNTRIES}, {_SAME_EVENT}, QuadClass, GoldsteinScale, IsRootEvent, NumSources"
    rows = events.project(needed)
    if duplicates == "drop":
        # The code decides class and scale, so min only names them; of the copies the best attested one counts.
        one = "min(QuadClass) AS QuadClass, min(GoldsteinScale) AS GoldsteinScale, max(IsRootEvent) AS IsRootEvent"
        rows = rows.aggregate(f"{_COUNTRIES}, {one}, max(NumSources) AS NumSources", f"{_COUNTRIES}, {_SAME_EVENT}")
    scored = rows.project(f"*, coalesce(IsRootEvent = 1 AND NumSources >= {min_sources}, false) AS is_strict")
    parts = [f"count(*) FILTER (QuadClass = {number}) AS {name}" for name, number in _QUADS.items()]
    for kind, condition in _KINDS.items():
        parts += [
            f"count(*) FILTER ({condition}) AS coded_events{kind}",
            f"coalesce(sum(GoldsteinScale) FILTER ({condition} AND GoldsteinScale > 0), 0) AS cooperation{kind}",
            f"coalesce(-sum(GoldsteinScale) FILTER ({condition} AND GoldsteinScale < 0), 0) AS conflict{kind}",
        ]
    names = "Actor1CountryCode AS actor1, Actor2CountryCode AS actor2, MonthYear AS month_year"
    frame = scored.aggregate(f"{names}, {', '.join(parts)}", _COUNTRIES).pl()
    assert isinstance(frame, pl.DataFrame)
    return frame.with_columns(pl.col("coded_events").sum().over("month_year").alias("reported"))


def net_cooperation_of(sums: pl.DataFrame, *, min_events: int) -> pl.DataFrame:
    """Scores of sums; with fewer events than `min_events` they are missing, not neutral."""
    frame = sums.with_columns(events_per_10000=10_000 * pl.col("coded_events") / pl.col("reported"))
    for kind in _KINDS:
        enough = pl.col(f"coded_events{kind}") >= max(min_events, 1)
        good, bad = pl.col(f"cooperation{kind}"), pl.col(f"conflict{kind}")
        frame = frame.with_columns(
            pl.when(enough).then(good - bad).alias(f"net_sum{kind}"),
            pl.when(enough).then((good - bad) / pl.col(f"coded_events{kind}")).alias(f"net_mean{kind}"),
            pl.when(enough & (good + bad > 0)).then((good - bad) / (good + bad)).alias(f"net_ratio{kind}"),
        )
    few = pl.col("coded_events") < max(min_events, 1)
    return frame.with_columns(
        events_reason=pl.when(few).then(pl.lit("too_few_events"))
        .when(pl.col("net_ratio").is_null()).then(pl.lit("no_scored_event"))
    )  # fmt: skip


def _by(period: Period) -> Callable[..., pl.DataFrame]:
    def load(given: Given, *, events: str, duplicates: str, min_events: Any, min_sources: Any) -> pl.DataFrame:
        for name, value in (("min_events", min_events), ("min_sources", min_sources)):
            if not str(value).isdigit():
                raise InputError(f"{name}: {value!r} is no whole number. Give one of at least 0.")
        rows = sums_of_events(given.read(FLOWS[events][0]), duplicates=duplicates, min_sources=int(min_sources))
        reported = rows.unique("month_year").select("month_year", "reported")
        known = pl.col("actor1").is_not_null() & pl.col("actor2").is_not_null() & (pl.col("actor1") != pl.col("actor2"))
        sums = coded_sums(rows.filter(known), "cow", given.until, (*_QUADS, *_SUMS))
        if period == "year":
            sums = sums.group_by("ccode1", "ccode2", "year").agg(pl.col(*_QUADS, *_SUMS).sum())
            year = (pl.col("month_year") // 100).cast(sums.schema["year"])
            reported = reported.group_by(year=year).agg(pl.col("reported").sum())
        key = "year" if period == "year" else "month_year"
        return net_cooperation_of(sums.join(reported, on=key, how="left"), min_events=int(min_events))

    return load


def _of_flow(events: str, **_: object) -> tuple[Coverage, tuple[str, ...]]:
    dataset, first = FLOWS[events]
    return Coverage(first, OPEN_END), (dataset,)


_OPTIONS = {
    "events": tuple(FLOWS), "duplicates": ("drop", "keep"), "min_events": (MIN_EVENTS,), "min_sources": (MIN_SOURCES,),
}  # fmt: skip
NET_COOPERATION = Table(
    "measure.net_cooperation", "directed-dyad-year", "cow", COLUMNS, Coverage(1979, OPEN_END), _by("year"),
    (FLOWS["1"][0],), options=_OPTIONS, variant=_of_flow,
)  # fmt: skip
NET_COOPERATION_MONTHLY = Table(
    "measure.net_cooperation_monthly", "directed-dyad-month", "cow", COLUMNS, Coverage(1979, OPEN_END), _by("month"),
    (FLOWS["1"][0],), options=_OPTIONS, variant=_of_flow,
)  # fmt: skip
