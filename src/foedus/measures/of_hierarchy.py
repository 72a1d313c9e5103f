"""Lake's security and economic hierarchy under any patron as tables; reconstructions but for the published rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from foedus.core.errors import InputError
from foedus.measures.arrays import FloatArray, MeasureError
from foedus.measures.hierarchy import (
    MONETARY_MAX,
    PUBLISHED_NORMALISER,
    REFERENCE_YEAR,
    alliance_component,
    economic_hierarchy,
    independent_alliances,
    military_component,
    military_normaliser,
    security_hierarchy,
    trade_component,
)
from foedus.measures.naming import codes_of, state_id
from foedus.measures.of_dyads import CAPABILITIES, PORTFOLIOS, portfolio_years, rows_of
from foedus.measures.of_states import undirected
from foedus.measures.of_trade import FLOWS, GDP, dependence_on_output
from foedus.tables.model import Coverage, Given, Table
from foedus.tables.systems import codes_by_year

USA = 2
TROOPS, DEPLOYMENTS, LAKE = "troops.country-years-2026", "iiss.deployments-2026", "lake.hierarchy-2009"
PERMANENT = (2, 200, 220, 365, 710)
_CHINA, _TAIWAN, _SEAT_CHANGED = 710, 713, 1971  # the seat of China passed on 25 October 1971
_LAST_POPULATION = 2022
SECURITY_COLUMNS = (
    "troops_per_thousand", "troops_normaliser", "troops_index", "is_allied", "independent_alliances", "allies_index",
    "allies_index_unconditional", "security_hierarchy", "security_hierarchy_unconditional", "security_reason",
)  # fmt: skip
_MEASURED = SECURITY_COLUMNS[:1] + SECURITY_COLUMNS[2:-1]  # what the patron's own row has nothing of
ECONOMIC_COLUMNS = (
    "regime_index", "relative_trade", "trade_normaliser", "trade_index", "economic_hierarchy", "economic_reason",
)  # fmt: skip


def troops_of(given: Given, patron: str) -> pl.DataFrame:
    """Troops of a patron by host: `ccode, year, troops`, persons.

    The series of the United States for the United States; for others the deployments of the IISS, or a frame with its
    columns `Country, Theatre, Year, Deployed` in its place.

    Raises
    ------
    MeasureError
        If there is no row of the patron.
    """
    codes = codes_of(patron, "patron")
    if codes == {USA}:
        rows = rows_of(given, "us.troops", "directed-dyad-year")
        return rows.select(ccode="ccode2", year="year", troops=pl.col("us_troops").cast(pl.Float64))
    rows = given.read(DEPLOYMENTS)
    by_state = {name: state_id(name) for name in {*rows["Country"].to_list(), *rows["Theatre"].to_list()} if name}
    rows = rows.with_columns(
        sender=pl.col("Country").replace_strict(by_state, default=None, return_dtype=pl.String),
        state=pl.col("Theatre").replace_strict(by_state, default=None, return_dtype=pl.String),
    )
    named = codes_by_year("cow", given.until).cast({"year": rows.schema["Year"]}).rename({"year": "Year"})
    rows = rows.join(named.rename({"state": "sender", "code": "sent_by"}), on=["sender", "Year"])
    rows = rows.filter(pl.col("sent_by").is_in(list(codes))).join(named, on=["state", "Year"])
    if rows.is_empty():
        raise MeasureError(f"patron: there is no row of {patron} in {DEPLOYMENTS}. Give its troops by host and year.")
    return rows.group_by(ccode="code", year="Year").agg(troops=pl.col("Deployed").sum().cast(pl.Float64))


def _people(given: Given) -> pl.DataFrame:
    return given.read(CAPABILITIES).select("ccode", "year", people=pl.when(pl.col("tpop") >= 0).then("tpop"))


def _lookup(rows: pl.DataFrame, value: str) -> dict[tuple[int, int], float]:
    return {(code, year): held for code, year, held in rows.select("ccode", "year", value).drop_nulls().iter_rows()}


def _at(known: dict[tuple[int, int], float], codes: np.ndarray, year: int) -> FloatArray:
    return np.array([known.get((int(code), year), np.nan) for code in codes], dtype=np.float64)


def normaliser_of(
    troops: pl.DataFrame, people: pl.DataFrame, *, rule: str, patron: str, reference_year: int, min_population: float
) -> float:
    """Troops per thousand people that count as 1: Panama's of 1995 as published, or the largest of the reference year.

    Raises
    ------
    MeasureError
        If the published divisor is asked of another patron than the United States, or the year has no data.
    """
    is_published = rule == "published"
    if is_published and (codes_of(patron, "patron") != {USA} or reference_year != REFERENCE_YEAR):
        raise MeasureError(
            f"normaliser: the published one is Panama in {REFERENCE_YEAR} under the United States. Use normaliser=max "
            f"for {patron} in {reference_year}, and a reference_year that its series covers."
        )
    year = pl.col("year") == reference_year
    both = troops.filter(year).join(people.filter(year), on=["ccode", "year"]).sort("ccode")
    if both.is_empty():
        first, last = (int(troops["year"].sort()[end]) for end in (0, -1))
        raise MeasureError(
            f"reference_year: there are no troops of {patron} in {reference_year}. Its series has {first} to {last}: "
            f"use one of these as reference_year."
        )
    position = both["ccode"].to_list().index(PUBLISHED_NORMALISER) if is_published else None
    return military_normaliser(
        both["troops"].to_numpy(), both["people"].to_numpy(), min_population=min_population, position=position
    )


def _security(
    given: Given, *, patron: str, portfolio: str, obligation: str, normaliser: str, min_population: str | int,
    reference_year: str | int, partial: bool,
) -> pl.DataFrame:  # fmt: skip
    """One row a state and year: the two components under both conditions, their means, and the divisor used."""
    troops, people = troops_of(given, patron), _people(given)
    largest = normaliser_of(
        troops, people, rule=normaliser, patron=patron, reference_year=whole(reference_year, "reference_year"),
        min_population=whole(min_population, "min_population"),
    )  # fmt: skip
    sent, living = _lookup(troops, "troops"), _lookup(people, "people")
    first, codes = int(troops["year"].min()), codes_of(patron, "patron")  # type: ignore[arg-type]
    parts = []
    for year in portfolio_years(given, portfolio):
        here = np.flatnonzero(np.isin(year.codes, list(codes)))
        if year.year < first or len(here) == 0:
            continue
        position, ties = int(here[0]), undirected(year.ties, obligation)
        men, heads = _at(sent, year.codes, year.year), _at(living, year.codes, year.year)
        index = military_component(men, heads, largest)
        strict = alliance_component(ties, position)
        loose = alliance_component(ties, position, alliance_condition="none")
        found = security_hierarchy(index, strict, partial=partial)
        others = np.arange(len(year.codes)) != position
        reason = np.where(np.isnan(men), "no_troop_data", np.where(np.isnan(heads), "no_population", ""))
        reason = np.where(others, reason, "is_patron")
        columns = {
            "ccode": year.codes, "year": np.full(len(others), year.year), "troops_per_thousand": index * largest,
            "troops_normaliser": np.full(len(others), largest), "troops_index": index,
            "is_allied": ties[position].astype(np.int8), "independent_alliances": independent_alliances(ties, position),
            "allies_index": strict, "allies_index_unconditional": loose, "security_hierarchy": found.value,
            "security_hierarchy_unconditional": security_hierarchy(index, loose, partial=partial).value,
            "security_reason": reason,
        }  # fmt: skip
        own = {name: np.where(others, column, np.nan) for name, column in columns.items() if name in _MEASURED}
        parts.append(pl.DataFrame(columns | own, nan_to_null=True))
    if not parts:
        raise MeasureError(
            f"patron: {patron} has troops in no year of the portfolio {portfolio}. Use another portfolio."
        )
    return pl.concat(parts).with_columns(pl.col("security_reason").replace("", None))


def whole(value: str | float, what: str) -> int:
    """A number that an option gives.

    Raises
    ------
    InputError
        If it is none, or negative.
    """
    if not str(value).isdigit():
        raise InputError(f"{what}: {value!r} is no whole number of at least 0.")
    return int(value)


def _security_coverage(*, portfolio: str, patron: str, **_: object) -> tuple[Coverage, tuple[str, ...]]:
    ties, datasets = PORTFOLIOS[portfolio]
    is_us = codes_of(patron, "patron") == {USA}
    span = Coverage(1950 if is_us else 2014, min(ties.last, _LAST_POPULATION))
    return span, (*datasets, TROOPS if is_us else DEPLOYMENTS, CAPABILITIES)


def regimes_toward(given: Given, patron: str) -> pl.DataFrame:
    """Exchange-rate regimes toward a patron's currency, 0 to 1: `ccode, year, regime_index`; the published US series.

    Raises
    ------
    MeasureError
        For another patron: no series is at hand.
    """
    if codes_of(patron, "patron") != {USA}:
        raise MeasureError(
            f"patron: no series says which currencies are pegged to that of {patron}. The one at hand is of the United "
            "States; give your own regimes to foedus.measures.hierarchy.economic_hierarchy."
        )
    rows = given.read(LAKE).select("ccode", "year", regime_index="us_indexexchangerate1995")
    return rows.drop_nulls().unique(["ccode", "year"], keep="first", maintain_order=True)


def _economic(given: Given, *, patron: str, normaliser: str, negative: str, reference_year: str | int) -> pl.DataFrame:
    """One row a state and year: regime, trade with the patron less that with the other permanent members, over GDP."""
    regimes, codes = regimes_toward(given, patron), codes_of(patron, "patron")
    rows = relative_trade(dependence_on_output(given, "worldbank"), min(codes))
    rows = rows.join(regimes, on=["ccode", "year"], how="full", coalesce=True).filter(~pl.col("ccode").is_in(codes))
    rows = rows.filter(pl.col("year").is_between(1960, 2000)).sort("year", "ccode")
    own, year = rows["relative_trade"], whole(reference_year, "reference_year")
    largest = rows.filter(pl.col("year") == year)["relative_trade"].max()
    if largest is None or float(largest) <= 0:  # type: ignore[arg-type]
        raise MeasureError(f"reference_year: no trade in {year}. Use one from 1960 to 2000.")
    none = np.nan
    trade = trade_component(
        own.cast(pl.Float64).fill_null(none).to_numpy(), np.zeros(rows.height), float(largest),  # type: ignore[arg-type]
        negative=negative,  # type: ignore[arg-type]
    )  # fmt: skip
    regime = rows["regime_index"].cast(pl.Float64).fill_null(none).to_numpy()
    mean = (regime + trade) / 2
    top = 2 / 3 if normaliser == "published" else float(np.nanmax(mean[(rows["year"] == year).to_numpy()]))
    value = economic_hierarchy(regime * MONETARY_MAX, trade, largest_mean=top).value
    why = pl.when(own.is_null()).then(pl.lit("unknown_trade_or_gdp"))
    return rows.with_columns(
        pl.Series("trade_index", trade, nan_to_null=True), pl.Series("economic_hierarchy", value, nan_to_null=True),
        trade_normaliser=pl.lit(float(largest)),  # type: ignore[arg-type]
        economic_reason=why.when(pl.col("regime_index").is_null()).then(pl.lit("unknown_regime")),
    )  # fmt: skip


def relative_trade(shares: pl.DataFrame, patron: int) -> pl.DataFrame:
    """Trade with the patron less the sum with the other permanent members, over GDP: `ccode, year, relative_trade`.

    Null where trade with the patron is not known; a permanent member whose trade is not known counts nothing.
    """
    seat = pl.when(pl.col("year") <= _SEAT_CHANGED).then(pl.lit(_TAIWAN)).otherwise(pl.lit(_CHINA))
    is_member = pl.col("ccode2").is_in([c for c in PERMANENT if c != _CHINA]) | (pl.col("ccode2") == seat)
    rows = shares.filter(is_member | (pl.col("ccode2") == patron))
    own = pl.col("trade_gdp").filter(pl.col("ccode2") == patron).first()
    others = pl.col("trade_gdp").filter(pl.col("ccode2") != patron).sum()
    return rows.group_by(ccode="ccode1", year="year").agg(relative_trade=own - others)


def under_patron(table: Table) -> Table:
    """The form of a table of states for directed dyads: the first state under the second, the patron."""

    def load(given: Given, **options: object) -> pl.DataFrame:
        codes = codes_of(str(options["patron"]), "patron")
        frame = table.load(given, **options)
        if len(codes) == 1:
            return frame.rename({"ccode": "ccode1"}).with_columns(ccode2=pl.lit(min(codes)))
        years = codes_by_year("cow", given.until).filter(pl.col("code").is_in(list(codes)))
        own = years.unique("year", keep="last", maintain_order=True).select("year", ccode2="code")
        return frame.rename({"ccode": "ccode1"}).join(own.cast({"year": frame.schema["year"]}), on="year")

    return replace(table, unit="directed-dyad-year", load=load)


SECURITY_HIERARCHY = Table(
    "measure.security_hierarchy", "state-year", "cow", SECURITY_COLUMNS, Coverage(1950, 2018), _security,
    (*PORTFOLIOS["atop"][1], TROOPS, CAPABILITIES),
    options={
        "patron": ("USA",), "portfolio": tuple(PORTFOLIOS), "obligation": ("any", "defense"),
        "normaliser": ("published", "max"), "min_population": (0,), "reference_year": (REFERENCE_YEAR,),
        "partial": (False, True),
    },
    variant=_security_coverage,
)  # fmt: skip
ECONOMIC_HIERARCHY = Table(
    "measure.economic_hierarchy", "state-year", "cow", ECONOMIC_COLUMNS, Coverage(1960, 2000), _economic,
    (FLOWS, GDP, LAKE),
    options={
        "patron": ("USA",), "normaliser": ("published", "max"), "negative": ("zero", "keep"),
        "reference_year": (REFERENCE_YEAR,),
    },
)  # fmt: skip
