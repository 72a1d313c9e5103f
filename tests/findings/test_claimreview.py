"""ClaimReview: schema.org types and properties, and only what a person approved, in a publisher's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from foedus.core.errors import InputError
from foedus.findings.claimreview import claim_reviews

Check = Callable[..., dict[str, Any]]
TEXT = "Spain joined NATO in 1982. Spain joined NATO in 1990. Ghana joined the International Criminal Court in 1975."
# The properties that schema.org gives each type, its own and those of CreativeWork and Thing that are used.
THING = {"@type", "@context", "name", "url"}
WORK = THING | {"author", "datePublished", "headline", "text", "citation", "version", "oa:hasSelector"}
PROPERTIES = {
    "ClaimReview": WORK | {"claimReviewed", "itemReviewed", "reviewRating", "reviewBody"},
    "Claim": WORK | {"appearance", "firstAppearance"},
    "CreativeWork": WORK,
    "Rating": THING | {"ratingValue", "worstRating", "bestRating", "alternateName"},
    "Organization": THING,
    "Person": THING,
    "oa:TextQuoteSelector": {"@type", "oa:exact", "oa:prefix", "oa:suffix"},
    "oa:TextPositionSelector": {"@type", "oa:start", "oa:end"},
}


def valid(item: Any) -> None:
    """Every object has a type of schema.org or of the Web Annotation model, and only properties of it."""
    if isinstance(item, list):
        for part in item:
            valid(part)
    elif isinstance(item, dict):
        assert set(item) <= PROPERTIES[item["@type"]], set(item) - PROPERTIES[item["@type"]]
        for key, part in item.items():
            if key != "@context":
                valid(part)


def test_the_output_is_valid_by_the_types_of_schema_org(check: Check) -> None:
    report = check(TEXT, published="2020-01-01", title="A title")
    ids = [claim["id"] for claim in report["claims"]]
    reviews = claim_reviews(report, TEXT, publisher="A paper", url="https://example.org/check", approved=ids)
    valid(reviews)
    assert [review["reviewRating"]["ratingValue"] for review in reviews] == [3, 1]
    assert all(review["@context"][0] == "https://schema.org" for review in reviews)


def test_the_selectors_find_the_claim_in_the_text(check: Check) -> None:
    report = check(TEXT)
    (review,) = claim_reviews(
        report, TEXT, publisher="A paper", url="https://example.org", approved=[report["claims"][1]["id"]]
    )
    quote, position = review["itemReviewed"]["appearance"]["oa:hasSelector"]
    assert TEXT[position["oa:start"] : position["oa:end"]] == quote["oa:exact"]
    assert quote["oa:prefix"] + quote["oa:exact"] + quote["oa:suffix"] in TEXT


def test_nothing_is_published_that_nobody_approved(check: Check) -> None:
    assert claim_reviews(check(TEXT), TEXT, publisher="A paper", url="https://example.org", approved=[]) == []


@pytest.mark.parametrize(("publisher", "url"), [(None, "https://example.org"), ("A paper", None), ("", "")])
def test_without_a_publisher_it_is_refused(check: Check, publisher: str | None, url: str | None) -> None:
    with pytest.raises(InputError, match="--publisher"):
        claim_reviews(check(TEXT), TEXT, publisher=publisher, url=url, approved=[])


def test_an_id_that_is_not_in_the_text_is_refused(check: Check) -> None:
    with pytest.raises(InputError, match="no such claim"):
        claim_reviews(check(TEXT), TEXT, publisher="A paper", url="https://example.org", approved=["c0"])
