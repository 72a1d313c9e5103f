"""The crosswalk between COW, Gleditsch-Ward and the record: complete, one to one by day, and it refuses to guess."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.core.dates import parse_date
from foedus.core.errors import UnknownNameError
from foedus.record.cache import load_record
from foedus.record.crosswalk import System, bearers, codes_on, crosswalk, state_of
from foedus.record.models import Record

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the upstream files are not at hand")
Stretch = tuple[date, date]
HARD = (
    "DEU", "DDR", "PRU", "YUG", "SCG", "SRB", "SUN", "RUS", "VNM", "VDR", "YEM", "YMD", "CSK", "AUH", "TZA", "XKX",
    "PSE", "TWN", "KOR", "PRK", "COD", "SDN", "ETH", "ERI", "TLS", "TUR", "ITA",
)  # fmt: skip


def cow_rows(name: str) -> Iterator[tuple[int, date, date]]:
    with (SHARED / "cow" / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            start, end = (
                date(*(int(row[f"{edge}{part}"]) for part in ("year", "month", "day"))) for edge in ("st", "end")
            )
            yield int(row["ccode"]), start, end


def gw_rows(name: str) -> Iterator[tuple[int, date, date]]:
    with (SHARED / "gw" / name).open(encoding="latin-1") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield int(row["statenumber"]), date.fromisoformat(row["start"]), date.fromisoformat(row["end"])


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches that touch or overlap as one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def of_record(record: Record, system: str, last: date) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = {}
    for row in crosswalk(record):
        start = parse_date(row["from"]).first_day
        end = min(parse_date(row["to"]).last_day, last) if row["to"] else last
        if row["system"] == system and start <= last:
            found.setdefault(row["code"], []).append((start, end))
    return found


@needs_shared
@pytest.mark.parametrize(
    ("system", "rows", "last"),
    [
        ("cow", lambda: cow_rows("statelist2024.csv"), date(2024, 12, 31)),
        ("cow", lambda: cow_rows("states2016.csv"), date(2016, 12, 31)),
        ("gw", lambda: (*gw_rows("ksgmdw.txt"), *gw_rows("microstates.txt")), date(2020, 12, 31)),
    ],
    ids=["cow-2024", "cow-2016", "gw-with-microstates"],
)
def test_the_record_has_every_state_day_of_the_official_lists_and_no_other(record, system, rows, last):
    official: dict[int, list[Stretch]] = {}
    for code, start, end in rows():
        official.setdefault(code, []).append((start, end))
    own = of_record(record, system, last)
    assert {code: joined(days) for code, days in own.items()} == {code: joined(days) for code, days in official.items()}


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_a_code_is_that_of_one_state_on_any_day(record, system):
    for code, days in of_record(record, system, date(2026, 11, 1)).items():
        for (_, end), (start, _) in pairwise(sorted(days)):
            assert start > end, f"{system}:{code} is borne by two states on {start}"


@pytest.mark.parametrize("system", ["cow", "gw"])
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_there_and_back_by_day_is_the_same_state_and_code(system: System, data: st.DataObject):
    record = load_record()
    row = data.draw(st.sampled_from([row for row in crosswalk(record) if row["system"] == system]))
    first = parse_date(row["from"]).first_day
    last = parse_date(row["to"]).last_day if row["to"] else date(2024, 12, 31)
    day = parse_date(data.draw(st.dates(first, last)).isoformat())
    assert state_of(record, system, row["code"], day) == row["state"]
    assert row["code"] in codes_on(record.states[row["state"]], system, day)


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_a_state_has_one_code_of_a_system_on_any_day(record, system):
    for state in record.states.values():
        days = sorted(
            (parse_date(c.start).first_day, parse_date(c.end).last_day if c.end else date.max)
            for c in state.codes
            if c.system == system
        )
        assert all(start > end for (_, end), (start, _) in pairwise(days)), state.id


def test_a_year_in_which_a_code_changes_hands_gives_both(record):
    assert bearers(record, "cow", 345, parse_date("2006")) == ("SCG", "SRB")
    assert codes_on(record.states["DEU"], "cow", parse_date("1990")) == (260, 255)
    with pytest.raises(UnknownNameError, match=r"cow:345: SCG and SRB have it on days of 2006\. Name the day\."):
        state_of(record, "cow", 345, parse_date("2006"))


def test_a_code_outside_its_days_is_refused_with_where_it_is_valid(record):
    with pytest.raises(UnknownNameError, match=r"cow:265: no state has this code on 2000\. At other times .* DDR"):
        state_of(record, "cow", 265, parse_date("2000"))
    with pytest.raises(UnknownNameError, match="cow:9999: no state has this code"):
        state_of(record, "cow", 9999, parse_date("2000"))


@needs_shared
@pytest.mark.parametrize(("name", "there", "back"), [("cw_gw", "cow", "gw"), ("gw_cw", "gw", "cow")])
def test_the_reference_crosswalk_agrees_in_every_state_year(record, name, there, back):
    columns = {"cow": "ccode", "gw": "gwcode"}
    path = SHARED / "peacesciencer-inputs" / f"isard__{name}_panel.csv.gz"
    differing, compared = [], 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row[columns[there]].isdigit():
                continue
            year, code = parse_date(row["year"]), int(row[columns[there]])
            states = [record.states[key] for key in bearers(record, there, code, year)]
            others = {other for state in states for other in codes_on(state, back, year)}
            expected = row[columns[back]]
            compared += 1
            if not (int(expected) in others if expected.isdigit() else not others):
                differing.append((row, others))
    assert compared > 17_000
    assert not differing


@pytest.mark.parametrize("key", HARD)
def test_a_hard_case_is_explained_in_words(record, key):
    explanation = record.states[key].explanation
    assert explanation
    assert len(explanation.split()) >= 8
