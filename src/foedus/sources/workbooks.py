"""Tables that producers publish as Excel workbooks or Stata files, in the same layouts as text."""

from __future__ import annotations

import io
from pathlib import Path

from foedus.core.errors import MissingError
from foedus.sources.errors import at, require_extra
from foedus.sources.layouts import Layout, pl

_WORKBOOKS = (".xls", ".xlsx")
_STATA = (".dta",)


def read_table(layout: Layout, path: Path | str, *, sheet: str | None = None) -> pl.DataFrame:
    """A table in a layout, from text, from a workbook (its first sheet unless named) or from a Stata file.

    Raises
    ------
    MissingError
        If the library that reads the format is not installed.
    SourceError
        If the file is damaged or not in the layout.
    """
    place = Path(path)
    if place.suffix.lower() in _WORKBOOKS:
        return layout.parse(sheet_bytes(place, layout.separator, sheet=sheet), place)
    if place.suffix.lower() in _STATA:
        return layout.parse(_stata_bytes(place, layout.separator), place)
    return layout.read(place)


def sheet_bytes(path: Path, separator: str = ",", *, sheet: str | None = None, skip: int = 0) -> bytes:
    """One sheet of a workbook as the text of a table, cells as they are shown."""
    try:
        import fastexcel
    except ImportError as error:
        raise require_extra("fastexcel") from error
    try:
        book = fastexcel.read_excel(path)
        page = book.load_sheet(sheet if sheet is not None else 0, header_row=None, skip_rows=skip, dtypes="string")
        frame = page.to_polars()
    except Exception as error:  # its errors share no root
        found = f"the workbook cannot be read ({str(error).splitlines()[0]})."
        raise at(path, None, found, "Get it again, or save the sheet as CSV.") from error
    buffer = io.BytesIO()
    frame.write_csv(buffer, include_header=False, separator=separator)
    return buffer.getvalue()


def _stata_bytes(path: Path, separator: str) -> bytes:
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingError(f"{path.name}: pyreadstat is not installed. Run: pip install pyreadstat") from error
    try:
        columns, _ = pyreadstat.read_dta(str(path), output_format="dict", apply_value_formats=False)
    except Exception as error:  # its errors share no root
        found = f"the Stata file cannot be read ({str(error).splitlines()[0]})."
        raise at(path, None, found, "Get it again.") from error
    frame = pl.DataFrame({name: list(values) for name, values in columns.items()}, strict=False).fill_nan(None)
    buffer = io.BytesIO()
    frame.write_csv(buffer, separator=separator)
    return buffer.getvalue()
