"""The examples of the documentation: their results stand beside them, and their mirror images get the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from foedus.documents.model import Document
from foedus.documents.opening import Given, open_documents
from foedus.findings.check import Checker
from foedus.findings.textual import render

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def document(name: str) -> Document:
    return next(open_documents(str(EXAMPLES / f"{name}.md"), Given()))


@pytest.mark.parametrize("name", ["csto", "nato"])
def test_the_result_in_the_documentation_is_current(checker: Checker, name: str) -> None:
    report = checker.check(document(name))
    current = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    assert render(report, checker.record.sources) == current, "type `make examples`"


@pytest.mark.parametrize("name", ["csto", "nato"])
def test_the_mirror_image_has_the_same_claims_with_the_same_verdicts(checker: Checker, name: str) -> None:
    def claims(one: str) -> Counter[tuple[object, ...]]:
        keys = ("relation", "value", "date", "attribution", "verdict")
        return Counter(
            (*(c[key] for key in keys), (c["subject"] or {}).get("name"), (c["object"] or {}).get("name"))
            for c in checker.check(document(one))["claims"]
        )

    assert claims(name) == claims(f"{name}-mirror")
    assert sum(claims(name).values()) > 20


@pytest.mark.parametrize("name", ["csto", "nato", "csto-mirror", "nato-mirror"])
def test_opinion_prophecy_and_verse_are_no_claims(checker: Checker, name: str) -> None:
    report = checker.check(document(name))
    spans = " | ".join(claim["text"] for claim in report["claims"])
    for word in ("bargain", "prophet", "believes", "وَ", "wept", "servants", "in all but name"):
        assert word not in spans
    assert {claim["verdict"] for claim in report["claims"]} >= {"supported", "partly", "contradicted"}
    assert len(report["theses"]) == 1
