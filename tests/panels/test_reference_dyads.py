"""Dyad-years, days, leader dyads and disputes against the reference program's outputs."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
import reference

from foedus import panels
from foedus.panels import Inputs, Panel
from foedus.tables import whittle

pytestmark = pytest.mark.skipif(not reference.ORACLES.is_dir(), reason=reference.MISSING)
INPUTS = Inputs(reference.Frames())
# Where the reference keeps the producer's -9, foedus has an empty cell.
CODES = ("fatality", "fatality1", "fatality2", "fatalpre1", "fatalpre2")
SPELL = "gml.mids:gmlmidonset,gmlmidongoing,init1,init2,sidea1,sidea2,orig1,orig2"


def dyads(first: int | None = None, last: int | None = None, **options: object) -> Panel:
    return panels.directed_dyad_years(first, last, inputs=INPUTS, **options)


EQUAL: dict[str, Callable[[], Panel]] = {
    "create_dyadyears_cow_directed": lambda: dyads(),
    "create_dyadyears_cow_mryF": lambda: dyads(until="2016"),
    "create_dyadyears_cow_nondirected": lambda: panels.dyad_years(inputs=INPUTS),
    "create_dyadyears_gw_directed": lambda: dyads(system="gw"),
    "create_statedays_cow": lambda: panels.state_days(inputs=INPUTS, membership="cow.states-2016"),
    "create_statedays_gw": lambda: panels.state_days(system="gw", inputs=INPUTS, membership="gw.system-7-isard"),
    "create_leaderdays_none": lambda: panels.leader_days(system=None, inputs=INPUTS),
    "create_leaderdyadyears_gw": lambda: panels.leader_dyad_years(system="gw", inputs=INPUTS),
    "ddy_cow__gml_mids": lambda: dyads().add("gml.mids"),
    "ddy_cow__cow_mids": lambda: dyads().add("cow.mids"),
    "ddy_cow__cow_wars_inter": lambda: dyads().add("cow.interstate_wars"),
    "ddy_cow__contiguity": lambda: dyads().add("cow.contiguity"),
    "ddy_cow__contiguity_last": lambda: dyads().add("cow.contiguity", pick="last"),
    "ddy_cow__contiguity_mry": lambda: dyads().add("cow.contiguity", go_on=True),
    "ddy_cow__cow_majors": lambda: dyads().add("cow.majors", go_on=True),
    "ddy_cow__atop_alliance": lambda: dyads().add("atop.pledges"),
    "ddy_cow__nmc": lambda: dyads().add("cow.nmc", version="7.0"),
    "ddy_cow__democracy": lambda: dyads().add("democracy"),
    "ddy_cow__sim_gdp_pop": lambda: dyads().add("economy"),
    "ddy_cow__capdist_first": lambda: dyads().add("capitals"),
    "ddy_cow__capdist_last": lambda: dyads().add("capitals", pick="last"),
    "ddy_cow__mindist_extF": lambda: dyads().add("mindist"),
    "ddy_cow__mindist_extT": lambda: dyads().add("mindist", pick="first"),
    "ddy_cow__cow_trade": lambda: dyads().add("cow.trade"),
    "ddy_cow__igos": lambda: dyads().add("cow.igos"),
    "ddy_cow__filter_prd": lambda: dyads().keep("prd"),
    "ddy_cow__gml_spells": lambda: dyads(1816, 2010).add(SPELL).spells("gmlmidongoing"),
    "ddy_cow__gml_spells_onset": lambda: dyads(1816, 2010).add(SPELL).spells("gmlmidonset"),
    "ddy_cow__creg": lambda: dyads().add("creg"),
    "ddy_cow__rugged": lambda: dyads().add("terrain"),
    "ddy_cow__gwcode": lambda: dyads().add("codes.gw"),
}
WHITTLED = {
    "onsets": "onset", "fatality": "fatality", "hostility": "hostility", "duration": "min_duration",
    "duration_maxdur": "max_duration", "reciprocation": "reciprocation", "startmonth": "start_month", "jds": "first",
}  # fmt: skip


def compare(name: str, panel: Panel) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What differs in the sample and the rows of interest, and in the sums by year."""
    ours, key = panel.to_polars(), list(panel.key)
    rows = []
    for kind in ("sample", "nonzero"):
        if (reference.ORACLES / f"{name}__{kind}.csv.gz").is_file():
            theirs = reference.part(name, kind)
            names = () if panel.frame.membership else ("cw_name", "gw_name")
            columns = [column for column in theirs.columns if column not in (*key, "r_row", *names)]
            rows.append(reference.differing(ours, theirs, key, columns, CODES))
    theirs = reference.part(name, "years")
    columns = [column for column in theirs.columns if not column.startswith("na__") and column not in ("year", "n")]
    mine = reference.by_year(ours, [column for column in columns if column in ours.columns])
    theirs = _without_codes(theirs, mine)
    return pl.concat(rows), reference.differing(mine, theirs, ["year"], [c for c in mine.columns if c != "year"])


