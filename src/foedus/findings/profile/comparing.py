"""What a value is held against: placebo patrons, and other alliances with their leading states at the same age."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.scene import Scene
from foedus.measures.significance import placebo_test

Measure = Callable[[Scene, str], Estimate]


@dataclass(frozen=True, slots=True)
class PlaceboRank:
    """Rank among placebo patrons, with the smallest p that their number allows."""

    p: float | None = None
    smallest: float | None = None
    members: int = 0
    outside: int = 0
    values: dict[str, float] = field(default_factory=dict)
    p_members: float | None = None
    smallest_members: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Values of the alliance and its peers at the same ages."""

    own: dict[int, float] = field(default_factory=dict)
    peers: dict[str, dict[int, float]] = field(default_factory=dict)
    own_mean: float | None = None
    peer_mean: float | None = None
    difference: float | None = None
    p: float | None = None
    smallest: float | None = None
    gaps: tuple[float, ...] = ()


def rank_placebos(
    scene: Scene, patron: str, value: float | None, measure: Measure, outside: Sequence[str]
) -> PlaceboRank:
    """The same statistic for every other member and for outside states in place of the candidate."""
    inside = [member for member in scene.members if member != patron]
    others = [state for state in outside if state != patron]
    values: dict[str, float] = {}
    for state in (*inside, *others):
        found = measure(scene, state)
        if found.value is not None:
            values[state] = found.value
    if value is None or not values:
        return PlaceboRank()
    rank = placebo_test(value, list(values.values()))
    own = [values[state] for state in inside if state in values]
    among = placebo_test(value, own) if own else None
    return PlaceboRank(
        round(rank.p, 9), round(rank.smallest, 9), len(own), len(values) - len(own), dict(sorted(values.items())),
        round(among.p, 9) if among else None, round(among.smallest, 9) if among else None,
    )  # fmt: skip


def compare_at_ages(
    scene: Scene, patron: str, peers: Sequence[tuple[Scene, str]], ages: Sequence[int], measure: Measure,
    *, cumulative: bool = False, seen: dict[str, dict[int, float]] | None = None,
) -> Comparison:  # fmt: skip
    """Means over the ages that the alliance and a peer have both reached, peer by peer.

    Parameters
    ----------
    cumulative
        Look at all years up to each age, as for events that are rare in any one year.
    seen
        Values that another comparison by the same measure found, by `PACT:STATE`; what is found is added.
    """
    known = {} if seen is None else seen

    def values_of(one: Scene, lead: str) -> dict[int, float]:
        key = f"{one.pact.id}:{lead}"
        if key not in known:
            known[key] = _at_ages(one, lead, ages, measure, cumulative)
        return known[key]

    own = values_of(scene, patron)
    others: dict[str, dict[int, float]] = {}
    gaps, means = [], []
    for peer, lead in peers:
        values = values_of(peer, lead)
        others[f"{peer.pact.id}:{lead}"] = values
        shared = [age for age in own if age in values]
        if shared:
            gaps.append(float(np.mean([own[age] - values[age] for age in shared])))
            means.append(float(np.mean([values[age] for age in shared])))
    if not gaps:
        return Comparison(own, others)
    smallest = 1 / (len(gaps) + 1)
    at_least = sum(gap <= 0 for gap in gaps)
    return Comparison(
        own, others, round(float(np.mean(list(own.values()))), 9), round(float(np.mean(means)), 9),
        round(float(np.mean(gaps)), 9), round((1 + at_least) / (len(gaps) + 1), 9), round(smallest, 9), tuple(gaps),
    )  # fmt: skip


def _at_ages(scene: Scene, patron: str, ages: Sequence[int], measure: Measure, cumulative: bool) -> dict[int, float]:
    found = {}
    for age in ages:
        then = scene.at_age(age, cumulative=cumulative)
        if then is None or then.on(then.last) is None or not [m for m in then.members if m != patron]:
            continue
        value = measure(then, patron).value
        if value is not None:
            found[age] = value
    return found
