"""A worksheet by which a reader holds the facts of a pact against their sources, and what it says when filled in."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from foedus.core.dates import parse_date
from foedus.core.errors import DateError, InputError
from foedus.record.facts import all_facts
from foedus.record.models import Fact, Record
from foedus.record.names import find_pact

Row = dict[str, Any]
READ = ("event", "state", "date", "place")
COLUMNS = (
    "fact", "pact", "organ", "office", "base", "operator", "event", "state", "person", "place", "date", "source",
    "kind", "title", "url", "locator", "says",
)  # fmt: skip
ANSWERS = ("read_event", "read_state", "read_date", "read_place", "supported", "remark")
_OF_FACT = ("pact", "organ", "office", "base", "operator", "event", "state", "person", "place", "date")
_NOTHING = ("", "-")
_SIZE_LIMIT = 20_000_000


def facts_of(record: Record, pact: str) -> list[Fact]:
    """The facts of a pact, its treaty, its organs and its offices."""
    found = find_pact(record, pact)
    ids = {found.id, found.treaty if isinstance(found.treaty, str) else found.id}
    return [fact for fact in all_facts(record) if fact.pact in ids]


def worksheet(record: Record, facts: Iterable[Fact], *, is_blind: bool = False) -> str:
    """A spreadsheet (CSV): one row a source of a fact, with empty columns for what a second reader finds there.

    Parameters
    ----------
    is_blind
        Leave out the date, the place and what the source is said to say, so that the reader cannot lean on them.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, (*COLUMNS, *ANSWERS), lineterminator="\n")
    writer.writeheader()
    for fact in facts:
        for reference in fact.sources:
            source = record.sources.get(reference.source)
            row = {name: getattr(fact, name) for name in _OF_FACT}
            row |= {"fact": fact.id, "source": reference.source, "locator": reference.locator, "says": reference.says}
            if source is not None:
                row |= {"kind": source.kind, "title": source.fields.get("title"), "url": source.fields.get("url")}
            if is_blind:
                row |= dict.fromkeys(("date", "place", "says"))
            writer.writerow(row)
    return stream.getvalue()


def read_back(record: Record, path: Path) -> list[Row]:
    """What a filled worksheet says, a row a fact: `fact, supported, differs, remark`, and the values read.

    Raises
    ------
    InputError
        If the file is no worksheet, names an unknown fact, or an answer has not its form.
    """
    facts = {fact.id: fact for fact in all_facts(record)}
    found: dict[str, Row] = {}
    for number, row in enumerate(_rows(path), 2):
        answers = {name: (row.get(name) or "").strip() for name in ANSWERS}
        if not any(answers.values()):
            continue
        fact = facts.get(row["fact"])
        if fact is None:
            raise InputError(
                f"{path}:{number}: the record has no fact {row['fact']!r}. Keep the first column as it was."
            )
        if answers["supported"] not in ("yes", "no", "partly", ""):
            raise InputError(f"{path}:{number}: supported is {answers['supported']!r}. Write yes, no or partly.")
        _merge(found.setdefault(fact.id, {"fact": fact.id, "supported": "", "remark": ""}), answers, path, number)
    return [{**row, "differs": ", ".join(_differing(facts[key], row)) or None} for key, row in found.items()]


def agreement(record: Record, rows: Sequence[Row]) -> list[Row]:
    """Per cent of agreement and Cohen's kappa between first and second reading, field by field.

    A place is compared where the record has one; a date that the second reader did not find disagrees.
    """
    facts = {fact.id: fact for fact in all_facts(record)}
    found = []
    for field in READ:
        read = [row for row in rows if row.get(f"read_{field}")]
        pairs = [_as_one(field, _value(facts[row["fact"]], field), row[f"read_{field}"]) for row in read]
        if field == "place":
            pairs = [pair for pair in pairs if pair[0] != "-"]
        if pairs:
            agree = sum(first == second for first, second in pairs)
            per_cent = round(100 * agree / len(pairs), 1)
            found.append(
                {"field": field, "facts": len(pairs), "agree": agree, "per_cent": per_cent, "kappa": kappa(pairs)}
            )
    return found


def reviews_yaml(rows: Iterable[Row], *, reader: str, day: str) -> str:
    """The lines to append to `reviews.yml`, which keeps who read which fact a second time.

    Parameters
    ----------
    reader
        `person` or `automated`.
    """
    lines = []
    for row in rows:
        entry = {"fact": row["fact"], "second": reader, "day": day, "supported": row["supported"] or "yes"}
        entry |= {name: row[name] for name in ("differs", "remark") if row[name]}
        lines.append(f"- {json.dumps(entry, ensure_ascii=False)}\n")
    return "".join(lines)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readings in nominal categories, within [-1, 1]; None where chance agrees always.

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20(1): 37-46.
    """
    total = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(first[value] * second[value] for value in first) / total**2
    if by_chance == 1:
        return None
    return round((sum(a == b for a, b in pairs) / total - by_chance) / (1 - by_chance), 3)


def _merge(row: Row, answers: dict[str, str], path: Path, number: int) -> None:
    """Several sources of one fact: the first reading of a field stands, and one source that supports it is enough."""
    if answers["read_date"] not in _NOTHING:
        try:
            parse_date(answers["read_date"])
        except DateError as error:
            raise InputError(f"{path}:{number}: read_date: {error}") from error
    for field in READ:
        row.setdefault(f"read_{field}", "")
        row[f"read_{field}"] = row[f"read_{field}"] or answers[f"read_{field}"]
    order = ("", "no", "partly", "yes")
    row["supported"] = max(row["supported"], answers["supported"], key=order.index)
    row["remark"] = "; ".join(part for part in (row["remark"], answers["remark"]) if part)


def _differing(fact: Fact, row: Row) -> list[str]:
    """The fields that were read otherwise; a place is compared where the record has one."""
    read = {field: row[f"read_{field}"] for field in READ if field != "place" or fact.place}
    return [f for f, value in read.items() if value not in _NOTHING and not _same(f, _value(fact, f), value)]


def _value(fact: Fact, field: str) -> str:
    return getattr(fact, field) or "-"


def _as_one(field: str, first: str, second: str) -> tuple[str, str]:
    """Two readings of a field, made equal where they agree."""
    return (first, first) if _same(field, first, second) else (first, second)


def _same(field: str, first: str, second: str) -> bool:
    """Whether two readings agree: a date at the precision of the coarser one."""
    if field != "date" or "-" in (first, second):
        return first.casefold() == second.casefold()
    one, other = parse_date(first), parse_date(second)
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        raise InputError(f"{path}: there is no such file. Name a worksheet that was filled in.")
    if path.stat().st_size > _SIZE_LIMIT:
        raise InputError(f"{path}: larger than {_SIZE_LIMIT // 1_000_000} MB. Name a worksheet.")
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: not a CSV file in UTF-8 ({error}). Save the spreadsheet as CSV, UTF-8.") from error
    missing = [name for name in ("fact", *ANSWERS) if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{path}:1: column {missing[0]} is missing. Keep the head of the worksheet as it was.")
    return rows
