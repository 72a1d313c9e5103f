"""Measures of pairs of states as tables: similarity of alliances and of votes, and dependence in trade."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import polars as pl

from foedus.measures.arrays import MeasureError
from foedus.measures.portfolios import Year, pledge_values, years
from foedus.measures.similarity import VOTE_LEVELS, cohen_kappa, s_score, scott_pi
from foedus.measures.variants import VARIANTS, scores
from foedus.measures.votes import agreement, vote_tables
from foedus.tables.catalogue import find_table
from foedus.tables.model import Coverage, Given, Table
from foedus.tables.systems import by_year, membership

PORTFOLIOS: Mapping[str, tuple[Coverage, tuple[str, ...]]] = {
    "atop": (Coverage(1816, 2018), ("atop.directed-dyad-years-5.1",)),
    "cow": (Coverage(1816, 2012), ("cow.alliances-4.1",)),
    "record": (Coverage(1816, 2025), ()),
}
VOTES = "un.votes-2015"
VOTE_COVERAGE = Coverage(1946, 2015)
CAPABILITIES = "cow.nmc-7.0"
_COW_END = date(2012, 12, 31)
_WEIGHTS = ("none", "cinc")
_PLEDGES = ("defense", "offense", "neutrality", "nonaggression", "consult")
_OF_ATOP = dict(zip(_PLEDGES, ("defense", "offense", "neutral", "nonagg", "consul"), strict=True))


def _states(given: Given, coverage: Coverage) -> pl.DataFrame:
    """Members of the COW system by year: `code, year`."""
    rows = by_year(membership(given, "cow")).select("code", "year").unique()
    return rows.filter(pl.col("year").is_between(coverage.first, coverage.last)).sort("year", "code")


def _ties(given: Given, portfolio: str) -> tuple[pl.DataFrame, bool]:
    """Ties of a portfolio: `ccode1, ccode2, year` and a column a pledge; and whether a row ties both ways."""
    if portfolio == "cow":
        frame = given.read("cow.alliances-4.1").with_columns(pl.col("end_date").fill_null(_COW_END))
        return by_year(frame.rename({"entente": "consult"}), "start_date", "end_date"), True
    table = find_table("atop.pledges" if portfolio == "atop" else "record.alliances", ("directed-dyad-year",), "cow")
    if table is None:
        raise MeasureError(f"portfolio: {portfolio!r} is none. Use one of {', '.join(PORTFOLIOS)}.")
    frame = table.load(given)
    names = _OF_ATOP if portfolio == "atop" else {kind: kind for kind in _PLEDGES}
    return frame.rename({f"{portfolio}_{name}": kind for kind, name in names.items()}, strict=False), False


def portfolio_years(given: Given, portfolio: str) -> list[Year]:
    """Every year of a portfolio's coverage with the ties of all states, on the scale of its source."""
    coverage, _ = PORTFOLIOS[portfolio]
    states = _states(given, coverage)
    ties, is_symmetric = _ties(given, portfolio)
    kinds = [name for name in _PLEDGES if name in ties.columns]
    value = pledge_values(
        {name: ties[name].to_numpy() for name in kinds}, scale="cow" if portfolio == "cow" else "atop"
    )
    rows = (ties["ccode1"].to_numpy(), ties["ccode2"].to_numpy(), ties["year"].to_numpy(), value)
    wanted = range(coverage.first, coverage.last + 1)
    return list(years((states["code"].to_numpy(), states["year"].to_numpy()), rows, wanted, symmetric=is_symmetric))


def _similarity(name: str) -> Callable[..., pl.DataFrame]:
    def load(given: Given, *, portfolio: str, weights: str) -> pl.DataFrame:
        variants = dict(VARIANTS[name])
        shares = None
        if name == "s":
            variants |= VARIANTS["s_weighted"] if weights == "cinc" else {}
            shares = _cinc(given) if weights == "cinc" else None
        columns = scores(portfolio_years(given, portfolio), variants, weights=shares)
        frame = pl.DataFrame(columns, nan_to_null=True)
        absent = [pl.lit(None, pl.Float64).alias(c) for c in _columns(name) if c not in frame.columns]
        return frame.with_columns(absent)

    return load


def _columns(name: str) -> tuple[str, ...]:
    weighted = (*VARIANTS["s_weighted"], "weight_coverage") if name == "s" else ()
    return (*VARIANTS[name], *weighted)


def _cinc(given: Given) -> dict[int, dict[int, float]]:
    rows = given.read(CAPABILITIES).select("ccode", "year", "cinc").drop_nulls()
    found: dict[int, dict[int, float]] = {}
    for code, year, share in rows.iter_rows():
        found.setdefault(year, {})[code] = share
    return found


