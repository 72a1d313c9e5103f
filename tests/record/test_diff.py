"""Two states of the record: what was added, removed and corrected, fact by fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from foedus.core.errors import InputError, RecordError
from foedus.record.cache import load_record
from foedus.record.diff import atom_feed, changelog, changes, snapshot
from foedus.record.export import export

Build = Callable[..., Path]
CORRECTED = ("pacts/csto.yml", "state: UZB, date: 2012-12-19", "state: UZB, date: 2012-06-28")
DROPPED = (
    "pacts/csto.yml",
    "event: observer, state: SRB, date: 2013-04-11",
    "event: associate, state: SRB, date: 2013",
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_a_corrected_date_is_one_changed_field_of_the_same_fact(build: Build) -> None:
    rows = changes(snapshot(str(build())), snapshot(str(build(CORRECTED, folder="new"))))
    assert rows == [
        {"fact": "csto-004", "change": "changed", "field": "date", "old": "2012-12-19", "new": "2012-06-28"}
    ]


def test_an_export_and_the_data_it_was_made_from_do_not_differ(build: Build, tmp_path: Path) -> None:
    folder = build()
    export(load_record(folder), tmp_path / "package")
    assert changes(snapshot(str(tmp_path / "package")), snapshot(str(folder))) == []


def test_the_export_of_an_older_record_is_compared_with_the_data_of_a_newer(build: Build, tmp_path: Path) -> None:
    export(load_record(build()), tmp_path / "package")
    rows = changes(snapshot(str(tmp_path / "package")), snapshot(str(build(DROPPED, folder="new"))))
    assert [(row["fact"], row["field"]) for row in rows] == [("csto-005", "event"), ("csto-005", "date")]


def test_a_new_fact_and_a_lost_one_are_told_in_a_line(build: Build) -> None:
    added = ("pacts/csto.yml", "id: csto-005", "id: csto-105")
    rows = changes(snapshot(str(build())), snapshot(str(build(added, folder="new"))))
    assert [(row["fact"], row["change"]) for row in rows] == [("csto-005", "removed"), ("csto-105", "added")]
    assert rows[1]["new"] == "SRB CSTO observer 2013-04-11"


def test_the_changelog_and_the_feed_name_each_change(build: Build) -> None:
    old, new = snapshot(str(build())), snapshot(str(build(CORRECTED, folder="new")))
    assert "- csto-004: date: 2012-12-19 → 2012-06-28" in changelog(old, new)
    feed = ElementTree.fromstring(atom_feed(old, new))
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:content", namespaces=ATOM) == "date: 2012-12-19 → 2012-06-28"
    assert {child.tag.split("}")[1] for child in feed} >= {"id", "title", "updated", "author", "entry"}


def test_a_place_without_a_record_is_refused_with_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither an export"):
        snapshot(str(tmp_path))


@pytest.mark.parametrize("text", ["{", "[]", '{"version": "1"}'])
def test_a_damaged_package_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text)
    with pytest.raises(RecordError, match="not the description of an export"):
        snapshot(str(tmp_path))
