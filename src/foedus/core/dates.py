"""Dates that keep the precision their source has: the part of EDTF level 1 that history needs."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from foedus.core.errors import DateError

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%]?)")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date or an interval as precise as its source, with the first and last day it may mean.

    Parameters
    ----------
    text
        EDTF level 1: ``1992``, ``1992-05``, ``1992-05-15``, ``199X``, ``1992-05-XX``, ``1955~`` (approximate),
        ``1955?`` (uncertain), ``1955%`` (both), ``1991-03/1991-07``, ``1991/..`` (open), ``../1991``.

    Raises
    ------
    DateError
        If the text is not of that form or names a day that does not exist.
    """

    text: str
    first_day: date
    last_day: date
    is_approximate: bool = False
    is_uncertain: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int | None:
        """The year, where the date lies within one."""
        return self.first_day.year if self.first_day.year == self.last_day.year else None

    @property
    def is_day(self) -> bool:
        """Whether the date is known to the day."""
        return self.first_day == self.last_day

    @property
    def days(self) -> int:
        """How many days the date may mean: its imprecision."""
        return (self.last_day - self.first_day).days + 1

    def overlaps(self, other: PartialDate) -> bool:
        """Whether some day may be meant by both."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def contains(self, other: PartialDate) -> bool:
        """Whether every day meant by the other may be meant by this one."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day


@lru_cache(maxsize=65536)
def parse_date(text: str) -> PartialDate:
    """Read an EDTF level 1 date or interval."""
    if "/" in text:
        return _interval(text)
    found = _POINT.fullmatch(text)
    if not found:
        raise DateError(
            f"date: {text!r} is not a date that foedus reads. "
            "Write 1992, 1992-05, 1992-05-15, 1955~, 199X or 1991-03/1991-07."
        )
    year, month, day, mark = found.groups()
    if year == "0000":
        raise DateError(f"date: {text!r} has no such year. Years run from 0001 to 9999.")
    first_year, last_year = int(year.replace("X", "0") or 0), int(year.replace("X", "9"))
    if "X" in year and month:
        raise DateError(f"date: {text!r} gives a month but not the year. Write the decade alone, e.g. 199X.")
    flags = {"is_approximate": mark in ("~", "%"), "is_uncertain": mark in ("?", "%")}
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise DateError(f"date: {text!r} gives a day but not the month. Leave the day out.")
        return PartialDate(text, date(max(first_year, 1), 1, 1), date(last_year, 12, 31), **flags)
    try:
        if day in (None, "XX"):
            end = calendar.monthrange(first_year, int(month))[1]
            return PartialDate(text, date(first_year, int(month), 1), date(first_year, int(month), end), **flags)
        point = date(first_year, int(month), int(day))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise DateError(f"date: {text!r} does not exist in the calendar. Correct the month or the day.") from error
    return PartialDate(text, point, point, **flags)


def _interval(text: str) -> PartialDate:
    left, _, right = text.partition("/")
    if "/" in right:
        raise DateError(f"date: {text!r} has more than one slash. An interval is START/END.")
    start = date.min if left in ("", "..") else parse_date(left).first_day
    end = date.max if right in ("", "..") else parse_date(right).last_day
    if start > end:
        raise DateError(f"date: {text!r} ends before it starts. An interval is START/END.")
    marks = [parse_date(part) for part in (left, right) if part not in ("", "..")]
    return PartialDate(
        text,
        start,
        end,
        is_approximate=any(part.is_approximate for part in marks),
        is_uncertain=any(part.is_uncertain for part in marks),
    )


def day(value: date) -> PartialDate:
    """The PartialDate of one calendar day."""
    return parse_date(value.isoformat())
