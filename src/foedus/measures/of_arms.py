"""Dependence in arms as a table, from SIPRI's tables of deliveries or its register of deals that a user has."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

from foedus.core.errors import InputError
from foedus.measures.arrays import MeasureError
from foedus.measures.naming import codes_of, state_id, with_codes
from foedus.tables.model import Coverage, Given, Table

TRANSFERS, DELIVERIES = "sipri.transfers-2026", "sipri.deliveries-2026"
SOURCES = ("table", "register")
COVERAGE = Coverage(1950, 2025)
# SIPRI's names that no state of the record bears, or several.
SPELLINGS = MappingProxyType(
    {"Germany (FRG)": "DEU", "East Germany (GDR)": "DDR", "Macedonia (FYROM)": "MKD", "Taiwan (ROC)": "TWN",
     "Congo": "COG"}
)  # fmt: skip


def _arms(given: Given, *, recipient: str | None, window: str | int, source: str) -> pl.DataFrame:
    """Each supplier's share of the arms delivered to a state in the years up to and with this one.

    SIPRI exports one table a recipient, its suppliers as rows: `recipient` says whose it is. The register of deals
    names every recipient, and `recipient` then picks one. So does a frame in the table's place with such a column.
    """
    width = _width(window)
    rows = given.read(DELIVERIES if source == "register" else TRANSFERS)
    if rows.filter(pl.col("tiv") < 0).height:
        raise MeasureError("tiv: negative. Give deliveries as SIPRI's table has them.")
    # The window counts only where all of it lies in the years of the file.
    first, last = int(rows["year"].min() or 0), int(rows["year"].max() or 0)  # type: ignore[arg-type]
    rows = _to(rows, recipient)
    sums = _windows(rows, width, first, last)
    # A code may pass from one state to the next within a year, as 365 in 1991: what either received counts.
    coded = with_codes(sums, given.until, {"recipient": "ccode1"}, SPELLINGS)
    whole = coded.group_by("ccode1", "year").agg(all_tiv=pl.col("tiv").sum())
    pairs = with_codes(coded, given.until, {"partner": "ccode2"}, SPELLINGS)  # others stay in the total alone
    pairs = pairs.filter(pl.col("ccode1") != pl.col("ccode2"))
    named = pairs.group_by("ccode1", "ccode2", "year").agg(pl.col("tiv").sum()).join(whole, on=["ccode1", "year"])
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


def delivered(given: Given) -> pl.DataFrame:
    """What the register has as delivered between states in a year: `ccode1` (recipient), `ccode2`, `year, tiv`."""
    rows = given.read(DELIVERIES).cast({"year": pl.Int64})
    coded = with_codes(rows, given.until, {"recipient": "ccode1", "partner": "ccode2"}, SPELLINGS)
    return coded.group_by("ccode1", "ccode2", "year").agg(pl.col("tiv").sum())


def _to(rows: pl.DataFrame, recipient: str | None) -> pl.DataFrame:
    """Deliveries to the recipient that is named, or to all: `recipient, partner, year, tiv`.

    Raises
    ------
    InputError
        If the file does not say whose imports it lists and no recipient is named, or it has none to it.
    """
    if recipient:
        codes_of(recipient, "recipient")
    if "recipient" not in rows.columns:
        if not recipient:
            raise InputError(
                "recipient: SIPRI's table does not say whose imports it lists. Name it: recipient=ARM, or take all "
                "recipients from the register of deals: source=register."
            )
        return rows.with_columns(recipient=pl.lit(str(recipient)))
    if not recipient:
        return rows
    wanted = state_id(str(recipient))
    meant = [name for name in rows["recipient"].unique() if (SPELLINGS.get(name) or state_id(name)) == wanted]
    if not meant:
        raise InputError(f"recipient: {recipient} received nothing in this file. Leave it out to see all that did.")
    return rows.filter(pl.col("recipient").is_in(meant))


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


def _of_source(recipient: str | None, window: str | int, source: str) -> tuple[Coverage, tuple[str, ...]]:
    return COVERAGE, (DELIVERIES if source == "register" else TRANSFERS,)


ARMS_DEPENDENCE = Table(
    "measure.arms_dependence", "directed-dyad-year", "cow", ("arms_share", "arms_window", "arms_reason"), COVERAGE,
    _arms, (TRANSFERS,), options={"recipient": (), "window": (5,), "source": SOURCES}, variant=_of_source,
)  # fmt: skip
