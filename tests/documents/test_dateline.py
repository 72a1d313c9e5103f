"""The day that a text gives itself."""

from __future__ import annotations

import pytest

from foedus.documents.dateline import find_dateline
from foedus.documents.reader import Reader


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bishkek, 27 November 2025. The council met.", "2025-11-27"),
        ("# A title\n\n**News**\n\nBrussels, March 11, 2024 - The flag was raised.", "2024-03-11"),
        ("2024-05-01: Notes.", "2024-05-01"),
        ("On 27 November 2025 the council met.", None),
        ("The council met on 27 November 2025. It was cold.", None),
        ("Bishkek, November 2025. The council met.", None),
        ("", None),
    ],
)
def test_a_dateline_is_a_day_in_front_of_the_first_sentence(reader: Reader, text: str, day: str | None) -> None:
    found = find_dateline(text, reader.language("en").dates)
    assert (str(found) if found else None) == day
