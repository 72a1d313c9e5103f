"""Where the files of datasets lie under FOEDUS_HOME: known by hash, written whole, shared by processes."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from foedus.core.errors import InputError, OutputError
from foedus.core.home import home_folder
from foedus.sources.archives import Member, copy_member, hash_member, is_gzip, members
from foedus.sources.errors import SourceError, UnknownVersionError
from foedus.sources.registry import Dataset, MemberFile, datasets

_NOTE = ".note.json"
_FOLDER = "folder.json"
_CHUNK = 1 << 20


class Stored(msgspec.Struct, frozen=True):
    """A file of a dataset on this machine; `file` is null for one that the user accepted by name."""

    dataset: str
    path: str
    sha256: str
    size: int
    file: MemberFile | None = None
    is_accepted: bool = False


def data_folder() -> Path:
    """The folder of the datasets' files."""
    return home_folder() / "data"


def stored(dataset: Dataset) -> list[Stored]:
    """The files of a dataset that are here, the published before the derived, in the order of the registry."""
    order = {file.sha256: index for index, file in enumerate(dataset.files)}
    found = [item for note in _notes(dataset) if (item := _read_note(dataset, note))]
    return sorted(found, key=lambda item: (_rank(item), order.get(item.sha256, -1), item.path))


def _rank(item: Stored) -> int:
    return item.file.rank if item.file else -1  # what the user named himself comes first


def _notes(dataset: Dataset) -> list[Path]:
    folder = data_folder() / dataset.id
    return sorted(folder.glob(f"*{_NOTE}")) if folder.is_dir() else []


