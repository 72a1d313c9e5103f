"""Dependence on aid taken of the OECD's table: by hand from small frames."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from foedus import measures
from foedus.core.errors import InputError

ARMENIA, GEORGIA, USA, RUSSIA, FRANCE = 371, 372, 2, 365, 220
GROSS, NET = ("240", "ODA, gross disbursements"), ("206", "ODA, net disbursements")
COLUMNS = ("donor", "donor_name", "recipient", "recipient_name", "measure", "measure_name", "prices", "year", "value")
NAMES = {"USA": "United States", "RUS": "Russia", "FRA": "France", "ALLD": "Official donors", "5WB": "World Bank",
         "ARM": "Armenia", "GEO": "Georgia", "DPGC": "Developing countries"}  # fmt: skip


def flows(*rows: tuple[str, str, int, float | None], flow: tuple[str, str] = GROSS, prices: str = "current") -> Any:
    full = [(d, NAMES[d], r, NAMES[r], *flow, prices, year, value) for d, r, year, value in rows]
    return pl.DataFrame(full, schema=list(COLUMNS), orient="row")


# Armenia had 60 of the United States, 10 of Russia and 30 of an agency in 2015; Russia reported nothing on 2005.
AID = flows(
    ("USA", "ARM", 2015, 60.0), ("RUS", "ARM", 2015, 10.0), ("5WB", "ARM", 2015, 30.0), ("ALLD", "ARM", 2015, 100.0),
    ("USA", "GEO", 2015, 5.0), ("ALLD", "GEO", 2015, 5.0), ("FRA", "DPGC", 2015, 7.0), ("FRA", "GEO", 2014, 1.0),
    ("USA", "ARM", 2005, 20.0), ("ALLD", "ARM", 2005, 20.0), ("USA", "GEO", 2006, None), ("ALLD", "GEO", 2006, 9.0),
)  # fmt: skip
GNI = pl.DataFrame({"country_name": ["Armenia"], "country_code": ["ARM"], "year": [2015], "value": [10_000e6]})


def aid(recipient: int, donor: int, year: int = 2015, frame: pl.DataFrame = AID, **options: Any) -> dict[str, Any]:
    inputs = {"oecd.dac2a-2026": frame, "worldbank.gni-2026": GNI}
    rows = measures.take("aid_dependence", year, year, inputs=inputs, **options).to_polars()
    return rows.filter(pl.col("ccode1") == recipient, pl.col("ccode2") == donor).row(0, named=True)


def test_a_share_is_of_the_sum_over_all_donors_agencies_included() -> None:
    found = aid(ARMENIA, USA)
    assert (found["aid_dependence"], found["aid_usd"], found["aid_bound"]) == (pytest.approx(0.6), 60, "upper")
    assert aid(ARMENIA, RUSSIA)["aid_dependence"] == pytest.approx(0.1)


def test_a_share_among_states_leaves_agencies_out() -> None:
    assert aid(ARMENIA, USA, denominator="state_donors")["aid_dependence"] == pytest.approx(60 / 70)


def test_aid_over_national_income_is_no_share_and_has_no_bound() -> None:
    found = aid(ARMENIA, USA, denominator="gni")
    assert (found["aid_dependence"], found["aid_bound"]) == (pytest.approx(60 / 10_000), None)
    assert aid(GEORGIA, USA, denominator="gni")["aid_reason"] == "unknown_gni"


def test_no_row_is_zero_only_where_the_donor_reports() -> None:
    assert aid(GEORGIA, RUSSIA)["aid_dependence"] == 0
    found = aid(ARMENIA, RUSSIA, 2005)
    assert (found["aid_dependence"], found["aid_usd"], found["aid_reason"]) == (None, None, "donor_does_not_report")


def test_a_state_that_the_table_does_not_list_has_no_value_and_no_reason() -> None:
    found = aid(RUSSIA, USA)
    assert (found["aid_dependence"], found["aid_reason"]) == (None, None)


def test_a_figure_that_is_not_known_is_missing_and_not_zero() -> None:
    found = aid(GEORGIA, USA, 2006)
    assert (found["aid_dependence"], found["aid_reason"]) == (None, "unknown_flow")


def test_a_negative_flow_is_missing_and_says_so() -> None:
    frame = flows(("USA", "ARM", 2015, -3.0), ("RUS", "ARM", 2015, 10.0), ("ALLD", "ARM", 2015, 7.0))
    assert aid(ARMENIA, USA, frame=frame)["aid_reason"] == "negative_flow"


def test_a_year_in_which_nobody_disbursed_is_missing_and_not_independence() -> None:
    frame = flows(("USA", "ARM", 2015, 0.0), ("ALLD", "ARM", 2015, 0.0))
    found = aid(ARMENIA, USA, frame=frame)
    assert (found["aid_dependence"], found["aid_reason"]) == (None, "no_aid")


def test_a_recipient_without_a_sum_over_all_donors_is_missing() -> None:
    frame = flows(("USA", "ARM", 2015, 1.0), ("USA", "GEO", 2015, 1.0), ("ALLD", "GEO", 2015, 1.0))
    assert aid(ARMENIA, USA, frame=frame)["aid_reason"] == "unknown_total"


def test_gross_disbursements_are_taken_and_another_flow_by_its_code() -> None:
    both = pl.concat([AID, flows(("USA", "ARM", 2015, 40.0), ("ALLD", "ARM", 2015, 50.0), flow=NET)])
    assert aid(ARMENIA, USA, frame=both)["aid_dependence"] == pytest.approx(0.6)
    for flow in ("206", 206, "ODA, net disbursements"):
        assert aid(ARMENIA, USA, frame=both, flow=flow)["aid_dependence"] == pytest.approx(0.8)


def test_older_exports_name_states_where_newer_ones_have_their_codes() -> None:
    codes = {"USA": "302", "ARM": "610", "ALLD": "20005", "RUS": "87", "5WB": "901", "GEO": "612", "FRA": "4"}
    old = AID.with_columns(pl.col("donor", "recipient").replace(codes)).with_columns(
        donor_name=pl.col("donor_name").replace({"Official donors": "All Donors, Total"})
    )
    assert aid(ARMENIA, USA, frame=old)["aid_dependence"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (flows(("USA", "ARM", 2015, 1.0), flow=NET), {}, r"none of its flows .*206 \(ODA, net disbursements\)"),
        (AID, {"flow": "999"}, "none of its flows is '999'"),
        (pl.concat([AID, AID.with_columns(measure=pl.lit("241"))]), {}, "more than one of its flows"),
        (flows(("USA", "ARM", 2015, 1.0), prices="constant"), {}, "no row is at current prices"),
        (flows(("USA", "ARM", 2015, 1.0)), {}, "use denominator=state_donors"),
        (AID, {"denominator": "gdp"}, "Use one of all_donors, state_donors, gni"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(frame: pl.DataFrame, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        aid(ARMENIA, USA, frame=frame, **options)
