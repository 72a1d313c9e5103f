"""The readers on small files in the official layouts: missing codes, dates and spells made plain."""

from __future__ import annotations

import datetime
from pathlib import Path

import official
import pytest

from foedus import sources
from foedus.sources import cow_alliances, cow_disputes


@pytest.fixture(scope="module")
def read(small: dict[str, Path]):  # type: ignore[no-untyped-def]
    """A reader of the small files by dataset."""
    return lambda name: sources.read(name, small[sources.find_dataset(name).id], accept=True)


def test_state_years_are_those_of_the_spells(read) -> None:  # type: ignore[no-untyped-def]
    assert read("cow.system").select("ccode", "year").rows() == official.state_years()
    assert read("cow.states").height == len(official.SPELLS)
    assert read("cow.majors")["start_date"].to_list()[0] == datetime.date(1898, 8, 13)


def test_spending_of_minus_nine_is_null_and_shares_begin_with_a_dot(read) -> None:  # type: ignore[no-untyped-def]
    nmc = read("cow.nmc")
    assert nmc["milex"].null_count() == 7
    assert nmc.filter(ccode=2, year=1910).row(0, named=True)["cinc"] == 0.001
    assert nmc["irst"].unique().to_list() == [0.0]


def test_months_of_contiguity_become_days(read) -> None:  # type: ignore[no-untyped-def]
    border = read("cow.contiguity").filter(statelno=2, statehno=20).row(0, named=True)
    assert (border["start_date"], border["end_date"]) == (datetime.date(1920, 1, 1), datetime.date(2016, 12, 31))


def test_a_term_of_the_year_zero_is_expanded_to_its_years(read) -> None:  # type: ignore[no-untyped-def]
    yearly = read("cow.alliances-yearly")
    assert yearly.filter(version4id=9003)["year"].to_list() == [1939, 1940, 1941]
    assert 0 not in yearly["year"]
    assert yearly.filter(version4id=9004)["year"].max() == 2012


def test_a_term_that_is_open_has_no_end(read) -> None:  # type: ignore[no-untyped-def]
    terms = read("cow.alliances")
    assert terms.filter(terms["end_date"].is_null())["version4id"].unique().to_list() == [9004]
    assert terms["right_censor"].sum() == 6


def test_pledges_of_atop_stand_in_both_directions(read) -> None:  # type: ignore[no-untyped-def]
    pledges = read("atop.directed-dyad-years").filter(year=1910)
    assert pledges.select("stateA", "stateB").rows() == [(200, 220), (220, 200), (220, 365), (365, 220)]
    members = read("atop.members").filter(atopid=9004)
    assert members["is_open"].all()
    assert members["yrexit"].null_count() == 4


def test_disputes_keep_the_parts_of_a_date_without_its_day(read) -> None:  # type: ignore[no-untyped-def]
    dispute = read("cow.disputes").filter(dispnum=8001).row(0, named=True)
    assert (dispute["stday"], dispute["stmon"], dispute["start_date"]) == (None, 3, None)
    assert read("cow.dispute-participants").height == 11
    assert read("gml.dyads").filter(dispnum=8003)["fatality"].null_count() == 8


def test_an_interruption_of_polity_is_null(read) -> None:  # type: ignore[no-untyped-def]
    broken = read("polity.polity5").filter(ccode=255, year=1945).row(0, named=True)
    assert (broken["polity"], broken["polity2"], broken["xconst"]) == (None, None, None)


def test_letters_of_gleditsch_and_ward_are_windows_1252(read) -> None:  # type: ignore[no-untyped-def]
    assert "Germany (Preußen)" in read("gw.states")["countryname"]


def test_trade_of_minus_nine_is_null(read) -> None:  # type: ignore[no-untyped-def]
    trade = read("cow.trade")
    assert trade.filter(year=official.FIRST)["flow2"].null_count() == trade.filter(year=official.FIRST).height
    assert trade["smoothflow2"].null_count() == trade.height


def test_the_whole_small_world_can_be_installed(tmp_path: Path, own_home: Path) -> None:
    made = official.install(tmp_path / "files")
    for dataset in made:
        assert sources.read(dataset).height > 0


def test_a_file_of_another_table_is_refused_by_its_columns(small: dict[str, Path]) -> None:
    with pytest.raises(sources.errors.SourceError, match=r"column dispnum, .* not found"):
        cow_disputes.disputes(small["cow.states-2016"])
    with pytest.raises(sources.errors.SourceError, match=r"version4id, ccode1, .* not found"):
        cow_alliances.by_dyad(small["cow.nmc-6.0"])
