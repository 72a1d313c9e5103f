"""What is known of every dataset version: its address, the hashes of its files, coverage, licence and citation."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from foedus.core.errors import RecordError, UnknownNameError
from foedus.core.yamlfile import line_of, read_yaml, repeated_keys

REGISTRY_FILE = Path(__file__).with_name("registry.yml")
CITATIONS_FILE = Path(__file__).with_name("citations.bib")
_DIRECT = (".csv", ".zip", ".txt", ".dat", ".tsv", ".xls", ".xlsx", ".dta")


class Coverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First and last year (null where the data have no years), and the code system; `states` says where it differs."""

    system: Literal["cow", "gw", "other"]
    years: tuple[int, int] | None = None
    states: str = ""


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Under which terms: may it be passed on, may foedus fetch it for the user."""

    name: str
    redistribute: bool
    fetch: bool


class MemberFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the dataset: the sha256 and size in bytes are of its content, without a gzip or zip around it."""

    name: str
    sha256: str
    size: int
    form: Literal["official", "derived"] = "official"
    parser: str = ""
    note: str = ""

    @property
    def is_r_object(self) -> bool:
        """R objects are gzip by nature, and slow to read."""
        return self.name.lower().endswith((".rdata", ".rda"))

    @property
    def rank(self) -> int:
        """Which of several files of a dataset is read: the published before the derived, an R object last."""
        return 2 if self.is_r_object else int(self.form != "official")


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    producer: str
    version: str
    url: str
    published: str
    parser: str
    coverage: Coverage
    licence: str
    citation: str
    default: bool = False
    member: str = ""
    pattern: str = ""
    quirks: str = ""
    files: tuple[MemberFile, ...] = ()


class Dataset(msgspec.Struct, frozen=True):
    """One version of a dataset, `id` with the version, `dataset` without.

    `member` is the name of the published file where its hash is not known yet; `pattern` stands for a flow of files
    that are recognised by name, for their hashes are without end.
    """

    id: str
    dataset: str
    name: str
    producer: str
    version: str
    url: str
    published: str
    parser: str
    coverage: Coverage
    licence: Licence
    citation: str
    is_default: bool
    member: str
    pattern: str
    quirks: str
    files: tuple[MemberFile, ...]

    @property
    def is_fetchable(self) -> bool:
        """Whether the address is that of a file, and the licence lets foedus fetch it."""
        return self.licence.fetch and not self.pattern and self.url.lower().endswith(_DIRECT) and self._is_published()

    def _is_published(self) -> bool:
        """Package data are published as R objects: what the registry knows is their table as text."""
        return self.published != "package data"

    def file_with(self, sha256: str) -> MemberFile | None:
        """The file that has a hash."""
        return next((file for file in self.files if file.sha256 == sha256), None)

    @property
    def command(self) -> str:
        """The command that gets it."""
        return f"foedus data get {self.id}" + ("" if self.is_fetchable else " --from PATH")


def datasets() -> dict[str, Dataset]:
    """Every dataset version by its id, in the order of the registry.

    Raises
    ------
    RecordError
        If the registry breaks a rule; the message names file and line.
    """
    return _load(REGISTRY_FILE)


def find_dataset(name: str) -> Dataset:
    """The dataset version of an id; an id without a version means the default version.

    Raises
    ------
    UnknownNameError
        If there is none; the message has the nearest.
    """
    known = datasets()
    if name in known:
        return known[name]
    versions = [entry for entry in known.values() if entry.dataset == name]
    for entry in versions:
        if entry.is_default or len(versions) == 1:
            return entry
    near = difflib.get_close_matches(name, [*known, *(entry.dataset for entry in known.values())], n=3)
    meant = f"Did you mean {', '.join(dict.fromkeys(near))}? " if near else ""
    raise UnknownNameError(f"{name}: no dataset has this id. {meant}`foedus data list` shows all.")


def datasets_with(sha256: str) -> Iterator[tuple[Dataset, MemberFile]]:
    """The datasets that a file with this hash belongs to."""
    for entry in datasets().values():
        file = entry.file_with(sha256)
        if file:
            yield entry, file


@lru_cache(maxsize=4)
def _load(path: Path) -> dict[str, Dataset]:
    for line, key in repeated_keys(path):
        raise RecordError(f"{path.name}:{line}: {key} stands twice in one entry. Delete one of them.")
    content = read_yaml(path)
    licences: dict[str, Licence] = {
        name: _convert(path, value, Licence, ["licences", name]) for name, value in content["licences"].items()
    }
    made = {key: _dataset(path, key, value, licences) for key, value in content["datasets"].items()}
    _check(path, made)
    return made


def _dataset(path: Path, key: str, value: Any, licences: dict[str, Licence]) -> Dataset:
    entry: _Entry = _convert(path, value, _Entry, ["datasets", key])
    if not key.endswith(f"-{entry.version}"):
        raise _error(path, ["datasets", key, "version"], f"{key} does not end in its version {entry.version}.")
    if entry.licence not in licences:
        raise _error(path, ["datasets", key, "licence"], f"licence {entry.licence} is not among the licences above.")
    fields = {name: getattr(entry, name) for name in entry.__struct_fields__ if name not in ("licence", "default")}
    return Dataset(
        id=key, dataset=key.removesuffix(f"-{entry.version}"), licence=licences[entry.licence],
        is_default=entry.default, **fields,
    )  # fmt: skip


def _check(path: Path, made: dict[str, Dataset]) -> None:
    defaults: dict[str, str] = {}
    owners: dict[str, str] = {}
    for key, entry in made.items():
        if entry.is_default and defaults.setdefault(entry.dataset, key) != key:
            raise _error(path, ["datasets", key, "default"], f"{entry.dataset} has two default versions.")
        if entry.coverage.years and entry.coverage.years[0] > entry.coverage.years[1]:
            raise _error(path, ["datasets", key, "coverage"], f"{key} ends before it begins.")
        for file in entry.files:
            if len(file.sha256) != 64 or set(file.sha256) - set("0123456789abcdef"):
                raise _error(path, ["datasets", key, "files"], f"{file.name} has a sha256 of another form.")
            if owners.setdefault(file.sha256, key) != key:
                raise _error(path, ["datasets", key, "files"], f"{file.name} stands under {owners[file.sha256]} too.")
    lacking = {entry.dataset for entry in made.values()} - set(defaults)
    if lacking:
        raise RecordError(f"{path.name}: {', '.join(sorted(lacking))}: no version is the default. Add `default: true`.")


def _convert(path: Path, value: Any, kind: Any, keys: list[str | int]) -> Any:
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _error(path, keys, f"{keys[-1]}: {error}.") from error


def _error(path: Path, keys: list[str | int], found: str) -> RecordError:
    return RecordError(f"{path.name}:{line_of(path, keys)}: {found} Correct the entry.")
