"""Datasets on this machine: known by hash, written whole, shared, checked."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from foedus import sources
from foedus.core.errors import InputError, MissingError, OutputError, UnknownNameError
from foedus.sources import getting, registry, store
from foedus.sources.errors import SourceError, UnknownVersionError

FILES = {"cow.states-2016": "states2016.csv", "cow.nmc-6.0": "NMC-60-abridged.csv", "cow.majors-2016": "majors2016.csv"}


@pytest.fixture
def known(small: dict[str, Path], own_home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The small files, with a registry that knows their hashes."""
    changed = dict(registry.datasets())
    for key in FILES:
        content = small[key].read_bytes()
        file = registry.MemberFile(FILES[key], hashlib.sha256(content).hexdigest(), len(content))
        changed[key] = msgspec.structs.replace(changed[key], files=(file,))
    for module in (registry, store):
        monkeypatch.setattr(module, "datasets", lambda: changed)
    return small


def test_a_missing_dataset_names_the_command_that_gets_it(own_home: Path) -> None:
    with pytest.raises(MissingError, match=r"Run: foedus data get cow\.nmc-6\.0$") as found:
        sources.read("cow.nmc")
    assert found.value.exit_code == 3
    with pytest.raises(MissingError, match=r"foedus data get cow\.alliances-4\.1 --from PATH"):
        sources.read("cow.alliances")


