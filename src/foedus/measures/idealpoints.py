"""Ideal points from votes: one dimension, ordered probit; own estimates are reconstructions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError

_TINY = 1e-12
_PRIOR = 1.0
_BETA_SPREAD = 2.0


def category_probabilities(theta: ArrayLike, beta: ArrayLike, cut1: ArrayLike, cut2: ArrayLike) -> FloatArray:
    """Probability of each of three ordered votes.

    Parameters
    ----------
    theta : position of the state
    beta : discrimination of the roll call
    cut1, cut2 : its cut points, cut1 below cut2

    Returns
    -------
    (3, ...)
        Below the first cut, between, above the second; sums to 1.

    References
    ----------
    Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61(2): 430-456.
    """
    from scipy.special import ndtr

    low, high = np.asarray(cut1, dtype=np.float64), np.asarray(cut2, dtype=np.float64)
    if (low > high).any():
        raise MeasureError("cut1: above cut2. Give the cut points in order.")
    pull = np.asarray(beta, dtype=np.float64) * np.asarray(theta, dtype=np.float64)
    first, upto = ndtr(low - pull), ndtr(high - pull)
    return np.stack([first, upto - first, 1 - upto])


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Estimated positions with standard errors: a reconstruction, not the published series."""

    theta: FloatArray
    error: FloatArray
    log_likelihood: float
    iterations: int


def estimate(
    votes: ArrayLike, *, positive: int, previous: ArrayLike | None = None, drift: float = 0.4, iterations: int = 200,
    tolerance: float = 1e-5,
) -> IdealPoints:  # fmt: skip
    """Positions of states in one session by maximum posterior, standardised to mean 0 and variance 1.

    Parameters
    ----------
    votes : (n_states, n_rollcalls)
        1 yes, 2 abstain, 3 no; NaN where absent.
    positive : int
        Position of a state whose side is positive: it fixes the sign.
    previous : (n_states,), optional
        Positions of the session before; then a state moves from it with a standard deviation of `drift`.

    Returns
    -------
    IdealPoints

    Raises
    ------
    MeasureError
        If no roll call divides the states.
    """
    x = np.asarray(votes, dtype=np.float64)
    divided = np.array([len(np.unique(c[np.isfinite(c)])) > 1 for c in x.T])
    if not divided.any():
        raise MeasureError("votes: no roll call divides the states. There is nothing to place them by.")
    x = x[:, divided]
    centre = np.zeros(len(x)) if previous is None else np.nan_to_num(np.asarray(previous, dtype=np.float64))
    spread = _PRIOR if previous is None else drift
    theta = _first_guess(x) if previous is None else centre.copy()
    beta, cuts = np.zeros(x.shape[1]), _start_cuts(x)
    before, value, done = -np.inf, -np.inf, 0
    for done in range(1, iterations + 1):  # noqa: B007
        beta, cuts = _fit_rollcalls(x, theta, beta, cuts)
        theta, error, value = _fit_states(x, theta, beta, cuts, centre, spread)
        if previous is None:
            theta = (theta - theta.mean()) / theta.std()
        if abs(value - before) < tolerance * (abs(value) + 1):
            break
        before = value
    sign = -1.0 if theta[positive] < 0 else 1.0
    return IdealPoints(sign * theta, error, value, done)


def _first_guess(x: FloatArray) -> FloatArray:
    """The first principal component of the votes, absences at the mean of the roll call."""
    filled = np.where(np.isfinite(x), x, np.nanmean(x, axis=0))
    filled = filled - filled.mean(axis=0)
    left, root, _ = np.linalg.svd(filled, full_matrices=False)
    guess = left[:, 0] * root[0]
    return np.asarray((guess - guess.mean()) / guess.std())


def _start_cuts(x: FloatArray) -> FloatArray:
    from scipy.special import ndtri

    yes = np.clip(np.nanmean(x == 1, axis=0), 0.02, 0.96)
    upto = np.clip(np.nanmean(x <= 2, axis=0), yes + 0.02, 0.99)
    return np.stack([ndtri(yes), ndtri(upto)])


def _pieces(x: FloatArray, pull: FloatArray, cuts: FloatArray) -> tuple[FloatArray, ...]:
    """Log-likelihood of each vote, and its first and expected second derivative by the pull of the roll call."""
    from scipy.special import ndtr

    low = np.where(x == 1, -np.inf, np.where(x == 2, cuts[0], cuts[1])) - pull
    high = np.where(x == 1, cuts[0], np.where(x == 2, cuts[1], np.inf)) - pull
    mass = np.maximum(ndtr(high) - ndtr(low), _TINY)
    density_low, density_high = _density(low), _density(high)
    slope = (density_low - density_high) / mass
    seen = np.isfinite(x)
    return np.where(seen, np.log(mass), 0), np.where(seen, slope, 0), density_low / mass, density_high / mass


def _density(z: FloatArray) -> FloatArray:
    return np.where(np.isfinite(z), np.exp(-0.5 * np.where(np.isfinite(z), z, 0) ** 2) / np.sqrt(2 * np.pi), 0.0)


def _fit_rollcalls(
    x: FloatArray, theta: FloatArray, beta: FloatArray, cuts: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """One Fisher-scoring step for discrimination and cut points of every roll call, with weak priors."""
    _, slope, at_low, at_high = _pieces(x, beta * theta[:, None], cuts)
    seen = np.isfinite(x)
    for_beta = (slope * theta[:, None]).sum(axis=0) - beta / _BETA_SPREAD**2
    information = (np.where(seen, slope, 0) ** 2 * theta[:, None] ** 2).sum(axis=0) + 1 / _BETA_SPREAD**2
    beta = beta + np.clip(for_beta / information, -1, 1)
    first = np.where(x == 1, at_high, np.where(x == 2, -at_low, 0))
    second = np.where(x == 2, at_high, np.where(x == 3, -at_low, 0))
    moved = []
    for k, score in enumerate((first, second)):
        score = np.where(seen, score, 0)
        gradient = score.sum(axis=0) - cuts[k] / 25
        moved.append(cuts[k] + np.clip(gradient / ((score**2).sum(axis=0) + 1 / 25), -1, 1))
    low, high = np.minimum(*moved), np.maximum(*moved)
    return beta, np.stack([low, np.maximum(high, low + 1e-3)])


def _fit_states(
    x: FloatArray, theta: FloatArray, beta: FloatArray, cuts: FloatArray, centre: FloatArray, spread: float
) -> tuple[FloatArray, FloatArray, float]:
    """One Fisher-scoring step for every state, its standard error, and the posterior."""
    log_mass, slope, _, _ = _pieces(x, beta * theta[:, None], cuts)
    gradient = (slope * beta).sum(axis=1) - (theta - centre) / spread**2
    information = ((slope * beta) ** 2).sum(axis=1) + 1 / spread**2
    value = float(log_mass.sum() - 0.5 * (((theta - centre) / spread) ** 2).sum())
    return theta + np.clip(gradient / information, -0.5, 0.5), 1 / np.sqrt(information), value


def distance(
    one: ArrayLike, other: ArrayLike, error_one: ArrayLike, error_other: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distance of two positions with a 95 per cent interval by the delta method, never below 0."""
    gap = np.abs(np.asarray(one, dtype=np.float64) - np.asarray(other, dtype=np.float64))
    half = 1.959963984540054 * np.hypot(
        np.asarray(error_one, dtype=np.float64), np.asarray(error_other, dtype=np.float64)
    )
    return gap, np.maximum(gap - half, 0), gap + half
