"""S, pi, kappa and tau-b: the vectors, the laws, and the reference outputs."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from measure_vectors import VECTORS, assert_meets, of_measure

from foedus.measures.arrays import FloatArray, MeasureError
from foedus.measures.portfolios import pledge_values
from foedus.measures.similarity import (
    ALLIANCE_LEVELS,
    BINARY_LEVELS,
    VOTE_LEVELS,
    cohen_kappa,
    crosstabs,
    portfolio_tables,
    s_score,
    s_scores,
    scott_pi,
    tau_b,
)
from foedus.measures.votes import agreement, vote_tables

ORACLES = Path(__file__).parents[3] / "shared" / "data" / "peacesciencer-oracles"
needs_oracles = pytest.mark.skipif(not ORACLES.exists(), reason="the reference outputs are not at hand")
DISTANCES = {"sq": "squared", "abs": "absolute", "nom": "nominal"}
LEVELS = ALLIANCE_LEVELS


@st.composite
def ties(draw: st.DrawFn, largest: int = 8) -> FloatArray:
    """A symmetric table of alliance ties of a few states."""
    n = draw(st.integers(2, largest))
    x = draw(arrays(np.int64, (n, n), elements=st.integers(0, 3)))
    x = np.triu(x, 1)
    return (x + x.T).astype(np.float64)


def binary(table: Any) -> FloatArray:
    t = np.asarray(table, dtype=np.float64)
    return np.array([[t[0, 0], t[0, 1:].sum()], [t[1:, 0].sum(), t[1:, 1:].sum()]])


def measured(name: str, counts: Any, weights: Any) -> float:
    """The score that a name of the specification means, from a pair's cross-tables."""
    measure, kind, *rest = name.split("_")
    is_binary, is_weighted = kind == "bin", rest[-1:] == ["w"]
    table = weights if is_weighted else counts
    cells, levels = (binary(table), BINARY_LEVELS) if is_binary else (np.asarray(table, dtype=np.float64), LEVELS)
    if measure == "taub":
        return float(tau_b(cells))
    function = {"S": s_score, "pi": scott_pi, "kappa": cohen_kappa}[measure]
    distance = "absolute" if is_binary else DISTANCES[rest[0]]
    return float(function(cells, levels, distance=distance))


@pytest.mark.parametrize("row", of_measure("alliance_similarity"))
def test_alliance_vectors_are_met(row: dict[str, Any]) -> None:
    counts, weights = row["crosstab_rows_ccode1_cols_ccode2_values_0_3"], row["cinc_sum_by_cell"]
    assert_meets({name: measured(name, counts, weights) for name in row["expected"]}, row)


@pytest.mark.parametrize("row", of_measure("unga_similarity"))
def test_vote_vectors_are_met(row: dict[str, Any]) -> None:
    table = np.asarray(row["crosstab_rows_a_cols_b_yes_abstain_no"], dtype=np.float64)
    scores = agreement(table, min_joint=1)
    got: dict[str, Any] = {"agree": scores.agree, "agree2": scores.agree2, "lijphart": scores.lijphart}
    for short, distance in DISTANCES.items():
        got[f"S_{short}"] = s_score(table, VOTE_LEVELS, distance=distance)
        got[f"pi_{short}"] = scott_pi(table, VOTE_LEVELS, distance=distance)
        got[f"kappa_{short}"] = cohen_kappa(table, VOTE_LEVELS, distance=distance)
    assert_meets({name: float(value) for name, value in got.items()}, row)


def test_the_toy_worked_by_hand_is_met() -> None:
    row = VECTORS["v079"]
    pair = np.array([row["input"]["x"], row["input"]["y"]], dtype=np.float64)
    table = crosstabs(pair, LEVELS)[:, :, 0, 1]
    weighted = crosstabs(pair, LEVELS, weights=row["input"]["weights"])[:, :, 0, 1]
    names = [(f, d) for f in ("S", "kappa", "pi") for d in ("abs", "sq")]
    got = {f"{f}_{d}": measured(f"{f}_val_{d}", table, weighted) for f, d in names}
    assert_meets(got | {"S_abs_w": measured("S_val_abs_w", table, weighted), "taub": float(tau_b(table))}, row)


def test_two_constant_and_equal_portfolios_have_no_kappa_pi_or_tau() -> None:
    row = VECTORS["v080"]
    table = crosstabs(np.zeros((2, 4)), LEVELS)[:, :, 0, 1]
    full = {"S_abs": "S_val_abs", "kappa_sq": "kappa_val_sq", "pi_sq": "pi_val_sq", "taub": "taub_val"}
    got = {name: measured(long, table, table) for name, long in full.items()}
    assert_meets(got, row)


