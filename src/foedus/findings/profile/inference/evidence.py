"""The tests of each dimension for one alliance and candidate, on the datasets that are here."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.core.dates import parse_date
from foedus.findings.profile.comparing import Comparison, PlaceboRank
from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import Declaration, Dimension
from foedus.findings.profile.estimate import Estimate, number
from foedus.findings.profile.inference.changes import Changes, entries, exits
from foedus.findings.profile.inference.design import LAGS, LEADS, Change, Design, build, randomise
from foedus.findings.profile.inference.matching import COVARIATES, Balance, Covariates, balance
from foedus.findings.profile.inference.outcomes import Ties, positions, ties
from foedus.findings.profile.inference.table import (
    EntryFacts,
    Row,
    entry_judge,
    equivalence_judge,
    gravity_judge,
    listed,
    movers_judge,
    not_run,
    ranked,
)
from foedus.findings.profile.scene import Scene
from foedus.findings.profile.world import World
from foedus.measures.significance import equivalence, equivalence_test, placebo_test
from foedus.record.crosswalk import bearers

if TYPE_CHECKING:
    from foedus.findings.profile.inference.synthetic import Synthetic

EXTRA = "pip install 'foedus[statistics]'"
WORDS = {"trade_share": "share of trade with the candidate", "kappa": "kappa of votes with the candidate",
         "closeness": "closeness of ideal points to the candidate"}  # fmt: skip
MIN_PEERS = 3
FIT = 10  # years before an exit on which a synthetic control is fitted


def can_estimate() -> bool:
    """Whether the library of the regressions is installed."""
    return find_spec("pyfixest") is not None


@dataclass
class Evidence:
    """What the tests of one alliance and candidate share: ties, covariates, changes, placebo candidates."""

    world: World
    scene: Scene
    patron: str
    data: Datasets
    fixed: Declaration
    outside: Sequence[str]

    def rows(
        self, dimension: Dimension, level: Estimate, rank: PlaceboRank, compared: Comparison, matched: Comparison
    ) -> list[Row]:
        """The tests of a dimension that has a value, the rank among placebo patrons first."""
        found = [] if rank.p is None else [_placebo_row(level, rank)]
        if "gravity" in dimension.tests:
            found += self._gravity()
        for outcome, effect in dimension.outcomes.items():
            margin = getattr(self.fixed.thresholds, effect) if effect else None
            found += self._study("entry", outcome, margin) + self._study("exit", outcome, margin)
            found += self._synthetic(outcome)
        if "movers" in dimension.tests:
            found += self._movers()
        return found + self._peers(dimension, {"declared": compared, "matched": matched})

    @cached_property
    def ties(self) -> Ties:
        """Ties of every state to the candidate, as far as the windows of the changes reach."""
        return ties(self.data, self.patron, range(self.scene.first - max(FIT, LEADS) - 1, self.scene.last + LAGS + 1))

    @cached_property
    def covariates(self) -> Covariates:
        """What states are matched on."""
        return Covariates(self.data, self.patron, self.ties)

    @cached_property
    def changes(self) -> dict[str, Changes]:
        """Entries and exits of the window."""
        return {
            "entry": entries(self.scene, self.patron, self.data), "exit": exits(self.scene, self.patron, self.data),
        }  # fmt: skip

    def design(self, kind: str, outcome: str) -> Design:
        """The design of the entries or the exits for one outcome, all of its slots."""
        limits, changes = self.fixed.thresholds, self.changes[kind]
        return build(
            self.ties, outcome, changes.slots, self.covariates, changes.blocked, matches=limits.matches,
            caliper=limits.caliper,
        )  # fmt: skip

    def _study(self, kind: str, outcome: str, margin: float | None) -> list[Row]:
        name, tested = f"event study of {kind}", WORDS[outcome]
        if outcome not in self.ties.values:
            return []
        if not can_estimate():
            return [not_run(name, tested, EXTRA)]
        whole = self.design(kind, outcome)
        design = whole.usable()
        if not design.slots:
            why = f"no {kind} in the window has an outcome in the years before and after and a state like it"
            return [not_run(name, tested, why)]
        from foedus.findings.profile.inference.event_study import event_study

        limits = self.fixed.thresholds
        study = event_study(design, margin)
        drawn = randomise(design, _random(f"{kind}:{outcome}"), limits.draws, sign=1.0 if kind == "entry" else -1.0)
        rows = self.balance(design)
        past = next((row.after for row in rows if row.covariate == "common_past"), None)
        facts = EntryFacts(len(design.slots), len(self.changes[kind].slots), past)
        details = {
            "changes": facts.usable, "changes_in_window": facts.eligible, "draws": drawn.draws,
            "pretrend_p": number(study.pretrend_p), "pretrend_power": number(study.pretrend_power),
            "path": {str(event): number(value) for event, value in study.path.items()},
            "path_errors": {str(event): number(value) for event, value in study.errors.items()},
            "matches": self._matches(design),
            "balance": [{"covariate": b.covariate, "before": b.before, "after": b.after} for b in rows],
        }  # fmt: skip
        judge = entry_judge(study, facts, limits) if kind == "entry" else listed
        found = [Row(name, tested, study.effect, study.lower, study.upper, drawn.p, drawn.smallest, judge, details)]
        if margin is not None and study.error is not None:
            same = equivalence(study.effect, study.error, study.freedom, margin)
            found.append(
                Row(f"equivalence after {kind}", f"{tested}, within {margin:g}", study.effect, study.lower, study.upper,
                    same.p, None, equivalence_judge(study, facts, limits, f"the change after {kind}"))
            )  # fmt: skip
        return found

    def balance(self, design: Design) -> list[Balance]:
        """Balance of the matches of a design."""
        tables = [self.covariates.before(slot.year) for slot in design.slots]
        own = np.array([table[row] for table, row in zip(tables, design.rows, strict=True)])
        matched = [table[controls] for table, controls in zip(tables, design.controls(), strict=True)]
        pool = np.concatenate([table[free] for table, free in zip(tables, design.allowed, strict=True)])
        return balance(own, matched, pool, COVARIATES)

    def _matches(self, design: Design) -> list[dict[str, Any]]:
        return [
            {"state": slot.state, "name": self.world.name(slot.state), "year": slot.year,
             "matches": [self._name(self.ties.codes[i], slot.year) for i in controls]}
            for slot, controls in zip(design.slots, design.controls(), strict=True)
        ]  # fmt: skip

    def _name(self, code: int, year: int) -> str:
        found = bearers(self.data.record, "cow", code, parse_date(str(year))) or bearers(self.data.record, "cow", code)
        return self.world.name(found[-1]) if found else f"COW {code}"

    def _synthetic(self, outcome: str) -> list[Row]:
        """The exits whose paths before are long enough to be followed, as one test by Bonferroni."""
        if outcome not in self.ties.values or outcome == "closeness":
            return []
        changes = self.changes["exit"]
        fits = [
            (slot, fit)
            for slot, blocked in zip(changes.slots, changes.blocked, strict=True)
            if (fit := self._followed(slot, blocked, outcome)) is not None
        ]
        if not fits:
            return []
        listed_fits = [
            {"state": slot.state, "name": self.world.name(slot.state), "year": slot.year,
             "effect": number(fit.effect), "p": number(fit.p), "smallest_p": number(fit.smallest),
             "donors": fit.donors, "ratio_after_to_before": number(fit.ratio)}
            for slot, fit in fits
        ]  # fmt: skip
        n = len(fits)
        return [
            Row("synthetic controls of exits", WORDS[outcome], float(np.mean([fit.effect for _, fit in fits])),
                p=min(n * min(fit.p for _, fit in fits), 1.0),
                smallest=min(n * min(fit.smallest for _, fit in fits), 1.0), details={"exits": listed_fits})
        ]  # fmt: skip

    def _followed(self, slot: Change, blocked: set[int], outcome: str) -> Synthetic | None:
        from foedus.findings.profile.inference.synthetic import synthetic_control

        table = self.ties.window(outcome, slot.year - FIT, slot.year + slot.lags)
        own = self.ties.row.get(slot.code)
        if own is None:
            return None
        known = np.isfinite(table[own])
        before = int(known[:FIT].sum())
        free = [i for i, code in enumerate(self.ties.codes) if code not in blocked and i != own]
        donors = [i for i in free if np.isfinite(table[i, known]).all()]
        if before < LEADS or not known[FIT:].any() or len(donors) < 2:
            return None
        return synthetic_control(table[own, known], table[donors][:, known], before)

    def _gravity(self) -> list[Row]:
        from foedus.findings.profile.inference.matching import DISTANCES

        name, tested = "placebo patrons, gravity residuals", "trade share beyond size, distance and a common past"
        if not can_estimate():
            return [not_run(name, tested, EXTRA)]
        if self.data.frame(DISTANCES) is None:
            return [not_run(name, tested, f"foedus data get {DISTANCES}")]
        from foedus.findings.profile.inference.gravity import LACKS, residual_shares

        found = residual_shares(self.scene, self.patron, self.data)
        if found is None:
            return [not_run(name, tested, "no year of the window has both trade and distances")]
        rank = placebo_test(found.own, list(found.others.values()))
        judge = gravity_judge(rank.p, found.own, rank.n_placebos, self.fixed.thresholds)
        details = {"states": rank.n_placebos, "years": found.years, "terms": found.terms, "note": LACKS}
        return [Row(name, tested, found.own, p=rank.p, smallest=rank.smallest, judge=judge, details=details)]

    def _movers(self) -> list[Row]:
        from foedus.findings.profile.inference.movers import Positions, movement

        name, tested = "mover test", "share of the gap closed a year, members less candidate"
        years = range(self.scene.first, self.scene.last + 1)
        places = Positions(self.scene, positions(self.data, years), self.data)
        moved = movement(places.steps(self.patron), _random(name), self.fixed.thresholds.bootstrap)
        if moved is None:
            return [not_run(name, tested, "no member has positions beside the candidate's in enough years")]
        others = [state for state in (*self.scene.members, *self.outside) if state != self.patron]
        placebos = {state: fit.difference for state in others if (fit := movement(places.steps(state))) is not None}
        rank = placebo_test(moved.difference, list(placebos.values()))
        details = {
            "lambda_members": number(moved.members), "lambda_candidate": number(moved.lead),
            "lambda_candidate_interval": [number(end) for end in moved.of_lead],
            "members": moved.n_members, "states": rank.n_placebos,
        }  # fmt: skip
        judge = movers_judge(moved, self.fixed.thresholds)
        low, high = moved.interval
        return [Row(name, tested, moved.difference, low, high, rank.p, rank.smallest, judge, details)]

    def _peers(self, dimension: Dimension, comparisons: dict[str, Comparison]) -> list[Row]:
        """The differences to declared and to matched peers: ranks, and whether the difference lies within the margin.

        Equivalence is that of matched peers where there are three, else of the declared.
        """
        margin = getattr(self.fixed.thresholds, dimension.effect)
        found, wide = [], None
        for name, compared in comparisons.items():
            if compared.difference is None:
                continue
            judge = ranked(len(compared.gaps), self.fixed.thresholds)
            found.append(
                Row("difference across alliances", f"mean difference from {name} peers at the same age",
                    compared.difference, p=compared.p, smallest=compared.smallest, judge=judge,
                    details={"peers": len(compared.gaps)})
            )  # fmt: skip
            if len(compared.gaps) >= MIN_PEERS and dimension.rule != "none":
                wide = (name, compared)
        if wide:
            name, compared = wide
            same = equivalence_test(compared.gaps, margin)
            judge = equivalence_judge(None, None, self.fixed.thresholds, "the difference from peers")
            tested = f"difference from {name} peers at the same age, within {margin:g}"
            found.append(Row("equivalence with peers", tested, compared.difference, p=same.p, judge=judge))
        return found


def _placebo_row(level: Estimate, rank: PlaceboRank) -> Row:
    return Row(
        "placebo patrons", "the level, against other candidates", level.value, p=rank.p, smallest=rank.smallest,
        placebos=dict(rank.values),
        details={
            "members": rank.members, "outside_states": rank.outside, "p_among_members": rank.p_members,
            "smallest_p_among_members": rank.smallest_members,
        },
    )  # fmt: skip


def _random(name: str) -> np.random.Generator:
    """The same draws for every alliance: the seed is the test's name."""
    return np.random.default_rng(zlib.crc32(name.encode()))
