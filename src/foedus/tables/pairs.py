"""Who was in the system together: the pairs of states that share a period but not enough of its days."""

from __future__ import annotations

from typing import Literal

import polars as pl

Rule = Literal["any_day", "first_day", "last_day", "majority"]
RULES: tuple[Rule, ...] = ("any_day", "first_day", "last_day", "majority")


def periods_of(members: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """The spells of members cut at the borders of periods.

    Parameters
    ----------
    members
        `start_date, end_date` and whatever else.
    periods
        Consecutive stretches of days: `period` (a running number), `first_day`, `last_day`.

    Returns
    -------
    The columns of members with `period`, `start_date` and `end_date` within it, and `period_days`, its length.
    """
    starts = periods["first_day"]
    low = starts.search_sorted(members["start_date"], side="right").cast(pl.Int64) - 1
    high = starts.search_sorted(members["end_date"], side="right").cast(pl.Int64) - 1
    cut = members.with_columns(low.clip(lower_bound=0).alias("_low"), high.alias("_high"))
    cut = cut.filter((pl.col("_low") <= pl.col("_high")) & (pl.col("end_date") >= pl.lit(starts.min())))
    cut = cut.with_columns(pl.int_ranges("_low", pl.col("_high") + 1).alias("_at")).explode("_at", empty_as_null=False)
    cut = cut.join(
        periods.with_row_index("_at").with_columns(pl.col("_at").cast(pl.Int64)), on="_at", maintain_order="left"
    )
    days = (pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1
    cut = cut.with_columns(
        pl.max_horizontal("start_date", "first_day").alias("start_date"),
        pl.min_horizontal("end_date", "last_day").alias("end_date"),
        days.cast(pl.Int32).alias("period_days"),
    )
    return cut.filter(pl.col("start_date") <= pl.col("end_date")).drop("_low", "_high", "_at")


def holds(rule: Rule, days: pl.Expr) -> pl.Expr:
    """Whether days in a row of `periods_of` (grouped) make the period count under a rule."""
    tests = {
        "any_day": days > 0,
        "first_day": (pl.col("start_date") == pl.col("first_day")).any(),
        "last_day": (pl.col("end_date") == pl.col("last_day")).any(),
        "majority": days * 2 > pl.col("period_days").first(),
    }
    return tests[rule]


def spell_days() -> pl.Expr:
    """The days of a row, both ends included."""
    return (pl.col("end_date") - pl.col("start_date")).dt.total_days() + 1


def years_of(members: pl.DataFrame) -> pl.DataFrame:
    """Calendar years from the first to the last day of members, as periods."""
    first, last = members["start_date"].min().year, members["end_date"].max().year  # type: ignore[union-attr]
    years = pl.DataFrame({"period": range(first, last + 1)}, schema={"period": pl.Int32})
    return years.with_columns(pl.date("period", 1, 1).alias("first_day"), pl.date("period", 12, 31).alias("last_day"))


def failing_pairs(cut: pl.DataFrame, rule: Rule, actor: str = "code") -> pl.DataFrame:
    """Pairs of which each counts in a period by itself, but not the two together: `actor1, actor2, period`.

    Only two that both miss days of the period can fail: where one was there throughout, the days in common are the
    other's.
    """
    if rule in ("first_day", "last_day"):  # both there on that day is both there together
        return pl.DataFrame(schema={f"{actor}1": cut.schema[actor], f"{actor}2": cut.schema[actor], "period": pl.Int32})
    totals = spell_days().sum().over(actor, "period")
    part = cut.filter(totals < pl.col("period_days")).select(actor, "period", "start_date", "end_date", "period_days")
    counted = part.group_by(actor, "period").agg(spell_days().sum().alias("days"), pl.col("period_days").first())
    enough = pl.lit(True) if rule == "any_day" else pl.col("days") * 2 > pl.col("period_days")
    part = part.join(counted.filter(enough), on=[actor, "period"], how="semi")
    pairs = part.join(part, on="period", suffix="2").filter(pl.col(actor) != pl.col(f"{actor}2"))
    common = pl.min_horizontal("end_date", "end_date2") - pl.max_horizontal("start_date", "start_date2")
    days = pairs.group_by(pl.col(actor).alias(f"{actor}1"), f"{actor}2", "period").agg(
        (common.dt.total_days() + 1).clip(lower_bound=0).sum().alias("days"), pl.col("period_days").first()
    )
    fails = pl.col("days") == 0 if rule == "any_day" else pl.col("days") * 2 <= pl.col("period_days")
    return days.filter(fails).select(f"{actor}1", f"{actor}2", pl.col("period").cast(pl.Int32)).sort(pl.all())


def false_pairs(members: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """The failing pairs of a system by year: `code1, code2, year`."""
    cut = periods_of(members, years_of(members))
    return failing_pairs(cut, rule).rename({"period": "year"})
