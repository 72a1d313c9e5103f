"""A reader over the record as shipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedus.documents.model import Claim, Document, Reading
from foedus.documents.reader import Reader
from foedus.record.models import Record

Read = Callable[..., Reading]
Row = tuple[str, str | None, str | None, str]


@pytest.fixture(scope="session")
def reader(record: Record) -> Reader:
    return Reader(record)


@pytest.fixture
def read(reader: Reader) -> Read:
    """Read a text."""

    def call(text: str, **about: str) -> Reading:
        return reader.read(Document(text, **about))

    return call


def row(claim: Claim) -> Row:
    """A claim as relation, id of its subject, id of its object (or its value), date."""
    target = claim.object.id or claim.object.name if claim.object else claim.value
    return claim.relation, claim.subject.id or claim.subject.name if claim.subject else None, target, claim.date


@pytest.fixture
def rows(read: Read) -> Callable[..., list[Row]]:
    """The claims of a text in short."""

    def call(text: str, **about: str) -> list[Row]:
        return [row(claim) for claim in read(text, **about).claims]

    return call
