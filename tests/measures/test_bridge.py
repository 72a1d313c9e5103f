"""Measures taken over years: as panels, by name, and on the command line, from small files in the official layout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import foedus
from foedus import measures
from foedus.core.codebook import describe_column
from foedus.core.errors import InputError, MissingError, OutputError, RecordError, UnknownNameError
from foedus.measures.arrays import MeasureError
from foedus.measures.catalogue import MEASURES, find_measure
from foedus.measures.declaration import Measure, references
from foedus.measures.taking import check_target

PAGES = Path(__file__).parents[2] / "docs" / "measures"
SHARED = Path(__file__).parents[3] / "shared" / "data"
STATES = {2: "USA", 200: "GBR", 365: "RUS"}


def pledges(*rows: tuple[int, int, int, int, int]) -> pl.DataFrame:
    """ATOP's directed dyad-years: from, to, year, defense, consul."""
    frame = pl.DataFrame(rows, schema=["stateA", "stateB", "year", "defense", "consul"], orient="row")
    zero = pl.lit(0).alias
    return frame.with_columns(zero("offense"), zero("neutral"), zero("nonagg"))


ATOP = {"atop.directed-dyad-years-5.1": pledges((2, 200, 1950, 1, 0), (200, 2, 1950, 1, 0), (2, 365, 1950, 0, 1))}
NMC = {
    "cow.nmc-7.0": pl.DataFrame(
        {
            "ccode": [2, 200, 365], "year": [1950] * 3, "milex": [6, 2, 2], "milper": [5, 2, 3], "irst": [6, 2, 2],
            "pec": [6, 2, 2], "tpop": [4.0, 2.0, 4.0], "upop": [4.0, 3.0, None], "cinc": [0.5, 0.2, 0.3],
        }
    )
}  # fmt: skip


def test_one_row_a_dyad_year_and_a_column_a_variant() -> None:
    rows = measures.take("s", 1950, 1950, inputs=ATOP).to_polars()
    own = rows.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 200)).row(0, named=True)
    n = rows.filter(pl.col("ccode1") == 2).height + 1
    # Over N states the two differ only in Russia: consultation (2) against nothing.
    assert own["s_valued_absolute"] == pytest.approx(1 - 2 * 2 / (3 * n))
    assert own["s_binary"] == pytest.approx(1 - 2 / n)
    assert own["s_valued_absolute_cinc"] is None


def test_a_measure_can_be_added_to_a_panel_by_name() -> None:
    panel = foedus.dyad_years(1950, 1950, inputs=ATOP | NMC)
    rows = panel.add("measure.s", "measure.cinc").to_polars()
    assert rows.height == panel.to_polars().height
    assert {"s_valued_absolute", "cinc_recomputed1", "cinc_recomputed2"} <= set(rows.columns)
    russia = rows.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 365)).row(0, named=True)
    assert russia["cinc_recomputed2"] == pytest.approx((0.2 + 0.3 + 0.2 + 0.2 + 0.4) / 5)
    assert russia["n_components2"] == 5


def test_weights_leave_out_states_without_one_and_say_so() -> None:
    rows = measures.take("s", 1950, 1950, inputs=ATOP | NMC, weights="cinc").to_polars()
    own = rows.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 200)).row(0, named=True)
    assert own["s_valued_absolute_cinc"] == pytest.approx(1 - 2 * 0.3 * 2 / 3)
    assert 0 < own["weight_coverage"] < 0.1


def test_a_weighted_score_of_a_year_without_weights_says_so() -> None:
    rows = measures.take("s", 1951, 1951, inputs=ATOP | NMC, weights="cinc").to_polars()
    assert rows["s_valued_absolute_cinc"].null_count() == rows.height
    assert rows["s_valued_absolute"].null_count() == 0
    assert rows["s_reason"].unique().to_list() == ["no_weights"]
    assert measures.take("s", 1951, 1951, inputs=ATOP).to_polars()["s_reason"].null_count() == rows.height


@pytest.mark.parametrize("name", ["pi", "kappa", "tau_b"])
def test_portfolios_that_are_all_alike_have_no_score_and_say_why(name: str) -> None:
    codes = foedus.state_years(1950, 1950).to_polars()["ccode"].to_list()
    everyone = [(one, other, 1950, 1, 0) for one in codes for other in codes if one != other]
    inputs = {"atop.directed-dyad-years-5.1": pledges(*everyone)}
    rows = measures.take(name, 1950, 1950, inputs=inputs).to_polars()
    assert rows[f"{name}_reason"].unique().to_list() == ["no_variation"]
    assert all(rows[column].null_count() == rows.height for column in rows.columns if column.endswith(("_binary",)))
    some = measures.take(name, 1950, 1950, inputs=ATOP).to_polars()
    assert some[f"{name}_reason"].null_count() == some.height


