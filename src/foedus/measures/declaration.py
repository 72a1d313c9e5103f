"""A measure as declared: once, and from there into the command line, the reference and panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.tables.model import Table

Mark = Literal["published", "standard", "reconstruction"]


@dataclass(frozen=True)
class Measure:
    """What a measure is called, where it lives and what it means.

    Parameters
    ----------
    name
        As typed: `foedus measure NAME`, `panel.add("measure.NAME")`.
    title
        In words.
    bounds
        Smallest and largest value; None where there is no bound.
    citation
        Keys of the bibliography of measures.
    mark
        `published`: definition checked against published data; `standard`: stated in the literature and computed in two
        ways; `reconstruction`: the description leaves a choice open.
    table
        The table that holds its values: unit, columns, options and coverage.
    good_for, bad_for
        One sentence each, for the explainer page.
    see
        Page and section of the explainer: `dependence#trade_share`.
    other_forms
        The same table for panels of another unit: of directed dyads where a table of states names a patron.
    """

    name: str
    title: str
    bounds: tuple[float | None, float | None]
    citation: tuple[str, ...]
    mark: Mark
    table: Table
    good_for: str
    bad_for: str
    see: str = ""
    other_forms: tuple[Table, ...] = ()

    @property
    def unit(self) -> str:
        """What one value is of: `dyad-year`, `state-year`, `directed-dyad-year`, `system-year`."""
        return self.table.unit

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids of the datasets that it reads by default."""
        return self.table.datasets
