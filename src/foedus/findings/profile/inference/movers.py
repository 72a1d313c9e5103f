"""Who moves toward whom: changes of ideal points of members and candidate against the gap of the year before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.inference.outcomes import Cells, lead_code
from foedus.findings.profile.scene import Scene
from foedus.measures.arrays import FloatArray

MIN_YEARS = 5
MIN_MEMBERS = 4


@dataclass(frozen=True, slots=True)
class Steps:
    """Yearly steps of pairs of a member and the candidate: the gap before, and how far each of the two moved.

    `pair` numbers the members; `gap` is the member's position less that of the candidate.
    """

    pair: FloatArray
    gap: FloatArray
    of_member: FloatArray
    of_lead: FloatArray


@dataclass(frozen=True, slots=True)
class Movement:
    """Shares of the gap that members, and the candidate, close in a year, and the difference.

    `interval` holds the ends for the difference, `of_lead` those for the candidate; None with few members.
    """

    members: float
    lead: float
    difference: float
    interval: tuple[float | None, ...]
    of_lead: tuple[float | None, ...]
    n_members: int


class Positions:
    """Positions of states by year in a window, and who was a member in which of its years."""

    def __init__(self, scene: Scene, points: Cells, data: Datasets) -> None:
        self.scene, self._points, self._data = scene, points, data
        self._series: dict[str, FloatArray] = {}
        self.present = {
            member: np.array([member in scene.stays(year) for year in scene.years]) for member in scene.members
        }

    def of(self, state: str) -> FloatArray:
        """Position in each year of the window, NaN where unknown."""
        if state not in self._series:
            codes = [(lead_code(self._data, state, year), year) for year in self.scene.years]
            self._series[state] = np.array(
                [self._points.get((code, year), np.nan) if code is not None else np.nan for code, year in codes]
            )
        return self._series[state]

    def steps(self, lead: str) -> Steps:
        """Steps between years in both of which a state was a member; the candidate need not be one."""
        theirs = self.of(lead)
        found = []
        for number, member in enumerate(m for m in self.scene.members if m != lead):
            mine, here = self.of(member), self.present[member]
            gap, of_member, of_lead = (mine - theirs)[:-1], np.diff(mine), np.diff(theirs)
            # of one state and its predecessor there is no gap to close
            known = here[:-1] & here[1:] & np.isfinite(gap + of_member + of_lead) & (gap != 0)
            if known.sum() >= MIN_YEARS:
                number_of = np.full(int(known.sum()), float(number))
                found.append(np.stack([number_of, gap[known], of_member[known], of_lead[known]]))
        table = np.concatenate(found, axis=1) if found else np.zeros((4, 0))
        return Steps(*table)


def movement(steps: Steps, random: np.random.Generator | None = None, draws: int = 0) -> Movement | None:
    """Least squares with an intercept for each pair, by a block bootstrap over members.

    Returns
    -------
    Movement
        `members` is lambda in ``step = a_i + lambda (lead - member) + u``, `lead` the same for the candidate toward
        the members. None without a single gap that changes.

    References
    ----------
    Kuensch (1989), Annals of Statistics 17(3): 1217-1241, on resampling blocks.
    """
    pairs = np.unique(steps.pair)
    moments = np.array([_moments(steps, pair) for pair in pairs]).reshape(-1, 3)
    total = moments.sum(axis=0)
    if len(pairs) == 0 or total[0] <= 0:
        return None
    own, lead = -total[1] / total[0], total[2] / total[0]
    interval: tuple[float | None, ...] = (None,) * 4
    if random is not None and len(pairs) >= MIN_MEMBERS:
        sums = moments[random.integers(len(pairs), size=(draws, len(pairs)))].sum(axis=1)
        sums = sums[sums[:, 0] > 0]
        of_lead = sums[:, 2] / sums[:, 0]
        gaps = -sums[:, 1] / sums[:, 0] - of_lead
        interval = tuple(float(x) for x in (*np.quantile(gaps, (0.025, 0.975)), *np.quantile(of_lead, (0.025, 0.975))))
    return Movement(float(own), float(lead), float(own - lead), interval[:2], interval[2:], len(pairs))


def _moments(steps: Steps, pair: float) -> tuple[float, float, float]:
    mine = steps.pair == pair
    gap = steps.gap[mine] - steps.gap[mine].mean()
    return float(gap @ gap), float(gap @ steps.of_member[mine]), float(gap @ steps.of_lead[mine])
