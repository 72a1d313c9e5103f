"""Comparable states: for each member those outside most like it in the five years before, and how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.inference.outcomes import Ties, lead_code
from foedus.measures.arrays import FloatArray

BEFORE = 5
COVARIATES = ("distance", "capability", "polity", "common_past", "trade_share", "kappa")
DISTANCES, POLITY, PASTS = "mindist.cow-2.0", "polity.polity5-2018", "icow.colonial-history-1.1"


class Covariates:
    """What states are matched on, by code, as means of the years before a given one; NaN where unknown."""

    def __init__(self, data: Datasets, patron: str, ties: Ties) -> None:
        self._data, self._patron, self._ties = data, patron, ties
        self._found: dict[int, FloatArray] = {}

    def before(self, year: int) -> FloatArray:
        """Covariates in the five years before a year, a row a state of the ties.

        Returns
        -------
        (n_states, n_covariates)
            Log of kilometres to the candidate plus one, log of CINC, Polity score, whether the state and the candidate
            were one state or one ruled the other, trade share with it, kappa of votes with it.
        """
        if year not in self._found:
            years = range(year - BEFORE, year)
            columns = [self._distance(years), self._capability(years), self._polity(years), self._past(year)]
            for name in ("trade_share", "kappa"):
                has = name in self._ties.values
                columns.append(_mean(self._ties.window(name, years[0], years[-1])) if has else self._nothing())
            self._found[year] = np.stack(columns, axis=1)
        return self._found[year]

    def _nothing(self) -> FloatArray:
        return np.full(len(self._ties.codes), np.nan)

    def _of(self, values: dict[tuple[int, int], float], years: range) -> FloatArray:
        codes = self._ties.codes
        return _mean(
            np.array([[values.get((code, y), np.nan) for y in years] for code in codes]).reshape(len(codes), -1)
        )

    def _distance(self, years: range) -> FloatArray:
        frame = self._data.frame(DISTANCES)
        lead = lead_code(self._data, self._patron, years[-1])
        if frame is None or lead is None:
            return self._nothing()
        import polars as pl

        near = frame.filter(
            pl.col("year").is_between(years[0], years[-1]) & ((pl.col("ccode1") == lead) | (pl.col("ccode2") == lead))
        )
        values = {
            (a if b == lead else b, y): d
            for a, b, y, d in near.select("ccode1", "ccode2", "year", "mindist").iter_rows()
        }
        return np.log1p(self._of(values, years))

    def _capability(self, years: range) -> FloatArray:
        with np.errstate(divide="ignore"):
            logs = np.log(self._of(self._data.capability or {}, years))
        return np.where(np.isfinite(logs), logs, np.nan)

    def _polity(self, years: range) -> FloatArray:
        frame = self._data.frame(POLITY)
        if frame is None:
            return self._nothing()
        rows = frame.select("ccode", "year", "polity2").drop_nulls().iter_rows()
        return self._of({(code, year): float(score) for code, year, score in rows if year in years}, years)

    def _past(self, year: int) -> FloatArray:
        """Whether a state and the candidate were one, or one ruled the other, before a year; NaN where unknown."""
        frame = self._data.frame(PASTS)
        lead = lead_code(self._data, self._patron, year)
        if frame is None or lead is None:
            return self._nothing()
        once: set[int] = set()
        for state, ruler, date_of, second, second_date in frame.select(
            "State", "IndFrom", "IndDate", "SecFrom", "SecDate"
        ).iter_rows():
            for other, month in ((ruler, date_of), (second, second_date)):
                if other is not None and (month is None or month // 100 <= year) and lead in (state, other):
                    once |= {state, other}
        once |= self._of_record(year)
        return np.array([float(code in once) for code in self._ties.codes])

    def _of_record(self, year: int) -> set[int]:
        """States with which the candidate shares a predecessor or a successor by the record."""
        states = self._data.record.states
        own = states.get(self._patron)
        if own is None:
            return set()
        line = {self._patron, *own.predecessors, *own.successors}
        near = [key for key, state in states.items() if line & {key, *state.predecessors, *state.successors}]
        codes = (self._data.code(key, date(year, 12, 31)) for key in near)
        return {code for code in codes if code is not None}


def _mean(values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def distances(covariates: FloatArray, pool: FloatArray) -> FloatArray:
    """Root mean square of the standardised differences between states.

    Parameters
    ----------
    covariates : (n_states, n_covariates)
    pool : (n_states,) of bool
        States whose standard deviations are the scale.

    Returns
    -------
    (n_states, n_states)
        ``[i, j]`` over the covariates that are known of i; infinite where j lacks one of them, and for i itself.
    """
    known = np.isfinite(covariates)
    n = len(covariates)
    total, used = np.zeros((n, n)), known.sum(axis=1).astype(np.float64)
    for k in range(covariates.shape[1]):
        own = covariates[known[:, k] & pool, k]
        spread = own.std() if len(own) > 1 and own.std() > 0 else 1.0
        column = np.where(known[:, k], covariates[:, k], 0.0)
        gap = ((column[:, None] - column[None, :]) / spread) ** 2
        gap = np.where(known[None, :, k], gap, np.inf)
        total += np.where(known[:, k, None], gap, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.sqrt(total / np.maximum(used, 1)[:, None])
    found[used == 0] = np.inf
    np.fill_diagonal(found, np.inf)
    return np.asarray(found)


def nearest(distance: FloatArray, allowed: FloatArray, number: int, caliper: float) -> list[int]:
    """Positions of up to `number` allowed states no farther than the caliper, the nearest first."""
    free = np.where(allowed, distance, np.inf)
    order = np.argsort(free, kind="stable")[:number]
    return [int(i) for i in order if free[i] <= caliper]


@dataclass(frozen=True, slots=True)
class Balance:
    """Standardised mean difference of one covariate, members less others, before and after matching."""

    covariate: str
    before: float
    after: float


def balance(
    own: FloatArray, controls: Sequence[FloatArray], pool: FloatArray, names: Sequence[str] = COVARIATES
) -> list[Balance]:
    """Balance of matched members.

    Parameters
    ----------
    own : (n_members, n_covariates)
    controls : for each member an array (n_matches, n_covariates)
    pool : (n_pool, n_covariates)
        States that could have been matched; its standard deviations are the scale.
    """
    rows = []
    for k, name in enumerate(names):
        matched = [
            (mine, float(np.nanmean(theirs[:, k])))
            for mine, theirs in zip(own[:, k], controls, strict=True)
            if np.isfinite(mine) and np.isfinite(theirs[:, k]).any()
        ]
        others = pool[np.isfinite(pool[:, k]), k]
        if not matched or len(others) < 2:
            continue
        spread = float(others.std()) or 1.0
        mine = np.array([pair[0] for pair in matched])
        theirs = np.array([pair[1] for pair in matched])
        rows.append(
            Balance(name, round(float(mine.mean() - others.mean()) / spread, 9),
                    round(float((mine - theirs).mean()) / spread, 9))
        )  # fmt: skip
    return rows
