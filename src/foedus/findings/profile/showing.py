"""What the page and the Markdown have in common: numbers, figures and sentences from the same templates."""

from __future__ import annotations

from typing import Any

SIDES = {"for": "for", "against": "against", "undetermined": "undetermined"}
LEGEND = (
    "for: by the declared rules this dimension looks as it would if the answer were yes; against: as it would if it "
    "were no; undetermined: the evidence does not settle it. Geography, a shared threat or a common past may look like "
    "influence, and likeness to peers says nothing of alliances in general. The rules are the same for every alliance "
    "and candidate, and there is no overall number."
)
SCOPE = (
    "A profile measures; it does not know motives. Figures of the record stop where the record stops, and what is "
    "missing is shown as missing."
)
NO_STATEMENTS = "The record holds no statements of the candidate or its critics on the alliance, so none is quoted."
STATEMENTS = (
    "What offices and critics stated, in the record's words and as theirs; none of it is an assertion of the record."
)
# Numbers that are shown as tables, not as figures.
AS_TABLES = (
    "channels", "alternatives", "rules", "consequences", "requests_on_record", "acts_without_a_request_on_record",
    "seats",
)  # fmt: skip


def figure(value: float | None, digits: int = 3) -> str:
    """A number as text, a dash where it is unknown."""
    return "–" if value is None else f"{round(value, digits) + 0.0:.{digits}f}"  # no minus before nought


def span(low: float | None, high: float | None) -> str:
    """Two ends as text."""
    return "–" if low is None or high is None else f"{figure(low)} to {figure(high)}"


def p_text(row: dict[str, Any]) -> str:
    """P with the smallest that was attainable."""
    test = placebo_row(row)
    if test is None:
        return "–"
    return f"{figure(test['p'])} (smallest {figure(test['smallest_p'])})"


