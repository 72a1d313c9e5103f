"""The tables that a dimension has beside its figures, in words, the same for the page and the Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.findings.judgement import date_text
from foedus.findings.profile.showing import figure, span

_WORDS = {
    "outside_threat": "an outside threat", "unrest_inside": "unrest inside a member",
    "between_members": "a dispute between members", "consultation": "consultation",
    "answered": "answered", "refused": "refused", "unanswered": "not answered",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table with its title, heads and rows of text, the first cell of a row naming it; a note below."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    note: str = ""


def exhibits(row: dict[str, Any]) -> list[Exhibit]:
    """The tables of a dimension, those with nothing in them left out."""
    numbers = row["numbers"]
    found = [
        _channels(numbers.get("channels", [])),
        _open_channels(numbers.get("channels", [])),
        _alternatives(numbers.get("alternatives", [])),
        _seats(numbers.get("seats", [])),
        _rules(numbers.get("rules", [])),
        _requests(numbers.get("requests_on_record", [])),
        _acts(numbers.get("acts_without_a_request_on_record", [])),
        _consequences(numbers.get("consequences", [])),
    ]
    return [table for table in found if table.rows]


def tables_of_tests(row: dict[str, Any]) -> list[Exhibit]:
    """Matches and balance of the event studies, and the coefficients of the gravity models; only what there is."""
    matches, gaps, terms = [], [], []
    for test in row["tests"]:
        name = f"{test['test']}, {test['tested']}"
        count = f"{test.get('changes')} of {test.get('changes_in_window')}"
        matches += [(name, count, m["name"], str(m["year"]), ", ".join(m["matches"])) for m in test.get("matches", ())]
        gaps += [
            (name, b["covariate"].replace("_", " "), figure(b["before"], 2), figure(b["after"], 2))
            for b in test.get("balance", ())
        ]
        terms += [
            (str(t["year"]), t["term"].replace("_", " "), *(figure(t[key]) for key in _TERM_KEYS))
            for t in test.get("terms", ())
        ]
    found = [
        Exhibit("Matched states", ("test", "changes used", "state", "year", "matched with"), matches,
                "A change is used if it has outcomes on both sides and a state like it."),
        Exhibit("Balance: standardised mean differences", ("test", "matched on", "before", "after"), gaps),
        Exhibit("Gravity models", ("year", "term", "coefficient", "standard error by exporter and importer",
                                   "dyadic-robust standard error"), terms),
    ]  # fmt: skip
    return [table for table in found if table.rows]


_TERM_KEYS = ("estimate", "error_two_way", "error_dyadic")


def ranges(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The value without suspended members, and over draws of the record's dates, as name and text."""
    found = []
    narrowed = row["without_flagged"]
    if narrowed and narrowed["value"] is not None:
        bounds = span(narrowed["lower"], narrowed["upper"])
        found.append((
            "Without suspended members", f"{figure(narrowed['value'])}, bounds {bounds}, without "
            f"{', '.join(narrowed['states'])} while suspended; the value above counts them as members",
        ))  # fmt: skip
    if drawn := row["date_uncertainty"]:
        text = f"{figure(drawn['lower'])} to {figure(drawn['upper'])} (5th to 95th percentile of {drawn['draws']} draws"
        text += (
            " of the days that sources leave open)" if drawn["has_open_dates"] else "; no date leaves anything open)"
        )
        found.append(("Dates drawn within their sources", text))
    return found


_COVARIATES = {
    "members": "members", "share_of_the_leading_state": "leading state's share of CINC", "decade": "decade",
    "share_with_a_border": "share with a border", "share_of_democracies": "share of democracies",
    "common_opponent": "common opponent",
}  # fmt: skip


def matched_alliances(found: dict[str, Any]) -> list[Exhibit]:
    """The alliance beside those matched to it, and how alike they are; nothing if none could be looked for."""
    if found["not_run"]:
        return []
    head = ("alliance", "leading state", "first year", *_COVARIATES.values(), "distance")
    cells = [
        (row["pact_name"], row["patron_name"], str(row["year"]), *(_covariate(name, row[name]) for name in _COVARIATES),
         figure(row["distance"], 2))
        for row in (found["own"], *found["matches"])
    ]  # fmt: skip
    gaps = [(_COVARIATES[b["covariate"]], figure(b["before"], 2), figure(b["after"], 2)) for b in found["balance"]]
    tables = [Exhibit("Matched alliances", head, cells)]
    if gaps:
        head = ("matched on", "all candidates", "matches")
        tables.append(Exhibit("Balance: this alliance less others, in standard deviations", head, gaps))
    return tables


