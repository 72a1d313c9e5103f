"""Dependence in trade as tables: shares, output, Barbieri's measures, concentration and the best outside option."""

from __future__ import annotations

import numpy as np
import polars as pl

from foedus.measures.arrays import MeasureError
from foedus.measures.dependence import dependence, interdependence, weak_link
from foedus.tables.model import Coverage, Given, Table
from foedus.tables.systems import codes_by_year

FLOWS, TOTALS, GDP = "cow.trade-4.0", "cow.trade-states-4.0", "worldbank.gdp-2026-03"
COVERAGE, GDP_COVERAGE = Coverage(1870, 2014), Coverage(1960, 2014)
DENOMINATORS = ("state_total", "dyadic_sum")
GDPS = ("worldbank", "maddison", "fariss")
_KINDS = ("total", "exports", "imports")
_MILLION = 1e6


def trade_flows(given: Given) -> pl.DataFrame:
    """What passes between two states, from each side: `ccode1, ccode2, year, imports, exports, total` of the first.

    Current US dollars in millions; a flow that is not known (-9) is null, and with it the total.
    """
    rows = given.read(FLOWS).select("ccode1", "ccode2", "year", imports=_known("flow1"), exports=_known("flow2"))
    turned = rows.select(ccode1="ccode2", ccode2="ccode1", year="year", imports="exports", exports="imports")
    both = pl.concat([rows, turned]).unique(["ccode1", "ccode2", "year"], keep="first", maintain_order=True)
    return both.with_columns(total=pl.col("imports") + pl.col("exports")).sort("ccode1", "year", "ccode2")


def _known(name: str) -> pl.Expr:
    return pl.when(pl.col(name) >= 0).then(pl.col(name)).cast(pl.Float64)


def with_size(given: Given, flows: pl.DataFrame, denominator: str) -> pl.DataFrame:
    """Flows with the `size` of the first state's trade: its own total, or the sum over the partners that are known."""
    if denominator == "dyadic_sum":
        sizes = flows.group_by(ccode="ccode1", year="year").agg(size=pl.col("imports").sum() + pl.col("exports").sum())
    else:
        totals = given.read(TOTALS).select("ccode", "year", imports=_known("imports"), exports=_known("exports"))
        sizes = totals.select("ccode", "year", size=pl.col("imports") + pl.col("exports"))
    return flows.join(sizes, left_on=["ccode1", "year"], right_on=["ccode", "year"], how="left", maintain_order="left")


def output(given: Given, gdp: str) -> pl.DataFrame:
    """Gross domestic product in current US dollars, millions: `ccode, year, gdp`.

    Raises
    ------
    MeasureError
        If the series is in constant dollars: trade is in current ones, and the two do not mix.
    """
    if gdp != "worldbank":
        raise MeasureError(
            f"gdp: {gdp!r} is in constant dollars and trade in current ones. Use gdp=worldbank, in current ones."
        )
    return in_millions(given, GDP).rename({"value": "gdp"})


def in_millions(given: Given, dataset: str) -> pl.DataFrame:
    """A series of the World Bank in millions of its unit: `ccode, year, value`."""
    rows = given.read(dataset).select(state="country_code", year="year", value=pl.col("value") / _MILLION)
    named = rows.join(codes_by_year("cow", given.until), on=["state", "year"]).rename({"code": "ccode"})
    return named.select("ccode", "year", "value").unique(["ccode", "year"], keep="first", maintain_order=True)


def _ratio(rows: pl.DataFrame, size: str) -> pl.Series:
    return pl.Series(dependence(_array(rows, "total"), _array(rows, size)), nan_to_null=True)


def _array(rows: pl.DataFrame, name: str) -> np.ndarray:
    return rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _reason(size: str, why: str) -> pl.Expr:
    """Why a ratio is missing: one of the two flows is not known, or the size is not known or 0."""
    no_size = pl.col(size).is_null() | (pl.col(size) <= 0)
    return pl.when(pl.col("total").is_null()).then(pl.lit("unknown_flow")).when(no_size).then(pl.lit(why))


