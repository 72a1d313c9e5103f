"""What is set out for the candidate beside the value: channels, flagged members, open dates, requests, the map."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.core.dates import parse_date
from foedus.findings.profile import profile
from foedus.findings.profile.channels import hub, shares, summary
from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.declared import declaration
from foedus.findings.profile.exhibits import exhibits
from foedus.findings.profile.falsification import MadeUp
from foedus.findings.profile.markdown import render as as_markdown
from foedus.findings.profile.page import render as as_page
from foedus.findings.profile.scene import Scene, set_scene
from foedus.findings.profile.spans import less
from foedus.findings.profile.uncertainty import Draws, covered
from foedus.findings.profile.world import World
from foedus.record.models import Record
from foedus.record.names import find_pact

DATA = Path(__file__).parents[4] / "shared" / "data"


def trade(record: Record, rows: list[tuple[int, int, float, float]]) -> Datasets:
    import polars as pl

    columns = ("ccode1", "ccode2", "flow1", "flow2")
    frame = pl.DataFrame(dict(zip(columns, zip(*rows, strict=True), strict=True))).with_columns(
        pl.lit(1960).alias("year")
    )
    return Datasets(record, {"cow.trade-4.0": frame})


def three(record: Record) -> MadeUp:
    return MadeUp(World(record), next(iter(record.pacts.values())), 1960, 1960).cast(["USA", "GBR", "FRA"])


def test_imports_and_exports_are_channels_of_their_own_with_the_best_other_options(record: Record) -> None:
    # the first state takes `flow1` from the second: GBR imports 30 from USA, 20 from FRA, 50 from SWE
    data = trade(record, [(200, 2, 30, 10), (200, 220, 20, 0), (200, 380, 50, 40), (220, 2, 5, 5)])
    assert data.trade is not None
    taken = shares(three(record), "USA", data.trade, "imports", data)
    sold = shares(three(record), "USA", data.trade, "exports", data)
    assert taken["GBR", 1960] == pytest.approx((0.3, 0.5, 0.5, 10 / 15))
    assert sold["GBR", 1960] == pytest.approx((0.2, 0.8, 0.8, 30 / 35))


def test_a_member_without_a_known_tie_to_the_candidate_has_no_cell(record: Record) -> None:
    data = trade(record, [(200, 380, 50, 40), (220, 2, -9, -9), (220, 380, 1, 1)])
    assert data.trade is not None
    assert shares(three(record), "USA", data.trade, "both", data) == {}


def test_a_channel_without_a_dataset_says_what_would_fill_it_and_has_no_value(record: Record) -> None:
    data = trade(record, [(200, 2, 30, 10), (200, 380, 50, 40)])
    found = hub(three(record), "USA", (-1, 1), data, declaration().channels)
    rows = {row["channel"]: row for row in found.numbers["channels"]}
    assert rows["trade"]["value"] == pytest.approx((40 - 90) / 130)
    for name, words in (("arms", "would fill it"), ("energy_imports", "foedus data get"), ("minerals", "fills it")):
        assert rows[name]["value"] is None
        assert words in rows[name]["remark"]


def test_weights_by_population_move_the_mean_towards_the_populous(record: Record) -> None:
    cells = {("GBR", 1960): (0.4, 0.1, 0.1, 0.0), ("FRA", 1960): (0.1, 0.3, 0.3, 0.0)}
    row = summary(three(record), "USA", cells, {(200, 1960): 3.0, (220, 1960): 1.0}, trade(record, [(200, 2, 1, 1)]))
    assert (row["value"], row["value_by_population"]) == (pytest.approx(0.05), pytest.approx(0.175))
    assert (row["share_above_zero"], row["share_above_zero_by_population"]) == (0.5, 0.75)


def test_days_of_a_suspension_are_taken_out_of_a_membership() -> None:
    stay = (date(2000, 1, 1), date(2000, 12, 31))
    assert less([stay], (date(2000, 3, 1), date(2000, 3, 31))) == [
        (date(2000, 1, 1), date(2000, 2, 29)), (date(2000, 4, 1), date(2000, 12, 31)),
    ]  # fmt: skip
    assert less([stay], (date(1999, 1, 1), date(2001, 1, 1))) == []


@pytest.fixture(scope="session")
def scene(record: Record) -> Scene:
    return set_scene(World(record), find_pact(record, "CSTO"), None, None)


def test_a_suspended_member_counts_and_every_dimension_is_shown_without_it(scene: Scene, record: Record) -> None:
    assert scene.flagged
    state, year = scene.flagged[0], scene.last
    assert state in scene.stays(year)
    assert state not in scene.without_flagged().stays(year)
    report = profile(record, "CSTO", patron="RUS", only_record=True)
    for row in report["dimensions"]:
        assert row["without_flagged"]["states"] == [scene.name(state)]
    without = profile(record, "CSTO", patron="RUS", years=(2005, 2010), compare=["CENTO:GBR"], only_record=True)
    assert {row["without_flagged"] is None for row in without["dimensions"]} == {True}


def test_days_that_several_spans_cover_count_once_in_every_draw() -> None:
    starts, ends = np.array([[10, 1], [1, 30]]), np.array([[20, 15], [5, 39]])
    found = covered(starts, ends, np.array([[1, 21]]), np.array([[20, 40]]))
    assert found.tolist() == [[20, 0], [5, 10]]


def test_a_date_known_to_the_year_is_drawn_within_it_and_a_day_is_itself(scene: Scene) -> None:
    draws = Draws(scene, "RUS", "test")
    drawn = draws.days((parse_date("1999"),), date(1999, 1, 1))
    assert len(drawn) > 100
    assert date(1999, 1, 1).toordinal() <= drawn.min() < drawn.max() <= date(1999, 12, 31).toordinal()
    assert draws.days((parse_date("2005-03-04"),), date(2000, 1, 1)).tolist() == [date(2005, 3, 4).toordinal()]


def test_the_range_over_dates_lies_within_the_range_of_the_dimension(record: Record) -> None:
    report = profile(record, "CSTO", patron="RUS", only_record=True)
    ranges = {d.name: d.range for d in declaration().dimensions}
    shown = {row["name"]: row["date_uncertainty"] for row in report["dimensions"] if row["date_uncertainty"]}
    assert set(shown) == {"basing_asymmetry", "exclusivity", "exit", "institutional_control"}
    for name, drawn in shown.items():
        assert ranges[name][0] <= drawn["lower"] <= drawn["upper"] <= ranges[name][1]


def tables(report: dict[str, Any], name: str) -> dict[str, Any]:
    (row,) = (row for row in report["dimensions"] if row["name"] == name)
    return {table.title: table for table in exhibits(row)}


def test_every_request_on_record_is_a_row_with_its_date_and_answer(record: Record) -> None:
    report = profile(record, "CSTO", patron="RUS", only_record=True)
    rows = tables(report, "use")["Requests on record"].rows
    asked = [f for f in find_pact(record, "CSTO").events if f.event == "invoked"]
    assert {cells[0] for cells in rows} >= {fact.date for fact in asked}
    assert {"answered", "refused"} <= {cells[4] for cells in rows}


def test_page_and_markdown_have_the_same_tables_and_the_map_needs_no_request(record: Record) -> None:
    report = profile(record, "CSTO", patron="RUS", only_record=True)
    page, text = as_page(report, record), as_markdown(report, record)
    for row in report["dimensions"]:
        for table in exhibits(row):
            assert f"### {table.title}" in text
            assert page.count(f"<h3>{table.title}") >= 1
    assert "<svg" in page
    assert "foedus data get cshapes.cow-2.0" in page
    assert "foedus data get cshapes.cow-2.0" in text
    assert len(report["map"]["facilities"]) > 0
    assert {row["group"] for row in report["map"]["facilities"]} <= {
        "of the candidate", "of another member", "of an outside state", "without agreement",
    }  # fmt: skip


def test_borders_are_those_of_the_dataset_on_the_day_and_the_day_is_said(record: Record) -> None:
    if not (DATA / "gw").is_dir():
        pytest.skip("needs ../shared/data/gw")
    report = profile(record, "CSTO", patron="RUS", years=(2000, 2005), inputs=DATA / "gw")
    assert report["map"]["borders"] == "cshapes.cow-2.0"
    assert "2005-12-31" in report["map"]["note"]
    assert "<path" in report["map"]["svg"]


def test_votes_of_later_sessions_come_from_the_release_in_words(record: Record) -> None:
    import polars as pl

    first = pl.DataFrame(
        {"session": [70] * 2, "rcid": [1] * 2, "ccode": [2, 200], "vote": [1, 3], "is_cast": [True] * 2}
    )
    words = pl.DataFrame({"rcid": [1, 9, 9], "country_code": ["US", "US", "GB"], "vote": ["no", "yes", "abstain"]})
    calls = pl.DataFrame({"rcid": [1, 9], "session": [70, 71]})
    data = Datasets(
        record, {"un.votes-2015": first, "un.votes-words-2019": words, "un.roll-calls-2019": calls}
    )  # fmt: skip
    assert data.votes is not None
    assert sorted(data.votes) == [2015, 2016]
    codes, cast = data.votes[2016]
    assert dict(zip(codes, cast[:, 0].tolist(), strict=True)) == {2: 1.0, 200: 2.0}
    assert data.votes[2015][1][0, 0] == 1.0