def test_kappa_is_of_values_and_the_variant_of_ranks_is_another() -> None:
    row = VECTORS["v081"]
    pair = np.array([row["input"]["x"], row["input"]["y"]], dtype=np.float64)
    table = crosstabs(pair, LEVELS)[:, :, 0, 1]
    assert_meets({"kappa_sq_by_value": float(cohen_kappa(table, LEVELS, distance="squared"))}, row)
    german_russian = VECTORS["v010"]["crosstab_rows_ccode1_cols_ccode2_values_0_3"]
    assert cohen_kappa(german_russian, LEVELS, distance="squared", scale="rank") == pytest.approx(0.2105, abs=5e-5)


@needs_oracles
@pytest.mark.parametrize("year", [1816, 1850, 1900])
def test_the_reference_similarities_of_all_pairs_are_met(year: int) -> None:
    assert_reference("full", year)


@needs_oracles
@pytest.mark.parametrize("year", [1938, 1970, 2000])
def test_the_reference_similarities_of_sampled_pairs_are_met(year: int) -> None:
    assert_reference("pairs", year)


def assert_reference(pairs: str, year: int) -> None:
    """All columns of a reference file to 1e-12; its kappa weighs by rank, its valued pi is nominal."""
    with gzip.open(ORACLES / f"fpsim_{pairs}_input_{year}.csv.gz", "rt", encoding="utf-8") as file:
        cells = list(csv.DictReader(file))
    codes = sorted({int(row["ccode1"]) for row in cells})
    place = {code: i for i, code in enumerate(codes)}
    x = np.zeros((len(codes), len(codes)))
    for row in cells:
        x[place[int(row["ccode1"])], place[int(row["ccode2"])]] = float(row["ordatop"])
    path = ORACLES / f"fpsim_{pairs}_{year}.csv.gz"
    valued, two = crosstabs(x, LEVELS), crosstabs((x >= 1).astype(np.float64), BINARY_LEVELS)
    got = {
        "sallyvs": s_score(valued, LEVELS, distance="squared"),
        "sallyva": s_score(valued, LEVELS, distance="absolute"),
        "sallybs": s_score(two, BINARY_LEVELS, distance="squared"),
        "sallyba": s_score(two, BINARY_LEVELS, distance="absolute"),
        "pallyv": scott_pi(valued, LEVELS, distance="nominal"),
        "pallyb": scott_pi(two, BINARY_LEVELS, distance="nominal"),
        "kallyv": cohen_kappa(valued, LEVELS, distance="squared", scale="rank"),
        "kallyb": cohen_kappa(two, BINARY_LEVELS, distance="squared", scale="rank"), "taub": tau_b(valued),
    }  # fmt: skip
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            i, j = place[int(row["ccode1"])], place[int(row["ccode2"])]
            for name, scores in got.items():
                if row[name] in ("NA", ""):
                    assert np.isnan(scores[i, j]), (name, row)
                else:
                    assert scores[i, j] == pytest.approx(float(row[name]), abs=1e-12), (name, row)


@given(ties(), st.sampled_from(["absolute", "squared"]))
def test_s_is_symmetric_and_one_with_itself_and_within_its_range(x: FloatArray, distance: Any) -> None:
    s = s_scores(x, distance=distance)
    np.testing.assert_allclose(s, s.T)
    np.testing.assert_allclose(np.diag(s), 1)
    assert (np.abs(s) <= 1 + 1e-12).all()


@given(ties(), st.randoms(use_true_random=False))
def test_relabelling_the_states_changes_nothing(x: FloatArray, random: Any) -> None:
    order = list(range(len(x)))
    random.shuffle(order)
    moved = s_scores(x[np.ix_(order, order)], distance="absolute")
    np.testing.assert_allclose(moved, s_scores(x, distance="absolute")[np.ix_(order, order)])


@given(ties())
def test_a_third_state_tied_to_nobody_raises_s_of_any_pair_that_differs(x: FloatArray) -> None:
    wider = np.zeros((len(x) + 1, len(x) + 1))
    wider[:-1, :-1] = x
    before, after = s_scores(x, distance="squared"), s_scores(wider, distance="squared")[:-1, :-1]
    assert (after[before < 1] > before[before < 1]).all()


@given(ties(), st.sampled_from(["nominal", "absolute", "squared"]))
def test_kappa_is_never_below_pi(x: FloatArray, distance: Any) -> None:
    tables = portfolio_tables(x, LEVELS)
    kappa, pi = (f(tables, LEVELS, distance=distance) for f in (cohen_kappa, scott_pi))
    both = np.isfinite(kappa) & np.isfinite(pi)
    assert (kappa[both] >= pi[both] - 1e-12).all()


