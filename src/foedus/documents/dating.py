"""Dates in running text, with the precision of the text.

The grammar is the same in all languages; months, numbers and turns of phrase come from the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from foedus.core.dates import PartialDate, parse_date
from foedus.core.errors import DateError
from foedus.documents.lexicon import DateWords
from foedus.documents.model import DateMention

_YEAR = r"(?:1[5-9]|20)\d\d"
_NAMED = re.compile(r"\(\?P<\w+>")


@dataclass(slots=True)
class DateContext:
    """What "now" and "that year" refer to: the day of the document and the last date in the text."""

    published: PartialDate | None = None
    last: PartialDate | None = None
    paragraph: int = -1

    def enter(self, paragraph: int) -> None:
        """Keep the last date over paragraphs: a relative date may reach back to one before."""
        self.paragraph = paragraph


@dataclass
class DateGrammar:
    """Finds and resolves the dates of one language."""

    words: DateWords
    _cache: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _quick(self) -> re.Pattern[str]:
        """Whether a sentence can hold a date at all."""
        return re.compile(rf"\d|\b(?:{self.words.quick})", re.IGNORECASE)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        w = self.words
        month, day = f"(?:{w.month_pattern})", rf"\d{{1,2}}(?:{w.day_suffix})?"
        day = rf"(?:{day}|{w.day_words})" if w.day_words else day
        year = rf"{_YEAR}(?:{w.year_suffix})?"
        vague = f"(?:(?P<{{}}>{w.vague})[ -])?"
        year_lead = f"(?:(?:{w.year_prefix}) )?" if w.year_prefix else ""
        alternatives = [
            rf"(?P<iso>{_YEAR}-\d\d-\d\d)",
            rf"(?P<dmy>(?P<dmy_d>{day})(?:{w.day_of})?[ ](?P<dmy_m>{month}),?(?:{w.of})?"
            rf" ?{year_lead}(?P<dmy_y>{year}))",
            rf"(?P<mdy>(?P<mdy_m>{month})[ ](?P<mdy_d>{day}),? (?P<mdy_y>{year}))",
            rf"(?P<mmy>(?P<mmy_a>{month})(?: ?[-–] ?| (?:{w.conjunction}) )(?P<mmy_b>{month}),?(?:{w.of})?"
            rf" {year_lead}(?P<mmy_y>{year}))",
            rf"(?P<my>{vague.format('my_v')}(?P<my_m>{month}),?(?:{w.of})? {year_lead}(?P<my_y>{year}))",
            rf"(?P<decade>{_YEAR}(?={w.decade_suffix})(?:{w.decade_suffix}))",
            rf"(?P<range>(?P<range_a>{_YEAR})(?: ?[-–/] ?| (?:{w.conjunction}) )(?P<range_b>{_YEAR}|\d\d)(?![\d-]))",
            rf"(?P<md>(?P<md_d>{day})(?:{w.day_of})? (?P<md_m>{month})(?![\w]))",
            rf"(?P<md2>(?P<md2_m>{month}) (?P<md2_d>\d{{1,2}}(?:{w.day_suffix})?)(?![\d.,]*\d))",
            rf"(?P<y>{vague.format('y_v')}{year_lead}(?P<y_y>{year})(?![\d%]|[.,]\d))",
            rf"(?:(?P<m_lead>{w.month_lead}) (?P<m>{month})(?![\w])"
            rf"(?!,?(?:[ ](?:{w.conjunction})[ ]\w+)?(?:{w.of})?[ ]{year_lead}?\d))",
        ]
        alternatives += [rf"(?P<r{i}>{_NAMED.sub('(?:', r.pattern)})" for i, r in enumerate(w.relative)]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w])", re.IGNORECASE)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<!\w)(?P<prep>{self.words.preposition_pattern})[ ]*(?:{self.words.filler})?$", re.IGNORECASE
        )

    def find(self, text: str, start: int, end: int, context: DateContext) -> list[DateMention]:
        """The dates of a sentence in order; those that cannot be resolved have an empty value."""
        if not self._quick.search(text, start, end):
            return []
        found: list[DateMention] = []
        for match in self._pattern.finditer(text, start, end):
            before = self._before.search(text, max(start, match.start() - 24), match.start())
            preposition = before["prep"].lower() if before else ""
            value = self._value(match, context, preposition)
            if value is None:
                continue
            if value:
                context.last = parse_date(value)
            lead = (match["m_lead"] or "").lower().split(" ")[-1]
            role = self.words.preposition_role(preposition or lead) or self._inner_role(match)
            begin = match.start("m") if match["m"] else match.start()
            found.append(DateMention(begin, match.end(), value, role))
        return found

    def _inner_role(self, match: re.Match[str]) -> str:
        name = match.lastgroup or ""
        return self.words.relative[int(name[1:])].role if re.fullmatch(r"r\d+", name) else ""

    def _value(self, match: re.Match[str], context: DateContext, preposition: str) -> str | None:
        """EDTF, empty if the date has no anchor, None if the words are no date after all."""
        try:
            return self._resolve(match, context, preposition)
        except (DateError, ValueError):
            return None

    def _resolve(self, match: re.Match[str], context: DateContext, preposition: str) -> str | None:
        kind = next(name for name, value in match.groupdict().items() if value and "_" not in name and name != "m_lead")
        part = match.groupdict()
        if kind == "iso":
            return parse_date(match["iso"]).text
        if kind in ("dmy", "mdy"):
            return self._ymd(part[f"{kind}_y"], part[f"{kind}_m"], part[f"{kind}_d"])
        if kind == "mmy":
            year = self._year(match["mmy_y"])
            return parse_date(f"{year}-{self._month(match['mmy_a']):02}/{year}-{self._month(match['mmy_b']):02}").text
        if kind == "my":
            return f"{self._year(match['my_y'])}-{self._month(match['my_m']):02}"
        if kind == "decade":
            year = self._year(match["decade"])
            return f"{year[:3]}X" if year.endswith("0") else year
        if kind == "range":
            first, last = match["range_a"], match["range_b"]
            return parse_date(f"{first}/{first[:2] + last if len(last) == 2 else last}").text
        if kind in ("md", "md2"):
            return self._without_year(self._month(part[f"{kind}_m"]), self._day(part[f"{kind}_d"]), context)
        if kind == "y":
            return self._bare_year(match, preposition)
        if kind == "m":
            return self._bare_month(match, context)
        return self._relative(int(kind[1:]), match, context)

    def _month(self, name: str) -> int:
        return self.words.month(name)

    @staticmethod
    def _year(text: str) -> str:
        found = re.search(_YEAR, text)
        assert found
        return found.group()

    def _ymd(self, year: str, month: str, day: str) -> str:
        return parse_date(f"{self._year(year)}-{self._month(month):02}-{self._day(day):02}").text

    def _day(self, text: str) -> int:
        """A day of the month, in digits with or without an ending, or in words."""
        digits = re.sub(r"[^0-9]", "", text)
        return int(digits) if digits else self.words.number(text) or 0

    def _without_year(self, month: int, day: int, context: DateContext) -> str:
        """A day without a year is the last such day before the document, else in the year of the last date."""
        if context.published and context.published.is_day:
            now = context.published.first_day
            year = now.year if (month, day) <= (now.month, now.day) else now.year - 1
        elif context.last and context.last.year:
            year = context.last.year
        else:
            return ""
        return parse_date(f"{year}-{month:02}-{day:02}").text

    def _bare_year(self, match: re.Match[str], preposition: str) -> str | None:
        """A number of four digits is a year after a preposition, before punctuation or between brackets."""
        text, start, end = match.string, match.start("y"), match.end("y")
        year = self._year(match["y_y"])
        if (
            preposition
            or match["y_v"]
            or len(match["y_y"].strip()) > 4
            or (self.words.year_prefix and start != match.start("y_y"))
        ):
            return year
        before, after = text[max(0, start - 5) : start], text[end : end + 1]
        if re.search(self.words.year_determiner, before, re.IGNORECASE):
            return year
        return year if after in ".,;:)?!–]" or before.endswith(("(", ", ")) else None

    def _bare_month(self, match: re.Match[str], context: DateContext) -> str:
        month, lead = self._month(match["m"]), match["m_lead"].lower()
        if lead in self.words.month_now and context.published and context.published.is_day:
            now = context.published.first_day
            return f"{now.year if month <= now.month else now.year - 1}-{month:02}"
        if context.last and context.last.year:
            return f"{context.last.year}-{month:02}"
        if context.published and context.published.is_day:
            now = context.published.first_day
            return f"{now.year if month <= now.month else now.year - 1}-{month:02}"
        return ""

    def _relative(self, index: int, match: re.Match[str], context: DateContext) -> str | None:
        turn = self.words.relative[index]
        anchor = context.published if turn.anchor == "now" else context.last
        if turn.anchor == "last" and anchor is None:
            return ""
        if anchor is None:
            return ""
        found = re.search(turn.pattern, match.group(), re.IGNORECASE)
        number = self.words.number(found["n"]) if found and "n" in found.groupdict() and found["n"] else turn.shift
        if number is None:
            return None
        if turn.unit == "weekday":
            return _weekday(anchor, self.words.weekdays[found["w"].lower()]) if found else None
        if turn.unit == "day":
            return (anchor.first_day + timedelta(days=turn.sign * number)).isoformat() if anchor.is_day else ""
        if turn.unit == "week":
            return _week(anchor, turn.sign * number)
        if turn.unit == "month":
            months = anchor.first_day.year * 12 + anchor.first_day.month - 1 + turn.sign * number
            return f"{months // 12}-{months % 12 + 1:02}"
        years = {"year": 1, "decade": 10}[turn.unit] * number * turn.sign
        return f"{anchor.first_day.year + years:04}"


def _weekday(anchor: PartialDate, weekday: int) -> str:
    """The last such weekday up to the day of the document."""
    if not anchor.is_day:
        return ""
    return (anchor.first_day - timedelta(days=(anchor.first_day.weekday() - weekday) % 7)).isoformat()


def _week(anchor: PartialDate, shift: int) -> str:
    """A week, as the month in which it lies."""
    if not anchor.is_day:
        return ""
    monday: date = anchor.first_day - timedelta(days=anchor.first_day.weekday()) + timedelta(weeks=shift)
    sunday = monday + timedelta(days=6)
    return f"{monday:%Y-%m}" if monday.month == sunday.month else f"{monday.isoformat()}/{sunday.isoformat()}"
