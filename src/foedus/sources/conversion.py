"""Text of a table into typed columns; what cannot be converted is named by its line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from foedus.sources.errors import at, require_extra

try:
    import polars as pl
except ImportError as error:
    raise require_extra("polars") from error

if TYPE_CHECKING:
    from foedus.sources.layouts import Layout

__all__ = ["KINDS", "converted", "pl", "read_header", "read_rows"]
KINDS: dict[str, Any] = {"text": pl.String, "whole": pl.Int32, "big": pl.Int64, "real": pl.Float64, "day": pl.Date}
_NO_NUMBER = ("", "NA", ".", "NaN", "nan", "NULL", "#N/A")
_AGAIN = "Get the file again as its producer publishes it."


def read_header(content: bytes, layout: Layout, path: Path) -> list[str]:
    """The names in the first line, without blanks around them."""
    line = content.split(b"\n", 1)[0]
    try:
        row = pl.read_csv(
            io.BytesIO(line), has_header=False, infer_schema=False, separator=layout.separator, quote_char=layout.quote
        ).row(0)
    except pl.exceptions.PolarsError as error:
        raise at(path, 1, "this is not the header of a table.", _AGAIN) from error
    return [(name or "").strip() for name in row]


def read_rows(
    content: bytes, layout: Layout, positions: dict[str, int], types: dict[str, str], path: Path
) -> pl.DataFrame:
    """The columns at some positions, typed in one pass; as text and then converted where a value resists."""
    numbers = {name: kind for name, kind in types.items() if kind not in ("text", "day")}
    try:
        frame = _rows(content, layout, positions, {name: KINDS[kind] for name, kind in numbers.items()})
    except pl.exceptions.PolarsError:
        try:
            frame = _rows(content, layout, positions, {})
        except pl.exceptions.PolarsError as error:
            line, found = _misfit(content, layout)
            raise at(path, line, found or f"it cannot be read ({str(error).splitlines()[0]}).", _AGAIN) from error
    return frame.with_columns(
        converted(frame[name], kind, path, head=1 + layout.has_header, void=layout.not_number)
        for name, kind in types.items()
    )


def _misfit(content: bytes, layout: Layout) -> tuple[int | None, str]:
    """The line of the first row with more values than there are columns; slow, for a file that is refused anyway."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if layout.quote else csv.QUOTE_NONE
    rows = csv.reader(io.StringIO(content.decode()), delimiter=layout.separator, quoting=quoting)
    width = 0
    for row in rows:
        if width and len(row) > width:
            return rows.line_num, f"the row has {len(row)} values where the header has {width} columns."
        width = width or len(row)
    return None, ""


def _rows(content: bytes, layout: Layout, positions: dict[str, int], numbers: dict[str, Any]) -> pl.DataFrame:
    """The columns at their positions: numbers as numbers, all else as text. In a number `NA` is missing, as in R."""
    names = {position: name for name, position in positions.items()}
    width = content.split(b"\n", 1)[0].count(layout.separator.encode()) + 1
    places = [names.get(index, f"unread {index}") for index in range(max(width, 1 + max(names)))]
    scan = pl.scan_csv(
        io.BytesIO(content), has_header=False, skip_rows=int(layout.has_header), separator=layout.separator,
        quote_char=layout.quote, schema={name: numbers.get(name, pl.String) for name in places},
        null_values=dict.fromkeys(numbers, "NA"),
    )  # fmt: skip
    return scan.select(*positions).collect()


def converted(column: pl.Series, kind: str, path: Path, *, head: int = 2, void: tuple[str, ...] = ()) -> pl.Series:
    """A column of text in its type.

    Raises
    ------
    SourceError
        With the line of the first value that does not fit.
    """
    if kind == "text" or column.dtype != pl.String:
        return column
    text = column.str.strip_chars()
    text = text.set(text.is_in([*_NO_NUMBER, *void]), None)
    values = _parsed(text, kind)
    bad = (values.is_null() & text.is_not_null()).arg_true()
    if len(bad):
        what = {"day": "a date like 1990-12-31", "real": "a number"}.get(kind, "a whole number")
        raise at(path, int(bad[0]) + head, f"{column.name} is {text[int(bad[0])]!r}, not {what}.", _AGAIN)
    return values.alias(column.name)


def _parsed(text: pl.Series, kind: str) -> pl.Series:
    if kind == "day":
        return text.str.to_date("%Y-%m-%d", strict=False)
    numbers = text.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    if kind == "real":
        return numbers
    return numbers.set(numbers != numbers.floor(), None).cast(KINDS[kind], strict=False)
