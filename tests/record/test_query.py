"""Each command's function gives the rows that docs and scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foedus.core.errors import InputError, UnknownNameError
from foedus.record import query
from foedus.record.cache import load_record
from foedus.record.facts import all_facts
from foedus.record.models import Record

Build = Callable[..., Path]
HELD = ["ccode", "gwcode", "name"]
TIMELINE = ["fact", "date", "event", "pact", "state", *HELD, "base", "organ", "office", "person", "place", "says",
            "confidence", "rivals", "sources", "review"]  # fmt: skip


def keys(rows: list[dict[str, Any]]) -> list[str]:
    assert rows
    assert all(list(row) == list(rows[0]) for row in rows)
    return list(rows[0])


def test_the_keys_of_members(small: Record) -> None:
    assert keys(query.members(small, "CSTO", status="all")) == [
        "state", "iso3", *HELD, "pact", "status", "signed", "ratified", "joined", "suspended", "withdrew", "rejoined",
        "spells", "facts",
    ]  # fmt: skip


def test_the_keys_of_pacts(small: Record) -> None:
    assert keys(query.pacts(small)) == [
        "id", "name", "acronyms", "pledges", "signed", "in_force", "ended", "predecessors", "successors", "members",
        "complete_from", "complete_to",
    ]  # fmt: skip


def test_the_keys_of_a_timeline(small: Record) -> None:
    assert keys(query.timeline(small, "CSTO")) == TIMELINE


def test_the_keys_of_bases(small: Record) -> None:
    assert keys(query.bases(small, status="all")) == [
        "id", "name", "aliases", "kind", "host", "ccode_host", "gwcode_host", "name_host", "operator", "ccode_operator",
        "gwcode_operator", "name_operator", "territory", "control", "consent", "legal_title", "since", "until",
        "status", "lat", "lon", "coordinate_precision", "facts",
    ]  # fmt: skip


def test_the_keys_of_state_fact_search_and_stats(small: Record) -> None:
    assert list(query.state(small, "DEU")) == [
        "state", "iso3", *HELD, "names", "codes", "spells", "predecessors", "successors", "explanation",
    ]  # fmt: skip
    assert list(query.fact(small, "cst-002"))[: len(TIMELINE)] == TIMELINE
    assert keys(query.search(small, "Council")) == ["id", "kind", "name", "matched"]
    assert list(query.stats(small)) == [
        "day", "pacts", "membership_events", "pact_events", "bases", "base_spells", "organs", "offices", "meetings",
        "pledges", "pledges_with_a_source", "facts", "sources", "facts_with_two_sources", "facts_with_rivals",
        "facts_read_twice", "facts_read_by_a_person", "rules", "consequences", "statements",
    ]  # fmt: skip


def test_stats_count_what_is_there(small: Record) -> None:
    counts = query.stats(small)
    assert (counts["facts"], counts["pact_events"], counts["membership_events"]) == (17, 2, 11)
    assert (counts["meetings"], counts["facts_with_rivals"], counts["sources"]) == (1, 1, 2)


def test_a_timeline_runs_by_date_over_treaty_organs_and_offices(small: Record) -> None:
    rows = query.timeline(small, "CSTO")
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    assert {"cst-001", "csto-001", "csto-csc-001", "csto-sg-001"} <= {row["fact"] for row in rows}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("Ganci Air Base", ["manas-001", "manas-002"]),
        ("collective security council", ["csto-csc-001"]),
        ("CSTO-SG", ["csto-sg-001"]),
        ("Kyrgyzstan", ["manas-001", "manas-002"]),
        ("Russia", ["csto-sg-001", "csto-csc-001"]),
        ("Serbia", ["csto-005"]),
    ],
)
def test_a_timeline_is_found_for_base_organ_office_and_state(small: Record, name: str, facts: list[str]) -> None:
    assert [row["fact"] for row in query.timeline(small, name)] == facts


def test_a_timeline_of_nothing_known_names_what_is_near(small: Record) -> None:
    with pytest.raises(UnknownNameError, match=r"nothing in the record has this name\. Did you mean KGZ"):
        query.timeline(small, "Kyrgystan")


def test_a_part_of_the_name_of_a_base_finds_its_id(small: Record) -> None:
    with pytest.raises(UnknownNameError, match=r"Ganci: .* Did you mean manas\?"):
        query.timeline(small, "Ganci")


def test_a_facts_id_survives_a_correction_of_its_value(build: Build) -> None:
    before = query.fact(load_record(build(folder="old")), "cst-005")
    change = ("pacts/cst.yml", "date: 1999-04,", "date: 1999-04-02,")
    after = query.fact(load_record(build(change, folder="new")), "cst-005")
    assert (before["date"], after["date"]) == ("1999-04", "1999-04-02")
    assert {**before, "date": None} == {**after, "date": None}


def test_a_fact_gives_its_rivals_and_the_day_on_which_its_source_was_read(small: Record) -> None:
    row = query.fact(small, "cst-002")
    assert [rival["date"] for rival in row["rivals"]] == ["1994"]
    assert row["sources"][0]["retrieved"] == "2026-11-24"


@pytest.mark.parametrize(
    ("on", "status", "expected"),
    [
        ("2001-11", None, []), ("2001", None, ["confirmed"]),
        ("2014-06-03", None, ["confirmed"]), ("2014-06-04", None, []),
        ("2020", "closed", ["closed"]), ("2020", "all", ["closed"]), ("2010", "reported", []),
    ],
)  # fmt: skip
def test_a_base_is_listed_while_it_may_have_been_in_use(
    small: Record, on: str, status: str | None, expected: list[str]
) -> None:
    assert [row["status"] for row in query.bases(small, host="KGZ", on=on, status=status)] == expected


@pytest.mark.parametrize("option", ["kind", "status"])
def test_a_choice_that_is_none_lists_the_choices(small: Record, option: str) -> None:
    with pytest.raises(InputError, match="Use one of"):
        query.bases(small, **{option: "submarine"})


def test_the_pacts_of_a_state_are_those_it_is_in_on_the_day(small: Record) -> None:
    assert [row["id"] for row in query.pacts(small, "Uzbekistan", on="1995")] == ["CST"]
    assert [row["id"] for row in query.pacts(small, "Uzbekistan", on="2010")] == ["CSTO"]
    assert query.pacts(small, "Uzbekistan") == []
    assert [row["id"] for row in query.pacts(small, pledge="defense")] == ["CST"]


def test_search_ignores_case_and_accents_and_puts_names_first(small: Record) -> None:
    assert query.search(small, "КОЛЛЕКТИВНОИ безопасности")[0]["id"] == "CST"
    kinds = [row["kind"] for row in query.search(small, "treaty")]
    assert kinds.index("pact") < kinds.index("source")
    assert query.search(small, " ") == []


def test_bibtex_escapes_what_latex_would_misread(small: Record) -> None:
    text = query.cite(small, "smith-pact-2000")
    assert text.startswith("@article{smith-pact-2000,\n")
    assert r"Pacts \& purposes" in text
    assert "https://example.org/treaty" in query.cite(small, "treaty-text")


def test_csl_parts_persons_and_dates(small: Record) -> None:
    (item,) = json.loads(query.cite(small, "smith-pact-2000", style="csl"))
    assert item["author"] == [{"family": "Smith", "given": "Ann"}, {"family": "Jones", "given": "Bob"}]
    assert (item["type"], item["issued"]) == ("article-journal", {"date-parts": [[2000, 3]]})
    (item,) = json.loads(query.cite(small, "treaty-text", style="csl"))
    assert (item["author"], item["accessed"]) == ([{"literal": "Depositary"}], {"date-parts": [[2026, 11, 24]]})


def test_a_fact_is_cited_with_the_version_of_the_record_and_its_sources(small: Record) -> None:
    lines = query.cite(small, "cst-002", style="text").splitlines()
    assert (
        lines[0] == "The foedus authors (2026-11-01). Fact cst-002: ARM CST in force, 1994-04-20. foedus record, 0.0.1."
    )
    assert lines[1] == "Depositary (1992-05-15). The treaty. https://example.org/treaty (read 2026-11-24)"
    assert len(lines) == 3


def test_bibtex_reads_back_as_it_was_written(record: Record) -> None:
    import bibtexparser

    text = "\n".join(query.cite(record, key) for key in record.sources)
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(record.sources)


def test_every_fact_of_the_record_can_be_shown_and_cited(record: Record) -> None:
    for fact in all_facts(record):
        assert query.fact(record, fact.id)["fact"] == fact.id
        assert query.cite(record, fact.id, style="text").count("\n") >= 2
