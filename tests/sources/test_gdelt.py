"""GDELT files stream through DuckDB: every column in its place, zips unpacked, wrong versions refused."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from foedus import sources
from foedus.sources import gdelt
from foedus.sources.errors import SourceError


def line(columns: list[str], **values: str) -> str:
    return "\t".join(values.get(name, "") for name in columns) + "\n"


EVENT = {
    "GLOBALEVENTID": "1", "SQLDATE": "20130301", "MonthYear": "201303", "Year": "2013", "Actor1CountryCode": "USA",
    "Actor2CountryCode": "RUS", "EventCode": "010", "EventRootCode": "01", "GoldsteinScale": "-2.0",
    "ActionGeo_Lat": "55.75", "ActionGeo_Long": "#", "NumMentions": "3", "DATEADDED": "20130301",
}  # fmt: skip


def test_codes_are_text_blanks_are_null_and_a_coordinate_that_is_none_is_null(tmp_path: Path) -> None:
    path = tmp_path / "20190101000000.export.CSV"
    path.write_text(line(gdelt.EVENTS_2, **EVENT, SOURCEURL='http://example.org/a"b'))
    row = gdelt.events_2(path).pl().row(0, named=True)
    assert row["EventCode"] == "010"
    assert row["GoldsteinScale"] == -2.0
    assert (row["ActionGeo_Lat"], row["ActionGeo_Long"]) == (55.75, None)
    assert row["Actor1Name"] is None
    assert row["SOURCEURL"] == 'http://example.org/a"b'


def test_old_files_lack_the_address_and_mix_with_new_ones(tmp_path: Path) -> None:
    old = line(gdelt.EVENTS_1[:-1], **EVENT)
    with gzip.open(tmp_path / "20130301.export.CSV.gz", "wt") as stream:
        stream.write(old * 3)
    with zipfile.ZipFile(tmp_path / "20130401.export.CSV.zip", "w") as archive:
        archive.writestr("20130401.export.CSV", line(gdelt.EVENTS_1, **EVENT, SOURCEURL="http://example.org"))
    frame = gdelt.events_1(tmp_path).pl()
    assert frame.shape == (4, 58)
    assert frame["SOURCEURL"].null_count() == 3
    assert frame["Actor2CountryCode"].to_list() == ["RUS"] * 4


def test_a_file_of_the_other_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.export.CSV"
    path.write_text(line(gdelt.EVENTS_1, **EVENT))
    (tmp_path / "0.export.CSV").write_text(line(gdelt.EVENTS_2, **EVENT))
    for given in (path, tmp_path):
        with pytest.raises(SourceError, match=r"a\.export\.CSV:1: 58 columns where the layout has 61"):
            gdelt.events_2(given)


def test_a_folder_without_such_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no files like \*export\.CSV\*"):
        gdelt.events_2(tmp_path)


def test_dyad_months_come_from_a_registered_folder(tmp_path: Path, own_home: Path) -> None:
    from foedus.sources.getting import get_data

    with gzip.open(tmp_path / "20190101000000.export.CSV.gz", "wt") as stream:
        stream.write(line(gdelt.EVENTS_2, **EVENT) * 5)
    get_data(["gdelt.events-2"], path=tmp_path)
    events = sources.read("gdelt.events-2")
    counted = events.aggregate("Actor1CountryCode, Actor2CountryCode, MonthYear, count(*) AS events")
    assert counted.fetchall() == [("USA", "RUS", 201303, 5)]


@pytest.mark.parametrize(
    ("reader", "name", "shape"),
    [
        (gdelt.events_1, "20171005_sample.export.CSV", (100, 58)),
        (gdelt.events_1, "events_gdelt1_sample.csv", (710, 58)),
        (gdelt.events_2, "20191024143000.export.CSV", (2111, 61)),
        (gdelt.mentions, "20170701234500_first50.mentions.CSV", (50, 16)),
        (gdelt.gkg_2, "20170701234500_first50.gkg.csv", (50, 27)),
        (gdelt.gkg_1, "gkg1_20171005_sample.gkg.csv.gz", (99, 11)),
    ],
)
def test_published_files_have_all_their_rows(shared: Path, reader: object, name: str, shape: tuple[int, int]) -> None:
    assert reader(shared / "gdelt" / name).pl().shape == shape  # type: ignore[operator]


def test_a_published_event_stands_in_its_columns(shared: Path) -> None:
    events = gdelt.events_2(shared / "gdelt" / "20191024143000.export.CSV").pl()
    assert set(events["QuadClass"].unique()) == {1, 2, 3, 4}
    assert events["GoldsteinScale"].is_between(-10, 10).all()
    assert events["EventCode"].str.starts_with("0").any()
    assert events["ActionGeo_Lat"].drop_nulls().is_between(-90, 90).all()
    assert (events["DATEADDED"] == 20191024143000).all()
