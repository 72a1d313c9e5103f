"""The record beside ATOP and COW: small made rows for the rules, and all pacts held in common where the files are."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from foedus.core.errors import InputError
from foedus.findings.codings import CODINGS, Coded, Coding, find_coding
from foedus.findings.compare import Beside, Compared, summary
from foedus.findings.factbook import compare_factbook
from foedus.record.differences import Difference, differences, links
from foedus.record.models import Fact, Pact, Record

SHARED = Path(__file__).parents[3] / "shared" / "data"
FILES = {"atop.members": "atop/atop5_1m.csv", "cow.alliances": "cow/derived_alliance_v4.1_by_member.csv"}
ATOP = CODINGS["atop.members"]
SIGNED, GONE = Coded("1", 371, 1992, 2018), Coded("1", 704, 1994, 1999, frozenset({"defense"}))


def _compared(record: Record, *coded: Coded, on_file: tuple[Difference, ...] = ()) -> dict[tuple[str, str], Compared]:
    beside = Beside(record, {"atop.members": coded}, {"CST": {"atop.members": ("1",)}}, on_file)
    return {(one.state or "", one.field): one for one in beside.of(record.pacts["CST"], ATOP)}


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


@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_every_reason_on_file_explains_a_difference_that_exists(record: Record) -> None:
    from foedus.sources import read

    codings = {name: CODINGS[name] for name in FILES}
    rows = {
        name: tuple(c.read(read(c.dataset, SHARED / FILES[name]).iter_rows(named=True))) for name, c in codings.items()
    }
    found = [one for p in record.pacts.values() for c in codings.values() for one in Beside(record, rows).of(p, c)]
    differing = [(one.pact, one.dataset, one.state, one.field) for one in found if one.basis != "agrees"]
    assert not [one for one in differences() if not any(one.speaks_of(*row) for row in differing)]


def test_a_dataset_of_no_alliances_is_refused() -> None:
    with pytest.raises(InputError, match="no dataset of alliances"):
        find_coding("un.votes")
    assert find_coding("atop.members-5.1") is ATOP


def test_every_link_is_to_a_pact_of_the_record(record: Record) -> None:
    assert links().keys() <= record.pacts.keys()


@pytest.mark.parametrize(("name", "entries", "exits"), [("atop.members", 60, 75), ("cow.alliances", 57, 55)])
@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_all_pacts_held_in_common_have_a_reason_where_they_differ(
    record: Record, name: str, entries: float, exits: float
) -> None:
    from foedus.sources import read

    coding = CODINGS[name]
    rows = tuple(coding.read(read(coding.dataset, SHARED / FILES[name]).iter_rows(named=True)))
    beside = Beside(record, {name: rows})
    found = [one for pact in record.pacts.values() for one in beside.of(pact, coding)]
    assert not [one for one in found if one.basis != "agrees" and not one.reason]
    shares = {row["field"]: row["agrees_percent"] for row in summary(found)}
    assert shares["entry"] >= entries and shares["exit"] >= exits
    dated = [one for one in found if one.field in ("entry", "exit")]
    assert sum(one.basis == "unresolved" for one in dated) <= 0.08 * len(dated)


@pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
def test_current_members_agree_with_the_factbook_or_say_why_not(record: Record) -> None:
    table = SHARED / "factbook" / "factbook_io_participation_long.csv"
    with table.open(encoding="utf-8") as lines:
        found = list(compare_factbook(record, csv.DictReader(lines)))
    assert not [one for one in found if one.basis == "unresolved"]
    assert sum(one.basis == "agrees" for one in found) >= 0.9 * len(found)