def test_an_unknown_id_names_the_nearest(own_home: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean cow\.nmc"):
        sources.read("cow.nmcs")


def test_a_renamed_file_is_recognised_in_a_folder_of_other_things(known: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    shutil.copy(known["cow.nmc-6.0"], folder / "my data (1).txt")
    (folder / "notes.csv").write_text("a,b\n")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no zip")
    (item,) = getting.get_data(["cow.nmc"], path=folder)
    assert (item.dataset, Path(item.path).name) == ("cow.nmc-6.0", "NMC-60-abridged.csv")
    assert sources.read("cow.nmc").height == 336


def test_a_file_is_recognised_inside_a_zip_inside_a_zip_and_in_gzip(known: dict[str, Path], tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner.zip", tmp_path / "outer.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(known["cow.states-2016"], "x.csv")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "folder/inner.zip")
    packed = tmp_path / "nmc.gz"
    packed.write_bytes(gzip.compress(known["cow.nmc-6.0"].read_bytes()))
    assert sources.read("cow.states", outer).height == 8
    getting.get_data(["cow.states"], path=outer)
    getting.get_data(["cow.nmc"], path=packed)
    assert sources.read("cow.states").height == 8
    assert sources.read("cow.nmc").height == 336
    assert all(sound for _, sound in store.verify())


def test_an_unknown_version_is_refused_with_both_hashes_until_it_is_accepted(
    known: dict[str, Path], tmp_path: Path
) -> None:
    changed = tmp_path / "NMC-60-abridged.csv"
    changed.write_bytes(known["cow.nmc-6.0"].read_bytes() + b"")
    changed.write_bytes(changed.read_bytes().replace(b"2021", b"2022"))
    new = hashlib.sha256(changed.read_bytes()).hexdigest()
    old = registry.datasets()["cow.nmc-6.0"].files[0].sha256
    for attempt in (
        lambda: sources.read("cow.nmc", changed),
        lambda: getting.get_data(["cow.nmc"], path=changed),
    ):
        with pytest.raises(UnknownVersionError) as refused:
            attempt()
        assert new in str(refused.value)
        assert old in str(refused.value)
        assert "accept" in str(refused.value)
    assert not list((store.data_folder()).glob("*/*.csv"))
    (item,) = getting.get_data(["cow.nmc"], path=changed, accept=True)
    assert item.is_accepted
    assert sources.resolve("cow.nmc").sha256 == new
    assert sources.read("cow.nmc")["version"].unique().to_list() == [2022]


def test_accepting_says_which_of_many_files_it_needs(known: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "a.csv").write_text("a\n")
    (folder / "b.csv").write_text("b\n")
    with pytest.raises(InputError, match=r"it holds a\.csv, b\.csv: which is cow\.nmc-6\.0\?"):
        getting.get_data(["cow.nmc"], path=folder, accept=True)
    (folder / "NMC-60-abridged.csv").write_bytes(known["cow.nmc-6.0"].read_bytes() + b"\n")
    assert getting.get_data(["cow.nmc"], path=folder, accept=True)[0].is_accepted


def test_a_known_file_takes_the_place_of_an_accepted_one(known: dict[str, Path], tmp_path: Path) -> None:
    other = tmp_path / "mine.csv"
    other.write_bytes(known["cow.nmc-6.0"].read_bytes().replace(b"2021", b"2022"))
    getting.get_data(["cow.nmc"], path=other, accept=True)
    getting.get_data(["cow.nmc"], path=known["cow.nmc-6.0"])
    assert sources.read("cow.nmc")["version"].unique().to_list() == [2021]
    assert len(store.stored(registry.datasets()["cow.nmc-6.0"])) == 1


def test_what_was_not_among_the_files_is_said_and_the_rest_kept(known: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    shutil.copy(known["cow.nmc-6.0"], folder)
    with pytest.raises(UnknownVersionError, match=r"no file has the hash of cow\.states-2016; cow\.nmc-6\.0 came"):
        getting.get_data(["cow.nmc", "cow.states"], path=folder)
    assert sources.read("cow.nmc").height == 336


def test_verify_finds_a_file_that_was_changed(known: dict[str, Path]) -> None:
    (item,) = getting.get_data(["cow.nmc"], path=known["cow.nmc-6.0"])
    assert [sound for _, sound in store.verify()] == [True]
    with Path(item.path).open("ab") as stream:
        stream.write(b"x")
    assert [sound for _, sound in store.verify()] == [False]
    with pytest.raises(SourceError, match="it was changed since it was checked") as damaged:
        sources.read("cow.nmc")
    assert damaged.value.exit_code == 4


def test_a_file_that_was_only_touched_is_read(known: dict[str, Path]) -> None:
    (item,) = getting.get_data(["cow.nmc"], path=known["cow.nmc-6.0"])
    os.utime(item.path, (0, 0))
    assert sources.read("cow.nmc").height == 336


def test_a_home_that_is_read_only_can_be_read_and_says_so_when_it_must_be_written(
    known: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    getting.get_data(["cow.nmc"], path=known["cow.nmc-6.0"])
    for module, name in ((store.tempfile, "mkstemp"), (Path, "mkdir"), (Path, "replace"), (Path, "write_bytes")):
        monkeypatch.setattr(module, name, read_only)
    assert sources.read("cow.nmc").height == 336
    assert [sound for _, sound in store.verify()] == [True]
    with pytest.raises(OutputError, match=r"could not be written: read-only file system\. Set FOEDUS_HOME"):
        getting.get_data(["cow.states"], path=known["cow.states-2016"])


def test_a_full_disk_leaves_nothing_half_written(known: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "copy_member", full)
    with pytest.raises(OutputError, match="no space left on device"):
        getting.get_data(["cow.nmc"], path=known["cow.nmc-6.0"])
    assert list((store.data_folder() / "cow.nmc-6.0").iterdir()) == []
    with pytest.raises(MissingError):
        sources.read("cow.nmc")


def test_two_processes_may_add_the_same_file_at_once(small: dict[str, Path], own_home: Path) -> None:
    code = (
        "import sys; from foedus.sources.getting import get_data; get_data(['cow.nmc'], path=sys.argv[1], accept=True)"
    )
    command = [sys.executable, "-c", code, str(small["cow.nmc-6.0"])]
    running = [subprocess.Popen(command, env={**os.environ, "FOEDUS_HOME": str(own_home)}) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert sources.read("cow.nmc").height == 336
    assert not list((own_home / "data").rglob(".arriving-*"))


def test_without_polars_reading_says_how_to_install_it(own_home: Path, small: dict[str, Path]) -> None:
    code = (
        "import sys; sys.modules['polars'] = None\n"
        "from foedus import sources\n"
        "from foedus.core.errors import MissingError\n"
        "try: sources.read('cow.nmc', sys.argv[1], accept=True)\n"
        "except MissingError as error: print(error.exit_code, error)\n"
    )
    command = [sys.executable, "-c", code, str(small["cow.nmc-6.0"])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == '3 polars is not installed. Run: pip install "foedus[panels]"\n'
