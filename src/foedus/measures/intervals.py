"""Shares and rates of few events with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.measures.arrays import MeasureError


@dataclass(frozen=True, slots=True)
class Rate:
    """A share or rate with its interval; NaN without a single opportunity."""

    value: float
    lower: float
    upper: float


def jeffreys(successes: int, trials: int, *, level: float = 0.95) -> Rate:
    """Share of successes with a Jeffreys interval.

    References
    ----------
    Brown, Cai and DasGupta (2001), Statistical Science 16(2): 101-133.
    """
    from scipy.special import betaincinv  # scipy.stats takes a second to import

    _check_counts(successes, trials)
    if trials == 0:
        return Rate(float("nan"), 0.0, 1.0)
    tail = (1 - level) / 2
    a, b = successes + 0.5, trials - successes + 0.5
    lower = 0.0 if successes == 0 else float(betaincinv(a, b, tail))
    upper = 1.0 if successes == trials else float(betaincinv(a, b, 1 - tail))
    return Rate(successes / trials, lower, upper)


def clopper_pearson(successes: int, trials: int, *, level: float = 0.95) -> Rate:
    """Share of successes with an exact interval.

    References
    ----------
    Clopper and Pearson (1934), Biometrika 26(4): 404-413.
    """
    from scipy.special import betaincinv

    _check_counts(successes, trials)
    if trials == 0:
        return Rate(float("nan"), 0.0, 1.0)
    tail, failures = (1 - level) / 2, trials - successes
    lower = 0.0 if successes == 0 else float(betaincinv(successes, failures + 1, tail))
    upper = 1.0 if failures == 0 else float(betaincinv(successes + 1, failures, 1 - tail))
    return Rate(successes / trials, lower, upper)


def poisson_rate(events: int, exposure: float, *, per: float = 100, level: float = 0.95) -> Rate:
    """Events per `per` units of exposure with an exact interval.

    References
    ----------
    Garwood (1936), Biometrika 28(3/4): 437-442.
    """
    from scipy.special import gammaincinv

    if events < 0 or not exposure > 0:
        raise MeasureError(f"events: {events} in {exposure} units. Give counts and a positive exposure.")
    tail = (1 - level) / 2
    lower = float(gammaincinv(events, tail)) if events else 0.0
    upper = float(gammaincinv(events + 1, 1 - tail))
    return Rate(events / exposure * per, lower / exposure * per, upper / exposure * per)


def _check_counts(successes: int, trials: int) -> None:
    if not 0 <= successes <= trials:
        raise MeasureError(f"successes: {successes} of {trials}. Give counts, the first not above the second.")
