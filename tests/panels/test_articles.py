"""The pipelines of published articles, put together from the reference program's single outputs.

Calls: Bremer (1992) as replicated in Miller (2022), Conflict Management and Peace Science 39(6): dyads at risk of a
dispute; Fearon and Laitin (2003) as replicated there: states at risk of an intrastate conflict.
"""

from __future__ import annotations

from itertools import groupby

import polars as pl
import pytest
import reference

from foedus import panels
from foedus.panels import Inputs, Panel

pytestmark = pytest.mark.skipif(not reference.ORACLES.is_dir(), reason=reference.MISSING)
INPUTS = Inputs(reference.Frames())
DEATHS = ("fatality1", "fatality2", "fatalpre1", "fatalpre2")
CONFLICTS = ("contiguity", "cow_majors", "nmc", "democracy", "sim_gdp_pop", "atop_alliance", "gml_mids")


def risky_dyads() -> Panel:
    """Politically relevant dyads, each pair once, with what may explain the onset of a dispute."""
    panel = panels.dyad_years(1816, 2010, inputs=INPUTS).keep("prd").add("gml.mids").spells("gmlmidonset")
    return panel.add("cow.nmc@version=7.0", "democracy", "economy", "atop.pledges")


def risky_states() -> Panel:
    """States after 1945 with what may explain an intrastate conflict."""
    panel = panels.state_years(1946, 2019, system="gw", inputs=INPUTS).add("ucdp.conflicts", type="intrastate")
    return panel.spells("ucdpongoing").add("democracy", "creg", "economy", "terrain")


def since_last(rows: pl.DataFrame, subject: list[str], event: str) -> list[int]:
    """Rows since the last event, counted one by one within a subject."""
    found: list[int] = []
    for _, series in groupby(rows.select(*subject, event).iter_rows(), key=lambda row: row[:-1]):
        count = 0
        for *_, happened in series:
            found.append(count)
            count = 0 if happened else count + 1
    return found


@pytest.fixture(scope="module")
def dyads() -> pl.DataFrame:
    return risky_dyads().to_polars()


@pytest.mark.parametrize("part", CONFLICTS)
def test_the_dyads_of_bremer_have_the_reference_values(dyads: pl.DataFrame, part: str) -> None:
    theirs = reference.part(f"ddy_cow__{part}", "sample").filter(pl.col("ccode1") < pl.col("ccode2"))
    key = ["ccode1", "ccode2", "year"]
    theirs = theirs.cast({name: dyads.schema[name] for name in key}).join(dyads.select(key), on=key)
    columns = [name for name in theirs.columns if name in dyads.columns and name not in key]
    assert len(theirs) > 20 and len(columns) > 0
    assert reference.differing(dyads, theirs, key, columns, DEATHS).is_empty()


def test_the_dyads_of_bremer_are_the_relevant_ones(dyads: pl.DataFrame) -> None:
    theirs = reference.part("ddy_cow__filter_prd", "years").filter(pl.col("year") <= 2010)
    ours = dyads.group_by("year").len()
    both = ours.cast(pl.Int64).join(theirs.select(pl.col("year").cast(pl.Int64), "n"), on="year")
    assert len(both) == 195
    assert (2 * both["len"]).equals(both["n"])


def test_quiet_years_are_counted_on_the_rows_that_were_kept(dyads: pl.DataFrame) -> None:
    ordered = dyads.sort("ccode1", "ccode2", "year")
    assert ordered["gmlmidspell"].to_list() == since_last(ordered, ["ccode1", "ccode2"], "gmlmidonset")


def test_the_states_of_fearon_and_laitin_have_the_reference_values() -> None:
    ours, key = risky_states().to_polars(), ["gwcode", "year"]
    for part in ("ucdp_acd_intrastate", "democracy", "creg", "sim_gdp_pop", "rugged"):
        theirs = reference.full(f"sy_gw__{part}").filter(pl.col("year").is_between(1946, 2019))
        columns = [name for name in theirs.columns if name in ours.columns and name not in (*key, "gw_name")]
        assert len(theirs) == len(ours) and columns
        assert reference.differing(ours, theirs, key, columns).is_empty()
