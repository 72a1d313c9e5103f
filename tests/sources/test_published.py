"""The real files, where they are: every one is known by its hash, read whole, and says what its codebook says."""

from __future__ import annotations

import csv
import datetime
import re
from pathlib import Path
from typing import Any

import polars as pl
import polars.testing as polars_testing
import pytest

from foedus import sources
from foedus.sources import peacesciencer, reading, registry, store

# The official file has a row per spell, a copy rows without a year, or prose around its table.
OTHER_ROWS = {
    "cow.country-codes-undated": 217, "lake.hierarchy-2009": 9684, "cameo.plover-2021": 276, "isd.states-2.2": 499,
    "cshapes.cow-2.0": 805, "cshapes.gw-2.0": 710,
}  # fmt: skip
# The rest of the rows are of the United States, which the copy takes on to 2020.
LATER = {"polity.polity5-2018": 2020}
STARTS = ("year", "styear", "StartYear1", "StartYr1", "begyr", "yrent", "start_date", "stdate", "startdate", "start")


@pytest.fixture(scope="session")
def rows(shared: Path) -> dict[str, int]:
    """How many rows each real file has, as its manifests say."""
    with (shared / "MANIFEST.csv").open(encoding="utf-8") as stream:
        counted = {row["path"]: int(row["rows"]) for row in csv.DictReader(stream) if row["rows"].isdigit()}
    folder = "peacesciencer-inputs"
    for line in (shared / folder / "MANIFEST.md").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\| (\w+) \| (\d+) \|", line):
            counted[f"{folder}/{match[1]}.csv.gz"] = int(match[2])
    return counted


@pytest.fixture(scope="session")
def found(shared: Path) -> dict[tuple[str, str], reading.Resolved]:
    """Every real file that the registry knows, by dataset and hash."""
    folders = [folder for folder in shared.iterdir() if folder.is_dir() and folder.name != "peacesciencer-oracles"]
    return {
        (entry.id, file.sha256): reading.Resolved(entry, member.origin, file.sha256, file)
        for folder in folders
        for member, entry, file in store.recognised(folder, registry.datasets().values())
        if member.origin.suffix != ".zip"
    }


KNOWN = [
    pytest.param(entry.id, file.sha256, id=f"{entry.id}:{file.name}")
    for entry in registry.datasets().values()
    for file in entry.files
    if entry.id not in ("cow.contiguity-dyads-3.2", "cow.contiguity-states-3.2")  # only in the zip: below
]


@pytest.mark.parametrize(("dataset", "sha256"), KNOWN)
def test_every_known_file_is_read_whole_within_its_coverage(
    shared: Path, found: dict[tuple[str, str], reading.Resolved], rows: dict[str, int], dataset: str, sha256: str
) -> None:
    file = found[dataset, sha256]
    if file.path.suffix.lower() == ".rdata":
        pytest.importorskip("rdata", reason="rdata is not installed: the R object cannot be read")
    if file.path.suffix.lower() in (".xls", ".xlsx"):
        pytest.importorskip("fastexcel", reason="fastexcel is not installed: the workbook cannot be read")
    frame = reading.parse(file)
    key = str(file.path.relative_to(shared))
    assert frame.height == OTHER_ROWS.get(dataset, rows.get(key) or 1_066_613)
    if file.dataset.coverage.years:
        first, last = file.dataset.coverage.years
        years = _years(frame)
        if years is not None:
            assert years.min() >= first
            assert years.max() <= LATER.get(dataset, last)


def _years(frame: pl.DataFrame) -> pl.Series | None:
    name = next((name for name in STARTS if name in frame.columns), None)
    if name is None:
        return None
    column = frame[name].dt.year() if frame[name].dtype == pl.Date else frame[name]
    return column if column.dtype.is_integer() else None


def test_members_of_an_official_zip_are_read_without_unpacking(shared: Path) -> None:
    path = shared / "cow" / "DirectContiguity320.zip"
    assert sources.read("cow.contiguity", path).equals(sources.read("cow.contiguity", shared / "cow"))
    assert sources.read("cow.contiguity-dyads", path).shape == (82_498, 8)
    assert sources.read("cow.contiguity-states", path).height == 15_951


