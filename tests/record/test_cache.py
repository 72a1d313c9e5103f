"""The cache is fast, never stale, and never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.record import cache

Build = Callable[..., Path]


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and no record in memory."""
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path / "home"))
    cache._load.cache_clear()
    return tmp_path / "home" / "cache"


def forget() -> None:
    cache._load.cache_clear()


def test_the_second_load_comes_from_the_cache(build: Build, fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache.load_record(build())
    forget()

    def unwanted(folder: Path) -> None:
        raise AssertionError("the record was built again")

    monkeypatch.setattr(cache, "_built", unwanted)
    assert cache.load_record(build()) == first


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 400, None])
def test_a_damaged_cache_is_rebuilt_in_silence(build: Build, fresh: Path, damage: bytes | None) -> None:
    first = cache.load_record(build())
    (path,) = fresh.glob("record-*.msgpack")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage is None else damage)
    forget()
    assert cache.load_record(build()) == first
    assert path.read_bytes() == content


def test_a_changed_line_is_seen_at_once(build: Build, fresh: Path) -> None:
    cache.load_record(build())
    forget()
    changed = cache.load_record(build(("pacts/cst.yml", "date: 1999-04,", "date: 1999-04-02,")))
    assert next(fact.date for fact in changed.pacts["CST"].events if fact.id == "cst-005") == "1999-04-02"


def test_a_home_that_cannot_be_written_does_not_matter(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder can be made here")
    monkeypatch.setenv("FOEDUS_HOME", str(blocked))
    forget()
    assert "CSTO" in cache.load_record(build()).pacts


def test_nothing_is_left_behind_when_the_disk_is_full(
    build: Build, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert "CSTO" in cache.load_record(build()).pacts
    assert list(fresh.iterdir()) == []


def test_old_files_do_not_pile_up(build: Build, fresh: Path) -> None:
    for year in range(1995, 2003):
        cache.load_record(build(("pacts/cst.yml", "date: 1999-04,", f"date: {year},")))
        forget()
    assert len(list(fresh.glob("record-*.msgpack"))) <= 4


def test_two_processes_may_fill_an_empty_cache_at_once(build: Build, fresh: Path) -> None:
    code = "import sys, pathlib, foedus; print(len(foedus.load_record(pathlib.Path(sys.argv[1])).pacts))"
    folder = str(build())
    environment = {**os.environ, "FOEDUS_HOME": str(fresh.parent)}
    runs = [
        subprocess.Popen([sys.executable, "-c", code, folder], stdout=subprocess.PIPE, env=environment)
        for _ in range(3)
    ]
    assert [run.communicate()[0] for run in runs] == [b"2\n"] * 3
    assert len(list(fresh.iterdir())) == 1
