"""Rows on their way out: table, JSON, JSON lines, CSV or GeoJSON, to the terminal or whole into a file."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from foedus.core.errors import InputError, OutputError

Row = dict[str, Any]
FORMATS = ("table", "json", "jsonl", "csv")
_PLAIN = ("table", "text")
_SUFFIXES = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".geojson": "geojson", ".txt": "table",
    ".html": "html", ".htm": "html",
}  # fmt: skip


def choose_format(chosen: str | None, path: str | None, allowed: Sequence[str] = FORMATS) -> str:
    """The format that was asked for, else that of the file's suffix, else the first allowed.

    Raises
    ------
    InputError
        If the command does not write that format.
    """
    suffix = Path(path).suffix.lower() if path and path != "-" else ""
    name = chosen or (_SUFFIXES.get(suffix, suffix.lstrip(".")) if suffix else allowed[0])
    if name in _PLAIN:  # one command's table is another's text
        name = next((plain for plain in _PLAIN if plain in allowed), name)
    if name not in allowed:
        place = f"--format {chosen}" if chosen else str(path)
        raise InputError(f"{place}: this command does not write {name}. Use one of {', '.join(allowed)}.")
    return name


def render(rows: Sequence[Row], form: str, *, columns: Sequence[str] = ()) -> str:
    """Rows as text in a format; a table shows only some columns, every other format has all."""
    if form == "json":
        return to_json(list(rows))
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if form == "csv":
        return _csv(rows)
    if form == "geojson":
        return to_json(_geojson(rows))
    return _table(rows, columns or (list(rows[0]) if rows else []))


def render_one(row: Row, form: str) -> str:
    """One thing as text: an object in JSON, name and value in lines as a table."""
    if form == "json":
        return to_json(row)
    if form == "table":
        return _table([{"field": name, "value": value} for name, value in row.items()], ["field", "value"], head=False)
    return render([row], form)


def to_json(value: Any, *, indent: int | None = 2) -> str:
    """JSON as foedus writes it: indented for people, or on one line."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def write_output(text: str, path: str | None = None) -> None:
    """Text to standard output, or whole to a file: see `stream_output`."""
    stream_output([text], path)


def stream_output(parts: Iterable[str], path: str | None = None) -> None:
    """Parts of a text as they come, to standard output or to a file, which appears whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written; the message says why, and what was there before is still there.
    """
    if path is None or path == "-":
        _write_stream(parts)
        return
    target = Path(path)
    _write_file(target.resolve() if target.is_symlink() else target, parts)


@contextlib.contextmanager
def _named(place: str | Path, remedy: str = "Choose another place with -o, or make room.") -> Iterator[None]:
    """An error of writing as place, what was found, what to do. What makes the parts has errors of its own."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{place}: could not be written: {reason}. {remedy}") from error


def _write_stream(parts: Iterable[str]) -> None:
    for part in parts:
        with _named("standard output", "Make room, or use -o FILE."):
            sys.stdout.flush()
            sys.stdout.buffer.write(part.encode())
            sys.stdout.buffer.flush()


def _write_file(target: Path, parts: Iterable[str]) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe is written to, never replaced
        _write_parts(target, target, parts)
        return
    write_whole(target, lambda temporary: _write_parts(temporary, target, parts))


def write_whole(path: Path, fill: Callable[[Path], None]) -> None:
    """A file that a function fills, which appears whole or not at all, with the permissions that it had.

    Raises
    ------
    OutputError
        If it cannot be written; what was there before is still there.
    """
    target = path.resolve() if path.is_symlink() else path
    with _named(path):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=target.suffix)
        os.close(handle)
    temporary = Path(name)
    try:
        fill(temporary)
        with _named(path):
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _write_parts(place: Path, target: Path, parts: Iterable[str]) -> None:
    with _named(target):
        stream = place.open("wb")
    try:
        for part in parts:
            with _named(target):
                stream.write(part.encode())
        with _named(target):
            stream.flush()
    finally:
        with contextlib.suppress(OSError):  # what could not be written was said already
            stream.close()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _csv(rows: Sequence[Row]) -> str:
    """Lists of words are joined by `; `; what is nested deeper stands as JSON."""
    buffer = io.StringIO()
    if rows:
        writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return "; ".join(str(item) for item in value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _geojson(rows: Sequence[Row]) -> Row:
    """RFC 7946: points in degrees, longitude first; a row without coordinates has no geometry."""
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: Row) -> Row:
    lon, lat = row.get("lon"), row.get("lat")
    point = {"type": "Point", "coordinates": [lon, lat]} if lon is not None and lat is not None else None
    return {"type": "Feature", "geometry": point, "properties": row}


def _table(rows: Sequence[Row], columns: Sequence[str], *, head: bool = True) -> str:
    cells = [[str(_cell(row.get(name))) for name in columns] for row in rows]
    if not cells:
        return ""
    if sys.stdout.isatty():
        return _terminal_table(cells, columns if head else None)
    lines = [list(columns), *cells] if head else cells
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "".join(line.rstrip() + "\n" for line in padded)


def _terminal_table(cells: list[list[str]], columns: Sequence[str] | None) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        *(columns or [""] * len(cells[0])), box=box.SIMPLE_HEAD, show_header=columns is not None, pad_edge=False
    )
    for line in cells:
        table.add_row(*(Text(cell) for cell in line))
    buffer = io.StringIO()
    width = shutil.get_terminal_size().columns
    Console(file=buffer, force_terminal=True, width=width, no_color="NO_COLOR" in os.environ).print(table)
    return buffer.getvalue()
