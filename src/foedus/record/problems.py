"""What is wrong with a record: file, line, what was found, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a record."""

    path: Path
    line: int
    found: str
    remedy: str
    severity: Severity = "error"
    rule: str = ""

    @property
    def place(self) -> str:
        """The file with its folder, and the line."""
        return f"{self.path.parent.name}/{self.path.name}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.found} {self.remedy}".strip()
