"""Tables of one state in one year, and of one state for all time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from foedus.tables.model import CODES, OPEN_END, Coverage, Given, System, Table

_NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
_NMC_VERSIONS = {"6.0": 2016, "7.0": 2022, "5.0": 2012}
_DEMOCRACY = ("euds", "aeuds", "polity2", "v2x_polyarchy")
_ECONOMY = ("mrgdppc", "sd_mrgdppc", "pwtrgdp", "sd_pwtrgdp", "pwtpop", "sd_pwtpop")
_IGO = {"sum_igo_full": 1, "sum_igo_associate": 2, "sum_igo_observer": 3}
_CREG = ("ethfrac", "ethpol", "relfrac", "relpol")


def known(name: str) -> pl.Expr:
    """A column without the producer's negative codes for missing."""
    return pl.when(pl.col(name) >= 0).then(pl.col(name)).alias(name)


def _nmc(given: Given, *, version: str) -> pl.DataFrame:
    return given.read(f"cow.nmc-{version}").select("ccode", "year", *(known(name) for name in _NMC))


def _nmc_variant(*, version: str) -> tuple[Coverage, tuple[str, ...]]:
    return Coverage(1816, _NMC_VERSIONS[version]), (f"cow.nmc-{version}",)


def _igo(given: Given) -> pl.DataFrame:
    """Counts of memberships by kind; unknown (-9) and not in the system or no such organization (-1) count for none."""
    frame = given.read("cow.igo-3")
    bodies = [name for name in frame.columns if name not in ("ccode", "year", "state")]
    counts = [pl.sum_horizontal(pl.col(name) == code for name in bodies).alias(kind) for kind, code in _IGO.items()]
    return frame.select("ccode", "year", *counts).with_columns(pl.sum_horizontal(*_IGO).alias("sum_igo_anytype"))


def _plain(dataset: str, columns: tuple[str, ...]) -> Callable[[Given], pl.DataFrame]:
    """A load function for a file that has its key and columns already."""

    def load(given: Given) -> pl.DataFrame:
        frame = given.read(dataset)
        return frame.select(*(name for name in ("ccode", "gwcode", "year") if name in frame.columns), *columns)

    return load


def _coded(dataset: str, system: System, columns: tuple[str, ...]) -> Callable[[Given], pl.DataFrame]:
    """A load function for a file that carries the codes of both systems; rows without a code of this one are left out.

    Where several of the producer's own units fall on one code, each column takes the first value known, that of the
    unit with the same code before others.
    """
    code = CODES[system]

    def load(given: Given) -> pl.DataFrame:
        frame = given.read(dataset)
        time = ("year",) if "year" in frame.columns else ()
        rows = frame.filter(pl.col(code).is_not_null()).with_row_index("_listed")
        if own := [name for name in frame.columns if name.endswith("_ccode")]:
            rows = rows.with_columns(pl.col(own[0]).ne_missing(pl.col("ccode")).alias("_other")).sort(
                "_other", "_listed"
            )
        groups = rows.group_by(code, *time, maintain_order=True)
        return groups.agg(pl.col(name).drop_nulls().first() for name in columns)

    return load


def _onsets(given: Given) -> pl.DataFrame:
    return given.read("ucdp.onsets-19.1")


def _polity(given: Given) -> pl.DataFrame:
    """Polity5 under COW codes; in a year that has a row under the COW code itself, that row counts."""
    rows = given.read("polity.polity5-2018").filter(pl.col("year").is_between(1816, 2018))
    rows = rows.with_columns(pl.col("ccode").alias("_theirs"))
    for theirs, first, last, ours in _POLITY_CODES:
        is_meant = (pl.col("_theirs") == theirs) & pl.col("year").is_between(first, last)
        rows = rows.with_columns(pl.when(is_meant).then(ours).otherwise(pl.col("ccode")).alias("ccode"))
    rows = rows.with_columns((pl.col("_theirs") != pl.col("ccode")).alias("_moved")).sort("_moved", maintain_order=True)
    return rows.unique(["ccode", "year"], keep="first", maintain_order=True)