def test_capabilities_and_their_missing_values_are_those_of_the_codebook(shared: Path) -> None:
    nmc = sources.read("cow.nmc-6.0", shared / "cow")
    missing = {name: nmc[name].null_count() for name in ("milex", "milper", "irst", "pec", "tpop", "upop")}
    assert missing == {"milex": 2217, "milper": 426, "irst": 26, "pec": 448, "tpop": 0, "upop": 68}
    newer = sources.read("cow.nmc-7.0", shared / "cow").filter(year=2012)
    shares = dict(newer.select("ccode", "cinc").iter_rows())
    assert (shares[2], shares[365], shares[370]) == (0.13921906, 0.039594777, 0.0019755771)
    assert newer["stateabb"].null_count() == newer.height


def test_germany_has_two_spells_as_a_state(shared: Path) -> None:
    spells = sources.read("cow.states", shared / "cow").filter(ccode=255)
    assert spells.select("start_date", "end_date").rows() == [
        (datetime.date(1816, 1, 1), datetime.date(1945, 5, 8)),
        (datetime.date(1990, 10, 3), datetime.date(2016, 12, 31)),
    ]


def test_names_in_windows_1252_keep_their_letters(shared: Path) -> None:
    names = dict(sources.read("gw.states", shared / "gw").select("statenumber", "countryname").iter_rows())
    assert names[271] == "Württemberg"
    assert names[437] == "Cote D’Ivoire"


def test_the_two_releases_of_independent_states_agree_on_every_start(shared: Path) -> None:
    newer, older = (sources.read(f"gw.states-{version}", shared / "gw") for version in ("7", "6"))
    key = ["statenumber", "start"]
    assert older.join(newer, on=key, how="anti").height <= 2
    assert older["end"].max() == datetime.date(2017, 12, 31)
    assert newer["end"].max() == datetime.date(2020, 12, 31)


def test_alliances_of_cow_have_their_414_treaties_and_open_ends(shared: Path) -> None:
    dyads = sources.read("cow.alliances", shared / "cow")
    assert dyads["version4id"].n_unique() == 414
    assert dyads["end_date"].null_count() == 1596
    assert (dyads["ccode1"] < dyads["ccode2"]).all()


def test_nato_members_are_open_in_the_phase_that_lasts(shared: Path) -> None:
    nato = sources.read("atop.members", shared / "atop").filter(atopid=3180, member=2)
    assert nato.select("start_date", "end_date", "is_open", "defense").rows() == [
        (datetime.date(1949, 4, 4), datetime.date(1951, 6, 19), False, 1),
        (datetime.date(1951, 6, 19), None, True, 1),
    ]


def test_an_unknown_day_leaves_the_parts_and_no_date(shared: Path) -> None:
    row = sources.read("cow.disputes", shared / "cow").filter(dispnum=2).row(0, named=True)
    assert (row["styear"], row["stmon"], row["stday"], row["start_date"]) == (1902, 7, None, None)
    assert row["end_date"] == datetime.date(1903, 1, 24)


def test_wars_that_go_on_are_said_and_not_dated(shared: Path) -> None:
    wars = sources.read("cow.wars-extra-state", shared / "cow")
    going_on = wars.filter("is_ongoing")
    assert going_on.height == 13
    assert going_on["EndYear1"].null_count() == 13
    numbers = wars.select(pl.selectors.integer())
    assert not numbers.select(pl.any_horizontal(pl.all().is_in(pl.Series([-7, -8, -9], dtype=pl.Int32).implode())))[
        "WarNum"
    ].any()


def test_votes_keep_absence_and_non_membership_apart_from_votes(shared: Path) -> None:
    votes = sources.read("un.votes", shared / "un")  # the R object beside it is slow to read
    counted = dict(votes["vote"].value_counts().iter_rows())
    assert counted == {1: 588_800, 2: 95_099, 3: 54_865, 8: 73_328, 9: 254_521}
    assert votes["is_cast"].sum() == 588_800 + 95_099 + 54_865
    assert votes.filter(rcid=1429)["ec"].unique().to_list() == [0]
    soviet = votes.filter(pl.col("ccode").is_in([369, 370]) & (pl.col("year") == 1950))
    assert soviet["is_cast"].any(), "Belarus and Ukraine vote before they are states of the system"


