"""Contiguity, distances and major powers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from foedus.tables.model import CODES, OPEN_END, Coverage, Given, System, Table
from foedus.tables.pairs import false_pairs
from foedus.tables.systems import by_year, membership

EARTH_RADIUS_KM = 6378.137
_PICK = ("first", "last")


def year_status(spells: pl.DataFrame, key: list[str], pick: str) -> pl.DataFrame:
    """One row a key and year of what spells of days say: that of the first day in the year, or of the last.

    Where several speak of that day, the first or the last listed counts.
    """
    rows = spells.with_row_index("_listed").with_columns(
        pl.int_ranges(pl.col("start_date").dt.year(), pl.col("end_date").dt.year() + 1, dtype=pl.Int32).alias("year")
    )
    rows = rows.explode("year", empty_as_null=False)
    edge = (
        pl.max_horizontal("start_date", pl.date("year", 1, 1))
        if pick == "first"
        else pl.min_horizontal("end_date", pl.date("year", 12, 31))
    )
    rows = rows.with_columns(edge.alias("_edge")).sort("_edge", "_listed")
    kept = rows.unique([*key, "year"], keep="first" if pick == "first" else "last", maintain_order=True)
    return kept.drop("_listed", "_edge", "start_date", "end_date")


def _contiguity(given: Given) -> pl.DataFrame:
    """Spells of contiguity by pair; the producer dates them by month."""
    rows = given.read("cow.contiguity-3.2").rename({"statelno": "ccode1", "statehno": "ccode2"})
    begin, end = pl.col("begin"), pl.col("end")
    return rows.filter(pl.col("ccode1") < pl.col("ccode2")).select(
        "ccode1",
        "ccode2",
        "conttype",
        pl.date(begin // 100, begin % 100, 1).alias("start_date"),
        pl.date(end // 100, end % 100, 1).dt.month_end().alias("end_date"),
    )


def _pair_contiguity(given: Given, *, pick: str, go_on: bool) -> pl.DataFrame:
    rows = _contiguity(given)
    return year_status(_running(rows, given) if go_on else rows, ["ccode1", "ccode2"], pick)


def _running(spells: pl.DataFrame, given: Given) -> pl.DataFrame:
    """Spells that reach the last day of the data, taken to go on unchanged to the end of the panel."""
    last = spells["end_date"].max()
    end = pl.when(pl.col("end_date") < last).then("end_date").otherwise(given.until).alias("end_date")
    return spells.with_columns(end)


def _contiguity_variant(*, pick: str, go_on: bool) -> tuple[Coverage, tuple[str, ...]]:
    return Coverage(1816, OPEN_END if go_on else 2016), ("cow.contiguity-3.2",)


def _neighbour_counts(given: Given, *, pick: str, go_on: bool) -> pl.DataFrame:
    """How many states a state touched by land (type 1) and across up to 400 miles of water (types 2 to 5)."""
    pairs = _pair_contiguity(given, pick=pick, go_on=go_on)
    both = pl.concat([pairs, pairs.select(ccode1="ccode2", ccode2="ccode1", conttype="conttype", year="year")])
    land, sea = pl.col("conttype") == 1, pl.col("conttype") > 1
    return both.group_by(pl.col("ccode1").alias("ccode"), "year").agg(land.sum().alias("land"), sea.sum().alias("sea"))


def _majors(given: Given, *, version: str, go_on: bool) -> pl.DataFrame:
    rows = given.read(f"cow.majors-{version}").select(
        "ccode",
        pl.date("styear", "stmonth", "stday").alias("start_date"),
        pl.date("endyear", "endmonth", "endday").alias("end_date"),
    )
    years = by_year(_running(rows, given) if go_on else rows).select("ccode", "year").unique()
    return years.with_columns(pl.lit(1).alias("cowmaj"))


def _majors_variant(*, version: str, go_on: bool) -> tuple[Coverage, tuple[str, ...]]:
    return Coverage(1816, OPEN_END if go_on else int(version)), (f"cow.majors-{version}",)


def great_circle_km(
    latitude: np.ndarray, longitude: np.ndarray, other_latitude: np.ndarray, other_longitude: np.ndarray
) -> np.ndarray:
    """Distance along the surface of a sphere of 6,378.137 km, from degrees.

    Exact also for points that are close or opposite.

    References
    ----------
    Vincenty (1975), Survey Review 23(176): 88-93, with no flattening.
    """
    a, b = np.radians(latitude), np.radians(other_latitude)
    turn = np.radians(other_longitude - longitude)
    across = np.hypot(np.cos(b) * np.sin(turn), np.cos(a) * np.sin(b) - np.sin(a) * np.cos(b) * np.cos(turn))
    along = np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(turn)
    distance: np.ndarray = EARTH_RADIUS_KM * np.arctan2(across, along)
    return distance


def capitals(given: Given, system: System, pick: str) -> pl.DataFrame:
    """Where the capital of each state lay in each year: `code, year, lat, lng`, by the first or the last day."""
    rows = given.read(f"capitals.{system}-2024").select(
        pl.col(CODES[system]).alias("code"), "lat", "lng", start_date="stdate", end_date="enddate"
    )
    return year_status(rows, ["code"], pick)


def _capital_distances(system: System) -> Callable[..., pl.DataFrame]:
    def load(given: Given, *, pick: str) -> pl.DataFrame:
        pairs = _capital_pairs(capitals(given, system, pick))
        return pairs.rename({f"code{side}": f"{CODES[system]}{side}" for side in "12"})

    return load


def _capital_pairs(places: pl.DataFrame) -> pl.DataFrame:
    """Distances between all capitals of each year: `code1, code2, year, capdist`, the lower code first."""
    # A capital stays for generations: each pair of sites is measured once, not once a year.
    sites = places.select("lat", "lng").unique(maintain_order=True).with_row_index("site")
    lat, lng = sites["lat"].to_numpy(), sites["lng"].to_numpy()
    between = great_circle_km(lat[:, None], lng[:, None], lat, lng)
    parts = []
    located = places.join(sites, on=["lat", "lng"], maintain_order="left").sort("code")
    for (year,), rows in located.group_by("year", maintain_order=True):
        code, site = rows["code"].to_numpy(), rows["site"].to_numpy()
        first, second = np.triu_indices(len(code), k=1)
        years = np.full(len(first), year, dtype=np.int32)
        km = between[site[first], site[second]]
        parts.append(pl.DataFrame({"code1": code[first], "code2": code[second], "year": years, "capdist": km}))
    return pl.concat(parts)


def _nearest_capital(system: System) -> Callable[..., pl.DataFrame]:
    """The nearest capital of a state that was a member on the same day of the year."""

    def load(given: Given, *, pick: str) -> pl.DataFrame:
        members = membership(given, system)
        years = by_year(members).select("code", "year").unique()
        places = capitals(given, system, pick).with_columns(pl.col("code").cast(pl.Int32))
        pairs = _capital_pairs(places.join(years, on=["code", "year"]))
        pairs = pairs.join(false_pairs(members, "any_day"), on=["code1", "code2", "year"], how="anti")
        both = pl.concat(
            [pairs.select("code1", "year", "capdist"), pairs.select(code1="code2", year="year", capdist="capdist")]
        )
        return both.group_by(pl.col("code1").alias(CODES[system]), "year").agg(
            pl.col("capdist").min().alias("mincapdist")
        )

    return load


def _minimum_distances(system: System) -> Callable[..., pl.DataFrame]:
    code = CODES[system]

    def load(given: Given, *, pick: str) -> pl.DataFrame:
        if pick == "january":
            return given.read(f"mindist.{system}-2.0").select(f"{code}1", f"{code}2", "year", "mindist")
        rows = given.read(f"mindist.{system}-changes-2.0").filter(pl.col("mindist").is_not_null())
        rows = rows.sort("date", descending=pick == "last").unique([f"{code}1", f"{code}2", "year"], keep="first")
        return rows.select(f"{code}1", f"{code}2", "year", "mindist")

    return load


def _nearest_state(system: System) -> Callable[..., pl.DataFrame]:
    code = CODES[system]

    def load(given: Given, *, pick: str) -> pl.DataFrame:
        pairs = _minimum_distances(system)(given, pick=pick)
        both = pl.concat([pairs.select(pl.col(f"{code}{side}").alias(code), "year", "mindist") for side in "12"])
        return both.group_by(code, "year").agg(pl.col("mindist").min().alias("minmindist"))

    return load


def _mindist_variant(system: System) -> Callable[..., tuple[Coverage, tuple[str, ...]]]:
    def variant(*, pick: str) -> tuple[Coverage, tuple[str, ...]]:
        kind = "" if pick == "january" else "-changes"
        return Coverage(1886, 2019), (f"mindist.{system}{kind}-2.0",)

    return variant


def _of_system(system: System) -> tuple[Table, ...]:
    moments = ("january", "first", "last")
    return (
        Table(
            "capitals", "dyad-year", system, ("capdist",), Coverage(1816, 2024), _capital_distances(system),
            (f"capitals.{system}-2024",), options={"pick": _PICK},
        ),
        Table(
            "capitals", "state-year", system, ("mincapdist",), Coverage(1816, 2024), _nearest_capital(system),
            (f"capitals.{system}-2024",), options={"pick": _PICK},
        ),
        Table(
            "mindist", "dyad-year", system, ("mindist",), Coverage(1886, 2019), _minimum_distances(system),
            (f"mindist.{system}-2.0",), options={"pick": moments}, variant=_mindist_variant(system),
        ),
        Table(
            "mindist", "state-year", system, ("minmindist",), Coverage(1886, 2019), _nearest_state(system),
            (f"mindist.{system}-2.0",), options={"pick": moments}, variant=_mindist_variant(system),
        ),
    )  # fmt: skip


TABLES = (
    Table(
        "cow.contiguity", "dyad-year", "cow", ("conttype",), Coverage(1816, 2016), _pair_contiguity,
        ("cow.contiguity-3.2",), absent={"conttype": 0}, options={"pick": _PICK, "go_on": (False, True)},
        variant=_contiguity_variant,
    ),
    Table(
        "cow.contiguity", "state-year", "cow", ("land", "sea"), Coverage(1816, 2016), _neighbour_counts,
        ("cow.contiguity-3.2",), absent={"land": 0, "sea": 0}, options={"pick": _PICK, "go_on": (False, True)},
        variant=_contiguity_variant,
    ),
    Table(
        "cow.majors", "state-year", "cow", ("cowmaj",), Coverage(1816, 2016), _majors, ("cow.majors-2016",),
        absent={"cowmaj": 0}, options={"version": ("2016", "2024"), "go_on": (False, True)}, variant=_majors_variant,
    ),
    *_of_system("cow"),
    *_of_system("gw"),
)  # fmt: skip
