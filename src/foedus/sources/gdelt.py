"""GDELT events 1.0 and 2.0, mentions and the Global Knowledge Graph, as relations that DuckDB streams.

A day or a quarter of an hour is one tab-separated file without a header. Nothing is read until the relation is asked
for rows, only the columns that are used are converted, and the whole never stands in memory: an aggregate over twenty
million events needs a few hundred megabytes.
"""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.core.errors import OutputError
from foedus.core.home import cache_folder
from foedus.sources.archives import copy_member, members
from foedus.sources.errors import SourceError, at, require_extra

if TYPE_CHECKING:
    import duckdb

_ACTOR = (
    "{0}Code {0}Name {0}CountryCode {0}KnownGroupCode {0}EthnicCode {0}Religion1Code {0}Religion2Code {0}Type1Code "
)
_ACTOR += "{0}Type2Code {0}Type3Code"
_BEGIN = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate " + _ACTOR.format("Actor1") + " " + _ACTOR.format("Actor2")
_EVENT = "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources "
_EVENT += "NumArticles AvgTone"
_GEO_1 = "{0}Geo_Type {0}Geo_FullName {0}Geo_CountryCode {0}Geo_ADM1Code {0}Geo_Lat {0}Geo_Long {0}Geo_FeatureID"
_GEO_2 = _GEO_1.replace("{0}Geo_Lat", "{0}Geo_ADM2Code {0}Geo_Lat")
_PLACES = ("Actor1", "Actor2", "Action")
EVENTS_1 = f"{_BEGIN} {_EVENT} {' '.join(map(_GEO_1.format, _PLACES))} DATEADDED SOURCEURL".split()
EVENTS_2 = f"{_BEGIN} {_EVENT} {' '.join(map(_GEO_2.format, _PLACES))} DATEADDED SOURCEURL".split()
_MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras"
)
_GKG_1 = "DATE NUMARTS COUNTS THEMES LOCATIONS PERSONS ORGANIZATIONS TONE CAMEOEVENTIDS SOURCES SOURCEURLS"
_GKG_2 = (
    "GKGRECORDID DATE SourceCollectionIdentifier SourceCommonName DocumentIdentifier Counts V2Counts Themes V2Themes "
    "Locations V2Locations Persons V2Persons Organizations V2Organizations V2Tone Dates GCAM SharingImage "
    "RelatedImages SocialImageEmbeds SocialVideoEmbeds Quotations AllNames Amounts TranslationInfo Extras"
)
MENTIONS, GKG_1, GKG_2 = (columns.split() for columns in (_MENTIONS, _GKG_1, _GKG_2))
_BIG = {"GLOBALEVENTID", "DATEADDED", "EventTimeDate", "MentionTimeDate"}
_WHOLE = {
    "SQLDATE",
    "MonthYear",
    "Year",
    "IsRootEvent",
    "QuadClass",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "NUMARTS",
}
_WHOLE |= {"MentionType", "SentenceID", "InRawText", "Confidence", "MentionDocLen"}
_REAL = {"FractionDate", "GoldsteinScale", "AvgTone", "MentionDocTone"}
# Some coordinates in old files are no numbers: they are read as text and become null.
_LOOSE = {f"{place}Geo_{axis}" for place in _PLACES for axis in ("Lat", "Long")}
Paths = Path | str | Iterable[Path | str]


def events_1(paths: Paths, *, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
    """Events of GDELT 1.0 (daily files), 58 columns; `SOURCEURL` is null in files before April 2013, which have 57.

    Parameters
    ----------
    paths
        Files (plain, gzip or zip) or folders of them.
    connection
        Where the relation lives; a new one in memory by default.

    Returns
    -------
    DuckDBPyRelation
        Event, base and root codes are text, for their zeros count; blanks are null.
    """
    return _scan(paths, EVENTS_1, "*export.CSV*", connection)


def events_2(paths: Paths, *, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
    """Events of GDELT 2.0 (files of a quarter of an hour), 61 columns; see `events_1`."""
    return _scan(paths, EVENTS_2, "*export.CSV*", connection)


def mentions(paths: Paths, *, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
    """Mentions of events in articles, 16 columns."""
    return _scan(paths, MENTIONS, "*mentions.CSV*", connection)


def gkg_1(paths: Paths, *, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
    """Global Knowledge Graph 1.0, 11 columns; these files have a header."""
    return _scan(paths, GKG_1, "*gkg.csv*", connection, has_header=True)


def gkg_2(paths: Paths, *, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
    """Global Knowledge Graph 2.1, 27 columns, all but the date and the id as text."""
    return _scan(paths, GKG_2, "*gkg.csv*", connection)


def _scan(
    paths: Paths, names: Sequence[str], pattern: str, connection: duckdb.DuckDBPyConnection | None,
    *, has_header: bool = False,
) -> duckdb.DuckDBPyRelation:  # fmt: skip
    try:
        import duckdb
    except ImportError as error:
        raise require_extra("duckdb") from error
    files = [_readable(path) for path in _files(paths, pattern)]
    for path in files:
        _check_width(path, names)
    columns = {name: _sql_type(name) for name in names}
    owner = connection or duckdb.connect()
    scanned = owner.read_csv(
        [str(path) for path in files],  # type: ignore[arg-type]
        header=has_header, sep="\t", quotechar="", escapechar="", columns=columns, auto_detect=False,
        null_padding=names is EVENTS_1, strict_mode=False,
    )  # fmt: skip
    loose = [f'TRY_CAST("{name}" AS DOUBLE) AS "{name}"' if name in _LOOSE else f'"{name}"' for name in names]
    result: duckdb.DuckDBPyRelation = scanned.project(", ".join(loose))
    return result


def _sql_type(name: str) -> str:
    if name in _BIG:
        return "BIGINT"
    if name in _WHOLE:
        return "INTEGER"
    return "DOUBLE" if name in _REAL else "VARCHAR"


def _files(paths: Paths, pattern: str) -> list[Path]:
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found.extend(sorted(path.glob(pattern)))
        elif path.is_file():
            found.append(path)
        else:
            raise at(path, None, "there is no such file or folder.", "Check the path.")
    if not found:
        raise SourceError(
            f"{', '.join(map(str, given)) or 'no path'}: no files like {pattern}. Give the files themselves."
        )
    return found


def _readable(path: Path) -> Path:
    """The file itself, or what is inside a zip as gzip in the cache: DuckDB does not read zip."""
    if path.suffix.lower() != ".zip":
        return path
    target = cache_folder() / "gdelt" / f"{path.stem}.{path.stat().st_size}.gz"
    if target.exists():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".unpacking-", delete=False) as handle:
            temporary = Path(handle.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "Unpack the zip files, or set FOEDUS_HOME to a folder of yours."
        raise OutputError(f"{target.parent}: could not be written: {reason}. {remedy}") from error
    try:
        with gzip.open(temporary, "wb", compresslevel=1) as packed:
            for member in members(path):
                copy_member(member, packed)
        shutil.move(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return target


def _check_width(path: Path, names: Sequence[str]) -> None:
    """The first line has as many columns as the layout; event files before April 2013 have one fewer."""
    opened = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
    with opened as stream:
        width = stream.readline().count(b"\t") + 1
    allowed = {len(names), len(names) - 1} if names is EVENTS_1 else {len(names)}
    if width not in allowed:
        raise at(
            path, 1, f"{width} columns where the layout has {len(names)}.", "Give the file of the version you named."
        )
