"""BACI by chapter: summed as published, zeros of codes kept, mixed or damaged folders refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus import sources
from foedus.sources import customs
from foedus.sources.errors import SourceError

CODES = "country_code,country_name,country_iso2,country_iso3\n842,USA,US,USA\n124,Canada,CA,CAN\n"


def write(folder: Path, *rows: str, year: int = 2001, name: str = "BACI_HS92_Y{}_V202501.csv") -> Path:
    path = folder / name.format(year)
    path.write_text("t,i,j,k,v,q\n" + "".join(f"{row}\n" for row in rows))
    (folder / "country_codes_V202501.csv").write_text(CODES)
    return path


def test_products_are_summed_to_chapters_with_or_without_their_leading_zero(tmp_path: Path) -> None:
    write(tmp_path, "2001,842,124,270900,5.5,1", "2001,842,124,271600,1.5,           NA", "2001,124,842,10121,3,1")
    write(tmp_path, "2002,842,124,010121,2,1", year=2002)
    rows = customs.baci(tmp_path).rows()
    assert rows == [(2001, 124, 842, 1, 3.0), (2001, 842, 124, 27, 7.0), (2002, 842, 124, 1, 2.0)]
    assert customs.baci(tmp_path, [27]).rows() == [(2001, 842, 124, 27, 7.0)]


def test_the_registry_reads_a_folder_of_it(tmp_path: Path) -> None:
    write(tmp_path, "2001,842,124,270900,5.5,1")
    assert sources.read("cepii.baci", tmp_path).height == 1
    assert customs.baci_countries(tmp_path)["country_iso3"].to_list() == ["USA", "CAN"]


def test_a_country_whose_short_code_is_na_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "2001,842,516,270900,5.5,1")
    (tmp_path / "country_codes_V202501.csv").write_text(CODES + "516,Namibia,NA,NAM\n")
    assert customs.baci_countries(tmp_path).row(2) == ("Namibia", "NA", "NAM", 516)


def test_a_folder_without_files_or_with_two_releases_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no files like BACI_HS"):
        customs.baci(tmp_path)
    write(tmp_path, "2001,842,124,270900,5.5,1")
    write(tmp_path, "2001,842,124,270900,5.5,1", name="BACI_HS92_Y{}_V202401.csv")
    with pytest.raises(SourceError, match="V202401, BACI_HS92 V202501 lie together"):
        customs.baci(tmp_path)


def test_without_its_table_of_countries_it_says_where_that_is(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file like country_codes\*\.csv"):
        customs.baci_countries(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("t,i,j,k\n", r"Y2001_V202501\.csv:1: no column v"),
        ("t,i,j,k,v,q\n2001,842,124,270900,-9,1\n", "negative value"),
        ("t,i,j,k,v,q\n2001,,124,270900,9,1\n", "lacks a code"),
        ("t,i,j,k,v,q\n2001,842,124,270900,much,1\n", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path).write_text(text)
    with pytest.raises(SourceError, match=message):
        customs.baci(tmp_path)
