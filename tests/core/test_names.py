"""Two spellings of one name have one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.core.names import fold


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Côte d'Ivoire", "cote d’ivoire"),
        ("U.S.S.R.", "USSR"),
        ("Белоруссия", "БЕЛОРУССИЯ"),
        ("Королёв", "Королев"),
        ("الأردن", "الاردن"),
        ("سورية", "سوريه"),
        ("  Guinea-Bissau ", "guinea bissau"),
    ],
)
def test_case_accents_and_punctuation_do_not_part_names(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_different_names_stay_different() -> None:
    assert fold("Niger") != fold("Nigeria")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
