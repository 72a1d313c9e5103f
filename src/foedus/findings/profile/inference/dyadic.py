"""Standard errors of a regression on pairs of states, robust to errors that pairs with a state in common share."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.measures.arrays import FloatArray


def dyadic_errors(scores: FloatArray, bread: FloatArray, one: Any, other: Any) -> FloatArray:
    """The square roots of the diagonal of bread times meat times bread.

    The meat sums the products of the scores of every two observations that have a member in common: over states the
    outer product of the sum of each one's scores, less over pairs that of the sum of each pair's, which the first
    counts twice. No correction for the number of states.

    Parameters
    ----------
    scores : (n_observations, n_coefficients)
    bread : (n_coefficients, n_coefficients)
        Inverse of the Hessian.
    one, other : (n_observations,) of int
        The two states of each observation; both directions of a pair may be there.

    Returns
    -------
    (n_coefficients,)
        NaN where the variance is below 0, as it may be with few states.

    References
    ----------
    Aronow, Samii and Assenova (2015), Political Analysis 23(4): 564-577, equations 6 to 8.
    """
    ends = np.stack([np.asarray(one), np.asarray(other)])
    states, places = np.unique(ends, return_inverse=True)
    first, second = places.reshape(ends.shape)
    of_state = np.zeros((len(states), scores.shape[1]))
    np.add.at(of_state, first, scores)
    np.add.at(of_state, second, scores)
    pairs = np.minimum(first, second) * len(states) + np.maximum(first, second)
    names, rows = np.unique(pairs, return_inverse=True)
    of_pair = np.zeros((len(names), scores.shape[1]))
    np.add.at(of_pair, rows.reshape(-1), scores)
    variance = np.diag(bread @ (of_state.T @ of_state - of_pair.T @ of_pair) @ bread)
    return np.sqrt(np.where(variance >= 0, variance, np.nan))
