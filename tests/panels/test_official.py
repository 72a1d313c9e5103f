"""Panels of small files in the official layouts, without any real data: what each table says, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import official
import polars as pl
import pytest

from foedus import panels
from foedus.panels import Inputs

STATES = "cow.states-2016"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inputs]:
    """The small files, brought into a store of their own and read from there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_HOME", str(tmp_path_factory.mktemp("home")))
        official.install(tmp_path_factory.mktemp("files"))
        yield Inputs()


@pytest.fixture(scope="module")
def dyads(inputs: Inputs) -> pl.DataFrame:
    """All directed dyad-years with every table of two states that the files allow."""
    panel = panels.directed_dyad_years(1900, 2015, membership=STATES, inputs=inputs)
    panel = panel.add("cow.contiguity", "cow.trade", "atop.pledges", "cow.alliances", "cow.majors", "polity")
    return panel.add("gml.mids", "cow.nmc").spells("gmlmidongoing").to_polars()


@pytest.fixture(scope="module")
def states(inputs: Inputs) -> pl.DataFrame:
    """All state-years with every table of one state that the files allow."""
    panel = panels.state_years(1900, 1960, membership=STATES, inputs=inputs)
    return panel.add("cow.contiguity", "cow.majors", "cow.nmc", "polity").to_polars()


def row(frame: pl.DataFrame, *key: int) -> dict[str, Any]:
    names = ("ccode1", "ccode2", "year") if len(key) == 3 else ("ccode", "year")
    return frame.row(
        by_predicate=pl.all_horizontal(pl.col(n) == v for n, v in zip(names, key, strict=True)), named=True
    )


def values(found: dict[str, Any], names: str) -> tuple[Any, ...]:
    return tuple(found[name] for name in names.split())


def test_state_years_are_those_of_the_file_and_no_table_changes_them(states: pl.DataFrame) -> None:
    assert states.select("ccode", "year").rows() == official.state_years()


def test_dyads_are_all_pairs_of_a_year_in_both_directions(dyads: pl.DataFrame) -> None:
    assert dyads.filter(year=1905).height == 5 * 4
    assert dyads.filter(year=1960).height == 6 * 5


def test_states_whose_spells_never_meet_are_no_dyad(dyads: pl.DataFrame) -> None:
    keys = {(1955, 220, 260), (1945, 220, 255)}
    assert keys <= set(dyads.select("year", "ccode1", "ccode2").rows())
    assert dyads.filter(ccode1=255, ccode2=260).height == 0


@pytest.mark.parametrize(
    ("key", "conttype"),
    [((2, 20, 1920), 1), ((20, 2, 1920), 1), ((2, 365, 1958), 0), ((365, 2, 1959), 2), ((255, 220, 1944), 1),
     ((2, 20, 2015), 1)],
)  # fmt: skip
def test_contiguity_is_that_of_the_spell_in_both_directions(
    dyads: pl.DataFrame, key: tuple[int, int, int], conttype: int
) -> None:
    assert row(dyads, *key)["conttype"] == conttype


@pytest.mark.parametrize(
    ("key", "land", "sea"), [((220, 1910), 1, 1), ((2, 1958), 1, 0), ((2, 1959), 1, 1), ((365, 1910), 0, 0)]
)
def test_neighbours_of_a_state_are_counted_by_land_and_water(
    states: pl.DataFrame, key: tuple[int, int], land: int, sea: int
) -> None:
    assert values(row(states, *key), "land sea") == (land, sea)


@pytest.mark.parametrize(
    ("key", "major"), [((255, 1924), 0), ((255, 1925), 1), ((220, 1940), 1), ((220, 1944), 0), ((220, 1945), 1)]
)
def test_a_major_power_is_one_on_some_day_of_the_year(states: pl.DataFrame, key: tuple[int, int], major: int) -> None:
    assert row(states, *key)["cowmaj"] == major


def test_capabilities_stand_on_both_sides_and_are_empty_where_unknown(dyads: pl.DataFrame) -> None:
    assert values(row(dyads, 2, 365, 1901), "milex1 milex2 cinc1 cinc2") == (2101, 38401, 0.001, 0.1825)
    assert values(row(dyads, 2, 20, 1920), "milex1 milex2 milper2") == (2120, None, 20)
    assert values(row(dyads, 2, 20, 1961), "milex1 cinc2") == (None, None)


