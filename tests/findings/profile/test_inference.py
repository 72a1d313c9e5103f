"""The tests of entry, exit, movement and gravity: right on made-up data, null on nulls, silent where designs fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from measure_vectors import VECTORS

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import declaration
from foedus.findings.profile.falsification import uniformity
from foedus.findings.profile.inference.design import LAGS, LEADS, Change, Design, randomise
from foedus.findings.profile.inference.event_study import event_study, slope_test
from foedus.findings.profile.inference.evidence import Evidence
from foedus.findings.profile.inference.matching import balance, distances, nearest
from foedus.findings.profile.inference.movers import Steps, movement
from foedus.findings.profile.inference.outcomes import positions, ties
from foedus.findings.profile.inference.simulation import simulated_entry, simulated_movement
from foedus.findings.profile.inference.synthetic import synthetic_control, synthetic_weights
from foedus.findings.profile.inference.table import EntryFacts, Row, entry_judge, equivalence_judge, read_all, settle
from foedus.findings.profile.reading import Reading
from foedus.findings.profile.scene import set_scene
from foedus.findings.profile.world import World
from foedus.measures.significance import difference_in_differences, equivalence, holm
from foedus.record.models import Record

LIMITS = declaration().thresholds


def design_of(values: Any, entered: list[int], years: list[int], *, alike: Any = None) -> Design:
    """A design of made-up states, rows of values with a column for each event year, all entering at once or apart."""
    n = len(values)
    slots = [Change(f"S{row}", row, year) for row, year in zip(entered, years, strict=True)]
    paths = np.stack([values for _ in slots])
    apart = np.abs(np.subtract.outer(alike, alike)) if alike is not None else np.zeros((n, n))
    distance = np.where(np.eye(n, dtype=bool), np.inf, apart)
    allowed = np.ones((len(slots), n), dtype=bool)
    allowed[:, entered] = False
    return Design(slots, np.array(entered), paths, np.stack([distance] * len(slots)), allowed, 5, 1.0)


def two_groups(effect: float, *, drift: float = 0.0) -> Any:
    """Ten states: the first three change by an effect in event year 0, after a drift."""
    random = np.random.default_rng(3)
    events = np.arange(-LEADS, LAGS + 1)
    values = 0.3 + random.normal(0, 0.01, (10, len(events)))
    values[:3] += effect * (events >= 0) + drift * events
    return values


def test_the_vector_of_two_by_two_is_the_effect_of_a_design() -> None:
    row = VECTORS["v097"]["input"]
    assert difference_in_differences(
        row["treated_pre"], row["treated_post"], row["control_pre"], row["control_post"]
    ) == pytest.approx(VECTORS["v097"]["expected"]["att"], abs=1e-9)
    values = np.full((2, LEADS + LAGS + 1), np.nan)
    values[0, LEADS - 2 : LEADS], values[1, LEADS - 2 : LEADS] = row["treated_pre"], row["control_pre"]
    # two years on either side, three being the least that is used: the middle one is their mean
    for i, name in enumerate(("treated_post", "control_post")):
        values[i, LEADS : LEADS + 3] = [row[name][0], np.mean(row[name]), row[name][1]]
    design = design_of(values, [0], [1990])
    assert design.effects(np.array([[0]]))[0] == pytest.approx(0.08, abs=1e-9)


def test_the_regression_gives_the_mean_of_the_matched_differences() -> None:
    pytest.importorskip("pyfixest")
    design = design_of(two_groups(0.1), [0, 1, 2], [1990] * 3).usable()
    found = event_study(design)
    own = design.effects(design.rows[None, :])[0]
    assert found.effect == pytest.approx(own)
    assert found.lower is not None and found.upper is not None
    assert found.lower < 0.1 < found.upper
    assert found.path[5] == pytest.approx(0.1, abs=0.03)
    assert found.pretrend_p is not None and found.pretrend_p > LIMITS.pretrend_level


def test_effects_that_grow_after_staggered_entries_do_not_turn_the_sign() -> None:
    """Two-way fixed effects would use early entrants as controls for late ones; this design never does."""
    events = np.arange(-LEADS, LAGS + 1)
    values = np.zeros((12, 40))
    for row, year in ((0, 10), (1, 10), (2, 16), (3, 16)):
        values[row] += 0.02 * np.maximum(np.arange(40) - year + 1, 0)
    slots = [Change(f"S{row}", row, year) for row, year in ((0, 10), (1, 10), (2, 16), (3, 16))]
    paths = np.stack([values[:, slot.year - LEADS : slot.year + LAGS + 1] for slot in slots])
    distance = np.stack([np.where(np.eye(12, dtype=bool), np.inf, 0.0)] * 4)
    allowed = np.ones((4, 12), dtype=bool)
    design = Design(slots, np.arange(4), paths, distance, allowed, 5, 1.0)
    assert all(not {0, 1, 2, 3} & set(own) for own in design.controls())
    expected = 0.02 * (events[events >= 0] + 1).mean()
    assert design.effects(np.arange(4)[None, :])[0] == pytest.approx(expected)


def test_a_trend_before_entry_is_found_and_settles_nothing() -> None:
    pytest.importorskip("pyfixest")
    study = event_study(design_of(two_groups(0.0, drift=0.02), [0, 1, 2], [1990] * 3).usable(), 0.05)
    assert study.pretrend_p is not None and study.pretrend_p <= LIMITS.pretrend_level
    facts = EntryFacts(3, 3, 0.0)
    assert entry_judge(study, facts, LIMITS)(0.001).side == "undetermined"
    assert "trend before" in equivalence_judge(study, facts, LIMITS, "it")(0.001).reason


def test_a_clean_rise_counts_for_and_only_with_a_known_and_balanced_past() -> None:
    pytest.importorskip("pyfixest")
    study = event_study(design_of(two_groups(0.1), [0, 1, 2], [1990] * 3).usable(), 0.05)
    assert entry_judge(study, EntryFacts(3, 3, 0.0), LIMITS)(0.01).side == "for"
    assert entry_judge(study, EntryFacts(3, 3, None), LIMITS)(0.01).side == "undetermined"
    assert entry_judge(study, EntryFacts(3, 3, 1.0), LIMITS)(0.01).side == "undetermined"
    assert entry_judge(study, EntryFacts(3, 8, 0.0), LIMITS)(0.01).side == "undetermined"
    assert entry_judge(study, EntryFacts(3, 3, 0.0), LIMITS)(0.06).side == "undetermined"


def test_a_single_entry_has_no_interval() -> None:
    study = event_study(design_of(two_groups(0.1), [0], [1990]).usable())
    assert (study.error, study.lower) == (None, None)


def test_the_smallest_p_is_that_of_the_number_of_assignments() -> None:
    design = design_of(two_groups(0.5)[:4], [0], [1990]).usable()
    found = randomise(design, np.random.default_rng(1), 399)
    assert found.smallest == pytest.approx(1 / 4)
    assert found.p >= found.smallest


def test_power_against_a_drift_grows_with_it() -> None:
    weak, strong = (slope_test(0.0, 0.01, 20, size)[1] for size in (0.005, 0.1))
    assert 0.05 <= weak < 0.2
    assert strong > 0.99


def test_matches_are_near_in_every_known_covariate_and_complete() -> None:
    covariates = np.array([[1.0, 0.0], [1.1, 0.0], [9.0, 0.0], [1.0, np.nan], [1.0, 1.0]])
    found = distances(covariates, np.ones(5, dtype=bool))
    free = np.array([False, True, True, True, True])
    assert nearest(found[0], free, 5, 1.0) == [1]
    assert np.isinf(found[0, 3])


def test_balance_is_the_standardised_difference_before_and_after() -> None:
    own, pool = np.array([[2.0], [4.0]]), np.array([[0.0], [2.0], [4.0], [6.0]])
    (row,) = balance(own, [np.array([[2.0]]), np.array([[3.0]])], pool, ["x"])
    assert row.before == pytest.approx(0.0)
    assert row.after == pytest.approx(0.5 / pool.std(), abs=1e-6)


def test_a_synthetic_control_follows_the_path_and_shows_the_break() -> None:
    random = np.random.default_rng(5)
    donors = random.normal(size=(12, 2)) @ random.normal(size=(2, 18)) + random.normal(0, 0.02, (12, 18))
    target = 0.5 * donors[0] + 0.5 * donors[1]
    target[10:] += 1.0
    weights = synthetic_weights(target[:10], donors[:, :10])
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    found = synthetic_control(target, donors, 10)
    assert found.effect == pytest.approx(1.0, abs=0.15)
    assert (found.p, found.smallest) == (pytest.approx(1 / 13), pytest.approx(1 / 13))


def test_the_mover_test_recovers_who_moves() -> None:
    gap = np.tile(np.linspace(-1, 1, 11), 4)
    pair = np.repeat(np.arange(4.0), 11)
    found = movement(Steps(pair, gap, -0.3 * gap, 0.1 * gap), np.random.default_rng(1), 200)
    assert found is not None
    assert (found.members, found.lead, found.difference) == pytest.approx((0.3, 0.1, 0.2))
    assert found.interval == pytest.approx((0.2, 0.2))
    swapped = movement(Steps(pair, -gap, -0.1 * gap * -1, 0.3 * gap * -1))
    assert swapped is not None
    assert swapped.difference == pytest.approx(-0.2)


def test_holm_steps_down_and_leaves_unknown_ones_out() -> None:
    assert holm([0.01, 0.04, float("nan"), 0.03]) == pytest.approx([0.03, 0.06, float("nan"), 0.06], nan_ok=True)


def test_equivalence_needs_an_interval_inside_the_margin() -> None:
    assert equivalence(0.0, 0.01, 10, 0.05).passes
    assert not equivalence(0.04, 0.01, 10, 0.05).passes
    assert not equivalence(0.0, 0.05, 10, 0.05).passes


def test_levels_and_tests_that_disagree_settle_nothing() -> None:
    rows = read_all([
        Row("one", "x", p=0.001, judge=lambda p: Reading("against", "no change")),
        Row("two", "y", p=0.9),
        Row("three", "z", not_run="needs a library"),
    ])  # fmt: skip
    assert [row["p_holm"] for row in rows] == [0.002, 0.9, None]
    assert rows[2]["reason"] == "Not run: needs a library"
    assert settle(Reading("for", "levels", is_open=True), rows).side == "undetermined"
    assert settle(Reading("undetermined", "levels", is_open=True), rows).side == "against"
    assert settle(Reading("undetermined", "coverage", is_open=False), rows).side == "undetermined"
    both = [*rows, {"test": "four", "tested": "w", "reading": "for", "reason": "a rise"}]
    assert settle(Reading("undetermined", "levels", is_open=True), both).side == "undetermined"


def test_ties_are_unknown_and_not_zero_outside_the_data(record: Record) -> None:
    import polars as pl

    frame = pl.DataFrame({
        "ccode1": [2, 2, 20], "ccode2": [20, 200, 200], "year": [1950] * 3, "flow1": [30.0, 10.0, -9.0],
        "flow2": [30.0, 0.0, 40.0],
    })  # fmt: skip
    found = ties(Datasets(record, {"cow.trade-4.0": frame}), "USA", range(1949, 1952))
    window = found.window("trade_share", 1949, 1952)
    assert window[found.row[20]] == pytest.approx([np.nan, 0.6, np.nan, np.nan], nan_ok=True)
    assert window[found.row[200]] == pytest.approx([np.nan, 0.2, np.nan, np.nan], nan_ok=True)
    assert set(found.values) == {"trade_share"}


def test_positions_come_from_votes_where_no_ideal_points_are_here(record: Record) -> None:
    import polars as pl

    random = np.random.default_rng(2)
    codes = [2, 200, 220, 365, 290, 310]
    votes = [
        {"session": s, "rcid": 100 * s + call, "ccode": code, "is_cast": True,
         "vote": (1 if (i < 3) == (call % 2 == 0) or random.random() < 0.1 else 3)}
        for s in (5, 6) for call in range(30) for i, code in enumerate(codes)
    ]  # fmt: skip
    found = positions(Datasets(record, {"un.votes-2015": pl.DataFrame(votes)}), range(1950, 1952))
    for year in (1950, 1951):
        west, east = (np.mean([found[code, year] for code in part]) for part in (codes[:3], codes[3:]))
        assert abs(west - east) > 1
    assert np.sign(found[2, 1950]) == np.sign(found[2, 1951])


def test_without_the_library_the_regressions_are_listed_as_not_run(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    from foedus.findings.profile import profile

    monkeypatch.setattr("foedus.findings.profile.inference.evidence.can_estimate", lambda: False)
    frame = pl.DataFrame({
        "ccode1": [2, 2, 200], "ccode2": [200, 220, 220], "year": [1956] * 3, "flow1": [3.0, 4.0, 5.0],
        "flow2": [3.0, 4.0, 5.0],
    })  # fmt: skip
    report = profile(record, "SEATO", patron="USA", inputs={"cow.trade-4.0": frame}, compare=["CENTO:USA"])
    (row,) = (row for row in report["dimensions"] if row["name"] == "hub_dependence")
    missing = {test["test"]: test["reason"] for test in row["tests"] if test["reason"].startswith("Not run")}
    assert "foedus[statistics]" in missing["event study of entry"]
    assert "foedus[statistics]" in missing["placebo patrons, gravity residuals"]


def test_p_values_of_entries_and_of_movement_are_uniform_where_there_is_nothing() -> None:
    random = np.random.default_rng(20261125)
    assert uniformity([simulated_entry(random, 0.0) for _ in range(100)]) > 0.01
    assert uniformity([simulated_movement(random, 0.0) for _ in range(100)]) > 0.01


def test_injected_effects_are_found() -> None:
    random = np.random.default_rng(7)
    assert np.mean([simulated_entry(random, 0.1) <= 0.05 for _ in range(25)]) >= 0.8
    assert np.mean([simulated_movement(random, 0.3) <= 0.05 for _ in range(40)]) >= 0.6


def test_entries_of_the_shared_data_are_matched_on_a_former_common_state(record: Record) -> None:
    """Otherwise the result would mostly be the inheritance of the union that all of them left."""
    data_folder = Path(__file__).parents[4] / "shared" / "data"
    if not data_folder.is_dir():
        pytest.skip("needs ../shared/data")
    world = World(record)
    scene = set_scene(world, record.pacts["CSTO"], 1994, 2010)
    evidence = Evidence(world, scene, "RUS", Datasets(record, data_folder), declaration(), [])
    design = evidence.design("entry", "trade_share").usable()
    assert len(design.slots) >= 4
    (past,) = (row for row in evidence.balance(design) if row.covariate == "common_past")
    assert past.before > 2
    assert abs(past.after) <= LIMITS.balance
    matched = {row for own in design.controls() for row in own}
    members = {evidence.ties.row[slot.code] for slot in design.slots}
    assert matched
    assert not matched & members
