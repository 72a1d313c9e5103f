"""Coded events, bilateral layers, poles, balance and blocs over years, taken of datasets: by hand from small files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from foedus import measures
from foedus.core.errors import InputError
from foedus.measures.catalogue import find_measure
from foedus.measures.of_events import net_cooperation_of, sums_of_events
from foedus.tables.model import Given

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="the published files are not at hand")
_EVENT = ["SQLDATE", "MonthYear", "Actor1Code", "Actor2Code", "Actor1CountryCode", "Actor2CountryCode", "EventCode",
          "ActionGeo_FullName", "QuadClass", "GoldsteinScale", "IsRootEvent", "NumSources"]  # fmt: skip


def event(day: int, one: str | None, other: str | None, code: str, quad: int, scale: float, root: int = 1,
          sources: int = 2) -> tuple[Any, ...]:  # fmt: skip
    return (day, day // 100, one, other, one, other, code, "Here", quad, scale, root, sources)


EVENTS = [
    event(20000105, "USA", "GBR", "043", 1, 2.8), event(20000105, "USA", "GBR", "043", 1, 2.8, sources=1),
    event(20000106, "USA", "GBR", "057", 1, 8.0), event(20000107, "USA", "GBR", "0831", 2, 5.0, root=0),
    event(20000108, "USA", "GBR", "112", 3, -2.0, sources=1), event(20000209, "USA", "GBR", "190", 4, -10.0),
    event(20000109, "GBR", "USA", "010", 1, 0.0), event(20000109, None, "USA", "190", 4, -10.0),
]  # fmt: skip


def relation() -> Any:
    import duckdb

    rows = pl.DataFrame(EVENTS, schema=_EVENT, orient="row", infer_schema_length=None)
    return duckdb.from_arrow(rows.to_arrow())


def net(name: str, **options: Any) -> pl.DataFrame:
    table = find_measure(name).table
    return table.load(Given(lambda _: relation(), date(2025, 12, 31)), **table.settings(options))


def test_net_cooperation_of_a_year_by_hand() -> None:
    """The five codes of the vector, one of them twice: 2.8 + 8 + 5 - 2 - 10."""
    found = net("net_cooperation", min_events=1).filter(pl.col("ccode1") == 2).row(0, named=True)
    assert (found["coded_events"], found["net_sum"]) == (5, pytest.approx(3.8))
    assert (found["net_mean"], found["net_ratio"]) == (pytest.approx(0.76), pytest.approx(3.8 / 27.8))
    quads = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    assert [found[f"quad_{name}"] for name in quads] == [2, 1, 1, 1]
    assert found["events_per_10000"] == pytest.approx(10_000 * 5 / 7)


def test_strict_columns_count_root_events_with_two_sources() -> None:
    found = net("net_cooperation", min_events=1).filter(pl.col("ccode1") == 2).row(0, named=True)
    assert (found["coded_events_strict"], found["net_mean_strict"]) == (3, pytest.approx(0.8 / 3))
    assert found["net_ratio_strict"] == pytest.approx((10.8 - 10) / 20.8)


def test_months_are_kept_apart_and_duplicates_on_request() -> None:
    months = net("net_cooperation_monthly", min_events=1, duplicates="keep").filter(pl.col("ccode1") == 2).sort("month")
    assert months.select("year", "month", "coded_events").rows() == [(2000, 1, 5), (2000, 2, 1)]
    assert months["events_per_10000"].to_list() == [pytest.approx(10_000 * 5 / 7), pytest.approx(10_000)]


def test_few_events_are_missing_and_not_neutral() -> None:
    found = net("net_cooperation").filter(pl.col("ccode1") == 2).row(0, named=True)
    assert (found["net_sum"], found["net_ratio"], found["events_reason"]) == (None, None, "too_few_events")
    assert found["coded_events"] == 5
    back = net("net_cooperation", min_events=1).filter(pl.col("ccode1") == 200).row(0, named=True)
    assert (back["net_mean"], back["net_ratio"], back["events_reason"]) == (0, None, "no_scored_event")
    with pytest.raises(InputError, match="min_events: 'few' is no whole number"):
        net("net_cooperation", min_events="few")


def test_a_score_needs_at_least_one_event() -> None:
    sums = sums_of_events(relation(), duplicates="drop", min_sources=9)
    assert net_cooperation_of(sums, min_events=0)["net_mean_strict"].null_count() == sums.height


def take(name: str, first: int, last: int, frames: dict[str, pl.DataFrame], **options: Any) -> list[dict[str, Any]]:
    return measures.take(name, first, last, inputs=frames, **options).to_polars().to_dicts()


TRADE = pl.DataFrame(
    [(2, 200, 2000, 30.0, 30.0), (2, 365, 2000, 20.0, 10.0), (200, 365, 2000, 5.0, 5.0), (2, 220, 2000, -9.0, 1.0)],
    schema=["ccode1", "ccode2", "year", "flow1", "flow2"], orient="row",
)  # fmt: skip


def test_the_hub_of_trade_has_most_of_the_weight_and_spokes_little() -> None:
    (found,) = take("hub_spoke", 2000, 2000, {"cow.trade-4.0": TRADE}, layer="trade")
    assert (found["hubs"], found["n_hubs"], found["n_ties"]) == ("2", 1, 3)
    assert found["hub_spoke"] == pytest.approx(90 / 100 * (1 - 10 / 100))
    assert found["layer_coverage"] == pytest.approx(3 / 4)


def test_a_year_without_a_tie_has_no_hub_and_says_so() -> None:
    found = take("hub_spoke", 1999, 1999, {"cow.trade-4.0": TRADE}, layer="trade")[0]
    assert (found["hub_spoke"], found["hub_reason"]) == (None, "no_tie")


def test_bases_of_the_record_reach_the_last_complete_year() -> None:
    rows = take("hub_spoke", 2024, 2025, {})
    assert [row["year"] for row in rows] == [2024, 2025]
    assert all(0 < row["hub_spoke"] < 1 for row in rows)


def majors(*codes: int) -> pl.DataFrame:
    day = {"styear": 2000, "stmonth": 1, "stday": 1, "endyear": 2000, "endmonth": 12, "endday": 31}
    return pl.DataFrame([{"ccode": code, **day} for code in codes])


def test_poles_are_the_effective_number_of_major_powers() -> None:
    shares = pl.DataFrame({"ccode": [2, 365, 20], "year": [2000] * 3, "cinc": [0.3, 0.1, 0.5]})
    frames = {"cow.majors-2016": majors(2, 365), "cow.nmc-7.0": shares}
    (found,) = take("polarity", 2000, 2000, frames)
    assert (found["n_majors"], found["n_poles"]) == (2, pytest.approx(1 / (0.75**2 + 0.25**2)))
    assert found["major_concentration"] == pytest.approx(0.5)
    frames["cow.majors-2016"] = majors(2, 365, 200)
    (unknown,) = take("polarity", 2000, 2000, frames)
    assert (unknown["n_poles"], unknown["polarity_reason"]) == (None, "unknown_capability")


def pledges(years: list[int], *pairs: tuple[int, int]) -> pl.DataFrame:
    rows = [(a, b, year, 1) for year in years for one, other in pairs for a, b in ((one, other), (other, one))]
    frame = pl.DataFrame(rows, schema=["stateA", "stateB", "year", "defense"], orient="row")
    return frame.with_columns(pl.lit(0).alias(name) for name in ("offense", "neutral", "nonagg", "consul"))


def dispute(one: int, other: int, year: int) -> list[dict[str, Any]]:
    zero = ("sidea", "fatality", "fatalpre", "hiact", "hostlev", "orig")
    rest = {f"{name}{side}": 0 for name in zero for side in "12"}
    rest |= {"dispnum": 1, "midongoing": 1, "midonset": 1, "fatality": 0, "hostlev": 4, "mindur": 1, "maxdur": 1,
             "recip": 0, "stmon": 1, "year": year}  # fmt: skip
    return [{"ccode1": a, "ccode2": b, **rest} for a, b in ((one, other), (other, one))]


def test_an_ally_that_fights_an_ally_s_ally_unbalances_a_triangle() -> None:
    """Allies 2-200 and 2-220, a dispute 200-220: one triangle of a negative product, one tie too many."""
    fights = pl.DataFrame([*dispute(200, 220, 2000), *dispute(2, 365, 2000)])
    frames = {"atop.directed-dyad-years-5.1": pledges([2000], (2, 200), (2, 220), (2, 365)), "gml.dyads-2.2.1": fights}
    found = next(row for row in take("balance", 2000, 2000, frames))
    assert (found["n_positive"], found["n_negative"], found["n_both_signs"]) == (2, 1, 1)
    assert (found["n_triangles"], found["balanced_share"]) == (1, 0)
    assert (found["frustration"], found["frustration_is_exact"]) == (1, 1)
    quiet = take("balance", 2001, 2001, frames)[0]
    assert (quiet["balanced_share"], quiet["balance_reason"]) == (None, "no_triangle")


def test_blocs_that_last_have_modularity_over_the_whole_window() -> None:
    """Two pairs tied in both of two years: inside, each year has 4 of weight and Q 1/2, and every state stays."""
    frames = {"atop.directed-dyad-years-5.1": pledges([1999, 2000], (2, 20), (200, 220))}
    found = take("multislice", 2000, 2000, frames, window=2)[0]
    n = (found["multislice_two_mu"] - 8) / 2
    assert n > 150
    assert found["multislice_modularity"] == pytest.approx((2 * 4 * 0.5 + 2 * n) / (8 + 2 * n))
    assert (found["n_slices"], found["n_blocs"]) == (2, 2)
    early = take("multislice", 1816, 1816, frames, window=2)[0]
    assert (early["multislice_modularity"], early["multislice_reason"]) == (None, "window_incomplete")
    assert take("multislice", 1900, 1900, frames, window=2)[0]["multislice_reason"] == "no_tie"
    with pytest.raises(InputError, match="no number of years from 2 to 50"):
        take("multislice", 2000, 2000, frames, window=1)


@needs_files
def test_early_years_of_balance_are_exact() -> None:
    rows = measures.take("balance", 1816, 1914, inputs=SHARED).to_polars()
    assert rows["frustration_is_exact"].min() == 1
    assert rows["balanced_share"].drop_nulls().is_between(0, 1).all()


def test_a_measure_of_years_has_its_codebook_beside_it(tmp_path: Path) -> None:
    out = measures.take("hub_spoke", 2024, 2024).write(tmp_path / "hubs.csv")
    told = (tmp_path / f"{out.name}.codebook.csv").read_text(encoding="utf-8")
    assert "hub_spoke,number,0 to 1" in told


def test_deliveries_of_arms_and_disbursements_of_aid_are_layers_of_their_own() -> None:
    arms = pl.DataFrame(
        [("Armenia", "Russia", "state", 2000, 6.0), ("Georgia", "Russia", "state", 2000, 2.0),
         ("Georgia", "Armenia", "state", 2000, 1.0), ("Hezbollah", "Iran", "non-state", 2000, 9.0)],
        schema=["recipient", "partner", "kind", "year", "tiv"], orient="row",
    )  # fmt: skip
    (found,) = take("hub_spoke", 2000, 2000, {"sipri.deliveries-2026": arms}, layer="arms")
    assert (found["hubs"], found["n_ties"]) == ("365", 3)
    assert found["hub_spoke"] == pytest.approx(8 / 9 * (1 - 1 / 9))
    flow = {"measure": "240", "measure_name": "ODA, gross disbursements", "prices": "current", "year": 2000}
    aid = pl.DataFrame(
        [{"donor": one, "donor_name": one, "recipient": other, "recipient_name": other, **flow, "value": value}
         for one, other, value in [("USA", "ARM", 5.0), ("USA", "GEO", 5.0), ("FRA", "GEO", None)]]
    )  # fmt: skip
    (found,) = take("hub_spoke", 2000, 2000, {"oecd.dac2a-2026": aid}, layer="aid")
    assert (found["hubs"], found["hub_spoke"], found["layer_coverage"]) == ("2", 1.0, pytest.approx(2 / 3))
