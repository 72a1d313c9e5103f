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


TERMS = [
    ("USA-1", 2, date(1898, 3, 4), date(1901, 9, 14)), ("USA-2", 2, date(1901, 9, 14), date(1905, 3, 4)),
    ("FRN-1", 220, date(1899, 2, 18), date(1902, 7, 1)), ("FRN-2", 220, date(1902, 7, 3), date(1909, 1, 1)),
    ("UKG-1", 200, date(1895, 6, 25), date(1902, 7, 2)), ("UKG-2", 200, date(1902, 7, 12), date(1905, 12, 31)),
]  # fmt: skip
DECADE = (date(1900, 1, 1), date(1909, 12, 31))


def archigos() -> panels.Inputs:
    rows = [
        {"obsid": obsid, "leader": obsid, "gender": "M", "yrborn": 1850, "gwcode": code, "startdate": a, "enddate": b}
        for obsid, code, a, b in TERMS
    ]
    return panels.Inputs({"archigos.leaders-4.1": pl.DataFrame(rows)})


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("unit", ["leader-year", "leader-dyad-year"])
@pytest.mark.parametrize("system", ["cow", "gw"])
def test_leaders_are_observed_in_the_years_that_count(unit: str, rule: str, system: str) -> None:
    pairs = "dyad" in unit
    made = panels.panel(unit, *map(str, DECADE), system=system, rule=rule, inputs=archigos())
    code = "ccode" if system == "cow" else "gwcode"
    names = ("obsid1", f"{code}1", "obsid2", f"{code}2", "year") if pairs else ("obsid", code, "year")
    expected = brute.leader_rows(TERMS, *DECADE, rule, pairs=pairs)
    assert expected
    assert set(made.to_polars().select(names).rows()) == expected


def test_leader_days_are_those_in_office() -> None:
    made = panels.leader_days("1902-06-28", "1902-07-15", inputs=archigos()).to_polars()
    expected = {
        (obsid, code, day)
        for obsid, code, start, end in TERMS
        for day in brute.days_of(date(1902, 6, 28), date(1902, 7, 15))
        if start <= day <= end
    }
    assert set(made.select("obsid", "ccode", "date").rows()) == expected


MEMBERS = [
    ("1", 2, date(1900, 1, 1), date(1902, 7, 1)), ("1", 200, date(1900, 7, 2), date(1904, 7, 2)),
    ("2", 220, date(1901, 12, 31), date(1903, 1, 1)), ("2", 220, date(1903, 9, 1), date(1906, 6, 30)),
]  # fmt: skip


def atop() -> panels.Inputs:
    rows = [
        {"atopid": int(alliance), "member": code, "yrent": a.year, "moent": a.month, "dayent": a.day,
         "yrexit": b.year, "moexit": b.month, "dayexit": b.day}
        for alliance, code, a, b in MEMBERS
    ]  # fmt: skip
    return panels.Inputs({"atop.members-5.1": pl.DataFrame(rows)})


@pytest.mark.parametrize("rule", RULES)
def test_alliances_and_their_members_are_observed_in_the_years_that_count(rule: str) -> None:
    span = [str(day) for day in DECADE]
    members = panels.panel("alliance-member-year", *span, rule=rule, inputs=atop()).to_polars()
    assert set(members.select("alliance", "ccode", "year").rows()) == brute.member_rows(MEMBERS, *DECADE, rule)
    alliances = panels.panel("alliance-year", *span, rule=rule, inputs=atop()).to_polars()
    assert set(alliances.select("alliance", "year").rows()) == brute.alliance_rows(MEMBERS, *DECADE, rule)
