"""Trade by product between the states of the record: the table that a channel of energy or minerals rests on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from foedus.findings.profile.datasets import Datasets

DATASET = "cepii.baci-hs92"


def has_products(path: Path) -> bool:
    """Whether the files of trade by product lie in a folder."""
    from foedus.sources.customs import has_baci

    return has_baci(path)


def by_state(path: Path, chapters: Collection[int], data: Datasets) -> pl.DataFrame:
    """Trade in some chapters of the Harmonized System, directed, in the columns of `Flows`, by COW code.

    A partner that is no state of the system then, such as a group of islands, keeps a code of its own below 0, so that
    totals are whole. Two entries of one state, where a part is counted apart, are one partner.
    """
    import polars as pl

    from foedus.sources.customs import baci, baci_countries

    rows = baci(path, chapters).group_by("year", "exporter", "importer").agg(pl.col("value").sum())
    bearers: dict[str, list[str]] = {}
    for state in data.record.states.values():
        bearers.setdefault(state.iso3 or state.id, []).append(state.id)
    pairs = [
        (number, year, _code(bearers.get(iso3 or "", []), year, data))
        for number, iso3 in baci_countries(path).select("country_code", "country_iso3").iter_rows()
        for year in rows["year"].unique().sort()
    ]
    codes = pl.DataFrame(pairs, schema={"number": pl.Int32, "year": pl.Int32, "code": pl.Int64}, orient="row")
    for side, name in (("importer", "ccode1"), ("exporter", "ccode2")):
        rows = rows.join(codes.rename({"number": side, "code": name}), on=(side, "year"), how="left")
        rows = rows.with_columns(pl.col(name).fill_null(-pl.col(side).cast(pl.Int64)))
    rows = rows.filter(pl.col("ccode1") != pl.col("ccode2"))
    summed = rows.group_by("year", "ccode1", "ccode2").agg(flow1=pl.col("value").sum())
    return summed.sort("year", "ccode1", "ccode2").with_columns(flow2=pl.lit(None, dtype=pl.Float64))


def _code(states: list[str], year: int, data: Datasets) -> int | None:
    found = (data.code(state, date(year, 12, 31)) for state in states)
    return next((code for code in found if code is not None), None)
