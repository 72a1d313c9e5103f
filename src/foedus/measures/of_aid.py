"""Dependence on aid as a table, from the OECD's table of disbursements by donor and recipient that a user has."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

from foedus.core.errors import InputError
from foedus.measures.naming import with_codes
from foedus.measures.of_trade import in_millions
from foedus.tables.model import Coverage, Given, Table

AID, GNI = "oecd.dac2a-2026", "worldbank.gni-2026"
COVERAGE = Coverage(1960, 2024)
DENOMINATORS = ("all_donors", "state_donors", "gni")
# The OECD's names and codes that no state of the record bears, or several.
SPELLINGS = MappingProxyType(
    {"China (People's Republic of)": "CHN", "Korea": "KOR", "Congo": "COG", "Lao People's Democratic Republic": "LAO",
     "XKV": "XKX"}
)  # fmt: skip
_STATE_CODE = r"^[A-Z]{3}$"
_ALL_DONORS = (r"(?i)^official donors\b", r"(?i)^all donors\b")
_PAIR = ("ccode1", "ccode2", "year")


def _aid_dependence(given: Given, *, denominator: str, flow: str | int | None) -> pl.DataFrame:
    """What a donor disbursed to a recipient, over what all disbursed to it or over its national income.

    A pair without a row is 0 where the donor reported on that year and the recipient stands in the table for it; a
    year that the donor did not report on is missing. Shares are upper bounds: donors outside the Development
    Assistance Committee report in part or not at all.
    """
    rows = _flows(given.read(AID), str(flow) if flow else "")
    coded = _between_states(rows, given)
    whole = _whole(rows, coded, given, denominator)
    reporting = coded.select("ccode2", "year").unique().with_columns(reports=True)
    found = (
        _receiving(rows, given).join(coded.select("ccode2").unique(), how="cross")
        .filter(pl.col("ccode1") != pl.col("ccode2"))
        .join(reporting, on=["ccode2", "year"], how="left").join(coded, on=_PAIR, how="left")
        .join(whole, on=["ccode1", "year"], how="left")
    )  # fmt: skip
    reports, is_known = pl.col("reports").is_not_null(), pl.col("is_known").fill_null(value=True)
    value = pl.when(reports & is_known).then(pl.col("value").fill_null(0.0))
    share = pl.when((value >= 0) & (pl.col("whole") > 0)).then(value / pl.col("whole"))
    is_share = denominator != "gni"
    return found.with_columns(
        aid_usd=value, aid_dependence=share, aid_bound=pl.when(share.is_not_null() & is_share).then(pl.lit("upper")),
        aid_reason=pl.when(share.is_not_null()).then(None)
        .when(~reports).then(pl.lit("donor_does_not_report"))
        .when(value.is_null()).then(pl.lit("unknown_flow")).when(value < 0).then(pl.lit("negative_flow"))
        .when(pl.col("whole").is_null()).then(pl.lit("unknown_total" if is_share else "unknown_gni"))
        .otherwise(pl.lit("no_aid" if is_share else "unknown_gni")),
    )  # fmt: skip


def disbursed(given: Given) -> pl.DataFrame:
    """Gross disbursements between states in a year: `ccode1` (recipient), `ccode2`, `year, value`."""
    return _between_states(_flows(given.read(AID), ""), given).select(
        *_PAIR, pl.when(pl.col("is_known") & (pl.col("value") >= 0)).then(pl.col("value"))
    )  # fmt: skip


def _between_states(rows: pl.DataFrame, given: Given) -> pl.DataFrame:
    coded = with_codes(rows, given.until, {"recipient_state": "ccode1", "donor_state": "ccode2"}, SPELLINGS)
    sums = coded.group_by(_PAIR).agg(pl.col("value").sum(), is_known=pl.col("value").is_not_null().all())
    return sums.filter(pl.col("ccode1") != pl.col("ccode2"))


def _flows(table: pl.DataFrame, flow: str) -> pl.DataFrame:
    """The rows of one kind of flow at current prices, with the names by which donor and recipient are looked up.

    Raises
    ------
    InputError
        If the table has no such flow, or several that may be meant; the message lists them.
    """
    rows = table.filter(pl.col("prices") == "current").cast({"year": pl.Int64})
    if rows.is_empty():
        raise InputError(f"{AID}: no row is at current prices. Export current prices: constant ones do not add up.")
    label = pl.col("measure_name").fill_null("")
    wanted = (
        (pl.col("measure") == flow) | (label == flow)
        if flow
        else label.str.contains(r"(?i)\bgross\b") & ~label.str.contains(r"(?i)loan|grant")
    )
    kinds = rows.select("measure", "measure_name").unique().sort("measure")
    meant = kinds.filter(wanted)
    if meant.height != 1:
        shown = ", ".join(f"{code} ({name})" if name else code for code, name in kinds.rows())
        found = "none of its flows" if meant.is_empty() else "more than one of its flows"
        what = repr(flow) if flow else "official aid, gross disbursements"
        raise InputError(f"{AID}: {found} is {what}. It has {shown}. Name one by its code: flow={kinds['measure'][0]}.")
    sides = {
        f"{side}_state": pl.when(pl.col(side).str.contains(_STATE_CODE)).then(pl.col(side)).otherwise(f"{side}_name")
        for side in ("donor", "recipient")
    }
    return rows.filter(wanted).with_columns(**sides)


def _receiving(rows: pl.DataFrame, given: Given) -> pl.DataFrame:
    """The states that the table lists as recipients, by year."""
    listed = rows.select("recipient_state", "year").unique()
    coded = with_codes(listed, given.until, {"recipient_state": "ccode1"}, SPELLINGS)
    return coded.select("ccode1", "year").unique()


def _whole(rows: pl.DataFrame, coded: pl.DataFrame, given: Given, denominator: str) -> pl.DataFrame:
    """What a recipient's aid is divided by, in millions of current dollars: `ccode1, year, whole`.

    Raises
    ------
    InputError
        If the sum over all donors is asked for and the table has none.
    """
    if denominator == "gni":
        return in_millions(given, GNI).select(ccode1="ccode", year="year", whole="value").cast({"year": pl.Int64})
    if denominator == "state_donors":
        return coded.group_by("ccode1", "year").agg(whole=pl.col("value").sum())
    sums = next((found for name in _ALL_DONORS
                 if not (found := rows.filter(pl.col("donor_name").str.contains(name))).is_empty()), None)  # fmt: skip
    if sums is None:
        raise InputError(
            f"{AID}: no donor is named Official donors or All donors, so there is no sum over all. "
            "Export that row too, or use denominator=state_donors."
        )
    coded_sums = with_codes(sums, given.until, {"recipient_state": "ccode1"}, SPELLINGS)
    return coded_sums.group_by("ccode1", "year").agg(whole=pl.col("value").sum())


def _of_denominator(denominator: str, flow: str | int | None) -> tuple[Coverage, tuple[str, ...]]:
    return COVERAGE, (AID, GNI) if denominator == "gni" else (AID,)


AID_DEPENDENCE = Table(
    "measure.aid_dependence", "directed-dyad-year", "cow", ("aid_usd", "aid_dependence", "aid_bound", "aid_reason"),
    COVERAGE, _aid_dependence, (AID,), options={"denominator": DENOMINATORS, "flow": ()}, variant=_of_denominator,
)  # fmt: skip
