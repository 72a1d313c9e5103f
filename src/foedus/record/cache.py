"""The record as one file that loads fast: keyed by content, checked, rebuilt when damaged."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from foedus.core.home import cache_folder
from foedus.core.kept import read_kept, store_kept
from foedus.core.states import STATES_FILE, cldr_stamp
from foedus.core.version import CODE_VERSION
from foedus.record.models import Record

DATA = Path(__file__).with_name("data")


def load_record(folder: Path | None = None) -> Record:
    """The record of a folder (by default the one that foedus brings), from the cache where it is up to date.

    Raises
    ------
    RecordError
        If a line of the record cannot be read; the message names file and line.
    """
    return _load(folder or DATA)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Record:
    path = cache_folder() / f"record-{_content_key(folder)}.msgpack"
    record = _cached(path)
    if record is None:
        record = _built(folder)
        store_kept(path, msgspec.msgpack.encode(record))
    return record


def _content_key(folder: Path) -> str:
    """What the cached file depends on: every byte of the data, and the code that read it."""
    digest = hashlib.blake2b(f"{CODE_VERSION} {msgspec.__version__}".encode() + cldr_stamp(), digest_size=16)
    code = sorted((*Path(__file__).parent.glob("*.py"), *STATES_FILE.parent.glob("*.py")))
    data = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".bib"))
    for path in (STATES_FILE, *code, *data):
        with path.open("rb", buffering=0) as file:  # a buffer for each of 500 files is a third of the time
            content = file.read()
        digest.update(f"{path.parent.name}/{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def _cached(path: Path) -> Record | None:
    payload = read_kept(path)
    try:
        with _no_collection():
            return None if payload is None else msgspec.msgpack.decode(payload, type=Record)
    except msgspec.MsgspecError:
        return None


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for garbage among what is made, then or later: it takes as long as reading, and all lives on."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _built(folder: Path) -> Record:
    from foedus.record.load import raise_first, read_record

    record, loading = read_record(folder)
    raise_first(loading)
    return record
