"""The panel command, as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from foedus.core.errors import InputError


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foedus", "panel", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_a_panel_is_made_from_the_record_alone(tmp_path: Path) -> None:
    done = run("directed-dyad-year", "--years", "1990-1991", "--add", "record.bases", "-o", "panel.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    frame = pl.read_csv(tmp_path / "panel.csv")
    assert frame.columns == ["ccode1", "ccode2", "year", "bases_count"]
    assert "directed-dyad-year panel" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {
        "panel.csv", "panel.csv.bib", "panel.csv.codebook.csv", "panel.csv.lock.json",
    }  # fmt: skip


def test_a_lock_makes_the_same_file_and_diff_finds_no_change(tmp_path: Path) -> None:
    run("state-month", "--years", "1990", "--system", "gw", "--rule", "majority", "-o", "a.parquet", cwd=tmp_path)
    assert run("--lock", "a.parquet.lock.json", "-o", "b.parquet", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    done = run("diff", "a.parquet", "b.parquet", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout) == []
    assert "the same" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("state-yeer", "-o", "x.csv"), "'state-yeer' is none"),
        (("state-year",), "no file to write"),
        (("-o", "x.csv"), "is not one unit"),
        (("state-year", "--years", "long-ago", "-o", "x.csv"), "is not a span of years"),
        (("state-year", "--add", "cow.nmc@version", "-o", "x.csv"), "is not option=value"),
        (("diff", "x.csv"), "it compares two files"),
        (("diff", "x.csv", "y.csv"), "is no panel"),
        (("--lock", "x.json", "-o", "x.csv"), "is no lock file"),
        (("state-year", "--engine", "abacus", "-o", "x.csv"), "'abacus' is none"),
    ],
)
def test_a_mistake_is_a_message_and_exit_code_2(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == InputError.exit_code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_dataset_that_is_not_here_names_the_command_that_gets_it(tmp_path: Path) -> None:
    done = run("state-year", "--add", "cow.nmc", "-o", "x.csv", cwd=tmp_path)
    assert done.returncode == 3
    assert "foedus data get cow.nmc-6.0" in done.stderr


def test_without_the_extra_the_message_names_it(tmp_path: Path) -> None:
    lines = (
        "import sys, foedus.cli", "sys.modules['polars'] = None",
        "sys.argv[1:] = ['panel', 'state-year', '-o', 'x.csv']", "foedus.cli.main()",
    )  # fmt: skip
    code = "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "pip install 'foedus[panels]'" in done.stderr
