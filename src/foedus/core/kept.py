"""Files that can be made again: checked when read, written whole, never in the way."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

_DIGEST = 32
_KEPT = 4


def read_kept(path: Path) -> memoryview | None:
    """What was stored under a name; None where there is nothing, or not what was stored."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    payload = memoryview(content)[_DIGEST:]
    return payload if hashlib.blake2b(payload, digest_size=_DIGEST).digest() == content[:_DIGEST] else None


def store_kept(path: Path, payload: bytes) -> None:
    """Write aside, then move: two processes may do it at once, and a read-only or full folder is no error.

    Of the files whose names begin alike, up to the last hyphen, the newest few stay, so that the folder does not grow.
    """
    import tempfile  # slow to import, and most processes only read

    stem = path.name.rpartition("-")[0]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{stem}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.blake2b(payload, digest_size=_DIGEST).digest() + payload)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _forget_older(path.parent, f"{stem}-*{path.suffix}")


def _forget_older(folder: Path, pattern: str) -> None:
    ages: list[tuple[float, Path]] = []
    for other in folder.glob(pattern):
        with contextlib.suppress(OSError):
            ages.append((other.stat().st_mtime, other))
    for _, other in sorted(ages, reverse=True)[_KEPT:]:
        with contextlib.suppress(OSError):
            other.unlink()