def trade_shares(given: Given, denominator: str) -> pl.DataFrame:
    """Each state's trade with a partner over its whole trade: `ccode1, ccode2, year, trade_share` and the reason."""
    rows = with_size(given, trade_flows(given), denominator)
    return rows.with_columns(_ratio(rows, "size").alias("trade_share"), trade_reason=_reason("size", "unknown_total"))


def _trade_share(given: Given, *, denominator: str) -> pl.DataFrame:
    return trade_shares(given, denominator)


def dependence_on_output(given: Given, gdp: str) -> pl.DataFrame:
    """Trade with a partner over the first state's GDP: `ccode1, ccode2, year, trade_gdp` and the reason."""
    sizes = output(given, gdp)
    rows = trade_flows(given).filter(pl.col("year") >= GDP_COVERAGE.first)
    rows = rows.join(sizes, left_on=["ccode1", "year"], right_on=["ccode", "year"], how="left", maintain_order="left")
    return rows.with_columns(_ratio(rows, "gdp").alias("trade_gdp"), trade_gdp_reason=_reason("gdp", "unknown_gdp"))


def _trade_dependence(given: Given, *, gdp: str) -> pl.DataFrame:
    return dependence_on_output(given, gdp)


def _both_sides(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """One row a pair, the lower code first: `one` and `other`, the value from each side."""
    low = rows.filter(pl.col("ccode1") < pl.col("ccode2")).select("ccode1", "ccode2", "year", one=value)
    high = rows.filter(pl.col("ccode1") > pl.col("ccode2")).select(
        ccode1="ccode2", ccode2="ccode1", year="year", other=value
    )
    return low.join(high, on=["ccode1", "ccode2", "year"], maintain_order="left")


def _one_missing(why: str) -> pl.Expr:
    return pl.when(pl.col("one").is_null() | pl.col("other").is_null()).then(pl.lit(why))


def _weak_link(given: Given, *, gdp: str) -> pl.DataFrame:
    rows = _both_sides(dependence_on_output(given, gdp), "trade_gdp")
    low, high = weak_link(_array(rows, "one"), _array(rows, "other"))
    return rows.with_columns(
        pl.Series("weak_link", low, nan_to_null=True), pl.Series("strong_link", high, nan_to_null=True),
        link_reason=_one_missing("unknown_of_one_side"),
    )  # fmt: skip


def _barbieri(given: Given, *, denominator: str) -> pl.DataFrame:
    rows = _both_sides(trade_shares(given, denominator), "trade_share")
    found = interdependence(_array(rows, "one"), _array(rows, "other"))
    return rows.with_columns(
        pl.Series("trade_salience", found.salience, nan_to_null=True),
        pl.Series("trade_symmetry", found.symmetry, nan_to_null=True),
        pl.Series("trade_interdependence", found.interdependence, nan_to_null=True),
        interdependence_reason=_one_missing("unknown_of_one_side"),
    )


def _partner_concentration(given: Given, *, flow: str) -> pl.DataFrame:
    """Concentration of a state's partners, over those with a known flow, zero included.

    Of the total, what is known of a partner's two flows counts; `n_unknown_partners` says of how many one is not known.
    """
    parts = ["imports", "exports"] if flow == "total" else [flow]
    sum_of_known = pl.when(pl.any_horizontal(pl.col(parts).is_not_null())).then(pl.sum_horizontal(parts))
    is_partial = pl.any_horizontal(pl.col(parts).is_null()).alias("is_partial")
    rows = trade_flows(given).select(is_partial, ccode="ccode1", year="year", value=sum_of_known)
    known = pl.col("value").is_not_null()
    share = pl.col("value") / pl.col("value").sum()
    sums = rows.group_by("ccode", "year", maintain_order=True).agg(
        known.sum().alias("n_partners"), pl.col("is_partial").sum().alias("n_unknown_partners"),
        pl.col("value").sum().alias("sum"), (share**2).sum().alias("hhi"),
    )  # fmt: skip
    n, hhi = pl.col("n_partners").cast(pl.Float64), pl.col("partner_hhi")
    has_trade = pl.col("sum") > 0
    sums = sums.with_columns(partner_hhi=pl.when(has_trade).then(pl.col("hhi")))
    return sums.with_columns(
        partner_hhi_normalised=pl.when(n > 1).then((hhi - 1 / n) / (1 - 1 / n)), hirschman_1945=100 * hhi.sqrt(),
        effective_partners=1 / hhi,
        concentration_reason=pl.when(pl.col("n_partners") == 0).then(pl.lit("unknown_flow"))
        .when(~has_trade).then(pl.lit("no_trade")),
    )  # fmt: skip


def _outside_option(given: Given, *, denominator: str) -> pl.DataFrame:
    """The best other partner of the first state beside the second, and how far the second is ahead of it."""
    rows = trade_shares(given, denominator)
    known = rows.filter(pl.col("trade_share").is_not_null())
    order = known.sort(["ccode1", "year", "trade_share", "ccode2"], descending=[False, False, True, False])
    two = order.group_by("ccode1", "year", maintain_order=True).agg(
        pl.col("ccode2").first().alias("_first"), pl.col("ccode2").get(1, null_on_oob=True).alias("_second"),
        pl.col("trade_share").first().alias("_best"), pl.col("trade_share").get(1, null_on_oob=True).alias("_next"),
    )  # fmt: skip
    rows = rows.join(two, on=["ccode1", "year"], how="left", maintain_order="left")
    is_first = pl.col("ccode2") == pl.col("_first")
    best = pl.when(is_first).then(pl.col("_next")).otherwise(pl.col("_best"))
    return rows.with_columns(
        best_outside_share=best,
        best_outside_partner=pl.when(is_first).then(pl.col("_second")).otherwise(pl.col("_first")),
        hub_advantage=pl.col("trade_share") - best,
        outside_reason=pl.when(best.is_null()).then(pl.lit("no_other_partner")).otherwise(pl.col("trade_reason")),
    )


def _of_denominator(denominator: str) -> tuple[Coverage, tuple[str, ...]]:
    return COVERAGE, (FLOWS, TOTALS) if denominator == "state_total" else (FLOWS,)


TRADE_SHARE = Table(
    "measure.trade_share", "directed-dyad-year", "cow", ("trade_share", "trade_reason"), COVERAGE, _trade_share,
    (FLOWS, TOTALS), options={"denominator": DENOMINATORS}, variant=_of_denominator,
)  # fmt: skip
TRADE_DEPENDENCE = Table(
    "measure.trade_dependence", "directed-dyad-year", "cow", ("trade_gdp", "trade_gdp_reason"), GDP_COVERAGE,
    _trade_dependence, (FLOWS, GDP), options={"gdp": GDPS},
)  # fmt: skip
TRADE_LINK = Table(
    "measure.trade_link", "dyad-year", "cow", ("weak_link", "strong_link", "link_reason"), GDP_COVERAGE, _weak_link,
    (FLOWS, GDP), options={"gdp": GDPS},
)  # fmt: skip
INTERDEPENDENCE = Table(
    "measure.interdependence", "dyad-year", "cow",
    ("trade_salience", "trade_symmetry", "trade_interdependence", "interdependence_reason"), COVERAGE, _barbieri,
    (FLOWS, TOTALS), options={"denominator": DENOMINATORS}, variant=_of_denominator,
)  # fmt: skip
PARTNER_CONCENTRATION = Table(
    "measure.partner_concentration", "state-year", "cow",
    ("partner_hhi", "partner_hhi_normalised", "hirschman_1945", "effective_partners", "n_partners",
     "n_unknown_partners", "concentration_reason"),
    COVERAGE, _partner_concentration, (FLOWS,), options={"flow": _KINDS},
)  # fmt: skip
OUTSIDE_OPTION = Table(
    "measure.outside_option", "directed-dyad-year", "cow",
    ("trade_share", "best_outside_share", "best_outside_partner", "hub_advantage", "outside_reason"), COVERAGE,
    _outside_option, (FLOWS, TOTALS), options={"denominator": DENOMINATORS}, variant=_of_denominator,
)  # fmt: skip
