"""Militarized disputes: several in one dyad-year become one by an ordered list of rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from foedus.core.errors import InputError
from foedus.tables.model import Coverage, Given, Table
from foedus.tables.states import known

ONE_PER_DYAD_YEAR = (
    "onset", "fatality", "hostility", "min_duration", "reciprocation", "start_month", "first",
)  # fmt: skip
_DYAD_YEAR = ("ccode1", "ccode2", "year")
_SIDES = tuple(
    f"{name}{side}" for name in ("sidea", "fatality", "fatalpre", "hiact", "hostlev", "orig") for side in "12"
)
_DISPUTE = ("fatality", "hostlev", "mindur", "maxdur", "recip", "stmon")
INITIATORS = ("sidea_all_joiners", "sidea_with_joiners", "sidea_original")

# A death toll that is unknown ranks above none and below the smallest known one.
_RULES: dict[str, Callable[[], pl.Expr]] = {
    "onset": lambda: pl.col("onset"),
    "fatality": lambda: pl.when(pl.col("fatality") >= 0).then(pl.col("fatality")).otherwise(0.5),
    "hostility": lambda: pl.col("hostlev"),
    "min_duration": lambda: pl.col("mindur"),
    "max_duration": lambda: pl.col("maxdur"),
    "reciprocation": lambda: pl.col("recip"),
    "start_month": lambda: -pl.col("stmon"),
}


def whittle(
    disputes: pl.DataFrame, rules: Sequence[str] = ONE_PER_DYAD_YEAR, *, key: Sequence[str] = _DYAD_YEAR
) -> pl.DataFrame:
    """Disputes with fewer of them in each group: each rule in turn keeps the rows that are best by it.

    Parameters
    ----------
    disputes
        One row a dispute and dyad-year: `onset`, `fatality`, `hostlev`, `mindur`, `maxdur`, `recip`, `stmon` as the
        rules need them, and the key.
    rules
        Any of `onset` (new ones over those going on), `fatality`, `hostility`, `min_duration`, `max_duration`,
        `reciprocation`, `start_month` (the earliest), and `first` (the first listed), in the order of application.
        Ties stay; only `first` always leaves one.
    key
        What makes a group, by default the directed dyad-year.

    Raises
    ------
    InputError
        If a rule is none of these.
    """
    rows = disputes.with_row_index("_listed")
    for rule in rules:
        if rule == "first":
            rows = rows.sort("_listed").unique(list(key), keep="first", maintain_order=True)
        elif rule in _RULES:
            best = _RULES[rule]()
            rows = rows.filter(best.eq_missing(best.max().over(list(key))))
        else:
            raise InputError(f"rule: {rule!r} is none. Use {', '.join((*_RULES, 'first'))}.")
    return rows.sort("_listed").drop("_listed")


def initiated(init: str, side: str = "") -> pl.Expr:
    """Whether a participant counts as initiator: on Side A, with or without joiners, or a joiner of either side."""
    first, original = pl.col(f"sidea{side}") == 1, pl.col(f"orig{side}") == 1
    chosen = {
        "sidea_all_joiners": first | ~original, "sidea_with_joiners": first, "sidea_original": first & original,
    }  # fmt: skip
    return chosen[init].cast(pl.Int8)


def _gml(given: Given, *, init: str, rules: tuple[str, ...] | None) -> pl.DataFrame:
    rows = given.read("gml.dyads-2.2.1").rename({"midongoing": "gmlmidongoing", "midonset": "onset"})
    return _chosen(rows, init, rules).with_columns(pl.col("onset").alias("gmlmidonset"))


def _cow(given: Given, *, init: str, rules: tuple[str, ...] | None) -> pl.DataFrame:
    of_dispute = given.read("cow.disputes-5.0").select("dispnum", *_DISPUTE)
    rows = given.read("cow.dispute-dyad-years-all-5.0-peacesciencer").rename(
        {"dispongoing": "cowmidongoing", "disponset": "onset"}
    )
    rows = rows.join(of_dispute, on="dispnum", how="left", maintain_order="left")
    return _chosen(rows, init, rules).with_columns(pl.col("onset").alias("cowmidonset"))


def _chosen(rows: pl.DataFrame, init: str, rules: tuple[str, ...] | None) -> pl.DataFrame:
    """One dispute a dyad-year, with who initiated it, and null where the producer writes -9."""
    initiators = [initiated(init, side).alias(f"init{side}") for side in "12"]
    rows = whittle(rows, (*rules, "first") if rules else ONE_PER_DYAD_YEAR).with_columns(initiators)
    return rows.with_columns(known(name) for name in (*_SIDES, *_DISPUTE))


def _of_states(given: Given, *, init: str, participants: str) -> pl.DataFrame:
    """State-years: whether a dispute went on, began, and whether the state initiated it."""
    rows = given.read("gml.participants-2.2.1")
    if participants == "with_leaders":
        rows = rows.filter((pl.col("allmiss_leader_start") == 0) & (pl.col("allmiss_leader_end") == 0))
    rows = rows.with_columns(
        pl.int_ranges(pl.col("styear"), pl.col("endyear") + 1).alias("year"), initiated(init).alias("started")
    )
    rows = rows.explode("year", empty_as_null=False).with_columns(
        (pl.col("year") == pl.col("styear")).cast(pl.Int8).alias("onset")
    )
    return rows.group_by("ccode", "year").agg(
        pl.lit(1).alias("gmlmidongoing"),
        pl.col("onset").max().alias("gmlmidonset"),
        pl.col("started").max().alias("gmlmidongoing_init"),
        (pl.col("started") * pl.col("onset")).max().alias("gmlmidonset_init"),
    )


def _of_leaders(given: Given, *, init: str) -> pl.DataFrame:
    """Disputes by pair of leaders and year, where both leaders are known; the producer has one a pair and year."""
    rows = given.read("gml.leader-dyads-2.2.1-peacesciencer").drop_nulls(["obsid1", "obsid2"])
    return rows.with_columns(initiated(init, side).alias(f"init{side}") for side in "12")


_LEADER_COLUMNS = ("dispnum", "gmlmidongoing", "gmlmidonset", "sidea1", "sidea2", "orig1", "orig2", "init1", "init2")
_CHOICES: dict[str, tuple[Any, ...]] = {"init": INITIATORS, "rules": ()}
_STATE_COLUMNS = ("gmlmidongoing", "gmlmidonset", "gmlmidongoing_init", "gmlmidonset_init")

TABLES = (
    Table(
        "gml.mids", "directed-dyad-year", "cow",
        ("dispnum", "gmlmidongoing", "gmlmidonset", *_SIDES, *_DISPUTE, "init1", "init2"), Coverage(1816, 2010), _gml,
        ("gml.dyads-2.2.1",), absent={"gmlmidongoing": 0, "gmlmidonset": 0}, options=_CHOICES,
    ),
    Table(
        "cow.mids", "directed-dyad-year", "cow",
        ("dispnum", "cowmidongoing", "cowmidonset", *_SIDES, *_DISPUTE, "init1", "init2"), Coverage(1816, 2014), _cow,
        ("cow.dispute-dyad-years-all-5.0-peacesciencer", "cow.disputes-5.0"),
        absent={"cowmidongoing": 0, "cowmidonset": 0}, options=_CHOICES,
    ),
    Table(
        "gml.mids", "leader-dyad-year", None, _LEADER_COLUMNS, Coverage(1870, 2010), _of_leaders,
        ("gml.leader-dyads-2.2.1-peacesciencer",), absent={"gmlmidongoing": 0, "gmlmidonset": 0},
        options={"init": INITIATORS},
    ),
    Table(
        "gml.mids", "state-year", "cow", _STATE_COLUMNS, Coverage(1816, 2010), _of_states,
        ("gml.participants-2.2.1",), absent=dict.fromkeys(_STATE_COLUMNS, 0),
        options={"init": INITIATORS, "participants": ("all", "with_leaders")},
    ),
)  # fmt: skip
