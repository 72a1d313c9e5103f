"""Rules, consequences and statements of a pact: read, checked, exported and compared like any other fact."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.record.cache import load_record
from foedus.record.chronicle import fact, timeline
from foedus.record.constraints import validate
from foedus.record.diff import changes, snapshot
from foedus.record.export import export
from foedus.record.lookup import stats

Build = Callable[..., Path]
SOURCES = 'sources: [{source: treaty-text, locator: article 1, says: "The text says so."}]'
LINES = f"""rules:
- {{id: csto-201, kind: decision, value: consensus, date: 2002-10-07, {SOURCES}}}
- {{id: csto-202, kind: budget, value: "50.5", state: UZB, date: 2012, {SOURCES}}}
consequences:
- {{id: csto-203, kind: trade, state: UZB, by: SRB, after: csto-004, date: 2013, {SOURCES}}}
statements:
- {{id: csto-204, by: A ministry, role: critic, date: 2013, says: "It cost more than it gave.", {SOURCES}}}
events:
"""


def with_lines(build: Build, old: str = "", new: str = "", folder: str = "sections") -> Path:
    """The small record with one line of each section, one text in them replaced."""
    assert old in LINES
    return build(("pacts/csto.yml", "events:\n", LINES.replace(old, new) if old else LINES), folder=folder)


def test_lines_of_all_sections_are_facts_of_the_pact(build: Build) -> None:
    record = load_record(with_lines(build))
    assert [problem for problem in validate(with_lines(build)) if problem.severity == "error"] == []
    assert {f.event for f in record.pacts["CSTO"].facts} >= {"rule", "consequence", "statement"}
    assert record.pacts["CSTO"].statements[0].sources[0].retrieved
    assert {name: stats(record)[name] for name in ("rules", "consequences", "statements")} == {
        "rules": 2, "consequences": 1, "statements": 1,
    }  # fmt: skip


def test_a_consequence_is_on_the_timeline_of_the_state_that_acted(build: Build) -> None:
    record = load_record(with_lines(build))
    assert "csto-203" in {row["fact"] for row in timeline(record, "SRB")}
    assert {name: fact(record, "csto-203")[name] for name in ("kind", "by", "after")} == {
        "kind": "trade", "by": "SRB", "after": "csto-004",
    }  # fmt: skip
    assert fact(record, "csto-204")["says"] == "It cost more than it gave."


def test_an_export_carries_the_sections_and_a_comparison_finds_no_difference(build: Build, tmp_path: Path) -> None:
    folder = with_lines(build)
    export(load_record(folder), tmp_path / "out")
    with (tmp_path / "out/facts.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["fact"]: row for row in csv.DictReader(file)}
    assert (rows["csto-202"]["kind"], rows["csto-202"]["value"]) == ("budget", "50.5")
    assert (rows["csto-204"]["role"], rows["csto-204"]["by"]) == ("critic", "A ministry")
    assert changes(snapshot(str(tmp_path / "out")), snapshot(str(folder))) == []


def test_a_corrected_value_of_a_rule_is_one_changed_field(build: Build) -> None:
    newer = with_lines(build, "value: consensus", "value: majority", folder="newer")
    assert [(row["fact"], row["field"]) for row in changes(snapshot(str(with_lines(build))), snapshot(str(newer)))] == [
        ("csto-201", "value")
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("value: consensus", "value: harmony", "section"),
        ("kind: decision", "kind: mood", "section"),
        ('value: "50.5", state: UZB', 'value: "half", state: UZB', "section"),
        (", state: UZB, date: 2012,", ", date: 2012,", "section"),
        ("kind: trade", "kind: insult", "section"),
        ("role: critic, ", "", "section"),
        ("by: SRB", "by: SRX", "reference"),
        ("after: csto-004", "after: csto-999", "reference"),
        ("date: 2013, sources", "date: 2001, sources", "order"),
        ("kind: trade", "event: joined, kind: trade", "vocabulary"),
    ],
)  # fmt: skip
def test_a_line_that_its_section_does_not_know_is_an_error(build: Build, old: str, new: str, rule: str) -> None:
    found = {p.rule for p in validate(with_lines(build, old, new)) if p.severity == "error"}
    assert rule in found
