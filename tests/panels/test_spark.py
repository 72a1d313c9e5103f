"""The same panel on DuckDB and on Spark, from one small fixture."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from foedus import panels
from foedus.core.engine import Engine, open_engine
from foedus.panels import Inputs

REASON = "pyspark or Java is not there" if not (find_spec("pyspark") and shutil.which("java")) else ""
pytestmark = [pytest.mark.spark, pytest.mark.skipif(bool(REASON), reason=REASON or "-")]

FRAMES = {
    "cow.contiguity-3.2": pl.DataFrame(
        [(2, 20, 1, 192001, 201612), (200, 220, 4, 181601, 201612), (255, 290, 1, 199010, 201612)],
        schema=dict.fromkeys(("statelno", "statehno", "conttype", "begin", "end"), pl.Int32), orient="row",
    ),
    "cow.majors-2016": pl.DataFrame(
        {"ccode": [2, 255], "styear": [1898, 1991], "stmonth": [8, 12], "stday": [13, 11], "endyear": [2016] * 2,
         "endmonth": [12] * 2, "endday": [31] * 2}
    ),
    "ucdp.onsets-19.1": pl.DataFrame(
        {"gwcode": [2, 260], "year": [1990, 1991], **{name: [0, 1] for name in (
            "sumnewconf", "sumonset1", "sumonset2", "sumonset3", "sumonset5", "sumonset10")}}
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    engine = open_engine("spark", threads=1)
    yield engine
    engine.close()


def both(spark: Engine, make: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    inputs = Inputs(FRAMES)
    return make(None, inputs).to_polars(), make(spark, inputs).to_polars()  # type: ignore[operator]


def test_a_panel_of_dyad_years_with_joins_a_crosswalk_and_spells_is_the_same(spark: Engine) -> None:
    def make(engine: Engine | None, inputs: Inputs) -> panels.Panel:
        panel = panels.directed_dyad_years(1989, 1992, engine=engine, inputs=inputs)
        panel = panel.add("cow.contiguity", "cow.majors", "ucdp.onsets:sumnewconf", "record.bases")
        return panel.spells("sumnewconf1", name="quiet").keep("prd")

    ours, theirs = both(spark, make)
    assert len(ours) > 100
    assert_frame_equal(ours, theirs, check_dtypes=False, rel_tol=1e-12)


def test_a_panel_of_months_is_the_same(spark: Engine) -> None:
    def make(engine: Engine | None, inputs: Inputs) -> panels.Panel:
        return panels.dyad_months("1990-08", "1990-12", rule="majority", engine=engine, inputs=inputs).add(
            "cow.contiguity"
        )

    ours, theirs = both(spark, make)
    assert len(ours) > 1000
    assert_frame_equal(ours, theirs, check_dtypes=False)


def test_a_panel_of_days_is_the_same(spark: Engine) -> None:
    def make(engine: Engine | None, inputs: Inputs) -> panels.Panel:
        return panels.state_days("1990-10-01", "1990-10-05", engine=engine, inputs=inputs)

    assert_frame_equal(*both(spark, make), check_dtypes=False)
