"""Dates keep the precision of their source."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.core.dates import PartialDate, day, parse_date
from foedus.core.errors import DateError

YEARS = st.integers(min_value=1, max_value=9999)
MARKS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    """Texts of one date at any precision."""
    value = draw(st.dates())
    shapes = [
        f"{value.year:04}",
        f"{value.year:04}-{value.month:02}",
        f"{value.year:04}-{value.month:02}-{value.day:02}",
    ]
    return draw(st.sampled_from(shapes)) + draw(MARKS)


@given(st.dates())
def test_a_day_means_itself_alone(value: date) -> None:
    parsed = day(value)
    assert (parsed.first_day, parsed.last_day, parsed.days, parsed.is_day) == (value, value, 1, True)


@given(points())
def test_a_date_reads_back_as_it_was_written(text: str) -> None:
    assert str(parse_date(text)) == text


@given(points(), points())
def test_two_dates_overlap_whichever_is_asked(left: str, right: str) -> None:
    a, b = parse_date(left), parse_date(right)
    assert a.overlaps(b) == b.overlaps(a)
    assert not a.contains(b) or a.overlaps(b)


@given(points(), points())
def test_an_interval_reaches_from_its_first_to_its_last_day(left: str, right: str) -> None:
    a, b = sorted((parse_date(left), parse_date(right)), key=lambda part: (part.first_day, part.last_day))
    if a.first_day <= b.last_day:
        whole = parse_date(f"{a}/{b}")
        assert (whole.first_day, whole.last_day) == (a.first_day, b.last_day)


@given(YEARS)
def test_a_year_lies_in_its_decade(year: int) -> None:
    decade = parse_date(f"{year // 10:03}X")
    assert decade.contains(parse_date(f"{year:04}"))


@given(points())
def test_an_edtf_reader_finds_the_same_first_and_last_day(text: str) -> None:
    theirs = edtf.parse_edtf(text)
    ours = parse_date(text)
    assert tuple(theirs.lower_strict())[:3] == ours.first_day.timetuple()[:3]
    assert tuple(theirs.upper_strict())[:3] == ours.last_day.timetuple()[:3]


@pytest.mark.parametrize("text", ["1955~", "1955?", "1955%"])
def test_marks_say_approximate_and_uncertain_apart(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.is_approximate, parsed.is_uncertain) == (text[-1] in "~%", text[-1] in "?%")


def test_an_open_interval_has_no_end() -> None:
    assert parse_date("1991/..").last_day == date.max
    assert parse_date("../1991").first_day == date.min


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1995-02-30", "does not exist in the calendar"),
        ("1900-02-29", "does not exist in the calendar"),
        ("1995-13", "does not exist in the calendar"),
        ("15.5.1992", "is not a date that foedus reads"),
        ("", "is not a date that foedus reads"),
        ("0000", "has no such year"),
        ("199X-05", "gives a month but not the year"),
        ("1992-XX-05", "gives a day but not the month"),
        ("1999/1991", "ends before it starts"),
        ("1991/1992/1993", "more than one slash"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(DateError, match=message):
        parse_date(text)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    with suppress(DateError):
        assert isinstance(parse_date(text), PartialDate)
