"""The vectors of the specification, by id."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = {
    row["id"].partition("-")[0]: row
    for row in json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))["vectors"]
}


def of_measure(*names: str) -> list[Any]:
    """The vectors of some measures, as parameters of a test."""
    return [pytest.param(row, id=key) for key, row in VECTORS.items() if row["measure"] in names]


def assert_meets(got: dict[str, Any], row: dict[str, Any]) -> None:
    """Every number that the vector expects is met, and what is undefined is missing."""
    for name, expected in row["expected"].items():
        if name not in got:
            continue
        if expected is None:
            assert got[name] is None or got[name] != got[name], f"{row['id']} {name}: {got[name]} instead of nothing"
        else:
            assert got[name] == pytest.approx(expected, abs=row["tolerance"], rel=0), f"{row['id']} {name}"
    assert set(row["expected"]) <= set(got), f"{row['id']}: not computed: {sorted(set(row['expected']) - set(got))}"
