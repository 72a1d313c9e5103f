"""Matched alliances: nearest by what is known, none counted twice, and every gap in the data said."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.findings.profile import exhibits, profile, showing
from foedus.findings.profile.comparing import Comparison, PlaceboRank
from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import declaration
from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.inference.alliances import Matched, match_alliances
from foedus.findings.profile.inference.table import Row, ranked, read_all, settle
from foedus.findings.profile.reading import Reading, read
from foedus.findings.profile.scene import Scene, lifetime
from foedus.findings.profile.world import World
from foedus.record.models import Record

FIXED = declaration()
LIMITS = FIXED.thresholds
GREAT = {2: 0.3, 365: 0.3}


def frames(**more: Any) -> dict[str, Any]:
    """Capabilities in which two states have far more than the rest, and whatever else is given."""
    import polars as pl

    rows = [(code, year, GREAT.get(code, 0.001)) for code in range(2, 991) for year in range(1940, 1996)]
    frame = pl.DataFrame(rows, schema=["ccode", "year", "cinc"], orient="row")
    return {"cow.nmc-7.0": frame.with_columns(milex=pl.col("cinc"), tpop=pl.lit(1.0)), **more}


def matched(record: Record, pact: str, lead: str, inputs: dict[str, Any]) -> Matched:
    world = World(record)
    scene = Scene(world, record.pacts[pact], *lifetime(world, record.pacts[pact]))
    return match_alliances(scene, lead, [], Datasets(record, inputs), LIMITS)


def test_without_capabilities_nothing_is_matched_and_the_command_is_named(record: Record) -> None:
    found = matched(record, "SEATO", "USA", {})
    assert found.pairs == []
    assert "foedus data get cow.nmc-7.0" in exhibits.matching_text(found.table)
    assert exhibits.matched_alliances(found.table) == []


def test_the_nearest_alliances_with_a_dominant_state_are_found_within_the_caliper(record: Record) -> None:
    found = matched(record, "SEATO", "USA", frames())
    leads = {scene.pact.id: lead for scene, lead in found.pairs}
    assert leads["WTO-WARSAW"] == "SUN"
    distances = [row["distance"] for row in found.table["matches"]]
    assert distances == sorted(distances)
    assert max(distances) <= LIMITS.caliper
    assert len(distances) <= LIMITS.alliances


def test_no_match_shares_most_of_its_members_with_the_alliance_or_with_a_nearer_one(record: Record) -> None:
    found = matched(record, "NATO", "USA", frames())
    pacts = {scene.pact.id for scene, _ in found.pairs}
    assert pacts
    assert not {"NATO", "NORTH-ATLANTIC-TREATY", "WEU", "BTO"} & pacts
    world = World(record)
    first = [set(world_members(world, scene)) for scene, _ in found.pairs]
    for i, one in enumerate(first):
        assert all(2 * len(one & other) <= min(len(one), len(other)) for other in first[:i])


def world_members(world: World, scene: Scene) -> tuple[str, ...]:
    year = next(y for y in scene.years if (d := scene.on(y)) and len(scene.present(y, d)) > 2)
    day = scene.on(year)
    assert day is not None
    return scene.present(year, day)


def test_a_covariate_without_its_dataset_is_left_out_and_named(record: Record) -> None:
    found = matched(record, "SEATO", "USA", frames())
    assert [item["covariate"] for item in found.table["left_out"]] == [
        "share_with_a_border", "share_of_democracies", "common_opponent",
    ]  # fmt: skip
    text = exhibits.matching_text(found.table)
    assert "Left out, share of democracies: to add it: foedus data get polity.polity5-2018." in text
    assert [row["covariate"] for row in found.table["balance"]] == ["members", "share_of_the_leading_state", "decade"]


def test_a_common_opponent_is_one_that_two_members_faced_in_the_five_years_before(record: Record) -> None:
    import polars as pl

    def disputes(*rows: tuple[int, int, int, int]) -> dict[str, Any]:
        columns = ("dispnum", "ccode", "sidea", "styear")
        frame = pl.DataFrame([*rows, (9, 1, 1, 1900), (9, 2, 0, 2000)], schema=list(columns), orient="row")
        return frames(**{"cow.dispute-participants-5.0": frame.with_columns(orig=1, endyear=pl.col("styear"))})

    def of(inputs: dict[str, Any]) -> Any:
        return matched(record, "WTO-WARSAW", "SUN", inputs).table["own"]["common_opponent"]

    one = ((1, 365, 1, 1952), (1, 2, 0, 1952))
    assert of(disputes(*one)) == 0
    assert of(disputes(*one, (2, 290, 1, 1953), (2, 2, 0, 1953))) == 1  # in another dispute
    assert of(disputes(*one, (2, 290, 1, 1948), (2, 2, 0, 1948))) == 0  # too early
    assert of(disputes(*one, (1, 290, 0, 1952))) == 0  # a member on the other side is none


def test_an_outside_candidate_has_no_share_to_match_on(record: Record) -> None:
    found = matched(record, "CENTO", "USA", frames())
    assert found.pairs == []
    assert "no member in the alliance's first year" in exhibits.matching_text(found.table)


def test_few_peers_rank_and_never_settle() -> None:
    (row,) = read_all([Row("difference across alliances", "x", p=1 / 9, smallest=1 / 9, judge=ranked(8, LIMITS))])
    assert row["reading"] == "undetermined"
    assert "cannot reject: with 8 peers no p can fall below 0.111" in row["reason"]


def test_matched_peers_can_only_take_a_reading_away() -> None:
    (basing,) = (d for d in FIXED.dimensions if d.name == "basing_asymmetry")
    level = Estimate(0.6, 0.59, 0.61, 1.0)
    placebo = PlaceboRank(0.02, 0.02, 5, 30)

    def of(declared: float | None, near: float | None) -> str:
        return read(
            basing, LIMITS, level, placebo, Comparison(difference=declared), Comparison(difference=near)
        ).side  # fmt: skip

    assert (of(0.3, None), of(0.3, 0.2), of(0.3, 0.0)) == ("for", "for", "undetermined")
    assert (of(0.0, None), of(0.0, 0.01), of(0.0, 0.3)) == ("against", "against", "undetermined")


def test_the_reading_without_adjustment_is_said_where_it_differs() -> None:
    def judge(p: float | None) -> Reading:
        return Reading("for", "small") if p is not None and p <= 0.05 else Reading("undetermined", "not small")

    rows = read_all([Row("one", "x", p=0.03, judge=judge), Row("two", "y", p=0.9)])
    base = Reading("undetermined", "levels", is_open=True)
    row = {"reading": settle(base, rows).side, "reading_unadjusted": settle(base, rows, "reading_unadjusted").side}
    assert showing.unadjusted_text(row) == "With unadjusted p: for."
    assert showing.test_rows({"tests": rows})[0][-1].endswith("With unadjusted p: for.")
    assert showing.unadjusted_text({"reading": "for", "reading_unadjusted": "for"}) == ""


def test_the_page_and_the_markdown_show_matches_with_balance_as_table_and_chart(record: Record) -> None:
    from foedus.findings.profile.markdown import render as as_markdown
    from foedus.findings.profile.page import render as as_page

    report = profile(record, "SEATO", patron="USA", compare=["CENTO:GBR"], inputs=frames())
    page, text = as_page(report, record), as_markdown(report, record)
    for shown in (page, text):
        assert "Alliances most like this one" in shown
        assert "Warsaw Pact" in shown
        assert "in standard deviations" in shown
    pytest.importorskip("altair")
    assert page.count("<img") > as_page(report | {"matched_alliances": {"not_run": "x"}}, record).count("<img")
