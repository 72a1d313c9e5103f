"""Lake's hierarchy and influence capacity taken of datasets: by hand, the vectors, the published series."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from measure_vectors import of_measure

import foedus
from foedus import measures
from foedus.core.errors import InputError, UnknownNameError
from foedus.measures.arrays import MeasureError
from foedus.measures.influence import FBIC_WEIGHTS
from foedus.panels import Inputs

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="the published files are not at hand")
_ZERO = ("offense", "neutral", "nonagg", "consul")


def pledges(year: int, *pairs: tuple[int, int]) -> pl.DataFrame:
    both = [*pairs, *((b, a) for a, b in pairs)]
    frame = pl.DataFrame(
        [(a, b, year, 1) for a, b in both], schema=["stateA", "stateB", "year", "defense"], orient="row"
    )
    return frame.with_columns(pl.lit(0).alias(name) for name in _ZERO)


def people(*rows: tuple[int, int, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["ccode", "year", "tpop"], orient="row")


def troops(*rows: tuple[int, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["ccode", "year", "troops_ad"], orient="row")


# In 1995 Panama has 4 per thousand and Iceland 8; in 1996 Canada has 1 per thousand, and one ally that is not allied
# with the United States: Cuba.
FRAMES = {
    "atop.directed-dyad-years-5.1": pledges(1996, (2, 20), (20, 40)),
    "cow.nmc-7.0": people((95, 1995, 1000), (395, 1995, 250), (20, 1996, 2000), (40, 1996, 1000), (2, 1996, 9000)),
    "troops.country-years-2026": troops((95, 1995, 4000), (395, 1995, 2000), (20, 1996, 2000), (40, 1996, 500)),
}


def security(code: int, frames: dict[str, Any] = FRAMES, year: int = 1996, **options: Any) -> dict[str, Any]:
    rows = measures.take("security_hierarchy", year, year, inputs=frames, **options).to_polars()
    return rows.filter(pl.col("ccode") == code).row(0, named=True)


def test_security_hierarchy_by_hand() -> None:
    canada = security(20)
    assert (canada["troops_per_thousand"], canada["troops_normaliser"]) == (1, 4)
    assert (canada["independent_alliances"], canada["allies_index"]) == (1, 0.5)
    assert canada["security_hierarchy"] == pytest.approx((1 / 4 + 1 / 2) / 2)


def test_a_state_that_is_not_allied_scores_nothing_for_allies_under_the_published_rule_only() -> None:
    cuba = security(40)
    assert (cuba["is_allied"], cuba["allies_index"], cuba["allies_index_unconditional"]) == (0, 0, 1)
    assert cuba["security_hierarchy"] == pytest.approx(0.5 / 4 / 2)
    assert cuba["security_hierarchy_unconditional"] == pytest.approx((0.5 / 4 + 1) / 2)


def test_the_largest_of_the_reference_year_may_leave_out_micro_states() -> None:
    assert security(20, normaliser="max")["troops_normaliser"] == 8
    assert security(20, normaliser="max", min_population=300)["troops_normaliser"] == 4


def test_a_state_without_troop_data_is_missing_and_says_so() -> None:
    mexico = security(70)
    assert (mexico["security_hierarchy"], mexico["security_reason"]) == (None, "no_troop_data")
    assert security(70, partial=True)["security_hierarchy"] == 0
    patron = security(2)
    assert (patron["security_hierarchy"], patron["allies_index"], patron["security_reason"]) == (
        None,
        None,
        "is_patron",
    )


def test_west_germany_has_the_troops_that_the_file_lists_under_the_code_of_germany() -> None:
    frames = FRAMES | {
        "atop.directed-dyad-years-5.1": pledges(1985, (2, 260)),
        "cow.nmc-7.0": pl.concat([FRAMES["cow.nmc-7.0"], people((260, 1985, 60_000), (265, 1985, 17_000))]),
        "troops.country-years-2026": pl.concat([FRAMES["troops.country-years-2026"], troops((255, 1985, 240_000))]),
    }
    assert security(260, frames, 1985)["troops_index"] == pytest.approx(4 / 4)
    assert security(265, frames, 1985)["security_reason"] == "no_troop_data"


DEPLOYMENTS = pl.DataFrame(
    {"Year": [2016, 2016, 2016], "Theatre": ["Armenia", "ARM", "Abroad"], "Country": ["RUS", "RUS", "RUS"],
     "Deployed": [2000, 1000, 7]}
)  # fmt: skip


def test_another_patron_is_reconstructed_from_what_the_user_supplies() -> None:
    frames = FRAMES | {
        "atop.directed-dyad-years-5.1": pledges(2016, (365, 371)),
        "cow.nmc-7.0": people((371, 2016, 3000.0), (365, 2016, 144_000.0)),
        "iiss.deployments-2026": DEPLOYMENTS,
    }
    found = security(371, frames, 2016, patron="Russia", normaliser="max", reference_year=2016)
    assert (found["troops_per_thousand"], found["security_hierarchy"]) == (1, 1)
    with pytest.raises(MeasureError, match="the published one is Panama"):
        security(371, frames, 2016, patron="Russia")
    with pytest.raises(MeasureError, match=r"there are no troops of Russia in 1995\. Its series has 2016 to 2016"):
        security(371, frames, 2016, patron="Russia", normaliser="max")
    with pytest.raises(MeasureError, match="there is no row of France"):
        security(371, frames, 2016, patron="France", normaliser="max", reference_year=2016)


def test_a_panel_of_directed_dyads_has_the_index_where_the_second_state_is_the_patron() -> None:
    panel = foedus.directed_dyad_years(1996, 1996, inputs=FRAMES)
    rows = panel.add("measure.security_hierarchy@patron=USA:security_hierarchy").to_polars()
    filled = rows.filter(pl.col("security_hierarchy").is_not_null())
    assert set(filled["ccode2"]) == {2}
    assert filled.filter(pl.col("ccode1") == 20)["security_hierarchy"][0] == pytest.approx(0.375)


@needs_files
def test_the_vectors_of_security_hierarchy_are_met_from_the_published_files() -> None:
    """All but how many independent allies Jordan and Bahrain had in 2005, one more in the file by dyad."""
    names = ("cow.alliances-4.1", "cow.nmc-7.0", "troops.country-years-2026")
    given = Inputs(SHARED)
    frames = {name: given.read(name) for name in names}
    rows = measures.take("security_hierarchy", 1970, 2005, inputs=frames, portfolio="cow", normaliser="max").to_polars()
    vectors = [param.values[0] for param in of_measure("security_hierarchy_reconstruction")]
    assert len(vectors) == 9
    for vector in vectors:
        state = (pl.col("ccode") == vector["ccode"]) & (pl.col("year") == vector["year"])
        got, expected = rows.filter(state).row(0, named=True), vector["expected"]
        pairs = [("troops_per_thousand", "troops_per_thousand"), ("troops_normaliser", "max1995_troops_per_thousand"),
                 ("troops_index", "I_mil"), ("is_allied", "allied_with_patron"),
                 ("allies_index", "I_alliance_conditional"),
                 ("security_hierarchy", "security_hierarchy_conditional")]  # fmt: skip
        for ours, theirs in pairs:
            assert got[ours] == pytest.approx(expected[theirs], abs=vector["tolerance"]), (vector["id"], ours)
        extra = int((vector["ccode"], vector["year"]) in {(663, 2005), (692, 2005)})
        assert got["independent_alliances"] == expected["independent_alliances"] + extra, vector["id"]


TRADE = pl.DataFrame(
    [(20, 2, 1995, 30.0, 30.0), (20, 200, 1995, 5.0, 5.0), (20, 220, 1995, 5.0, 5.0), (70, 2, 1995, 40.0, 40.0),
     (70, 200, 1995, 50.0, 50.0), (20, 713, 1995, 9.0, 9.0)],
    schema=["ccode1", "ccode2", "year", "flow1", "flow2"], orient="row",
)  # fmt: skip
ECONOMY = {
    "cow.trade-4.0": TRADE,
    "worldbank.gdp-2026-03": pl.DataFrame(
        {"country_code": ["CAN", "MEX"], "country_name": ["Canada", "Mexico"], "year": [1995, 1995],
         "value": [100e6, 200e6]}
    ),
    "lake.hierarchy-2009": pl.DataFrame(
        {"ccode": [20, 70, 40], "year": [1995, 1995, 1995], "us_indexexchangerate1995": [1 / 3, 1.0, 1.0]}
    ),
}  # fmt: skip


def economic(code: int, **options: Any) -> dict[str, Any]:
    rows = measures.take("economic_hierarchy", 1995, 1995, inputs=ECONOMY, **options).to_polars()
    return rows.filter(pl.col("ccode") == code).row(0, named=True)


def test_economic_hierarchy_by_hand() -> None:
    """Canada: (60 - 20) / 100 = 0.4, the largest; Mexico: (80 - 100) / 200 is negative and counts as 0."""
    canada, mexico = economic(20), economic(70)
    assert (canada["relative_trade"], canada["trade_normaliser"]) == (pytest.approx(0.4), pytest.approx(0.4))
    assert canada["economic_hierarchy"] == pytest.approx((1 + 1 / 3) / 2 / (2 / 3))
    assert (mexico["trade_index"], mexico["economic_hierarchy"]) == (0, pytest.approx(0.75))
    kept = economic(70, negative="keep")
    assert kept["trade_index"] == pytest.approx(-0.1 / 0.4)
    assert economic(40)["economic_reason"] == "unknown_trade_or_gdp"


def test_a_patron_whose_currency_no_series_names_is_an_error() -> None:
    with pytest.raises(MeasureError, match="no series says which currencies are pegged to that of RUS"):
        economic(20, patron="RUS")
    with pytest.raises(UnknownNameError, match="no state of the record"):
        economic(20, patron="Ruritania")
    with pytest.raises(InputError, match="negative='drop' is not possible"):
        economic(20, negative="drop")


def influence_rows(*rows: tuple[str, str, float]) -> pl.DataFrame:
    names = (*FBIC_WEIGHTS.bandwidth, *FBIC_WEIGHTS.dependence)
    frame = pl.DataFrame(rows, schema=["iso3a", "iso3b", "fbic"], orient="row")
    return frame.with_columns(pl.lit(2000, pl.Int32).alias("year"), pl.lit(None, pl.Float64).alias("fbic_plus"),
                              *(pl.lit(1.0).alias(name) for name in names))  # fmt: skip


def test_what_derives_from_influence_capacity_by_hand() -> None:
    frames = {"fbic.influence-2024": influence_rows(("USA", "CAN", 0.6), ("GBR", "CAN", 0.2), ("CAN", "USA", 0.1))}
    rows = measures.take("fbic", 2000, 2000, inputs=frames).to_polars()
    pair = {(r["ccode1"], r["ccode2"]): r for r in rows.filter(pl.col("influence").is_not_null()).iter_rows(named=True)}
    assert pair[(2, 20)]["influence_relative"] == pytest.approx(0.75)
    assert pair[(2, 20)]["influence_asymmetry"] == pytest.approx(0.5)
    assert pair[(200, 20)]["influence_asymmetry"] is None
    assert pair[(200, 20)]["influence_reason"] == "no_row_of_the_other_direction"
    bandwidth, depth = 1 / FBIC_WEIGHTS.bandwidth_max, 1 / FBIC_WEIGHTS.dependence_max
    assert pair[(2, 20)]["influence_recomputed"] == pytest.approx(bandwidth * depth / FBIC_WEIGHTS.index_max)
    out = measures.take("outward_influence", 2000, 2000, inputs=frames).to_polars()
    canada = out.filter(pl.col("ccode") == 20).row(0, named=True)
    assert (canada["influence_outward"], canada["influence_inward"]) == (pytest.approx(0.1), pytest.approx(0.8))
    assert (canada["n_targets"], canada["n_influencers"]) == (1, 2)
    britain = out.filter(pl.col("ccode") == 200).row(0, named=True)
    assert (britain["influence_inward"], britain["outward_reason"]) == (None, "no_row_as_target")
    assert canada["outward_reason"] is None


@needs_files
@pytest.mark.parametrize("weights", ["fbic-2024", "fbic-plus-2024"])
def test_the_distributed_index_equals_the_one_recomputed_from_its_components(weights: str) -> None:
    rows = measures.take("fbic", 1960, 2023, inputs=SHARED, weights=weights).to_polars()
    known = rows.drop_nulls("influence")
    assert known.height >= 280
    assert float((known["influence"] - known["influence_recomputed"]).abs().max()) < 1e-6  # type: ignore[arg-type]
