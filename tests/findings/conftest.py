"""A checker over the record as shipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from foedus.documents.model import Document
from foedus.findings.check import Checker
from foedus.record.models import Record

Check = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def checker(record: Record) -> Checker:
    return Checker(record)


@pytest.fixture
def check(checker: Checker) -> Check:
    """The report on a text."""

    def call(text: str, **about: str) -> dict[str, Any]:
        return checker.check(Document(text, **about))

    return call
