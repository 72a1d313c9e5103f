"""Events of GDELT counted by dyad and month."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from foedus import panels
from foedus.panels import Inputs
from foedus.sources import gdelt

ACTORS, MONTH = ("Actor1CountryCode", "Actor2CountryCode"), "MonthYear"


def write(path: Path, rows: list[tuple[str, str, int, int, float]]) -> None:
    lines = []
    for first, second, month, quad, scale in rows:
        cells = dict.fromkeys(gdelt.EVENTS_1, "") | {
            "GLOBALEVENTID": "1", ACTORS[0]: first, ACTORS[1]: second, MONTH: str(month), "QuadClass": str(quad),
            "GoldsteinScale": str(scale), "SQLDATE": f"{month}01", "Year": str(month // 100),
        }  # fmt: skip
        lines.append("\t".join(cells.values()) + "\n")
    path.write_text("".join(lines), encoding="utf-8")


def test_events_are_counted_by_the_codes_of_the_month(tmp_path: Path) -> None:
    path = tmp_path / "20260101.export.CSV"
    write(path, [
        ("USA", "RUS", 200001, 1, 3.0), ("USA", "RUS", 200001, 4, -10.0), ("RUS", "USA", 200001, 1, 1.0),
        ("USA", "RUS", 200002, 1, 2.0), ("USA", "USA", 200001, 1, 1.0), ("USA", "", 200001, 1, 1.0),
        ("EUR", "RUS", 200001, 1, 1.0), ("ROM", "USA", 200001, 2, 6.0),
    ])  # fmt: skip
    inputs = Inputs({"gdelt.events-1-1.0": gdelt.events_1(path)})  # type: ignore[dict-item]
    panel = panels.directed_dyad_months("2000-01", "2000-02", inputs=inputs)
    added = panel.add("gdelt.events")
    assert added.count() == panel.count()
    found = added.to_polars().filter(pl.col("events_count").is_not_null())
    columns = ("ccode1", "ccode2", "month", "events_count", "material_conflict_count", "goldstein_mean")
    assert found.select(columns).rows() == [
        (2, 365, 1, 2, 1, -3.5), (2, 365, 2, 1, 0, 2.0), (360, 2, 1, 1, 0, 6.0), (365, 2, 1, 1, 0, 1.0),
    ]  # fmt: skip