def figures(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The further numbers of a dimension, name and text."""
    found = []
    for name, value in row["numbers"].items():
        if name.endswith("_facts") or name in AS_TABLES:
            continue
        text = _text(value)
        if text:
            found.append((name.replace("_", " ").replace("hhi", "HHI"), text))
    return found


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, dict) and set(value) == {"name", "kind"}:
        return f"{value['name']} ({value['kind']})"
    if isinstance(value, list) and _are_numbers(value):
        ends = " to ".join(map(_text, value[-2:]))
        return ends if len(value) == 2 else f"{_text(value[0])} ({ends})"  # ends, or a value with its interval
    if isinstance(value, dict):
        return "; ".join(_named(str(key).replace("_", " "), part) for key, part in value.items())
    if isinstance(value, list):
        return " · ".join(_text(part) for part in value)
    return str(value).replace("_", " ") if isinstance(value, str) and " " not in value else str(value)


def _named(name: str, value: Any) -> str:
    """A name with its number, or with its own names and numbers in brackets."""
    if not isinstance(value, dict):
        return f"{name}: {_text(value)}"
    return f"{name} ({', '.join(_named(str(key).replace('_', ' '), part) for key, part in value.items())})"


def _are_numbers(value: list[Any]) -> bool:
    return len(value) in (2, 3) and all(isinstance(part, int | float) for part in value)


def comparison_rows(row: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The alliance and its peers, declared or matched, at the ages that any of them reached."""
    ages = ages_of(row)
    rows = [("this alliance", row["comparison"]["own"])]
    for key, (values, kinds) in peers_of(row).items():
        rows.append((f"{key} ({' and '.join(kinds)})", values))
    return [(name, [figure(values.get(age)) for age in ages]) for name, values in rows if values]


def peers_of(row: dict[str, Any]) -> dict[str, tuple[dict[str, float], list[str]]]:
    """Each peer with its values by age, and whether it is a declared peer, a matched one or both."""
    found: dict[str, tuple[dict[str, float], list[str]]] = {}
    for kind, compared in (("declared", row["comparison"]), ("matched", row["matched"])):
        for peer in compared["peers"]:
            found.setdefault(f"{peer['pact']} / {peer['patron']}", (peer["values"], []))[1].append(kind)
    return found


def ages_of(row: dict[str, Any]) -> list[str]:
    """The ages in years at which there is something to compare."""
    found = {age for values in (row["comparison"]["own"], *(v for v, _ in peers_of(row).values())) for age in values}
    return sorted(found, key=int)


def comparison_text(row: dict[str, Any]) -> str:
    """The comparison with peers in a sentence or two."""
    parts = [
        f"{figure(compared['difference'])} from {compared['used']} {name} (rank p = {figure(compared['p'])}, the "
        f"smallest attainable {figure(compared['smallest_p'])})"
        for name, compared in (("declared", row["comparison"]), ("matched", row["matched"]))
        if compared["difference"] is not None
    ]
    if not parts:
        return "No peer reached a common age with a known value."
    return f"Mean difference at the same age: {'; '.join(parts)}. So few peers rank and cannot reject."


def unadjusted_text(row: dict[str, Any]) -> str:
    """What the reading would be without Holm's adjustment, where it would be another one."""
    raw = row["reading_unadjusted"]
    return "" if raw == row["reading"] else f"With unadjusted p: {raw}."


def reading_text(row: dict[str, Any]) -> str:
    """The reading as a cell has it: with the other one beside it that unadjusted p would give."""
    raw = row["reading_unadjusted"]
    return str(row["reading"]) if raw == row["reading"] else f"{row['reading']} (with unadjusted p: {raw})"


def rank_text(row: dict[str, Any]) -> str:
    """The placebo test in a sentence."""
    test = placebo_row(row)
    if test is None:
        return "No placebo test: the dimension is not defined for other candidates, or has no value."
    text = f"Against {test['members']} other members and {test['outside_states']} outside states as candidates: "
    text += f"p = {figure(test['p'])}, the smallest attainable {figure(test['smallest_p'])}."
    if test["p_among_members"] is not None:
        among = (
            f"p = {figure(test['p_among_members'])}, the smallest attainable {figure(test['smallest_p_among_members'])}"
        )
        text += f" Among members alone: {among}."
    return text


FALSIFICATION = (
    "Under each null the randomised p-values should be uniform. A small p of uniformity says that the test finds what "
    "is not there."
)

TESTS = (
    "The level is read by its own rule: bounds, placebo patrons and peers. Any other test settles something only if "
    "its design holds and its p, adjusted by Holm for all tests of the dimension, is at or below the level. Where the "
    "p without adjustment would give another reading, that is added. The rest is listed."
)


def placebo_row(row: dict[str, Any]) -> dict[str, Any] | None:
    """The rank among placebo patrons, if there is one."""
    return next((test for test in row["tests"] if test["test"] == "placebo patrons"), None)


def test_rows(row: dict[str, Any]) -> list[tuple[str, ...]]:
    """The table of tests: name, what is tested, estimate, interval, p, smallest p, adjusted p, reading with reason."""
    return [
        (
            test["test"],
            test["tested"],
            figure(test["estimate"]),
            span(test["lower"], test["upper"]),
            *(figure(test[name]) for name in ("p", "smallest_p", "p_holm")),
            " ".join(part for part in (f"{test['reading']}: {test['reason']}", unadjusted_text(test)) if part),
        )
        for test in row["tests"]
    ]


CLUSTERS = (
    "Event studies: standard errors are clustered by state. Every outcome is a tie with the one candidate, so that "
    "clustering on both members of a pair would put all pairs in one cluster; p therefore comes from placebo draws."
)
TEST_HEAD = ("test", "what is tested", "estimate", "interval", "p", "smallest p", "adjusted p", "reading")


def design_notes(row: dict[str, Any]) -> list[str]:
    """Errors and trends of the event studies, and what single exits show, in sentences."""
    found = [CLUSTERS] if any(test.get("matches") for test in row["tests"]) else []
    for test in row["tests"]:
        name = f"{test['test']}, {test['tested']}"
        if test.get("matches"):
            path = ", ".join(f"{event}: {figure(value)}" for event, value in test["path"].items())
            found.append(
                f"{name}: trend before, p = {figure(test['pretrend_p'])}, power {figure(test['pretrend_power'], 2)}"
                + (f"; by year from the event {path}." if path else ".")
            )
        if test.get("note"):
            found.append(f"{test['test']}: {test['note']}")
        for item in test.get("exits", ()):
            found.append(
                f"{test['test']}: {item['name']} {item['year']}, {test['tested']}: mean gap {figure(item['effect'])}, "
                f"p = {figure(item['p'])}, smallest {figure(item['smallest_p'])}."
            )
    return found


def curve_text(row: dict[str, Any]) -> str:
    """The specification curve in a sentence or two."""
    found = row["specifications"]
    if not found or not found["values"]:
        return ""
    low, high = found["values"][0]["value"], found["values"][-1]["value"]
    text = f"{found['count']} specifications: {span(low, high)}, median {figure(found['median'])}"
    if found["share_above"] is not None:
        text += f"; {found['share_above']:.0%} are above {found['threshold']:g}"
    sets = "; ".join(
        f"{item['set']} ({item['placebos']}) p = {figure(item['p'])}, smallest {figure(item['smallest_p'])}"
        for item in found["placebo_sets"]
    )
    ages = "; ".join(f"{item['age']}: {figure(item['difference'])}" for item in found["ages"])
    text += f". Placebo sets: {sets}" if sets else ""
    return f"{text}. Difference from peers by age: {ages}." if ages else f"{text}."


def curve_rows(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Each specification: value, and the choices it rests on."""
    return [
        (
            figure(item["value"]) + (" (reported)" if item["is_reported"] else ""),
            "; ".join(f"{name.replace('_', ' ')}: {choice}" for name, choice in item["choices"].items()),
        )
        for item in (row["specifications"] or {"values": ()})["values"]
    ]
