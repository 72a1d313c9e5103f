"""`foedus profile` as a command: formats by suffix, the preregistration, messages and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def foedus(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foedus", "profile", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment}, check=False
    )


QUICK = ("SEATO", "--patron", "USA", "--years", "1960-1962", "--compare", "CENTO:GBR")


def test_the_same_profile_as_page_json_and_markdown_and_the_same_bytes_again(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        assert foedus(*QUICK, "-o", str(tmp_path / f"{seed}.json"), PYTHONHASHSEED=seed).returncode == 0
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
    report = json.loads((tmp_path / "1.json").read_text(encoding="utf-8"))
    assert (report["pact"], report["patron"], report["years"]) == ("SEATO", "USA", [1960, 1962])
    foedus(*QUICK, "-o", str(tmp_path / "one.html"))
    assert (tmp_path / "one.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    text = foedus(*QUICK).stdout
    assert all(row["title"] in text for row in report["dimensions"])


def test_a_plan_is_written_first_and_departures_are_stated_then(tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.json")
    assert "written" in foedus(*QUICK, "--preregister", plan).stderr
    done = foedus("SEATO", "--patron", "USA", "--years", "1960-1961", "--compare", "CENTO:GBR", "--preregister", plan)
    assert "Departures from the preregistration" in done.stdout
    assert "years: fixed as [1960, 1962], run with [1960, 1961]." in done.stdout


def test_mistakes_end_in_a_message_and_code_2() -> None:
    for arguments, message in (
        (["SEATO"], "--patron STATE"),
        (["NOSUCH", "--patron", "USA"], "NOSUCH"),
        (["SEATO", "--patron", "Atlantis"], "Atlantis"),
        (["SEATO", "--patron", "USA", "--years", "1850-1860"], "Name years among these"),
        (["SEATO", "--patron", "USA", "--format", "xml"], "md, json, html"),
    ):
        done = foedus(*arguments)
        assert done.returncode == 2, done.stderr
        assert message in done.stderr
        assert "Traceback" not in done.stderr