def test_a_state_of_which_no_component_is_known_has_no_capability_and_says_why() -> None:
    unknown = ("milex", "milper", "irst", "pec", "tpop", "upop")
    frame = NMC["cow.nmc-7.0"].with_columns(
        pl.when(pl.col("ccode") != 365).then(pl.col(name)).alias(name) for name in unknown
    )
    rows = measures.take("cinc", 1950, 1950, inputs={"cow.nmc-7.0": frame}).to_polars()
    found = {row["ccode"]: row for row in rows.iter_rows(named=True)}
    assert (found[365]["cinc_recomputed"], found[365]["cinc_reason"]) == (None, "no_component")
    assert found[2]["cinc_reason"] is None


def test_an_isolate_has_no_eigenvector_within_its_component_and_says_why() -> None:
    rows = measures.take("centrality", 1950, 1950, inputs=ATOP).to_polars()
    found = {row["ccode"]: row for row in rows.iter_rows(named=True)}
    assert (found[365]["eigenvector"], found[365]["centrality_reason"]) == (None, "isolate")
    assert (found[2]["eigenvector"], found[2]["centrality_reason"]) == (1, None)


def test_a_network_without_ties_says_so_and_has_no_transitivity_that_is_no_number() -> None:
    rows = measures.take("network", 1950, 1951, inputs=ATOP).to_polars()
    assert rows["network_reason"].to_list() == ["no_triple", "no_tie"]
    assert rows["network_transitivity"].to_list() == [None, None]


def test_the_record_s_own_alliances_reach_the_last_complete_year() -> None:
    rows = measures.take("s", 2024, 2024, portfolio="record").to_polars()
    found = {(row["ccode1"], row["ccode2"]): row["s_valued_absolute"] for row in rows.iter_rows(named=True)}
    assert found[(365, 370)] > found[(2, 365)]


