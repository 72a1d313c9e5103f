"""Events in the layout of GDELT 1.0, made by a generator, counted by foedus and by DuckDB alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from foedus.sources import gdelt
from foedus.tables.events import months_of_events

_STATES = (
    "USA",
    "RUS",
    "CHN",
    "FRA",
    "GBR",
    "DEU",
    "TUR",
    "IRN",
    "ISR",
    "IND",
    "PAK",
    "UKR",
    "ARM",
    "AZE",
    "KAZ",
    "KGZ",
)
_CODES = "[" + ", ".join(f"'{code}'" for code in _STATES) + ", NULL]"
_VALUES = {
    "GLOBALEVENTID": "i", "SQLDATE": "20000101 + (i % 28)", "MonthYear": "200001 + (i % 12) + 100 * (i % 17)",
    "Year": "2000 + (i % 17)", "Actor1CountryCode": f"{_CODES}[1 + (hash(i) % 17)::INTEGER]", "EventCode": "'010'",
    "Actor2CountryCode": f"{_CODES}[1 + (hash(i + 7) % 17)::INTEGER]", "QuadClass": "1 + (hash(i) % 4)::INTEGER",
    "GoldsteinScale": "((hash(i) % 201)::INTEGER - 100) / 10.0", "NumMentions": "i % 50",
    "AvgTone": "(i % 1000) / 77.0", "Actor1Name": "'ACTOR OF SOME LENGTH'",
    "SOURCEURL": "'https://example.org/a/rather/long/address/' || i",
}  # fmt: skip
_LIMIT = "512MiB"
_FILE = 1_000_000


def generate(folder: Path, millions: float) -> list[Path]:
    """Files of at most a million lines, the same at every call."""
    total = round(millions * 1_000_000)
    columns = ", ".join(f"{_VALUES.get(name, 'NULL')} AS {name}" for name in gdelt.EVENTS_1)
    form = "HEADER false, DELIMITER '\t', QUOTE '', ESCAPE '', COMPRESSION gzip"
    files = []
    for start in range(0, total, _FILE):
        path = folder / f"{start // _FILE:08}.export.CSV.gz"
        source = f"range({start}, {min(start + _FILE, total)}) AS r(i)"
        duckdb.sql(f"COPY (SELECT {columns} FROM {source}) TO '{path}' ({form})")
        files.append(path)
    return files


def foedus(files: list[Path]) -> Any:
    """Counts by directed dyad and month, as foedus makes them."""
    return months_of_events(gdelt.events_1(files, connection=_connect(files)))


def by_hand(files: list[Path]) -> Any:
    """DuckDB's own scan and group-by of the same files."""
    types = dict.fromkeys(gdelt.EVENTS_1, "VARCHAR")
    types |= {"MonthYear": "INTEGER", "QuadClass": "INTEGER", "GoldsteinScale": "DOUBLE"}
    relation = _connect(files).read_csv(
        [str(path) for path in files], header=False, sep="\t", quotechar="", escapechar="", columns=types,
        auto_detect=False,
    )  # fmt: skip
    counts = ", ".join(f"count(*) FILTER (QuadClass = {number})" for number in range(1, 5))
    keys = "Actor1CountryCode, Actor2CountryCode, MonthYear"
    return relation.aggregate(f"{keys}, count(*), {counts}, sum(GoldsteinScale)", keys).pl()


def _connect(files: list[Path]) -> Any:
    return duckdb.connect(config={"memory_limit": _LIMIT, "temp_directory": str(files[0].parent)})
