"""What is wrong with a record: file, line, what was found, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True):
    """One breach of a rule, and which fact, pact, base or source it is about."""

    path: Path
    line: int
    found: str
    remedy: str
    rule: str
    about: str = ""
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """The file with its folder, and the line."""
        return f"{self.path.parent.name}/{self.path.name}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.found} {self.remedy}".strip()
