"""What the tests of sources share: a home of their own, small official files, the real files where they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import official
import pytest

pytest.importorskip("polars", reason="the panels extra is not installed")
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty FOEDUS_HOME."""
    folder = tmp_path / "own-home"
    monkeypatch.setenv("FOEDUS_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small files in the official layouts, by dataset."""
    return official.write(tmp_path_factory.mktemp("official"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here: the real files cannot be read")
    return SHARED


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a file and give its place."""

    def write(content: bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write
