"""The profile on the record as shipped and on a small one: the contract, missing and hostile input, the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from foedus.core.errors import InputError
from foedus.core.output import to_json
from foedus.findings.profile import preregister, profile
from foedus.record.models import Record

KEYS = {
    "name", "value", "lower", "upper", "coverage", "unit", "reading", "comparison", "tests", "missing", "facts",
}  # fmt: skip


@pytest.fixture(scope="session")
def report(record: Record) -> dict[str, Any]:
    return profile(record, "CSTO", patron="Russia", only_record=True)


def of(report: dict[str, Any], name: str) -> dict[str, Any]:
    (row,) = (row for row in report["dimensions"] if row["name"] == name)
    return row


def test_a_report_has_nine_dimensions_with_the_keys_of_the_contract(report: dict[str, Any]) -> None:
    assert {"pact", "patron", "years", "dimensions", "departures", "inputs"} <= set(report)
    assert len(report["dimensions"]) == 9
    for row in report["dimensions"]:
        assert set(row) >= KEYS
        assert row["reading"] in ("for", "against", "undetermined")
        assert row["reason"]


def test_there_is_no_overall_number(report: dict[str, Any]) -> None:
    assert not {"score", "verdict", "total", "index"} & set(report)


def test_on_the_record_alone_a_dimension_of_datasets_names_the_command(report: dict[str, Any]) -> None:
    row = of(report, "alignment")
    assert (row["value"], row["coverage"], row["reading"]) == (None, 0.0, "undetermined")
    assert row["missing"][0] == {"dataset": "un.votes-2015", "command": "foedus data get un.votes-2015"}


def test_the_record_alone_fills_basing_exclusivity_exit_offices_and_use(report: dict[str, Any]) -> None:
    for name in ("basing_asymmetry", "exclusivity", "exit", "institutional_control", "use"):
        row = of(report, name)
        assert row["value"] is not None
        assert row["lower"] <= row["value"] <= row["upper"]
        assert row["facts"]
        assert set(row["facts"]) <= set(report["sources"])


def test_every_value_of_a_placebo_test_comes_with_the_smallest_p(report: dict[str, Any]) -> None:
    test = of(report, "basing_asymmetry")["tests"][0]
    assert test["test"] == "placebo patrons"
    assert test["outside_states"] >= 19
    assert test["p"] >= test["smallest_p"] > 0
    assert test["p_among_members"] >= test["smallest_p_among_members"] > 0


def test_every_test_has_the_keys_of_the_table_and_is_adjusted_for_the_others(report: dict[str, Any]) -> None:
    keys = {"test", "tested", "estimate", "lower", "upper", "p", "smallest_p", "p_holm", "reading", "reason"}
    for row in report["dimensions"]:
        for test in row["tests"]:
            assert set(test) >= keys
            assert (test["p"] is None) == (test["p_holm"] is None)
            assert test["p"] is None or test["p_holm"] >= test["p"]
    names = [test["test"] for test in of(report, "basing_asymmetry")["tests"]]
    assert names == ["placebo patrons", "difference across alliances", "equivalence with peers"]


def test_the_specification_curve_holds_the_reported_value_once_and_the_share_above(report: dict[str, Any]) -> None:
    for row in report["dimensions"]:
        curve = row["specifications"]
        if row["value"] is None:
            assert curve is None
            continue
        values = [item["value"] for item in curve["values"]]
        assert values == sorted(values)
        assert [item["value"] for item in curve["values"] if item["is_reported"]] == [pytest.approx(row["value"])]
        if curve["threshold"] is not None:
            above = sum(value > curve["threshold"] for value in values) / len(values)
            assert curve["share_above"] == pytest.approx(above)
    assert any(
        item["choices"]["members"] == "without days of suspension"
        for item in of(report, "exit")["specifications"]["values"]
    )


def test_a_profile_on_the_record_alone_loads_no_statistics(tmp_path: Path) -> None:
    code = (
        "import sys; from foedus.findings.profile import profile; from foedus.record.cache import load_record; "
        "profile(load_record(), 'SEATO', patron='USA', compare=['CENTO:USA'], only_record=True); "
        "print([name for name in ('scipy.stats', 'pyfixest', 'pandas', 'polars') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_second_run_gives_the_same_bytes(record: Record, report: dict[str, Any]) -> None:
    assert to_json(profile(record, "CSTO", patron="Russia", only_record=True)) == to_json(report)


def test_a_patron_that_is_no_member_is_measured_and_said(record: Record) -> None:
    report = profile(record, "CSTO", patron="USA", years=(2010, 2012), compare=["SEATO:USA"], only_record=True)
    assert any("no member" in note for note in report["notes"])
    assert of(report, "power")["value"] is None


def test_an_alliance_of_two_is_measured_and_said(record: Record) -> None:
    report = profile(record, _of_two(record), patron="USA", compare=["SEATO:USA"], only_record=True)
    assert any("alliance of two" in note for note in report["notes"])
    assert of(report, "basing_asymmetry")["leave_one_out"] is None


def _of_two(record: Record) -> str:
    from foedus.record.memberships import member_spells

    return next(
        pact.id for pact in record.pacts.values()
        if {s.state for s in member_spells(record, pact.id) if s.status == "member"} == {"USA", "JPN"}
    )  # fmt: skip


def test_no_exit_is_ambiguous(record: Record) -> None:
    row = of(profile(record, "NATO", patron="USA", compare=["SEATO:USA"], years=(2000, 2005), only_record=True), "exit")
    assert (row["value"], row["reading"]) == (0, "undetermined")
    assert row["upper"] > 0
    assert "ambiguous" in row["reason"]


def test_years_before_the_founding_are_cut_and_said(record: Record) -> None:
    report = profile(record, "SEATO", patron="USA", years=(1900, 1960), compare=["CENTO:GBR"], only_record=True)
    assert report["years"][0] >= 1954
    assert any("before" in note for note in report["notes"])


def test_years_without_members_are_refused_with_those_that_have_some(record: Record) -> None:
    with pytest.raises(InputError, match="--years 1800-1810: the record has members of SEATO from 195"):
        profile(record, "SEATO", patron="USA", years=(1800, 1810), only_record=True)


@pytest.mark.parametrize("text", ["CSTO", "CSTO:", ":RUS", ""])
def test_a_peer_that_is_no_pair_is_refused(record: Record, text: str) -> None:
    with pytest.raises(InputError, match="PACT:STATE"):
        profile(record, "NATO", patron="USA", compare=[text], only_record=True)


def test_a_run_that_follows_its_preregistration_has_no_departures(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    preregister(record, "SEATO", patron="USA", years=(None, None), compare=["CENTO:GBR"], path=path)
    same = profile(record, "SEATO", patron="USA", compare=["CENTO:GBR"], preregistration=path, only_record=True)
    assert same["departures"] == []
    other = profile(record, "SEATO", patron="USA", years=(1956, 1960), preregistration=path, only_record=True)
    assert [text.partition(":")[0] for text in other["departures"]] == ["years", "compare"]


def test_an_edited_preregistration_is_refused_with_both_hashes(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    preregister(record, "SEATO", patron="USA", years=(None, None), compare=[], path=path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["preregistration"]["thresholds"]["level"] = 0.5
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="it was edited since"):
        profile(record, "SEATO", patron="USA", preregistration=path, only_record=True)


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_a_file_that_is_no_preregistration_is_refused(record: Record, tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="is no preregistration"):
        profile(record, "SEATO", patron="USA", preregistration=path, only_record=True)


def test_without_the_engine_of_the_panels_the_record_alone_still_answers(
    record: Record, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, report: dict[str, Any]
) -> None:
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "polars", None)
    assert (
        of(profile(record, "CSTO", patron="RUS"), "basing_asymmetry")["value"]
        == of(report, "basing_asymmetry")["value"]
    )


def test_years_in_the_wrong_order_a_file_for_a_folder_and_itself_as_a_peer_are_each_said(
    record: Record, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="ends before it begins"):
        profile(record, "SEATO", patron="USA", years=(1970, 1960), only_record=True)
    (tmp_path / "a.csv").write_text("a\n")
    with pytest.raises(InputError, match=r"is a file\. Name the folder"):
        profile(record, "SEATO", patron="USA", inputs=tmp_path / "a.csv")
    found = profile(record, "SEATO", patron="USA", compare=["SEATO:USA", "CENTO:GBR", "CENTO:GBR"], only_record=True)
    assert "--compare SEATO:USA was left out: an alliance is no peer of itself." in found["notes"]
    assert of(found, "exclusivity")["comparison"]["used"] == 1


def test_a_dataset_that_ends_before_the_window_is_said_to_know_nothing_of_it(record: Record) -> None:
    import polars as pl

    frame = pl.DataFrame({"ccode1": [2], "ccode2": [200], "year": [1930], "flow1": [1.0], "flow2": [1.0]})
    found = profile(record, "SEATO", patron="USA", compare=["CENTO:GBR"], inputs={"cow.trade-4.0": frame})
    row = of(found, "hub_dependence")
    assert (row["value"], row["reading"]) == (None, "undetermined")
    assert "knows nothing of these states in these years" in row["reason"]
