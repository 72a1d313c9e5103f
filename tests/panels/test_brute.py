"""The engine against a second implementation by day, for every unit and rule, over a decade and a continent."""

from __future__ import annotations

from datetime import date

import brute
import polars as pl
import pytest

from foedus import panels
from foedus.panels.create import last_complete_year
from foedus.tables.pairs import RULES

# Western and central Europe in the decade of the German and Italian unions, and in that of the breakdown of two unions.
EUROPE = range(200, 400)
DECADES = [(date(1861, 1, 1), date(1871, 12, 31)), (date(1989, 1, 1), date(1993, 12, 31))]


def keys(panel: panels.Panel) -> set[tuple[object, ...]]:
    names = list(panel.key)
    codes = [name for name in names if name.startswith(("ccode", "gwcode"))]
    inside = pl.all_horizontal(pl.col(name).is_in(list(EUROPE)) for name in codes)
    return set(panel.to_polars().filter(inside).select(names).rows())


def make(unit: str, system: str, first: date, last: date, rule: str) -> panels.Panel:
    return panels.panel(unit, str(first), str(last), system=system, rule=rule)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("system", ["cow", "gw"])
@pytest.mark.parametrize("period", ["year", "month"])
@pytest.mark.parametrize(("first", "last"), DECADES)
def test_states_are_observed_in_the_periods_that_count(
    first: date, last: date, period: str, system: str, rule: str
) -> None:
    expected = brute.rows(system, EUROPE, period, first, last, rule)
    assert keys(make(f"state-{period}", system, first, last, rule)) == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("system", ["cow", "gw"])
@pytest.mark.parametrize("pairs", ["directed", "undirected"])
@pytest.mark.parametrize(("first", "last"), DECADES)
def test_dyads_are_those_that_share_enough_days(first: date, last: date, pairs: str, system: str, rule: str) -> None:
    expected = brute.rows(system, EUROPE, "year", first, last, rule, pairs)
    unit = "directed-dyad-year" if pairs == "directed" else "dyad-year"
    assert keys(make(unit, system, first, last, rule)) == expected


@pytest.mark.parametrize("rule", ["any_day", "majority"])
def test_dyad_months_are_those_that_share_enough_days(rule: str) -> None:
    first, last = date(1990, 1, 1), date(1992, 12, 31)
    expected = brute.rows("cow", EUROPE, "month", first, last, rule, "undirected")
    assert keys(make("dyad-month", "cow", first, last, rule)) == expected


@pytest.mark.parametrize(
    ("unit", "pairs"), [("state-day", None), ("dyad-day", "undirected"), ("directed-dyad-day", "directed")]
)
def test_days_are_those_of_membership(unit: str, pairs: str | None) -> None:
    first, last = date(1990, 9, 20), date(1990, 10, 10)
    assert keys(make(unit, "cow", first, last, "any_day")) == brute.rows(
        "cow", EUROPE, "day", first, last, "any_day", pairs
    )


def test_two_states_of_one_year_but_of_no_common_day_make_no_dyad_unless_asked_for() -> None:
    # The Federal Republic (260) ended on 2 October 1990, Germany (255) began on 3 October.
    pair = (pl.col("ccode1") == 255) & (pl.col("ccode2") == 260)
    assert panels.dyad_years(1990, 1990).to_polars().filter(pair).is_empty()
    assert len(panels.dyad_years(1990, 1990, false_dyads="keep").to_polars().filter(pair)) == 1


def test_a_span_that_cuts_a_year_observes_its_days_alone() -> None:
    codes = panels.state_years("1990-10-03", "1990-12-31").to_polars()["ccode"]
    assert 260 not in codes
    assert 255 in codes


def test_the_rows_do_not_depend_on_the_clock() -> None:
    assert panels.state_years(until="2030").to_polars()["year"].max() == 2030
    assert panels.state_years().frame.last == last_complete_year()
