"""One table joined onto a panel: by unit, by side, by the crosswalk where the codes differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.core.errors import InputError
from foedus.panels.model import Panel, PanelColumn
from foedus.panels.sides import begin_states, year_of
from foedus.tables.catalogue import find_table, tables_of
from foedus.tables.model import CODES, Coverage, System, Table
from foedus.tables.systems import crosswalk

if TYPE_CHECKING:
    import ibis.expr.types as ir

_UNCHANGING = ("state", "leader", "alliance")


def join_table(panel: Panel, text: str, options: Mapping[str, Any]) -> Panel:
    """The panel with a table, described as `id@option=value:column,column`."""
    key, inline, wanted = parse_request(text)
    if key in CROSSWALKS:
        return _join_codes(panel, key)
    table = find_table(key, panel.unit.forms, panel.system)
    if table is None:
        units = ", ".join(sorted({form.unit for form in tables_of(key)}))
        raise InputError(f"{key}: it is a table of {units} and cannot be added to a {panel.unit} panel.")
    settings = table.settings({**options, **inline})
    wanted = wanted or table.columns
    for name in wanted:
        if name not in table.columns:
            raise InputError(f"{key}: it has no column {name!r}. Its columns: {', '.join(table.columns)}.")
    of_states = table.unit in ("state", "state-year")
    sides = panel.unit.sides if of_states or table.unit in ("leader", "leader-year") else ("",)
    names = [f"{name}{side}" for side in sides for name in wanted]
    clash = {column.name for column in panel.columns}.intersection(names)
    if clash:
        lacking = [name for name in wanted if not {f"{name}{side}" for side in sides} & clash]
        what = f"Add only what it lacks, e.g. {key}:{lacking[0]}." if lacking else "Leave it out."
        raise InputError(f"{key}: the panel has a column {min(clash)!r} already. {what}")
    coverage, datasets = table.covered(settings)
    expression = panel.inputs.table(panel.engine, table, settings, panel.frame.until)
    added = tuple(PanelColumn(name, key, datasets, coverage) for name in names)
    step = {"add": key, "columns": list(wanted), "options": {n: _plain(v) for n, v in settings.items()}}
    made = replace(panel, columns=(*panel.columns, *added), steps=(*panel.steps, step))
    if not of_states or panel.states is None:
        return replace(made, core=_Join(panel, table, wanted, coverage, expression).run())
    states = panel.beside or begin_states(panel)
    return replace(made, beside=replace(states, core=_Join(states, table, wanted, coverage, expression).run()))


def parse_request(text: str) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Id, options and columns of `id@option=value+option=value:column,column`."""
    head, _, columns = text.partition(":")
    key, _, settings = head.partition("@")
    options: dict[str, Any] = {}
    for part in filter(None, settings.split("+")):
        name, equals, value = part.partition("=")
        if not equals:
            raise InputError(f"--add {text}: {part!r} is not option=value. Write e.g. {key}@pick=last.")
        options[name] = {"true": True, "false": False}.get(value, tuple(value.split("/")) if "/" in value else value)
    return key, options, tuple(name.strip() for name in columns.split(",") if name.strip())


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class _Join:
    """One join under way."""

    def __init__(
        self, panel: Panel, table: Table, wanted: tuple[str, ...], coverage: Coverage, expression: ir.Table
    ) -> None:
        self.panel, self.table, self.wanted, self.coverage, self.expression = panel, table, wanted, coverage, expression
        self.rows = panel.core
        self.hidden: dict[str, str] = {}

    def run(self) -> ir.Table:
        kind = self.table.unit.split("-")[0]
        sides = self.panel.unit.sides
        if kind in ("state", "leader") and "dyad" not in self.table.unit:
            for side in sides:
                self._one_side(side)
        else:
            self._one_pair(is_symmetric=kind == "dyad")
        return self.rows.drop(*self.hidden.values()) if self.hidden else self.rows

    def _one_side(self, side: str) -> None:
        if self.table.unit.startswith("leader"):
            left, right = [self.rows[f"obsid{side}"]], ["obsid"]
        else:
            left, right = [self._code(side)], [self.table.key[0]]
        self._attach(left, right, {name: f"{name}{side}" for name in self.wanted}, sides=(side,))

    def _one_pair(self, *, is_symmetric: bool) -> None:
        import ibis

        if self.table.unit.startswith("leader"):
            left, right = [self.rows.obsid1, self.rows.obsid2], ["obsid1", "obsid2"]
        elif self.table.unit.startswith("alliance"):
            left, right = [self.rows.alliance], ["alliance"]
        else:
            first, second = self._code("1"), self._code("2")
            right = list(self.table.key[:2])
            is_ordered = not self.panel.unit.is_directed and self.panel.system == self.table.system
            if is_symmetric and not is_ordered:
                left = [ibis.least(first, second), ibis.greatest(first, second)]
            else:
                left = [first, second]
        self._attach(left, right, {name: name for name in self.wanted}, sides=self.panel.unit.sides)

    def _code(self, side: str) -> ir.Value:
        """The code of a side in the table's system, through the crosswalk where the panel has another."""
        target = self.table.system
        name = CODES[target] + side if target else ""
        if name in self.rows.columns:
            return self.rows[name]
        if side not in self.hidden:
            hidden = f"_code{side}"
            self.rows = add_code(self.panel, self.rows, side, target or "cow", hidden)
            self.hidden[side] = hidden
        return self.rows[self.hidden[side]]

    def _attach(self, left: list[Any], right: list[str], names: dict[str, str], sides: tuple[str, ...]) -> None:
        year = year_of(self.rows)
        if self.table.unit not in _UNCHANGING:
            left, right = [*left, year], [*right, "year"]
        if self.table.unit.endswith("month"):
            left, right = [*left, self.rows.month], [*right, "month"]
        keys = {f"_k{i}": self.expression[name] for i, name in enumerate(right)}
        other = self.expression.select(**keys, **{public: self.expression[name] for name, public in names.items()})
        rows = self.rows
        joined = rows.left_join(other, [(value, other[f"_k{i}"]) for i, value in enumerate(left)])
        is_covered = self._is_covered(joined, sides) if self.table.absent else None
        columns = {name: joined[name] for name in rows.columns}
        for name, public in names.items():
            columns[public] = self._filled(joined, public, self.table.absent.get(name), is_covered)
        self.rows = joined.select(**columns)

    def _filled(self, joined: ir.Table, name: str, absent: int | None, is_covered: Any) -> ir.Value:
        """A column with the value that absence means, where the table speaks of that row and has none for it."""
        import ibis

        value = joined[name]
        if absent is None:
            return value
        return ibis.ifelse(joined._k0.isnull() & is_covered, ibis.literal(absent).cast(value.type()), value)

    def _is_covered(self, joined: ir.Table, sides: tuple[str, ...]) -> Any:
        result = year_of(joined).between(self.coverage.first, self.coverage.last)
        for side in sides:
            if side in self.hidden:
                result = result & joined[self.hidden[side]].notnull()
        return result


