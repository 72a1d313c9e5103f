"""Alliances and their members by day, from ATOP or from the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from foedus.core.dates import parse_date
from foedus.core.errors import InputError
from foedus.tables.model import OPEN_END, Coverage, Given, System, Table
from foedus.tables.systems import code_spells

_SPELLS = {"alliance": pl.String, "code": pl.Int32, "start_date": pl.Date, "end_date": pl.Date}
_ATOP_LAST = date(2018, 12, 31)
_OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")


def alliance_spells(given: Given, source: str, system: System | None, *, by_member: bool) -> pl.DataFrame:
    """The days on which alliances stand, or on which each member belongs: `alliance, code, start_date, end_date`.

    Parameters
    ----------
    source
        `atop` (ids are numbers, to 2018) or `record` (ids of pacts, to its day).
    system
        For members: whose codes. A member is left out on days on which it has no code of the system.
    """
    if source == "record":
        spells = record_members()
    elif source == "atop":
        spells = _atop_members(given)
    else:
        raise InputError(f"alliances: {source!r} is none. Use atop or record.")
    spells = spells.with_columns(pl.col("end_date").fill_null(given.until))
    if not by_member:
        return _merged(spells.select("alliance", "start_date", "end_date"), ["alliance"])
    if source == "record":
        spells = _with_codes(spells, system or "cow", given.until)
    elif system == "gw":
        raise InputError("alliances: ATOP has COW codes. Use system cow, or add codes.gw.")
    return _merged(spells.select(list(_SPELLS)), ["alliance", "code"])


def _atop_members(given: Given) -> pl.DataFrame:
    """Members by phase; ATOP's month or day that is not known counts from the first, or to the last, that it may be."""
    rows = given.read("atop.members-5.1").filter(pl.col("yrent").is_not_null())
    month_in, month_out = (pl.col(name).clip(1, 12) for name in ("moent", "moexit"))
    start = pl.date("yrent", month_in.fill_null(1), pl.col("dayent").clip(1).fill_null(1))
    last_month = pl.date("yrexit", month_out.fill_null(12), 1)
    day_out = pl.col("dayexit").fill_null(0)
    end = (
        pl.when(day_out > 0)
        .then(pl.date("yrexit", month_out.fill_null(12), day_out))
        .otherwise(last_month.dt.month_end())
    )
    closed = pl.when(pl.col("yrexit").is_not_null() & (pl.col("yrexit") > 0)).then(end).otherwise(_ATOP_LAST)
    spells = rows.select(
        pl.col("atopid").cast(pl.String).alias("alliance"), pl.col("member").cast(pl.Int32).alias("code"),
        start.alias("start_date"), closed.alias("end_date"),
    )  # fmt: skip
    return spells.filter(pl.col("start_date") <= pl.col("end_date"))


@cache
def record_members() -> pl.DataFrame:
    """Memberships of the record by day: `alliance, state, start_date, end_date`, open ends null."""
    from foedus.record.cache import load_record
    from foedus.record.memberships import member_spells

    record = load_record()
    rows = [
        (spell.pact, spell.state, spell.first_day, spell.last_day)
        for pact in record.pacts
        for spell in member_spells(record, pact)
        if spell.status == "member"
    ]
    return pl.DataFrame(
        rows,
        schema={"alliance": pl.String, "state": pl.String, "start_date": pl.Date, "end_date": pl.Date},
        orient="row",
    )


def _with_codes(spells: pl.DataFrame, system: System, until: date) -> pl.DataFrame:
    codes = code_spells(system).select("code", "state", from_date="start_date", to_date="end_date")
    both = spells.join(codes, on="state").with_columns(
        pl.max_horizontal("start_date", "from_date").alias("start_date"),
        pl.min_horizontal("end_date", pl.col("to_date").fill_null(until)).alias("end_date"),
    )
    return both.filter(pl.col("start_date") <= pl.col("end_date"))


