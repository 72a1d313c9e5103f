"""CINC and concentration: published numbers, vectors, laws."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_vectors import VECTORS, of_measure

from foedus.measures.arrays import MeasureError
from foedus.measures.capability import COMPONENTS, cinc, concentration

INPUTS = Path(__file__).parents[3] / "shared" / "data" / "peacesciencer-inputs"


@pytest.mark.parametrize("row", of_measure("cinc"))
def test_the_vectors_are_met(row: dict[str, Any]) -> None:
    own = [np.nan if row["components"][c] is None else row["components"][c] for c in COMPONENTS]
    rest = [
        row["system_totals"][c] - (0 if np.isnan(value) else value) for c, value in zip(COMPONENTS, own, strict=True)
    ]
    result = cinc([own, rest], [row["year"]] * 2)
    assert result.value[0] == pytest.approx(row["expected"]["cinc"], abs=row["tolerance"])
    assert result.value[0] == pytest.approx(row["published_cinc"], abs=row["tolerance"])
    assert result.parameters["n_components"][0] == row["expected"]["n_components"]


def test_the_example_of_the_codebook_is_met() -> None:
    row = VECTORS["v082"]
    shares = np.array(row["input"]["shares"])
    assert cinc([shares, 1 - shares], [2000, 2000]).value[0] == pytest.approx(row["expected"]["cinc"])


@pytest.mark.skipif(not INPUTS.exists(), reason="the published file is not at hand")
def test_the_published_column_is_reproduced_in_every_row() -> None:
    with gzip.open(INPUTS / "peacesciencer__cow_nmc.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = [[float(r[c]) if r[c] not in ("NA", "") else np.nan for c in COMPONENTS] for r in rows]
    result = cinc(values, [int(row["year"]) for row in rows])
    assert len(rows) == 17_121
    np.testing.assert_allclose(result.value, [float(row["cinc"]) for row in rows], atol=3e-8, rtol=0)


@given(st.lists(st.lists(st.floats(0.01, 1e6), min_size=6, max_size=6), min_size=1, max_size=8))
def test_where_nothing_is_missing_the_scores_of_a_year_sum_to_one(rows: list[list[float]]) -> None:
    assert cinc(rows, [1900] * len(rows)).value.sum() == pytest.approx(1)


def test_a_missing_value_lowers_coverage_and_is_not_averaged_as_zero() -> None:
    full = cinc([[1, 1], [1, 1]], [1900, 1900])
    part = cinc([[1, np.nan], [1, 1]], [1900, 1900])
    assert (full.coverage[0], part.coverage[0]) == (1, 0.5)
    assert part.value[0] == 0.5
    assert cinc([[np.nan, np.nan], [1, 1]], [1900, 1900]).reason[0] == "no_component"


def test_codes_for_missing_are_refused() -> None:
    with pytest.raises(MeasureError, match=r"components\[0\]: -9 is negative"):
        cinc([[-9.0, 1]], [1900])


@given(st.lists(st.floats(0.1, 100), min_size=2, max_size=9))
def test_concentration_lies_between_equal_and_one_power(values: list[float]) -> None:
    assert -1e-9 <= concentration(values) <= 1
    assert concentration([1] * len(values)) == pytest.approx(0, abs=1e-7)
    assert concentration([1] + [0] * len(values)) == pytest.approx(1)


def test_one_state_alone_has_no_concentration() -> None:
    with pytest.raises(MeasureError, match="one state alone"):
        concentration([1])