def _covariate(name: str, value: float | None) -> str:
    if name in ("members", "decade"):
        return str(value)
    if name == "common_opponent":
        return "–" if value is None else "yes" if value else "no"
    return figure(value, 2)


def matching_text(found: dict[str, Any]) -> str:
    """How the matches were found, with which data, and what was left out, in sentences."""
    if found["not_run"]:
        return f"Not matched: {found['not_run']}."
    text = (
        f"Nearest of {found['candidates']} alliances with a declared leading state, or with one of at least "
        f"{found['dominance']:g} times the CINC of the next: root mean square of standardised differences in their "
        f"first year, at most {found['caliper']:g}. An alliance that has more than half of its members in common with "
        "this one or a nearer match is no match. A border is one on land with another member; a democracy has a "
        "Polity score of 6 or more; a common opponent is an outside state that two members faced in disputes of the "
        "five years before."
    )
    if found["lacking"]:
        text += f" {found['lacking']} candidates lack something that is known of this alliance."
    if not found["matches"]:
        text += " None is as near as that."
    for item in found["left_out"]:
        name = _COVARIATES[item["covariate"]]
        why = f"{item['dataset']} does not know it for {item['year']}" if item["is_here"] else (
            f"to add it: foedus data get {item['dataset']}"
        )  # fmt: skip
        text += f" Left out, {name}: {why}."
    return text


def _years(row: dict[str, Any]) -> str:
    return f"{row['years'][0]}–{row['years'][1]}" if row.get("years") else "–"


def _channels(rows: list[dict[str, Any]]) -> Exhibit:
    """Channels of which a share is known."""
    head = ("channel", "with the candidate", "best outside", "best other", "H: mean, by population, median",
            "H: least to largest", "above 0: share, by population", "asymmetry", "coverage", "years")  # fmt: skip
    cells = [
        (row["title"], *(figure(row[key]) for key in ("share_with_candidate", "best_outside", "best_other")),
         ", ".join(figure(row[key]) for key in ("value", "value_by_population", "median")),
         span(row["least"], row["largest"]),
         ", ".join(figure(row[key]) for key in ("share_above_zero", "share_above_zero_by_population")),
         figure(row["asymmetry"]), figure(row["coverage"], 2), _years(row))
        for row in rows if row["value"] is not None
    ]  # fmt: skip
    note = (
        "H is the share with the candidate less that with the best partner outside the alliance; the asymmetry is the "
        "share with the candidate less the candidate's share of its own total with the member. Channels are never "
        "averaged."
    )
    return Exhibit("Channels of dependence", head, cells, note)


def _open_channels(rows: list[dict[str, Any]]) -> Exhibit:
    """Channels without a share: what is known all the same, and what would fill them."""
    cells = [(row["title"], _remark(row)) for row in rows if row["value"] is None]
    return Exhibit("Channels without a share", ("channel", "what is known"), cells)


def _remark(row: dict[str, Any]) -> str:
    if row.get("is_missing"):
        return f"To fill it: foedus data get {row['dataset']}."
    if "persons_last_year" in row:
        first, last = row["years"]
        return (
            f"In {last} {row['persons_last_year']:,.0f} persons of the candidate in {row['members_known_last_year']} "
            f"members, {row['members_with_100_or_more_last_year']} of them with 100 or more; "
            f"{row['persons_mean_of_years']:,.0f} in the mean of the years from {first}. {row['remark']}"
        )
    return str(row.get("remark", "Unknown."))


def _alternatives(rows: list[dict[str, Any]]) -> Exhibit:
    cells = [
        (row["by"], figure(row["value"]), figure(row.get("hhi_normalised")), figure(row["coverage"], 2), _years(row),
         f"foedus data get {row['dataset']}" if row.get("is_missing") else row["dataset"])
        for row in rows
    ]  # fmt: skip
    head = ("by", "candidate's share", "normalised HHI", "coverage", "years", "dataset")
    note = "Means over the years in which every member is known. Shares of capacity, never evidence by themselves."
    return Exhibit("The same by other capabilities", head, cells, note)


