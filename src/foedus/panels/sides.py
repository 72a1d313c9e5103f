"""Tables of states beside the rows of dyads: joined once onto the list of states, and looked up on the way out.

A world of 14,000 state-years makes 1.7 million directed dyad-years. Every table of states is joined onto the states,
and the dyads carry, until they leave the engine, only the number of the row in which each of their two states stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.panels.units import Unit

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from foedus.panels.model import Panel, PanelColumn


def begin_states(panel: Panel) -> Panel:
    """The states of a panel of dyads by year, as a panel of their own."""
    assert panel.states is not None
    frame = replace(panel.frame, unit=Unit("state", "year"), extra_key=())
    return replace(panel, frame=frame, core=panel.states, base=panel.states, columns=(), steps=(), states=None)


def with_states(panel: Panel) -> ir.Table:
    """The rows of a panel with what stands beside them, as one expression."""
    rows, states = panel.core, panel.beside
    assert states is not None
    code, time = states.key
    wide = states.rows
    for side in panel.unit.sides:
        names = {f"{name}{side}": wide[name] for name in wide.columns if f"{name}{side}" in _outside(panel)}
        other = wide.select(_code=wide[code], _year=wide[time], **names)
        keys = [(rows[f"{code}{side}"], other._code), (year_of(rows), other._year)]
        rows = rows.left_join(other, keys).select(*rows.columns, *names)
    return rows.select(*(column.name for column in panel.columns))


class Lookup:
    """The states beside a panel as an Arrow table, and the numbers of its rows in the engine."""

    def __init__(self, panel: Panel) -> None:
        import pyarrow as pa

        states = panel.beside
        assert states is not None
        self._panel, self._key = panel, states.key
        self._table = panel.engine.arrow(states.sorted_rows()).combine_chunks()
        number = pa.array(range(len(self._table)), pa.int32())
        self._numbers = panel.engine.table(self._table.select(list(self._key)).append_column("_row", number))

    def numbered(self, rows: ir.Table) -> ir.Table:
        """Rows with the number of the row of each of their states: `_row1, _row2`."""
        code, time = self._key
        for side in self._panel.unit.sides:
            other = self._numbers.select(
                _code=self._numbers[code], _year=self._numbers[time], **{f"_row{side}": self._numbers._row}
            )
            keys = [(rows[f"{code}{side}"], other._code), (year_of(rows), other._year)]
            rows = rows.left_join(other, keys).select(*rows.columns, f"_row{side}")
        return rows

    def widened(self, data: pa.Table) -> pa.Table:
        """Numbered rows, out of the engine, with the columns of their states in the place of the numbers."""
        import pyarrow as pa

        own = set(data.column_names)
        found = [
            data[column.name] if column.name in own else self._taken(data, column) for column in self._panel.columns
        ]
        return pa.table(found, names=[column.name for column in self._panel.columns])

    def _taken(self, data: pa.Table, column: PanelColumn) -> pa.ChunkedArray:
        name, side = column.name[:-1], column.name[-1]
        return self._table[name].take(data[f"_row{side}"])


def batches(panel: Panel) -> Iterator[pa.Table]:
    """The rows of a panel in the order of the key, in pieces."""
    import pyarrow as pa

    lookup = Lookup(panel) if panel.beside is not None else None
    for part in panel.parts(lookup):
        for batch in panel.engine.batches(part):
            piece = pa.Table.from_batches([batch])
            yield lookup.widened(piece) if lookup else piece


def year_of(rows: ir.Table) -> ir.Value:
    """The year of rows by year, month or day."""
    return rows.year if "year" in rows.columns else rows.date.year().cast("int32")


def _outside(panel: Panel) -> set[str]:
    """The columns of a panel that its own rows have not."""
    return {column.name for column in panel.columns} - set(panel.core.columns)
