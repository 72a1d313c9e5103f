"""Stems of Russian names are kept between runs, never in the way, and never of a user's words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foedus.documents import stems


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, and no stem in memory; afterwards nothing of it stays."""
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path / "home"))
    forget()
    yield tmp_path / "home" / "cache"
    forget()


def forget() -> None:
    for kept in (stems.stem, stems._known_stems, stems._stems_file):
        kept.cache_clear()


def unwanted(word: str) -> str:
    raise AssertionError(f"{word} was parsed again")


def test_names_are_parsed_once_for_all_runs(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stems.keep_stems(["Республика Киргизия"])
    forget()
    monkeypatch.setattr(stems, "_parsed_stem", unwanted)
    assert stems.keys("Республика Киргизия", is_title=False) == ["Республика Киргизия"]


def test_a_new_name_is_added(fresh: Path) -> None:
    stems.keep_stems(["Киргизия"])
    forget()
    stems.keep_stems(["Киргизия", "Латвию"])
    assert stems.stem("Латвию") == "Латвия"


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 200])
def test_a_damaged_file_is_made_again(fresh: Path, damage: bytes) -> None:
    stems.keep_stems(["Киргизия"])
    (path,) = fresh.glob("stems-*.msgpack")
    content = path.read_bytes()
    path.write_bytes(damage)
    forget()
    stems.keep_stems(["Киргизия"])
    assert path.read_bytes() == content


def test_a_home_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path / "file"))
    forget()
    stems.keep_stems(["Киргизию"])
    assert stems.stem("Киргизию") == "Киргизия"
    forget()


def test_words_of_a_text_are_not_kept(fresh: Path) -> None:
    stems.keep_stems(["Киргизия"])
    stems.stem("Секретного")
    stems.keep_stems(["Киргизия", "Латвия"])
    (path,) = fresh.glob("stems-*.msgpack")
    assert "екретн" not in path.read_bytes().decode("utf-8", "ignore")
