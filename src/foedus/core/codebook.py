"""Every public column, once: `codebook.yml` read into rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foedus.core.errors import InputError
from foedus.core.yamlfile import read_yaml

if TYPE_CHECKING:
    import polars as pl

CODEBOOK_FILE = Path(__file__).with_name("codebook.yml")
ColumnType = Literal["integer", "number", "text", "date", "flag", "count"]
_SIDES = {"1": "of the first state", "2": "of the second state"}


@dataclass(frozen=True, slots=True)
class CodebookColumn:
    """One column: its name, type, unit, meaning and where it comes from."""

    name: str
    type: ColumnType
    unit: str
    meaning: str
    source: str


@cache
def codebook() -> dict[str, CodebookColumn]:
    """All columns by name."""
    rows = read_yaml(CODEBOOK_FILE)
    return {
        name: CodebookColumn(name, row["type"], row.get("unit") or "", row["meaning"], row.get("source") or "")
        for name, row in rows.items()
    }


def describe_column(name: str) -> CodebookColumn:
    """A column of the codebook; `ccode2` is `ccode` of the second state.

    Raises
    ------
    InputError
        If the codebook has no such column.
    """
    known = codebook()
    if name in known:
        return known[name]
    base, side = name[:-1], name[-1:]
    if side in _SIDES and base in known:
        column = known[base]
        return CodebookColumn(name, column.type, column.unit, f"{column.meaning}, {_SIDES[side]}", column.source)
    raise InputError(f"column: {name!r} is not in the codebook. Add it to core/codebook.yml.")


def column_type(name: str) -> pl.DataType:
    """The type in which a column travels: integers in 32 bits, numbers in 64, days as dates."""
    import polars as pl

    types = {
        "integer": pl.Int32,
        "count": pl.Int64,
        "flag": pl.Int8,
        "number": pl.Float64,
        "text": pl.String,
        "date": pl.Date,
    }
    return types[describe_column(name).type]()