def _without_codes(theirs: pl.DataFrame, mine: pl.DataFrame) -> pl.DataFrame:
    """The reference's sums with each -9 taken for an empty cell, as many as foedus has more of them."""
    both = theirs.join(
        mine.select(
            "year", *(pl.col(f"na__{name}").alias(f"_{name}") for name in CODES if f"na__{name}" in mine.columns)
        ),
        on="year",
    )
    for name in (name for name in CODES if f"_{name}" in both.columns):
        more = pl.col(f"_{name}") - pl.col(f"na__{name}")
        both = both.with_columns((pl.col(name) + 9 * more).alias(name), pl.col(f"_{name}").alias(f"na__{name}"))
    return both.select(theirs.columns)


@pytest.mark.parametrize("name", EQUAL)
def test_the_rows_equal_those_of_the_reference(name: str) -> None:
    panel = EQUAL[name]()
    rows, years = compare(name, panel)
    assert rows.is_empty()
    assert years.is_empty()
    assert panel.count() == reference.part(name, "years")["n"].sum()


def test_no_rivalry_goes_on_after_the_data_end() -> None:
    rows, years = compare("ddy_cow__strategic_rivalries", dyads().add("rivalries"))
    assert rows["year"].min() == 2021
    assert set(rows["column"]) == {"ongoingrivalry"}  # the reference has 1 for all 37,830 dyads in each of five years
    assert set(rows["theirs"]) == {"1"}
    assert rows["ours"].null_count() == len(rows)
    assert set(years["year"]) == {2021, 2022, 2023, 2024, 2025}


def test_leaders_of_dyads_follow_the_code_of_most_of_the_year() -> None:
    rows, years = compare("ddy_cow__archigos", dyads().add("archigos"))
    places = {(row[f"ccode{row['column'][-1]}"], row["year"]) for row in rows.iter_rows(named=True)}
    assert places <= {(255, 1990), (678, 1990), (345, 2006)}
    assert set(years["year"]) <= {1990, 2006}


def test_leader_dyads_of_cow_states_have_laos_and_no_state_with_itself() -> None:
    panel = panels.leader_dyad_years(inputs=INPUTS)
    rows, years = compare("create_leaderdyadyears_cow", panel)
    assert rows.is_empty()
    assert set(years["year"]) == {1953, 2006}
    count = years.filter(pl.col("column") == "n").sort("year")
    assert [int(ours) - int(theirs) for ours, theirs in count.select("ours", "theirs").rows()] == [166, -2]
    laos = panel.to_polars().filter((pl.col("year") == 1953) & ((pl.col("ccode1") == 812) | (pl.col("ccode2") == 812)))
    assert len(laos) == 166
    # Serbia's leaders of 2006 share a code on 4 June only by the reference's crosswalk by year: a dyad of 345 with 345.


@pytest.mark.parametrize("name", WHITTLED)
def test_one_rule_leaves_the_disputes_that_the_reference_leaves(name: str) -> None:
    disputes = INPUTS.read("gml.dyads-2.2.1").rename({"midonset": "onset"})
    ours = whittle(disputes, (WHITTLED[name],)).select("ccode1", "ccode2", "year", "dispnum").sort(pl.all())
    theirs = reference.full(f"whittle_gml_alone_{name}").select(ours.columns).sort(pl.all())
    assert ours.cast(pl.Int64).equals(theirs.cast(pl.Int64))


