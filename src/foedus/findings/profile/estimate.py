"""What a dimension found: cells by member and year, their mean, its bounds and its range without each member."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.measures.arrays import FloatArray


@dataclass
class Estimate:
    """One dimension for one candidate; a value of None is unknown.

    `numbers` are further figures by name, `series` the value by year, `cells` the value by member, `units` what
    coverage counts. `without_flagged` is the same without suspended members, `date_uncertainty` the range over draws
    of the record's dates.
    """

    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    coverage: float = 0.0
    leave_one_out: tuple[float, float] | None = None
    without_flagged: dict[str, Any] | None = None
    date_uncertainty: dict[str, Any] | None = None
    series: dict[int, float] = field(default_factory=dict)
    cells: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def number(value: float | None) -> float | None:
    """A finite float, rounded so that no machine's last bit shows; None otherwise."""
    return round(float(value), 9) if value is not None and np.isfinite(value) else None


@dataclass
class Grid:
    """Values of members by year: NaN where a member is eligible but unknown; `eligible` says who counts."""

    members: tuple[str, ...]
    years: tuple[int, ...]
    values: FloatArray
    eligible: Any
    low: FloatArray | None = None
    high: FloatArray | None = None

    def estimate(self, smallest: float, largest: float) -> Estimate:
        """Mean over the members of each year, then over years; for the bounds missing cells take the range's ends."""
        if not self.eligible.any():
            return Estimate()
        known = self.eligible & np.isfinite(self.values)
        coverage = float(known.sum() / self.eligible.sum())
        low = np.where(known, self.values if self.low is None else self.low, smallest)
        high = np.where(known, self.values if self.high is None else self.high, largest)
        found = Estimate(
            number(_mean(self.values, known)), number(_mean(low, self.eligible)), number(_mean(high, self.eligible)),
            round(coverage, 9),
        )  # fmt: skip
        if not known.any():
            return found
        found.series = {
            year: round(float(self.values[known[:, j], j].mean()), 9)
            for j, year in enumerate(self.years) if known[:, j].any()
        }  # fmt: skip
        found.cells = {
            m: round(float(self.values[i, known[i]].mean()), 9) for i, m in enumerate(self.members) if known[i].any()
        }
        found.leave_one_out = self._without_each(known)
        return found

    def _without_each(self, known: Any) -> tuple[float, float] | None:
        rows = [i for i in range(len(self.members)) if known[i].any()]
        if len(rows) < 2:
            return None
        means = []
        for i in rows:
            mask = known.copy()
            mask[i] = False
            means.append(_mean(self.values, mask))
        return round(float(np.nanmin(means)), 9), round(float(np.nanmax(means)), 9)


def _mean(values: FloatArray, mask: Any) -> float:
    """Mean over members within each year, then over years: years are pooled, never counted as independent."""
    known = mask & np.isfinite(values)
    counts = known.sum(axis=0)
    sums = np.where(known, values, 0.0).sum(axis=0)
    seen = counts > 0
    return float((sums[seen] / counts[seen]).mean()) if seen.any() else float("nan")


def empty_grid(members: tuple[str, ...], years: range) -> Grid:
    """A grid in which nobody is eligible yet."""
    shape = (len(members), len(years))
    return Grid(members, tuple(years), np.full(shape, np.nan), np.zeros(shape, dtype=bool))
