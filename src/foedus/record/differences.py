"""What is on file about other datasets: which of their alliances are ours, and why the two differ."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from foedus.core.errors import RecordError
from foedus.core.yamlfile import read_yaml
from foedus.record.load import DATA
from foedus.record.models import SourceRef, Struct

LINKS, DIFFERENCES = DATA / "links.yml", DATA / "differences"
Links = dict[str, dict[str, tuple[str, ...]]]


class Difference(Struct, frozen=True):
    """Why the record differs from a dataset on a pact, for one state or field or for all, and where that stands."""

    pact: str
    dataset: str
    reason: str
    state: str | None = None
    field: str | None = None
    sources: tuple[SourceRef, ...] = ()

    def speaks_of(self, pact: str, dataset: str, state: str | None, field: str) -> bool:
        """Whether the reason holds for a row."""
        is_same = (self.pact, self.dataset) == (pact, dataset)
        return is_same and self.state in (None, state) and self.field in (None, field)


@cache
def links(path: Path = LINKS) -> Links:
    """Which alliances of the datasets are one with a pact of the record: pact, dataset, numbers."""
    return msgspec.convert(read_yaml(path) or {}, Links, strict=False)


@cache
def differences(folder: Path = DIFFERENCES) -> tuple[Difference, ...]:
    """The reasons on file why record and datasets differ, those of single states and fields before general ones."""
    found = [one for path in sorted(folder.glob("*.yml")) for one in _read(path)]
    return tuple(sorted(found, key=lambda one: (one.state is None, one.field is None)))


def _read(path: Path) -> tuple[Difference, ...]:
    try:
        return msgspec.convert(read_yaml(path) or (), tuple[Difference, ...], strict=False)
    except msgspec.ValidationError as error:
        remedy = "Give pact, dataset and reason; state, field and sources where they apply."
        raise RecordError(f"{path}: {error}. {remedy}") from error


def siblings(pact: str, dataset: str, known: Links) -> tuple[str, ...]:
    """The other pacts of the record that a dataset keeps under a number of this one."""
    numbers = set(known.get(pact, {}).get(dataset, ()))
    return tuple(key for key, own in sorted(known.items()) if key != pact and numbers & set(own.get(dataset, ())))
