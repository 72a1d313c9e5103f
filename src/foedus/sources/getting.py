"""Getting datasets: from the user's files, or from the official address if the licence allows it."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.download import Progress, download, forget
from foedus.sources.errors import MissingDatasetError, UnknownVersionError
from foedus.sources.registry import Dataset, find_dataset
from foedus.sources.store import Stored, add, register_folder


def get_data(
    ids: list[str], *, path: Path | str | None = None, accept: bool = False, progress: Progress | None = None
) -> list[Stored]:
    """Bring datasets here and say what came; datasets of one archive are fetched once.

    Parameters
    ----------
    path
        A file, folder or archive that the user has; by default the official address is asked.
    accept
        Take a file whose hash the registry does not know, as the one dataset that is named.

    Raises
    ------
    MissingDatasetError
        If foedus may not or cannot fetch it; the message says where it is published.
    UnknownVersionError
        If what came has another hash than the registry's; the message has both.
    """
    wanted = [find_dataset(name) for name in ids]
    if path is not None:
        flows = [entry for entry in wanted if entry.pattern]
        files = [entry for entry in wanted if not entry.pattern]
        got = [register_folder(entry, Path(path)) for entry in flows]
        if files:
            got += add(path, files, accept=accept)
            _require_all(str(path), files, got)
        return got
    for entry in wanted:
        _require_fetchable(entry)
    fetched: list[Stored] = []
    for url in dict.fromkeys(entry.url for entry in wanted):
        fetched += _fetched(url, [entry for entry in wanted if entry.url == url], accept, progress)
    return fetched


def _require_fetchable(entry: Dataset) -> None:
    if entry.is_fetchable:
        return
    why = "It is published at" if entry.licence.fetch else f"foedus does not fetch it ({entry.licence.name}). It is at"
    raise MissingDatasetError(f"{entry.id}: {why} {entry.url}\nGet it there, then run: {entry.command}")


def _fetched(url: str, wanted: list[Dataset], accept: bool, progress: Progress | None) -> list[Stored]:
    """What an address gave; all that was asked for must be in it, and nothing is kept of a file that is refused."""
    place = download(url, progress=progress)
    try:
        got = add(place, wanted, accept=accept, origin=url)
    finally:
        forget(place)
    _require_all(url, wanted, got)
    return got


def _require_all(place: str, wanted: list[Dataset], got: list[Stored]) -> None:
    came = {item.dataset for item in got}
    lacking = [entry.id for entry in wanted if entry.id not in came]
    if lacking:
        kept = f"; {', '.join(sorted(came))} came" if came else ""
        remedy = "Name the file that has it, and add --accept if it is of another version."
        raise UnknownVersionError(f"{place}: no file has the hash of {', '.join(lacking)}{kept}. {remedy}")
