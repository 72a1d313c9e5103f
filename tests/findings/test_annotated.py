"""Annotated texts: how much is found, how often the verdict is right, and that true claims are not contradicted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[3] / "shared"
SCORER = SHARED / "tools" / "score_documents.py"
FOEDUS = f"{sys.executable} -m foedus"
pytestmark = pytest.mark.skipif(
    not SCORER.exists(), reason="the annotated texts lie outside of the project and are not here"
)


def score(folder: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, str(SCORER), str(SHARED / "data" / folder), "--foedus", FOEDUS, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def wrongly_contradicted(result: dict[str, Any]) -> int:
    return sum(n for pair, n in result["verdict_confusion"].items() if pair == "supported->contradicted")


@pytest.mark.parametrize("folder", ["documents-dev", "commentary-dev"])
def test_english_texts_reach_the_figures_of_the_documentation(folder: str) -> None:
    result = score(folder, "--language", "en")
    assert result["group_f1"] >= 0.75
    assert result["precision"] >= 0.90
    assert result["date_exact"] >= 0.85
    assert wrongly_contradicted(result) == 0
    assert result["natural_errors_found"] >= 0.60
    if folder == "commentary-dev":
        assert result["quoted_recall"] >= 0.85


def test_moved_years_are_contradicted() -> None:
    result = score("documents-dev", "--language", "en", "--mutations")
    assert result["covered"] >= 45
    assert result["contradicted_of_covered"] >= 0.85


@pytest.mark.parametrize("language", ["ru", "ar"])
@pytest.mark.parametrize("folder", ["documents-dev", "commentary-dev"])
def test_russian_and_arabic_texts_are_read(folder: str, language: str) -> None:
    result = score(folder, "--language", language)
    assert result["precision"] >= 0.70
    assert result["recall"] > 0
    assert wrongly_contradicted(result) <= 1
