"""What a table is: a frozen declaration of its unit, key, coverage and columns, and the function that loads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from foedus.core.codebook import column_type
from foedus.core.errors import InputError, RecordError

System = Literal["cow", "gw"]
TableUnit = Literal[
    "state", "state-year", "dyad-year", "directed-dyad-year", "directed-dyad-month", "leader", "leader-year",
    "leader-dyad-year", "alliance", "alliance-year", "system-year",
]  # fmt: skip
CODES: Mapping[str, str] = MappingProxyType({"cow": "ccode", "gw": "gwcode"})


OPEN_END = 9999  # of a coverage: as far as the panel goes


@dataclass(frozen=True, slots=True)
class Coverage:
    """From which year to which a dataset speaks of every state of its system, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.last < OPEN_END else f"{self.first}-"


@dataclass(frozen=True)
class Given:
    """What a load function may ask for.

    Parameters
    ----------
    read
        The frame of a dataset, in the columns of its producer.
    until
        The last day of the panel: what a system that is still running is taken to reach.
    """

    read: Callable[[str], pl.DataFrame]
    until: date


@dataclass(frozen=True)
class Table:
    """The declaration of one harmonised table.

    Parameters
    ----------
    id
        `producer.table`; several forms for different units may share it.
    unit
        What one row is. `dyad-year` is symmetric: one row a pair, the lower code first.
    system
        The codes of its states; None where it has none.
    columns
        The columns after the key, each in the codebook. In a directed table they are those of the codebook too.
    coverage
        The years of which the table speaks; only in them may a missing row mean `absent`.
    load
        Given the inputs and the options, the frame with the key and the columns.
    datasets
        The ids of what it reads, for the default options.
    absent
        The value of a column where the table has no row inside coverage.
    options
        The names of the options with the values allowed, the default first; an empty tuple or a single value, the
        default, allows any.
    coverage_of
        Where an option changes the coverage or the datasets, both for given options.
    """

    id: str
    unit: TableUnit
    system: System | None
    columns: tuple[str, ...]
    coverage: Coverage
    load: Callable[..., pl.DataFrame]
    datasets: tuple[str, ...]
    absent: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    variant: Callable[..., tuple[Coverage, tuple[str, ...]]] | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell one row from another."""
        code = CODES[self.system] if self.system else "state"
        actors = {
            "state": (code,), "dyad": (f"{code}1", f"{code}2"), "directed": (f"{code}1", f"{code}2"),
            "system": (), "leader": ("obsid1", "obsid2") if "dyad" in self.unit else ("obsid",),
            "alliance": ("alliance", code) if "member" in self.unit else ("alliance",),
        }[self.unit.split("-")[0]]  # fmt: skip
        time = {"month": ("year", "month"), "year": ("year",)}.get(self.unit.rsplit("-")[-1], ())
        return (*actors, *time)

    def settings(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The options with their defaults.

        Raises
        ------
        InputError
            If an option or its value is not one of the table's.
        """
        for name in options:
            if name not in self.options:
                known = ", ".join(self.options) or "none"
                raise InputError(f"{self.id}: it has no option {name!r}. Its options: {known}.")
        return {
            name: self._setting(name, options[name]) if name in options else (allowed[0] if allowed else None)
            for name, allowed in self.options.items()
        }

    def _setting(self, name: str, value: Any) -> Any:
        """A value of an option: as typed, `2015` or `true` means the allowed one that is written so."""
        allowed = self.options[name]
        if len(allowed) < 2 or value in allowed:
            return value
        written = [item for item in allowed if str(item).lower() == str(value).lower()]
        if not written:
            shown = ", ".join(str(item) for item in allowed)
            raise InputError(f"{self.id}: {name}={value!r} is not possible. Use one of {shown}.")
        return written[0]

    def covered(self, settings: Mapping[str, Any]) -> tuple[Coverage, tuple[str, ...]]:
        """Coverage and datasets under some settings."""
        return self.variant(**settings) if self.variant else (self.coverage, self.datasets)


def load_table(table: Table, given: Given, settings: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of a table in the types of the codebook, with its key proved.

    Raises
    ------
    RecordError
        If the key repeats or a column is missing: the dataset is damaged, of an unknown version, or a frame given in
        its place has other columns.
    """
    try:
        frame = table.load(given, **settings)
    except pl.exceptions.ColumnNotFoundError as error:
        lacking = str(error).splitlines()[0]
        raise RecordError(
            f"{table.id}: {lacking} in {', '.join(table.covered(settings)[1])}. Give it in the columns of its producer."
        ) from error
    wanted = [*table.key, *table.columns]
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise RecordError(
            f"{table.id}: columns {', '.join(missing)} are missing. Get the dataset again: {_gets(table)}."
        )
    frame = frame.select(pl.col(name).cast(column_type(name)) for name in wanted)
    keys = frame.select(table.key)
    if keys.null_count().row(0) != (0,) * len(table.key):
        raise RecordError(f"{table.id}: a key is empty. Get the dataset again: {_gets(table)}.")
    if keys.is_duplicated().any():
        first = keys.filter(keys.is_duplicated()).row(0, named=True)
        raise RecordError(f"{table.id}: the key {first} stands twice. Get the dataset again: {_gets(table)}.")
    return frame


def _gets(table: Table) -> str:
    return "foedus data get " + " ".join(table.datasets) if table.datasets else "foedus record validate"