def test_namibia_votes_under_na(shared: Path) -> None:
    words = sources.read("un.votes-words", shared / "un")
    assert words.filter(country_code="NA").height == 2455
    assert words["country_code"].null_count() == 5444


def test_organizations_tell_no_membership_from_not_existing(shared: Path) -> None:
    igo = sources.read("cow.igo", shared / "cow").filter(ccode=2)
    nato = dict(igo.select("year", "nato").iter_rows())
    assert (nato[1900], nato[1950], nato[2014]) == (None, 1, 1)
    assert igo.width == 537


def test_a_crisis_has_its_days(shared: Path) -> None:
    crisis = sources.read("icb.crises", shared / "controls").filter(crisno=196).row(0, named=True)
    assert (crisis["crisname"], crisis["start_date"], crisis["end_date"]) == (
        "CUBAN MISSILES", datetime.date(1962, 10, 16), datetime.date(1962, 11, 20),
    )  # fmt: skip


def test_lists_of_codes_of_a_conflict_become_lists(shared: Path) -> None:
    from foedus.sources.ucdp import list_codes

    conflicts = sources.read("ucdp.acd", shared / "controls").filter(conflict_id=228, year=1948)
    assert conflicts.select(list_codes("gwno_a")).item().to_list() == [651, 645, 663, 660, 652]


def test_polity_has_no_code_below_minus_ten(shared: Path) -> None:
    polity = sources.read("polity.polity5", shared / "controls")
    for name in ("polity", "polity2", "democ", "autoc", "xconst"):
        assert polity[name].min() >= -10
    assert polity.filter(ccode=2, year=1990)["polity2"].item() == 10


def test_derived_forms_agree_with_the_published_file(shared: Path) -> None:
    inputs = shared / "peacesciencer-inputs"
    for dataset, columns in (
        ("cow.states-2016", ["ccode", "start_date", "end_date"]),
        ("cow.majors-2016", ["ccode", "start_date", "end_date"]),
        ("cow.disputes-5.0", ["dispnum", "styear", "hostlev", "fatality", "recip"]),
        ("cow.trade-states-4.0", ["ccode", "year", "imports", "exports"]),
    ):
        published, derived = (sources.read(dataset, folder) for folder in (shared / "cow", inputs))
        assert published.columns[:5] == derived.columns[:5]
        polars_testing.assert_frame_equal(
            published.select(columns).sort(columns[:2]), derived.select(columns).sort(columns[:2]), rel_tol=1e-12
        )


@pytest.mark.parametrize(
    "reader", [peacesciencer.dispute_dyad_years, peacesciencer.gml_dyad_years, peacesciencer.dispute_dyad_years_all]
)
def test_dispute_dyad_years_stand_in_both_orders(shared: Path, reader: Any) -> None:
    names = {
        "dispute_dyad_years": "cow_mid_ddydisps", "gml_dyad_years": "gml_mid_ddydisps",
        "dispute_dyad_years_all": "cow_mid_dirdisps",
    }  # fmt: skip
    frame = reader(shared / "peacesciencer-inputs" / f"peacesciencer__{names[reader.__name__]}.csv.gz")
    keys = frame.select("dispnum", "ccode1", "ccode2", "year")
    turned = frame.select("dispnum", ccode1="ccode2", ccode2="ccode1", year="year")
    assert keys.sort(keys.columns).equals(turned.sort(keys.columns))


def test_borders_have_spells_and_capitals(shared: Path) -> None:
    shapes = sources.read("cshapes.gw", shared / "gw")
    assert (shapes["start"] <= shapes["end"]).all()
    assert shapes["caplat"].is_between(-90, 90).all()
    assert shapes["start"].min() == datetime.date(1886, 1, 1)
    assert shapes["end"].max() == datetime.date(2019, 12, 31)
