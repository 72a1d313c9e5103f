"""Trade by product: CEPII's BACI, a file a year, streamed and summed to chapters of the Harmonized System."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from foedus.sources.errors import SourceError, at
from foedus.sources.layouts import Layout, pl

FLOWS, COUNTRIES = "BACI_HS*_Y*.csv", "country_codes*.csv"
_COLUMNS = {"t": pl.Int32, "i": pl.Int32, "j": pl.Int32, "k": pl.Utf8, "v": pl.Float64}
_COUNTRIES = Layout(key="country_code", text="country_name country_iso2 country_iso3", whole="country_code")
_DIGITS = 6  # of a product; leading zeros are lost in files where it is a number


def baci(path: Path | str, chapters: Collection[int] | None = None) -> pl.DataFrame:
    """Value of exports by year, exporter, importer and two-digit chapter, in thousands of current US dollars.

    Parameters
    ----------
    path
        A folder with the files as published, unpacked: `BACI_HS92_Y1995_V202501.csv` and so on, in which `t` is the
        year, `i` the exporter, `j` the importer, `k` the product in six digits, `v` the value and `q` the tons; and
        `country_codes_V202501.csv`. Files of one revision and release.
    chapters
        Those to keep; all of them by default, which is some 25 million rows for thirty years.

    Returns
    -------
    `year`, `exporter`, `importer` (numeric codes of the file), `chapter`, `value`; flows that the files do not have are
    not there, and never 0.

    Raises
    ------
    SourceError
        If there is no such file, files of several revisions or releases lie together, or one is in another layout.

    References
    ----------
    Gaulier and Zignago (2010), CEPII working paper 2010-23.
    """
    parts = [_year(file, chapters) for file in _files(Path(path))]
    return pl.concat(parts).sort("year", "exporter", "importer", "chapter")


def baci_countries(path: Path | str) -> pl.DataFrame:
    """The countries of BACI: `country_code`, `country_name`, `country_iso2`, `country_iso3`, from the same folder."""
    place = Path(path)
    found = sorted(place.glob(COUNTRIES)) if place.is_dir() else []
    if not found:
        raise at(place, None, f"no file like {COUNTRIES} lies beside the flows.", "Put it there; it is in the archive.")
    return _COUNTRIES.read(found[-1])


def has_baci(path: Path) -> bool:
    """Whether a folder has files of BACI."""
    return path.is_dir() and any(path.glob(FLOWS))


def _files(place: Path) -> list[Path]:
    found = sorted(place.glob(FLOWS)) if place.is_dir() else [place] if place.is_file() else []
    if not found:
        raise SourceError(f"{place}: no files like {FLOWS}. Unpack BACI there and name the folder.")
    kinds = {(file.stem.partition("_Y")[0], file.stem.partition("_V")[2]) for file in found}
    if len(kinds) > 1:
        names = ", ".join(sorted(f"{revision} V{release}" for revision, release in kinds))
        raise SourceError(f"{place}: files of {names} lie together. Keep one revision and release in a folder.")
    return found


def _year(file: Path, chapters: Collection[int] | None) -> pl.DataFrame:
    try:
        found = pl.scan_csv(file, n_rows=0, infer_schema_length=0).collect_schema().names()
        lacking = [name for name in _COLUMNS if name not in found]
        if lacking:
            raise at(file, 1, f"no column {', '.join(lacking)}.", "Give BACI as published: t, i, j, k, v, q.")
        rows = pl.scan_csv(file, schema_overrides=_COLUMNS, infer_schema_length=0).select(list(_COLUMNS))
        code = pl.col("k").str.strip_chars().str.zfill(_DIGITS)
        chapter = code.str.slice(0, 2).cast(pl.Int32).alias("chapter")
        rows = rows.with_columns(chapter)
        if chapters is not None:
            rows = rows.filter(pl.col("chapter").is_in(list(chapters)))
        summed = rows.group_by("t", "i", "j", "chapter").agg(pl.col("v").sum(), low=pl.col("v").min()).collect()
    except pl.exceptions.PolarsError as error:
        raise at(file, None, f"it cannot be read ({str(error).splitlines()[0]}).", "Get it again.") from error
    if summed.filter((pl.col("low") < 0) | pl.any_horizontal(pl.col("t", "i", "j", "chapter").is_null())).height:
        raise at(file, None, "a row has a negative value or lacks a code.", "Get it again.")
    return summed.select(year="t", exporter="i", importer="j", chapter="chapter", value="v")
