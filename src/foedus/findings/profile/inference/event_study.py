"""Event study of entry or exit: a stacked regression, its trend before the event, and what that test could have found.

Each change is one stack, a state with its own matches, in one clean window; no state that changed before serves as a
control, so that effects that differ over time or between years of entry do not mix (Cengiz and others 2019; Wing and
others 2024), as they do in two-way fixed effects. Controls weigh one over their number: every change counts the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.findings.profile.inference.design import LEADS, MIN_BEFORE, Design
from foedus.measures.arrays import FloatArray

MIN_SLOTS = 3


@dataclass
class EventStudy:
    """Effect, standard error clustered by state, and the path of the effect by year from the event.

    `freedom` is the number of changes less one: with few changing states that is what the error rests on.
    """

    effect: float
    error: float | None
    freedom: int
    lower: float | None
    upper: float | None
    pretrend_p: float | None = None
    pretrend_power: float | None = None
    path: dict[int, float] = field(default_factory=dict)
    errors: dict[int, float] = field(default_factory=dict)


def event_study(design: Design, margin: float | None = None, *, level: float = 0.95) -> EventStudy:
    """The effect of the changes of a design, whose slots are usable.

    Parameters
    ----------
    margin
        The power of the test of a trend before is against a drift that alone would make a change of this size; by
        default, of the size of the effect.
    """
    from scipy.special import stdtrit

    own = float(design.effects(design.rows[None, :])[0])
    freedom = len(design.slots) - 1
    if len(design.slots) < MIN_SLOTS:
        return EventStudy(own, None, freedom, None, None)
    fit = _fit(_changes(design), ["treated"])
    error = float(fit.se().iloc[0])
    half = float(stdtrit(freedom, 0.5 + level / 2)) * error
    found = EventStudy(own, error, freedom, own - half, own + half)
    found.pretrend_p, found.pretrend_power = _trend_before(design, own if margin is None else margin)
    rows = _paths(design)
    events = sorted({int(event) for event in rows["event"] if _has_both(rows, event)})
    if events:
        names = {event: f"event_{'m' if event < 0 else 'p'}{abs(event)}" for event in events}
        kept = np.isin(rows["event"], events)
        rows = {name: values[kept] for name, values in rows.items()}
        for event, name in names.items():
            rows[name] = rows["treated"] * (rows["event"] == event)
        fit = _fit(rows, list(names.values()))
        coefficients, errors = fit.coef(), fit.se()
        found.path = {e: float(coefficients[name]) for e, name in names.items() if name in coefficients.index}
        found.errors = {e: float(errors[name]) for e, name in names.items() if name in errors.index}
    return found


def _trend_before(design: Design, size: float) -> tuple[float | None, float | None]:
    """P of a linear trend before the changes, beyond that of the matches, and its power.

    The power is against a trend that alone would make a change of a size. A test of one slope, because with few
    changing states a joint test of all leads rejects too often.
    """
    rows = _long([
        (k, 0, state, slope, weight, float(state == design.rows[k]))
        for k, state, weight in _stacks(design)
        if np.isfinite(slope := _slope(design.paths[k, state, :LEADS]))
    ])  # fmt: skip
    stacks = {int(k) for k in rows["stack"][rows["treated"] == 1]}
    if len(stacks) < MIN_SLOTS:
        return None, None
    fit = _fit(rows, ["treated"])
    return slope_test(float(fit.coef().iloc[0]), float(fit.se().iloc[0]), len(stacks) - 1, size / _span(design))


def slope_test(slope: float, error: float, freedom: int, drift: float, *, level: float = 0.05) -> tuple[float, float]:
    """Two-sided p of a slope, and the power of that test against a drift.

    References
    ----------
    Roth (2022), American Economic Review: Insights 4(3): 305-322.
    """
    from scipy.special import nctdtr, stdtr, stdtrit

    critical, shift = float(stdtrit(freedom, 1 - level / 2)), abs(drift) / error
    p = 2 * float(stdtr(freedom, -abs(slope) / error))
    return p, 1 - float(nctdtr(freedom, shift, critical)) + float(nctdtr(freedom, shift, -critical))


def _slope(values: FloatArray) -> float:
    """Least-squares slope of the known values by year; NaN for fewer than two."""
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < MIN_BEFORE:
        return float("nan")
    years = known - known.mean()
    return float(years @ values[known] / (years @ years))


def _span(design: Design) -> float:
    """Years from the middle of what lies before the events to the middle of what lies after them."""
    gaps = []
    for k, row in enumerate(design.rows):
        known = np.flatnonzero(np.isfinite(design.paths[k, row])) - LEADS
        gaps.append(known[known >= 0].mean() - known[known < 0].mean())
    return float(np.mean(gaps))


def _has_both(rows: dict[str, FloatArray], event: int) -> bool:
    treated = rows["treated"][rows["event"] == event]
    return bool(treated.any() and not treated.all())


def _changes(design: Design) -> dict[str, FloatArray]:
    return _long([
        (k, 0, state, design.change[k, state], weight, float(state == design.rows[k]))
        for k, state, weight in _stacks(design)
    ])  # fmt: skip


def _paths(design: Design) -> dict[str, FloatArray]:
    """Outcomes by year from the event, less that of the last year before it, of states known in that year."""
    found = []
    for k, state, weight in _stacks(design):
        path = design.paths[k, state]
        for event in np.flatnonzero(np.isfinite(path)) - LEADS:
            if event != -1 and np.isfinite(path[LEADS - 1]):
                value = path[event + LEADS] - path[LEADS - 1]
                found.append((k, int(event), state, value, weight, float(state == design.rows[k])))
    return _long(found)


def _stacks(design: Design) -> list[tuple[int, int, float]]:
    found = []
    for k, controls in enumerate(design.controls()):
        found.append((k, int(design.rows[k]), 1.0))
        found += [(k, state, 1 / len(controls)) for state in controls]
    return found


def _long(rows: list[tuple[int, int, int, float, float, float]]) -> dict[str, FloatArray]:
    names = ("stack", "event", "state", "value", "weight", "treated")
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {name: np.array(column) for name, column in zip(names, columns, strict=True)}


def _fit(rows: dict[str, FloatArray], names: list[str]) -> Any:
    import warnings

    import pandas as pd
    from pyfixest.estimation import feols

    frame = pd.DataFrame(rows | {"cell": rows["stack"] * 1000 + rows["event"]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on singletons and collinear cells, which drop out
        return feols(f"value ~ {' + '.join(names)} | cell", data=frame, weights="weight", vcov={"CRV1": "state"})
