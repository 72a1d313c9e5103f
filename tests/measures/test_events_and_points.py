"""Events and ideal points: vectors, laws, and recovery of known positions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_vectors import VECTORS, assert_meets, of_measure

from foedus.measures.arrays import MeasureError
from foedus.measures.events import (
    attention_shares,
    goldstein_scores,
    net_cooperation,
    per_ten_thousand,
    quad_counts,
    quad_net_share,
)
from foedus.measures.idealpoints import category_probabilities, distance, estimate


@pytest.mark.parametrize("row", of_measure("event_net_cooperation"))
def test_event_vectors_are_met(row: dict[str, Any]) -> None:
    found = net_cooperation(row["codes"], scores=row["goldstein"], mentions=row["mentions"], min_events=1)
    counts = quad_counts(row["codes"], mapping="roots_5_8_13")
    got = {
        "goldstein_sum": found.total, "goldstein_mean": found.mean, "goldstein_mention_weighted": found.weighted_mean,
        "cooperation_sum": found.cooperation, "conflict_sum": found.conflict, "net_ratio": found.net_ratio,
        "quad_counts": counts.tolist(), "quad_net_share": quad_net_share(counts),
        "events_per_10000": float(per_ten_thousand(len(row["codes"]), row["system_event_count_in_period"])),
    }  # fmt: skip
    assert_meets(got, row)


def test_a_finer_code_without_a_score_takes_that_of_its_parent_and_is_counted() -> None:
    scores, borrowed = goldstein_scores(["057", "05"], table={"05": 3.5, "057": 8.0})
    assert (scores.tolist(), borrowed) == ([8.0, 3.5], 0)
    scores, borrowed = goldstein_scores(["0571"], table={"05": 3.5, "057": 8.0})
    assert (scores.tolist(), borrowed) == ([8.0], 1)


@pytest.mark.parametrize(("codes", "message"), [(["99"], "no CAMEO code"), ([10], "not text")])
def test_wrong_codes_are_named(codes: Any, message: str) -> None:
    with pytest.raises(MeasureError, match=message):
        goldstein_scores(codes)


def test_few_events_are_missing_and_not_neutral() -> None:
    found = net_cooperation(["01"] * 9)
    assert np.isnan(found.total)
    assert net_cooperation(["01"] * 10).total == 0


def test_attention_is_shared_out() -> None:
    shares = attention_shares([[1, 3], [0, 0]])
    assert shares[0].tolist() == [0.25, 0.75]
    assert np.isnan(shares[1]).all()


def test_the_likelihood_by_hand() -> None:
    row = VECTORS["v092"]
    keys = ("theta", "beta", "cut1", "cut2")
    p = category_probabilities(*(row["input"][key] for key in keys))
    got = {"p1": p[0], "p2": p[1], "p3": p[2], "loglik_of_category_2": np.log(p[1])}
    assert_meets({name: float(value) for name, value in got.items()}, row)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-2, 2), st.floats(0, 2))
def test_probabilities_sum_to_one(theta: float, beta: float, cut: float, width: float) -> None:
    assert category_probabilities(theta, beta, cut, cut + width).sum() == pytest.approx(1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_positions_of_simulated_states_are_recovered(seed: int) -> None:
    random = np.random.default_rng(seed)
    theta = random.normal(size=60)
    theta = (theta - theta.mean()) / theta.std()
    beta = random.normal(0, 1.5, 200)
    cut1 = random.normal(-0.5, 0.7, 200)
    cut2 = cut1 + np.abs(random.normal(0.5, 0.3, 200))
    p = category_probabilities(theta[:, None], beta, cut1, cut2)
    draw = random.uniform(size=(60, 200))
    votes = np.where(draw < p[0], 1.0, np.where(draw < p[0] + p[1], 2.0, 3.0))
    votes[random.uniform(size=votes.shape) < 0.1] = np.nan
    found = estimate(votes, positive=int(theta.argmax()))
    assert np.corrcoef(found.theta, theta)[0, 1] >= 0.95
    assert (found.error > 0).all()


def test_votes_that_divide_nobody_are_an_error() -> None:
    with pytest.raises(MeasureError, match="no roll call divides"):
        estimate(np.ones((4, 3)), positive=0)


def test_the_interval_of_a_distance_never_reaches_below_zero() -> None:
    gap, low, high = distance([0.1], [0.0], [0.2], [0.2])
    assert (gap[0], low[0]) == (pytest.approx(0.1), 0)
    assert high[0] > gap[0]
