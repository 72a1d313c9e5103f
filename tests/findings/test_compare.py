"""The record beside ATOP and COW: small made rows for the rules, and all pacts held in common where the files are."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import msgspec
import pytest

from foedus.core.errors import InputError
from foedus.findings.codings import CODINGS, Coded, Coding, find_coding
from foedus.findings.compare import Beside, Compared, summary
from foedus.findings.factbook import compare_factbook
from foedus.record.cache import load_record
from foedus.record.differences import Difference, differences, links
from foedus.record.models import Fact, Pact, Record

SHARED = Path(__file__).parents[3] / "shared" / "data"
FILES = {"atop.members": "atop/atop5_1m.csv", "cow.alliances": "cow/derived_alliance_v4.1_by_member.csv"}
ATOP = CODINGS["atop.members"]
SIGNED, GONE = Coded("1", 371, 1992, 2018), Coded("1", 704, 1994, 1999, frozenset({"defense"}))


def _compared(
    record: Record, *coded: Coded, pact: str = "CST", on_file: tuple[Difference, ...] = ()
) -> dict[tuple[str, str], Compared]:
    beside = Beside(record, {"atop.members": coded}, {pact: {"atop.members": ("1",)}}, on_file)
    return {(one.state or "", one.field): one for one in beside.of(record.pacts[pact], ATOP)}


def test_years_that_are_one_agree(record: Record) -> None:
    found = _compared(record, GONE)
    assert found["UZB", "exit"].basis == "agrees"


def test_a_year_of_another_act_is_explained_by_that_act(record: Record) -> None:
    entry = _compared(record, SIGNED)["ARM", "entry"]
    assert (entry.record, entry.value, entry.rule) == ("1994", "1992", "another act")


def test_what_nothing_explains_is_called_unresolved(record: Record) -> None:
    entry = _compared(record, Coded("1", 371, 1900, None))["ARM", "entry"]
    assert entry.basis == "unresolved" and entry.reason.startswith("Unresolved")


def test_a_reason_on_file_goes_before_the_rules(record: Record) -> None:
    known = Difference(pact="CST", dataset="atop.members", state="ARM", field="entry", reason="The text says so.")
    entry = _compared(record, SIGNED, on_file=(known,))["ARM", "entry"]
    assert (entry.basis, entry.reason) == ("file", "The text says so.")


def test_a_year_between_the_bounds_of_the_record_is_explained_by_them(record: Record) -> None:
    inside, outside = (
        _compared(record, Coded("1", 200, 1815, year), pact="QUADRUPLE-ALLIANCE-1815")["GBR", "exit"]
        for year in (1822, 1870)
    )
    assert (inside.rule, outside.rule) == ("bounds only", "")


def test_a_treaty_of_two_ends_when_the_state_system_loses_one_of_them(record: Record) -> None:
    two = _compared(record, Coded("1", 220, 1921, 1939), pact="FRANCO-POLISH-ALLIANCE")["FRA", "exit"]
    three = _compared(record, Coded("1", 360, 1933, 1939), pact="LITTLE-ENTENTE")["ROU", "exit"]
    assert (two.rule, three.basis) == ("partner in the state system", "unresolved")


def test_a_treaty_of_two_begins_when_the_state_system_has_both(record: Record) -> None:
    entry = _compared(record, Coded("1", 200, 1937, 1951), pact="ANGLO-EGYPTIAN-TREATY-1936")["GBR", "entry"]
    assert entry.rule == "partner in the state system" and "EGY" in entry.reason


def test_an_end_in_the_year_of_a_later_treaty_is_explained_by_it(record: Record) -> None:
    exits = _compared(record, Coded("1", 355, 1967, 1977), pact="BULGARIA-GDR-1967")
    assert exits["BGR", "exit"].rule == "later treaty" and "BULGARIA-GDR-1977" in exits["BGR", "exit"].reason
    successors = _compared(record, Coded("1", 200, 1947, 1954), pact="DUNKIRK-TREATY")["GBR", "exit"]
    assert "WEU" in successors.reason


def test_a_later_pact_of_more_states_explains_no_end(record: Record) -> None:
    exits = _compared(record, Coded("1", 360, 1970, 1993), pact="POLAND-ROMANIA-1970")
    assert exits["ROU", "exit"].basis == "unresolved"


def test_who_came_in_after_the_dataset_ends_a_pact_is_explained_by_that_end(record: Record) -> None:
    ended = _compared(record, Coded("1", 255, 1936, 1939), pact="ANTI-COMINTERN-PACT")["FIN", "member"]
    goes_on = _compared(record, Coded("1", 255, 1936, None), pact="ANTI-COMINTERN-PACT")["FIN", "member"]
    assert (ended.rule, goes_on.basis) == ("after the dataset's end", "unresolved")


def test_cow_may_leave_out_what_stands_below_its_highest_class(record: Record) -> None:
    cow = CODINGS["cow.alliances"]
    assert set(record.pacts["CST"].pledges) >= {"defense", "consult"}
    for coded, basis in (({"defense"}, "rule"), ({"consult"}, "unresolved"), ({"defense", "neutrality"}, "unresolved")):
        rows = (Coded("1", 371, 1992, 2012, frozenset(coded)),)
        beside = Beside(record, {"cow.alliances": rows}, {"CST": {"cow.alliances": ("1",)}}, ())
        pledges = [one for one in beside.of(record.pacts["CST"], cow) if one.field == "pledges"]
        assert [one.basis for one in pledges] == [basis]


def _pledges(record: Record, pact: Pact, coding: Coding, coded: set[str], *also: Pact, since: int = 1992) -> Compared:
    """The row of pledges of a pact, one number of the dataset holding it and others."""
    row = Coded("1", 371, since, 2012, frozenset(coded))
    known = {one.id: {coding.name: ("1",)} for one in (pact, *also)}
    beside = Beside(
        msgspec.structs.replace(record, pacts=record.pacts | {pact.id: pact}), {coding.name: (row,)}, known, ()
    )
    return next(one for one in beside.of(pact, coding) if one.field == "pledges")


@pytest.mark.parametrize(("qualifier", "basis"), [("general", "rule"), (None, "unresolved")])
def test_atop_does_not_count_consultation_on_questions_at_large(
    record: Record, qualifier: str | None, basis: str
) -> None:
    fact = Fact(id="x-1", event="pledged", date="1992", sources=(), pledge="consult", qualifier=qualifier)
    pact = msgspec.structs.replace(record.pacts["CST"], pledges=("defense", "consult"), events=(fact,))
    assert _pledges(record, pact, ATOP, {"defense"}).basis == basis


def test_one_number_for_successive_treaties_may_have_the_coding_of_another(record: Record) -> None:
    first, second = record.pacts["CST"], record.pacts["CSTO"]
    first = msgspec.structs.replace(first, pledges=("nonaggression",))
    same = _pledges(record, first, ATOP, set(second.pledges) & ATOP.pledges, second)
    assert same.rule == "one number, several pacts" and second.id in same.reason
    assert _pledges(record, first, ATOP, {"neutrality"}, second).basis == "unresolved"


@pytest.mark.parametrize(("since", "basis"), [(1992, "rule"), (2005, "unresolved")])
def test_cow_does_not_code_a_later_treaty_under_its_number_anew(record: Record, since: int, basis: str) -> None:
    earlier, later = record.pacts["CST"], record.pacts["CSTO"]
    found = _pledges(record, later, CODINGS["cow.alliances"], {"neutrality"}, earlier, since=since)
    assert found.basis == basis


def test_a_dataset_of_no_alliances_is_refused() -> None:
    with pytest.raises(InputError, match="no dataset of alliances"):
        find_coding("un.votes")
    assert find_coding("atop.members-5.1") is ATOP


def test_every_link_is_to_a_pact_of_the_record(record: Record) -> None:
    assert links().keys() <= record.pacts.keys()


@cache
def _all(name: str) -> tuple[Compared, ...]:
    """The comparison of all pacts with the upstream file of a dataset."""
    from foedus.sources import read

    coding, record = CODINGS[name], load_record()
    beside = Beside(
        record, {name: tuple(coding.read(read(coding.dataset, SHARED / FILES[name]).iter_rows(named=True)))}
    )
    return tuple(one for pact in record.pacts.values() for one in beside.of(pact, coding))


@pytest.mark.parametrize(("name", "entries", "exits"), [("atop.members", 60, 75), ("cow.alliances", 57, 55)])
@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_all_pacts_held_in_common_have_a_reason_where_they_differ(name: str, entries: float, exits: float) -> None:
    found = _all(name)
    assert not [one for one in found if one.basis != "agrees" and not one.reason]
    shares = {row["field"]: row["agrees_percent"] for row in summary(found)}
    assert shares["entry"] >= entries and shares["exit"] >= exits
    assert not [one for one in found if one.basis == "unresolved"]


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_every_reason_on_file_explains_a_difference_that_exists(name: str) -> None:
    used = [one for one in _all(name) if one.basis == "file"]
    about = [known for known in differences() if known.dataset == name]
    assert about
    assert not [k for k in about if not any(k.speaks_of(one.pact, name, one.state, one.field) for one in used)]


@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_current_members_agree_with_the_factbook_or_say_why_not(record: Record) -> None:
    table = SHARED / "factbook" / "factbook_io_participation_long.csv"
    with table.open(encoding="utf-8") as lines:
        found = list(compare_factbook(record, csv.DictReader(lines)))
    assert not [one for one in found if one.basis == "unresolved"]
    assert sum(one.basis == "agrees" for one in found) >= 0.9 * len(found)
