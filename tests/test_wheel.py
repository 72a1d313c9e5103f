"""The wheel, unpacked away from the checkout: it holds all data, and every command works from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = [
    ["--version"], ["members", "CSTO", "--on", "1995-01-01"], ["pacts", "France"], ["timeline", "CSTO"],
    ["bases", "--operator", "Russia", "--format", "geojson"], ["state", "cow:365"], ["fact", "csto-019"],
    ["cite", "csto-019"],
    ["search", "Tashkent"], ["record", "stats"], ["record", "validate", "--errors"], ["check", "-"],
    ["check", "-", "--format", "html"], ["check", "-", "--language", "ru"], ["check", "-", "--language", "ar"],
    ["profile", "SEATO", "--patron", "USA", "--years", "1960-1965"],
]  # fmt: skip


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(command) for command in COMMANDS])
def test_every_command_works_from_the_wheel(unpacked: Path, tmp_path: Path, command: list[str]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "FOEDUS_HOME": str(tmp_path)}
    probe = subprocess.run(
        [sys.executable, "-c", "import foedus; print(foedus.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert probe.stdout.startswith(str(unpacked))
    done = subprocess.run(
        [sys.executable, "-m", "foedus", *command],
        env=environment, cwd=tmp_path, input=b"Spain joined NATO in 1982.", capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout
