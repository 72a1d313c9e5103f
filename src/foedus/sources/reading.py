"""From the id of a dataset to its table: find the file, know its version by its hash, parse it."""

from __future__ import annotations

import importlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.core.errors import InputError
from foedus.sources.archives import Member, copy_member, hash_member, is_archive, members
from foedus.sources.errors import MissingDatasetError, SourceError, UnknownVersionError
from foedus.sources.registry import Dataset, MemberFile, find_dataset
from foedus.sources.store import is_untouched, only_member, recognised, registered_folder, stored


@dataclass(frozen=True, slots=True)
class Resolved:
    """The file that a dataset is read from; `file` is null where the registry does not know its hash."""

    dataset: Dataset
    path: Path
    sha256: str
    file: MemberFile | None

    @property
    def parser(self) -> str:
        """Module and function that read this form of the dataset."""
        return (self.file.parser if self.file else "") or self.dataset.parser


def resolve(dataset_id: str, path: Path | str | None = None, *, accept: bool = False) -> Resolved:
    """The file of a dataset: in a file or folder that is named, else among those that are here.

    Parameters
    ----------
    accept
        Take the named file as this dataset though the registry does not know its hash.

    Raises
    ------
    MissingDatasetError
        If the dataset is not here; the message names the command that gets it.
    UnknownVersionError
        If the named file has another hash than the registry's; the message has both.
    """
    dataset = find_dataset(dataset_id)
    if path is None:
        return _stored(dataset)
    place = Path(path)
    if not place.exists():
        raise InputError(f"{path}: there is no such file or folder. Check the path.")
    if dataset.pattern:
        return Resolved(dataset, place, "", None)
    if place.is_dir():
        return _in_folder(dataset, place, accept)
    digest = hash_member(next(iter(members(place))))[0] if not is_archive(place) else ""
    file = dataset.file_with(digest)
    if file is None and not accept:
        known = ", ".join(known.sha256 for known in dataset.files) or "no hash yet"
        remedy = "Give the file of that version, or accept this one (accept=True, `foedus data get ... --accept`)."
        found = f"its sha256 is {digest}" if digest else "it is an archive"
        raise UnknownVersionError(f"{place.name}: {found}, but {dataset.id} has {known}. {remedy}")
    return Resolved(dataset, place, digest, file)


def read(dataset_id: str, path: Path | str | None = None, *, accept: bool = False) -> Any:
    """The table of a dataset in its producer's own column names: a polars frame, for GDELT a DuckDB relation.

    Parameters
    ----------
    dataset_id
        With a version (`cow.nmc-6.0`) or without, for the default version (`cow.nmc`).
    path
        A file, a folder or an archive with the dataset's file; by default the one that `foedus data get` brought.

    Raises
    ------
    MissingError
        If the dataset, or the panels extra, is not here; the message names the command that gets it.
    SourceError
        If the file is damaged, of an unknown version or not in the layout of its producer.
    """
    found = resolve(dataset_id, path, accept=accept) if not _is_packed(path) else None
    if found is None:
        return _read_packed(dataset_id, Path(str(path)), accept)
    return parse(found)


def data_path(dataset_id: str) -> Path:
    """Where the file of a dataset lies; for a flow of files, their folder."""
    return resolve(dataset_id).path


def parse(found: Resolved) -> Any:
    """The table of a file that was found."""
    module, _, function = found.parser.partition(".")
    return getattr(importlib.import_module(f"foedus.sources.{module}"), function)(found.path)


def _is_packed(path: Path | str | None) -> bool:
    return path is not None and Path(path).is_file() and is_archive(Path(path))


def _read_packed(dataset_id: str, path: Path, accept: bool) -> Any:
    """The table of a member of an archive, unpacked to a place of our own."""
    dataset = find_dataset(dataset_id)
    if dataset.pattern:
        return parse(Resolved(dataset, path, "", None))
    for member, _, file in recognised(path, [dataset]):
        return _unpacked(member, dataset, file)
    if accept:
        return _unpacked(only_member(path, dataset), dataset, None)
    names = ", ".join(file.name for file in dataset.files) or "no known file"
    raise UnknownVersionError(
        f"{path.name}: no member has the hash of {dataset.id} ({names}). Unpack it and name the file, or use --accept."
    )


def _unpacked(member: Member, dataset: Dataset, file: MemberFile | None) -> Any:
    with tempfile.TemporaryDirectory(prefix="foedus-") as folder:
        target = Path(folder) / member.name
        with target.open("wb") as stream:
            digest, _ = copy_member(member, stream)
        return parse(Resolved(dataset, target, digest, file))


def _stored(dataset: Dataset) -> Resolved:
    folder = registered_folder(dataset) if dataset.pattern else None
    if folder:
        return Resolved(dataset, folder, "", None)
    here = stored(dataset)
    if not here:
        raise MissingDatasetError(f"{dataset.id} ({dataset.name}) is not here yet. Run: {dataset.command}")
    if not is_untouched(here[0]):
        remedy = f"Run: {dataset.command}{' --accept' if here[0].is_accepted else ''}"
        raise SourceError(f"{here[0].path}: it was changed since it was checked. {remedy}")
    return Resolved(dataset, Path(here[0].path), here[0].sha256, here[0].file)


def _in_folder(dataset: Dataset, folder: Path, accept: bool) -> Resolved:
    """The best of the known files; archives in the folder are not opened here."""
    found = {file.sha256: (member, file) for member, _, file in recognised(folder, [dataset]) if "/" not in member.path}
    for file in sorted(dataset.files, key=lambda file: file.rank):
        if file.sha256 in found:
            return Resolved(dataset, found[file.sha256][0].origin, file.sha256, file)
    if accept:
        member = only_member(folder, dataset)
        return Resolved(dataset, member.origin, hash_member(member)[0], None)
    raise MissingDatasetError(f"{folder}: no file in it has the hash of {dataset.id}. Run: {dataset.command}")
