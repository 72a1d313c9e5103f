"""The nine dimensions, the thresholds of their readings and the default comparisons, from dimensions.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from foedus.core.yamlfile import read_yaml

DECLARATION = Path(__file__).with_name("dimensions.yml")
Rule = Literal["none", "above_zero", "high", "exit_costs"]


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What separates a reading from none."""

    coverage: float
    width: float
    level: float
    placebos: int
    effect_share: float
    effect_kappa: float
    effect_rate: float
    window_months: int
    interval: float
    matches: int
    caliper: float
    alliances: int
    dominance: float
    balance: float
    pretrend_level: float
    pretrend_power: float
    draws: int
    bootstrap: int


class Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is compared where the user names nothing."""

    ages: tuple[int, ...]
    outside_states: int
    peers: tuple[str, ...]


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dimension of the profile: what it asks, in which unit, and what would count on either side."""

    name: str
    title: str
    question: str
    unit: str
    range: tuple[float, float]
    effect: Literal["effect_share", "effect_kappa", "effect_rate"]
    rule: Rule
    counts_for: str = msgspec.field(name="for")
    counts_against: str = msgspec.field(name="against")
    datasets: tuple[str, ...] = ()
    threshold: float = 0.0
    tests: tuple[Literal["gravity", "movers"], ...] = ()
    outcomes: dict[str, str | None] = {}


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A channel of hub dependence: the dataset that fills it and how, or what would.

    `chapters` are those of the Harmonized System that trade by product is summed over. `stands_under` has the codes
    under which a dataset keeps other states; `only_of` is the one state whose forces it
    counts, so that no share of a total can be taken from it.
    """

    name: str
    title: str
    dataset: str | None = None
    flow: Literal["both", "imports", "exports"] | None = None
    column: str | None = None
    chapters: tuple[int, ...] = ()
    only_of: str | None = None
    stands_under: dict[int, int] = {}
    lacks: str = ""


class Declaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is fixed before data are read."""

    thresholds: Thresholds
    defaults: Defaults
    dimensions: tuple[Dimension, ...]
    channels: tuple[Channel, ...] = ()


@cache
def declaration() -> Declaration:
    """The declaration as shipped."""
    return msgspec.convert(read_yaml(DECLARATION), Declaration, strict=False)