def test_the_system_has_one_row_a_year() -> None:
    rows = measures.take("network", 1950, 1951, inputs=ATOP).to_polars()
    assert rows["year"].to_list() == [1950, 1951]
    assert rows["n_ties"].to_list() == [1, 0]
    assert rows["n_blocs"].to_list() == [1, None]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: measures.take("s", 1950, 2019, inputs=ATOP),
            "1950 to 2019 is not covered. Its source speaks of 1816-2018",
        ),
        (lambda: measures.take("s", 1951, 1950, inputs=ATOP), "the last year is before the first"),
        (lambda: measures.take("s", 0, 1950, inputs=ATOP), "0 to 1950 is not covered"),
        (lambda: measures.take("s", -10, 1950, inputs=ATOP), "-10 to 1950 is not covered"),
        (lambda: measures.take("s", "x", 1950, inputs=ATOP), "'x' is no year"),
        (lambda: measures.take("s", 1950.5, 1951, inputs=ATOP), r"1950\.5 is no year"),
        (lambda: measures.take("s", 1950, 1950, inputs=ATOP, scale="x"), "no option 'scale'"),
        (lambda: measures.take("s", 1950, 1950, inputs=ATOP, portfolio="nato"), "portfolio='nato' is not possible"),
    ],
)
def test_wrong_input_is_named(call: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()


def changed(**columns: Any) -> dict[str, pl.DataFrame]:
    (name,) = ATOP
    return {name: ATOP[name].with_columns(pl.lit(value).alias(key) for key, value in columns.items())}


@pytest.mark.parametrize(
    ("inputs", "error", "message"),
    [
        (changed(defense=None), MeasureError, r"defense\[0\]: missing, and the tie hangs on it"),
        (changed(defense=9), MeasureError, r"defense\[0\]: 9 is neither 0 nor 1"),
        ({key: frame.clear() for key, frame in ATOP.items()}, MeasureError, "atop has no tie at all"),
        ({key: frame.drop("defense") for key, frame in ATOP.items()}, RecordError, "defense.*columns of its producer"),
    ],
)
def test_a_file_with_missing_odd_or_no_ties_is_refused(inputs: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        measures.take("s", 1950, 1950, inputs=inputs)


def test_capability_of_an_empty_file_is_refused() -> None:
    with pytest.raises(MeasureError, match="no row has a cinc"):
        measures.take("concentration", 1950, 1950, inputs={key: frame.clear() for key, frame in NMC.items()})


@pytest.mark.parametrize(
    ("name", "target", "error", "message"),
    [
        ("s", "o.txt", InputError, r"written as \.parquet, \.csv or \.dta"),
        ("network", "o.dta", InputError, r"written as \.parquet or \.csv"),
        ("s", "nowhere/o.csv", OutputError, "there is no folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_the_years_are_computed(
    tmp_path: Path, name: str, target: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        check_target(name, tmp_path / target)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_measure_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="'q' is none"):
        find_measure("q")


def test_a_dataset_that_is_not_there_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path))
    with pytest.raises(MissingError, match="foedus data get"):
        measures.take("concentration", 1950, 1950)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_is_declared_whole(measure: Measure) -> None:
    assert set(measure.citation) <= set(references())
    for table in (measure.table, *measure.other_forms):
        assert table.id == f"measure.{measure.name}"
        for column in table.columns:
            assert describe_column(column).meaning, column


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_has_a_section_with_formula_example_picture_and_use(measure: Measure) -> None:
    page, _, anchor = measure.see.partition("#")
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    assert anchor == measure.name
    sections = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    section = " ".join(sections[anchor].split())
    assert "```text" in section
    assert ">>>" in section
    for use, told in (("Good for", measure.good_for), ("Bad for", measure.bad_for)):
        assert f"**{use}** {told[0].lower()}{told[1:]}" in section
    picture = section.partition("](")[2].partition(")")[0]
    assert (PAGES / picture).is_file()


@pytest.mark.skipif(not SHARED.exists(), reason="the published files are not at hand")
def test_network_vectors_are_met_where_the_file_has_the_ties_they_were_made_of() -> None:
    """A tie where the state of the lower code has pledged defence, by member and year; docs/measures/networks.md."""
    from measure_vectors import of_measure

    from foedus.measures.communities import modularity
    from foedus.measures.networks import (
        betweenness,
        components,
        degree,
        degree_centralisation,
        density,
        eigenvector_centrality,
        katz_centrality,
        local_clustering,
        spectral_radius,
        transitivity,
    )  # fmt: skip
    from foedus.measures.of_dyads import members_by_year
    from foedus.panels import Inputs
    from foedus.sources import cow_alliances
    from foedus.tables.model import Coverage

    pledges = cow_alliances.by_member_yearly(SHARED / "cow" / "alliance_v4.1_by_member_yearly.csv.gz")
    own = pledges.select("version4id", "year", "ccode", "defense")
    pairs = own.join(own, on=["version4id", "year"], suffix="_other").filter(pl.col("ccode") < pl.col("ccode_other"))
    pairs = pairs.filter(pl.col("defense") == 1).select("year", "ccode", "ccode_other")
    given = Inputs({}).given(foedus.parse_date("2016-12-31").last_day)
    members = dict(members_by_year(given, Coverage(1914, 2012)))
    differing: list[int] = []
    for parameter in of_measure("alliance_network"):
        row = parameter.values[0]
        codes = members[row["year"]]
        ties = np.zeros((len(codes), len(codes)))
        in_system = pl.col("ccode").is_in(codes.tolist()) & pl.col("ccode_other").is_in(codes.tolist())
        for _, one, other in pairs.filter(pl.col("year") == row["year"], in_system).iter_rows():
            i, j = np.searchsorted(codes, [one, other])
            ties[i, j] = ties[j, i] = 1
        if ties.sum() / 2 != row["expected"]["n_ties"]:
            differing.append(row["year"])
            continue
        focal = int(np.flatnonzero(codes == row["focal_ccode"])[0])
        parts = components(ties)
        groups = np.zeros(len(ties))
        for number, part in enumerate(parts):
            groups[part] = number
        tied = [part for part in parts if len(part) > 1]
        katz = katz_centrality(ties)
        got = {
            "n_states": len(ties), "n_ties": ties.sum() / 2, "n_isolates": int((ties.sum(axis=1) == 0).sum()),
            "density": density(ties), "transitivity_global": transitivity(ties),
            "avg_local_clustering_all_nodes": local_clustering(ties).mean(),
            "freeman_degree_centralization": degree_centralisation(ties), "n_components_nonisolate": len(tied),
            "modularity_of_component_partition": modularity(ties, groups), "spectral_radius": spectral_radius(ties),
            "degree": degree(ties)[focal], "eigenvector_maxnorm": eigenvector_centrality(ties).value[focal],
            "katz_l2": katz.value[focal], "betweenness_norm": betweenness(ties)[focal],
        }  # fmt: skip
        assert katz.parameters["alpha"] == pytest.approx(row["katz_alpha"], abs=1e-9)
        for name, expected in row["expected"].items():
            assert got[name] == pytest.approx(expected, abs=row["tolerance"]), (row["year"], name)
    assert differing == [2012]  # ten ties of the Arab League of which the file has no row for that year


def test_the_command_writes_the_file_with_its_codebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from typer.testing import CliRunner

    from foedus.cli import app

    out = tmp_path / "s.parquet"
    result = CliRunner().invoke(app, ["measure", "s", "--years", "2020-2021", "--portfolio", "record", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert pl.read_parquet(out)["year"].unique().to_list() == [2020, 2021]
    assert "s_binary" in (tmp_path / "s.parquet.codebook.csv").read_text()
    listed = CliRunner().invoke(app, ["measures", "--format", "json"])
    assert {row["name"] for row in json.loads(listed.output)} == {measure.name for measure in MEASURES}