@pytest.mark.parametrize(
    ("dataset", "name"),
    [("gml.dyads-2.2.1", "whittle_gml_input"), ("cow.dispute-dyad-years-all-5.0-peacesciencer", "whittle_cow_input")],
)
def test_the_disputes_read_are_those_of_the_reference(dataset: str, name: str) -> None:
    theirs = reference.full(name)
    key = ["dispnum", "ccode1", "ccode2", "year"]
    columns = [column for column, kind in theirs.schema.items() if kind.is_integer() and column not in key]
    assert reference.differing(INPUTS.read(dataset), theirs, key, columns, tuple(columns)).is_empty()


def test_tables_are_added_to_rows_of_ones_own() -> None:
    disputes = INPUTS.read("gml.dyads-2.2.1").select("ccode1", "ccode2", "year", "dispnum")
    panel = panels.from_frame(disputes, "directed-dyad-year", extra_key=("dispnum",), inputs=INPUTS)
    panel = panel.add("cow.nmc@version=7.0:milper,cinc", "cow.majors", "cow.contiguity")
    theirs = reference.full("dispute_dirdisp_gml_plus")
    columns = ["milper1", "milper2", "cinc1", "cinc2", "cowmaj1", "cowmaj2", "conttype"]
    assert panel.count() == len(theirs)
    assert reference.differing(panel.to_polars(), theirs, list(panel.key), columns).is_empty()


def test_disputes_of_leaders_stand_on_their_own_pairs() -> None:
    panel = panels.leader_dyad_years(1980, 1988, inputs=INPUTS).add(
        "gml.mids", "cow.nmc@version=7.0:cinc", "lead:combat"
    )
    assert panel.count() == panels.leader_dyad_years(1980, 1988, inputs=INPUTS).count()
    rows = panel.to_polars()
    ours = rows.filter(pl.col("gmlmidongoing") == 1).select("obsid1", "obsid2", "year", "dispnum")
    theirs = INPUTS.read("gml.leader-dyads-2.2.1-peacesciencer").drop_nulls(["obsid1", "obsid2"])
    theirs = theirs.filter(pl.col("year").is_between(1980, 1988)).select(ours.columns)
    assert ours.unique().join(theirs, on=ours.columns, how="anti", nulls_equal=True).is_empty()
    assert ours.height >= 0.98 * theirs.height  # leaders who were in no common year of office have no row
    assert rows["cinc2"].null_count() == 0
    assert rows["combat1"].null_count() < len(rows)


def test_data_of_the_other_system_reach_dyads_through_the_crosswalk() -> None:
    frame = (
        panels.directed_dyad_years(1995, 1995, system="gw", inputs=INPUTS)
        .add("democracy", "cow.nmc@version=7.0:cinc")
        .to_polars()
    )
    germany = frame.filter((pl.col("gwcode1") == 260) & (pl.col("gwcode2") == 2))
    theirs = INPUTS.read("cow.nmc-7.0").filter((pl.col("ccode") == 255) & (pl.col("year") == 1995))
    assert germany["cinc1"].to_list() == theirs["cinc"].to_list()
    own = INPUTS.read("vdem.democracy-gw-16-isard").filter((pl.col("gwcode") == 260) & (pl.col("year") == 1995))
    assert germany["v2x_polyarchy1"].to_list() == own["v2x_polyarchy"].to_list()


def test_an_undirected_dyad_has_the_values_of_the_directed_one() -> None:
    tables = (
        "cow.contiguity",
        "cow.trade",
        "capitals",
        "cow.nmc@version=7.0:cinc",
        "gml.mids:gmlmidonset,sidea1,sidea2",
    )
    once = panels.dyad_years(1990, 1992, inputs=INPUTS).add(*tables).to_polars()
    both = dyads(1990, 1992).add(*tables).to_polars()
    assert once.equals(both.filter(pl.col("ccode1") < pl.col("ccode2")))
