"""Similarity of alliances of pairs of states as tables, and the portfolios that networks are made of too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import numpy as np
import polars as pl

from foedus.measures.arrays import MeasureError
from foedus.measures.portfolios import IntArray, Year, pledge_values, years
from foedus.measures.variants import VARIANTS, scores
from foedus.tables.catalogue import find_table
from foedus.tables.model import OPEN_END, Coverage, Given, Table
from foedus.tables.systems import by_year, membership

PORTFOLIOS: Mapping[str, tuple[Coverage, tuple[str, ...]]] = {
    "atop": (Coverage(1816, 2018), ("atop.directed-dyad-years-5.1",)),
    "cow": (Coverage(1816, 2012), ("cow.alliances-4.1",)),
    "record": (Coverage(1816, OPEN_END), ()),
}
CAPABILITIES = "cow.nmc-7.0"
_COW_END = date(2012, 12, 31)
_WEIGHTS = ("none", "cinc")
_PLEDGES = ("defense", "offense", "neutrality", "nonaggression", "consult")
_OF_ATOP = dict(zip(_PLEDGES, ("defense", "offense", "neutral", "nonagg", "consul"), strict=True))


def _states(given: Given, coverage: Coverage) -> pl.DataFrame:
    """Members of the COW system by year: `code, year`."""
    rows = by_year(membership(given, "cow")).select("code", "year").unique()
    return rows.filter(pl.col("year").is_between(coverage.first, coverage.last)).sort("year", "code")


def members_by_year(given: Given, coverage: Coverage) -> Iterator[tuple[int, IntArray]]:
    """Each year with the codes of the members of the COW system in it."""
    for (year,), own in _states(given, coverage).group_by("year", maintain_order=True):
        yield int(year), own["code"].to_numpy().astype(np.int64)


def rows_of(given: Given, key: str, unit: str) -> pl.DataFrame:
    """The rows of a table of the catalogue in COW codes, under its default options."""
    table = find_table(key, (unit,), "cow")
    assert table is not None
    return table.load(given, **table.settings({}))


def _ties(given: Given, portfolio: str) -> tuple[pl.DataFrame, bool]:
    """Ties of a portfolio: `ccode1, ccode2, year` and a column a pledge; and whether a row ties both ways."""
    if portfolio == "cow":
        frame = given.read("cow.alliances-4.1").with_columns(pl.col("end_date").fill_null(_COW_END))
        return by_year(frame.rename({"entente": "consult"}), "start_date", "end_date"), True
    table = find_table("atop.pledges" if portfolio == "atop" else "record.alliances", ("directed-dyad-year",), "cow")
    if table is None:
        raise MeasureError(f"portfolio: {portfolio!r} is none. Use one of {', '.join(PORTFOLIOS)}.")
    frame = table.load(given)
    names = _OF_ATOP if portfolio == "atop" else {kind: kind for kind in _PLEDGES}
    return frame.rename({f"{portfolio}_{name}": kind for kind, name in names.items()}, strict=False), False


def portfolio_years(given: Given, portfolio: str) -> list[Year]:
    """Every year of a portfolio's coverage with the ties of all states, on the scale of its source."""
    coverage, _ = PORTFOLIOS[portfolio]
    states = _states(given, coverage)
    ties, is_symmetric = _ties(given, portfolio)
    if ties.is_empty():
        raise MeasureError(f"portfolio: {portfolio} has no tie at all: the file is empty. Give it as published.")
    kinds = [name for name in _PLEDGES if name in ties.columns]
    value = pledge_values(
        {name: ties[name].to_numpy() for name in kinds}, scale="cow" if portfolio == "cow" else "atop"
    )
    rows = (ties["ccode1"].to_numpy(), ties["ccode2"].to_numpy(), ties["year"].to_numpy(), value)
    wanted = range(coverage.first, min(coverage.last, given.until.year) + 1)
    return list(years((states["code"].to_numpy(), states["year"].to_numpy()), rows, wanted, symmetric=is_symmetric))


def _similarity(name: str) -> Callable[..., pl.DataFrame]:
    def load(given: Given, *, portfolio: str, weights: str = "none") -> pl.DataFrame:
        variants = dict(VARIANTS[name])
        shares = None
        if name == "s":
            variants |= VARIANTS["s_weighted"] if weights == "cinc" else {}
            shares = _cinc(given) if weights == "cinc" else None
        columns = scores(portfolio_years(given, portfolio), variants, weights=shares)
        frame = pl.DataFrame(columns, nan_to_null=True)
        is_missing = pl.any_horizontal(pl.col(column).is_null() for column in variants)
        reason = pl.when(is_missing).then(pl.lit("no_weights" if name == "s" else "no_variation"))
        frame = frame.with_columns(reason.alias(f"{name}_reason"))
        absent = [pl.lit(None, pl.Float64).alias(c) for c in _columns(name) if c not in frame.columns]
        return frame.with_columns(absent)

    return load


def _columns(name: str) -> tuple[str, ...]:
    weighted = (*VARIANTS["s_weighted"], "weight_coverage") if name == "s" else ()
    return (*VARIANTS[name], *weighted, f"{name}_reason")


def _cinc(given: Given) -> dict[int, dict[int, float]]:
    rows = given.read(CAPABILITIES).select("ccode", "year", "cinc").drop_nulls()
    found: dict[int, dict[int, float]] = {}
    for code, year, share in rows.iter_rows():
        found.setdefault(year, {})[code] = share
    return found


def _of_portfolio(portfolio: str, weights: str = "none") -> tuple[Coverage, tuple[str, ...]]:
    coverage, datasets = PORTFOLIOS[portfolio]
    return coverage, (*datasets, CAPABILITIES) if weights == "cinc" else datasets


def similarity_table(name: str) -> Table:
    """The table of one similarity measure over alliance portfolios."""
    coverage, datasets = PORTFOLIOS["atop"]
    return Table(
        f"measure.{name}", "dyad-year", "cow", _columns(name), coverage, _similarity(name), datasets,
        options={"portfolio": tuple(PORTFOLIOS)} | ({"weights": _WEIGHTS} if name == "s" else {}),
        variant=_of_portfolio,
    )  # fmt: skip
