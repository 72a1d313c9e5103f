"""A trigger as it was found in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foedus.documents.lexicon import Trigger
from foedus.documents.masking import Atom
from foedus.documents.model import Mention


@dataclass(slots=True)
class Found:
    """A trigger in a sentence with the stretch of the mask that belongs to it."""

    trigger: Trigger
    match: re.Match[str]
    low: int
    high: int
    subjects: list[Mention] = field(default_factory=list)
    subject_atom: Atom | None = None
    subject_behind: int | None = None
    used_dates: set[int] = field(default_factory=set)

    @property
    def start(self) -> int:
        """Where the words of the trigger begin in the mask."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where the words of the trigger end in the mask."""
        return self.match.end()
