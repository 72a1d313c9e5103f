"""The layout in which a producer publishes a table, and how it becomes a typed frame.

A layout names every column that is used with its type, the codes that mean missing, and the key. What is read is
checked against it: a column that is not there, a value of the wrong type or a key that is there twice is an error with
file and line; columns that the layout does not name are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.conversion import KINDS, pl, read_header, read_rows
from foedus.sources.errors import at

__all__ = ["Form", "Layout", "check_key", "pl"]


@dataclass(frozen=True, slots=True)
class Form:
    """A derived form of the same table: exactly these columns in its header, and what the layout calls them."""

    header: str
    rename: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by type (names separated by blanks), missing codes and key of a table as published.

    Parameters
    ----------
    text, whole, big, real, day
        Columns of text, 32-bit and 64-bit integers, decimals, and ISO dates.
    others
        A pattern and a type for columns that come in families (``mem1``, ``mem2``, ...).
    optional
        Columns that only some releases of the producer have; null where they are not there.
    missing, missing_in
        Codes that mean missing in every number column, or in one column.
    not_number
        Marks that mean missing in number columns, beside a blank, `NA` and a dot.
    not_text
        Texts that mean missing in text columns; `NA` is a text unless it stands here, for it may be Namibia.
    encoding
        What the file is in where it is not UTF-8.
    rename
        Names as found in the file beside those of the layout.
    """

    key: str = ""
    text: str = ""
    whole: str = ""
    big: str = ""
    real: str = ""
    day: str = ""
    others: tuple[str, str] | None = None
    optional: str = ""
    missing: tuple[int, ...] = ()
    missing_in: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    not_text: tuple[str, ...] = ()
    not_number: tuple[str, ...] = ()
    separator: str = ","
    encoding: str = "cp1252"
    has_header: bool = True
    quote: str | None = '"'
    rename: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()

    def kinds(self) -> dict[str, str]:
        """The type of each named column."""
        return {name: kind for kind in KINDS for name in getattr(self, kind).split()}

    def read(self, path: Path | str) -> pl.DataFrame:
        """The table of a file: the columns of the layout, in the order of its declaration by type.

        Raises
        ------
        SourceError
            If the file is not in this layout; the message names file and line.
        """
        place = Path(path)
        return self.parse(text_bytes(place, self.encoding), place)

    def parse(self, content: bytes, path: Path) -> pl.DataFrame:
        """The table of a text that was read already; the path is for messages."""
        found = read_header(content, self, path) if self.has_header else list(self.kinds())
        self._check_end(content, len(found), path)
        wanted = self._wanted(found, path)
        types = {name: self.kinds().get(name) or (self.others or ("", "text"))[1] for name in wanted}
        frame = read_rows(content, self, {name: found.index(spelled) for name, spelled in wanted.items()}, types, path)
        frame = frame.with_columns(self._without_codes(name, kind) for name, kind in types.items())
        absent = {name: kind for name, kind in self.kinds().items() if name not in frame.columns}
        frame = frame.with_columns(pl.lit(None, dtype=KINDS[kind]).alias(name) for name, kind in absent.items())
        frame = frame.select(*self.kinds(), *(name for name in wanted if name not in self.kinds()))
        check_key(frame, self.key.split(), path, head=int(self.has_header))
        return frame

    def _check_end(self, content: bytes, width: int, path: Path) -> None:
        """A file that stops within a row was cut off; polars would fill the row up in silence."""
        last = content[content.rfind(b"\n") + 1 :]
        mark = self.separator.encode()
        if last.strip() and last.count(mark) + 1 < width and (not self.quote or self.quote.encode() not in last):
            line = content.count(b"\n") + 1
            found = f"the last row has {last.count(mark) + 1} of {width} columns: the file is cut off."
            raise at(path, line, found, "Get it again.")

    def _wanted(self, found: list[str], path: Path) -> dict[str, str]:
        """Each column that is read: its name in the layout and its name in the file, which may differ in capitals."""
        form = next((form for form in self.forms if set(form.header.split()) == set(found)), None)
        renamed = {**self.rename, **(form.rename if form else {})}
        spelled = {renamed.get(name, name).casefold(): name for name in reversed(found)}
        wanted = {name: spelled[name.casefold()] for name in self.kinds() if name.casefold() in spelled}
        if self.others:
            family = re.compile(self.others[0])
            taken = set(wanted.values())
            wanted |= {name.lower(): name for name in found if name not in taken and family.fullmatch(name)}
        lacking = [name for name in self.kinds() if name not in wanted and name not in self.optional.split()]
        if lacking and form is None:
            shown = ", ".join(found[:12]) + (", ..." if len(found) > 12 else "")
            remedy = "Give the file as its producer publishes it, in the version that the registry names."
            raise at(path, 1, f"column {', '.join(lacking[:8])} not found; the header has {shown}.", remedy)
        return wanted

    def _without_codes(self, name: str, kind: str) -> pl.Expr:
        column = pl.col(name)
        own = self.missing_in.get(name, ())
        if kind == "text":
            stripped = column.str.strip_chars()
            void = ["", *self.not_text, *map(str, own)]
            return pl.when(stripped.is_in(void)).then(None).otherwise(stripped).alias(name)
        codes = [*self.missing, *own]
        if kind == "day" or not codes:
            return column
        return (
            pl.when(column.is_in(pl.Series(codes, dtype=KINDS[kind]).implode()))
            .then(None)
            .otherwise(column)
            .alias(name)
        )


def check_key(frame: pl.DataFrame, key: list[str], path: Path, *, head: int = 1) -> None:
    """Every row has its key, and no two rows have the same.

    Raises
    ------
    SourceError
        With the line of the first row that breaks it.
    """
    if not key or frame.is_empty():
        return
    columns = frame.select(key)
    for name in key:
        nulls = columns[name].is_null()
        if nulls.any():
            line = int(nulls.arg_true()[0]) + 1 + head
            raise at(path, line, f"{name} is missing, which is part of the key.", "Correct or delete the row.")
    repeated = columns.is_duplicated()
    if repeated.any():
        first = columns.row(int(repeated.arg_true()[0]), named=True)
        same = columns.with_row_index("row").filter([pl.col(name) == value for name, value in first.items()])
        lines = [row + 1 + head for row in same["row"].to_list()]
        words = ", ".join(f"{name} {value}" for name, value in first.items())
        raise at(path, lines[1], f"{words} stands already on line {lines[0]}.", "Keep one of the rows.")
