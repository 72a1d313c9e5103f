"""schema.org ClaimReview: a statement in a publisher's name, so only of claims that a person of theirs approved."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from foedus.core.errors import InputError
from foedus.findings.wording import WORDS

_RATINGS = {"contradicted": 1, "partly": 2, "supported": 3}
_CONTEXT = 32


def claim_reviews(
    report: dict[str, Any], text: str, *, publisher: str | None, url: str | None, approved: Collection[str]
) -> list[dict[str, Any]]:
    """The approved claims of a report as ClaimReview objects; those without a verdict for or against are no reviews.

    Raises
    ------
    InputError
        If no publisher or address is named, or an approved id is not in the report.
    """
    if not publisher or not url:
        raise InputError("claimreview is published in somebody's name. Add --publisher NAME and --url URL.")
    if not url.startswith(("https://", "http://")):
        raise InputError(f"--url {url}: not an address. Give that of the page where the review appears.")
    known = {claim["id"] for claim in report["claims"]}
    if missing := sorted(set(approved) - known):
        raise InputError(f"--approve {', '.join(missing)}: no such claim in this text. See the ids with --format json.")
    reviewed = [c for c in report["claims"] if c["id"] in approved and c["verdict"] in _RATINGS]
    return [_review(report, text, claim, publisher, url) for claim in reviewed]


def _review(report: dict[str, Any], text: str, claim: dict[str, Any], publisher: str, url: str) -> dict[str, Any]:
    return {
        "@context": ["https://schema.org", {"oa": "http://www.w3.org/ns/oa#"}],
        "@type": "ClaimReview",
        "url": f"{url}#{claim['id']}",
        "author": {"@type": "Organization", "name": publisher},
        "claimReviewed": claim["text"],
        "itemReviewed": _item(report, text, claim),
        "reviewBody": claim["reason"],
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[claim["verdict"]],
            "worstRating": 1,
            "bestRating": 3,
            "alternateName": WORDS[claim["verdict"]],
        },
        "citation": sorted({ref["source"] for fact in claim["evidence"] for ref in fact["sources"]}),
        "version": f"foedus {report['foedus']}, record {report['record']}",
    }


def _item(report: dict[str, Any], text: str, claim: dict[str, Any]) -> dict[str, Any]:
    """The claim, with the stretch of text that carries it as W3C selectors."""
    start, end = claim["start"], claim["end"]
    item: dict[str, Any] = {"@type": "Claim", "text": claim["text"]}
    if claim["speaker"]:
        item["author"] = {"@type": "Person", "name": claim["speaker"]}
    appearance: dict[str, Any] = {"@type": "CreativeWork"}
    if report["document"]["title"]:
        appearance["headline"] = report["document"]["title"]
    if report["document"]["published"]:
        appearance["datePublished"] = report["document"]["published"]
    appearance["oa:hasSelector"] = [
        {
            "@type": "oa:TextQuoteSelector",
            "oa:exact": claim["text"],
            "oa:prefix": text[max(0, start - _CONTEXT) : start],
            "oa:suffix": text[end : end + _CONTEXT],
        },
        {"@type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end},
    ]
    item["appearance"] = appearance
    return item
