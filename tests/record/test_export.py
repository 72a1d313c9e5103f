"""The record as a data package: valid, whole or not at all, the same bytes twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from foedus.core.errors import OutputError
from foedus.record.export import PACKAGE, export
from foedus.record.facts import all_facts
from foedus.record.models import Record


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_package_is_valid_by_the_frictionless_validator(small: Record, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the validator is not installed")
    export(small, tmp_path / "out")
    report = frictionless.validate(str(tmp_path / "out" / PACKAGE))
    assert report.valid, report.flatten(["message"])


def test_the_record_as_shipped_is_a_valid_package(record: Record, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the validator is not installed")
    export(record, tmp_path / "out")
    report = frictionless.validate(str(tmp_path / "out" / PACKAGE))
    assert report.valid, report.flatten(["message"])


def test_every_fact_and_every_source_of_it_is_there(small: Record, tmp_path: Path) -> None:
    export(small, tmp_path / "out")
    assert [row["fact"] for row in rows(tmp_path / "out/facts.csv")] == [fact.id for fact in all_facts(small)]
    cited = [(row["fact"], row["value"], row["date"]) for row in rows(tmp_path / "out/fact_sources.csv")]
    assert ("cst-002", "adopted", "1994-04-20") in cited
    assert ("cst-002", "rival", "1994") in cited


def test_spells_are_derived_with_the_precision_of_their_sources(small: Record, tmp_path: Path) -> None:
    export(small, tmp_path / "out")
    spells = [row for row in rows(tmp_path / "out/memberships.csv") if (row["pact"], row["state"]) == ("CSTO", "UZB")]
    assert [(row["since"], row["first_day"], row["until"]) for row in spells] == [("2006", "2006-01-01", "2012-12-19")]


def test_parquet_and_csv_say_the_same(small: Record, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the panels extra is not installed")
    export(small, tmp_path / "out")
    table = parquet.read_table(tmp_path / "out/facts.parquet").to_pylist()
    assert [row["fact"] for row in table] == [row["fact"] for row in rows(tmp_path / "out/facts.csv")]
    assert table[1]["first_day"].isoformat() == "1994-04-20"
    assert table[0]["person"] is None


def test_the_map_has_a_point_for_each_spell(small: Record, tmp_path: Path) -> None:
    export(small, tmp_path / "out")
    features = json.loads((tmp_path / "out/bases.geojson").read_text())["features"]
    assert [feature["geometry"]["coordinates"] for feature in features] == [[74.48, 43.06]]


def test_a_second_export_replaces_the_first_with_the_same_bytes(small: Record, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in export(small, tmp_path / "out")}
    assert {path.name: path.read_bytes() for path in export(small, tmp_path / "out")} == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_with_other_files_is_left_alone(small: Record, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="something else"):
        export(small, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["notes.txt"]
