"""Networks, blocs and balance: vectors, toys, laws, and the traps that users of other software fell into."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from measure_vectors import VECTORS, assert_meets

from foedus.measures.arrays import FloatArray, MeasureError
from foedus.measures.balance import frustration_index, signed_ties, structural_balance
from foedus.measures.communities import (
    adjusted_rand,
    communities,
    effective_number,
    modularity,
    multislice_modularity,
    polarisation,
)
from foedus.measures.networks import (
    betweenness,
    degree,
    degree_centralisation,
    density,
    eigenvector_centrality,
    hub_spoke_index,
    katz_centrality,
    local_clustering,
    transitivity,
)


def graph(n: int, edges: list[list[int]]) -> FloatArray:
    a = np.zeros((n, n))
    for i, j in edges:
        a[i, j] = a[j, i] = 1
    return a


@st.composite
def graphs(draw: st.DrawFn, largest: int = 9) -> FloatArray:
    n = draw(st.integers(3, largest))
    a = np.triu(draw(arrays(np.int64, (n, n), elements=st.integers(0, 1))), 1)
    return (a + a.T).astype(np.float64)


@pytest.mark.parametrize("key", ["v087", "v088", "v089"])
def test_toy_networks_are_met(key: str) -> None:
    row = VECTORS[key]
    a = graph(row["input"]["n"], row["input"]["edges"])
    got: dict[str, Any] = {
        "degree": degree(a).tolist(), "freeman_degree_centralization": degree_centralisation(a),
        "transitivity": transitivity(a), "density": density(a), "hub_spoke_index": hub_spoke_index(a).value[0],
        "modularity_half_split": modularity(a, [0, 0, 0, 1, 1, 1]) if len(a) == 6 else None,
    }  # fmt: skip
    assert_meets({name: got[name] for name in row["expected"]}, row)


def test_balance_and_frustration_by_hand() -> None:
    row = VECTORS["v090"]
    s = np.zeros((row["input"]["n"],) * 2)
    for i, j, sign in row["input"]["signed_edges"]:
        s[i, j] = s[j, i] = sign
    found = structural_balance(s)
    got = {"triangles": found.triangles, "balanced": found.balanced, "balance_degree": found.share,
           "frustration_index": frustration_index(s)[0]}  # fmt: skip
    assert_meets(got, row)


def test_multislice_modularity_by_hand() -> None:
    row = VECTORS["v091"]
    found = multislice_modularity(row["input"]["slices"], row["input"]["partition"],
                                  resolution=row["input"]["gamma"], coupling=row["input"]["omega"])  # fmt: skip
    assert_meets({"Q": found.modularity, "two_mu": found.two_mu}, row)


@settings(deadline=None)
@given(graphs())
def test_everything_equals_networkx(a: FloatArray) -> None:
    nx = pytest.importorskip("networkx")
    g = nx.from_numpy_array(a)
    assert density(a) == pytest.approx(nx.density(g))
    np.testing.assert_allclose(local_clustering(a), list(nx.clustering(g).values()))
    np.testing.assert_allclose(betweenness(a), list(nx.betweenness_centrality(g).values()), atol=1e-12)
    if np.isfinite(transitivity(a)):
        assert transitivity(a) == pytest.approx(nx.transitivity(g))
    groups = [i % 2 for i in range(len(a))]
    if a.sum():
        parts = [{i for i in g if i % 2 == k} for k in (0, 1)]
        assert modularity(a, groups) == pytest.approx(nx.community.modularity(g, parts))


@settings(deadline=None)
@given(graphs())
def test_katz_solves_its_equation(a: FloatArray) -> None:
    result = katz_centrality(a)
    raw = result.value
    pushed = result.parameters["alpha"] * a @ raw
    np.testing.assert_allclose(raw - pushed, (raw - pushed)[0], atol=1e-9)
    assert np.linalg.norm(raw) == pytest.approx(1)


def test_a_star_is_one_and_a_ring_is_zero() -> None:
    star = graph(6, [[0, i] for i in range(1, 6)])
    ring = graph(6, [[i, (i + 1) % 6] for i in range(6)])
    assert degree_centralisation(star) == 1
    assert degree_centralisation(ring) == 0
    assert hub_spoke_index(star).value.tolist() == [1]
    assert len(hub_spoke_index(ring).value) == 6


def test_eigenvector_centrality_of_the_smaller_component_is_zero_and_by_component_it_is_not() -> None:
    a = graph(9, [[0, 1], [0, 2], [1, 2], [2, 3], [3, 0], [1, 3], [4, 5], [5, 6]])
    whole, parts = eigenvector_centrality(a), eigenvector_centrality(a, by_component=True)
    assert whole.value[5] == pytest.approx(0, abs=1e-9)
    assert parts.value[5] == pytest.approx(1)
    assert parts.reason[8] == "isolate"


def test_a_repeated_leading_eigenvalue_is_missing_with_its_reason() -> None:
    result = eigenvector_centrality(graph(4, [[0, 1], [2, 3]]))
    assert np.isnan(result.value).all()
    assert set(result.reason) == {"repeated_eigenvalue"}


def test_a_weighted_hub_counts_by_its_share_of_the_weight() -> None:
    a = np.array([[0, 2, 4], [2, 0, 2], [4, 2, 0]], dtype=np.float64) / 2
    result = hub_spoke_index(a)
    assert result.parameters == {"hubs": [0, 2], "weighted": True}
    assert result.value[0] == pytest.approx(3 / 4 * (1 - 1 / 4))


def test_two_cliques_are_found_whatever_the_seed_and_isolates_stand_alone() -> None:
    a = graph(9, [[i, j] for part in ((0, 1, 2, 3), (4, 5, 6, 7)) for i in part for j in part if i < j] + [[3, 4]])
    found = communities(a)
    assert found.groups.tolist() == [0] * 4 + [1] * 4 + [2]
    assert found.stability == 1
    assert found.modularity == pytest.approx(modularity(a, found.groups))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_adjusted_rand_is_one_for_the_same_partition_under_other_names(groups: list[int], random: Any) -> None:
    names = [7, 11, 5, 3]
    random.shuffle(names)
    assert adjusted_rand(groups, [names[g] for g in groups]) == pytest.approx(1)


def test_adjusted_rand_equals_that_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    one, other = [0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 1, 2, 2, 0]
    assert adjusted_rand(one, other) == pytest.approx(metrics.adjusted_rand_score(one, other))


@given(arrays(np.int64, (7, 7), elements=st.integers(-1, 1)))
def test_frustration_equals_that_of_all_splits(raw: Any) -> None:
    s = np.triu(raw, 1).astype(np.float64)
    s = s + s.T
    splits = [np.where([(k >> i) & 1 for i in range(7)], 1, -1) for k in range(64)]
    assert frustration_index(s) == (min(int((np.triu(s * np.outer(c, c)) < 0).sum()) for c in splits), True)


def test_pairs_that_are_allies_and_rivals_at_once_are_left_out_and_counted() -> None:
    signs, both = signed_ties([[0, 1], [1, 0]], [[0, 1], [1, 0]])
    assert (signs.any(), both) == (False, 1)


def test_polarisation_by_hand() -> None:
    assert polarisation([0.5, 0.5]) == 1
    assert polarisation([0.9, 0.1]) == pytest.approx(0.36)
    assert polarisation([1]) == 0
    assert effective_number([1, 1, 1]) == pytest.approx(3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: degree([[0, 1], [0, 0]]), "not symmetric"),
        (lambda: degree([[0, -1], [-1, 0]]), "negative"),
        (lambda: degree([[0, np.nan], [0, 0]]), "missing"),
        (lambda: katz_centrality([[0, 1], [1, 0]], alpha=2), "outside 0 to 1"),
        (lambda: degree_centralisation([[0, 1], [1, 0]]), "at least 3"),
        (lambda: modularity([[0, 1], [1, 0]], [0]), "one group a state"),
    ],
)
def test_wrong_input_is_named(call: Any, message: str) -> None:
    with pytest.raises(MeasureError, match=message):
        call()
