"""Dependence in arms as a table, from SIPRI's tables of deliveries that a user has."""

from __future__ import annotations

import polars as pl

from foedus.core.errors import InputError
from foedus.measures.arrays import MeasureError
from foedus.measures.naming import codes_of, state_id
from foedus.tables.model import Coverage, Given, Table
from foedus.tables.systems import codes_by_year

TRANSFERS = "sipri.transfers-2026"
COVERAGE = Coverage(1950, 2025)


def _arms(given: Given, *, recipient: str, window: str | int) -> pl.DataFrame:
    """Each supplier's share of the arms delivered to a state in the years up to and with this one.

    SIPRI exports one table a recipient, its suppliers as rows: `recipient` says whose it is. A frame given in its place
    may have a column `recipient` instead, and then holds several.
    """
    width = _width(window)
    rows = given.read(TRANSFERS)
    if "recipient" not in rows.columns:
        if not recipient:
            raise InputError("recipient: SIPRI's table does not say whose imports it lists. Name it: recipient=ARM.")
        codes_of(recipient, "recipient")
        rows = rows.with_columns(recipient=pl.lit(str(recipient)))
    if rows.filter(pl.col("tiv") < 0).height:
        raise MeasureError("tiv: negative. Give deliveries as SIPRI's table has them.")
    # The window counts only where all of it lies in the years of the table.
    first, last = int(rows["year"].min() or 0), int(rows["year"].max() or 0)  # type: ignore[arg-type]
    sums = _windows(rows, width, first, last)
    whole = sums.group_by("recipient", "year").agg(all_tiv=pl.col("tiv").sum())
    named = _coded(sums, given).join(whole, on=["recipient", "year"])
    share = pl.when(pl.col("all_tiv") > 0).then(pl.col("tiv") / pl.col("all_tiv"))
    early = pl.col("year") < first + width - 1
    return named.with_columns(
        arms_share=pl.when(~early).then(share),
        arms_window=pl.lit(width),
        arms_reason=pl.when(early)
        .then(pl.lit("window_incomplete"))
        .when(share.is_null())
        .then(pl.lit("no_deliveries")),
    )


def _width(window: str | int) -> int:
    if not str(window).isdigit() or not 1 <= int(window) <= 20:
        raise InputError(f"window: {window!r} is no number of years from 1 to 20. Kinsella's is 5; 10 is common.")
    return int(window)


def _windows(rows: pl.DataFrame, width: int, first: int, last: int) -> pl.DataFrame:
    """Deliveries summed over the trailing years, for every supplier of the table and every year of it."""
    spread = rows.with_columns(year=pl.int_ranges("year", pl.col("year") + width)).explode("year", empty_as_null=False)
    sums = spread.group_by("recipient", "partner", "year").agg(tiv=pl.col("tiv").sum())
    years = pl.DataFrame({"year": list(range(first, last + 1))}).cast(pl.Int64)
    grid = rows.select("recipient", "partner").unique(maintain_order=True).join(years, how="cross")
    return grid.join(sums.cast({"year": pl.Int64}), on=["recipient", "partner", "year"], how="left").with_columns(
        pl.col("tiv").fill_null(0.0)
    )


def _coded(sums: pl.DataFrame, given: Given) -> pl.DataFrame:
    """Rows by COW codes; a supplier that is no state of the system then stays in the total alone."""
    codes = codes_by_year("cow", given.until).cast({"year": pl.Int64})
    for column, code in (("recipient", "ccode1"), ("partner", "ccode2")):
        names = {name: state_id(name) for name in sums[column].unique().to_list()}
        state = pl.col(column).replace_strict(names, return_dtype=pl.String)
        sums = sums.with_columns(state=state).join(codes, on=["state", "year"]).rename({"code": code}).drop("state")
    kept = sums.filter(pl.col("ccode1") != pl.col("ccode2"))
    return kept.group_by("recipient", "ccode1", "ccode2", "year").agg(pl.col("tiv").sum())


ARMS_DEPENDENCE = Table(
    "measure.arms_dependence", "directed-dyad-year", "cow", ("arms_share", "arms_window", "arms_reason"), COVERAGE,
    _arms, (TRANSFERS,), options={"recipient": (), "window": (5,)},
)  # fmt: skip