def _seats(rows: list[dict[str, Any]]) -> Exhibit:
    cells = [
        (str(row["place"] or "–"), row["state"] or "–", date_text(row["date"]), "yes" if row["is_candidate"] else "no")
        for row in rows
    ]
    return Exhibit("Headquarters", ("place", "state", "from", "in the candidate"), cells)


def _rules(rows: list[dict[str, Any]]) -> Exhibit:
    cells = [
        (row["kind"], _plain(row["value"]) + (" per cent" if row["kind"] == "budget" else ""), row["state"] or "–",
         date_text(row["date"]), "; ".join(part for part in (row["qualifier"], row["note"]) if part) or "–")
        for row in rows
    ]  # fmt: skip
    note = "Dated rules of the record, without weights; the newest of a kind holds."
    return Exhibit("How it is governed", ("about", "rule", "state", "from", "note"), cells, note)


def _requests(rows: list[dict[str, Any]]) -> Exhibit:
    cells = [
        (date_text(row["date"]), row["state"] or _first(row), f"article {row['article']}" if row["article"] else "–",
         _plain(row["purpose"]) if row["purpose"] else "not recorded",
         _plain(row["answer"]) if row["answer"] else "not recorded",
         "; ".join(_act(act) for act in row["acts"]) or "–", _delay(row["days_to_the_first_act"]))
        for row in rows
    ]  # fmt: skip
    head = ("date", "request", "article", "against", "answer", "what was done", "days to it")
    return Exhibit("Requests on record", head, cells, "Each is a fact of the record; its sources stand below.")


def _first(row: dict[str, Any]) -> str:
    return str(row["note"] or (row["says"][0] if row["says"] else "–"))


def _acts(rows: list[dict[str, Any]]) -> Exhibit:
    cells = [(date_text(row["date"]), _act(row, dated=False)) for row in rows]
    return Exhibit("Acts that no recorded request is tied to", ("date", "what was done"), cells)


def _act(act: dict[str, Any], *, dated: bool = True) -> str:
    what = act["note"] or ("took part" if act["what"] == "responded" else "declined")
    who = f" ({', '.join(act['participants'])})" if act["participants"] else ""
    place = f", {act['place']}" if act["place"] and act["place"] not in what else ""
    return f"{date_text(act['date']) + ' ' if dated else ''}{what}{place}{who}"


def _delay(days: list[int] | None) -> str:
    if days is None:
        return "–"
    return str(days[0]) if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _consequences(rows: list[dict[str, Any]]) -> Exhibit:
    cells = [
        (date_text(row["date"]), row["state"] or "–", row["by"], _plain(row["kind"]), row["note"] or "–",
         _compared(row))
        for row in rows
    ]  # fmt: skip
    head = ("date", "toward", "by", "what", "note", "compared as")
    note = "What is not written nobody looked for: it is unknown, not absent. No line says why a state acted."
    return Exhibit("What followed exits, and the same toward members that stayed", head, cells, note)


def _compared(row: dict[str, Any]) -> str:
    if not row["after"]:
        return "control: had not left"
    return "after an exit, freeze or notice" if row["is_in_time"] else "later: not counted"


def _plain(word: Any) -> str:
    return _WORDS.get(str(word), str(word).replace("_", " "))


def statement_line(row: dict[str, Any]) -> tuple[str, str]:
    """Who stated something and when, and what, as theirs."""
    role = {"state": "the leading state", "member": "a member", "critic": "a critic"}[row["role"]]
    whose = f", {row['state']}" if row["state"] else ""
    return f"{date_text(row['date'])}, {row['by']} ({role}{whose})", str(row["says"])


def map_text(shown: dict[str, Any]) -> str:
    """What the map shows, on which day, and what it lacks."""
    text = f"Facilities that the record vouches for on {shown['day']}: {len(shown['facilities'])} on the map"
    text += f", {shown['without_coordinates']} without coordinates. " if shown["without_coordinates"] else ". "
    return text + str(shown["note"]) + ("" if str(shown["note"]).endswith(".") else ".")
