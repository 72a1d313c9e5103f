"""What is on file about other datasets: which of their alliances are ours, and why the two differ."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from foedus.core.yamlfile import read_yaml
from foedus.record.load import DATA
from foedus.record.models import Struct

LINKS, DIFFERENCES = DATA / "links.yml", DATA / "differences.yml"
Links = dict[str, dict[str, tuple[str, ...]]]


class Difference(Struct, frozen=True):
    """Why the record differs from a dataset on a pact, for one state or field or for all."""

    pact: str
    dataset: str
    reason: str
    state: str | None = None
    field: str | None = None

    def speaks_of(self, pact: str, dataset: str, state: str | None, field: str) -> bool:
        """Whether the reason holds for a row."""
        is_same = (self.pact, self.dataset) == (pact, dataset)
        return is_same and self.state in (None, state) and self.field in (None, field)


@cache
def links(path: Path = LINKS) -> Links:
    """Which alliances of the datasets are one with a pact of the record: pact, dataset, numbers."""
    return msgspec.convert(read_yaml(path) or {}, Links, strict=False)


@cache
def differences(path: Path = DIFFERENCES) -> tuple[Difference, ...]:
    """The reasons on file why record and datasets differ."""
    return msgspec.convert(read_yaml(path) or (), tuple[Difference, ...], strict=False)


def siblings(pact: str, dataset: str, known: Links) -> tuple[str, ...]:
    """The other pacts of the record that a dataset keeps under a number of this one."""
    numbers = set(known.get(pact, {}).get(dataset, ()))
    return tuple(key for key, own in sorted(known.items()) if key != pact and numbers & set(own.get(dataset, ())))
