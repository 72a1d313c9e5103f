"""The variants of similarity for all pairs and years: one row a dyad-year, one column a variant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from foedus.measures.arrays import FloatArray
from foedus.measures.portfolios import Year, pairs
from foedus.measures.similarity import (
    ALLIANCE_LEVELS,
    BINARY_LEVELS,
    cohen_kappa,
    crosstabs,
    s_score,
    scott_pi,
    tau_b,
)

Variant = Callable[["Tables"], FloatArray]


class Tables:
    """The cross-tables of all pairs of states of one year, each made when a variant first asks for it."""

    def __init__(self, year: Year, weights: FloatArray | None) -> None:
        self.ties = year.ties.copy()
        np.fill_diagonal(self.ties, ALLIANCE_LEVELS[-1])
        self.weights = weights
        one, other = pairs(year.codes)
        self._places = one * len(year.codes) + other
        self._made: dict[tuple[bool, bool], FloatArray] = {}

    def of(self, *, is_valued: bool = True, is_weighted: bool = False) -> FloatArray:
        """Cross-tables of valued or binary ties, weighted or not: (n_levels, n_levels, n_pairs)."""
        key = (is_valued, is_weighted)
        if key not in self._made:
            ties = self.ties if is_valued else (self.ties >= 1).astype(np.float64)
            levels = ALLIANCE_LEVELS if is_valued else BINARY_LEVELS
            weights = np.nan_to_num(self.weights) if is_weighted and self.weights is not None else None
            if is_weighted and (weights is None or weights.sum() == 0):  # nobody has a weight: undefined
                self._made[key] = np.full((len(levels), len(levels), len(self._places)), np.nan)
                return self._made[key]
            whole = crosstabs(ties, levels, weights=weights)
            self._made[key] = whole.reshape(*whole.shape[:2], -1).take(self._places, axis=2)
        return self._made[key]


VALUED, BINARY = ALLIANCE_LEVELS, BINARY_LEVELS
VARIANTS: Mapping[str, Mapping[str, Variant]] = {
    "s": {
        "s_valued_absolute": lambda t: s_score(t.of(), VALUED, distance="absolute"),
        "s_valued_squared": lambda t: s_score(t.of(), VALUED, distance="squared"),
        "s_binary": lambda t: s_score(t.of(is_valued=False), BINARY, distance="absolute"),
    },
    "s_weighted": {
        "s_valued_absolute_cinc": lambda t: s_score(t.of(is_weighted=True), VALUED, distance="absolute"),
        "s_valued_squared_cinc": lambda t: s_score(t.of(is_weighted=True), VALUED, distance="squared"),
        "s_binary_cinc": lambda t: s_score(t.of(is_valued=False, is_weighted=True), BINARY, distance="absolute"),
    },
    "pi": {
        "pi_valued_nominal": lambda t: scott_pi(t.of(), VALUED, distance="nominal"),
        "pi_valued_absolute": lambda t: scott_pi(t.of(), VALUED, distance="absolute"),
        "pi_valued_squared": lambda t: scott_pi(t.of(), VALUED, distance="squared"),
        "pi_binary": lambda t: scott_pi(t.of(is_valued=False), BINARY, distance="nominal"),
    },
    "kappa": {
        "kappa_valued_nominal": lambda t: cohen_kappa(t.of(), VALUED, distance="nominal"),
        "kappa_valued_absolute": lambda t: cohen_kappa(t.of(), VALUED, distance="absolute"),
        "kappa_valued_squared": lambda t: cohen_kappa(t.of(), VALUED, distance="squared"),
        "kappa_valued_squared_rank": lambda t: cohen_kappa(t.of(), VALUED, distance="squared", scale="rank"),
        "kappa_binary": lambda t: cohen_kappa(t.of(is_valued=False), BINARY, distance="nominal"),
    },
    "tau_b": {
        "tau_b_valued": lambda t: tau_b(t.of()),
        "tau_b_binary": lambda t: tau_b(t.of(is_valued=False)),
    },
}  # fmt: skip


def scores(
    years: Iterable[Year], variants: Mapping[str, Variant], *, weights: Mapping[int, Mapping[int, float]] | None = None
) -> dict[str, np.ndarray]:
    """Scores of every pair of states of every year.

    Parameters
    ----------
    years
        As from `portfolios.years`.
    variants
        Columns of `VARIANTS`.
    weights : year to code to weight, optional
        For the weighted variants: CINC of the third state. A state without one is left out of both sums;
        `weight_coverage` is the share of states that had one.

    Returns
    -------
    dict
        `ccode1, ccode2, year`, a column a variant, NaN where undefined (both portfolios constant and equal).
    """
    columns: dict[str, list[np.ndarray]] = {name: [] for name in ("ccode1", "ccode2", "year", *variants)}
    if weights is not None:
        columns["weight_coverage"] = []
    for year in years:
        own = None
        if weights is not None:
            known = weights.get(year.year, {})
            own = np.array([known.get(int(code), np.nan) for code in year.codes])
        tables, (one, other) = Tables(year, own), pairs(year.codes)
        columns["ccode1"].append(year.codes[one].astype(np.int32))
        columns["ccode2"].append(year.codes[other].astype(np.int32))
        columns["year"].append(np.full(len(one), year.year, dtype=np.int32))
        for name, variant in variants.items():
            columns[name].append(variant(tables))
        if own is not None:
            columns["weight_coverage"].append(np.full(len(one), np.isfinite(own).mean()))
    return {name: np.concatenate(parts) if parts else np.empty(0) for name, parts in columns.items()}
