"""A file from its official address: resumed where it broke off, complete before it counts, moved into place whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from foedus.core.errors import InputError, OutputError
from foedus.core.home import cache_folder
from foedus.sources.fetch import Answer, open_url

Progress = Callable[[int, int | None], None]
_CHUNK = 1 << 18
_TRIES = 4


def download(url: str, *, progress: Progress | None = None) -> Path:
    """Fetch a file into the cache and give its place; what came before a break is kept and continued.

    Parameters
    ----------
    progress
        Called with the bytes that are here and the bytes in all (null where the server does not say).

    Raises
    ------
    InputError
        If the address does not answer, or the file stays incomplete; what came is kept for the next try.
    OutputError
        If it cannot be written.
    """
    folder = cache_folder() / "downloads"
    key = hashlib.sha256(url.encode()).hexdigest()[:16]
    name = PurePosixPath(unquote(urlsplit(url).path)).name or "file"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _part(folder, f"{key}.part") as part:
            for _ in range(_TRIES):
                if _continue(url, part, progress or (lambda *_: None)):
                    break
            else:
                raise InputError(f"{url}: the connection broke off {_TRIES} times. Run the command again to go on.")
            target = folder / f"{key}-{os.getpid()}" / name
            target.parent.mkdir(exist_ok=True)
            part.replace(target)
            part.with_suffix(".etag").unlink(missing_ok=True)
            return target
    except OSError as error:
        if isinstance(error, InputError | OutputError):
            raise
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{folder}: could not be written: {reason}. Make room, or set FOEDUS_HOME.") from error


def forget(path: Path) -> None:
    """Delete a download that has been taken over."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()


@contextlib.contextmanager
def _part(folder: Path, name: str) -> Iterator[Path]:
    """The file that a download goes to, ours alone: a second process takes another and begins anew."""
    shared = folder / name
    with (folder / f"{name}.lock").open("a") as lock:
        if _lock(lock):
            yield shared
            return
    own = folder / f"{name}.{os.getpid()}"
    try:
        yield own
    finally:
        own.unlink(missing_ok=True)


def _lock(file: IO[str]) -> bool:
    """Whether the lock is ours; it ends with the process, so a crash leaves nothing behind."""
    try:
        import fcntl
    except ImportError:  # not a Unix: no second process is expected
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _continue(url: str, part: Path, progress: Progress) -> bool:
    """Fetch what is missing; whether the file is complete. A file that changed meanwhile begins anew."""
    have = part.stat().st_size if part.exists() else 0
    etag = part.with_suffix(".etag")
    mark = etag.read_text() if have and etag.exists() else ""
    with open_url(url, start=have if mark else 0, unchanged=mark) as answer:
        if answer.start == 0:
            have = 0
        etag.write_text(answer.mark)
        with part.open("ab" if answer.start else "wb") as target:
            for chunk in _chunks(answer):
                target.write(chunk)
                have += len(chunk)
                progress(have, answer.total)
    return answer.total is None or have == answer.total


def _chunks(answer: Answer) -> Iterator[bytes]:
    """The rest of the file; a connection that breaks ends it early, which the size then shows."""
    while chunk := answer.read(_CHUNK):
        yield chunk
