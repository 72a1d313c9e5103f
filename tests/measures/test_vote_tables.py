"""Votes of the General Assembly taken of datasets: either file, absences, filters, ideal points."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from foedus import measures
from foedus.core.errors import InputError
from foedus.measures import ballots
from foedus.measures.arrays import MeasureError
from foedus.panels import Inputs

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="the published files are not at hand")
YEAR = 2000  # session 55
_END = date(2025, 12, 31)


def coded(rows: list[tuple[int, int, int]], *, session: int = 55, me: int = 1, important: int = 0) -> pl.DataFrame:
    """Votes in the layout of the file to 2015: roll call, COW code, vote; odd roll calls are of the issue."""
    frame = pl.DataFrame(rows, schema=["rcid", "ccode", "vote"], orient="row")
    odd = pl.col("rcid") % 2 == 1
    return frame.with_columns(
        pl.lit(session).alias("session"), pl.col("vote").is_between(1, 3).alias("is_cast"),
        pl.when(odd).then(me).otherwise(0).alias("me"),
        pl.when(odd).then(important).otherwise(0).alias("importantvote"),
    )  # fmt: skip


# The two agree on roll calls 1 and 2, half on 3; the United Kingdom is absent on 4, and no member on 5.
ROWS = [
    (1, 2, 1),
    (1, 200, 1),
    (2, 2, 3),
    (2, 200, 3),
    (3, 2, 1),
    (3, 200, 2),
    (4, 2, 1),
    (4, 200, 8),
    (5, 2, 1),
    (5, 200, 9),
]
WORDS = ["yes", "abstain", "no"]
CALLS = pl.DataFrame(
    {"rcid": [1, 2, 3, 4, 5], "session": [55] * 5, "short": ["a", "PRACTICES", "b", "c", None],
     "descr": ["TO ADOPT", "CONCERNING ISRAELI PRACTICES", "ON ISRAEL", None, "MISRAELS"]}
)  # fmt: skip


def worded(codes: dict[int, str]) -> pl.DataFrame:
    rows = [(rcid, codes[code], WORDS[vote - 1]) for rcid, code, vote in ROWS if vote < 4]
    return pl.DataFrame(rows, schema=["rcid", "country_code", "vote"], orient="row")


def frames(**others: pl.DataFrame) -> dict[str, pl.DataFrame]:
    known = {
        "un.votes-2015": coded(ROWS),
        "un.votes-words-2019": worded({2: "US", 200: "GB"}),
        "un.roll-calls-2019": CALLS,
    }
    return known | {ballots.VOTES: others["votes"]} if others else known


def pair(name: str, inputs: Any = None, **options: Any) -> dict[str, Any]:
    rows = measures.take(name, YEAR, YEAR, inputs=inputs or frames(), **options).to_polars()
    return rows.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 200).row(0, named=True)


@pytest.mark.parametrize("votes", ["2015", "2019"])
def test_either_file_gives_the_same_agreement(votes: str) -> None:
    found = pair("agreement", votes=votes, min_joint=1)
    assert found["agree"] == pytest.approx(2 / 3)
    assert found["lijphart"] == pytest.approx(2.5 / 3)
    assert (found["joint_votes"], found["vote_coverage"]) == (3, pytest.approx(3 / 5))


def test_too_few_joint_votes_are_missing_and_say_so() -> None:
    found = pair("agreement")
    assert (found["agree"], found["kappa_vote_squared"], found["vote_reason"]) == (None, None, "too_few_joint_votes")


def test_two_that_always_vote_the_same_have_no_variation() -> None:
    rows = [(rcid, code, 1) for rcid in range(1, 13) for code in (2, 200)]
    found = pair("agreement", frames(votes=coded(rows)))
    assert (found["agree"], found["kappa_vote_squared"], found["vote_reason"]) == (1, None, "no_variation")


def test_one_issue_important_votes_and_resolutions_that_name_a_state() -> None:
    assert pair("agreement", min_joint=1, issue="me")["joint_votes"] == 2
    only = pair("agreement", frames(votes=coded(ROWS, me=0, important=1)), min_joint=1, important=True)
    assert (only["joint_votes"], only["agree"]) == (2, 0.5)
    without = pair("agreement", min_joint=1, votes="2019", without="Israel")
    assert (without["joint_votes"], without["agree"]) == (1, 1)


def test_what_a_file_does_not_say_is_refused() -> None:
    with pytest.raises(InputError, match="only the votes to 2015 say this"):
        pair("agreement", votes="2019", issue="me")
    with pytest.raises(InputError, match="no roll call is left"):
        pair("agreement", frames(votes=coded(ROWS, me=0)), issue="me")
    with pytest.raises(InputError, match="2016 to 2016 is not covered"):
        measures.take("agreement", 2016, 2016, inputs=frames())
    with pytest.raises(InputError, match="no number of roll calls"):
        pair("agreement", min_joint="few")


def test_votes_without_a_code_are_refused_where_they_are_many() -> None:
    known = worded({2: "US", 200: "GB"}).with_columns(
        pl.when(pl.col("country_code") == "US").then(pl.lit("US")).alias("country_code")
    )
    with pytest.raises(MeasureError, match="of votes have no code"):
        ballots.cast_votes(Inputs(frames() | {ballots.WORDS: known}).given(_END), "2019")


def test_similarity_of_votes_is_taken_by_the_portfolio() -> None:
    rows = measures.take("kappa", YEAR, YEAR, inputs=frames(), portfolio="unvotes", min_joint=1).to_polars()
    assert "kappa_vote_squared" in rows.columns


def test_absence_is_told_from_no_seat_where_the_file_tells_them_apart() -> None:
    rows = measures.take("absence", YEAR, YEAR, inputs=frames()).to_polars()
    britain = rows.filter(pl.col("ccode") == 200).row(0, named=True)
    assert (britain["votes_cast"], britain["roll_calls_as_member"]) == (3, 4)
    assert britain["absence_rate"] == pytest.approx(1 / 4)
    rows = measures.take("absence", YEAR, YEAR, inputs=frames(), votes="2019").to_polars()
    britain = rows.filter(pl.col("ccode") == 200).row(0, named=True)
    assert (britain["absence_rate"], britain["absence_reason"]) == (None, "absence_not_recorded")


def points(*rows: tuple[int, float, float]) -> pl.DataFrame:
    parts = [(code, 55, theta, theta - half, theta + half) for code, theta, half in rows]
    return pl.DataFrame(parts, schema=["ccode", "session", "IdealPoint", "Q5%", "Q95%"], orient="row")


def test_the_distance_of_ideal_points_has_an_interval() -> None:
    error = 0.16448536269514722  # half of the range from the 5 to the 95 per cent quantile, at a standard error of 0.1
    found = pair("ideal_distance", {"un.ideal-points-2020": points((2, 1.0, error), (200, 0.2, error))})
    half = 1.959963984540054 * 0.1 * 2**0.5
    assert found["ideal_distance"] == pytest.approx(0.8)
    assert found["ideal_distance_lower"] == pytest.approx(0.8 - half)
    assert found["ideal_distance_upper"] == pytest.approx(0.8 + half)
    assert found["ideal_interval_has_zero"] == 0
    close = pair("ideal_distance", {"un.ideal-points-2020": points((2, 0.3, error), (200, 0.2, error))})
    assert (close["ideal_distance_lower"], close["ideal_interval_has_zero"]) == (0, 1)
    assert close["ideal_reason"] is None


def test_a_release_without_quantiles_has_distances_without_intervals_and_says_so() -> None:
    bare = points((2, 1.0, 0.1), (200, 0.2, 0.1)).with_columns(pl.lit(None, pl.Float64).alias("Q95%"))
    found = pair("ideal_distance", {"un.ideal-points-2020": bare})
    assert (found["ideal_distance"], found["ideal_distance_lower"]) == (pytest.approx(0.8), None)
    assert (found["ideal_interval_has_zero"], found["ideal_reason"]) == (None, "no_interval")


@needs_files
def test_both_files_have_the_same_votes_but_for_two_states_that_one_leaves_blank() -> None:
    """West Germany and North Yemen have no code in the file to 2019; West Germany voted from 1973 to 1990."""
    given = Inputs(SHARED).given(_END)
    older, newer = ballots.cast_votes(given, "2015"), ballots.cast_votes(given, "2019")
    both = older.join(newer, on=["rcid", "ccode"], suffix="_other")
    assert both.height > 730_000
    assert (both["vote"] == both["vote_other"]).all()
    only_older = older.join(newer, on=["rcid", "ccode"], how="anti")
    assert set(only_older.group_by("ccode").len().filter(pl.col("len") > 50)["ccode"]) == {255, 260, 678}
    assert newer.filter(pl.col("rcid").is_in(older["rcid"].unique().to_list())).height == both.height


@needs_files
def test_the_worked_examples_of_votes_are_met_from_the_file_to_2019() -> None:
    frames_ = {name: Inputs(SHARED).read(name) for name in (ballots.WORDS, ballots.ROLL_CALLS)}
    agreed = {"v026": (365, 370, 2010, 0.776471, 0.581281), "v029": (365, 371, 2014, 0.723684, 0.370968),
              "v030": (2, 666, 1995, 0.825, 0.881154)}  # fmt: skip
    for name, (one, other, year, agree, kappa) in agreed.items():
        rows = measures.take("agreement", year, year, inputs=frames_, votes="2019").to_polars()
        got = rows.filter(pl.col("ccode1") == one, pl.col("ccode2") == other).row(0, named=True)
        assert got["agree"] == pytest.approx(agree, abs=1e-6), name
        assert got["kappa_vote_squared"] == pytest.approx(kappa, abs=1e-6), name


@needs_files
def test_own_positions_of_a_real_session_rank_states_as_the_published_ones_do() -> None:
    from foedus.measures.of_votes import own_points, published_points

    given = Inputs(SHARED)
    calls = given.read(ballots.ROLL_CALLS).filter(pl.col("session").is_between(60, 62))
    words = given.read(ballots.WORDS).filter(pl.col("rcid").is_in(calls["rcid"].to_list()))
    read = {ballots.WORDS: words, ballots.ROLL_CALLS: calls}
    own = own_points(Inputs(read).given(_END), "2019")
    both = own.join(published_points(Inputs(SHARED).given(_END)), on=["ccode", "year"])
    ranks = both.group_by("year").agg(pl.corr("theta", "theta_right", method="spearman"))
    assert ranks.height == 3
    assert float(ranks["theta"].min()) >= 0.9  # type: ignore[arg-type]
    assert (own["error"] > 0).all()
