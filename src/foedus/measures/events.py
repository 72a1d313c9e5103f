"""Measures of coded events: Goldstein scores, quad classes, and counts set against what was reported at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError

# Goldstein (1992), mapped to the root codes of CAMEO; finer codes come with the provider's table.
GOLDSTEIN_ROOTS: Mapping[str, float] = {
    "01": 0.0, "02": 3.0, "03": 4.0, "04": 1.0, "05": 3.5, "06": 6.0, "07": 7.0, "08": 5.0, "09": -2.0, "10": -5.0,
    "11": -2.0, "12": -4.0, "13": -6.0, "14": -6.5, "15": -7.2, "16": -4.0, "17": -7.0, "18": -9.0, "19": -10.0,
    "20": -10.0,
}  # fmt: skip
# Providers differ for 01, 14 and 16: the mapping is named.
QUAD_CLASSES: Mapping[str, tuple[int, int, int]] = {"roots_5_8_13": (5, 8, 13), "roots_4_8_13": (4, 8, 13)}
MIN_EVENTS = 10


@dataclass(frozen=True, slots=True)
class NetCooperation:
    """Cooperation and conflict of a directed dyad in a period; NaN where nothing was reported."""

    total: float
    mean: float
    weighted_mean: float
    cooperation: float
    conflict: float
    net_ratio: float
    n_unknown: int


def goldstein_scores(codes: Sequence[str], *, table: Mapping[str, float] = GOLDSTEIN_ROOTS) -> tuple[FloatArray, int]:
    """The Goldstein score of CAMEO codes; a code without one takes that of its parent, and is counted.

    Parameters
    ----------
    codes : sequence of str
        With their leading zeros: "010" is not "10".

    Raises
    ------
    MeasureError
        If not even the root has a score, or a code is not text.
    """
    scores, borrowed = np.empty(len(codes)), 0
    for i, code in enumerate(codes):
        if not isinstance(code, str):
            raise MeasureError(f"codes[{i}]: {code!r} is not text. Leading zeros matter: read codes as text.")
        known = next((code[:end] for end in range(len(code), 1, -1) if code[:end] in table), None)
        if known is None:
            raise MeasureError(f"codes[{i}]: {code!r} is no CAMEO code. Use root codes 01 to 20 and their children.")
        borrowed += known != code
        scores[i] = table[known]
    return scores, borrowed


def net_cooperation(
    codes: Sequence[str], *, table: Mapping[str, float] = GOLDSTEIN_ROOTS, mentions: ArrayLike | None = None,
    scores: ArrayLike | None = None, min_events: int = MIN_EVENTS,
) -> NetCooperation:  # fmt: skip
    """Net cooperation of the events of a directed dyad in a period.

    Parameters
    ----------
    mentions : (n_events,), optional
        Weights of the weighted mean.
    scores : (n_events,), optional
        The provider's own scores, which win over the table.
    min_events
        Fewer events than this: all missing, not neutral.

    References
    ----------
    Goldstein (1992), Journal of Conflict Resolution 36(2): 369-385.
    """
    if scores is None:
        values, borrowed = goldstein_scores(codes, table=table)
    else:
        values, borrowed = np.asarray(scores, dtype=np.float64), 0
    if len(values) < max(min_events, 1):
        nothing = float("nan")
        return NetCooperation(nothing, nothing, nothing, nothing, nothing, nothing, borrowed)
    weights = np.ones(len(values)) if mentions is None else np.asarray(mentions, dtype=np.float64)
    plus, minus = float(values[values > 0].sum()), float(-values[values < 0].sum())
    ratio = (plus - minus) / (plus + minus) if plus + minus else float("nan")
    weighted = float((values * weights).sum() / weights.sum()) if weights.sum() > 0 else float("nan")
    return NetCooperation(float(values.sum()), float(values.mean()), weighted, plus, minus, ratio, borrowed)


def quad_counts(codes: Sequence[str], *, mapping: str) -> FloatArray:
    """Events of each quad class: verbal cooperation, material cooperation, verbal conflict, material conflict.

    Parameters
    ----------
    mapping
        A name of `QUAD_CLASSES`; providers differ, so it must be named.
    """
    if mapping not in QUAD_CLASSES:
        raise MeasureError(f"mapping: {mapping!r} is none. Use one of {', '.join(QUAD_CLASSES)}.")
    roots = np.array([int(code[:2]) for code in codes], dtype=np.int64)
    return np.bincount(np.searchsorted(QUAD_CLASSES[mapping], roots), minlength=4).astype(np.float64)


def quad_net_share(counts: ArrayLike) -> float:
    """Cooperative less conflictual events over all, within [-1, 1]; NaN for none."""
    c = np.asarray(counts, dtype=np.float64)
    return float((c[0] + c[1] - c[2] - c[3]) / c.sum()) if c.sum() else float("nan")


def per_ten_thousand(events: ArrayLike, reported: ArrayLike) -> FloatArray:
    """Events per 10,000 events that were reported in the same period; NaN where none was."""
    count, total = np.asarray(events, dtype=np.float64), np.asarray(reported, dtype=np.float64)
    if (count > total).any():
        raise MeasureError("events: more than were reported in all. Count both over the same period.")
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0, 10_000 * count / np.where(total > 0, total, 1), np.nan))


def attention_shares(counts: ArrayLike) -> FloatArray:
    """How a state divides its attention: each row of targets as shares; NaN for a row without events."""
    values = np.asarray(counts, dtype=np.float64)
    total = values.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0, values / np.where(total > 0, total, 1), np.nan))