CROSSWALKS: dict[str, System] = {"codes.gw": "gw", "codes.cow": "cow"}


def add_code(panel: Panel, rows: ir.Table, side: str, target: System, name: str) -> ir.Table:
    """Rows with the code that a side has in another system in that year."""
    origin: System = "cow" if target == "gw" else "gw"
    key = f"crosswalk {origin} {target} {panel.frame.until.year}"
    engine = panel.engine
    table = (
        engine.named(key)
        if engine.knows(key)
        else engine.table(crosswalk(origin, target, panel.frame.until.year).to_arrow(), key)
    )
    other = table.select(_k0=table.code, _k1=table.year, **{name: table.other})
    joined = rows.left_join(other, [(rows[f"{CODES[origin]}{side}"], other._k0), (year_of(rows), other._k1)])
    return joined.select(*rows.columns, name)


def _join_codes(panel: Panel, key: str) -> Panel:
    target = CROSSWALKS[key]
    if panel.system is None or panel.system == target or not panel.unit.sides:
        raise InputError(f"{key}: the panel is in {panel.system} codes and has them already.")
    rows, names = panel.core, [f"{CODES[target]}{side}" for side in panel.unit.sides]
    for side, name in zip(panel.unit.sides, names, strict=True):
        rows = add_code(panel, rows, side, target, name)
    columns = (*panel.columns, *(PanelColumn(name, key) for name in names))
    return replace(panel, core=rows, columns=columns, steps=(*panel.steps, {"add": key}))
