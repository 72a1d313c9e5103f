"""What must show nothing: made-up alliances, shifted years, patrons from outside, votes permuted in a roll call."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.scene import Scene
from foedus.findings.profile.spans import Span
from foedus.measures.arrays import FloatArray
from foedus.measures.patronage import alignment
from foedus.measures.significance import placebo_test
from foedus.measures.similarity import VOTE_LEVELS, cohen_kappa
from foedus.measures.votes import vote_tables

if TYPE_CHECKING:
    from foedus.findings.profile.assess import Subject

RUNS = 40
SHIFT = 10
DIMENSIONS = ("basing_asymmetry", "exclusivity", "hub_dependence", "alignment")
Random = np.random.Generator


class MadeUp(Scene):
    """States put together at random as if they were an alliance through the whole window."""

    def cast(self, states: Sequence[str]) -> MadeUp:
        """The same window with other members."""
        self._made = tuple(sorted(states))
        return self

    @property
    def ever(self) -> frozenset[str]:
        """The members made up."""
        return frozenset(self._made)

    def _of_year(self, year: int) -> dict[str, list[Span]]:
        whole = (date(year, 1, 1), min(date(year, 12, 31), self.world.today))
        return {state: [whole] for state in self._made if whole[0] <= whole[1]}


def falsification(subject: Subject, runs: int = RUNS) -> list[dict[str, Any]]:
    """How often the placebo test finds something where there is nothing, by kind of null and dimension.

    Returns
    -------
    Rows of null, dimension, runs, share of p at or below the level, and the p-value of a test of uniformity on the
    randomised p-values. A uniform p near 0 means that the pipeline finds what is not there.
    """
    from foedus.findings.profile.assess import measures

    random = np.random.default_rng(zlib.crc32(f"{subject.scene.pact.id}:{subject.patron}".encode()))
    computed = measures(subject.fixed, subject.data)
    pool = subject.world.outsiders(subject.scene.ever | {subject.patron}, 60)
    rows = []
    for name in DIMENSIONS:
        measure = computed[name]
        if measure(subject.scene, subject.patron).value is None:
            continue
        for null, draw in _nulls(subject, pool).items():
            found = [p for _ in range(runs) if (p := draw(measure, random)) is not None]
            if found:
                rows.append(_row(null, name, found, subject.fixed.thresholds.level))
    if subject.data.votes:
        found = [p for _ in range(runs) if (p := permuted_votes(subject, random)) is not None]
        if found:
            rows.append(_row("votes permuted within roll calls", "alignment", found, subject.fixed.thresholds.level))
    return rows


def _row(null: str, dimension: str, p: Sequence[float], level: float) -> dict[str, Any]:
    return {
        "null": null, "dimension": dimension, "runs": len(p),
        "share_at_level": round(float(np.mean(np.array(p) <= level)), 9), "uniformity_p": round(uniformity(p), 9),
    }  # fmt: skip


def uniformity(p: Sequence[float]) -> float:
    """P-value of a Kolmogorov-Smirnov test that p-values are uniform."""
    from scipy.stats import kstest

    return float(kstest(p, "uniform").pvalue)


Draw = Callable[[Callable[[Scene, str], Estimate], Random], float | None]


def _nulls(subject: Subject, pool: Sequence[str]) -> dict[str, Draw]:
    scene = subject.scene
    size = max(2, min(len(scene.members), len(pool) // 2))
    year = (scene.first + scene.last) // 2

    def rank(made: Scene, measure: Callable[[Scene, str], Estimate], random: Random) -> float | None:
        candidates = [str(state) for state in random.permutation(np.array(pool))[:20]]
        values = [measure(made, state).value for state in candidates]
        known = [value for value in values if value is not None]
        return placebo_test(known[0], known[1:], uniform=random.uniform()).p if len(known) > 9 else None

    def random_alliance(measure: Callable[[Scene, str], Estimate], random: Random) -> float | None:
        states = [str(state) for state in random.permutation(np.array(pool))[:size]]
        made = MadeUp(subject.world, scene.pact, year, year).cast(states)
        return rank(made, measure, random)

    def shifted(measure: Callable[[Scene, str], Estimate], random: Random) -> float | None:
        moved = int(min(max(year + random.choice([-SHIFT, SHIFT]), 1816), subject.world.today.year))
        made = MadeUp(subject.world, scene.pact, moved, moved).cast(scene.members)
        return rank(made, measure, random)

    def far_away(measure: Callable[[Scene, str], Estimate], random: Random) -> float | None:
        return rank(scene.at_year(year), measure, random)

    return {
        "alliances of states drawn at random": random_alliance,
        f"founding years shifted by {SHIFT}, candidate drawn at random": shifted,
        "candidate drawn from states outside the alliance": far_away,
    }


def permuted_votes(subject: Subject, random: Random) -> float | None:
    """Rank of the candidate's hub contrast among the members' after the votes of each roll call were permuted."""
    data, scene = subject.data, subject.scene
    years = [year for year in scene.years if year in (data.votes or {}) and scene.on(year)]
    if not years:
        return None
    year = int(random.choice(years))
    day = scene.on(year)
    assert day is not None and data.votes is not None
    codes = [code for state in scene.present(year, day) if (code := data.code(state, day))]
    listed, cast = data.votes[year]
    rows = cast[[listed.index(code) for code in codes if code in listed]]
    if len(rows) < 4:
        return None
    shuffled = random.permuted(rows, axis=0)
    contrasts = contrasts_of(shuffled)
    chosen = int(random.integers(len(rows)))
    if not np.isfinite(contrasts[chosen]):
        return None
    return placebo_test(contrasts[chosen], np.delete(contrasts, chosen), uniform=random.uniform()).p


def contrasts_of(votes: FloatArray) -> FloatArray:
    """Hub contrast of each state in turn, from votes of states by roll calls."""
    n = len(votes)
    table = cohen_kappa(vote_tables(votes).reshape(3, 3, -1), VOTE_LEVELS, distance="squared").reshape(n, n)
    return np.array([alignment(table, i).hub_contrast for i in range(n)])
