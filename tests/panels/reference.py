"""The reference program's outputs and inputs, from the shared data beside the project."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
INPUTS, ORACLES = DATA / "peacesciencer-inputs", DATA / "peacesciencer-oracles"
MISSING = "shared data of the reference program are not there"


def read(path: Path) -> pl.DataFrame:
    """A file of the reference program: NA is missing."""
    return pl.read_csv(path, null_values="NA", infer_schema_length=None, try_parse_dates=True)


def given(name: str) -> pl.DataFrame:
    """An input of the reference program."""
    return read(INPUTS / f"{name}.csv.gz")


def _month(name: str) -> pl.Expr:
    return pl.col(name).dt.year() * 100 + pl.col(name).dt.month()


def _contiguity() -> pl.DataFrame:
    rows = given("peacesciencer__cow_contdir")
    return rows.select(statelno="ccode1", statehno="ccode2", conttype="conttype", begin=_month("stdate"), end=_month("enddate"))


def _atop() -> pl.DataFrame:
    names = {f"atop_{name}": name for name in ("defense", "offense", "neutral", "nonagg", "consul")}
    return given("peacesciencer__atop_alliance").rename({**names, "ccode1": "stateA", "ccode2": "stateB"})


def _states(system: str, is_micro: int | None = None) -> pl.DataFrame:
    rows = given(f"isard__{dict(cow='cw', gw='gw')[system]}_system")
    if system == "gw":
        rows = rows.filter(pl.col("microstate") == is_micro)
        return rows.select(statenumber="gwcode", countryname="gw_name", start="start", end="end")
    parts = {f"{edge}{part}": getattr(pl.col(column).dt, name)() for edge, column in (("st", "start"), ("end", "end"))
             for part, name in (("year", "year"), ("month", "month"), ("day", "day"))}  # fmt: skip
    return rows.select("ccode", statenme="cw_name", **parts)


FRAMES = {
    "cow.states-2016": lambda: _states("cow"),
    "gw.states-7": lambda: _states("gw", 0),
    "gw.microstates-7": lambda: _states("gw", 1),
    "cow.majors-2016": lambda: given("peacesciencer__cow_majors"),
    "cow.contiguity-3.2": _contiguity,
    "cow.nmc-7.0": lambda: given("peacesciencer__cow_nmc"),
    "cow.trade-states-4.0": lambda: given("peacesciencer__cow_trade_sy"),
    "cow.trade-4.0": lambda: given("extdata__cow_trade_ddy"),
    "cow.igo-3": lambda: read(DATA / "cow" / "state_year_formatv3.csv.gz"),
    "vdem.democracy-cow-16-isard": lambda: given("isard__cw_democracy"),
    "vdem.democracy-gw-16-isard": lambda: given("isard__gw_democracy"),
    "fariss.gdp-population-cow-2022": lambda: given("isard__cw_gdppop"),
    "fariss.gdp-population-gw-2022": lambda: given("isard__gw_gdppop"),
    "rugged.terrain-2012": lambda: given("peacesciencer__rugged"),
    "creg.fractionalization-1.02": lambda: given("peacesciencer__creg"),
    "capitals.cow-2024": lambda: given("peacesciencer__cow_capitals"),
    "capitals.gw-2024": lambda: given("peacesciencer__gw_capitals"),
    "mindist.cow-2.0": lambda: given("peacesciencer__cow_mindist"),
    "mindist.gw-2.0": lambda: given("peacesciencer__gw_mindist"),
    "mindist.cow-changes-2.0": lambda: given("extdata__cow_mindist_plus"),
    "mindist.gw-changes-2.0": lambda: given("extdata__gw_mindist_plus"),
    "atop.directed-dyad-years-5.1": _atop,
    "rivalries.strategic-tss-2021": lambda: given("peacesciencer__tss_rivalries"),
    "gml.dyads-2.2.1": lambda: given("peacesciencer__gml_dirdisp"),
    "gml.participants-2.2.1": lambda: given("peacesciencer__gml_part"),
    "cow.dispute-dyad-years-all-5.0-peacesciencer": lambda: given("peacesciencer__cow_mid_dirdisps"),
    "cow.disputes-5.0": lambda: given("peacesciencer__cow_mid_disps"),
    "cow.civil-war-years-4.1-peacesciencer": lambda: given("peacesciencer__cow_war_intra"),
    "cow.war-dyad-years-4.0-peacesciencer": lambda: given("peacesciencer__cow_war_inter"),
    "ucdp.acd-sides-25.1-peacesciencer": lambda: given("peacesciencer__ucdp_acd"),
    "ucdp.onsets-19.1": lambda: given("peacesciencer__ucdp_onsets"),
    "archigos.leaders-4.1": lambda: given("peacesciencer__archigos"),
    "lead.leaders-2015": lambda: given("peacesciencer__LEAD"),
    "lead.willingness-2020": lambda: given("peacesciencer__lwuf"),
}


class Frames(dict[str, pl.DataFrame]):
    """The inputs of the reference program under the ids of foedus, read when first asked for."""

    def __missing__(self, key: str) -> pl.DataFrame:
        self[key] = FRAMES[key]()
        return self[key]

    def __contains__(self, key: object) -> bool:
        return key in FRAMES


def full(name: str) -> pl.DataFrame:
    """An output that is there whole."""
    return read(ORACLES / f"{name}.csv.gz")


def part(name: str, kind: str) -> pl.DataFrame:
    """A part of a large output: `cols`, `years`, `sample` or `nonzero`."""
    return read(ORACLES / f"{name}__{kind}.csv.gz")


def digest(frame: pl.DataFrame) -> str:
    """The hash of a frame's rows, for comparing two that must be the same."""
    return hashlib.sha256(frame.write_csv().encode()).hexdigest()


def differing(ours: pl.DataFrame, theirs: pl.DataFrame, key: list[str], columns: list[str]) -> dict[str, int]:
    """How many rows of theirs differ from ours in each column; rows that only one has under `rows`.

    Numbers agree to 1e-9 of their size; a code below zero of theirs for missing is an empty cell of ours.
    """
    left, right = (frame.with_columns(pl.col(name).cast(_key_type(theirs, name)) for name in key) for frame in (ours, theirs))
    joined = right.join(left, on=key, how="left", suffix="__ours", coalesce=True)
    found = {"rows": right.join(left, on=key, how="anti").height}
    for name in columns:
        mine = joined[name + "__ours"] if name + "__ours" in joined.columns else joined[name]
        found[name] = int((~same(joined[name], mine)).sum())
    return {name: count for name, count in found.items() if count}


def _key_type(frame: pl.DataFrame, name: str) -> Any:
    return pl.Int64 if frame.schema[name].is_integer() else frame.schema[name]


def same(theirs: pl.Series, ours: pl.Series) -> pl.Series:
    """Where two columns agree."""
    if not theirs.dtype.is_numeric() and not ours.dtype.is_numeric():
        return theirs.cast(ours.dtype, strict=False).eq_missing(ours)
    a, b = theirs.cast(pl.Float64), ours.cast(pl.Float64)
    near = ((a - b).abs() <= 1e-9 * a.abs().clip(lower_bound=1)).fill_null(False)
    return near | (a.is_null() & b.is_null())


LAST = date(2025, 12, 31)
