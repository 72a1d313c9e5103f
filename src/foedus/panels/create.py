"""The public ways to begin a panel: one function a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.core.dates import parse_date
from foedus.core.engine import Engine, default_engine
from foedus.core.errors import InputError
from foedus.panels.inputs import Inputs, default_inputs
from foedus.panels.model import Panel, PanelColumn
from foedus.panels.rows import Frame, make_rows, states_of_dyads
from foedus.panels.units import Unit, parse_unit
from foedus.tables.model import System
from foedus.tables.pairs import RULES, Rule

if TYPE_CHECKING:
    import polars as pl

_FIRST = {"state": 1816, "dyad": 1816, "leader": 1840, "leader-dyad": 1870, "alliance": 1815, "alliance-member": 1815}


def panel(
    unit: str | Unit, first: int | str | None = None, last: int | str | None = None, *, system: System | None = "cow",
    rule: Rule = "any_day", until: str | None = None, false_dyads: str = "drop", membership: str | None = None,
    alliances: str = "atop", inputs: Mapping[str, pl.DataFrame] | Path | str | Inputs | None = None,
    engine: Engine | str | None = None,
) -> Panel:  # fmt: skip
    """A panel of a unit by its name.

    Parameters
    ----------
    unit
        `state-year`, `directed-dyad-month`, ...: see `foedus.panels.units.unit_names`.
    first, last
        Years, or EDTF dates: `1990`, `1990-05`, `1990-05-03`. By default from the first that the unit has to `until`.
    system
        `cow` or `gw`: whose list of states, and whose codes. None only for leaders, as Archigos gives them.
    rule
        When a period counts: the subject is there on `any_day` of it, on its `first_day`, its `last_day`, or on the
        `majority` of its days. For a dyad, both on the same days.
    until
        The last day of states and alliances that still stand, an EDTF date; by default the last complete year of the
        record, so that the number of rows never depends on the clock.
    false_dyads
        `drop` or `keep` pairs of states that were never members on the same day of the period.
    membership
        The dataset of the states, such as `cow.states-2016`; by default the record's own crosswalk.
    alliances
        For alliance units: `atop` or `record`.
    inputs
        Frames in place of datasets, by id; or a folder with their files.
    engine
        `duckdb`, `spark`, or one that is open.

    Raises
    ------
    InputError
        If a unit, date, rule or system is none, or the span is empty.
    """
    parsed = parse_unit(unit) if isinstance(unit, str) else unit
    if system not in ("cow", "gw") and not (system is None and parsed.subject.startswith("leader")):
        raise InputError(f"system: {system!r} is none. Use cow or gw.")
    if rule not in RULES:
        raise InputError(f"rule: {rule!r} is none. Use one of {', '.join(RULES)}.")
    if false_dyads not in ("drop", "keep"):
        raise InputError(f"false_dyads: {false_dyads!r} is not possible. Use drop or keep.")
    end = parse_date(until).last_day if until else last_complete_year()
    start = parse_date(str(first or _FIRST[parsed.subject])).first_day
    stop = min(parse_date(str(last)).last_day if last is not None else end, end)
    if parsed.subject == "leader-dyad" and last is None:
        stop = min(stop, date(2015, 12, 31))
    if start > stop:
        raise InputError(
            f"years: {start} to {stop} is empty. Panels run from 1816 to {end}, the last day set by until."
        )
    frame = Frame(parsed, system, start, stop, rule, end, false_dyads == "keep", membership, alliances)
    opened = default_engine(engine or "duckdb") if isinstance(engine, str | None) else engine
    given = inputs if isinstance(inputs, Inputs) else Inputs(inputs) if inputs is not None else default_inputs()
    rows, states = make_rows(opened, given.given(end), frame)
    call = {
        "unit": str(parsed), "first": str(start), "last": str(stop), "system": system, "rule": rule, "until": str(end),
        "false_dyads": false_dyads, "membership": membership, "alliances": alliances,
    }  # fmt: skip
    used = _datasets_of(frame)
    columns = tuple(PanelColumn(name, None, used) for name in rows.columns)
    return Panel(opened, given, frame, rows, rows, columns, (call,), states)


def from_frame(
    frame: pl.DataFrame, unit: str, *, system: System = "cow", extra_key: tuple[str, ...] = (),
    inputs: Mapping[str, pl.DataFrame] | Path | str | Inputs | None = None, engine: Engine | str | None = None,
) -> Panel:  # fmt: skip
    """A panel of rows that the user has: the verbs work on it as on one of foedus's own.

    Parameters
    ----------
    frame
        Rows with the key of the unit, each key once.
    extra_key
        Columns that belong to the key beside those of the unit, such as `dispnum` of dispute-dyad-years.

    Raises
    ------
    InputError
        If a column of the key is missing or empty, or a key stands twice.
    """
    import polars as pl

    parsed = parse_unit(unit)
    key = [*parsed.key(system), *extra_key]
    missing = [name for name in key if name not in frame.columns]
    if missing:
        raise InputError(f"frame: a {unit} frame needs the columns {', '.join(key)}; {', '.join(missing)} is missing.")
    if frame.select(key).null_count().sum_horizontal()[0] or frame.select(key).is_duplicated().any():
        raise InputError(
            f"frame: the key {', '.join(key)} is empty or stands twice in some row. "
            "Name further columns of it in extra_key."
        )
    whole = [name for name in key if frame.schema[name].is_integer()]
    rows = frame.with_columns(pl.col(name).cast(pl.Int32) for name in whole)
    years = rows["year"] if "year" in rows.columns else rows["date"].dt.year()
    end = date(max(int(years.max() or 0), last_complete_year().year), 12, 31)  # type: ignore[arg-type]
    described = Frame(parsed, system, date(int(years.min() or 1), 1, 1), end, "any_day", end, extra_key=extra_key)  # type: ignore[arg-type]
    opened = default_engine(engine or "duckdb") if isinstance(engine, str | None) else engine
    given = inputs if isinstance(inputs, Inputs) else Inputs(inputs) if inputs is not None else default_inputs()
    columns = tuple(
        PanelColumn(name, meaning="" if name in key else "From the frame that the panel began with")
        for name in rows.columns
    )
    table = opened.table(rows.to_arrow())
    states = opened.table(states_of_dyads(rows, system).to_arrow()) if parsed.sides == ("1", "2") else None
    return Panel(opened, given, described, table, table, columns, ({"frame": unit},), states)


def last_complete_year() -> date:
    """The last day of the last year that the record has seen to its end."""
    from foedus.record.load import DATA, read_head

    day = parse_date(read_head(DATA)[1]).last_day
    return date(day.year if (day.month, day.day) == (12, 31) else day.year - 1, 12, 31)


def _datasets_of(frame: Frame) -> tuple[str, ...]:
    if frame.unit.subject.startswith("leader"):
        return ("archigos.leaders-4.1",)
    if frame.unit.subject.startswith("alliance"):
        return () if frame.alliances == "record" else ("atop.members-5.1",)
    return (frame.membership,) if frame.membership else ()


def state_years(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """State-years: one row a member of the system and year. Options as for `panel`."""
    return panel("state-year", first, last, **options)


def state_months(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """State-months."""
    return panel("state-month", first, last, **options)


def state_days(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """State-days."""
    return panel("state-day", first, last, **options)


def dyad_years(
    first: int | str | None = None, last: int | str | None = None, *, directed: bool = False, **options: Any
) -> Panel:
    """Dyad-years: one row a pair of members and year, the lower code first; with `directed` both orders."""
    return panel(Unit("dyad", "year", directed), first, last, **options)


def directed_dyad_years(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """Dyad-years in both orders."""
    return panel(Unit("dyad", "year", True), first, last, **options)


def dyad_months(
    first: int | str | None = None, last: int | str | None = None, *, directed: bool = False, **options: Any
) -> Panel:
    """Dyad-months."""
    return panel(Unit("dyad", "month", directed), first, last, **options)


def directed_dyad_months(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """Dyad-months in both orders."""
    return panel(Unit("dyad", "month", True), first, last, **options)


def dyad_days(
    first: int | str | None = None, last: int | str | None = None, *, directed: bool = False, **options: Any
) -> Panel:
    """Dyad-days; a year of them is seven million rows in both orders."""
    return panel(Unit("dyad", "day", directed), first, last, **options)


def leader_days(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """Leader-days, from Archigos."""
    return panel("leader-day", first, last, **options)


def leader_years(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """Leader-years: one row a leader, state code and year in office."""
    return panel("leader-year", first, last, **options)


def leader_dyad_years(
    first: int | str | None = None, last: int | str | None = None, *, directed: bool = True, **options: Any
) -> Panel:
    """Pairs of leaders of different countries who were in office on the same day of a year, 1870 to 2015."""
    return panel(Unit("leader-dyad", "year", directed), first, last, **options)


def alliance_years(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """Alliances by year in force."""
    return panel("alliance-year", first, last, **options)


def alliance_member_years(first: int | str | None = None, last: int | str | None = None, **options: Any) -> Panel:
    """Members of alliances by year."""
    return panel("alliance-member-year", first, last, **options)
