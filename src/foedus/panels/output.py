"""A panel as a file, with its codebook, lock and citations beside it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from foedus.core.codebook import CodebookColumn, describe_column
from foedus.core.engine import FileFormat
from foedus.core.errors import InputError, MissingError
from foedus.core.output import write_output, write_whole
from foedus.core.version import CODE_VERSION
from foedus.panels.model import Panel, PanelColumn

FORMATS: dict[str, FileFormat | str] = {".parquet": "parquet", ".csv": "csv", ".dta": "dta"}
_NAME_LIMIT, _LABEL_LIMIT = 32, 80  # of Stata
_STAMP = b"01 Jan 1960 00:00"  # the file says nothing of when it was made, so that the same call gives the same bytes
LOCK_VERSION = 1
_ENTRY = re.compile(r"^@\w+\{([^,\s]+),.*?(?=^@|\Z)", re.MULTILINE | re.DOTALL)


def write_panel(panel: Panel, path: Path) -> Path:
    """The panel as Parquet, CSV or Stata 118, by the suffix; see `Panel.write`.

    Raises
    ------
    InputError
        If the suffix is none of these.
    OutputError
        If a file cannot be written.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(
            f"{path}: panels are not written as {path.suffix or 'a file without suffix'}. Use .parquet, .csv or .dta."
        )
    if form == "dta":
        _write_stata(panel, path)
    else:
        panel.engine.write(panel.batches(), path, "parquet" if form == "parquet" else "csv")
    write_output(codebook_csv(panel), str(beside(path, "codebook.csv")))
    write_output(citations_bib(panel), str(beside(path, "bib")))
    lock = json.dumps(lock_of(panel, path), indent=2, ensure_ascii=False) + "\n"
    write_output(lock, str(beside(path, "lock.json")))
    return path


def beside(path: Path, ending: str) -> Path:
    """The name of a file that lies beside a panel's: `FILE.lock.json`."""
    return path.with_name(f"{path.name}.{ending}")


def codebook_csv(panel: Panel) -> str:
    """One line a column of a panel: meaning, unit, source, version, coverage."""
    return codebook_of(panel.columns)


def codebook_of(columns: Iterable[PanelColumn]) -> str:
    """One line a column: meaning, unit, source, version, coverage."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("column", "type", "unit", "meaning", "source", "datasets", "coverage"))
    for column in columns:
        told = meaning_of(column)
        coverage = str(column.coverage) if column.coverage else ""
        writer.writerow(
            (column.name, told.type, told.unit, told.meaning, told.source, "; ".join(column.datasets), coverage)
        )
    return buffer.getvalue()


def meaning_of(column: PanelColumn) -> CodebookColumn:
    """What the codebook says of a column, or the column itself where it is not of the codebook."""
    if column.meaning:
        return CodebookColumn(
            column.name,
            "integer" if column.table else "text",
            "rows" if column.table else "",
            column.meaning,
            column.table or "",
        )
    return describe_column(column.name)


def lock_of(panel: Panel, path: Path) -> dict[str, Any]:
    """What a rebuild needs: the call, the hash of each input, the versions, and the hash of the file."""
    names = ("duckdb", "ibis-framework", "polars", "pyarrow")
    return {
        "lock": LOCK_VERSION,
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows": panel.count(),
        "key": list(panel.key),
        "call": [dict(step) for step in panel.steps],
        "inputs": {dataset: panel.inputs.fingerprint(dataset) for dataset in panel.datasets},
        "columns": {column.name: list(column.datasets) for column in panel.columns},
        "engine": panel.engine.name,
        "versions": {"foedus": CODE_VERSION, "record": record_version(), **{n: version(n) for n in names}},
    }


def record_version() -> str:
    """The version and day of the record."""
    from foedus.record.load import DATA, read_head

    return " of ".join(read_head(DATA))


def citations_bib(panel: Panel) -> str:
    """The BibTeX entries of the datasets used, in the order of their keys."""
    from foedus.sources import datasets
    from foedus.sources.registry import CITATIONS_FILE

    known = datasets()
    keys = {known[name].citation for name in panel.datasets if name in known}
    text = CITATIONS_FILE.read_text(encoding="utf-8") if CITATIONS_FILE.is_file() else ""
    entries = {match[1]: match[0].rstrip() for match in _ENTRY.finditer(text)}
    return "".join(f"{entries[key]}\n" for key in sorted(keys & set(entries)))


def _write_stata(panel: Panel, path: Path) -> None:
    """Stata 118, with the meaning of each column as its label."""
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingError("Stata files need pyreadstat. Install it with: pip install 'foedus[panels]'") from error
    long = [column.name for column in panel.columns if len(column.name) > _NAME_LIMIT]
    if long:
        raise InputError(
            f"{path}: Stata has no names of more than {_NAME_LIMIT} characters such as {long[0]}. Use .csv or .parquet."
        )
    labels: dict[str, str | None] = {column.name: meaning_of(column).meaning[:_LABEL_LIMIT] for column in panel.columns}
    frame = panel.to_polars()

    def fill(temporary: Path) -> None:
        pyreadstat.write_dta(
            frame, str(temporary), file_label=f"foedus {panel.unit} panel", column_labels=labels, version=14
        )
        _set_stamp(temporary)

    write_whole(path, fill)


def _set_stamp(path: Path) -> None:
    with path.open("r+b") as stream:
        head = stream.read(2048)
        place = head.find(b"<timestamp>")
        if place >= 0 and head[place + 11] == len(_STAMP):
            stream.seek(place + 12)
            stream.write(_STAMP)


def settings_of(step: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a step, with lists as the tuples that tables know."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in step.get("options", {}).items()}
