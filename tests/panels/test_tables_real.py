"""What the smaller tables say of single states and dyads, on the producers' real files where they are here."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
import reference

from foedus import panels, sources
from foedus.panels import Inputs
from foedus.sources import cow, icb

pytestmark = pytest.mark.skipif(not reference.DATA.is_dir(), reason="../shared/data is not here")
FOLDERS = {
    "cow.alliances-4.1": "cow", "cow.colonial-contiguity-dyads-3.1": "cow", "cow.colonial-contiguity-states-3.1": "cow",
    "cow.dca-1.0": "cow", "fbic.influence-2024": "influence", "lake.hierarchy-2009": "influence",
    "troops.country-years-2026": "troopdata", "un.ideal-points-2020": "un", "polity.polity5-2018": "controls",
    "hief.fractionalization-2020": "peacesciencer-inputs", "threat.territorial-2022": "peacesciencer-inputs",
    "rivalries.strategic-2012": "peacesciencer-inputs",
}  # fmt: skip


class Shared(Inputs):
    """The datasets of the shared folder."""

    def read(self, dataset: str) -> Any:
        return sources.read(dataset, reference.DATA / FOLDERS[dataset])


def dyad(table: str, *key: int, directed: bool = False) -> dict[str, Any]:
    made = panels.directed_dyad_years if directed else panels.dyad_years
    frame = made(key[-1], key[-1], inputs=Shared()).add(table).to_polars()
    return frame.row(by_predicate=(pl.col("ccode1") == key[0]) & (pl.col("ccode2") == key[1]), named=True)


def state(table: str, *key: int) -> dict[str, Any]:
    frame = panels.state_years(key[-1], key[-1], inputs=Shared()).add(table).to_polars()
    return frame.row(by_predicate=pl.col("ccode") == key[0], named=True)


def test_alliances_of_the_correlates_of_war_are_symmetric_and_zero_where_there_is_none() -> None:
    names = ("cow_defense", "cow_neutral", "cow_nonagg", "cow_entente")
    assert [dyad("cow.alliances", 255, 365, 1939)[name] for name in names] == [0, 1, 1, 0]
    assert dyad("cow.alliances", 220, 200, 1960, directed=True)["cow_defense"] == 1
    assert [dyad("cow.alliances", 2, 365, 1960)[name] for name in names] == [0, 0, 0, 0]
    assert [dyad("cow.alliances", 2, 20, 2013)[name] for name in names] == [None] * 4


def test_colonial_contiguity_counts_relations_of_pairs_and_states() -> None:
    assert dyad("cow.colonial_contiguity", 2, 20, 1951)["colonial_land"] == 1
    assert dyad("cow.colonial_contiguity", 150, 710, 1951)["colonial_land"] == 0
    assert state("cow.colonial_contiguity", 200, 1900)["colonial_sea"] == 99
    assert state("cow.colonial_contiguity", 200, 2017)["colonial_sea"] is None


def test_defence_cooperation_counts_what_was_signed_and_is_in_force() -> None:
    signed = [dyad("cow.dca", 2, 20, year) for year in (1983, 1984, 1985)]
    assert [row["dca_signed"] for row in signed] == [0, 1, 0]
    assert [row["dca_in_force"] for row in signed] == [0, 1, 1]
    assert dyad("cow.dca", 850, 910, 2010)["dca_in_force"] is None
    assert dyad("cow.dca", 2, 20, 2011)["dca_signed"] is None


def test_influence_capacity_stands_in_its_own_direction_and_under_the_code_of_the_year() -> None:
    assert dyad("fbic", 732, 434, 1980, directed=True)["fbic"] == pytest.approx(0.00095578359)
    assert dyad("fbic", 365, 540, 1986, directed=True)["fbic"] == pytest.approx(0.18200476)
    assert dyad("fbic", 540, 365, 1986, directed=True)["fbic"] is None


def test_hierarchy_under_the_united_states_is_that_of_the_file() -> None:
    row = state("lake", 20, 1950)
    assert (row["us_security"], row["us_economic"], row["us_allies_index"]) == (0.556682, 1.02399, 1.0)
    assert state("lake", 20, 2001)["us_security"] is None


def test_troops_in_west_germany_stand_under_its_own_code_and_only_from_the_united_states() -> None:
    assert dyad("us.troops", 2, 260, 1970, directed=True)["us_troops"] == 202935
    assert dyad("us.troops", 260, 2, 1970, directed=True)["us_troops"] is None
    assert dyad("us.troops", 2, 255, 2000)["us_troops"] == 69203
    assert dyad("us.troops", 2, 346, 2013)["us_troops"] == 9


def test_ideal_points_stand_under_the_year_of_the_session() -> None:
    row = state("un.ideal_points", 2, 1946)
    assert (row["idealpoint"], row["idealpoint_q5"], row["un_votes"]) == (1.675486, 1.348943, 42)
    assert state("un.ideal_points", 2, 1964)["idealpoint"] is None


@pytest.mark.parametrize(
    ("code", "year", "polity2"),
    [(365, 1950, -9), (345, 2010, 8), (300, 1900, -4), (325, 1850, -7), (816, 2000, -7), (626, 2015, 0)],
)
def test_polity_is_found_under_the_codes_of_the_correlates_of_war(code: int, year: int, polity2: int) -> None:
    assert state("polity", code, year)["polity2"] == polity2


def test_indices_of_society_and_threat_are_those_of_the_files() -> None:
    assert state("hief", 2, 1945)["efindex"] == 0.22
    assert state("hief", 2, 1944)["efindex"] is None
    assert state("threat", 2, 1816)["lterrthreat"] == pytest.approx(0.267779279778754)


def test_rivalries_of_2012_have_their_kinds_and_zero_where_there_is_none() -> None:
    names = ("td_rivalry", "td_positional", "td_spatial", "td_ideological", "td_interventionary")
    assert [dyad("rivalries.2012", 2, 365, 1960)[name] for name in names] == [1, 1, 0, 1, 0]
    assert [dyad("rivalries.2012", 365, 2, 1940, directed=True)[name] for name in names] == [0] * 5
    assert dyad("rivalries.2012", 2, 365, 2011)["td_rivalry"] is None


def test_crises_of_a_state_are_counted_while_they_go_on() -> None:
    rows = pl.DataFrame(
        {"crisno": [1, 2, 3, 3], "cracno": [2, 2, 2, 365], "yrtrig": [1948, 1949, 1950, 1950],
         "yrterm": [1949, 1949, None, 1951]}
    )  # fmt: skip
    frame = panels.state_years(1948, 2018, inputs=Inputs({"icb.actors-13": rows})).add("icb.crises").to_polars()
    found = {(code, year): n for code, year, n in frame.select("ccode", "year", "icb_ongoing").rows()}
    assert [found[2, year] for year in (1948, 1949, 1950, 1951)] == [1, 2, 1, 0]
    assert (found[365, 1951], found[2, 2018]) == (1, None)
    onsets = dict(frame.filter(ccode=2).select("year", "icb_onset").rows())
    assert [onsets[year] for year in (1948, 1949, 1950)] == [1, 1, 1]


def test_a_file_of_embassies_with_each_pair_once_speaks_in_both_directions() -> None:
    rows = pl.DataFrame({"ccode1": [2], "ccode2": [20], "year": [1930], "DR_at_1": [0], "DR_at_2": [2], "DE": [1]})
    inputs = Inputs({"cow.diplomacy-2006.1": rows})
    frame = panels.directed_dyad_years(1930, 1931, inputs=inputs).add("cow.diplomacy").to_polars()
    found = {
        row[:3]: row[3:] for row in frame.select("ccode1", "ccode2", "year", "dr_at_1", "dr_at_2", "dr_any").rows()
    }
    assert (found[2, 20, 1930], found[20, 2, 1930]) == ((0, 2, 1), (2, 0, 1))
    assert found[2, 20, 1931] == (None, None, None)


def test_the_published_rows_of_embassies_are_read_and_joined_in_both_directions() -> None:
    path = reference.DATA / "cow" / "Diplomatic_Exchange_2006v1.head.csv"
    inputs = Inputs({"cow.diplomacy-2006.1": cow.diplomacy(path)})
    frame = panels.directed_dyad_years(1929, 1930, inputs=inputs).add("cow.diplomacy").to_polars()
    found = {
        row[:3]: row[3:] for row in frame.select("ccode1", "ccode2", "year", "dr_at_1", "dr_at_2", "dr_any").rows()
    }
    assert (found[2, 20, 1930], found[20, 2, 1930], found[2, 20, 1929]) == ((0, 2, 1), (2, 0, 1), (None,) * 3)


def test_the_published_crises_are_read_with_their_days() -> None:
    crises = icb.crises(reference.DATA / "controls" / "icb1v13.csv")
    assert not crises["crisno"].is_duplicated().any()
    costa_rica = crises.row(by_predicate=pl.col("crisno") == 2, named=True)
    assert (str(costa_rica["start_date"]), str(costa_rica["end_date"])) == ("1918-05-25", "1919-09-03")
    russia = crises.row(by_predicate=pl.col("crisno") == 1, named=True)
    assert (russia["start_date"], russia["yrtrig"]) == (None, 1918)  # the day is not known
