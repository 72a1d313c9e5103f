"""State-years and leader-years against the reference program's, row for row."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
import reference

from foedus import panels
from foedus.panels import Inputs, Panel

pytestmark = pytest.mark.skipif(not reference.ORACLES.is_dir(), reason=reference.MISSING)
INPUTS = Inputs(reference.Frames())
DEATHS = ("sideadeaths", "sidebdeaths")


def states(system: str = "cow", first: int | None = None, last: int | None = None, **options: object) -> Panel:
    return panels.state_years(first, last, system=system, inputs=INPUTS, **options)


def leaders(**options: object) -> Panel:
    return panels.leader_years(inputs=INPUTS, **options)


def mids(init: str = "sidea_all_joiners") -> Panel:
    # The reference leaves out participants of whom no leader is known, which makes peace of the war of 1812's end.
    return states().add("gml.mids", participants="with_leaders", init=init)


EQUAL: dict[str, Callable[[], Panel]] = {
    "create_stateyears_cow": lambda: states(membership="cow.states-2016"),
    "create_stateyears_gw": lambda: states("gw", membership="gw.system-7-isard"),
    "create_stateyears_cow_mryF": lambda: states(until="2016", membership="cow.states-2016"),
    "create_stateyears_gw_mryF": lambda: states("gw", until="2020", membership="gw.system-7-isard"),
    "sy_cow__contiguity": lambda: states().add("cow.contiguity"),
    "sy_cow__contiguity_mry": lambda: states().add("cow.contiguity", go_on=True),
    "sy_cow__contiguity_last": lambda: states().add("cow.contiguity", pick="last"),
    "sy_cow__cow_majors": lambda: states().add("cow.majors", go_on=True),
    "sy_cow__cow_majors_mryF": lambda: states().add("cow.majors"),
    "sy_cow__cow_trade": lambda: states().add("cow.trade"),
    "sy_cow__creg": lambda: states().add("creg"),
    "sy_gw__creg": lambda: states("gw").add("creg"),
    "sy_cow__democracy": lambda: states().add("democracy"),
    "sy_gw__democracy": lambda: states("gw").add("democracy"),
    "sy_cow__gwcode": lambda: states().add("codes.gw"),
    "sy_gw__ccode": lambda: states("gw").add("codes.cow"),
    "sy_cow__igos": lambda: states().add("cow.igos"),
    "sy_cow__nmc": lambda: states().add("cow.nmc", version="7.0"),
    "sy_cow__rugged": lambda: states().add("terrain"),
    "sy_gw__rugged": lambda: states("gw").add("terrain"),
    "sy_cow__sim_gdp_pop": lambda: states().add("economy"),
    "sy_gw__sim_gdp_pop": lambda: states("gw").add("economy"),
    "sy_cow__strategic_rivalries": lambda: states().add("rivalries"),
    "sy_gw__archigos": lambda: states("gw").add("archigos"),
    "sy_cow__cow_wars_intra_all": lambda: states().add("cow.intrastate_wars"),
    "sy_cow__cow_wars_intra_central_control": lambda: states().add("cow.intrastate_wars", type="central_control"),
    "sy_cow__cow_wars_intra_local_issues": lambda: states().add("cow.intrastate_wars", type="local_issues"),
    "sy_cow__intrawar_spells": lambda: states("cow", 1816, 2007).add("cow.intrastate_wars").spells("cowintraongoing"),
    "sy_cow__ucdp_acd_via_gwcode": lambda: states().add("codes.gw", "ucdp.conflicts"),
    "sy_gw__ucdp_acd": lambda: states("gw").add("ucdp.conflicts"),
    "sy_gw__ucdp_acd_intrastate": lambda: states("gw").add("ucdp.conflicts", type="intrastate"),
    "sy_gw__ucdp_acd_intrastate_wars": lambda: states("gw").add("ucdp.conflicts", type="intrastate", wars_only=True),
    "sy_gw__ucdp_acd_interstate": lambda: states("gw").add("ucdp.conflicts", type="interstate"),
    "sy_gw__ucdp_acd_territory": lambda: states("gw").add("ucdp.conflicts", issue="territory"),
    "sy_gw__ucdp_spells": lambda: (
        states("gw", 1946, 2024).add("ucdp.conflicts", type="intrastate").spells("ucdpongoing")
    ),
    **{
        f"sy_{system}__capdist_{pick}": lambda system=system, pick=pick: states(system).add("capitals", pick=pick)
        for system in ("cow", "gw") for pick in ("first", "last")
    },
    **{
        f"sy_{system}__mindist_ext{kind}": lambda system=system, pick=pick: states(system).add("mindist", pick=pick)
        for system in ("cow", "gw") for kind, pick in (("T", "first"), ("F", "january"))
    },
    "create_leaderyears_none": lambda: leaders(system=None),
    "create_leaderyears_gw": lambda: leaders(system="gw"),
    "create_leaderyears_cow": lambda: leaders(),
    "ly_cow__lead": lambda: leaders().add("lead"),
    "ly_cow__lwuf": lambda: leaders().add("lwuf"),
    "ly_cow__nmc": lambda: leaders().add("cow.nmc", version="7.0"),
    "ly_cow__democracy": lambda: leaders().add("democracy"),
}  # fmt: skip


def compare(name: str, panel: Panel) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """What differs in an output, and both sides."""
    theirs, ours, key = reference.full(name), panel.to_polars(), list(panel.key)
    # By default the names of states are the record's own.
    names = () if panel.frame.membership else ("cw_name", "gw_name")
    columns = [column for column in theirs.columns if column not in (*key, *names)]
    return reference.differing(ours, theirs, key, columns, DEATHS), ours, theirs


@pytest.mark.parametrize("name", EQUAL)
def test_the_rows_equal_those_of_the_reference(name: str) -> None:
    unlike, ours, theirs = compare(name, EQUAL[name]())
    assert unlike.is_empty()
    # COW has Laos from 9 November 1953, GW from 1954; the reference's crosswalk by year loses its leader of 1953.
    extra = 1 if name == "create_leaderyears_cow" or name.startswith("ly_cow") else 0
    assert len(ours) == len(theirs) + extra


def test_a_leader_of_laos_in_1953_is_one_of_a_cow_member() -> None:
    rows = leaders().to_polars().filter((pl.col("ccode") == 812) & (pl.col("year") == 1953))
    assert rows["obsid"].to_list() == ["LAO-1951"]


@pytest.mark.parametrize(
    ("name", "init"),
    [("all_joiners", "sidea_all_joiners"), ("with_joiners", "sidea_with_joiners"), ("orig", "sidea_original")],
)
def test_disputes_of_states_are_empty_after_the_data_end_where_the_reference_has_zeros(name: str, init: str) -> None:
    unlike, _, _ = compare(f"sy_cow__gml_mids_sidea_{name}", mids(init))
    assert unlike["year"].min() == 2011
    assert unlike["ours"].null_count() == len(unlike) == 4 * 2925
    assert set(unlike["theirs"]) == {"0"}


@pytest.mark.parametrize(("name", "kind"), [("sy_cow__gml_spells", "ongoing"), ("sy_cow__gml_spells_onset", "onset")])
def test_spells_of_disputes_end_with_the_data(name: str, kind: str) -> None:
    panel = mids().spells(f"gmlmid{kind}").spells(f"gmlmid{kind}_init")
    unlike, _, _ = compare(name, panel)
    assert unlike["year"].min() == 2011
    assert unlike["ours"].null_count() == len(unlike) == 6 * 2925


def test_a_dispute_without_known_leaders_is_a_dispute_by_default() -> None:
    ours = states("cow", 1816, 1816).add("gml.mids").to_polars().filter(pl.col("ccode") == 2)
    assert ours["gmlmidongoing"].to_list() == [1]
    theirs = reference.full("sy_cow__gml_mids_sidea_orig").filter((pl.col("ccode") == 2) & (pl.col("year") == 1816))
    assert theirs["gmlmidongoing"].to_list() == [0]


def test_onsets_are_empty_outside_the_years_of_the_data() -> None:
    unlike, _, _ = compare("sy_gw__ucdp_onsets", states("gw").add("ucdp.onsets"))
    years = unlike["year"]
    assert unlike.filter(years.is_between(1946, 2017)).is_empty()
    assert unlike.filter(years < 1946)["year"].len() == 6 * 8145
    assert unlike["ours"].null_count() == len(unlike)


def test_a_spell_grows_by_one_in_each_year_without_an_event() -> None:
    panel = states("gw", 1946, 2024).add("ucdp.conflicts", type="intrastate").spells("ucdponset", ongoing=True)
    unlike, ours, theirs = compare("sy_gw__ucdp_spells_ongo", panel)
    assert len(unlike) == 326
    assert set(unlike["column"]) == {"ucdpspell"}
    guyana = theirs.filter((pl.col("gwcode") == 110) & pl.col("year").is_in([2013, 2014]))
    assert guyana["ucdponset"].to_list() == [0, 0]
    assert guyana["ucdpspell"].to_list() == [47, 47]  # no event between, and yet the reference does not count on
    mine = ours.filter((pl.col("gwcode") == 110) & pl.col("year").is_in([2013, 2014]))
    assert mine["ucdpspell"].to_list() == [47, 48]


def test_leaders_of_cow_states_follow_the_code_of_most_of_the_year() -> None:
    unlike, _, _ = compare("sy_cow__archigos", states().add("archigos"))
    # Two Germanies and two Yemens became one in 1990; the reference has no leader for one code of each.
    assert set(unlike.select("ccode", "year").rows()) == {(255, 1990), (678, 1990), (345, 2006)}
    one = unlike.filter(pl.col("ccode").is_in([255, 678]))
    assert one["theirs"].null_count() == len(one)
