"""Published forms of which no file is at hand, as their producers document them: Stata, Excel, tabs, wide tables."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl
import pytest

from foedus.core.errors import MissingError
from foedus.sources import atop, cow, cow_organizations, economy, icb, regimes, rulers, un, workbooks
from foedus.sources.errors import SourceError

File = Callable[..., Path]
LEADER = "obsid\tleadid\tccode\tidacr\tleader\tstartdate\teindate\tenddate\tentry\texit\texitcode\tgender\tyrborn\n"


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """A workbook of one sheet, in as little of its format as a reader needs."""
    cells = "".join(
        "<row>" + "".join(
            f"<c><v>{value}</v></c>" if isinstance(value, int | float)
            else f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
            for value in row
        ) + "</row>"
        for row in rows
    )  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        '<sheet name="Full data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return path


def test_leaders_are_read_from_tabs_and_from_stata(file: File, tmp_path: Path) -> None:
    row = 'USA-1869\tx1\t2\tUSA\tGrant "Ulysses"\t1869-03-04\t1869\t1877-03-04\tRegular\tRegular\tRegular\tM\t1822\n'
    text = rulers.archigos(file((LEADER + row).encode(), "archigos.txt"))
    assert text.row(0, named=True)["gwcode"] == 2
    assert text.row(0, named=True)["enddate"] == datetime.date(1877, 3, 4)
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat is not installed: no Stata file can be made")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: no Stata file can be made")
    table = pandas.read_csv(io.StringIO((LEADER + row).replace('"', "'")), sep="\t")
    pyreadstat.write_dta(table, str(tmp_path / "archigos.dta"))
    stata = rulers.archigos(tmp_path / "archigos.dta")
    assert stata.drop("leader").equals(text.drop("leader"))


def test_a_stata_file_that_is_none_is_said(file: File) -> None:
    pytest.importorskip("pyreadstat", reason="pyreadstat is not installed")
    with pytest.raises(SourceError, match=r"x\.dta: the Stata file cannot be read"):
        rulers.archigos(file(b"no Stata file", "x.dta"))


def test_polity_is_read_from_a_workbook(tmp_path: Path, small: dict[str, Path]) -> None:
    pytest.importorskip("fastexcel", reason="fastexcel is not installed: the workbook cannot be read")
    lines = [line.split(",") for line in small["polity.polity5-2018"].read_text().splitlines()]
    rows = [lines[0], *([int(cell) if cell.lstrip("-").isdigit() else cell for cell in line] for line in lines[1:])]
    book = workbook(tmp_path / "p5v2018.xlsx", rows)
    assert regimes.polity(book).equals(regimes.polity(small["polity.polity5-2018"]))


def test_a_workbook_that_is_none_is_said_and_a_missing_library_named(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fastexcel", None)
    with pytest.raises(MissingError, match=r'fastexcel is not installed\. Run: pip install "foedus\[panels\]"'):
        workbooks.sheet_bytes(file(b"x", "x.xls"))
    monkeypatch.undo()
    pytest.importorskip("fastexcel", reason="fastexcel is not installed")
    with pytest.raises(SourceError, match=r"x\.xls: the workbook cannot be read"):
        workbooks.sheet_bytes(file(b"x", "x.xls"))


def test_an_r_object_needs_its_library(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "rdata", None)
    with pytest.raises(MissingError, match=r"votes\.RData: rdata is not installed\. Run: pip install rdata"):
        un.votes(file(b"x", "votes.RData"))


def test_names_of_organizations_in_mixed_case_become_lower_case(file: File) -> None:
    path = file(b'"ccode","year","state","AAAID","NATO"\n2,1950,"usa",-1,1\n2,1955,"usa",-9,0\n')
    frame = cow_organizations.state_years(path)
    assert frame.columns == ["state", "ccode", "year", "aaaid", "nato"]
    assert frame["aaaid"].to_list() == [None, None]
    assert frame["nato"].to_list() == [1, 0]


def test_the_world_banks_own_export_becomes_long(file: File) -> None:
    text = (
        '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-03-01",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",\n'
        '"Aruba","ABW","GDP","NY.GDP.MKTP.CD","","5.5",\n"World","WLD","GDP","NY.GDP.MKTP.CD","1","2",\n'
    )
    assert economy.world_bank(file(b"\xef\xbb\xbf" + text.encode())).rows() == [
        ("Aruba", "ABW", 1961, 5.5), ("World", "WLD", 1960, 1.0), ("World", "WLD", 1961, 2.0),
    ]  # fmt: skip


def test_vdem_passes_over_its_thousands_of_columns(file: File) -> None:
    extra = [f"v2x_{number}" for number in range(3000)]
    head = "country_name,country_text_id,country_id,year,COWcode,"
    head += "v2x_polyarchy,v2x_libdem,v2x_partipdem,v2x_delibdem,v2x_egaldem"
    row = "Namibia,NAM,127,1990,565,0.7,0.6,0.5,0.4,NA"
    frame = regimes.vdem(file(f"{head},{','.join(extra)}\n{row},{','.join('1' for _ in extra)}\n".encode()))
    assert frame.width == 10
    assert frame.row(0, named=True)["v2x_egaldem"] is None


def test_extended_scores_and_actors_of_crises_are_typed(file: File) -> None:
    uds = regimes.extended_uds(
        file(b"extended_country_name,GWn,cown,year,z1,se_z1,z1_adj\nChina,710,710,1950,-1.5,0.2,-1.6\n")
    )
    assert uds.row(0, named=True)["z1_adj"] == -1.6
    head = "icb2,crisno,cracno,cracid,actor,crisname,yrtrig,motrig,datrig,yrterm,moterm,daterm,triggr\n"
    actors = icb.actors(file((head + "ICB2,196,1,2,USA,CUBAN MISSILES,1962,10,16,1962,11,20,5\n").encode()))
    assert actors["start_date"].item() == datetime.date(1962, 10, 16)


def test_diplomatic_exchange_has_a_version_with_decimals(file: File) -> None:
    path = file(b'"ccode1","ccode2","year","DR_at_1","DR_at_2","DE","version"\n2,20,1920,0,3,1,2006.0999755859375\n')
    assert cow.diplomacy(path).select("DR_at_2", "DE").rows() == [(3, 1)]


def test_dyad_years_of_atop_are_typed(file: File) -> None:
    path = file(
        b"mem1,mem2,year,atopally,defense,offense,neutral,nonagg,consul,number,transyr,atopid1,version\r\n2,20,1942,1,1,1,0,0,0,1,0,2490,5.1\r\n"
    )
    assert atop.dyad_years(path).row(0, named=True)["atopid1"] == 2490


def test_a_file_that_stops_within_a_row_is_cut_off(file: File) -> None:
    content = b"stateabb,ccode,year,version\nUSA,2,1816,2016\nUSA,2,18"
    with pytest.raises(SourceError, match=r"table\.csv:3: the last row has 3 of 4 columns: the file is cut off"):
        cow.system(file(content))
    whole = cow.system(file(b"stateabb,ccode,year,version\nUSA,2,1816,2016"))
    assert whole.equals(
        pl.DataFrame({"stateabb": ["USA"], "ccode": [2], "year": [1816], "version": [2016]}, schema=whole.schema)
    )
