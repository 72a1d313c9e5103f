"""Votes in the General Assembly as tables: agreement, absence, and distance of ideal points."""

from __future__ import annotations

import numpy as np
import polars as pl

from foedus.core.errors import InputError
from foedus.measures.arrays import FloatArray
from foedus.measures.ballots import FILES, ISSUES, ROLL_CALLS, VOTES, cast_votes, chosen, sessions
from foedus.measures.idealpoints import distance, estimate
from foedus.measures.similarity import VOTE_LEVELS, cohen_kappa, s_score, scott_pi
from foedus.measures.votes import agreement, vote_tables
from foedus.tables.model import Coverage, Given, Table

IDEAL_POINTS = "un.ideal-points-2020"
_FIRST_YEAR = 1945  # of session 0
_POSITIVE = 2  # the United States: the Western side is positive
_TWO_SIDED_90 = 2 * 1.6448536269514722
VOTE_COLUMNS = (
    "agree", "agree2", "lijphart", "s_vote_absolute", "pi_vote_absolute", "kappa_vote_absolute", "s_vote_squared",
    "pi_vote_squared", "kappa_vote_squared", "joint_votes", "vote_coverage", "vote_reason",
)  # fmt: skip


def _agreement(
    given: Given, *, min_joint: str | int, votes: str, issue: str, important: bool, without: str | None
) -> pl.DataFrame:
    """Agreement and similarity of every pair in every session: the year is session + 1945.

    A vote not cast is missing, whether the state was absent or no member; coverage is over all roll calls chosen.
    """
    if not str(min_joint).isdigit():
        raise InputError(f"min_joint: {min_joint!r} is no number of roll calls. Use 10, or 1 to have all.")
    least, parts = int(min_joint), []
    rows = chosen(given, cast_votes(given, votes), issue=issue, important=important, without=without or "", votes=votes)
    for session in sessions(rows):
        n, n_calls = session.votes.shape
        one, other = np.triu_indices(n, k=1)
        cells = vote_tables(session.votes).reshape(3, 3, -1)[:, :, one * n + other]
        found, enough = agreement(cells, min_joint=least), cells.sum(axis=(0, 1)) >= least
        columns = {"agree": found.agree, "agree2": found.agree2, "lijphart": found.lijphart}
        for rule in ("absolute", "squared"):
            for label, function in (("s", s_score), ("pi", scott_pi), ("kappa", cohen_kappa)):
                score = function(cells, VOTE_LEVELS, distance=rule)
                columns[f"{label}_vote_{rule}"] = np.where(enough, score, np.nan)
        keys = {"ccode1": session.codes[one], "ccode2": session.codes[other],
                "year": np.full(len(one), session.number + _FIRST_YEAR)}  # fmt: skip
        columns |= {"joint_votes": found.joint, "vote_coverage": found.joint / n_calls}
        constant = np.isnan(columns["kappa_vote_squared"])
        reason = np.where(~enough, "too_few_joint_votes", np.where(constant, "no_variation", ""))
        parts.append(pl.DataFrame(keys | columns | {"vote_reason": reason}, nan_to_null=True))
    if not parts:
        raise InputError("issue, important, without: no roll call is left. Ask for fewer of them.")
    return pl.concat(parts).with_columns(pl.col("vote_reason").replace("", None))


def _of_votes(votes: str, without: str | None = None, **_: object) -> tuple[Coverage, tuple[str, ...]]:
    coverage, datasets = FILES[votes]
    return coverage, (*datasets, ROLL_CALLS) if without and ROLL_CALLS not in datasets else datasets


def _absence(given: Given, *, votes: str) -> pl.DataFrame:
    """Roll calls that a member missed; where a file has only the votes cast, absence cannot be told from no seat."""
    if votes == "2015":
        rows = given.read(VOTES).drop_nulls("ccode").with_columns(is_member=pl.col("vote") != 9)
        counts = rows.group_by("ccode", "session").agg(
            votes_cast=pl.col("is_cast").sum(), roll_calls_as_member=pl.col("is_member").sum()
        )
        eligible = pl.col("roll_calls_as_member")
        rate = pl.when(eligible > 0).then(1 - pl.col("votes_cast") / eligible).otherwise(None)
        reason = pl.when(eligible == 0).then(pl.lit("no_member")).otherwise(None)
    else:
        counts = cast_votes(given, votes).group_by("ccode", "session").agg(votes_cast=pl.len())
        counts = counts.with_columns(roll_calls_as_member=pl.lit(None, pl.Int64))
        rate, reason = pl.lit(None, pl.Float64), pl.lit("absence_not_recorded")
    return counts.with_columns(
        absence_rate=rate, absence_reason=reason, year=(pl.col("session") + _FIRST_YEAR).cast(pl.Int32)
    )


