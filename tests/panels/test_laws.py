"""What holds for every panel: rows are never gained or lost, zeros stay inside coverage, spells count as by hand."""

from __future__ import annotations

from typing import Any

import brute
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus import panels
from foedus.core.errors import InputError, RecordError
from foedus.panels import Inputs
from foedus.tables import Coverage, Given, Table, load_table, whittle
from foedus.tables.catalogue import find_table, table_ids, tables_of
from foedus.tables.disputes import ONE_PER_DYAD_YEAR

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CODES = st.sampled_from([2, 20, 200, 220, 255, 300, 365])


def contiguity(rows: list[tuple[int, int, int, int, int]]) -> Inputs:
    schema = dict.fromkeys(("statelno", "statehno", "conttype", "begin", "end"), pl.Int32)
    return Inputs({"cow.contiguity-3.2": pl.DataFrame(rows, schema=schema, orient="row")})


@QUIET
@given(
    st.lists(
        st.tuples(CODES, CODES, st.integers(1, 5), st.integers(1900, 1950), st.integers(0, 60)), min_size=1, max_size=12
    )
)
def test_adding_a_table_never_changes_the_number_of_rows(drawn: list[tuple[int, int, int, int, int]]) -> None:
    rows = [
        (min(a, b), max(a, b), kind, start * 100 + 1, min(start + length, 1960) * 100 + 12)
        for a, b, kind, start, length in drawn
        if a != b
    ]
    if not rows:
        return
    before = panels.directed_dyad_years(1900, 1905, inputs=contiguity(rows))
    after = before.add("cow.contiguity")
    assert after.count() == before.count()
    frame = after.to_polars()
    assert not frame.select(list(after.key)).is_duplicated().any()
    back = frame.select(ccode1="ccode2", ccode2="ccode1", year="year", conttype="conttype")
    assert frame.select(back.columns).sort(pl.all()).equals(back.sort(pl.all()))  # contiguity is symmetric


def test_zero_stands_only_inside_the_coverage() -> None:
    rows = [(2, 20, 1, 192001, 201612)]
    frame = panels.dyad_years(2014, 2020, inputs=contiguity(rows)).add("cow.contiguity").to_polars()
    pair = frame.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 20))["conttype"].to_list()
    assert pair == [1, 1, 1, None, None, None, None]
    assert set(frame.filter(pl.col("year") > 2016)["conttype"]) == {None}


def test_zero_is_not_written_for_a_state_that_the_tables_system_does_not_have() -> None:
    frame = panels.state_years(2000, 2000, system="gw", inputs=contiguity([(2, 20, 1, 192001, 201612)]))
    land = dict(frame.add("cow.contiguity").to_polars().select("gwcode", "land").rows())
    assert (land[2], land[200]) == (1, 0)
    yemen = panels.state_years(1900, 1900, system="gw", inputs=contiguity([(2, 20, 1, 192001, 201612)]))
    assert (
        dict(yemen.add("cow.contiguity").to_polars().select("gwcode", "land").rows())[563] is None
    )  # Transvaal: no COW code


def test_a_column_of_a_month_is_that_of_its_year() -> None:
    rows = [(2, 20, 1, 192001, 201612)]
    frame = panels.dyad_months("2000-01", "2000-03", inputs=contiguity(rows)).add("cow.contiguity").to_polars()
    assert frame.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 20))["conttype"].to_list() == [1, 1, 1]


@QUIET
@given(st.lists(st.lists(st.sampled_from([0, 1, None]), min_size=1, max_size=12), min_size=1, max_size=4))
def test_spells_count_as_by_hand(series: list[list[int | None]]) -> None:
    rows = [(code, 1900 + i, event) for code, events in enumerate(series, 2) for i, event in enumerate(events)]
    frame = pl.DataFrame(rows, schema={"ccode": pl.Int32, "year": pl.Int32, "attack": pl.Int8}, orient="row")
    panel = panels.from_frame(frame, "state-year").spells("attack")
    found = panel.to_polars().group_by("ccode", maintain_order=True).agg("attack_spell")["attack_spell"].to_list()
    assert found == [brute.spell_lengths(events) for events in series]


def test_an_event_that_goes_on_is_not_at_risk() -> None:
    frame = pl.DataFrame({"ccode": [2] * 6, "year": range(1900, 1906), "attack": [0, 1, 1, 1, 0, 0]})
    panel = panels.from_frame(frame, "state-year").spells("attack", ongoing=True)
    assert panel.to_polars()["attack_spell"].to_list() == [0, 1, None, None, 0, 1]


DISPUTES = st.lists(
    st.tuples(CODES, CODES, st.integers(1900, 1902), st.integers(0, 1), st.integers(-1, 6), st.integers(2, 5)),
    min_size=1,
    max_size=20,
)


