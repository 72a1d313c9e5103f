"""Files that are damaged, in an old form or not what they seem: a clear error, or handled as documented."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.sources import cow, gw, un
from foedus.sources.errors import SourceError
from foedus.sources.layouts import Form, Layout

File = Callable[..., Path]
STATES = b"stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\r\n"
USA = b"USA,2,United States of America,1816,1,1,2016,12,31,2016\r\n"


def states_with(change: Callable[[bytes], bytes], file: File) -> Path:
    return file(change(STATES + USA))


def test_a_file_as_published_gives_typed_columns_and_dates(file: File) -> None:
    row = cow.states(file(STATES + USA)).row(0, named=True)
    assert row["ccode"] == 2
    assert row["start_date"] == datetime.date(1816, 1, 1)
    assert row["end_date"] == datetime.date(2016, 12, 31)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda b: b.replace(b"ccode,", b"code,", 1),
            r"table\.csv:1: column ccode not found; the header has stateabb, code",
        ),
        (lambda b: b + USA, r"table\.csv:3: ccode 2, .* stands already on line 2\. Keep one of the rows\."),
        (lambda b: b.replace(b"1816,1,1", b"18x6,1,1"), r"table\.csv:2: styear is '18x6', not a whole number\."),
        (lambda b: b.replace(b"1816,1,1", b"1816.5,1,1"), r"table\.csv:2: styear is '1816\.5', not a whole number\."),
        (lambda b: b.replace(b"1816,1,1", b"1816,2,30"), r"table\.csv:2: 1816-2-30 is no day of the calendar\."),
        (lambda b: b.replace(b"USA,2,", b"USA,,"), r"table\.csv:2: ccode is missing, which is part of the key\."),
        (lambda b: b.replace(b"States", b"St\0tes"), r"table\.csv:2: a NUL byte at offset \d+: the file is damaged\."),
        (
            lambda b: b.replace(b"31,2016\r", b"31,2016,7\r"),
            r"table\.csv:2: the row has 11 values where the header has 10",
        ),
        (lambda b: b"", r"table\.csv: the file is empty\."),
    ],
    ids=["column", "key", "letter", "half", "calendar", "no key", "NUL", "long row", "empty"],
)
def test_a_damaged_file_is_named_by_place_and_what_was_found(
    file: File, change: Callable[[bytes], bytes], message: str
) -> None:
    with pytest.raises(SourceError, match=message):
        cow.states(states_with(change, file))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: there is no such file"):
        cow.states(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b.replace(b"\r\n", b"\r"),
        lambda b: b.replace(b"\r\n", b"\n"),
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.replace(b"version", b"version,extra").replace(b"31,2016\r", b"31,2016,x\r"),
        lambda b: b.replace(b"ccode,", b"CCode ,", 1),
        lambda b: b.decode().encode("utf-16"),
    ],
    ids=["CR", "LF", "BOM", "extra column", "capitals and blanks", "UTF-16"],
)
def test_old_and_odd_forms_of_a_file_give_the_same_table(file: File, change: Callable[[bytes], bytes]) -> None:
    expected = cow.states(file(STATES + USA))
    assert cow.states(states_with(change, file)).equals(expected)


def test_gzip_is_opened_whatever_its_name_is_and_a_cut_one_is_said(file: File) -> None:
    packed = gzip.compress(STATES + USA)
    assert cow.states(file(packed, "states.csv")).height == 1
    with pytest.raises(SourceError, match="the gzip file is cut off or damaged"):
        cow.states(file(packed[:-10], "cut.csv.gz"))


def test_names_in_cp1252_are_read_and_utf8_is_left_alone(file: File) -> None:
    head = "statenumber\tstateid\tcountryname\tstart\tend\n"
    body = "437\tCDI\tCôte D’Ivoire\t1960-08-07\t2020-12-31\n"
    for encoding in ("cp1252", "utf-8"):
        frame = gw.states(file((head + body).encode(encoding), "ksgmdw.txt"))
        assert frame["countryname"].to_list() == ["Côte D’Ivoire"]


def test_the_older_layout_of_gleditsch_and_ward_has_no_header(file: File) -> None:
    frame = gw.states(file(b"2\tUSA\tUnited States\t01:01:1816\t31:12:2017\r\n", "iisystem.dat"))
    assert frame.row(0) == (2, "USA", "United States", datetime.date(1816, 1, 1), datetime.date(2017, 12, 31))
    with pytest.raises(SourceError, match=r"iisystem\.dat:1: start is '1816'"):
        gw.states(file(b"2\tUSA\tUnited States\t1816\t31:12:2017\r\n", "iisystem.dat"))


def test_namibia_stays_text_and_a_blank_does_not(file: File) -> None:
    frame = un.votes_in_words(file(b"rcid,country_code,vote\n1,NA,yes\n1,,no\n"))
    assert frame["country_code"].to_list() == ["NA", None]


def test_codes_of_missing_become_null_and_zero_stays(file: File) -> None:
    layout = Layout(key="ccode", whole="ccode x", real="y", missing=(-9,), missing_in={"x": (-8,)})
    frame = layout.read(file(b"ccode,x,y\n1,-9,-9\n2,-8,-8\n3,0,0\n4,NA,.\n5,,\n"))
    assert frame["x"].to_list() == [None, None, 0, None, None]
    assert frame["y"].to_list() == [None, -8.0, 0.0, None, None]


def test_a_derived_form_needs_its_exact_header_and_lacks_no_column_of_the_layout(file: File) -> None:
    layout = Layout(key="ccode", whole="ccode year", text="name", forms=(Form("code year", {"code": "ccode"}),))
    frame = layout.read(file(b"code,year\n2,1900\n"))
    assert frame.columns == ["name", "ccode", "year"]
    assert frame.row(0) == (None, 2, 1900)
    with pytest.raises(SourceError, match="column name, ccode not found"):
        layout.read(file(b"code,year,more\n2,1900,1\n"))


def test_columns_of_a_family_are_read_in_lower_case_with_their_type(file: File) -> None:
    layout = Layout(key="a", whole="a", others=(r"MEM\d+", "whole"))
    assert layout.read(file(b"a,MEM1,MEM2,other\n1,200,,x\n")).row(0, named=True) == {"a": 1, "mem1": 200, "mem2": None}
