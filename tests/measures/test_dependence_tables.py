"""Dependence and concentration taken of datasets: by hand from small files, and the vectors from the published ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from measure_vectors import VECTORS

from foedus import measures
from foedus.core.errors import InputError, UnknownNameError
from foedus.measures.arrays import MeasureError
from foedus.panels import Inputs

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="the published files are not at hand")

# Imports of the first from the second, of the second from the first; -9 is unknown.
TRADE = pl.DataFrame(
    [(2, 200, 2000, 30.0, 20.0), (2, 365, 2000, 10.0, 20.0), (200, 365, 2000, 5.0, -9.0), (2, 220, 2000, 0.0, 0.0)],
    schema=["ccode1", "ccode2", "year", "flow1", "flow2"], orient="row",
)  # fmt: skip
TOTALS = pl.DataFrame(
    {"ccode": [2, 200, 365], "year": [2000] * 3, "imports": [60.0, 50.0, 40.0], "exports": [40.0, 50.0, -9.0]}
)
GDP = pl.DataFrame(
    {"country_name": ["United States", "United Kingdom"], "country_code": ["USA", "GBR"], "year": [2000, 2000],
     "value": [1000e6, 500e6]}
)  # fmt: skip
FRAMES = {"cow.trade-4.0": TRADE, "cow.trade-states-4.0": TOTALS, "worldbank.gdp-2026-03": GDP}


def row(name: str, one: int, other: int | None = None, year: int = 2000, **options: Any) -> dict[str, Any]:
    rows = measures.take(name, year, year, inputs=FRAMES, **options).to_polars()
    codes = {"ccode": one} if other is None else {"ccode1": one, "ccode2": other}
    return rows.filter(*(pl.col(key) == value for key, value in codes.items())).row(0, named=True)


def test_the_denominator_of_a_trade_share_is_named() -> None:
    assert row("trade_share", 2, 200)["trade_share"] == pytest.approx(50 / 100)
    assert row("trade_share", 2, 200, denominator="dyadic_sum")["trade_share"] == pytest.approx(50 / 80)


def test_a_share_that_is_missing_says_why() -> None:
    assert row("trade_share", 200, 365)["trade_reason"] == "unknown_flow"
    found = row("trade_share", 365, 2)
    assert (found["trade_share"], found["trade_reason"]) == (None, "unknown_total")
    assert row("trade_share", 2, 200)["trade_reason"] is None


def test_trade_over_output_from_either_side() -> None:
    assert row("trade_dependence", 2, 200)["trade_gdp"] == pytest.approx(50 / 1000)
    assert row("trade_dependence", 200, 2)["trade_gdp"] == pytest.approx(50 / 500)
    found = row("trade_dependence", 365, 2)
    assert (found["trade_gdp"], found["trade_gdp_reason"]) == (None, "unknown_gdp")


def test_the_weak_link_is_the_lower_dependence_of_a_pair() -> None:
    found = row("trade_link", 2, 200)
    assert (found["weak_link"], found["strong_link"]) == (pytest.approx(0.05), pytest.approx(0.1))
    assert row("trade_link", 2, 365)["link_reason"] == "unknown_of_one_side"


@pytest.mark.parametrize("gdp", ["maddison", "fariss"])
def test_constant_dollars_do_not_mix_with_current_ones(gdp: str) -> None:
    with pytest.raises(MeasureError, match="constant dollars and trade in current ones"):
        row("trade_dependence", 2, 200, gdp=gdp)


def test_interdependence_by_hand() -> None:
    found = row("interdependence", 2, 200)  # shares .5 and .5
    assert found["trade_salience"] == pytest.approx(0.5)
    assert found["trade_symmetry"] == pytest.approx(1)
    assert found["trade_interdependence"] == pytest.approx(0.5)
    assert row("interdependence", 2, 365)["interdependence_reason"] == "unknown_of_one_side"


def test_concentration_of_partners_by_hand() -> None:
    found = row("partner_concentration", 2)  # 50, 30 and 0 of 80
    assert found["partner_hhi"] == pytest.approx((50**2 + 30**2) / 80**2)
    assert found["partner_hhi_normalised"] == pytest.approx((found["partner_hhi"] - 1 / 3) / (2 / 3))
    assert found["hirschman_1945"] == pytest.approx(100 * found["partner_hhi"] ** 0.5)
    assert found["effective_partners"] == pytest.approx(1 / found["partner_hhi"])
    assert (found["n_partners"], found["n_unknown_partners"]) == (3, 0)
    exports = row("partner_concentration", 2, flow="exports")  # 20, 20 and 0
    assert exports["partner_hhi"] == pytest.approx(0.5)


def test_a_state_that_trades_with_nobody_has_no_concentration() -> None:
    found = row("partner_concentration", 220)
    assert (found["partner_hhi"], found["hirschman_1945"], found["concentration_reason"]) == (None, None, "no_trade")


def test_the_best_outside_option_is_another_partner() -> None:
    found = row("outside_option", 2, 200)
    assert (found["best_outside_partner"], found["best_outside_share"]) == (365, pytest.approx(0.3))
    assert found["hub_advantage"] == pytest.approx(0.5 - 0.3)
    other = row("outside_option", 2, 365)
    assert (other["best_outside_partner"], other["hub_advantage"]) == (200, pytest.approx(0.3 - 0.5))
    assert row("outside_option", 200, 2)["outside_reason"] == "no_other_partner"


@needs_files
def test_the_vectors_of_trade_are_met_from_the_published_files() -> None:
    wanted = {row["year"] for row in VECTORS.values() if "trade_share_dyadic" in row["expected"]}
    given, found = Inputs(SHARED), {}
    cases = [("trade_share", {}), ("trade_share", {"denominator": "dyadic_sum"}),
             ("partner_concentration", {"flow": "exports"}),
             ("partner_concentration", {}), ("outside_option", {"denominator": "dyadic_sum"})]  # fmt: skip
    frames = {key: given.read(key) for key in ("cow.trade-4.0", "cow.trade-states-4.0")}
    frames = {key: frame.filter(pl.col("year").is_in(wanted)) for key, frame in frames.items()}
    for name, options in cases:
        rows = [measures.take(name, year, year, inputs=frames, **options).to_polars() for year in sorted(wanted)]
        found[name, *options.values()] = pl.concat(rows)
    met = 0
    for vector in VECTORS.values():
        expected = vector["expected"]
        if "trade_share_dyadic" not in expected:
            continue
        pair = (
            (pl.col("ccode1") == vector["a"]) & (pl.col("ccode2") == vector["b"]) & (pl.col("year") == vector["year"])
        )
        state = (pl.col("ccode") == vector["a"]) & (pl.col("year") == vector["year"])
        option = found["outside_option", "dyadic_sum"].filter(pair)
        got = {
            "trade_share_state_year": found["trade_share",].filter(pair)["trade_share"][0],
            "trade_share_dyadic": found["trade_share", "dyadic_sum"].filter(pair)["trade_share"][0],
            "hhi_exports": found["partner_concentration", "exports"].filter(state)["partner_hhi"][0],
            "hirschman_exports": found["partner_concentration", "exports"].filter(state)["hirschman_1945"][0] / 100,
            "hhi_total_trade": found["partner_concentration",].filter(state)["partner_hhi"][0],
            "n_partners_missing_either": found["partner_concentration",].filter(state)["n_unknown_partners"][0],
            "best_outside_partner": option["best_outside_partner"][0],
            "best_outside_share_dyadic": option["best_outside_share"][0],
        }
        for key, value in got.items():
            assert value == pytest.approx(expected[key], abs=vector["tolerance"]), (vector["id"], key)
        met += 1
    assert met == 6


ARMS = pl.DataFrame(
    [("Russia", "state", 2000, 6.0), ("France", "state", 2004, 2.0), ("unknown supplier(s)", "state", 2004, 2.0),
     ("Russia", "state", 2011, 1.0)],
    schema=["partner", "kind", "year", "tiv"], orient="row",
)  # fmt: skip


def arms(year: int, supplier: int, frame: pl.DataFrame = ARMS, **options: Any) -> dict[str, Any]:
    rows = measures.take("arms_dependence", year, year, inputs={"sipri.transfers-2026": frame}, **options).to_polars()
    return rows.filter(pl.col("ccode1") == 371, pl.col("ccode2") == supplier).row(0, named=True)


def test_arms_of_a_trailing_window_with_suppliers_without_a_code_in_the_total() -> None:
    assert arms(2004, 365, recipient="Armenia")["arms_share"] == pytest.approx(6 / 10)
    assert arms(2004, 220, recipient="ARM")["arms_share"] == pytest.approx(2 / 10)
    assert arms(2005, 365, recipient="ARM")["arms_share"] == 0
    ten = arms(2009, 365, recipient="ARM", window=10)
    assert (ten["arms_share"], ten["arms_window"]) == (pytest.approx(0.6), 10)


def test_no_delivery_is_missing_and_not_independence() -> None:
    found = arms(2010, 365, recipient="ARM")
    assert (found["arms_share"], found["arms_reason"]) == (None, "no_deliveries")
    early = arms(2002, 365, recipient="ARM")
    assert (early["arms_share"], early["arms_reason"]) == (None, "window_incomplete")


def test_a_frame_may_hold_the_imports_of_several_states() -> None:
    frame = ARMS.with_columns(recipient=pl.lit("Armenia"))
    assert arms(2004, 365, frame)["arms_share"] == pytest.approx(0.6)


# The register of all deals: Russia follows the Soviet Union within 1991, and one supplier is no state.
REGISTER = pl.DataFrame(
    [("Armenia", "Russia", "state", 2004, 6.0), ("Armenia", "unknown supplier(s)", "state", 2004, 2.0),
     ("Germany (FRG)", "United States", "state", 2004, 3.0), ("Soviet Union", "France", "state", 1990, 5.0),
     ("Russia", "France", "state", 1996, 1.0), ("Hezbollah", "Iran", "state", 2003, 1.0)],
    schema=["recipient", "partner", "kind", "year", "tiv"], orient="row",
)  # fmt: skip


def shares(year: int, frame: pl.DataFrame = REGISTER, **options: Any) -> dict[tuple[int, int], float]:
    inputs = {"sipri.deliveries-2026": frame}
    rows = measures.take("arms_dependence", year, year, inputs=inputs, source="register", **options).to_polars()
    rows = rows.filter(pl.col("arms_share").is_not_null())
    return {(one, other): share for one, other, share in rows.select("ccode1", "ccode2", "arms_share").rows()}


def test_the_register_gives_the_shares_of_all_recipients_at_once() -> None:
    assert shares(2004) == {(371, 365): pytest.approx(6 / 8), (255, 2): 1.0}


def test_one_recipient_of_the_register_can_be_named() -> None:
    assert shares(2004, recipient="Germany") == {(255, 2): 1.0}
    with pytest.raises(InputError, match="KAZ received nothing in this file"):
        shares(2004, recipient="KAZ")


def test_a_code_that_passes_on_within_a_year_has_one_row() -> None:
    early = REGISTER.with_columns(year=pl.col("year") - pl.when(pl.col("year") < 2000).then(5).otherwise(0))
    assert shares(1991, frame=early) == {(365, 220): 1.0}


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({}, InputError, r"does not say whose imports .* source=register"),
        ({"recipient": "Ruritania"}, UnknownNameError, "no state of the record"),
        ({"recipient": "ARM", "window": "x"}, InputError, "no number of years from 1 to 20"),
        ({"recipient": "ARM", "window": 0}, InputError, "no number of years from 1 to 20"),
    ],
)
def test_what_arms_need_is_asked_for(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        arms(2004, 365, **options)