@QUIET
@given(DISPUTES)
def test_whittling_leaves_one_dispute_of_every_dyad_year(drawn: list[tuple[int, ...]]) -> None:
    names = ("ccode1", "ccode2", "year", "onset", "fatality", "hostlev")
    frame = pl.DataFrame(drawn, schema=names, orient="row").with_columns(mindur=1, maxdur=1, recip=0, stmon=1)
    left = whittle(frame, ONE_PER_DYAD_YEAR)
    key = ["ccode1", "ccode2", "year"]
    assert not left.select(key).is_duplicated().any()
    assert left.select(key).unique().height == frame.select(key).unique().height
    best = frame.group_by(key).agg(pl.col("onset").max())
    assert left.select(*key, "onset").sort(key).equals(best.sort(key))


def test_a_table_whose_key_repeats_is_refused() -> None:
    twice = pl.DataFrame({"ccode": [2, 2], "year": [1900, 1900], "cinc": [0.1, 0.2]})
    table = Table("own", "state-year", "cow", ("cinc",), Coverage(1900, 1900), lambda given: twice, ())
    with pytest.raises(RecordError, match=r"own: the key .*2.*1900.* stands twice"):
        load_table(table, Given(lambda name: twice, panels.state_years().frame.last), {})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p: p.add("cow.nonsense"), "'cow.nonsense' is none of foedus"),
        (lambda p: p.add("record.bases:height"), "it has no column 'height'"),
        (lambda p: p.add("cow.nmc", version="8.0"), "version='8.0' is not possible. Use one of 6.0"),
        (lambda p: p.add("record.bases").add("record.bases"), "has a column 'bases_count' already"),
        (lambda p: p.spells("attack"), "no column 'attack'"),
        (lambda p: p.keep("near"), "'near' is not known"),
        (lambda p: p.add("codes.cow"), "has them already"),
        (lambda p: p.write("panel.xlsx"), "panels are not written as .xlsx"),
    ],
)
def test_a_mistake_names_what_was_found_and_what_to_do(call: Any, message: str) -> None:
    with pytest.raises(Exception, match=message):
        call(panels.directed_dyad_years(2000, 2000))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"unit": "state-decade"}, "'state-decade' is none"),
        ({"unit": "state-year", "system": "iso"}, "'iso' is none. Use cow or gw"),
        ({"unit": "state-year", "rule": "most"}, "'most' is none"),
        ({"unit": "state-year", "first": 2000, "last": 1990}, "is empty"),
        ({"unit": "state-year", "membership": "cow.nmc-6.0"}, "has no system of states"),
    ],
)
def test_a_panel_that_cannot_be_made_says_why(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        panels.panel(**arguments)


def test_a_state_table_is_not_added_to_alliances() -> None:
    with pytest.raises(InputError, match="cannot be added to a alliance-year panel"):
        panels.alliance_years(2000, 2000, alliances="record").add("cow.nmc")


def test_every_table_and_its_columns_are_in_the_codebook() -> None:
    from foedus.core.codebook import describe_column

    for key in table_ids():
        for table in tables_of(key):
            sides = "12" if "dyad" not in table.unit else ("",)
            for name in table.columns:
                for side in sides:
                    assert describe_column(f"{name}{side}").meaning
            assert set(table.absent) <= set(table.columns)


def test_every_dataset_of_a_table_is_in_the_registry() -> None:
    from foedus.sources import datasets

    for key in table_ids():
        for table in tables_of(key):
            assert set(table.covered(table.settings({}))[1]) <= set(datasets())


def test_the_closest_form_of_a_table_is_taken() -> None:
    assert find_table("cow.contiguity", ("directed-dyad-year", "dyad-year", "state-year"), "cow").unit == "dyad-year"
    assert find_table("democracy", ("state-year",), "gw").system == "gw"


@pytest.mark.parametrize("unit", ["directed-dyad-year", "dyad-month", "dyad-day"])
@pytest.mark.parametrize("system", ["cow", "gw"])
def test_states_looked_up_on_the_way_out_are_those_of_the_expression(unit: str, system: Any) -> None:
    majors = {"ccode": [2, 365], "styear": [1898, 1945], "stmonth": [8, 9], "stday": [13, 2]}
    majors |= {"endyear": [2016] * 2, "endmonth": [12] * 2, "endday": [31] * 2}
    first, last = ("1990", "1991") if unit.endswith("year") else ("1990-09-28", "1990-10-05")
    inputs = Inputs({"cow.majors-2016": pl.DataFrame(majors)})
    panel = panels.panel(unit, first, last, system=system, inputs=inputs).add("cow.majors", "record.bases")
    expression = pl.from_arrow(panel.engine.arrow(panel.sorted_rows()))
    assert set(expression["cowmaj2"].drop_nulls()) == {0, 1}
    assert panel.to_polars().equals(expression)
    assert pl.concat(pl.from_arrow(piece) for piece in panel.batches()).equals(expression)
