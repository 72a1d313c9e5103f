"""Agreement in the United Nations General Assembly, from the cross-tables of every pair's joint votes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError
from foedus.measures.similarity import VOTE_LEVELS, crosstabs

YES, ABSTAIN, NO = range(3)
MIN_JOINT = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement scores of every pair; NaN below the smallest number of joint votes."""

    agree: FloatArray
    agree2: FloatArray
    lijphart: FloatArray
    joint: FloatArray


def vote_tables(votes: ArrayLike) -> FloatArray:
    """Cross-tables of joint votes.

    Parameters
    ----------
    votes : (n_states, n_rollcalls)
        1 yes, 2 abstain, 3 no; NaN where absent or not a member. Other codes must be read as missing first.

    Returns
    -------
    (3, 3, n_states, n_states)
    """
    return crosstabs(votes, VOTE_LEVELS, missing=True)


def agreement(tables: ArrayLike, *, min_joint: int = MIN_JOINT, consensus: float = 0.0) -> Agreement:
    """Agreement scores from cross-tables of votes.

    Parameters
    ----------
    min_joint
        Fewer joint votes than this: missing.
    consensus
        Decisions taken without a vote, counted as agreements of all.

    Returns
    -------
    Agreement
        `agree` and `lijphart` (an abstention half agrees) within [0, 1]; `agree2` over votes of yes and no alone.

    References
    ----------
    Lijphart (1963), American Political Science Review 57(4): 902-917; Haege and Hug (2016), International Interactions
    42(3): 503-529, on consensus.
    """
    cells = np.asarray(tables, dtype=np.float64)
    if cells.shape[:2] != (3, 3):
        raise MeasureError(f"tables: shape {cells.shape}. Give cross-tables of yes, abstain and no.")
    if consensus < 0:
        raise MeasureError("consensus: negative. Give the number of decisions without a vote.")
    joint = cells.sum(axis=(0, 1))
    same = cells[YES, YES] + cells[ABSTAIN, ABSTAIN] + cells[NO, NO]
    opposed = cells[YES, NO] + cells[NO, YES]
    partial = joint - same - opposed
    decided = cells[YES, YES] + cells[NO, NO]
    enough = joint >= min_joint
    with np.errstate(invalid="ignore", divide="ignore"):
        agree = (same + consensus) / (joint + consensus)
        lijphart = (same + consensus + partial / 2) / (joint + consensus)
        agree2 = decided / (decided + opposed)
    kept = [np.where(enough, score, np.nan) for score in (agree, agree2, lijphart)]
    return Agreement(kept[0], kept[1], kept[2], joint)


def absence_rate(votes: ArrayLike, is_member: ArrayLike) -> FloatArray:
    """Share of a session's roll calls that a member missed; NaN for one that was no member.

    Parameters
    ----------
    votes : (n_states, n_rollcalls)
    is_member : (n_states, n_rollcalls) of bool
        Absence cannot be told from non-membership where the table has neither.
    """
    member = np.asarray(is_member, dtype=bool)
    absent = np.isnan(np.asarray(votes, dtype=np.float64)) & member
    eligible = member.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(eligible > 0, absent.sum(axis=1) / np.where(eligible > 0, eligible, 1), np.nan))
