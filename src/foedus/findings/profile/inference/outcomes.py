"""What entry or exit may have changed: each state's ties to the candidate, by year, in arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from foedus.findings.profile.datasets import Datasets
from foedus.measures.arrays import FloatArray

TRADE, VOTES, POINTS = "cow.trade-4.0", "un.votes-2015", "un.ideal-points-2020"


@dataclass
class Ties:
    """Ties of every state to one candidate.

    Attributes
    ----------
    codes : tuple of int
        COW codes, the rows of each array.
    first : int
        Year of the first column.
    values : dict of (n_states, n_years)
        `trade_share`: share of the state's trade that is with the candidate; `kappa`: of their votes, squared
        distances; `closeness`: minus the distance of their ideal points. NaN where unknown.
    """

    codes: tuple[int, ...]
    first: int
    values: dict[str, FloatArray]
    row: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.row = {code: i for i, code in enumerate(self.codes)}

    @property
    def width(self) -> int:
        """Number of years."""
        return int(next(iter(self.values.values())).shape[1])

    def window(self, name: str, first: int, last: int) -> FloatArray:
        """Values of the years from first to last, NaN outside the data."""
        wanted = np.full((len(self.codes), last - first + 1), np.nan)
        low, high = max(first, self.first), min(last, self.first + self.width - 1)
        if low <= high:
            wanted[:, low - first : high - first + 1] = self.values[name][:, low - self.first : high - self.first + 1]
        return wanted


def lead_code(data: Datasets, patron: str, year: int) -> int | None:
    """The COW code of a candidate at the end of a year, or that of the state it succeeded or was succeeded by."""
    own = data.record.states.get(patron)
    near = (*own.predecessors, *own.successors) if own else ()
    codes = (data.code(state, date(year, 12, 31)) for state in (patron, *near))
    return next((code for code in codes if code is not None), None)


def ties(data: Datasets, patron: str, years: range) -> Ties:
    """Ties of every state to a candidate in some years; outcomes whose dataset is not here are left out."""
    leads = {year: code for year in years if (code := lead_code(data, patron, year)) is not None}
    cells = {
        "trade_share": _trade_shares(data, leads),
        "kappa": _kappas(data, leads),
        "closeness": _closeness(data, leads),
    }
    known = {name: found for name, found in cells.items() if found}
    codes = tuple(sorted({code for found in known.values() for code, _ in found}))
    place = {code: i for i, code in enumerate(codes)}
    values = {}
    for name, found in known.items():
        table = np.full((len(codes), len(years)), np.nan)
        for (code, year), value in found.items():
            table[place[code], year - years.start] = value
        values[name] = table
    return Ties(codes, years.start, values or {"none": np.full((0, len(years)), np.nan)})


Cells = dict[tuple[int, int], float]


def _trade_shares(data: Datasets, leads: dict[int, int]) -> Cells:
    found: Cells = {}
    for year, lead in leads.items():
        if data.trade is None or year not in data.trade or (place := data.trade.place(year, lead)) is None:
            continue
        amounts = data.trade.amounts(year, "both")
        totals, with_lead = np.nansum(amounts, axis=1), amounts[:, place]
        for code, total, own in zip(data.trade.codes(year), totals, with_lead, strict=True):
            if total > 0 and np.isfinite(own):
                found[code, year] = float(own / total)
    return found


def _kappas(data: Datasets, leads: dict[int, int]) -> Cells:
    found: Cells = {}
    for year in sorted(set(leads) & set(data.votes or {})):
        listed, table = data.closeness(year, "kappa")
        if leads[year] in listed:
            own = table[listed.index(leads[year])]
            found |= {(c, year): float(v) for c, v in zip(listed, own, strict=True) if np.isfinite(v)}
            found.pop((leads[year], year), None)
    return found


def positions(data: Datasets, years: Iterable[int]) -> Cells:
    """Ideal points by code and year: the published ones, else own estimates from the votes, session after session."""
    wanted = set(years)
    frame = data.frame(POINTS)
    if frame is not None:
        rows = frame.select("ccode", "year", "IdealPoint").drop_nulls().iter_rows()
        return {(code, year): value for code, year, value in rows if year in wanted}
    return _estimated(data, sorted(wanted & set(data.votes or {})))


def _estimated(data: Datasets, years: list[int]) -> Cells:
    from foedus.measures.arrays import MeasureError
    from foedus.measures.idealpoints import estimate

    found: Cells = {}
    before: dict[int, float] = {}
    for year in years:
        codes, cast = (data.votes or {})[year]
        start = np.array([before.get(code, np.nan) for code in codes])
        # the first state keeps the side it had, so that the sign does not turn from session to session
        anchor = int(np.nanargmax(start)) if np.isfinite(start).any() else 0
        try:
            fit = estimate(
                cast, positive=anchor, previous=start if np.isfinite(start).any() else None, iterations=25
            )  # fmt: skip
        except MeasureError:
            continue
        before = dict(zip(codes, fit.theta.tolist(), strict=True))
        found |= {(code, year): value for code, value in before.items()}
    return found


def _closeness(data: Datasets, leads: dict[int, int]) -> Cells:
    points = positions(data, leads)
    return {
        (code, year): -abs(value - points[leads[year], year])
        for (code, year), value in sorted(points.items())
        if code != leads[year] and (leads[year], year) in points
    }
