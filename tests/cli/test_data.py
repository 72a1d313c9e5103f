"""`foedus data`: what there is, getting it, checking it, and the exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import official
import pytest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def data(home: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "foedus", "data", *arguments]
    environment = {**os.environ, "FOEDUS_HOME": str(home)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return done.returncode, done.stdout, done.stderr


def test_every_help_shows_one_example(home: Path) -> None:
    for command in ("list", "get", "verify", "path"):
        assert data(home, command, "--help")[1].count("Example: foedus data ") == 1


def test_the_list_says_version_coverage_licence_size_and_presence(home: Path) -> None:
    code, out, _ = data(home, "list", "--format", "json")
    rows = {row["id"]: row for row in json.loads(out)}
    assert code == 0
    nmc = rows["cow.nmc-6.0"]
    assert (nmc["version"], nmc["years"], nmc["size"], nmc["present"]) == ("6.0", "1816-2016", 905231, False)
    assert nmc["coverage"] == {"years": [1816, 2016], "system": "cow", "states": ""}
    assert nmc["licence"].startswith("Correlates of War")
    assert rows["cow.alliances-4.1"]["fetch"] is False


def test_a_dataset_that_is_not_here_ends_in_three_with_the_command(home: Path) -> None:
    code, out, err = data(home, "path", "cow.nmc")
    assert (code, out) == (3, "")
    assert err.endswith("Run: foedus data get cow.nmc-6.0\n")
    code, _, err = data(home, "get", "cow.alliances")
    assert code == 3
    assert err.endswith("foedus data get cow.alliances-4.1 --from PATH\n")


def test_a_file_is_refused_accepted_found_and_verified(home: Path, tmp_path: Path) -> None:
    path = official.write(tmp_path / "files")["cow.nmc-6.0"]
    code, _, err = data(home, "get", "cow.nmc", "--from", str(path))
    assert code == 2
    assert "--accept" in err
    code, out, _ = data(home, "get", "cow.nmc", "--from", str(path), "--accept")
    assert code == 0
    assert out.startswith("cow.nmc-6.0  NMC-60-abridged.csv  accepted by you  ")
    code, out, _ = data(home, "path", "cow.nmc")
    stored = Path(out.strip())
    assert stored.read_bytes() == path.read_bytes()
    assert data(home, "verify", "--format", "csv")[1].rstrip().endswith(",accepted")
    stored.write_bytes(b"changed")
    code, _, err = data(home, "verify")
    assert code == 4
    assert "foedus data get cow.nmc-6.0" in err


def test_a_mistake_ends_in_two_without_traceback(home: Path) -> None:
    for arguments in (["get", "cow.nothing"], ["get", "cow.nmc", "--from", "/none"], ["path", "x"]):
        code, out, err = data(home, *arguments)
        assert (code, out) == (2, "")
        assert "Traceback" not in err


def test_the_list_needs_no_polars(home: Path) -> None:
    code = (
        "import sys; sys.modules['polars'] = None; sys.argv = ['foedus', 'data', 'list']\n"
        "from foedus.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
