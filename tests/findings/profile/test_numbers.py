"""The dimensions meet the vectors of the specification, on the data they were computed from; nulls are null."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from measure_vectors import VECTORS

from foedus import sources
from foedus.core.dates import parse_date
from foedus.findings.profile.channels import hub
from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.estimate import Grid
from foedus.findings.profile.falsification import MadeUp, contrasts_of, uniformity
from foedus.findings.profile.of_datasets import concentration, similarity, votes
from foedus.findings.profile.spans import days_of
from foedus.findings.profile.world import World
from foedus.measures.patronage import alignment
from foedus.measures.significance import placebo_test
from foedus.record.models import Record

DATA = Path(__file__).parents[4] / "shared" / "data"


def made(record: Record, codes: list[int], year: int) -> MadeUp:
    """An alliance of the vector's members in one year, whatever the record says of it."""
    from foedus.core.dates import day
    from foedus.record.crosswalk import state_of

    world = World(record)
    states = [state_of(record, "cow", code, day(date(year, 12, 31))) for code in codes]
    return MadeUp(world, next(iter(record.pacts.values())), year, year).cast(states)


def state(record: Record, code: int, year: int) -> str:
    return made(record, [code], year).members[0]


def data_of(record: Record, folder: str) -> Datasets:
    if not (DATA / folder).is_dir():
        pytest.skip(f"needs ../shared/data/{folder}")
    return Datasets(record, DATA / folder)


@pytest.mark.parametrize("key", ["v062", "v063", "v064", "v065", "v066"])
def test_power_vectors_are_met_from_the_dataset(record: Record, key: str) -> None:
    row = VECTORS[key]
    scene = made(record, row["members"], row["year"])
    found = concentration(scene, state(record, row["patron"], row["year"]), (0, 1), data_of(record, "cow"))
    assert found.value == pytest.approx(row["expected"]["share_p"], abs=1e-6)
    assert found.numbers["hhi"] == pytest.approx(row["expected"]["hhi"], abs=1e-6)


@pytest.mark.parametrize("key", ["v067", "v068", "v069"])
def test_hub_vectors_are_met_from_the_dataset(record: Record, key: str) -> None:
    row = VECTORS[key]
    scene = made(record, row["members"], row["year"])
    found = hub(scene, state(record, row["patron"], row["year"]), (-1, 1), data_of(record, "cow"))
    assert found.value == pytest.approx(row["expected"]["mean_H_out"], abs=1e-6)
    assert found.numbers["mean_share_with_candidate"] == pytest.approx(row["expected"]["mean_dep"], abs=1e-6)


@pytest.mark.parametrize("key", ["v070", "v071", "v072", "v073", "v074"])
def test_alignment_vectors_are_met_from_the_votes_that_they_were_computed_from(record: Record, key: str) -> None:
    row = VECTORS[key]
    # the release with ISO codes has none for West Germany, so NATO's votes come from the other one
    data = data_of(record, "un") if 260 in row["members_voting"] else data_with_words(record, row["session"])
    measure = {"kappa_sq": "kappa", "S_sq": "s"}[row["similarity"]]
    table = similarity(data, row["session"] + 1945, tuple(row["members_voting"]), measure)  # type: ignore[arg-type]
    found = alignment(table, row["members_voting"].index(row["patron"]))
    assert found.hub_contrast == pytest.approx(row["expected"]["hub_contrast"], abs=1e-6)
    assert found.with_patron == pytest.approx(row["expected"]["A_p"], abs=1e-6)


def data_with_words(record: Record, session: int) -> Datasets:
    """The votes of another release, in which they stand as words under ISO codes, as those of the default one."""
    import polars as pl

    from foedus.record.crosswalk import codes_on

    if not (DATA / "un").is_dir():
        pytest.skip("needs ../shared/data/un")
    calls = sources.read("un.roll-calls-2019", DATA / "un").filter(pl.col("session") == session)
    rows = sources.read("un.votes-words-2019", DATA / "un").join(calls.select("rcid", "session", "date"), on="rcid")
    on = parse_date(str(session + 1945))
    codes = {s.iso2: codes_on(s, "cow", on)[-1] for s in record.states.values() if s.iso2 and codes_on(s, "cow", on)}
    codes |= {"SU": 365, "RU": 365, "CS": 315, "DD": 265}
    frame = rows.with_columns(
        pl.col("country_code").replace_strict(codes, default=None, return_dtype=pl.Int64).alias("ccode"),
        pl.col("vote").replace_strict({"yes": 1, "abstain": 2, "no": 3}, return_dtype=pl.Int64).alias("vote"),
        pl.lit(True).alias("is_cast"),
    )
    return Datasets(record, {"un.votes-2015": frame})


def test_a_dataset_that_ends_inside_the_window_lowers_coverage_and_is_said(record: Record) -> None:
    import polars as pl

    frame = pl.DataFrame({"ccode": [2, 200] * 2, "year": [1950, 1950, 1951, 1951], "cinc": [0.3, 0.1, 0.3, 0.1]})
    scene = MadeUp(World(record), next(iter(record.pacts.values())), 1950, 1953).cast(["USA", "GBR"])
    found = concentration(scene, "USA", (0, 1), Datasets(record, {"cow.nmc-7.0": frame}))
    assert (found.value, found.coverage) == (pytest.approx(0.75), 0.5)
    assert (found.lower, found.upper) == (pytest.approx(0.375), pytest.approx(0.875))
    assert any("1951" in remark for remark in found.remarks)


def test_without_enough_votes_alignment_is_unknown_and_never_zero(record: Record) -> None:
    import polars as pl

    frame = pl.DataFrame(
        {"session": [5] * 3, "rcid": [1] * 3, "ccode": [2, 200, 220], "vote": [1, 1, 3], "is_cast": [True] * 3}
    )
    scene = MadeUp(World(record), next(iter(record.pacts.values())), 1950, 1950).cast(["USA", "GBR", "FRA"])
    assert votes(scene, "USA", Datasets(record, {"un.votes-2015": frame})).value is None


def test_days_covered_twice_count_once() -> None:
    spans = [
        (date(2000, 1, 1), date(2000, 1, 10)),
        (date(2000, 1, 5), date(2000, 1, 12)),
        (date(2000, 2, 1), date(2000, 2, 1)),
    ]
    assert days_of(spans) == 13


def test_a_missing_cell_takes_the_ends_of_the_range() -> None:
    grid = Grid(("A", "B"), (2000,), np.array([[0.5], [np.nan]]), np.array([[True], [True]]))
    found = grid.estimate(-1, 1)
    assert (found.value, found.coverage, found.lower, found.upper) == (0.5, 0.5, -0.25, 0.75)


def _simulated(random: Any, effect: float) -> float:
    """The p-value of one simulated alliance of 20: votes at random, the first followed in a share of them."""
    ballots = random.choice([1.0, 2.0, 3.0], size=(20, 60), p=[0.6, 0.2, 0.2])
    follows = random.random(ballots.shape) < effect
    ballots = np.where(follows, ballots[0], ballots)
    contrasts = contrasts_of(ballots)
    return placebo_test(contrasts[0], contrasts[1:], uniform=random.uniform()).p


def test_p_values_of_simulated_alliances_are_uniform_and_an_injected_effect_is_found() -> None:
    random = np.random.default_rng(20261125)
    assert uniformity([_simulated(random, 0.0) for _ in range(120)]) > 0.01
    found = [_simulated(random, 0.3) for _ in range(40)]
    assert np.mean(np.array(found) <= 0.05) > 0.8
