"""Portfolios of all states of a year, from rows of ties; the scales by which pledges are ordered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.measures.arrays import FloatArray, MeasureError

IntArray = NDArray[np.int64]
Scale = Literal["atop", "cow"]
# The highest pledge in force counts. The scales order consultation and non-aggression differently: never pool them.
SCALES: Mapping[Scale, tuple[tuple[int, tuple[str, ...]], ...]] = {
    "atop": ((3, ("defense", "offense")), (2, ("neutrality", "consult")), (1, ("nonaggression",))),
    "cow": ((3, ("defense",)), (2, ("neutrality", "nonaggression")), (1, ("consult",))),
}


@dataclass(frozen=True)
class Year:
    """The states of a year in order of their codes, and their ties: ``ties[i, k]`` is what i pledged to k."""

    year: int
    codes: IntArray
    ties: FloatArray


def pledge_values(pledges: Mapping[str, ArrayLike], *, scale: Scale) -> IntArray:
    """The value of each row of pledges on a scale.

    Parameters
    ----------
    pledges
        Columns of 0 and 1 by kind: `defense, offense, neutrality, nonaggression, consult`. One may be missing (NaN)
        where another of the row is at least as high.
    scale
        `atop` or `cow`; it follows the source, so it must be named.

    Raises
    ------
    MeasureError
        If the scale is unknown, no column is given, a value is neither 0 nor 1, or a missing one would decide.
    """
    if scale not in SCALES:
        raise MeasureError(f"scale: {scale!r} is none. Use {' or '.join(SCALES)}.")
    columns = {name: np.asarray(column, dtype=np.float64) for name, column in pledges.items()}
    if not columns:
        raise MeasureError("pledges: no column. Give at least one kind of pledge.")
    value = np.zeros(len(next(iter(columns.values()))), dtype=np.int64)
    levels = [(level, kind) for level, kinds in SCALES[scale] for kind in kinds if kind in columns]
    for level, kind in levels:
        odd = np.flatnonzero((columns[kind] != 0) & (columns[kind] != 1) & ~np.isnan(columns[kind]))
        if len(odd):
            raise MeasureError(
                f"{kind}[{odd[0]}]: {columns[kind][odd[0]]:g} is neither 0 nor 1. Read codes as missing."
            )
        value = np.maximum(value, np.where(columns[kind] == 1, level, 0))
    for level, kind in levels:
        undecided = np.flatnonzero(np.isnan(columns[kind]) & (value < level))
        if len(undecided):
            remedy = "Decide what absence means (0 inside the source's coverage, or leave the row out)."
            raise MeasureError(f"{kind}[{undecided[0]}]: missing, and the tie hangs on it. {remedy}")
    return value


def years(
    states: tuple[ArrayLike, ArrayLike], ties: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
    wanted: Sequence[int], *, symmetric: bool = False,
) -> Iterator[Year]:  # fmt: skip
    """The tables of ties of some years; a pair without a row has 0, so the years must lie inside the source's coverage.

    Parameters
    ----------
    states : (code, year)
        The members of the system; ties of others are left out.
    ties : (from, to, year, value)
        Rows of ties; of several for one pair the highest counts.
    symmetric
        Whether a row ties both ways, as in COW's files.
    """
    code, member_year = (np.asarray(part, dtype=np.int64) for part in states)
    origin, target, tie_year = (np.asarray(part, dtype=np.int64) for part in ties[:3])
    value = np.asarray(ties[3], dtype=np.float64)
    by_year, by_tie = np.argsort(member_year, kind="stable"), np.argsort(tie_year, kind="stable")
    member_sorted, tie_sorted = member_year[by_year], tie_year[by_tie]
    for year in wanted:
        codes = np.unique(
            code[by_year[np.searchsorted(member_sorted, year) : np.searchsorted(member_sorted, year, "right")]]
        )
        rows = by_tie[np.searchsorted(tie_sorted, year) : np.searchsorted(tie_sorted, year, "right")]
        table = np.zeros((len(codes), len(codes)))
        one, other = np.searchsorted(codes, origin[rows]), np.searchsorted(codes, target[rows])
        inside = (one < len(codes)) & (other < len(codes))
        one, other, rows = one[inside], other[inside], rows[inside]
        inside = (codes[one] == origin[rows]) & (codes[other] == target[rows])
        one, other, held = one[inside], other[inside], value[rows[inside]]
        np.maximum.at(table, (one, other), held)
        if symmetric:
            np.maximum.at(table, (other, one), held)
        yield Year(int(year), codes, table)


def pairs(codes: IntArray) -> tuple[IntArray, IntArray]:
    """Positions of all undirected pairs, the lower code first."""
    return np.triu_indices(len(codes), k=1)
