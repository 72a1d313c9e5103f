"""What can go wrong with a file from outside."""

from __future__ import annotations

from pathlib import Path

from foedus.core.errors import FoedusError, MissingError


class SourceError(ValueError, FoedusError):
    """A file of a dataset cannot be used: the message names file and line, what was found and what to do."""

    exit_code = 4


class UnknownVersionError(SourceError):
    """A file whose sha256 the registry does not know; the user may accept it by name."""

    exit_code = 2


class ArchiveError(SourceError):
    """An archive that is damaged, or that would write where it must not or more than it may."""


class MissingDatasetError(MissingError):
    """A dataset that is not there yet; the message names the command that gets it."""


def at(path: Path, line: int | None, found: str, remedy: str) -> SourceError:
    """An error that says place, what was found, what to do."""
    place = path.name if line is None else f"{path.name}:{line}"
    return SourceError(f"{place}: {found} {remedy}")


def require_extra(module: str) -> MissingError:
    """The error for a library of the panels extra that is not installed."""
    return MissingError(f'{module} is not installed. Run: pip install "foedus[panels]"')
