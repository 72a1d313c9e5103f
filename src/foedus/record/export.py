"""The record as a Frictionless data package: a CSV file a table, Parquet where it can be made, GeoJSON, citations."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

from foedus.core.errors import OutputError
from foedus.core.output import render
from foedus.record.basing import bases
from foedus.record.citations import cite_all
from foedus.record.models import Record
from foedus.record.tables import TABLES, RecordTable, Row

PACKAGE = "datapackage.json"


def export(record: Record, folder: Path) -> list[Path]:
    """Write the record as a data package into a folder, whole or not at all; the files written, in order.

    Raises
    ------
    OutputError
        If the folder holds other files, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / PACKAGE).exists())):
        raise OutputError(
            f"{folder}: there is something else already. Name a new folder, or that of an earlier export."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as made:
            names = _write(record, Path(made) / "package")
            if folder.exists():
                folder.rename(Path(made) / "before")
            (Path(made) / "package").rename(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{folder}: cannot be written: {reason}. Choose another folder, or make room.") from error
    return [folder / name for name in names]


def _write(record: Record, folder: Path) -> list[str]:
    folder.mkdir()
    written: list[str] = []
    for table in TABLES:
        rows = list(table.rows(record))
        _put(folder, f"{table.name}.csv", _csv(table, rows), written)
        if (parquet := _parquet(folder / f"{table.name}.csv", folder / f"{table.name}.parquet", table)) is not None:
            written.append(parquet)
    _put(folder, "bases.geojson", render(bases(record, status="all"), "geojson"), written)
    _put(folder, "sources.bib", cite_all(record, style="bibtex"), written)
    _put(folder, "sources.csl.json", cite_all(record, style="csl"), written)
    _put(folder, PACKAGE, json.dumps(_package(record), ensure_ascii=False, indent=2) + "\n", written)
    return written


def _put(folder: Path, name: str, text: str, written: list[str]) -> None:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    written.append(name)


def _csv(table: RecordTable, rows: list[Row]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [name for name, _, _ in table.fields], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
    return stream.getvalue()


def _parquet(source: Path, target: Path, table: RecordTable) -> str | None:
    """The same table as Parquet; None where the panels extra is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import csv as arrow_csv
        from pyarrow import parquet
    except ImportError:
        return None
    kinds = {"string": pa.string(), "date": pa.date32(), "integer": pa.int32(), "number": pa.float64()}
    options = arrow_csv.ConvertOptions(
        column_types={name: kinds[kind] for name, kind, _ in table.fields},
        strings_can_be_null=True, quoted_strings_can_be_null=True, null_values=[""],
    )  # fmt: skip
    parse = arrow_csv.ParseOptions(newlines_in_values=True)
    parquet.write_table(arrow_csv.read_csv(source, convert_options=options, parse_options=parse), target)
    return target.name


def _package(record: Record) -> dict[str, Any]:
    """The description of the package, by the Frictionless standard."""
    resources = [_resource(table) for table in TABLES]
    resources.append({
        "name": "bases-geojson", "path": "bases.geojson", "format": "geojson", "mediatype": "application/geo+json",
        "description": "The bases as points by RFC 7946.",
    })  # fmt: skip
    return {
        "name": "foedus-record", "title": "The foedus record of alliances and foreign bases", "version": record.version,
        "description": f"Kept up to {record.day}. Each fact has a date, a confidence and sources.",
        "created": f"{record.day}T00:00:00Z",
        "licenses": [{
            "name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }],
        "resources": resources,
    }  # fmt: skip


def _resource(table: RecordTable) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": name, "type": kind, "description": meaning} for name, kind, meaning in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [own], "reference": {"resource": other, "fields": [field]}} for own, other, field in table.refers
        ]
    return {
        "name": table.name, "path": f"{table.name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "profile": "tabular-data-resource", "description": table.describes, "schema": schema,
    }  # fmt: skip