def test_trade_of_the_other_direction_is_turned_round(dyads: pl.DataFrame) -> None:
    assert values(row(dyads, 2, 200, 1910), "flow1 flow2 smoothflow1 smoothflow2") == (202, 4, 202, None)
    assert values(row(dyads, 200, 2, 1910), "flow1 flow2 smoothflow1 smoothflow2") == (4, 202, None, 202)
    assert row(dyads, 2, 200, 1900)["flow2"] is None


def test_pledges_of_atop_are_zero_inside_its_years_where_no_alliance_ties_the_two(dyads: pl.DataFrame) -> None:
    names = "atop_alliance atop_defense atop_neutral atop_nonagg atop_consul"
    assert values(row(dyads, 220, 200, 1910), names) == (1, 1, 0, 0, 1)
    assert values(row(dyads, 365, 255, 1940), names) == (1, 0, 1, 1, 0)
    assert values(row(dyads, 365, 255, 1938), names) == (0, 0, 0, 0, 0)


def test_pledges_of_the_correlates_of_war_stop_in_2012_and_are_unknown_after(dyads: pl.DataFrame) -> None:
    names = "cow_defense cow_neutral cow_nonagg cow_entente"
    assert values(row(dyads, 365, 220, 1917), names) == (1, 1, 0, 0)
    assert values(row(dyads, 365, 220, 1918), names) == (0, 0, 0, 0)
    assert values(row(dyads, 20, 2, 2012), names) == (1, 0, 0, 1)
    assert values(row(dyads, 20, 2, 2013), names) == (None,) * 4


def test_disputes_have_a_beginning_and_go_on_and_both_directions_agree(dyads: pl.DataFrame) -> None:
    for key in ((255, 220), (220, 255)):
        assert values(row(dyads, *key, 1905), "gmlmidonset gmlmidongoing dispnum") == (1, 1, 8001)
        assert values(row(dyads, *key, 1915), "gmlmidonset gmlmidongoing dispnum") == (0, 1, 8002)
        assert values(row(dyads, *key, 1906), "gmlmidonset gmlmidongoing dispnum") == (0, 0, None)
    assert values(row(dyads, 255, 220, 1914), "sidea1 sidea2") == (1, 0)
    assert row(dyads, 2, 20, 2011)["gmlmidongoing"] is None


def test_of_two_disputes_that_began_in_a_year_the_one_with_unknown_deaths_outranks_the_one_with_none(
    dyads: pl.DataFrame,
) -> None:
    assert values(row(dyads, 365, 2, 1948), "dispnum fatality hostlev") == (8003, None, 3)


def test_spells_count_the_years_since_the_last_dispute(dyads: pl.DataFrame) -> None:
    spells = {year: row(dyads, 255, 220, year)["gmlmidspell"] for year in (1900, 1905, 1906, 1914, 1915, 1919)}
    assert spells == {1900: 0, 1905: 5, 1906: 0, 1914: 8, 1915: 0, 1919: 0}


def test_polity_is_empty_in_an_occupation(states: pl.DataFrame, dyads: pl.DataFrame) -> None:
    assert values(row(states, 255, 1940), "polity polity2") == (-9, -9)
    assert values(row(states, 255, 1945), "polity polity2 xconst") == (None, None, None)
    assert values(row(dyads, 365, 2, 1950), "polity21 polity22") == (-7, 10)


def test_politically_relevant_dyads_are_neighbours_or_have_a_major_power(inputs: Inputs) -> None:
    panel = panels.dyad_years(1900, 1960, membership=STATES, inputs=inputs).keep("prd").to_polars()
    assert set(panel.filter(year=1924).select("ccode1", "ccode2").rows()) == {
        (2, 20), (2, 200), (2, 220), (2, 255), (2, 365), (20, 200), (20, 220), (20, 365), (200, 220), (200, 255),
        (200, 365), (220, 255), (220, 365), (255, 365),
    }  # fmt: skip


def test_members_of_alliances_are_in_for_the_years_of_their_days(inputs: Inputs) -> None:
    rows = panels.alliance_member_years(1900, 2018, inputs=inputs).to_polars().filter(alliance="9002")
    assert set(rows["ccode"]) == {220, 365}
    assert (rows["year"].min(), rows["year"].max(), rows.height) == (1905, 1917, 26)
