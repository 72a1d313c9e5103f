"""Two files of a panel compared: rows and cells that changed, and which input caused it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from foedus.core.errors import InputError
from foedus.panels.output import beside

Row = dict[str, Any]


def diff(old: Path | str, new: Path | str) -> list[Row]:
    """Every row and cell in which two panels differ: `change, key, column, old, new, inputs`.

    `change` is `removed`, `added` or `changed`; a column that only one has is one line. `inputs` are the datasets of
    the column whose hash differs between the lock files that lie beside the panels.

    Raises
    ------
    InputError
        If a file cannot be read, or the two have no key in common.
    """
    before, after = _read(Path(old)), _read(Path(new))
    locks = [_lock(Path(path)) for path in (old, new)]
    key = _key(before, after, locks)
    causes = _causes(*locks)
    rows: list[Row] = []
    for name in sorted({*before.columns} ^ {*after.columns}):
        change = "removed" if name in before.columns else "added"
        rows.append(_row(f"column {change}", {}, name, None, None, causes))
    shared = [name for name in before.columns if name in after.columns and name not in key]
    after = after.with_columns(
        pl.col(name).cast(before.schema[name]) for name in (*key, *shared) if _is_castable(before, after, name)
    )
    for change, left, right in (("removed", before, after), ("added", after, before)):
        gone = left.join(right, on=key, how="anti", nulls_equal=True).select(key).sort(key)
        rows += [_row(change, line, None, None, None, causes) for line in gone.iter_rows(named=True)]
    both = before.join(after, on=key, how="inner", suffix="__new", nulls_equal=True).sort(key)
    for name in shared:
        unlike = both.filter(pl.col(name).ne_missing(pl.col(f"{name}__new")))
        for line in unlike.select(*key, name, f"{name}__new").iter_rows(named=True):
            place = {column: line[column] for column in key}
            rows.append(_row("changed", place, name, line[name], line[f"{name}__new"], causes))
    return rows


def _row(change: str, key: Row, column: str | None, old: Any, new: Any, causes: dict[str, list[str]]) -> Row:
    inputs = causes.get(column, []) if column else sorted({name for names in causes.values() for name in names})
    return {
        "change": change,
        "key": {k: str(v) for k, v in key.items()},
        "column": column,
        "old": old,
        "new": new,
        "inputs": inputs,
    }


def _read(path: Path) -> pl.DataFrame:
    reader = _readers().get(path.suffix.lower())
    if reader is None or not path.is_file():
        raise InputError(f"{path}: is no panel. Name a .parquet, .csv or .dta file that foedus wrote.")
    try:
        return reader(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{path}: could not be read as a panel: {error}. Make it again.") from error


def _readers() -> dict[str, Callable[[Path], pl.DataFrame]]:
    return {".parquet": _read_parquet, ".csv": _read_csv, ".dta": _read_stata}


def _read_parquet(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path)


def _read_csv(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema_length=None, try_parse_dates=True)


def _read_stata(path: Path) -> pl.DataFrame:
    import pyreadstat

    frame: pl.DataFrame = pyreadstat.read_dta(str(path), output_format="polars")[0]
    return frame


def _lock(path: Path) -> Row:
    place = beside(path, "lock.json")
    content = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
    return content if isinstance(content, dict) else {}


def _key(before: pl.DataFrame, after: pl.DataFrame, locks: list[Row]) -> list[str]:
    for lock in locks:
        key = lock.get("key")
        if key and all(name in before.columns and name in after.columns for name in key):
            return list(key)
    usual = (
        "obsid",
        "obsid1",
        "obsid2",
        "alliance",
        "ccode",
        "gwcode",
        "ccode1",
        "ccode2",
        "gwcode1",
        "gwcode2",
        "year",
        "month",
        "date",
    )
    key = [name for name in usual if name in before.columns and name in after.columns]
    if not key or before.select(key).is_duplicated().any() or after.select(key).is_duplicated().any():
        raise InputError(
            "panel diff: the two files have no key in common. "
            "Compare panels of one unit, with their lock files beside them."
        )
    return key


def _causes(old: Row, new: Row) -> dict[str, list[str]]:
    """For each column the datasets behind it whose hash is not the same in both locks."""
    hashes = [lock.get("inputs", {}) for lock in (old, new)]
    changed = {name for name in {*hashes[0], *hashes[1]} if hashes[0].get(name) != hashes[1].get(name)}
    columns: dict[str, list[str]] = {}
    for lock in (old, new):
        for column, datasets in lock.get("columns", {}).items():
            columns[column] = sorted({*columns.get(column, []), *(name for name in datasets if name in changed)})
    return columns


def _is_castable(before: pl.DataFrame, after: pl.DataFrame, name: str) -> bool:
    return name in after.columns and before.schema[name] != after.schema[name]
