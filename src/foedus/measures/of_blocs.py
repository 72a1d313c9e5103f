"""Structural balance of allies and rivals, and modularity over several years, as tables: one row a year."""

from __future__ import annotations

from collections import deque

import numpy as np
import polars as pl

from foedus.core.errors import InputError
from foedus.measures.arrays import FloatArray
from foedus.measures.balance import frustration_index, signed_ties, structural_balance
from foedus.measures.communities import communities, multislice_modularity
from foedus.measures.of_dyads import PORTFOLIOS, portfolio_years, rows_of
from foedus.measures.of_states import covered, undirected
from foedus.measures.portfolios import Year
from foedus.tables.catalogue import find_table
from foedus.tables.model import Coverage, Given, Table

BALANCE_COLUMNS = (
    "n_positive", "n_negative", "n_both_signs", "n_triangles", "balanced_share", "frustration", "frustration_is_exact",
    "balance_reason",
)  # fmt: skip
MULTISLICE_COLUMNS = (
    "multislice_modularity", "multislice_two_mu", "n_slices", "n_blocs", "bloc_stability", "multislice_reason",
)  # fmt: skip
_DISPUTES = {"gml": "gmlmidongoing", "cow": "cowmidongoing"}


def _disputes(given: Given, source: str) -> dict[int, pl.DataFrame]:
    rows = rows_of(given, f"{source}.mids", "directed-dyad-year").filter(pl.col(_DISPUTES[source]) == 1)
    pairs = rows.select("ccode1", "ccode2", "year").unique()
    return {int(year): own for (year,), own in pairs.group_by("year")}


def _hostile(codes: np.ndarray, pairs: pl.DataFrame | None) -> FloatArray:
    table = np.zeros((len(codes), len(codes)))
    if pairs is not None:
        one, other = (pl.Series(codes).cast(pl.Int64).search_sorted(pairs[name].cast(pl.Int64)).to_numpy()
                      for name in ("ccode1", "ccode2"))  # fmt: skip
        one, other = (np.minimum(places, len(codes) - 1) for places in (one, other))
        inside = (codes[one] == pairs["ccode1"].to_numpy()) & (codes[other] == pairs["ccode2"].to_numpy())
        table[one[inside], other[inside]] = table[other[inside], one[inside]] = 1
    return table


def _balance_years(given: Given, *, portfolio: str, obligation: str, disputes: str) -> pl.DataFrame:
    """One row a year: triangles of allies and rivals, how many are balanced, and the ties against any two camps."""
    fights, (coverage, _) = _disputes(given, disputes), covered_balance(portfolio, obligation, disputes)
    rows = []
    for year in portfolio_years(given, portfolio):
        if year.year > coverage.last or len(year.codes) < 3:
            continue
        signs, both = signed_ties(undirected(year.ties, obligation), _hostile(year.codes, fights.get(year.year)))
        found, (frustration, is_exact) = structural_balance(signs), frustration_index(signs)
        rows.append({
            "year": year.year, "n_positive": int((signs > 0).sum() // 2), "n_negative": int((signs < 0).sum() // 2),
            "n_both_signs": both, "n_triangles": found.triangles,
            "balanced_share": found.share if found.triangles else None, "frustration": frustration,
            "frustration_is_exact": int(is_exact), "balance_reason": None if found.triangles else "no_triangle",
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def covered_balance(portfolio: str, obligation: str, disputes: str) -> tuple[Coverage, tuple[str, ...]]:
    """Years of which both the alliances and the disputes speak, and the datasets of both."""
    ties, datasets = PORTFOLIOS[portfolio]
    table = find_table(f"{disputes}.mids", ("directed-dyad-year",), "cow")
    assert table is not None
    return Coverage(ties.first, min(ties.last, table.coverage.last)), (*datasets, *table.datasets)


def _multislice_years(given: Given, *, portfolio: str, obligation: str, window: str | int) -> pl.DataFrame:
    """One row a year: modularity over the years of a trailing window at once, neighbouring years coupled by 1.

    The partition is that of the window's mean ties by the Leiden algorithm, the same in all its years: a lower bound of
    the best one.
    """
    if not str(window).isdigit() or not 2 <= int(window) <= 50:
        raise InputError(f"window: {window!r} is no number of years from 2 to 50.")
    held: deque[Year] = deque(maxlen=int(window))
    rows: list[dict[str, object]] = []
    for year in portfolio_years(given, portfolio):
        held.append(year)
        row: dict[str, object] = {"year": year.year, "n_slices": len(held)}
        slices = _stacked(held, obligation)
        if len(held) < int(window):
            row["multislice_reason"] = "window_incomplete"
        elif not slices.any():
            row["multislice_reason"] = "no_tie"
        else:
            mean = slices.mean(axis=0)
            found = communities(mean)
            value = multislice_modularity(slices, np.tile(found.groups, (len(held), 1)))
            row |= {
                "multislice_modularity": value.modularity, "multislice_two_mu": value.two_mu,
                "n_blocs": len(np.unique(found.groups[mean.sum(axis=1) > 0])), "bloc_stability": found.stability,
            }  # fmt: skip
        rows.append({name: row.get(name) for name in ("year", *MULTISLICE_COLUMNS)})
    return pl.DataFrame(rows, infer_schema_length=None)


def _stacked(held: deque[Year], obligation: str) -> FloatArray:
    """Ties of all years over the states of any of them: (n_years, n_states, n_states)."""
    codes = np.unique(np.concatenate([year.codes for year in held]))
    slices = np.zeros((len(held), len(codes), len(codes)))
    for table, year in zip(slices, held, strict=True):
        place = np.searchsorted(codes, year.codes)
        table[np.ix_(place, place)] = undirected(year.ties, obligation)
    return slices


def _of_window(portfolio: str, obligation: str, window: object) -> tuple[Coverage, tuple[str, ...]]:
    return covered(portfolio, obligation)


BALANCE = Table(
    "measure.balance", "system-year", None, BALANCE_COLUMNS, Coverage(1816, 2010), _balance_years,
    (*PORTFOLIOS["atop"][1], "gml.dyads-2.2.1"),
    options={"portfolio": tuple(PORTFOLIOS), "obligation": ("defense", "any"), "disputes": tuple(_DISPUTES)},
    variant=covered_balance,
)  # fmt: skip
MULTISLICE = Table(
    "measure.multislice", "system-year", None, MULTISLICE_COLUMNS, PORTFOLIOS["atop"][0], _multislice_years,
    PORTFOLIOS["atop"][1],
    options={"portfolio": tuple(PORTFOLIOS), "obligation": ("defense", "any"), "window": (10,)}, variant=_of_window,
)  # fmt: skip
