"""Dependence, hierarchy and influence: vectors, published series, laws and wrong input."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_vectors import VECTORS, assert_meets, of_measure

from foedus.measures.arrays import FloatArray, MeasureError
from foedus.measures.dependence import (
    aid_share,
    arms_shares,
    dependence,
    interdependence,
    outside_option,
    partner_concentration,
    weak_link,
)
from foedus.measures.hierarchy import (
    alliance_component,
    economic_hierarchy,
    independent_alliances,
    military_component,
    military_normaliser,
    security_hierarchy,
    trade_component,
)
from foedus.measures.influence import (
    FBIC_PLUS_WEIGHTS,
    FBIC_WEIGHTS,
    WeightTable,
    influence_capacity,
    recover_weights,
)

INFLUENCE = Path(__file__).parents[3] / "shared" / "data" / "influence"
needs_influence = pytest.mark.skipif(not INFLUENCE.exists(), reason="the published files are not at hand")


def columns(name: str) -> dict[str, FloatArray]:
    with gzip.open(INFLUENCE / name, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def number(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            return np.nan

    return {key: np.array([number(row[key]) for row in rows]) for key in rows[0]}


def test_oneal_and_russett_by_hand() -> None:
    row = VECTORS["v083"]["input"]
    flows = row["exports_i_to_j"] + row["imports_i_from_j"]
    one, other = dependence(flows, row["gdp_i"]), dependence(flows, row["gdp_j"])
    lower, higher = weak_link(one, other)
    assert_meets({"dependence_i": one, "dependence_j": other, "lower": lower, "higher": higher}, VECTORS["v083"])


def test_barbieri_by_hand() -> None:
    row = VECTORS["v084"]
    found = interdependence(**row["input"])
    got = {name: getattr(found, name) for name in ("salience", "symmetry", "interdependence")}
    assert_meets(got, row)


def test_concentration_by_hand() -> None:
    row = VECTORS["v085"]
    found = partner_concentration(row["input"]["values"])
    got = {"hhi": found.hhi, "hhi_norm": found.hhi_normalised, "hirschman_1945": found.hirschman,
           "effective_number": found.effective_number}  # fmt: skip
    assert_meets(got, row)


def test_arms_by_hand() -> None:
    row = VECTORS["v086"]
    suppliers = row["input"]["tiv_by_supplier_5yr"]
    shares = arms_shares(list(suppliers.values()), window=row["input"]["window"]).value
    patron = list(suppliers).index(row["input"]["patron"])
    option = outside_option(shares, patron)
    got = {"share_p": shares[patron], "best_outside": option.best_outside, "H": option.hub_advantage,
           "hhi": partner_concentration(shares).hhi}  # fmt: skip
    assert_meets(got, row)


def test_no_delivery_is_missing_and_not_zero_dependence() -> None:
    result = arms_shares([[0, 0], [0, 0]], window=2)
    assert np.isnan(result.value).all()
    assert set(result.reason) == {"no_deliveries"}


def test_members_of_the_alliance_are_no_outside_option() -> None:
    option = outside_option([50, 30, 20], 0, excluded=[False, True, False])
    assert (option.best_partner, option.hub_advantage) == (2, pytest.approx(0.3))


@given(st.lists(st.floats(0.1, 100), min_size=2, max_size=9))
def test_hhi_lies_between_one_over_n_and_one(values: list[float]) -> None:
    found = partner_concentration(values)
    assert 1 / len(values) - 1e-12 <= found.hhi <= 1


def test_an_unknown_flow_is_no_partner_with_zero() -> None:
    assert partner_concentration([1, 1, np.nan]).n_partners == 2
    assert partner_concentration([1, 1, 0]).n_partners == 3


def test_net_aid_flows_are_refused_and_a_donor_that_does_not_report_is_missing() -> None:
    with pytest.raises(MeasureError, match="gross disbursements"):
        aid_share([[-1.0], [2.0]], 0)
    result = aid_share([[np.nan, 1], [2, 3]], 0)
    assert result.reason.tolist() == ["donor_does_not_report", ""]
    assert result.value[1] == 0.25


@pytest.mark.parametrize("row", of_measure("security_hierarchy_reconstruction"))
def test_hierarchy_vectors_are_met(row: dict[str, Any]) -> None:
    expected, k = row["expected"], int(row["expected"]["independent_alliances"])
    # Patron, the state, its independent allies, and allies that it shares with the patron.
    shared = int(expected["n_allies_excl_patron"]) - k
    allied = np.zeros((2 + k + shared, 2 + k + shared))
    allied[1, 2:] = 1
    allied[0, 2 + k :] = 1
    allied[0, 1] = expected["allied_with_patron"]
    allied = np.maximum(allied, allied.T)
    military = military_component([row["troops"]], [row["pop_thousands"]], expected["max1995_troops_per_thousand"])
    alliance = alliance_component(allied, 0)[1]
    got = {
        "troops_per_thousand": row["troops"] / row["pop_thousands"],
        "max1995_troops_per_thousand": military_normaliser([1982.0], [267.0]),
        "I_mil": military[0], "allied_with_patron": allied[1, 0], "n_allies_excl_patron": allied[1, 2:].sum(),
        "independent_alliances": independent_alliances(allied, 0)[1], "I_alliance_conditional": alliance,
        "I_alliance_unconditional": alliance_component(allied, 0, alliance_condition="none")[1],
        "security_hierarchy_conditional": security_hierarchy(military, [alliance]).value[0],
    }  # fmt: skip
    assert_meets(got, row)


@needs_influence
def test_the_published_security_series_of_the_united_states_is_reproduced() -> None:
    data = columns("lake_data.csv.gz")
    got = security_hierarchy(data["us_indexmilperpop1995"], data["us_indally"]).value
    both = np.isfinite(got) & np.isfinite(data["us_SH1995"])
    assert both.sum() == 7_060
    np.testing.assert_allclose(got[both], data["us_SH1995"][both], atol=2.5e-5)


@needs_influence
def test_the_published_economic_series_is_reproduced_but_for_two_rows_of_liberia() -> None:
    data = columns("lake_data.csv.gz")
    got = economic_hierarchy(data["us_indexexchangerate1995"] * 3, data["us_indexreltradep1995"]).value
    gap = np.abs(got - data["us_EH1995"])
    differing = {(int(data["ccode"][i]), int(data["year"][i])) for i in np.flatnonzero(gap > 1e-3)}
    assert differing == {(450, 1998), (450, 2000)}


def test_economic_hierarchy_by_hand() -> None:
    trade = trade_component(0.30, 0.14, 0.40)
    assert trade == pytest.approx(0.40)
    assert economic_hierarchy([2], [trade]).value[0] == pytest.approx(0.80)
    assert trade_component(0.1, 0.3, 0.4) == 0
    assert trade_component(0.1, 0.3, 0.4, negative="keep") == pytest.approx(-0.5)


def test_a_missing_component_is_missing_unless_a_partial_value_is_asked_for() -> None:
    result = security_hierarchy([np.nan], [1.0])
    assert (np.isnan(result.value[0]), result.reason[0]) == (True, "no_troop_data")
    part = security_hierarchy([np.nan], [1.0], partial=True)
    assert (part.value[0], part.coverage[0]) == (1.0, 0.5)


def test_a_patron_without_troops_in_the_reference_year_is_an_error() -> None:
    with pytest.raises(MeasureError, match="no state has troops"):
        military_normaliser([np.nan, 0], [10, 20])


@needs_influence
@pytest.mark.parametrize(("table", "column"), [(FBIC_WEIGHTS, "fbic"), (FBIC_PLUS_WEIGHTS, "fbic_plus")])
def test_every_row_of_the_published_influence_index_is_reproduced(table: WeightTable, column: str) -> None:
    data = columns("FBIC_sample.csv.gz")
    got = influence_capacity({name: data[name] for name in (*table.bandwidth, *table.dependence)}, table=table)
    known = np.isfinite(data[column])
    assert known.sum() >= 300
    np.testing.assert_allclose(got.value[known], data[column][known], atol=1e-6, rtol=0)


@needs_influence
def test_the_weights_of_the_second_index_are_recovered_from_its_rows() -> None:
    data = columns("FBIC_sample.csv.gz")
    for weights, total in ((FBIC_PLUS_WEIGHTS.bandwidth, "bandwidth_nonnorm_plus"),
                           (FBIC_PLUS_WEIGHTS.dependence, "dependence_nonnorm_plus")):  # fmt: skip
        found = recover_weights({name: np.nan_to_num(data[name]) for name in weights}, data[total])
        assert found == pytest.approx(dict(weights), abs=1e-6)


def test_a_table_of_invented_weights_is_a_reconstruction() -> None:
    row = VECTORS["v093"]
    given_ = row["input"]
    table = WeightTable("toy", given_["bandwidth_weights"], given_["dependence_weights"], 1, 1,
                        given_["max_raw_product_over_all_dyad_years"])  # fmt: skip
    result = influence_capacity(given_["bandwidth_normalised"] | given_["dependence"], table=table)
    bandwidth, depth = float(result.parameters["bandwidth"]), float(result.parameters["dependence"])
    assert_meets(
        {"bandwidth": bandwidth, "dependence": depth, "raw": bandwidth * depth, "index": float(result.value)}, row
    )
    assert result.parameters["mark"] == "reconstruction"


def test_weights_that_do_not_sum_and_absent_components_are_errors() -> None:
    with pytest.raises(MeasureError, match=r"the weights of bandwidth sum to 0\.9"):
        WeightTable("bad", {"a": 0.9}, {"b": 1.0}, 1, 1, 1)
    with pytest.raises(MeasureError, match="norm_lor_avg_ma is missing"):
        influence_capacity({})


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_missing_component_counts_nothing_or_leaves_the_others_more_weight(one: float, other: float) -> None:
    table = WeightTable("toy", {"a": 0.5, "b": 0.5}, {"c": 1.0}, 1, 1, 1)
    parts = {"a": [one], "b": [np.nan], "c": [other]}
    zero, more = (influence_capacity(parts, table=table, missing=rule) for rule in ("zero", "renormalise"))
    assert zero.value[0] == pytest.approx(0.5 * one * other)
    assert more.value[0] == pytest.approx(one * other)
    assert zero.coverage[0] == more.coverage[0] == pytest.approx(0.75)
