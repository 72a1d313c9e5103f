"""Channels of energy and minerals: filled once trade by product is at hand, and the command named where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foedus.findings.profile import exhibits, profile
from foedus.findings.profile.datasets import Datasets
from foedus.record.models import Record

CODES = """country_code,country_name,country_iso2,country_iso3
842,USA,US,USA
36,Australia,AU,AUS
554,New Zealand,NZ,NZL
124,Canada,CA,CAN
490,"Other Asia, not elsewhere specified",,S19
"""
ROWS = """t,i,j,k,v,q
2001,842,36,270900,60,1
2001,124,36,271000,30,1
2001,490,36,271000,10,1
2001,36,842,260111,5,1
2001,842,554,270900,20,1
2001,124,554,270900,80,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "BACI_HS92_Y2001_V202501.csv").write_text(ROWS)
    (tmp_path / "country_codes_V202501.csv").write_text(CODES)
    return tmp_path


def channels(record: Record, inputs: Any) -> dict[str, dict[str, Any]]:
    report = profile(record, "ANZUS", patron="USA", years=(2000, 2002), compare=["SEATO:USA"], inputs=inputs)
    (row,) = (row for row in report["dimensions"] if row["name"] == "hub_dependence")
    assert row["value"] is None  # energy alone does not fill the dimension
    return {channel["channel"]: channel for channel in row["numbers"]["channels"]}


def test_energy_is_measured_apart_once_its_files_are_at_hand(record: Record, folder: Path) -> None:
    found = channels(record, folder)["energy_imports"]
    assert found["share_with_candidate"] == pytest.approx((0.6 + 0.2) / 2)
    assert found["best_outside"] == pytest.approx((0.3 + 0.8) / 2)
    assert found["value"] == pytest.approx(-0.15)
    assert found["years"] == [2001, 2001]
    assert found["coverage"] == pytest.approx(1 / 3)  # the other years are unknown, not zero


def test_a_partner_that_is_no_state_still_counts_in_the_total(record: Record, folder: Path) -> None:
    flows = Datasets(record, folder).goods((27,))
    assert flows is not None
    assert min(flows.codes(2001)) == -490
    amounts = flows.amounts(2001, "imports")
    own = flows.place(2001, 900)
    assert own is not None
    assert amounts[own][~(amounts[own] != amounts[own])].sum() == 100


def test_a_channel_without_a_flow_with_the_candidate_is_unknown(record: Record, folder: Path) -> None:
    found = channels(record, folder)["energy_exports"]
    assert found["value"] is None
    assert "nothing for these states" in found["remark"]


def test_without_its_files_a_channel_names_the_command(record: Record, tmp_path: Path) -> None:
    import polars as pl

    frame = pl.DataFrame({"ccode1": [2], "ccode2": [900], "year": [2001], "flow1": [1.0], "flow2": [1.0]})
    report = profile(
        record, "ANZUS", patron="USA", years=(2001, 2001), compare=["SEATO:USA"], inputs={"cow.trade-4.0": frame}
    )
    (row,) = (row for row in report["dimensions"] if row["name"] == "hub_dependence")
    (table,) = (t for t in exhibits.exhibits(row) if t.title == "Channels without a share")
    lines = {cells[0]: cells[1] for cells in table.rows}
    assert "foedus data get cepii.baci-hs92 --from FOLDER" in lines["Energy, imports from the candidate"]
    assert Datasets(record, tmp_path).goods((27,)) is None
