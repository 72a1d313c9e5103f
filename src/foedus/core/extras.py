"""What an optional extra brings, and how a user gets it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from foedus.core.errors import MissingError


@contextlib.contextmanager
def needing(extra: str, what: str) -> Iterator[None]:
    """Imports of an extra's packages; one that is not there is named with the command that installs it.

    Raises
    ------
    MissingError
        If a package of the extra is not installed.
    """
    try:
        yield
    except ImportError as error:
        if (error.name or "foedus").partition(".")[0] == "foedus":
            raise
        raise MissingError(
            f"{what}: {error.name} is not there. Install it with: pip install 'foedus[{extra}]'"
        ) from error