_POLITY = ("democ", "autoc", "polity", "polity2", "xconst", "durable")
# Polity's code, first and last year of it, and the COW code of the same state.
_POLITY_CODES = (
    (305, 1816, 1918, 300), (324, 1816, 1860, 325), (341, 2008, 2020, 347), (342, 1816, 2020, 345),
    (347, 1991, 2006, 345), (348, 2006, 2020, 341), (364, 1922, 1991, 365), (525, 2011, 2020, 626),
    (529, 1993, 2020, 530), (626, 2011, 2020, 625), (769, 1947, 1971, 770), (818, 1976, 2020, 816),
)  # fmt: skip


def _threat(given: Given) -> pl.DataFrame:
    names = {"sd": "lterrthreat_sd", "m_sd": "m_lterrthreat_sd"}
    return given.read("threat.territorial-2022").rename(names).select("ccode", "year", *_THREAT)


_THREAT = ("lterrthreat", "lterrthreat_sd", "m_lterrthreat", "m_lterrthreat_sd")


def _ideal_points(given: Given) -> pl.DataFrame:
    names = {"IdealPoint": "idealpoint", "Q5%": "idealpoint_q5", "Q95%": "idealpoint_q95", "NVotes": "un_votes"}
    return given.read("un.ideal-points-2020").rename(names).select("ccode", "year", *_IDEAL)


_IDEAL = ("idealpoint", "idealpoint_q5", "idealpoint_q95", "un_votes")
_ONSETS = ("sumnewconf", "sumonset1", "sumonset2", "sumonset3", "sumonset5", "sumonset10")


def _zeros(names: tuple[str, ...]) -> Mapping[str, Any]:
    return dict.fromkeys(names, 0)


TABLES = (
    Table(
        "cow.nmc", "state-year", "cow", _NMC, Coverage(1816, 2016), _nmc, ("cow.nmc-6.0",),
        options={"version": tuple(_NMC_VERSIONS)}, variant=_nmc_variant,
    ),
    Table(
        "cow.igos", "state-year", "cow", (*_IGO, "sum_igo_anytype"), Coverage(1816, 2014), _igo,
        ("cow.igo-3",),
    ),
    Table(
        "cow.trade", "state-year", "cow", ("imports", "exports"), Coverage(1870, 2014),
        lambda given: given.read("cow.trade-states-4.0").select("ccode", "year", known("imports"), known("exports")),
        ("cow.trade-states-4.0",),
    ),
    *(
        Table(
            "democracy", "state-year", system, _DEMOCRACY, Coverage(1816, 2025),
            _plain(f"vdem.democracy-{system}-16-isard", _DEMOCRACY), (f"vdem.democracy-{system}-16-isard",),
        )
        for system in ("cow", "gw")
    ),
    *(
        Table(
            "economy", "state-year", system, _ECONOMY, Coverage(1816, 2019),
            _plain(f"fariss.gdp-population-{system}-2022", _ECONOMY), (f"fariss.gdp-population-{system}-2022",),
        )
        for system in ("cow", "gw")
    ),
    *(
        Table(
            "terrain", "state", system, ("rugged", "newlmtnest"), Coverage(1816, OPEN_END),
            _coded("rugged.terrain-2012", system, ("rugged", "newlmtnest")), ("rugged.terrain-2012",),
        )
        for system in ("cow", "gw")
    ),
    *(
        Table(
            "creg", "state-year", system, _CREG, Coverage(1945, 2013),
            _coded("creg.fractionalization-1.02", system, _CREG),
            ("creg.fractionalization-1.02",),
        )
        for system in ("cow", "gw")
    ),
    *(
        Table(
            "hief", "state-year", system, ("efindex",), Coverage(1945, 2013),
            _coded("hief.fractionalization-2020", system, ("efindex",)), ("hief.fractionalization-2020",),
        )
        for system in ("cow", "gw")
    ),
    Table("polity", "state-year", "cow", _POLITY, Coverage(1816, 2018), _polity, ("polity.polity5-2018",)),
    Table("threat", "state-year", "cow", _THREAT, Coverage(1816, 2010), _threat, ("threat.territorial-2022",)),
    Table(
        "un.ideal_points", "state-year", "cow", _IDEAL, Coverage(1946, 2019), _ideal_points, ("un.ideal-points-2020",),
    ),
    Table(
        "ucdp.onsets", "state-year", "gw", _ONSETS, Coverage(1946, 2017), _onsets, ("ucdp.onsets-19.1",),
        absent=_zeros(_ONSETS),
    ),
)  # fmt: skip
