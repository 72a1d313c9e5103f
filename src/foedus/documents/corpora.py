"""Corpora: many texts in one file, read one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foedus.core.dates import parse_date
from foedus.core.errors import InputError, MissingError
from foedus.documents.model import Document

CORPORA = (".jsonl", ".parquet")
_LINE_LIMIT = 20_000_000
_FIELDS = ("id", "text", "title", "published", "language")
_LANGUAGES = (None, "auto", "en", "ru", "ar")


def read_corpus(path: Path) -> Iterator[Document]:
    """The texts of a `.jsonl` or `.parquet` file with `id, text` and optionally `title, published, language`."""
    rows = _json_rows(path) if path.suffix.lower() == ".jsonl" else _parquet_rows(path)
    count = 0
    for place, row in rows:
        count += 1
        yield _document(row, place)
    if not count:
        raise InputError(f'{path}: there is no text in it. Write one JSON object a line: {{"id": ..., "text": ...}}.')


def _json_rows(path: Path) -> Iterator[tuple[str, Any]]:
    number = 0
    with path.open("rb") as file:
        while line := file.readline(_LINE_LIMIT + 1):
            number += 1
            place = f"{path}:{number}"
            if len(line) > _LINE_LIMIT:
                raise InputError(f"{place}: a line of more than {_LINE_LIMIT // 1_000_000} MB. Split the text.")
            if line.strip():
                yield place, _parsed(line, place)


def _parsed(line: bytes, place: str) -> Any:
    try:
        return json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8. Save the file as UTF-8 and try again.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        found = line[:40].decode(errors="replace").strip()
        raise InputError(
            f'{place}: not JSON: {found!r}. Write one object a line: {{"id": ..., "text": ...}}.'
        ) from error


def _parquet_rows(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        import duckdb
    except ImportError as error:
        raise MissingError(f'{path}: reading Parquet needs an extra. Type: pip install "foedus[panels]"') from error
    try:
        with duckdb.connect() as connection:
            have = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)]).description or []
            names = [name for name in _FIELDS if name in {column[0] for column in have}]
            if not {"id", "text"} <= set(names):
                found = ", ".join(str(column[0]) for column in have[:10])
                raise InputError(f"{path}: columns id and text are needed, found {found}.")
            columns = ", ".join(f"CAST({name} AS VARCHAR)" for name in names)
            rows = connection.execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)])
            number = 0
            while batch := rows.fetchmany(256):
                for values in batch:
                    number += 1
                    yield f"{path}, row {number}", dict(zip(names, values, strict=True))
    except duckdb.Error as error:
        raise InputError(f"{path}: not a Parquet file that can be read: {str(error).splitlines()[0]}.") from error


def _document(row: Any, place: str) -> Document:
    if not isinstance(row, dict):
        raise InputError(
            f'{place}: a {type(row).__name__} where an object is needed. Write {{"id": ..., "text": ...}}.'
        )
    for name in _FIELDS:
        value = row.get(name)
        if not isinstance(value, str) and not (value is None and name not in ("id", "text")):
            raise InputError(
                f"{place}: {name} is {'missing' if value is None else 'no text'}. Give id and text as strings."
            )
        if value and not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise InputError(
                f"{place}: {name} holds half a character (a lone surrogate). Write the file again as UTF-8."
            )
    if row.get("language") not in _LANGUAGES:
        raise InputError(f"{place}: language {row['language']!r} is not read. Use one of auto, en, ru, ar.")
    published = row.get("published") or None
    if published:
        try:
            parse_date(published)
        except InputError as error:
            raise InputError(f"{place}: published: {error}") from error
    return Document(row["text"], row["id"], row.get("title"), published, row.get("language") or "auto")
