"""Errors robust to shared states: the double sum over pairs, and the library's where states are shared by nobody."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.findings.profile import exhibits
from foedus.findings.profile.inference.dyadic import dyadic_errors


def by_double_sum(scores: Any, bread: Any, one: Any, other: Any) -> Any:
    """The estimator as it is written down: every two observations with a state in common."""
    meat = np.zeros((scores.shape[1], scores.shape[1]))
    for i in range(len(scores)):
        for j in range(len(scores)):
            if {one[i], other[i]} & {one[j], other[j]}:
                meat += np.outer(scores[i], scores[j])
    return np.sqrt(np.diag(bread @ meat @ bread))


def test_the_fast_sums_are_the_double_sum_over_pairs_that_share_a_state() -> None:
    random = np.random.default_rng(5)
    pairs = [(a, b) for a in range(9) for b in range(9) if a != b and random.random() < 0.7]
    one, other = np.array(pairs).T
    scores = random.normal(size=(len(pairs), 2))
    bread = np.array([[0.5, 0.1], [0.1, 0.3]])
    assert dyadic_errors(scores, bread, one, other) == pytest.approx(
        by_double_sum(scores, bread, one, other), nan_ok=True
    )


def test_pairs_that_share_no_state_give_errors_robust_to_heteroskedasticity() -> None:
    scores = np.array([[1.0], [-2.0], [3.0]])
    found = dyadic_errors(scores, np.eye(1), np.array([1, 3, 5]), np.array([2, 4, 6]))
    assert found == pytest.approx([np.sqrt(14)])


def test_both_directions_of_a_pair_are_one_cluster() -> None:
    scores = np.array([[1.0], [2.0]])
    assert dyadic_errors(scores, np.eye(1), np.array([1, 2]), np.array([2, 1])) == pytest.approx([3.0])


def test_a_shared_shock_of_a_state_widens_the_errors_beyond_those_of_independent_pairs() -> None:
    random = np.random.default_rng(11)
    n = 12
    one, other = np.array([(a, b) for a in range(n) for b in range(a + 1, n)]).T
    x, shock = random.normal(size=n), random.normal(size=n)
    regressor = (x[one] + x[other])[:, None]
    scores = regressor * (shock[one] + shock[other])[:, None]
    bread = np.linalg.inv(regressor.T @ regressor)
    plain = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread))
    assert dyadic_errors(scores, bread, one, other)[0] > 1.5 * plain[0]


def test_matches_balance_and_models_stand_as_tables_and_nothing_where_there_is_none() -> None:
    study = {
        "test": "event study of entry", "tested": "share", "changes": 1, "changes_in_window": 2,
        "matches": [{"name": "A", "year": 1950, "matches": ["B", "C"]}],
        "balance": [{"covariate": "common_past", "before": 2.0, "after": -0.0001}],
    }  # fmt: skip
    term = {"year": 1950, "term": "common_past", "estimate": 0.4, "error_two_way": 0.1, "error_dyadic": None}
    gravity = {"test": "placebo patrons, gravity residuals", "tested": "trade", "terms": [term]}
    tables = {table.title: table.rows for table in exhibits.tables_of_tests({"tests": [study, gravity]})}
    assert tables["Matched states"] == [("event study of entry, share", "1 of 2", "A", "1950", "B, C")]
    assert tables["Balance: standardised mean differences"][0][1:] == ("common past", "2.00", "0.00")
    assert tables["Gravity models"] == [("1950", "common past", "0.400", "0.100", "–")]
    assert exhibits.tables_of_tests({"tests": [{"test": "x", "tested": "y"}]}) == []
