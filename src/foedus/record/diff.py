"""Two states of the record compared fact by fact: as rows, as a changelog, as an Atom feed."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from foedus.core.errors import InputError, RecordError
from foedus.record.cache import load_record
from foedus.record.export import PACKAGE
from foedus.record.models import Record
from foedus.record.tables import FACT_FIELDS, TABLES

Row = dict[str, Any]
SHIPPED = "shipped"
_DERIVED = ("fact", "first_day", "last_day")
_SIZE_LIMIT = 200_000_000
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts of one state of the record, each with all that is asserted of it."""

    version: str
    day: str
    facts: dict[str, Row]


def snapshot(place: str) -> Snapshot:
    """The record in an export, in a folder of record data, or `shipped` with this installation.

    Raises
    ------
    InputError
        If the place holds neither.
    RecordError
        If it holds one that cannot be read.
    """
    if place == SHIPPED:
        return _of_record(load_record())
    folder = Path(place)
    if (folder / PACKAGE).is_file():
        return _of_export(folder)
    if (folder / "record.yml").is_file():
        return _of_record(load_record(folder))
    raise InputError(
        f"{place}: neither an export ({PACKAGE}) nor a record's data (record.yml). "
        f"Name a folder made by `foedus record export`, or write {SHIPPED}."
    )


def changes(old: Snapshot, new: Snapshot) -> list[Row]:
    """One row a changed field, one a fact that came or went: `fact, change, field, old, new`, in order of the facts."""
    rows: list[Row] = []
    for key in sorted(old.facts.keys() | new.facts.keys()):
        before, after = old.facts.get(key), new.facts.get(key)
        if before is None or after is None:
            change = "added" if before is None else "removed"
            told = _told(after or before or {})
            rows.append(_change(key, change, None, None if before is None else told, None if after is None else told))
            continue
        for field in (*_fields(), "sources", "rivals"):
            if before.get(field) != after.get(field):
                rows.append(_change(key, "changed", field, before.get(field), after.get(field)))
    return rows


def changelog(old: Snapshot, new: Snapshot) -> str:
    """The changes as Markdown, one heading a kind of change."""
    rows = changes(old, new)
    lines = [f"## Record {new.version} ({new.day}), compared with {old.version} ({old.day})", ""]
    for change in ("added", "removed", "changed"):
        own = [row for row in rows if row["change"] == change]
        if own:
            lines += [f"### {change.capitalize()}: {len({row['fact'] for row in own})}", ""]
            lines += [f"- {row['fact']}: {_line(row)}" for row in own] + [""]
    if not rows:
        lines += ["No fact differs.", ""]
    return "\n".join(lines)


def atom_feed(old: Snapshot, new: Snapshot) -> str:
    """The changes as an Atom feed, an entry a fact, dated by the day of the newer record."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _child(feed, "id", "urn:foedus:record")
    _child(feed, "title", "Changes of the foedus record")
    _child(feed, "updated", f"{new.day}T00:00:00Z")
    _child(_child(feed, "author"), "name", "The foedus authors")
    by_fact: dict[str, list[Row]] = {}
    for row in changes(old, new):
        by_fact.setdefault(row["fact"], []).append(row)
    for fact, rows in by_fact.items():
        entry = _child(feed, "entry")
        _child(entry, "id", f"urn:foedus:fact:{fact}:{new.version}:{new.day}")
        _child(entry, "title", f"{fact} {rows[0]['change']}")
        _child(entry, "updated", f"{new.day}T00:00:00Z")
        _child(entry, "content", "\n".join(_line(row) for row in rows), type="text")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _child(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = "".join(c for c in text if c.isprintable() or c == "\n") if text else text
    return child


def _line(row: Row) -> str:
    if row["change"] == "changed":
        return f"{row['field']}: {row['old'] or 'nothing'} → {row['new'] or 'nothing'}"
    return str(row["new"] or row["old"])


def _change(fact: str, change: str, field: str | None, old: str | None, new: str | None) -> Row:
    return {"fact": fact, "change": change, "field": field, "old": old, "new": new}


def _told(fact: Row) -> str:
    """A fact in one line."""
    who = " ".join(
        str(fact[name]) for name in ("state", "operator", "pact", "base", "organ", "office") if fact.get(name)
    )
    return f"{who} {fact.get('event')} {fact.get('date')}".strip()


def _fields() -> list[str]:
    return [name for name, _, _ in FACT_FIELDS if name not in _DERIVED]


def _of_record(record: Record) -> Snapshot:
    rows = {name: [_texts(row) for row in table.rows(record)] for name, table in _tables().items()}
    return Snapshot(record.version, record.day, _facts(rows["facts"], rows["fact_sources"]))


def _of_export(folder: Path) -> Snapshot:
    try:
        package = json.loads(_read(folder / PACKAGE))
        version, day = str(package["version"]), str(package["created"])[:10]
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{folder / PACKAGE}: not the description of an export ({error}). Export again.") from error
    rows = {
        name: _csv_rows(folder / f"{name}.csv", [field for field, _, _ in t.fields]) for name, t in _tables().items()
    }
    return Snapshot(version, day, _facts(rows["facts"], rows["fact_sources"]))


def _tables() -> dict[str, Any]:
    return {table.name: table for table in TABLES if table.name in ("facts", "fact_sources")}


def _csv_rows(path: Path, fields: list[str]) -> list[Row]:
    reader = csv.DictReader(_read(path).splitlines(keepends=True))
    missing = [name for name in fields if name not in (reader.fieldnames or ())]
    if missing:
        raise RecordError(f"{path}: column {missing[0]} is missing. Export the older record with this version.")
    return [_texts(row) for row in reader]


def _read(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > _SIZE_LIMIT:
        raise RecordError(f"{path}: missing, or larger than {_SIZE_LIMIT // 1_000_000} MB. Export again.")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: not UTF-8 text ({error.reason}). Export again.") from error


def _texts(row: Row) -> Row:
    """Values as an export has them: texts, and None for what is not there."""
    return {key: None if value in (None, "") else str(value) for key, value in row.items()}


def _facts(facts: list[Row], references: list[Row]) -> dict[str, Row]:
    found = {row["fact"]: dict(row) for row in facts if row.get("fact")}
    for row in references:
        kind = "sources" if row["value"] == "adopted" else "rivals"
        cited = f"{row['source']} ({row['locator']}: {row['says']})" + (f" {row['date']}" if kind == "rivals" else "")
        if row["fact"] in found:
            before = found[row["fact"]].get(kind)
            found[row["fact"]][kind] = f"{before}; {cited}" if before else cited
    return found