@given(ties())
def test_kappa_of_squared_distances_equals_its_closed_form(x: FloatArray) -> None:
    np.fill_diagonal(x, 3)
    kappa = cohen_kappa(crosstabs(x, LEVELS), LEVELS, distance="squared")
    mean = x.mean(axis=1)
    for i in range(len(x)):
        for j in range(len(x)):
            gap = ((x[i] - x[j]) ** 2).sum()
            chance = ((x[i] - mean[i]) ** 2).sum() + ((x[j] - mean[j]) ** 2).sum() + len(x) * (mean[i] - mean[j]) ** 2
            assert np.isnan(kappa[i, j]) if chance == 0 else kappa[i, j] == pytest.approx(1 - gap / chance)


@settings(deadline=None)
@given(ties())
def test_tau_b_equals_that_of_scipy(x: FloatArray) -> None:
    stats = pytest.importorskip("scipy.stats")
    np.fill_diagonal(x, 3)
    got = tau_b(crosstabs(x, LEVELS))
    for i in range(len(x)):
        expected = stats.kendalltau(x[i], x[0]).statistic
        assert got[i, 0] == pytest.approx(expected, nan_ok=True)


@settings(deadline=None)
@given(ties())
def test_weighted_kappa_equals_that_of_scikit_learn_when_it_is_told_all_levels(x: FloatArray) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    np.fill_diagonal(x, 3)
    got = cohen_kappa(crosstabs(x, LEVELS), LEVELS, distance="squared")
    if np.isfinite(got[0, 1]):
        expected = metrics.cohen_kappa_score(x[0], x[1], labels=list(LEVELS), weights="quadratic")
        assert got[0, 1] == pytest.approx(expected)


@given(arrays(np.float64, (3, 12), elements=st.sampled_from([1.0, 2.0, 3.0, np.nan])))
def test_lijphart_is_half_of_one_plus_s(votes: FloatArray) -> None:
    tables = vote_tables(votes)
    s, scores = s_score(tables, VOTE_LEVELS, distance="absolute"), agreement(tables, min_joint=1)
    known = np.isfinite(scores.lijphart)
    np.testing.assert_allclose(scores.lijphart[known], (1 + s[known]) / 2)


def test_dropping_both_states_leaves_out_their_ties_to_each_other_and_to_themselves() -> None:
    x = np.array([[0, 2, 1], [2, 0, 3], [1, 3, 0]], dtype=np.float64)
    s = s_scores(x, distance="absolute", diagonal="drop")
    assert s[0, 1] == pytest.approx(1 - 2 * abs(1 - 3) / 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: s_scores([[0, np.nan], [1, 0]], distance="absolute"), r"ties\[0, 1\]: missing"),
        (lambda: s_scores([[0, 5], [5, 0]], distance="absolute"), r"5 is none of the levels"),
        (lambda: s_scores([[0, 1, 2]], distance="absolute"), "not square"),
        (lambda: s_scores([[0, 1], [1, 0]], distance="cubic"), "'cubic' is none"),  # type: ignore[arg-type]
        (lambda: s_scores([[0, 1], [1, 0]], distance="absolute", weights=[1, 2, 3]), r"shape \(3,\)"),
        (lambda: s_scores([[0, 1], [1, 0]], distance="absolute", weights=[0, 0]), "all zero"),
        (lambda: s_scores([[0, 1], [1, 0]], distance="absolute", diagonal="none"), "'none' is none"),  # type: ignore[arg-type]
    ],
)
def test_wrong_input_is_named(call: Any, message: str) -> None:
    with pytest.raises(MeasureError, match=message):
        call()


def test_too_few_joint_votes_are_missing() -> None:
    votes = np.array([[1, 1, 3], [1, 3, np.nan]], dtype=np.float64)
    assert np.isnan(agreement(vote_tables(votes)).agree[0, 1])
    assert agreement(vote_tables(votes), min_joint=2).agree[0, 1] == 0.5


def test_a_pledge_that_is_not_known_matters_only_where_the_tie_hangs_on_it() -> None:
    unknown = {"defense": [np.nan, 0], "offense": [1, 0], "consult": [np.nan, 1]}
    assert pledge_values(unknown, scale="atop").tolist() == [3, 2]
    with pytest.raises(MeasureError, match=r"consult\[0\]: missing, and the tie hangs on it"):
        pledge_values({"nonaggression": [1], "consult": [np.nan]}, scale="atop")


def test_an_unknown_scale_is_none() -> None:
    with pytest.raises(MeasureError, match="scale: 'x' is none"):
        pledge_values({"defense": [1]}, scale="x")  # type: ignore[arg-type]
    table = portfolio_tables(np.array([[3.0, 0], [0, 3]]), LEVELS)
    with pytest.raises(MeasureError, match="scale: 'x' is none"):
        cohen_kappa(table, LEVELS, distance="squared", scale="x")  # type: ignore[arg-type]
