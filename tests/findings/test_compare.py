"""The record beside ATOP and COW: small made rows for the rules, and all pacts held in common where the files are."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from foedus.core.errors import InputError
from foedus.findings.codings import CODINGS, Coded, find_coding
from foedus.findings.compare import Beside, Compared, summary
from foedus.findings.factbook import compare_factbook
from foedus.record.cache import load_record
from foedus.record.differences import Difference, differences, links
from foedus.record.models import Record

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
    assert not [one for one in found if one.basis == "unresolved" and one.field != "pledges"]


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_every_reason_on_file_about_years_and_members_explains_a_difference(name: str) -> None:
    used = [one for one in _all(name) if one.basis == "file"]
    about = [known for known in differences() if known.dataset == name and known.field in ("entry", "exit", "member")]
    assert about
    assert not [k for k in about if not any(k.speaks_of(one.pact, name, one.state, one.field) for one in used)]


@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_current_members_agree_with_the_factbook_or_say_why_not(record: Record) -> None:
    table = SHARED / "factbook" / "factbook_io_participation_long.csv"
    with table.open(encoding="utf-8") as lines:
        found = list(compare_factbook(record, csv.DictReader(lines)))
    assert not [one for one in found if one.basis == "unresolved"]
    assert sum(one.basis == "agrees" for one in found) >= 0.9 * len(found)
