"""A panel: rows of a unit of analysis, to which tables are added; lazy until a face asks for values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.core.engine import Engine
from foedus.core.errors import InputError
from foedus.panels.inputs import Inputs
from foedus.panels.rows import Frame
from foedus.panels.sides import Lookup, batches, with_states, year_of
from foedus.panels.units import Unit
from foedus.tables.model import Coverage, System

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    import polars as pl
    import pyarrow as pa


_CELLS_AT_ONCE = 16_000_000  # about 120 MB


@dataclass(frozen=True, slots=True)
class PanelColumn:
    """A column of a panel: where it comes from and of which years that source speaks; None where of all.

    `meaning` stands in for the codebook where the column is the panel's own or the user's.
    """

    name: str
    table: str | None = None
    datasets: tuple[str, ...] = ()
    coverage: Coverage | None = None
    meaning: str = ""


@dataclass(frozen=True)
class Panel:
    """Rows of one unit with what was added; every verb returns a new panel.

    `base` are the rows before anything was added or left out; `steps` is the call as data, what a lock
    file keeps and a rebuild follows. Of dyads, `core` are the rows with what was added to the pair, `states` the code
    and year of each state in them, and `beside` a panel of these states with what was added to both sides.
    """

    engine: Engine
    inputs: Inputs
    frame: Frame
    core: ir.Table
    base: ir.Table
    columns: tuple[PanelColumn, ...]
    steps: tuple[Mapping[str, Any], ...] = ()
    states: ir.Table | None = None
    beside: Panel | None = None

    @cached_property
    def rows(self) -> ir.Table:
        """The rows with all columns, as one expression."""
        return self.core if self.beside is None else with_states(self)

    @property
    def unit(self) -> Unit:
        """What a row is."""
        return self.frame.unit

    @property
    def system(self) -> System | None:
        """The code system of its states."""
        return self.frame.system

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell one row from another, in the order of sorting."""
        return (*self.unit.key(self.system), *self.frame.extra_key)

    @property
    def coverage(self) -> dict[str, Coverage | None]:
        """The years of which each column speaks."""
        return {column.name: column.coverage for column in self.columns}

    @property
    def datasets(self) -> tuple[str, ...]:
        """The ids of the datasets that it is made of."""
        used = {name for column in self.columns for name in column.datasets}
        return tuple(sorted(used))

    def add(self, *tables: str, **options: Any) -> Panel:
        """The panel with tables joined on, on both sides of a dyad where they are of states.

        Parameters
        ----------
        tables
            Ids, each with the columns to take where not all are wanted: `cow.nmc`, `cow.nmc:cinc,milper`; options may
            stand in the text too: `cow.contiguity@pick=last`.
        options
            Options of the tables, such as `version="6.0"` or `pick="last"`.

        Raises
        ------
        InputError
            If a table does not fit the unit, an option is not the table's, or a column is there already.
        MissingError
            If a dataset is not there; the message names the command that gets it.
        """
        from foedus.panels.joining import join_table

        panel = self
        for text in tables:
            panel = join_table(panel, text, options)
        return panel

    def keep(self, what: str = "prd") -> Panel:
        """Only the politically relevant dyads: contiguous, or one of the two a major power.

        Contiguity and major powers are added where they are missing. Years in which one of the two is not covered are
        left out, for nobody knows which dyads were relevant.
        """
        if what != "prd":
            raise InputError(f"keep: {what!r} is not known. Use prd, the politically relevant dyads.")
        if "dyad" not in self.unit.subject:
            raise InputError(f"keep prd: a {self.unit} has no dyads. Start from dyad_years or directed_dyad_years.")
        panel = self
        names = {column.name for column in self.columns}
        for text, column in (("cow.contiguity", "conttype"), ("cow.majors", "cowmaj1")):
            panel = panel if column in names else panel.add(text)
        panel = panel.holding("conttype", "cowmaj1", "cowmaj2")
        rows = panel.core.mutate(prd=_relevance(panel.core).cast("int8"))
        columns = (*panel.columns, PanelColumn("prd"))
        return replace(panel, core=rows.filter(rows.prd == 1), columns=columns, steps=(*self.steps, {"keep": what}))

    def where(self, first: int, last: int) -> Panel:
        """Only the years from first to last; spells added before keep what they counted."""
        rows = self.core.filter(year_of(self.core).between(first, last))
        return replace(self, core=rows, steps=(*self.steps, {"where": [first, last]}))

    def spells(self, event: str, *, ongoing: bool = False, name: str | None = None) -> Panel:
        """The number of rows of the same subject since the last event, or since it came into the panel.

        Parameters
        ----------
        event
            A column of 0 and 1, such as `gmlmidongoing`.
        ongoing
            Whether a 1 after a 1 is the same event going on: such rows are not at risk, their spell is null. By
            default every 1 is an event.
        name
            By default the event's name with `spell` for `ongoing` or `onset`: `gmlmidspell`.
        """
        from foedus.panels.spells import add_spells

        return add_spells(self, event, ongoing=ongoing, name=name)

    def peace_years(self, event: str) -> Panel:
        """Spells without the event, counted on events that go on: the `peace years` of conflict models."""
        return self.spells(event)

    def holding(self, *names: str) -> Panel:
        """The panel with some columns in its own rows: those of the states join them where one is among these."""
        if set(names) <= set(self.core.columns):
            return self
        return replace(self, core=self.rows, beside=None)

    def sorted_rows(self) -> ir.Table:
        """The expression, in the order of the key."""
        return self.rows.order_by(list(self.key))

    def parts(self, lookup: Lookup | None = None) -> list[ir.Table]:
        """The expression in order, cut by the first column of the key where it is too large to be sorted at once.

        With a lookup, of the panel's own rows with the numbers of their states.
        """
        rows = lookup.numbered(self.core) if lookup else self.rows
        size = self.engine.count(self.base)
        count = max(1, round(size * len(rows.columns) / _CELLS_AT_ONCE))
        key = list(self.key)
        if count == 1:
            return [rows.order_by(key)]
        name = key[0]
        base = self.base.group_by(name).aggregate(n=self.base.count()).order_by(name)
        groups = self.engine.arrow(base).to_pydict()
        starts, filled = [groups[name][0]], 0
        for value, here in zip(groups[name], groups["n"], strict=True):
            if filled and filled + here > size / count:
                starts.append(value)
                filled = 0
            filled += here
        bounds = zip(starts, [*starts[1:], None], strict=True)
        return [_between(rows, name, low, high).order_by(key) for low, high in bounds]

    def batches(self) -> Iterator[pa.Table]:
        """The rows in the order of the key, in pieces of which no more than one is held."""
        return batches(self)

    def count(self) -> int:
        """The number of rows."""
        return self.engine.count(self.core)

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        if self.beside is None:
            return self.engine.arrow(self.sorted_rows())
        lookup = Lookup(self)
        return lookup.widened(self.engine.arrow(lookup.numbered(self.core).order_by(list(self.key))))

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame."""
        import polars as pl

        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame, with nullable types."""
        import pandas as pd

        return self.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)

    def write(self, path: str | Path) -> Path:
        """The rows as Parquet, CSV or Stata by the suffix, with codebook, lock and citations beside the file."""
        from foedus.panels.output import write_panel

        return write_panel(self, Path(path))

    def __str__(self) -> str:
        lines = [
            f"{self.unit} panel, {self.frame.first} to {self.frame.last}, {self.system or 'Archigos'} codes, "
            f"{self.count():,} rows"
        ]
        width = max(len(column.name) for column in self.columns)
        for column in self.columns:
            told = f"{column.coverage}" if column.coverage else "all"
            lines.append(f"  {column.name.ljust(width)}  {told.ljust(9)}  {column.table or ''}".rstrip())
        return "\n".join(lines)

    __repr__ = __str__


def _relevance(rows: ir.Table) -> ir.Value:
    is_close, is_major = rows.conttype > 0, (rows.cowmaj1 == 1) | (rows.cowmaj2 == 1)
    return rows.conttype.notnull() & rows.cowmaj1.notnull() & (is_close | is_major)


def _between(rows: ir.Table, name: str, low: Any, high: Any) -> ir.Table:
    value = rows[name]
    return rows.filter(value >= low if high is None else (value >= low) & (value < high))


def column_names(columns: Sequence[PanelColumn]) -> list[str]:
    """The names of columns."""
    return [column.name for column in columns]