def _of_portfolio(portfolio: str, weights: str = "none") -> tuple[Coverage, tuple[str, ...]]:
    coverage, datasets = PORTFOLIOS[portfolio]
    return coverage, (*datasets, CAPABILITIES) if weights == "cinc" else datasets


def similarity_table(name: str) -> Table:
    """The table of one similarity measure over alliance portfolios."""
    coverage, datasets = PORTFOLIOS["atop"]
    return Table(
        f"measure.{name}", "dyad-year", "cow", _columns(name), coverage, _similarity(name), datasets,
        options={"portfolio": tuple(PORTFOLIOS), "weights": _WEIGHTS if name == "s" else ("none",)},
        variant=_of_portfolio,
    )  # fmt: skip


def _sessions(given: Given, min_joint: int) -> pl.DataFrame:
    """Agreement and similarity of every pair in every session: the year is session + 1945."""
    rows = given.read(VOTES).filter(pl.col("is_cast")).drop_nulls("ccode")
    parts = []
    for (session,), own in rows.sort("session").group_by("session", maintain_order=True):
        codes, state = np.unique(own["ccode"].to_numpy(), return_inverse=True)
        calls, call = np.unique(own["rcid"].to_numpy(), return_inverse=True)
        votes = np.full((len(codes), len(calls)), np.nan)
        votes[state, call] = own["vote"].to_numpy()
        one, other = np.triu_indices(len(codes), k=1)
        tables = vote_tables(votes)
        cells = tables.reshape(3, 3, -1)[:, :, one * len(codes) + other]
        found, enough = agreement(cells, min_joint=min_joint), cells.sum(axis=(0, 1)) >= min_joint
        columns = {"agree": found.agree, "agree2": found.agree2, "lijphart": found.lijphart}
        for distance in ("absolute", "squared"):
            for label, function in (("s", s_score), ("pi", scott_pi), ("kappa", cohen_kappa)):
                score = function(cells, VOTE_LEVELS, distance=distance)
                columns[f"{label}_vote_{distance}"] = np.where(enough, score, np.nan)
        keys = {"ccode1": codes[one], "ccode2": codes[other], "year": np.full(len(one), int(session) + 1945)}
        columns["joint_votes"] = found.joint
        columns["vote_coverage"] = found.joint / len(calls)
        parts.append(pl.DataFrame(keys | columns, nan_to_null=True))
    return pl.concat(parts)


def _votes(given: Given, *, min_joint: int) -> pl.DataFrame:
    return _sessions(given, int(min_joint))


VOTE_COLUMNS = (
    "agree", "agree2", "lijphart", "s_vote_absolute", "pi_vote_absolute", "kappa_vote_absolute", "s_vote_squared",
    "pi_vote_squared", "kappa_vote_squared", "joint_votes", "vote_coverage",
)  # fmt: skip
AGREEMENT = Table(
    "measure.agreement", "dyad-year", "cow", VOTE_COLUMNS, VOTE_COVERAGE, _votes, (VOTES,),
    options={"min_joint": (10, 1, 5, 20)},
)  # fmt: skip


def _trade_dependence(given: Given, *, denominator: str) -> pl.DataFrame:
    """Each state's trade with a partner over its total trade: directed, the first state depends on the second."""
    flows = given.read("cow.trade-4.0").select("ccode1", "ccode2", "year", "flow1", "flow2")
    known = [pl.when(pl.col(c) >= 0).then(pl.col(c)).alias(c) for c in ("flow1", "flow2")]
    flows = flows.with_columns(known)
    mirrored = flows.select(ccode1="ccode2", ccode2="ccode1", year="year", flow1="flow2", flow2="flow1")
    both = pl.concat([flows, mirrored]).unique(["ccode1", "ccode2", "year"])
    both = both.with_columns(total=pl.col("flow1") + pl.col("flow2"))
    if denominator == "dyadic_sum":
        sizes = both.group_by(ccode="ccode1", year="year").agg(size=pl.col("flow1").sum() + pl.col("flow2").sum())
    else:
        totals = given.read("cow.trade-states-4.0").select("ccode", "year", "imports", "exports")
        known = [pl.when(pl.col(c) >= 0).then(pl.col(c)).alias(c) for c in ("imports", "exports")]
        sizes = totals.with_columns(known).select("ccode", "year", size=pl.col("imports") + pl.col("exports"))
    joined = both.join(sizes, left_on=["ccode1", "year"], right_on=["ccode", "year"], how="left")
    share = pl.when(pl.col("size") > 0).then(pl.col("total") / pl.col("size"))
    return joined.select("ccode1", "ccode2", "year", trade_share=share)


TRADE_SHARE = Table(
    "measure.trade_share", "directed-dyad-year", "cow", ("trade_share",), Coverage(1870, 2014), _trade_dependence,
    ("cow.trade-4.0", "cow.trade-states-4.0"), options={"denominator": ("state_total", "dyadic_sum")},
)  # fmt: skip
