"""Panels as files: formats, what lies beside them, rebuilding and comparing."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from polars.testing import assert_frame_equal

from foedus import panels
from foedus.core.errors import InputError, OutputError
from foedus.panels import Inputs
from foedus.panels.output import beside

SCHEMA = dict.fromkeys(("statelno", "statehno", "conttype", "begin", "end"), pl.Int32)
NORTH = pl.DataFrame([(2, 20, 1, 192001, 201612)], schema=SCHEMA, orient="row")
SOUTH = pl.DataFrame([(2, 20, 2, 192001, 201612), (2, 70, 1, 183101, 201612)], schema=SCHEMA, orient="row")


def made(frame: pl.DataFrame = NORTH) -> panels.Panel:
    inputs = Inputs({"cow.contiguity-3.2": frame})
    return (
        panels.dyad_years(2014, 2018, inputs=inputs)
        .add("cow.contiguity", "record.bases")
        .spells("conttype", name="apart")
    )


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".dta"])
def test_a_file_holds_the_rows_of_the_panel(tmp_path: Path, suffix: str) -> None:
    path = made().write(tmp_path / f"panel{suffix}")
    readers = {
        ".parquet": pl.read_parquet,
        ".csv": pl.read_csv,
        ".dta": lambda p: pyreadstat.read_dta(str(p), output_format="polars")[0],
    }
    assert_frame_equal(readers[suffix](path), made().to_polars(), check_dtypes=False)


def test_a_stata_file_is_of_release_118_and_has_labels(tmp_path: Path) -> None:
    path = made().write(tmp_path / "panel.dta")
    assert b"<release>118</release>" in path.read_bytes()[:100]
    _, meta = pyreadstat.read_dta(str(path), metadataonly=True)
    assert meta.column_names_to_labels["ccode2"] == "State code of the Correlates of War, of the second state"
    assert meta.file_label == "foedus dyad-year panel"


def test_names_that_stata_does_not_take_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    panel = panels.state_years(2000, 2000)
    rows = panel.to_polars().with_columns(pl.lit(1).alias("a" * 33))
    with pytest.raises(InputError, match="Stata has no names of more than 32 characters"):
        panels.from_frame(rows, "state-year").write(tmp_path / "panel.dta")
    assert list(tmp_path.iterdir()) == []


def test_the_codebook_beside_a_file_has_a_line_for_every_column(tmp_path: Path) -> None:
    panel = made()
    path = panel.write(tmp_path / "panel.csv")
    lines = list(csv.DictReader(beside(path, "codebook.csv").open(encoding="utf-8")))
    assert [line["column"] for line in lines] == panel.to_polars().columns
    conttype = next(line for line in lines if line["column"] == "conttype")
    assert (conttype["coverage"], conttype["datasets"]) == ("1816-2016", "cow.contiguity-3.2")


def test_the_citations_beside_a_file_are_those_of_its_datasets(tmp_path: Path) -> None:
    path = made().write(tmp_path / "panel.csv")
    assert "stinnett-et-al-2002" in beside(path, "bib").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".dta"])
def test_a_lock_rebuilds_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    path = made().write(tmp_path / f"panel{suffix}")
    lock = json.loads(beside(path, "lock.json").read_text(encoding="utf-8"))
    assert lock["sha256"] == sha(path)
    again = panels.rebuild(beside(path, "lock.json"), inputs=Inputs({"cow.contiguity-3.2": NORTH}))
    assert sha(again.write(tmp_path / f"again{suffix}")) == sha(path)


def test_a_lock_refuses_another_version_of_an_input_and_names_both(tmp_path: Path) -> None:
    path = made().write(tmp_path / "panel.csv")
    with pytest.raises(InputError, match=r"cow.contiguity-3.2 is not the one .* here frame:.* in the lock frame:"):
        panels.rebuild(beside(path, "lock.json"), inputs=Inputs({"cow.contiguity-3.2": SOUTH}))


@pytest.mark.parametrize("text", ["{", "[]", '{"lock": 7, "call": [1]}'])
def test_what_is_no_lock_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "panel.lock.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="is no lock file"):
        panels.rebuild(path)


def test_a_comparison_names_rows_cells_and_the_input_that_caused_them(tmp_path: Path) -> None:
    old = made().write(tmp_path / "old.parquet")
    new = made(SOUTH).where(2014, 2017).write(tmp_path / "new.csv")
    changes = panels.diff(old, new)
    cells = {
        (row["key"]["ccode2"], row["key"]["year"]): row
        for row in changes
        if row["column"] == "conttype" and row["key"]["ccode1"] == "2"
    }
    assert (cells["20", "2014"]["old"], cells["20", "2014"]["new"]) == (1, 2)
    assert (cells["70", "2015"]["old"], cells["70", "2015"]["new"]) == (0, 1)
    assert cells["20", "2014"]["inputs"] == ["cow.contiguity-3.2"]
    removed = [row for row in changes if row["change"] == "removed"]
    assert {row["key"]["year"] for row in removed} == {"2018"}
    assert panels.diff(old, old) == []


def test_a_column_that_only_one_has_is_one_line(tmp_path: Path) -> None:
    old, new = made().write(tmp_path / "old.csv"), made().add("codes.gw").write(tmp_path / "new.csv")
    assert [(row["change"], row["column"]) for row in panels.diff(old, new)] == [
        ("column added", "gwcode1"), ("column added", "gwcode2"),
    ]  # fmt: skip


def test_panels_of_different_units_are_not_compared(tmp_path: Path) -> None:
    old = panels.state_years(2000, 2000).write(tmp_path / "old.csv")
    new = tmp_path / "new.csv"
    new.write_text("name,size\na,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="no key in common"):
        panels.diff(old, new)


def test_a_place_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        made().write(tmp_path / "nowhere" / "panel.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_large_panel_is_written_in_blocks_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.panels.model._CELLS_AT_ONCE", 20_000)
    panel = made()
    assert len(panel.parts()) > 3
    assert_frame_equal(pl.read_parquet(panel.write(tmp_path / "panel.parquet")), panel.to_polars())


def test_printing_shows_unit_rows_and_coverage_of_every_column() -> None:
    shown = str(made())
    assert shown.startswith("dyad-year panel, 2014-01-01 to 2018-12-31, cow codes, 94,575 rows")
    assert "conttype     1816-2016  cow.contiguity" in shown


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_panel_without_rows_is_a_file_with_its_columns(tmp_path: Path, suffix: str) -> None:
    panel = made().where(1900, 1901)
    path = panel.write(tmp_path / f"panel{suffix}")
    frame = pl.read_parquet(path) if suffix == ".parquet" else pl.read_csv(path)
    assert (frame.height, frame.columns) == (0, panel.to_polars().columns)
