"""The arithmetic of the patronage profile: one alliance, one candidate patron, dimension by dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, require_square
from foedus.measures.capability import concentration, shares_of


@dataclass(frozen=True, slots=True)
class Power:
    """How capability is spread inside an alliance: a matching variable, never evidence by itself."""

    share: float
    hhi: float
    hhi_normalised: float
    effective_number: float
    ratio_to_second: float
    concentration: float


def power(capabilities: ArrayLike, patron: int) -> Power:
    """Concentration of capability in an alliance of two or more.

    Parameters
    ----------
    capabilities : (n_members,)
    patron : int
        Position of the candidate patron.
    """
    s = shares_of(capabilities)
    n, hhi = len(s), float((s**2).sum())
    if n < 2:
        raise MeasureError("capabilities: an alliance has two members or more.")
    others = np.delete(s, patron)
    ratio = float(s[patron] / others.max()) if others.max() > 0 else float("nan")
    return Power(float(s[patron]), hhi, (hhi - 1 / n) / (1 - 1 / n), 1 / hhi, ratio, concentration(s))


@dataclass(frozen=True, slots=True)
class Hub:
    """A channel of dependence over the members: with the patron, and against the best other option."""

    mean_dependence: float
    mean_advantage_any: float
    mean_advantage_outside: float
    share_advantage_positive: float
    mean_asymmetry: float
    coverage: float


def hub_dependence(dependence: ArrayLike, best_any: ArrayLike, best_outside: ArrayLike, of_patron: ArrayLike) -> Hub:
    """Dependence of the members on the patron in one channel.

    Parameters
    ----------
    dependence : (n_members - 1,)
        Share of each member's channel total that is with the patron; NaN where unknown.
    best_any, best_outside : the largest share with another state, and with one outside the alliance
    of_patron : the patron's share of its own total with each member
    """
    dep, any_, out, back = (np.asarray(x, dtype=np.float64) for x in (dependence, best_any, best_outside, of_patron))
    known = np.isfinite(dep) & np.isfinite(out)
    if not known.any():
        nothing = float("nan")
        return Hub(nothing, nothing, nothing, nothing, nothing, 0.0)
    advantage = (dep - out)[known]
    return Hub(
        float(dep[known].mean()), float((dep - any_)[known].mean()), float(advantage.mean()),
        float((advantage > 0).mean()), float(np.nanmean((dep - back)[known])), float(known.mean()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basing:
    """Who keeps facilities on whose soil inside the alliance."""

    out_states: float
    in_states: float
    asymmetry: float
    count_asymmetry: float
    patron_share: float
    n_inside: int
    n_outside: int


def basing_asymmetry(members: Sequence[str], patron: str, facilities: Sequence[tuple[str, str]]) -> Basing:
    """Basing asymmetry of an alliance.

    Parameters
    ----------
    facilities : sequence of (operator, host)
        One entry a facility in use with the host's consent.

    Returns
    -------
    Basing
        `asymmetry` within [-1, 1]; `count_asymmetry` and `patron_share` NaN where there is no facility.
    """
    rest = [member for member in members if member != patron]
    if not rest:
        raise MeasureError("members: an alliance has two members or more.")
    given = [host for operator, host in facilities if operator == patron and host in rest]
    received = [operator for operator, host in facilities if host == patron and operator in rest]
    in_rest = [(operator, host) for operator, host in facilities if host in rest]
    out, into = len(set(given)) / len(rest), len(set(received)) / len(rest)
    both = len(given) + len(received)
    inside = sum(operator in members and host in members for operator, host in facilities)
    outside = sum(operator not in members and host in members for operator, host in facilities)
    return Basing(
        out, into, out - into, (len(given) - len(received)) / both if both else float("nan"),
        len(given) / len(in_rest) if in_rest else float("nan"), inside, outside,
    )  # fmt: skip


def exclusivity(independent: ArrayLike, hosts_outsider: ArrayLike) -> FloatArray:
    """Exclusivity of each member, 1/(1 + independent alliances + hosts an outsider's facility), within (0, 1]."""
    return np.asarray(
        1 / (1 + np.asarray(independent, dtype=np.float64) + np.asarray(hosts_outsider, dtype=np.float64))
    )


@dataclass(frozen=True, slots=True)
class Alignment:
    """Closeness of the members to the patron and to each other."""

    with_patron: float
    among_rest: float
    hub_contrast: float
    pairs: int
    known_pairs: int


def alignment(similarity: ArrayLike, patron: int) -> Alignment:
    """Hub contrast: mean similarity of the members with the patron less that among themselves.

    Parameters
    ----------
    similarity : (n_members, n_members)
        Symmetric; NaN where too few joint votes.
    """
    s = require_square(np.asarray(similarity, dtype=np.float64), "similarity")
    rest = np.delete(np.arange(len(s)), patron)
    with_patron, among = s[rest, patron], s[np.ix_(rest, rest)][np.triu_indices(len(rest), 1)]
    one = float(np.nanmean(with_patron)) if np.isfinite(with_patron).any() else float("nan")
    other = float(np.nanmean(among)) if np.isfinite(among).any() else float("nan")
    known = int(np.isfinite(with_patron).sum() + np.isfinite(among).sum())
    return Alignment(one, other, one - other, len(with_patron) + len(among), known)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A mean over members with its coverage, its bounds under missingness and its leave-one-out range."""

    mean: float
    coverage: float
    lower: float
    upper: float
    jackknife_min: float
    jackknife_max: float


def bounds(values: ArrayLike, smallest: float, largest: float) -> Bounds:
    """Mean of the known values, with the missing ones set to the ends of the range.

    References
    ----------
    Manski (1990), American Economic Review 80(2): 319-323.
    """
    x = np.asarray(values, dtype=np.float64)
    known = np.isfinite(x)
    if not len(x):
        raise MeasureError("values: none. A dimension has at least one cell.")
    if ((x[known] < smallest) | (x[known] > largest)).any():
        raise MeasureError(f"values: outside {smallest:g} to {largest:g}, the range of the dimension.")
    share, observed = float(known.mean()), x[known]
    low, high = (float(np.where(known, x, end).mean()) for end in (smallest, largest))
    left_out = [np.delete(observed, i).mean() for i in range(len(observed))] if len(observed) > 1 else [np.nan]
    mean = float(observed.mean()) if len(observed) else float("nan")
    return Bounds(mean, share, low, high, float(np.min(left_out)), float(np.max(left_out)))
