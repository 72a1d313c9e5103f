"""The arithmetic of the patronage profile: vectors, exact intervals, calibration under the null."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_vectors import VECTORS, assert_meets, of_measure

from foedus.measures.arrays import MeasureError
from foedus.measures.intervals import clopper_pearson, jeffreys, poisson_rate
from foedus.measures.patronage import alignment, basing_asymmetry, bounds, exclusivity, hub_dependence, power
from foedus.measures.significance import difference_in_differences, equivalence_test, placebo_test


@pytest.mark.parametrize("row", of_measure("app_power"))
def test_power_vectors_are_met(row: dict[str, Any]) -> None:
    found = power([row["cinc"][str(code)] for code in row["members"]], row["members"].index(row["patron"]))
    got = {"share_p": found.share, "hhi": found.hhi, "hhi_norm": found.hhi_normalised,
           "effective_n": found.effective_number,
           "ratio_to_second": found.ratio_to_second, "singer_ray_con": found.concentration}  # fmt: skip
    assert_meets(got, row)


@pytest.mark.parametrize("row", of_measure("app_hub_trade"))
def test_hub_vectors_are_met(row: dict[str, Any]) -> None:
    columns = {name: [r[name] for r in row["rows"]] for name in ("dep", "best_any", "best_outside", "asym")}
    back = [dep - gap for dep, gap in zip(columns["dep"], columns["asym"], strict=True)]
    found = hub_dependence(columns["dep"], columns["best_any"], columns["best_outside"], back)
    got = {"coverage": found.coverage, "mean_dep": found.mean_dependence, "mean_H_any": found.mean_advantage_any,
           "mean_H_out": found.mean_advantage_outside, "share_H_out_positive": found.share_advantage_positive,
           "mean_asym": found.mean_asymmetry}  # fmt: skip
    assert_meets(got, row)


@pytest.mark.parametrize("row", of_measure("app_alignment"))
def test_a_contrast_ranks_among_those_of_the_other_members(row: dict[str, Any]) -> None:
    placebos = [value for code, value in row["expected"]["placebo"].items() if code != str(row["patron"])]
    found = placebo_test(row["expected"]["hub_contrast"], placebos)
    assert found.p == pytest.approx(row["expected"]["perm_p"], abs=1e-6)
    assert found.smallest == pytest.approx(1 / (1 + len(placebos)))


def test_alignment_of_a_small_table() -> None:
    s = np.array([[1, 0.8, 0.6], [0.8, 1, 0.2], [0.6, 0.2, 1]])
    found = alignment(s, 0)
    assert (found.with_patron, found.among_rest, found.pairs) == (pytest.approx(0.7), 0.2, 3)
    s[1, 2] = s[2, 1] = np.nan
    assert np.isnan(alignment(s, 0).hub_contrast)


def test_the_toy_alliance_by_hand_is_met() -> None:
    row = VECTORS["v094"]
    toy = row["input"]
    strength = power(list(toy["cinc"].values()), toy["members"].index(toy["patron"]))
    basing = basing_asymmetry(toy["members"], toy["patron"], [tuple(pair) for pair in toy["bases_owner_host"]])
    part, exits = toy["participation"], toy["exits"]
    joined = jeffreys(part["member_joined"], part["opportunities_patron"])
    answered = jeffreys(part["patron_joined"], part["opportunities_member"])
    costly = clopper_pearson(exits["exits_followed_by_patron_cost"], exits["exits"])
    k = list(toy["independent_alliances"].values())
    got = {
        "power_share": strength.share, "power_hhi": strength.hhi, "basing_out_states": basing.out_states,
        "basing_in_states": basing.in_states, "basing_asymmetry": basing.asymmetry,
        "basing_count_asymmetry": basing.count_asymmetry,
        "patron_share_of_foreign_bases_in_members": basing.patron_share,
        "intra_alliance_bases": basing.n_inside, "outside_bases": basing.n_outside,
        "exclusivity_mean": exclusivity(k, [0, 0, 0]).mean(), "participation_rate": joined.value,
        "reciprocation_rate": answered.value, "participation_asymmetry": joined.value - answered.value,
        "participation_jeffreys_95": [joined.lower, joined.upper],
        "exit_rate_per_100_member_years": poisson_rate(exits["exits"], exits["member_years"]).value,
        "costly_exit_share": costly.value, "costly_exit_clopper_pearson_95": [costly.lower, costly.upper],
    }  # fmt: skip
    assert_meets(got, row)


def test_bounds_and_leave_one_out_by_hand() -> None:
    row = VECTORS["v095"]
    found = bounds([np.nan if x is None else x for x in row["input"]["values"]], *row["input"]["range"])
    got = {"coverage": found.coverage, "mean_observed": found.mean, "lower": found.lower, "upper": found.upper,
           "jackknife_min": found.jackknife_min, "jackknife_max": found.jackknife_max}  # fmt: skip
    assert_meets(got, row)


def test_a_tie_counts_against_the_candidate() -> None:
    row = VECTORS["v096"]
    found = placebo_test(row["input"]["statistic"], row["input"]["placebos"])
    assert_meets({"p": found.p, "smallest_possible_p": found.smallest}, row)


def test_difference_in_differences_by_hand() -> None:
    row = VECTORS["v097"]
    parts = [row["input"][name] for name in ("treated_pre", "treated_post", "control_pre", "control_post")]
    assert_meets({"att": difference_in_differences(*parts)}, row)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=8))
def test_every_missing_value_widens_the_bounds_and_lowers_coverage(values: list[float | None]) -> None:
    found = bounds([np.nan if x is None else x for x in values], 0, 1)
    missing = sum(x is None for x in values) / len(values)
    assert found.coverage == pytest.approx(1 - missing)
    assert found.upper - found.lower == pytest.approx(missing)


def test_randomised_p_values_are_uniform_under_the_null() -> None:
    stats = pytest.importorskip("scipy.stats")
    random = np.random.default_rng(20260101)
    p = [placebo_test(draw[0], draw[1:], uniform=random.uniform()).p for draw in random.integers(0, 5, (500, 20))]
    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_no_opportunity_is_no_rate_and_its_interval_is_everything() -> None:
    found = jeffreys(0, 0)
    assert (np.isnan(found.value), found.lower, found.upper) == (True, 0, 1)
    with pytest.raises(MeasureError, match="3 of 2"):
        jeffreys(3, 2)


def test_no_exit_has_an_upper_bound() -> None:
    found = poisson_rate(0, 100)
    assert (found.value, found.lower) == (0, 0)
    assert found.upper == pytest.approx(3.6889, abs=1e-4)


def test_equivalence_passes_for_small_effects_only() -> None:
    assert equivalence_test([0.001, -0.002, 0.0015, -0.001], 0.05).passes
    assert not equivalence_test([0.2, 0.25, 0.18, 0.3], 0.05).passes
