"""An output is written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from foedus.core.errors import InputError, OutputError
from foedus.core.output import choose_format, render, write_output, write_whole

ROWS = [
    {"id": "a", "name": 'Ärzte, "и"', "facts": ["x-1", "x-2"], "lat": 43.06, "lon": 74.48, "until": None},
    {"id": "b", "name": "قاعدة", "facts": [], "lat": None, "lon": None, "until": "2014"},
]


def test_the_suffix_of_the_file_chooses_the_format() -> None:
    assert choose_format(None, "x.csv") == "csv"
    assert choose_format("json", "x.csv") == "json"
    assert choose_format(None, None) == "table"


@pytest.mark.parametrize(("form", "path"), [("geojson", None), (None, "x.geojson"), (None, "x.xlsx"), ("xml", None)])
def test_a_format_that_the_command_lacks_is_refused_with_those_it_has(form: str | None, path: str | None) -> None:
    with pytest.raises(InputError, match="Use one of table, json, jsonl, csv"):
        choose_format(form, path)


def test_csv_joins_lists_and_leaves_what_is_missing_empty() -> None:
    lines = render(ROWS, "csv").splitlines()
    assert lines[0] == "id,name,facts,lat,lon,until"
    assert lines[1] == 'a,"Ärzte, ""и""",x-1; x-2,43.06,74.48,'


def test_json_lines_hold_one_row_each() -> None:
    assert [json.loads(line) for line in render(ROWS, "jsonl").splitlines()] == ROWS


def test_geojson_gives_longitude_first_and_no_geometry_where_the_place_is_unknown() -> None:
    collection = json.loads(render(ROWS, "geojson"))
    assert collection["type"] == "FeatureCollection"
    first, second = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [74.48, 43.06]}
    assert second["geometry"] is None
    assert first["properties"] == ROWS[0]


def test_a_table_that_is_not_on_a_terminal_is_plain() -> None:
    assert render(ROWS, "table", columns=["id", "until"]) == "id  until\na\nb   2014\n"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    write_output("after\n", str(target))
    assert target.read_text() == "after\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_may_be_read_by_others_as_the_umask_says(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_output("x", str(tmp_path / "out.txt"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "out.txt").stat().st_mode) == 0o644


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("before")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_output("after", str(tmp_path / "link.txt"))
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "after"


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written: no such file or directory"):
        write_output("x", str(tmp_path / "none" / "out.json"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_said_in_one_line() -> None:
    with pytest.raises(OutputError, match="no space left on device"):
        write_output("x", "/dev/full")


def test_what_was_there_survives_a_write_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")

    def full(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="no space left"):
        write_output("after", str(target))
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_could_not_be_filled_leaves_the_old_one_and_no_part(tmp_path: Path) -> None:
    target = tmp_path / "panel.parquet"
    target.write_bytes(b"before")
    target.chmod(0o640)

    def half(temporary: Path) -> None:
        temporary.write_bytes(b"ha")
        raise InputError("no more")

    with pytest.raises(InputError, match="no more"):
        write_whole(target, half)
    assert [path.name for path in tmp_path.iterdir()] == ["panel.parquet"]
    assert target.read_bytes() == b"before"
    write_output("after", str(target))
    assert target.read_bytes() == b"after"
    assert target.stat().st_mode & 0o777 == 0o640
