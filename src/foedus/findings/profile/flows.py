"""Amounts from state to state by year, as matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from foedus.measures.arrays import FloatArray

if TYPE_CHECKING:
    import polars as pl

Flow = Literal["both", "imports", "exports"]


class Flows:
    """Trade by year: what each state takes from each other; a pair without any figure stays unknown.

    Parameters
    ----------
    frame
        `ccode1`, `ccode2`, `year`, `flow1` (what the first takes from the second), `flow2` (the other way round).
    name
        What the amounts are of.
    """

    def __init__(self, frame: pl.DataFrame, name: str = "trade") -> None:
        self.name = name
        rows = frame.select("year", "ccode1", "ccode2", "flow1", "flow2").drop_nulls(["year", "ccode1", "ccode2"])
        rows = rows.sort("year", maintain_order=True)
        years = rows["year"].to_numpy()
        self._columns = [rows[name].to_numpy() for name in ("ccode1", "ccode2")]
        self._amounts = [rows[name].cast(float).fill_null(np.nan).to_numpy() for name in ("flow1", "flow2")]
        found, starts = np.unique(years, return_index=True)
        ends = [*starts[1:], len(years)]
        self._spans = {int(y): (int(a), int(b)) for y, a, b in zip(found, starts, ends, strict=True)}
        self._of_year: dict[int, tuple[dict[int, int], dict[Flow, FloatArray]]] = {}

    def __contains__(self, year: int) -> bool:
        return year in self._spans

    def place(self, year: int, code: int | None) -> int | None:
        """The row of a state in the matrices of a year."""
        return self._year(year)[0].get(code) if code is not None else None

    def codes(self, year: int) -> tuple[int, ...]:
        """The states of a year, in the order of the rows of its matrices."""
        return tuple(self._year(year)[0])

    def amounts(self, year: int, flow: Flow) -> FloatArray:
        """The matrix of a year: rows the states, columns their partners, NaN where unknown."""
        return self._year(year)[1][flow]

    def _year(self, year: int) -> tuple[dict[int, int], dict[Flow, FloatArray]]:
        if year not in self._of_year:
            part = slice(*self._spans[year])
            one, two = (column[part] for column in self._columns)
            codes, places = np.unique(np.concatenate([one, two]), return_inverse=True)
            first, second = places[: len(one)], places[len(one) :]
            imports = np.full((len(codes), len(codes)), np.nan)
            for taker, giver, amount in ((first, second, self._amounts[0]), (second, first, self._amounts[1])):
                known = amount[part] >= 0  # a negative amount marks a missing one
                imports[taker[known], giver[known]] = amount[part][known]
            # a pair of which one direction is unknown counts with the other, as the smallest that it can be
            both = np.nansum([imports, imports.T], axis=0)
            both[np.isnan(imports) & np.isnan(imports.T)] = np.nan
            matrices: dict[Flow, FloatArray] = {"both": both, "imports": imports, "exports": imports.T}
            self._of_year[year] = ({int(code): i for i, code in enumerate(codes)}, matrices)
        return self._of_year[year]
