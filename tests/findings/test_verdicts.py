"""What the record says of a claim: each row of the table of verdicts, on statements of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.documents.model import Document
from foedus.findings.check import Checker
from foedus.findings.judgement import phrase
from foedus.record.models import Event, Fact, Record

Check = Callable[..., dict[str, Any]]

CASES = [
    # a year where the record has a day, a day where it has the same day
    ("Albania left the Warsaw Pact in 1968.", "supported", "1968-09-13"),
    ("Albania left the Warsaw Pact on 13 September 1968.", "supported", "1968-09-13"),
    ("Albania left the Warsaw Pact on 13 May 1968.", "contradicted", "1968-09-13"),
    ("Albania left the Warsaw Pact in 1975.", "contradicted", "1968-09-13"),
    # right year, wrong month
    ("Spain joined NATO in March 1982.", "partly", "month is not"),
    # a membership dated from the treaty that the organization grew out of
    ("Kyrgyzstan has been a member of the CSTO since 1994.", "partly", "in force 1994-04-20"),
    ("The CSTO was founded in 1992.", "partly", "2002-10-07"),
    ("The CSTO was founded in 2002.", "supported", "2002-10-07"),
    ("The CSTO was founded in 1985.", "contradicted", "2002-10-07"),
    # an organ and its organization
    ("France left NATO in 1966.", "partly", "integrated military command"),
    # since states the beginning; a day within does not
    ("Spain has been a member of NATO since 1990.", "contradicted", "its beginning is not"),
    ("Spain was a member of NATO in 1990.", "supported", "1982-05-30"),
    ("In 1980 Spain was a member of NATO.", "contradicted", "Not a member"),
    # what ended before the text was written
    ("Uzbekistan is a member of the CSTO.", "contradicted", "2012-12-19"),
    ("Georgia has been a party to the Collective Security Treaty since 1994.", "contradicted", "It ended"),
    # suspended is not out
    ("Armenia is a member of the CSTO.", "partly", "suspended"),
    ("Armenia left the CSTO in 2024.", "partly", "suspended"),
    # never
    ("Turkmenistan joined the CSTO in 2003.", "contradicted", "complete from"),
    ("Iraq is a member of the Gulf Cooperation Council.", "contradicted", "2025-12-03"),
    ("Turkmenistan never joined the CSTO.", "supported", "does not have"),
    ("Kazakhstan never joined the CSTO.", "contradicted", "is or was a member"),
    ("Poland never joined the Warsaw Pact.", "contradicted", "1955-05-14"),
    ("Poland was not a member of the Warsaw Pact.", "not_in_record", "of which time it speaks"),
    ("Польша никогда не входила в Варшавский договор.", "contradicted", "1955-05-14"),
    ("لم تنضم بولندا قط إلى حلف وارسو.", "contradicted", "1955-05-14"),
    # counts, seats, places of signature
    ("The Warsaw Pact had eight members in 1960.", "supported", "8 members"),
    ("The Warsaw Pact had twelve members in 1960.", "contradicted", "8"),
    ("NATO has its headquarters in Brussels.", "supported", "Brussels"),
    ("NATO has its headquarters in Geneva.", "contradicted", "Brussels"),
    ("The North Atlantic Treaty was signed in Washington on 4 April 1949.", "supported", "1949-04-04"),
    ("The North Atlantic Treaty was signed in Paris on 4 April 1949.", "contradicted", "Washington"),
    # bases: silence excludes nothing, a known date does
    ("The base at Manas was closed in 2014.", "supported", "2014-06-03"),
    ("The base at Manas was closed in 2005.", "contradicted", "2014-06-03"),
    ("Kant was opened in 2003.", "supported", "2003-10-23"),
    ("Sweden keeps a base in Portugal.", "not_in_record", "does not claim to be complete"),
    # out of reach
    ("Ghana has been a member of the International Criminal Court since 1975.", "not_in_record", "does not hold"),
]


@pytest.mark.parametrize(("text", "verdict", "reason"), CASES, ids=[text for text, _, _ in CASES])
def test_a_statement_gets_its_verdict_and_the_reason_says_why(
    check: Check, text: str, verdict: str, reason: str
) -> None:
    (claim,) = check(text)["claims"]
    assert claim["verdict"] == verdict, claim["reason"]
    assert reason in claim["reason"]


def test_the_present_tense_means_the_day_of_the_text(check: Check) -> None:
    text = "Uzbekistan is a member of the CSTO."
    assert check(text, published="2010-05-01")["claims"][0]["verdict"] == "supported"
    assert check(text, published="2013-05-01")["claims"][0]["verdict"] == "contradicted"
    dated = check(f"Tashkent, 1 May 2010. The leaders met. {text}")
    assert dated["document"]["published"] == "2010-05-01"
    assert dated["claims"][-1]["verdict"] == "supported"


def test_a_list_of_members_speaks_of_today_for_two_years_after_it_was_compared(check: Check) -> None:
    text = "Iraq is a member of the Gulf Cooperation Council."
    assert check(text, published="2026-06-01")["claims"][0]["verdict"] == "contradicted"
    assert check(text, published="2029-06-01")["claims"][0]["verdict"] == "not_in_record"


def test_a_text_without_a_date_is_held_against_the_records_day_and_says_so(check: Check, record: Record) -> None:
    (claim,) = check("Poland is a member of NATO.")["claims"]
    assert f"record's day, {record.day}" in claim["reason"]


def test_every_verdict_for_or_against_names_facts_with_their_sources(check: Check, record: Record) -> None:
    report = check(
        "Albania left the Warsaw Pact in 1968. Spain joined NATO in 1990. Kyrgyzstan joined the CSTO in 1994."
    )
    for claim in report["claims"]:
        assert claim["evidence"]
        for fact in claim["evidence"]:
            assert fact["sources"]
            assert all(source["source"] in record.sources for source in fact["sources"])


def test_a_quoted_error_is_not_the_authors(check: Check) -> None:
    (claim,) = check('"Spain joined NATO in 1990," the envoy said.')["claims"]
    assert (claim["verdict"], claim["attribution"]) == ("contradicted", "quoted")


def test_rival_dates_all_count_and_the_adopted_one_is_named(checker: Checker, record: Record) -> None:
    fact = record.pacts["CSTO"].events
    rival = next(f for f in fact if f.event == "notice" and f.rivals)
    assert rival.rivals[0].date != rival.date


def test_counts_add_up_and_every_claim_is_its_span(check: Check) -> None:
    text = "Spain joined NATO in 1982. Spain joined NATO in 1990. "
    text += "Ghana joined the International Criminal Court in 1975."
    report = check(text)
    assert sum(report["counts"].values()) == len(report["claims"]) == 3
    assert all(text[c["start"] : c["end"]] == c["text"] for c in report["claims"])
    assert len({c["id"] for c in report["claims"]}) == 3


@settings(max_examples=80, deadline=None)
@given(year=st.integers(1945, 2026))
def test_no_year_of_an_entry_is_both_supported_and_contradicted(checker: Checker, year: int) -> None:
    """Spain signed in 1981 and joined in 1982: those years alone are right, wholly or in part."""
    (claim,) = checker.check(Document(f"Spain joined NATO in {year}."))["claims"]
    assert claim["verdict"] == {1981: "partly", 1982: "supported"}.get(year, "contradicted")


def test_a_pact_that_goes_on_under_another_name_is_partly_right(check: Check) -> None:
    (claim,) = check("Canada is a member of the G8.")["claims"]
    assert claim["verdict"] == "partly"
    assert "Group of Seven" in claim["reason"]


def test_a_state_that_had_left_is_not_saved_by_the_heir_of_its_pact(check: Check) -> None:
    (claim,) = check("Georgia is a member of the Collective Security Treaty.")["claims"]
    assert claim["verdict"] == "contradicted"


def test_a_number_that_grew_since_a_date_is_not_of_that_date(check: Check) -> None:
    report = check("Since 1989, APEC has expanded from its original 12 members to 21 members.")
    assert [(claim["value"], claim["verdict"]) for claim in report["claims"]] == [
        ("12", "supported"),
        ("21", "supported"),
    ]


@pytest.mark.parametrize("event", get_args(Event))
def test_every_event_of_the_record_can_be_said(event: Any) -> None:
    said = phrase(
        Fact(id="x-001", event=event, date="1949", sources=(), pledge="consult" if event == "pledged" else None)
    )
    assert said.endswith("1949") and ("consult" in said) == (event == "pledged")
