"""Spells are derived from events as a lawyer would."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.record import query
from foedus.record.memberships import member_spells
from foedus.record.models import Fact, Pact, Record, Span, State

DATES = st.dates().map(str)
EVENTS = st.sampled_from(
    [
        "signed",
        "joined",
        "in_force",
        "withdrew",
        "rejoined",
        "suspended",
        "resumed",
        "observer",
        "associate",
        "expelled",
    ]
)


def record_of(*events: tuple[str, str, str], kind: str = "organization", more: tuple[Fact, ...] = ()) -> Record:
    """A record of one pact P with events (event, state, date); a state of "" is the pact itself."""
    facts = tuple(
        Fact(id=f"p-{i}", event=event, state=state or None, date=date, sources=(), pact="P")  # type: ignore[arg-type]
        for i, (event, state, date) in enumerate(events)
    )
    pact = Pact(id="P", kind=kind, name="The Pact", events=(*facts, *more))  # type: ignore[arg-type]
    states = {code: State(id=code, name=code) for code in ("AAA", "BBB", "CCC")}
    states["GON"] = State(id="GON", name="Gone", spells=(Span(start="1950-01-01", end="1990-10-02"),))
    return Record(
        version="0", day="2026-11-01", states=states, pacts={"P": pact}, organs={}, offices={}, bases={}, sources={}
    )  # fmt: skip


def spells(record: Record) -> list[tuple[str, str, str, str | None]]:
    return [(s.state, s.status, s.start.date, s.end_text) for s in member_spells(record, "P")]


def test_a_return_opens_a_second_spell() -> None:
    record = record_of(("joined", "AAA", "1994"), ("withdrew", "AAA", "1999-04-02"), ("rejoined", "AAA", "2006-06-23"))
    assert spells(record) == [("AAA", "member", "1994", "1999-04-02"), ("AAA", "member", "2006-06-23", None)]


def test_entry_into_force_is_an_entry_in_a_treaty_even_where_a_return_follows() -> None:
    events = ("in_force", "AAA", "1994"), ("withdrew", "AAA", "1999"), ("rejoined", "AAA", "2006")
    assert len(spells(record_of(*events, kind="treaty"))) == 2


def test_entry_into_force_does_not_count_where_a_day_of_joining_is_given() -> None:
    assert spells(record_of(("in_force", "AAA", "1949-08"), ("joined", "AAA", "1949-09"))) == [
        ("AAA", "member", "1949-09", None)
    ]


def test_the_end_of_the_pact_ends_every_membership() -> None:
    assert spells(record_of(("joined", "AAA", "1955"), ("ended", "", "1991-07-01"))) == [
        ("AAA", "member", "1955", "1991-07-01")
    ]


def test_a_membership_ends_with_the_state() -> None:
    assert spells(record_of(("joined", "GON", "1955-05-14"))) == [("GON", "member", "1955-05-14", "1990-10-02")]


def test_a_successor_takes_over_the_day_after_the_other_leaves() -> None:
    taken = Fact(id="p-9", event="succeeded", state="BBB", of="AAA", date="1991-12-24", sources=(), pact="P")
    record = record_of(("joined", "AAA", "1945"), more=(taken,))
    assert spells(record) == [("AAA", "member", "1945", "1991-12-23"), ("BBB", "member", "1991-12-24", None)]


def test_an_observer_that_joins_is_no_longer_an_observer() -> None:
    assert spells(record_of(("observer", "AAA", "2005-07-05"), ("joined", "AAA", "2017-06-09"))) == [
        ("AAA", "observer", "2005-07-05", "2017-06-08"),
        ("AAA", "member", "2017-06-09", None),
    ]


def test_a_member_that_becomes_an_associate_is_a_former_member() -> None:
    record = record_of(("joined", "AAA", "1991"), ("associate", "AAA", "2005-08-26"))
    assert [row["state"] for row in query.members(record, "P", status="former")] == ["AAA"]
    assert [row["status"] for row in query.members(record, "P", status="all")] == ["associate"]


def test_a_suspended_member_is_a_member_all_the_while() -> None:
    record = record_of(("joined", "AAA", "1948"), ("suspended", "AAA", "2009-07-04"), ("resumed", "AAA", "2011-06-01"))
    (row,) = query.members(record, "P", on="2010-01-01")
    assert (row["status"], row["suspended"]) == ("member", "2009-07-04")
    (row,) = query.members(record, "P", on="2012-01-01")
    assert row["suspended"] is None
    assert len(query.members(record, "P", on="2010", status="suspended")) == 1
    assert query.members(record, "P", on="2012", status="suspended") == []


def test_who_signed_and_never_joined_is_a_signatory() -> None:
    record = record_of(("signed", "AAA", "1992-05-15"), ("signed", "BBB", "1992-05-15"), ("joined", "BBB", "1994"))
    assert [row["state"] for row in query.members(record, "P", status="signatory")] == ["AAA"]


def test_an_entry_known_to_the_year_counts_from_its_first_day_and_an_exit_to_its_last() -> None:
    record = record_of(("joined", "AAA", "1994"), ("withdrew", "AAA", "1999"))
    days = {day: bool(query.members(record, "P", on=day)) for day in ("1993-12-31", "1994-01-01", "1999-12-31", "2000")}
    assert days == {"1993-12-31": False, "1994-01-01": True, "1999-12-31": True, "2000": False}


@given(st.lists(st.tuples(EVENTS, st.just("AAA"), DATES), max_size=8))
def test_whatever_the_events_a_state_never_has_two_statuses_on_a_day(events: list[tuple[str, str, str]]) -> None:
    own = [s for s in member_spells(record_of(*events), "P") if s.status in ("member", "observer", "associate")]
    for earlier, later in pairwise(own):
        assert earlier.last_day is not None
        assert earlier.last_day <= later.first_day


def test_an_organization_covers_the_treaty_it_grew_out_of(small: Record) -> None:
    rows = query.members(small, "csto", on="1995-01-01")
    assert [(row["state"], row["pact"]) for row in rows] == [("ARM", "CST"), ("UZB", "CST")]
    assert [(row["state"], row["pact"]) for row in query.members(small, "CSTO")] == [("ARM", "CSTO")]


def test_all_gives_each_state_once(small: Record) -> None:
    rows = {row["state"]: (row["pact"], row["status"]) for row in query.members(small, "CSTO", status="all")}
    assert rows == {
        "ARM": ("CSTO", "member"), "UZB": ("CSTO", "former"), "SRB": ("CSTO", "observer"), "MDA": ("CST", "signatory"),
    }  # fmt: skip


@pytest.mark.parametrize("day", ["2007-01-01", "2012-12-19"])
def test_the_dates_of_a_row_are_those_of_the_spell_it_shows(small: Record, day: str) -> None:
    (row,) = [row for row in query.members(small, "CSTO", on=day) if row["state"] == "UZB"]
    assert (row["joined"], row["withdrew"], row["rejoined"]) == ("2006", "2012-12-19", None)
    assert row["spells"] == [{"from": "2006", "to": "2012-12-19"}]
    assert row["facts"] == ["csto-003", "csto-004"]
