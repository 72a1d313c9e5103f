"""The codes of a state that an option or a source names in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import polars as pl

from foedus.core.errors import UnknownNameError
from foedus.measures.arrays import MeasureError
from foedus.record.cache import load_record
from foedus.record.names import find_state
from foedus.tables.systems import codes_by_year


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
    try:
        return find_state(load_record(), name).id
    except UnknownNameError:
        return None


def with_codes(
    rows: pl.DataFrame, until: date, columns: Mapping[str, str], spellings: Mapping[str, str] = MappingProxyType({})
) -> pl.DataFrame:
    """Rows with the COW codes, in their year, of the states that some columns name; what names no state is left out.

    Parameters
    ----------
    columns
        A column of names and the column that its code goes to.
    spellings
        Names that the source alone uses, with the record id of the state.
    """
    codes = codes_by_year("cow", until).cast({"year": pl.Int64})
    for column, code in columns.items():
        names = {name: spellings.get(name) or state_id(name) for name in rows[column].drop_nulls().unique().to_list()}
        state = pl.col(column).replace_strict(names, return_dtype=pl.String)
        rows = rows.with_columns(_state=state).join(
            codes.rename({"state": "_state", "code": code}), on=["_state", "year"], maintain_order="left"
        )
    return rows.drop("_state")
