"""Dates that producers publish in parts; a part that is missing leaves the date missing, never guessed."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.errors import at
from foedus.sources.layouts import pl

_MONTHS = ("mon", "month", "mo")


def with_dates(
    frame: pl.DataFrame, path: Path | str, start: str, end: str, *, is_lenient: bool = False
) -> pl.DataFrame:
    """Add `start_date` and `end_date` from columns like `styear`, `stmonth` (or `stmon`), `stday`.

    Raises
    ------
    SourceError
        If all three parts are there but the day is not in the calendar, unless the producer is known to have such.
    """
    for prefix, name in ((start, "start_date"), (end, "end_date")):
        month = next(f"{prefix}{part}" for part in _MONTHS if f"{prefix}{part}" in frame.columns)
        parts = (f"{prefix}year", month, f"{prefix}day")
        frame = with_date(frame, path, parts, name, is_lenient=is_lenient)
    return frame


def with_date(
    frame: pl.DataFrame, path: Path | str, parts: tuple[str, str, str], name: str, *, is_lenient: bool = False
) -> pl.DataFrame:
    """Add a date from the columns of its year, month and day."""
    frame = frame.with_columns(_date(*parts).alias(name))
    if is_lenient:
        return frame
    whole = pl.all_horizontal(pl.col(part).is_not_null() for part in parts)
    wrong = frame.with_row_index("row").filter(whole & pl.col(name).is_null())
    if wrong.height:
        row = wrong.row(0, named=True)
        found = "-".join(str(row[part]) for part in parts)
        raise at(Path(path), row["row"] + 2, f"{found} is no day of the calendar.", "Correct the row.")
    return frame


def _date(year: str, month: str, day: str) -> pl.Expr:
    text = pl.concat_str(
        pl.col(year).cast(pl.String).str.zfill(4), pl.lit("-"), pl.col(month).cast(pl.String).str.zfill(2), pl.lit("-"),
        pl.col(day).cast(pl.String).str.zfill(2),
    )  # fmt: skip
    return text.str.to_date("%Y-%m-%d", strict=False)


def with_month_dates(frame: pl.DataFrame, path: Path | str, begin: str, end: str) -> pl.DataFrame:
    """Add `start_date` and `end_date`, the first and the last day of months written as YYYYMM."""
    first = {name: (pl.col(name).cast(pl.String) + "01").str.to_date("%Y%m%d", strict=False) for name in (begin, end)}
    frame = frame.with_columns(start_date=first[begin], end_date=first[end].dt.month_end())
    for name, made in ((begin, "start_date"), (end, "end_date")):
        wrong = frame.with_row_index("row").filter(pl.col(name).is_not_null() & pl.col(made).is_null())
        if wrong.height:
            row = wrong.row(0, named=True)
            raise at(Path(path), row["row"] + 2, f"{name} is {row[name]}, no month as YYYYMM.", "Correct the row.")
    return frame
