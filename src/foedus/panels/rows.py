"""The rows of a panel: who is observed in which period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from foedus.core.engine import Engine
from foedus.panels.units import Unit, calendar
from foedus.tables.leaders import leader_spells
from foedus.tables.model import CODES, Given, System
from foedus.tables.pairs import Rule, failing_pairs, holds, periods_of, spell_days
from foedus.tables.systems import by_year, membership

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Frame:
    """What the rows of a panel depend on."""

    unit: Unit
    system: System | None
    first: date
    last: date
    rule: Rule
    until: date
    keep_false_dyads: bool = False
    membership: str | None = None
    alliances: str = "atop"
    extra_key: tuple[str, ...] = ()


def make_rows(engine: Engine, given: Given, frame: Frame) -> tuple[ir.Table, ir.Table | None]:
    """All rows of the unit in the span, with the columns that a unit brings along; of dyads also their states by year.

    The states are a list of code and year, which may have some that no dyad has.
    """
    spells, carried = _spells(given, frame)
    periods = calendar(frame.unit.period, frame.first, frame.last)
    if frame.unit.period == "day":
        single = _day_rows(engine, spells, periods, carried)
        failing = None
    else:
        cut = periods_of(spells, periods)
        single = engine.table(_counted(cut, frame.rule, periods, carried, frame.unit.time).to_arrow())
        failing = (
            None if frame.keep_false_dyads or len(frame.unit.sides) < 2 else failing_pairs(cut, frame.rule, "actor")
        )
    if len(frame.unit.sides) < 2:
        return _finish(single, frame, ""), None
    years = by_year(spells.select("code", "start_date", "end_date")).select("code", "year").unique()
    years = years.filter(pl.col("year").is_between(frame.first.year, frame.last.year)).sort("code", "year")
    states = engine.table(years.rename({"code": CODES[frame.system or "gw"]}).to_arrow())
    return _pairs(engine, single, failing, frame, carried), states


def states_of_dyads(rows: pl.DataFrame, system: System) -> pl.DataFrame:
    """The code and year of each state in rows of dyads."""
    year = pl.col("year") if "year" in rows.columns else pl.col("date").dt.year().cast(pl.Int32).alias("year")
    code = CODES[system]
    return pl.concat(rows.select(pl.col(f"{code}{side}").alias(code), year) for side in "12").unique().sort(pl.all())


def _spells(given: Given, frame: Frame) -> tuple[pl.DataFrame, list[str]]:
    """The spells of those observed, each with a number, and the columns that they carry."""
    if frame.unit.subject in ("state", "dyad"):
        spells = membership(given, frame.system or "cow", frame.membership)
        carried = ["code", "name", "microstate"]
        return spells.with_columns(pl.col("code").alias("actor")), carried
    if frame.unit.subject in ("leader", "leader-dyad"):
        spells = leader_spells(given, frame.system)
        number = pl.struct("obsid", "code").rank("dense").cast(pl.Int32).alias("actor")
        spells = spells.with_columns(number, pl.col("obsid").str.slice(0, 3).alias("country"))
        return spells, ["obsid", "code", "leader", "gender", "birth_year", "first_year", "country"]
    from foedus.tables.alliances import alliance_spells

    spells = alliance_spells(given, frame.alliances, frame.system, by_member=frame.unit.subject == "alliance-member")
    keys = ["alliance", "code"] if "code" in spells.columns else ["alliance"]
    return spells.with_columns(pl.struct(keys).rank("dense").cast(pl.Int32).alias("actor")), keys


def _counted(
    cut: pl.DataFrame, rule: Rule, periods: pl.DataFrame, carried: list[str], time: tuple[str, ...]
) -> pl.DataFrame:
    """One row for each of those observed in each period that counts under the rule; names are those of the last day."""
    rows = (
        cut.sort("start_date")
        .group_by("actor", "period")
        .agg(*(pl.col(name).last() for name in carried), holds(rule, spell_days().sum()).alias("_holds"))
    )
    rows = rows.filter("_holds").drop("_holds").join(periods.select("period", *time), on="period")
    return rows.sort("actor", "period").with_columns(pl.col("period").cast(pl.Int32))


def _day_rows(engine: Engine, spells: pl.DataFrame, periods: pl.DataFrame, carried: list[str]) -> ir.Table:
    days = engine.table(periods.select("date", "period").to_arrow())
    members = engine.table(spells.select("actor", *carried, "start_date", "end_date").to_arrow())
    joined = members.join(days, [members.start_date <= days.date, members.end_date >= days.date])
    return joined.select("actor", *carried, "period", "date")


def _pairs(
    engine: Engine, single: ir.Table, failing: pl.DataFrame | None, frame: Frame, carried: list[str]
) -> ir.Table:
    names = ["actor", *carried, "period"]
    left = single.rename({f"{name}1": name for name in names})
    right = single.select(**{f"{name}2": name for name in names})
    pairs = left.join(right, left.period1 == right.period2)
    differ = "country" if "country" in carried else "code"
    pairs = pairs.filter(pairs[f"{differ}1"] != pairs[f"{differ}2"])
    if not frame.unit.is_directed:
        pairs = pairs.filter(pairs.code1 < pairs.code2)
    if failing is not None and failing.height:
        gone = engine.table(failing.rename({"actor1": "_a", "actor2": "_b", "period": "_p"}).to_arrow())
        pairs = pairs.anti_join(gone, [(pairs.actor1, gone._a), (pairs.actor2, gone._b), (pairs.period1, gone._p)])
    return _finish(pairs, frame, "12")


def _finish(rows: ir.Table, frame: Frame, sides: str) -> ir.Table:
    """The public columns in their order."""
    code = CODES[frame.system or "gw"]
    year = rows.year if "year" in rows.columns else rows.date.year().cast("int32") if "date" in rows.columns else None
    columns: dict[str, Any] = {}
    subject = frame.unit.subject
    time = {name: rows[name] for name in frame.unit.time}
    if subject == "leader-dyad":
        columns |= time
    for side in sides or ("",):
        if subject.startswith("leader"):
            columns[f"obsid{side}"] = rows[f"obsid{side}"]
            if not side:
                columns["leader"] = rows.leader
        if subject.startswith("alliance") and not side:
            columns["alliance"] = rows.alliance
        if f"code{side}" in rows.columns:
            columns[f"{code}{side}"] = rows[f"code{side}"]
        if subject == "state":
            columns["gw_name" if frame.system == "gw" else "cw_name"] = rows.name
            if frame.system == "gw":
                columns["microstate"] = rows.microstate
    if subject == "leader-dyad":
        order = ("obsid1", "obsid2", f"{code}1", f"{code}2")
        columns = {**time, **{name: columns[name] for name in order}}
    if subject == "dyad":
        columns |= time
        if frame.system == "gw":
            columns |= {f"microstate{side}": rows[f"microstate{side}"] for side in sides}
    if subject.startswith("leader"):
        columns |= _leader_columns(rows, year, sides or ("",))
    return rows.select(**{**columns, **time})


def _leader_columns(rows: ir.Table, year: Any, sides: Any) -> dict[str, Any]:
    """Gender, age and year in office; the years are those of the calendar, counted from the first in office."""
    columns = {f"gender{side}": rows[f"gender{side}"] for side in sides}
    columns |= {f"leaderage{side}": (year - rows[f"birth_year{side}"]).cast("int32") for side in sides}
    columns |= {f"yrinoffice{side}": (year - rows[f"first_year{side}"] + 1).cast("int32") for side in sides}
    return columns
