"""The record as one file that loads fast: keyed by content, checked, rebuilt when damaged."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from foedus.core.home import cache_folder
from foedus.core.states import STATES_FILE, cldr_stamp
from foedus.core.version import CODE_VERSION
from foedus.record.models import Record

DATA = Path(__file__).with_name("data")
_DIGEST = 32
_KEPT = 4


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
        _store(path, record)
    return record


def _content_key(folder: Path) -> str:
    """What the cached file depends on: every byte of the data, and the code that read it."""
    digest = hashlib.blake2b(f"{CODE_VERSION} {msgspec.__version__}".encode() + cldr_stamp(), digest_size=16)
    code = sorted((*Path(__file__).parent.glob("*.py"), *STATES_FILE.parent.glob("*.py")))
    data = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".bib"))
    for path in (STATES_FILE, *code, *data):
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def _cached(path: Path) -> Record | None:
    try:
        content = path.read_bytes()
        payload = content[_DIGEST:]
        if hashlib.blake2b(payload, digest_size=_DIGEST).digest() != content[:_DIGEST]:
            return None
        with _no_collection():
            return msgspec.msgpack.decode(payload, type=Record)
    except (OSError, msgspec.MsgspecError):
        return None


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for garbage, which takes as long as reading where nothing but live objects is made."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _built(folder: Path) -> Record:
    from foedus.record.load import raise_first, read_record

    record, loading = read_record(folder)
    raise_first(loading)
    return record


def _store(path: Path, record: Record) -> None:
    """Write aside, then move: two processes may do it at once, and a read-only or full folder is no error."""
    payload = msgspec.msgpack.encode(record)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".record-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.blake2b(payload, digest_size=_DIGEST).digest() + payload)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _forget_older(path)


def _forget_older(path: Path) -> None:
    """Keep the newest few files, so that the folder does not grow."""
    ages: list[tuple[float, Path]] = []
    for other in path.parent.glob("record-*.msgpack"):
        with contextlib.suppress(OSError):
            ages.append((other.stat().st_mtime, other))
    for _, other in sorted(ages, reverse=True)[_KEPT:]:
        with contextlib.suppress(OSError):
            other.unlink()
