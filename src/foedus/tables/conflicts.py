"""Wars and armed conflicts of states and dyads."""

from __future__ import annotations

import polars as pl

from foedus.tables.model import Coverage, Given, Table

_INTRA = (
    "warnum",
    "warname",
    "wartype",
    "cowintraonset",
    "cowintraongoing",
    "intnl",
    "outcome",
    "sideadeaths",
    "sidebdeaths",
    "intrawarnums",
)
_INTER = (
    "cowinterongoing", "cowinteronset", "sidea1", "sidea2", "initiator1", "initiator2", "outcome1", "outcome2",
    "batdeath1", "batdeath2", "resume",
)  # fmt: skip
_UCDP = ("ucdpongoing", "ucdponset", "maxintensity", "conflict_ids")


def _deadliest(rows: pl.DataFrame, key: list[str], onset: str, deaths: tuple[str, str]) -> pl.DataFrame:
    """One war a group: new ones over those going on, then the deadliest by the deaths known, then the first listed."""
    first, second = (pl.col(name) for name in deaths)
    rows = rows.with_row_index("_listed").filter(pl.col(onset) == pl.col(onset).max().over(key))
    rows = rows.with_columns(pl.when(pl.col(name) >= 0).then(pl.col(name)).alias(name) for name in deaths)
    total = pl.when(first.is_not_null() | second.is_not_null()).then(first.fill_null(0) + second.fill_null(0))
    rows = rows.with_columns(total.alias("_deaths"))
    order = rows.sort("_deaths", "_listed", descending=[True, False], nulls_last=True)
    return order.unique(key, keep="first", maintain_order=True)


def _intra(given: Given, *, type: str) -> pl.DataFrame:
    rows = given.read("cow.civil-war-years-4.1-peacesciencer").filter(pl.col("primary_state") == 1)
    rows = rows if type == "all" else rows.filter(pl.col("wartype") == type.replace("_", " "))
    key = ["ccodea", "year"]
    numbers = rows.group_by(key, maintain_order=True).agg(
        pl.col("warnum").cast(pl.String).str.strip_suffix(".0").str.join("; ").alias("intrawarnums")
    )
    chosen = _deadliest(rows, key, "cowintraonset", ("sideadeaths", "sidebdeaths"))
    return chosen.join(numbers, on=key).rename({"ccodea": "ccode"})


def _inter(given: Given) -> pl.DataFrame:
    return _deadliest(
        given.read("cow.war-dyad-years-4.0-peacesciencer"),
        ["ccode1", "ccode2", "year"],
        "cowinteronset",
        ("batdeath1", "batdeath2"),
    )


def _ucdp(given: Given, *, type: str, issue: str, wars_only: bool) -> pl.DataFrame:
    """Conflicts of the first state of side A; an onset is the first year of a conflict with it in the selection."""
    rows = given.read("ucdp.acd-sides-25.1-peacesciencer").with_row_index("_listed")
    rows = rows.with_columns(pl.col("gwno_a").cast(pl.Int32))
    if type != "all":
        rows = rows.filter(pl.col("type_of_conflict") == ("II" if type == "internationalized" else type))
    if issue != "all":
        rows = rows.filter(pl.col("incompatibility") == issue)
    if wars_only:
        rows = rows.filter(pl.col("intensity_level") == 2)
    one = rows.sort("conflict_id", "gwno_a", "year", "_listed").unique(
        ["conflict_id", "gwno_a", "year"], keep="first", maintain_order=True
    )
    one = one.with_columns(
        (pl.col("year") == pl.col("year").min().over("conflict_id", "gwno_a")).cast(pl.Int8).alias("onset")
    )
    return (
        one.group_by("gwno_a", "year", maintain_order=True)
        .agg(
            pl.lit(1).alias("ucdpongoing"),
            pl.col("onset").max().alias("ucdponset"),
            pl.col("intensity_level").max().alias("maxintensity"),
            pl.col("conflict_id").cast(pl.String).str.join("; ").alias("conflict_ids"),
        )
        .rename({"gwno_a": "gwcode"})
    )


def _crises(given: Given) -> pl.DataFrame:
    """Crises of a state: those that it was in on some day of the year, and those that began for it.

    A crisis whose last year is not known counts in its first year only.
    """
    rows = given.read("icb.actors-13").filter(pl.col("yrtrig").is_not_null()).unique(["crisno", "cracno"])
    last = pl.max_horizontal("yrtrig", pl.col("yrterm").fill_null(pl.col("yrtrig")))
    years = rows.with_columns(pl.int_ranges("yrtrig", last + 1, dtype=pl.Int32).alias("year"))
    return (
        years.explode("year", empty_as_null=False)
        .group_by(pl.col("cracno").alias("ccode"), "year")
        .agg(pl.len().alias("icb_ongoing"), (pl.col("year") == pl.col("yrtrig")).sum().alias("icb_onset"))
    )


_CRISES = ("icb_ongoing", "icb_onset")

TABLES = (
    Table(
        "icb.crises", "state-year", "cow", _CRISES, Coverage(1918, 2017), _crises, ("icb.actors-13",),
        absent=dict.fromkeys(_CRISES, 0),
    ),
    Table(
        "cow.intrastate_wars", "state-year", "cow", _INTRA, Coverage(1816, 2007), _intra,
        ("cow.civil-war-years-4.1-peacesciencer",),
        absent={"cowintraonset": 0, "cowintraongoing": 0},
        options={"type": ("all", "central_control", "local_issues")},
    ),
    Table(
        "cow.interstate_wars", "directed-dyad-year", "cow", _INTER, Coverage(1816, 2007), _inter,
        ("cow.war-dyad-years-4.0-peacesciencer",), absent={"cowinterongoing": 0, "cowinteronset": 0},
    ),
    Table(
        "ucdp.conflicts", "state-year", "gw", _UCDP, Coverage(1946, 2024), _ucdp,
        ("ucdp.acd-sides-25.1-peacesciencer",),
        absent={"ucdpongoing": 0, "ucdponset": 0},
        options={
            "type": ("all", "interstate", "intrastate", "internationalized", "extrasystemic"),
            "issue": ("all", "territory", "government", "both"), "wars_only": (False, True),
        },
    ),
)  # fmt: skip
