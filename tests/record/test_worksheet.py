"""A worksheet goes out with facts and sources and comes back with what a second reader found."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.core.errors import InputError
from foedus.record.cache import load_record
from foedus.record.constraints import validate
from foedus.record.models import Record
from foedus.record.worksheet import agreement, facts_of, kappa, read_back, reviews_yaml, worksheet

Build = Callable[..., Path]


def filled(record: Record, path: Path, **answers: dict[str, str]) -> Path:
    """The worksheet of the CSTO with some answers by fact id, underscores for hyphens."""
    rows = list(csv.DictReader(io.StringIO(worksheet(record, facts_of(record, "CSTO")))))
    for row in rows:
        row.update(answers.get(row["fact"].replace("-", "_"), {}))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_for_each_source_with_where_it_can_be_opened(small: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(worksheet(small, facts_of(small, "CSTO")))))
    assert {row["pact"] for row in rows} == {"CST", "CSTO"}
    assert all(row["url"] == "https://example.org/treaty" and row["locator"] for row in rows)
    assert {row["read_date"] for row in rows} == {""}


def test_a_blind_worksheet_does_not_tell_what_the_first_reader_read(small: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(worksheet(small, facts_of(small, "CSTO"), is_blind=True))))
    assert {(row["date"], row["says"], row["place"]) for row in rows} == {("", "", "")}
    assert all(row["event"] for row in rows)


def test_what_differs_is_told_but_not_a_coarser_date_nor_a_place_that_the_record_does_not_give(
    small: Record, tmp_path: Path
) -> None:
    path = filled(
        small, tmp_path / "w.csv",
        csto_001={"read_date": "2002-10-08", "supported": "no", "remark": "the day after"},
        csto_004={"read_date": "2012", "read_place": "Yerevan", "supported": "yes"},
    )  # fmt: skip
    rows = {row["fact"]: row for row in read_back(small, path)}
    assert (rows["csto-001"]["differs"], rows["csto-001"]["remark"]) == ("date", "the day after")
    assert rows["csto-004"]["differs"] is None
    (line,) = agreement(small, list(rows.values()))
    assert (line["field"], line["facts"], line["agree"], line["per_cent"]) == ("date", 2, 1, 50.0)


def test_the_lines_for_reviews_are_read_by_the_record_and_an_unknown_fact_is_named(
    build: Build, tmp_path: Path
) -> None:
    record = load_record(build())
    rows = read_back(record, filled(record, tmp_path / "w.csv", csto_001={"supported": "yes"}))
    folder = build(folder="reviewed")
    lines = reviews_yaml(rows, reader="person", day="2026-11-25")
    (folder / "reviews.yml").write_text(lines, encoding="utf-8")
    reviews = {fact.id: fact.review.second for fact in load_record(folder).pacts["CSTO"].events}
    assert (reviews["csto-001"], reviews["csto-002"]) == ("person", None)
    (folder / "reviews.yml").write_text(lines.replace("csto-001", "csto-999"), encoding="utf-8")
    assert [p.found for p in validate(folder) if p.rule == "reference"] == [
        "reviews.yml: fact csto-999 is not in the record."
    ]


@pytest.mark.parametrize(
    ("answers", "message"),
    [({"supported": "maybe"}, "supported is 'maybe'"), ({"read_date": "32.1.2002"}, "read_date")],
)
def test_an_answer_without_its_form_is_named_by_line(
    small: Record, tmp_path: Path, answers: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_back(small, filled(small, tmp_path / "w.csv", csto_001=answers))


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_worksheet_is_refused(small: Record, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "w.csv").write_bytes(content)
    with pytest.raises(InputError, match=r"column fact is missing|not a CSV file"):
        read_back(small, tmp_path / "w.csv")


def test_kappa_of_a_textbook_table() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == 0.4


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=1))
def test_kappa_lies_within_its_range_and_is_one_for_equal_readings(pairs: list[tuple[str, str]]) -> None:
    found = kappa(pairs)
    assert found is None or -1 <= found <= 1
    assert kappa([(a, a) for a, _ in pairs]) in (1, None)
