"""The profile as Markdown: the same content as the page."""

from __future__ import annotations

from typing import Any

from foedus.findings.profile import exhibits, showing
from foedus.findings.wording import cite
from foedus.record.models import Record


def render(report: dict[str, Any], record: Record) -> str:
    """The whole report as text."""
    lines = [
        f"# {report['pact_name']} and {report['patron_name']}, {report['years'][0]}–{report['years'][1]}",
        "",
        report["question"],
        "",
    ]
    lines += [showing.SCOPE, "", f"foedus {report['foedus']}, record {report['record']}.", ""]
    lines += [f"- {note}" for note in report["notes"]] + ([""] if report["notes"] else [])
    if report["departures"]:
        lines += ["Departures from the preregistration:", "", *(f"- {text}" for text in report["departures"]), ""]
    lines += [
        "## The nine dimensions",
        "",
        "| dimension | reading | value | bounds | coverage | p |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in report["dimensions"]:
        cells = (row["title"], showing.reading_text(row), showing.figure(row["value"]),
                 showing.span(row["lower"], row["upper"]), showing.figure(row["coverage"], 2),
                 showing.p_text(row))  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", showing.LEGEND, ""]
    for row in report["dimensions"]:
        lines += _dimension(row, report)
    lines += _matched(report)
    lines += ["## Members", "", "| state | pact | status | from | to |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {m['name']} | {m['pact']} | {m['status']} | {m['from']} | {m['to'] or ''} |" for m in report["members"]
    ]
    lines += ["", *_map(report), *_statements(report), *_falsified(report), "## Sources", ""]
    keys = sorted({s["source"] for fact in report["sources"].values() for s in fact["sources"]})
    lines += [f"- `{key}` {cite(record.sources.get(key), key)}" for key in keys]
    lines += [
        f"- {item['producer']}, {item['name']} {item['version']} (`{item['dataset']}`)"
        + (f", sha256 {item['sha256']}" if item["sha256"] else "")
        for item in report["inputs"]
    ]
    return "\n".join([*lines, ""])


def _matched(report: dict[str, Any]) -> list[str]:
    found = report["matched_alliances"]
    lines = ["## Alliances most like this one", "", exhibits.matching_text(found), ""]
    for table in exhibits.matched_alliances(found):
        lines += _table(table)
    return lines


def _table(table: exhibits.Exhibit) -> list[str]:
    lines = [f"### {table.title}", "", f"| {' | '.join(table.head)} |", f"|{' --- |' * len(table.head)}"]
    lines += [f"| {' | '.join(_cell(text) for text in cells)} |" for cells in table.rows]
    return [*lines, "", *([table.note, ""] if table.note else [])]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _map(report: dict[str, Any]) -> list[str]:
    shown = report["map"]
    lines = ["## Foreign facilities in the members", "", exhibits.map_text(shown), ""]
    if shown["facilities"]:
        lines += ["| facility | kind | host | operator | shown as | latitude | longitude |", f"|{' --- |' * 7}"]
        lines += [
            f"| {_cell(row['name'])} | {row['kind']} | {row['host']} | {row['operator']} | {row['group']} "
            f"| {row['lat']} | {row['lon']} |"
            for row in shown["facilities"]
        ]
        lines.append("")
    return lines


def _statements(report: dict[str, Any]) -> list[str]:
    lines = ["## What was stated", ""]
    if not report["statements"]:
        return [*lines, showing.NO_STATEMENTS, ""]
    told = [(*exhibits.statement_line(item), item["sources"]) for item in report["statements"]]
    return [*lines, showing.STATEMENTS, "", *(
        f"- {who}: {says} {' '.join(f'(`{key}`)' for key in keys)}" for who, says, keys in told
    ), ""]  # fmt: skip


def _said(row: dict[str, Any]) -> str:
    """Question, reason, and what the reading would be with unadjusted p if it would be another."""
    return " ".join(part for part in (row["question"], row["reason"], showing.unadjusted_text(row)) if part)


def _dimension(row: dict[str, Any], report: dict[str, Any]) -> list[str]:
    lines = [f"## {row['title']}: {row['reading']}", "", _said(row), ""]
    bounds = showing.span(row["lower"], row["upper"])
    lines += [f"- value {showing.figure(row['value'])} ({row['unit']}), bounds {bounds}, "
              f"coverage {showing.figure(row['coverage'], 2)}"]  # fmt: skip
    if row["leave_one_out"]:
        lines.append(f"- without each one in turn: {showing.span(*row['leave_one_out'])}")
    lines += [f"- {name[0].lower()}{name[1:]}: {text}" for name, text in exhibits.ranges(row)]
    lines += [f"- {showing.rank_text(row)}", f"- {showing.comparison_text(row)}"]
    lines += [f"- {name}: {text}" for name, text in showing.figures(row)]
    lines += [f"- {remark}" for remark in row["remarks"]]
    lines += [f"- missing: `{item['dataset']}`; `{item['command']}`" for item in row["missing"]]
    lines += [
        "",
        f"Would count for: {row['would_count_for']}",
        "",
        f"Would count against: {row['would_count_against']}",
        "",
    ]
    for table in exhibits.exhibits(row):
        lines += _table(table)
    if ages := showing.ages_of(row):
        lines += [f"| age | {' | '.join(ages)} |", f"| --- |{' --- |' * len(ages)}"]
        lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in showing.comparison_rows(row)] + [""]
    lines += [*_tests(row), *_curve(row)]
    if row["facts"]:
        facts = [
            f"- {report['sources'][key]['date']} {report['sources'][key]['says']} (`{key}`)"
            for key in row["facts"]
            if key in report["sources"]
        ]
        lines += [f"Facts used ({len(facts)}):", "", *facts, ""]
    return lines


def _tests(row: dict[str, Any]) -> list[str]:
    if not row["tests"]:
        return []
    head = showing.TEST_HEAD
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(cells)} |" for cells in showing.test_rows(row)]
    notes = showing.design_notes(row)
    lines += ["", showing.TESTS, "", *(f"- {note}" for note in notes), *([""] if notes else [])]
    return [*lines, *(line for table in exhibits.tables_of_tests(row) for line in _table(table))]


def _curve(row: dict[str, Any]) -> list[str]:
    if not row["specifications"]:
        return []
    lines = [showing.curve_text(row), "", "| value | choices |", "| --- | --- |"]
    return [*lines, *(f"| {value} | {choices} |" for value, choices in showing.curve_rows(row)), ""]


def _falsified(report: dict[str, Any]) -> list[str]:
    if "falsification" not in report:
        return []
    lines = [
        "## Falsification",
        "",
        showing.FALSIFICATION,
        "",
        "| null | dimension | runs | share at level | uniformity p |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row['null']} | {row['dimension']} | {row['runs']} | {showing.figure(row['share_at_level'])} "
        f"| {showing.figure(row['uniformity_p'])} |"
        for row in report["falsification"]
    ]  # fmt: skip
    return [*lines, ""]