def _merged(spells: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Spells that overlap or touch made one, so that no day counts twice."""
    order = spells.sort(*key, "start_date")
    reach = pl.col("end_date").cum_max().shift(1).over(key)
    is_new = (reach.is_null() | (pl.col("start_date") > reach.dt.offset_by("1d"))).cast(pl.Int32)
    grouped = order.with_columns(is_new.alias("_new")).with_columns(pl.col("_new").cum_sum().over(key).alias("_spell"))
    merged = grouped.group_by(*key, "_spell", maintain_order=True).agg(
        pl.col("start_date").min(), pl.col("end_date").max()
    )
    return merged.drop("_spell")


def _record_pledges(system: System) -> Callable[..., pl.DataFrame]:
    """Pairs of members of pacts with a pledge in some part of the year: one row a directed dyad-year."""

    def load(given: Given) -> pl.DataFrame:
        from foedus.tables.systems import by_year

        spells = record_members().with_columns(pl.col("end_date").fill_null(given.until))
        spells = _with_codes(spells, system, given.until).join(_pact_pledges(), on="alliance")
        years = by_year(spells.with_columns(pl.col("start_date").alias("_from"), pl.col("end_date").alias("_to")))
        pairs = years.join(years, on=["alliance", "year"], suffix="2").filter(
            (pl.col("code") != pl.col("code2"))
            & (pl.max_horizontal("_from", "_from2") <= pl.min_horizontal("_to", "_to2", pl.date("year", 12, 31)))
            & (pl.min_horizontal("_to", "_to2") >= pl.date("year", 1, 1))
        )
        name = "ccode" if system == "cow" else "gwcode"
        key: list[pl.Expr | str] = [pl.col("code").alias(f"{name}1"), pl.col("code2").alias(f"{name}2"), "year"]
        return pairs.group_by(key).agg(
            pl.col("alliance").n_unique().alias("record_pacts"),
            *(pl.col(f"record_{pledge}").max() for pledge in _RECORD_PLEDGES),
        )

    return load


_RECORD_PLEDGES = ("defense", "consult", "nonaggression", "neutrality")


@cache
def _pact_pledges() -> pl.DataFrame:
    from foedus.record.cache import load_record

    rows = [
        {"alliance": pact.id, **{f"record_{name}": int(name in pact.pledges) for name in _RECORD_PLEDGES}}
        for pact in load_record().pacts.values()
        if set(pact.pledges) & {*_RECORD_PLEDGES, "offense", "guarantee"}
    ]
    return pl.DataFrame(rows)


def _atop_terms(given: Given) -> pl.DataFrame:
    """What each alliance of ATOP obliges to, over all its phases."""
    rows = given.read("atop.alliances-5.1")
    return rows.select(
        pl.col("atopid").cast(pl.String).alias("alliance"),
        *(pl.col(name).alias(f"atop_{name}") for name in _OBLIGATIONS),
    )


def _bases(system: System) -> Callable[..., pl.DataFrame]:
    """Base spells of the record by host, operator and year: how many bases, in some part of the year."""

    def load(given: Given) -> pl.DataFrame:
        from foedus.tables.systems import by_year

        spells = record_base_spells().with_columns(pl.col("end_date").fill_null(given.until))
        name = "ccode" if system == "cow" else "gwcode"
        for role, number in (("operator", "1"), ("host", "2")):
            named = spells.drop("state", strict=False).rename({role: "state"})
            spells = (
                _with_codes(named, system, given.until)
                .rename({"code": f"{name}{number}"})
                .drop("state", "from_date", "to_date")
            )
        years = by_year(spells).filter(pl.col(f"{name}1") != pl.col(f"{name}2"))
        return years.group_by(f"{name}1", f"{name}2", "year").agg(pl.col("base").n_unique().alias("bases_count"))

    return load


@cache
def record_base_spells() -> pl.DataFrame:
    """Foreign bases by day: `base, host, operator, start_date, end_date`; planned ones are left out."""
    from foedus.record.cache import load_record
    from foedus.record.query import bases

    rows: list[tuple[Any, ...]] = []
    for row in bases(load_record(), status="all"):
        if row["status"] == "planned" or not row["since"]:
            continue
        end = parse_date(row["until"]).last_day if row["until"] else None
        rows.append((row["id"], row["host"], row["operator"], parse_date(row["since"]).first_day, end))
    schema = {"base": pl.String, "host": pl.String, "operator": pl.String, "start_date": pl.Date, "end_date": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _record_tables(system: System) -> tuple[Table, ...]:
    columns = ("record_pacts", *(f"record_{name}" for name in _RECORD_PLEDGES))
    return (
        Table(
            "record.alliances",
            "directed-dyad-year",
            system,
            columns,
            Coverage(1816, OPEN_END),
            _record_pledges(system),
            (),
        ),
        Table(
            "record.bases", "directed-dyad-year", system, ("bases_count",), Coverage(1816, OPEN_END), _bases(system), ()
        ),
    )


TABLES = (
    Table(
        "atop.alliances", "alliance", None, tuple(f"atop_{name}" for name in _OBLIGATIONS),
        Coverage(1815, 2018), _atop_terms,
        ("atop.alliances-5.1",),
    ),
    *_record_tables("cow"),
    *_record_tables("gw"),
)  # fmt: skip