def _read_note(dataset: Dataset, note: Path) -> Stored | None:
    """What a note says, if the file that it speaks of is there; a half-written or foreign note says nothing."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        content = msgspec.json.decode(note.read_bytes(), type=dict[str, Any])
        path = note.with_name(note.name.removesuffix(_NOTE))
        if path.is_file():
            return Stored(
                dataset=dataset.id, path=str(path), sha256=content["sha256"], size=content["size"],
                file=dataset.file_with(content["sha256"]), is_accepted=content["is_accepted"],
            )  # fmt: skip
    return None


def add(path: Path | str, wanted: Iterable[Dataset] = (), *, accept: bool = False, origin: str = "") -> list[Stored]:
    """Take the files of datasets from a file, a folder or an archive; their hash decides what they are.

    Parameters
    ----------
    wanted
        Only these datasets; all of the registry by default.
    accept
        Take the one file that is given for the one dataset that is wanted though its hash is not known.
    origin
        The address that the file came from, for messages.

    Raises
    ------
    UnknownVersionError
        If no file has a hash that the registry knows; the message has both hashes.
    OutputError
        If the folder of the data cannot be written.
    """
    source = Path(path)
    asked = list(wanted)
    if not source.exists():
        raise InputError(f"{path}: there is no such file or folder. Check the path.")
    added = [_store(member, entry, file) for member, entry, file in recognised(source, asked or datasets().values())]
    for item in added:
        _forget_accepted(item)
    if added:
        return added
    if accept and len(asked) == 1:
        return [_store(only_member(source, asked[0]), asked[0], None)]
    raise _unknown(source, asked, origin)


def recognised(path: Path, wanted: Iterable[Dataset]) -> Iterator[tuple[Member, Dataset, MemberFile]]:
    """The files below a path that belong to the datasets. Only what has the size of a known file is hashed."""
    known = {file.sha256: (entry, file) for entry in wanted for file in entry.files}
    sizes = {file.size for _, file in known.values()}
    for member in _walk(path):
        if member.size is not None and member.size not in sizes:
            continue
        match = known.get(hash_member(member)[0])
        if match:
            yield member, *match


def is_untouched(item: Stored) -> bool:
    """Whether a file still has its content; it is hashed again only where its size or time says that it was written."""
    note = Path(item.path + _NOTE)
    with contextlib.suppress(OSError, msgspec.MsgspecError, KeyError):
        if msgspec.json.decode(note.read_bytes(), type=dict[str, Any])["stamp"] == _stamp(Path(item.path)):
            return True
    return _is_sound(item)


def _stamp(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns]


def _is_sound(item: Stored) -> bool:
    try:
        return hash_member(next(iter(_file_members(Path(item.path)))))[0] == item.sha256
    except (SourceError, OSError):
        return False


def verify() -> Iterator[tuple[Stored, bool]]:
    """Every file that is here, and whether its content still has the hash that it came with."""
    for entry in datasets().values():
        for item in stored(entry):
            yield item, _is_sound(item)


def _walk(path: Path) -> Iterator[Member]:
    if not path.is_dir():
        yield from members(path)
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink():
            # a damaged archive among a user's files is no reason to find nothing
            with contextlib.suppress(SourceError):
                yield from members(file)


def _file_members(path: Path) -> Iterator[Member]:
    """A stored file as what it is: gzip is opened, a workbook (which is a zip) is not."""
    if is_gzip(path):
        yield from members(path)
    else:
        yield Member(path.name, path, path.stat().st_size, lambda: path.open("rb"), path.stat().st_size)


def only_member(path: Path, dataset: Dataset) -> Member:
    """The one file that may be meant where no hash is known: the only one, or the one of the published name."""
    found = list(_walk(path))
    names = {name.casefold() for name in (dataset.member, *(file.name for file in dataset.files)) if name}
    candidates = found if len(found) == 1 else [member for member in found if member.name.casefold() in names]
    if len(candidates) == 1:
        return candidates[0]
    shown = ", ".join(member.path for member in found[:8]) or "no files"
    raise InputError(f"{path}: it holds {shown}: which is {dataset.id}? Name one file with --from.")


def _unknown(path: Path, asked: list[Dataset], origin: str) -> UnknownVersionError:
    found = [
        f"{member.path} has sha256 {hash_member(member)[0]}" for member, _ in zip(_walk(path), range(5), strict=False)
    ]
    known = [f"{entry.id} is {file.sha256} ({file.name})" for entry in asked for file in entry.files]
    here = "; ".join(found) or "there are no files"
    if not asked:
        return UnknownVersionError(
            f"{path}: {here}. No dataset of the registry has such a file. See `foedus data list`."
        )
    there = "; ".join(known) or f"the registry knows no hash of {asked[0].id}"
    ids = " ".join(entry.id for entry in asked)
    remedy = f"If you trust the file: foedus data get {ids}{'' if origin else f' --from {path}'} --accept"
    return UnknownVersionError(f"{origin or path}: {here}, but {there}. {remedy}")


def _store(member: Member, dataset: Dataset, file: MemberFile | None) -> Stored:
    """Copy a member beside its place, check it, and move it there: it lands whole or not at all."""
    folder = data_folder() / dataset.id
    is_packed = is_gzip(member.origin) and member.path == member.origin.name.removesuffix(".gz")
    name = _safe(file.name if file else member.name)
    if is_packed and not (file and file.is_r_object):
        name += ".gz"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".arriving-")
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        with os.fdopen(handle, "wb") as target:
            digest, size = _copy_packed(member, target) if is_packed else copy_member(member, target)
        if file and digest != file.sha256:
            raise SourceError(f"{member.path}: it changed while it was read. Try again.")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(folder / name)
        note = {"sha256": digest, "size": size, "is_accepted": file is None, "stamp": _stamp(folder / name)}
        _write_whole(folder / f"{name}{_NOTE}", msgspec.json.encode(note))
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise _unwritable(folder, error) from error
    finally:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
    return Stored(dataset.id, str(folder / name), digest, size, file, file is None)


def _forget_accepted(item: Stored) -> None:
    """A known file takes the place of one that was accepted before."""
    for other in stored(datasets()[item.dataset]):
        if other.is_accepted and other.path != item.path:
            for path in (Path(other.path + _NOTE), Path(other.path)):
                path.unlink(missing_ok=True)


def _copy_packed(member: Member, target: Any) -> tuple[str, int]:
    """A gzip file stays packed; the hash is of what is in it."""
    with member.origin.open("rb") as source:
        shutil.copyfileobj(source, target, _CHUNK)
    return hash_member(member)


def _write_whole(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".arriving-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()


def _safe(name: str) -> str:
    return re.sub(r"[^\w.() -]", "_", Path(name).name).lstrip(".") or "file"


def _unwritable(folder: Path, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"{folder}: could not be written: {reason}. Set FOEDUS_HOME to a folder of yours, or make room.")


def register_folder(dataset: Dataset, folder: Path) -> Stored:
    """Remember where the files of a flow lie; they are read from there."""
    if not folder.exists():
        raise InputError(f"{folder}: there is no such file or folder. Check the path.")
    place = data_folder() / dataset.id
    try:
        place.mkdir(parents=True, exist_ok=True)
        _write_whole(place / _FOLDER, msgspec.json.encode(str(folder.resolve())))
    except OSError as error:
        raise _unwritable(place, error) from error
    return Stored(dataset.id, str(folder.resolve()), "", 0)


def registered_folder(dataset: Dataset) -> Path | None:
    """Where the files of a flow lie, if the user has said."""
    try:
        place = Path(msgspec.json.decode((data_folder() / dataset.id / _FOLDER).read_bytes(), type=str))
    except (OSError, msgspec.MsgspecError):
        return None
    return place if place.exists() else None
