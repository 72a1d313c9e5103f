"""Codes of states by year, and the code of a state that an option names."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from foedus.measures.arrays import MeasureError
from foedus.record.cache import load_record
from foedus.record.names import find_state
from foedus.tables.systems import by_year, code_spells



@cache
def codes_by_year(until: date) -> pl.DataFrame:
    """The COW code that each state of the record bore on most days of a year: `state, year, code`."""
    spells = code_spells("cow").with_columns(pl.col("end_date").fill_null(until))
    spells = spells.filter(pl.col("start_date") <= pl.col("end_date"))
    days = by_year(spells).group_by("state", "year", "code").agg(pl.col("days").sum())
    order = days.sort("state", "year", "days", "code", descending=[False, False, True, False])
    return order.unique(["state", "year"], keep="first", maintain_order=True).select("state", "year", "code")


def codes_of(name: str | int, what: str) -> frozenset[int]:
    """The COW codes that the state of a name has borne: one for nearly all, several for Germany or Yemen.

    Raises
    ------
    UnknownNameError
        If no state has the name, or several have.
    MeasureError
        If the state has no code, or no name is given.
    """
    text = f"cow:{name}" if str(name).isdigit() else str(name or "")
    if not text:
        raise MeasureError(f"{what}: no state is named. Give one, e.g. {what}=USA.")
    state = find_state(load_record(), text)
    codes = frozenset(int(code.code) for code in state.codes if code.system == "cow")
    if not codes:
        raise MeasureError(f"{what}: {state.name} was never in the COW system, which these data are coded by.")
    return codes


@cache
def state_id(name: str) -> str | None:
    """The record id of a state that a source names in words; None where no state, or more than one, has the name."""
    from foedus.core.errors import UnknownNameError

    try:
        return find_state(load_record(), name).id
    except UnknownNameError:
        return None