def _ideal_distance(given: Given, *, method: str, votes: str) -> pl.DataFrame:
    """Distance of two positions with its interval, and whether the interval reaches 0."""
    points = published_points(given) if method == "published" else own_points(given, votes)
    parts = []
    for (year,), own in points.sort("year", "ccode").group_by("year", maintain_order=True):
        codes, theta, error = (own[name].to_numpy() for name in ("ccode", "theta", "error"))
        one, other = np.triu_indices(len(codes), k=1)
        gap, low, high = distance(theta[one], theta[other], error[one], error[other])
        parts.append(
            pl.DataFrame(
                {
                    "ccode1": codes[one], "ccode2": codes[other], "year": np.full(len(one), year),
                    "ideal_distance": gap, "ideal_distance_lower": low, "ideal_distance_upper": high,
                    "ideal_interval_has_zero": (low <= 0).astype(np.int8),
                },
                nan_to_null=True,
            )
        )  # fmt: skip
    has_interval = pl.col("ideal_distance_lower").is_not_null()
    return pl.concat(parts).with_columns(
        ideal_interval_has_zero=pl.when(has_interval).then("ideal_interval_has_zero"),
        ideal_reason=pl.when(~has_interval).then(pl.lit("no_interval")),
    )


def published_points(given: Given) -> pl.DataFrame:
    """The published positions, with the error that half of the range of the 5 and 95 per cent quantiles implies."""
    rows = given.read(IDEAL_POINTS).drop_nulls("IdealPoint")
    error = (pl.col("Q95%") - pl.col("Q5%")) / _TWO_SIDED_90
    return rows.select("ccode", year=pl.col("session") + _FIRST_YEAR, theta="IdealPoint", error=error)


def own_points(given: Given, votes: str) -> pl.DataFrame:
    """Positions estimated session by session, each from where a state stood in the one before: reconstructions.

    A session of which no roll call divides the states is left out.
    """
    before: dict[int, float] = {}
    parts = []
    for session in sessions(cast_votes(given, votes)):
        if not _divides(session.votes) or _POSITIVE not in session.codes:
            continue
        previous = np.array([before.get(int(code), np.nan) for code in session.codes]) if before else None
        found = estimate(session.votes, positive=int(np.searchsorted(session.codes, _POSITIVE)), previous=previous)
        before = dict(zip(session.codes.tolist(), found.theta.tolist(), strict=True))
        year = np.full(len(session.codes), session.number + _FIRST_YEAR)
        parts.append(pl.DataFrame({"ccode": session.codes, "year": year, "theta": found.theta, "error": found.error}))
    return pl.concat(parts)


def _divides(votes: FloatArray) -> bool:
    return any(len(np.unique(call[np.isfinite(call)])) > 1 for call in votes.T)


def _of_method(method: str, votes: str) -> tuple[Coverage, tuple[str, ...]]:
    return (Coverage(1946, 2019), (IDEAL_POINTS,)) if method == "published" else FILES[votes]


AGREEMENT = Table(
    "measure.agreement", "dyad-year", "cow", VOTE_COLUMNS, FILES["2015"][0], _agreement, FILES["2015"][1],
    options={
        "min_joint": (10,), "votes": tuple(FILES), "issue": ISSUES, "important": (False, True), "without": (),
    },
    variant=_of_votes,
)  # fmt: skip
ABSENCE = Table(
    "measure.absence", "state-year", "cow", ("absence_rate", "votes_cast", "roll_calls_as_member", "absence_reason"),
    FILES["2015"][0], _absence, FILES["2015"][1], options={"votes": tuple(FILES)}, variant=_of_votes,
)  # fmt: skip
IDEAL_DISTANCE = Table(
    "measure.ideal_distance", "dyad-year", "cow",
    ("ideal_distance", "ideal_distance_lower", "ideal_distance_upper", "ideal_interval_has_zero", "ideal_reason"),
    Coverage(1946, 2019), _ideal_distance, (IDEAL_POINTS,),
    options={"method": ("published", "probit"), "votes": tuple(FILES)}, variant=_of_method,
)  # fmt: skip
