"""A name means one state or pact, or foedus says which it may mean."""

from __future__ import annotations

import pytest

from foedus.core.dates import parse_date
from foedus.core.errors import UnknownNameError
from foedus.record.models import Code, Record, State, StateNames
from foedus.record.names import find_pact, find_state
from foedus.record.naming import code_on, name_on


@pytest.mark.parametrize(
    "text", ["RUS", "rus", "cow:365", "GW:365", "Russia", "russian federation", "Россия", "РФ", "روسيا", "Russian"]
)
def test_a_state_is_found_by_id_code_name_and_demonym_in_three_languages(record: Record, text: str) -> None:
    assert find_state(record, text).id == "RUS"


def test_a_code_that_two_states_bore_means_the_one_of_the_day(record: Record) -> None:
    assert find_state(record, "cow:365", parse_date("1950")).id == "SUN"
    assert find_state(record, "cow:345", parse_date("1970")).id == "YUG"


def test_a_code_whose_bearers_are_all_gone_is_ambiguous_without_a_day(record: Record) -> None:
    with pytest.raises(UnknownNameError, match=r"gw:345: may mean .*YUG .*Give the record id, or the day"):
        find_state(record, "gw:345")


def twins() -> Record:
    names = {"en": StateNames(ambiguous=("Congo",))}
    states = {key: State(id=key, name=f"{key} Congo", names=names) for key in ("COG", "COD")}
    return Record(
        version="0", day="2026-11-01", states=states, pacts={}, organs={}, offices={}, bases={}, sources={}
    )  # fmt: skip


def test_an_ambiguous_name_lists_the_candidates() -> None:
    with pytest.raises(UnknownNameError, match=r"Congo: may mean COD \(COD Congo\), COG \(COG Congo\)"):
        find_state(twins(), "Congo")


def test_an_unknown_state_names_near_ones(record: Record) -> None:
    with pytest.raises(UnknownNameError, match=r"Kyrgystan: no state .* Did you mean KGZ \(Kyrgyzstan\)"):
        find_state(record, "Kyrgystan")


@pytest.mark.parametrize("text", ["WTO-WARSAW", "warsaw pact", "Warsaw Treaty Organization", "Варшавский договор"])
def test_a_pact_is_found_by_id_and_names(record: Record, text: str) -> None:
    assert find_pact(record, text).id == "WTO-WARSAW"


def test_a_treaty_in_a_pacts_file_means_the_pact(record: Record) -> None:
    assert find_pact(record, "North Atlantic Treaty").id == "NATO"


def test_an_unknown_pact_names_near_ones(record: Record) -> None:
    with pytest.raises(UnknownNameError, match=r"CSTOO: no pact .* Did you mean CSTO"):
        find_pact(record, "CSTOO")


def test_what_is_like_nothing_says_where_to_look(record: Record) -> None:
    with pytest.raises(UnknownNameError, match="`foedus pacts` lists all"):
        find_pact(record, "xqzv")


def test_codes_and_names_are_those_of_the_day(record: Record) -> None:
    germany, ukraine = record.states["DEU"], record.states["UKR"]
    assert [code_on(germany, "cow", parse_date(year)) for year in ("1900", "1960", "2000")] == [255, 260, 255]
    assert code_on(germany, "cow", parse_date("1950")) is None
    assert name_on(ukraine, parse_date("1950")) == "Ukrainian Soviet Socialist Republic"
    assert name_on(ukraine, parse_date("2000")) == "Ukraine"


def test_where_a_code_changed_within_a_date_the_later_one_is_given() -> None:
    state = State(id="X", name="X", codes=(Code(system="cow", code=1, start="1950-01-01", end="1990-06-30"),
                                            Code(system="cow", code=2, start="1990-07-01")))  # fmt: skip
    assert code_on(state, "cow", parse_date("1990")) == 2
