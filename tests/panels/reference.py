"""The reference program's outputs and inputs, from the shared data beside the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from foedus import sources

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
INPUTS, ORACLES = DATA / "peacesciencer-inputs", DATA / "peacesciencer-oracles"
MISSING = "shared data of the reference program are not there"


def read(path: Path) -> pl.DataFrame:
    """A file of the reference program: NA is missing."""
    return pl.read_csv(path, null_values="NA", infer_schema_length=None, try_parse_dates=True)


def given(name: str) -> pl.DataFrame:
    """An input of the reference program."""
    return read(INPUTS / f"{name}.csv.gz")


def _contiguity() -> pl.DataFrame:
    """Contiguity as the reference program has it: also spells of type 0, in the columns of the producer's file."""
    rows = sources.read("cow.contiguity-spells-3.2-peacesciencer", INPUTS)
    month = {name: pl.col(name).dt.year() * 100 + pl.col(name).dt.month() for name in ("stdate", "enddate")}
    return rows.select(
        statelno="ccode1", statehno="ccode2", conttype="conttype", begin=month["stdate"], end=month["enddate"]
    )


# Where the inputs of the reference program are not in the layout of the producer's own file.
_MADE = {"cow.contiguity-3.2": _contiguity}
_ELSEWHERE = {"gw.states-7": "gw", "gw.microstates-7": "gw", "cow.igo-3": "cow"}


class Frames(dict[str, pl.DataFrame]):
    """The inputs of the reference program under the ids of foedus, read when first asked for."""

    def __missing__(self, key: str) -> pl.DataFrame:
        made = _MADE[key]() if key in _MADE else sources.read(key, DATA / _ELSEWHERE.get(key, INPUTS.name))
        self[key] = made
        return made

    def __contains__(self, key: object) -> bool:
        return key in sources.datasets()


def full(name: str) -> pl.DataFrame:
    """An output that is there whole."""
    return read(ORACLES / f"{name}.csv.gz")


def part(name: str, kind: str) -> pl.DataFrame:
    """A part of a large output: `cols`, `years`, `sample` or `nonzero`."""
    return read(ORACLES / f"{name}__{kind}.csv.gz")


def differing(
    ours: pl.DataFrame, theirs: pl.DataFrame, key: list[str], columns: list[str], codes: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Rows of theirs that ours has not, or has with another value: the key, `column`, `theirs`, `ours` as text.

    Numbers agree to 1e-9 of their size. In the columns of `codes`, -9 of theirs is an empty cell of ours.
    """
    left, right = (
        frame.with_columns(pl.col(name).cast(_key_type(theirs, name)) for name in key) for frame in (ours, theirs)
    )
    gone = right.join(left, on=key, how="anti").select(
        *key, column=pl.lit("row"), theirs=pl.lit(""), ours=pl.lit(None, dtype=pl.String)
    )
    both = right.join(left.with_columns(pl.all().exclude(key).name.suffix("__ours")), on=key, how="inner")
    parts = [gone]
    for name in columns:
        value = pl.when(pl.col(name) == -9).then(None).otherwise(pl.col(name)) if name in codes else pl.col(name)
        pair = both.select(*key, theirs=value, ours=pl.col(name + "__ours"))
        unlike = pair.filter(~same(pair["theirs"], pair["ours"]))
        parts.append(
            unlike.select(
                *key, column=pl.lit(name), theirs=pl.col("theirs").cast(pl.String), ours=pl.col("ours").cast(pl.String)
            )
        )
    return pl.concat(parts)


def _key_type(frame: pl.DataFrame, name: str) -> Any:
    return pl.Int64 if frame.schema[name].is_integer() else frame.schema[name]


def same(theirs: pl.Series, ours: pl.Series) -> pl.Series:
    """Where two columns agree."""
    if not theirs.dtype.is_numeric() and not ours.dtype.is_numeric():
        return theirs.cast(ours.dtype, strict=False).eq_missing(ours)
    a, b = theirs.cast(pl.Float64), ours.cast(pl.Float64)
    near = ((a - b).abs() <= 1e-9 * a.abs().clip(lower_bound=1)).fill_null(False)
    return near | (a.is_null() & b.is_null())


def by_year(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Rows, sums and empty cells by year, as the reference sums its large outputs up."""
    frame = frame if "year" in frame.columns else frame.with_columns(pl.col("date").dt.year().alias("year"))
    sums = [pl.col(name).cast(pl.Float64).sum().alias(name) for name in columns]
    empty = [pl.col(name).null_count().cast(pl.Int64).alias(f"na__{name}") for name in columns]
    return (
        frame.group_by(pl.col("year").cast(pl.Int64))
        .agg(pl.len().cast(pl.Int64).alias("n"), *sums, *empty)
        .sort("year")
    )
