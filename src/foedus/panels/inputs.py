"""What panels are made of: datasets by id, and the fingerprint of each for the lock."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from foedus.core.engine import Engine
from foedus.core.errors import MissingError
from foedus.tables.model import Given, Table, load_table

_NUMBERS = count(1)


class Inputs:
    """Datasets read once, tables loaded once.

    Parameters
    ----------
    frames
        Frames to take in place of the datasets of those ids, in the producer's columns; or a folder that holds the
        datasets' files, known by their hash.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame] | Path | str | None = None) -> None:
        is_folder = isinstance(frames, Path | str)
        self._folder = Path(frames) if is_folder else None  # type: ignore[arg-type]
        self._frames: Mapping[str, pl.DataFrame] = {} if is_folder or frames is None else frames  # type: ignore[assignment]
        self._number = next(_NUMBERS)
        self._found: dict[str, Any] = {}

    def read(self, dataset: str) -> Any:
        """The frame of a dataset; for GDELT the relation that streams its files."""
        if dataset in self._frames:
            return self._frames[dataset]
        from foedus import sources
        from foedus.sources.reading import parse

        if self._folder and self._folder.is_dir():
            return parse(self._resolved(dataset))
        return sources.read(dataset, self._folder) if self._folder else sources.read(dataset)

    def path(self, dataset: str) -> Path:
        """Where the file of a dataset lies.

        Raises
        ------
        MissingError
            If it is not here, or frames were given in place of files.
        """
        if self._frames:
            raise MissingError(f"{dataset}: frames were given in place of files, and this dataset is read as a file.")
        return Path(self._resolved(dataset).path)

    def _resolved(self, dataset: str) -> Any:
        """The file of a dataset, looked for once: a folder is known by the hashes of its files."""
        if dataset not in self._found:
            from foedus import sources

            self._found[dataset] = sources.resolve(dataset, self._folder)
        return self._found[dataset]

    def fingerprint(self, dataset: str) -> str:
        """The sha256 of the file that a dataset is, or of the frame given in its place."""
        if dataset not in self._frames:
            return str(self._resolved(dataset).sha256)
        buffer = io.BytesIO()
        self._frames[dataset].write_ipc(buffer, compression="uncompressed")
        return "frame:" + hashlib.sha256(buffer.getvalue()).hexdigest()

    def table(self, engine: Engine, table: Table, settings: Mapping[str, Any], until: date) -> Any:
        """A table in the engine, as an expression."""
        key = f"{self._number} {table.id} {table.unit} {table.system} {sorted(settings.items())} {until}"
        if engine.knows(key):
            return engine.named(key)
        frame = load_table(table, Given(self.read, until), settings)
        return engine.table(frame.to_arrow(), key)

    def given(self, until: date) -> Given:
        """What a load function may ask for."""
        return Given(self.read, until)


@cache
def default_inputs() -> Inputs:
    """The datasets that the user has."""
    return Inputs()
