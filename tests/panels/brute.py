"""The same panels by hand: day by day in plain Python, slowly, from the table of states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import Any

from foedus.core.dates import parse_date
from foedus.core.states import read_states

Spell = tuple[int, date, date]
Row = tuple[Any, ...]


def spells(system: str, codes: range, until: date) -> list[Spell]:
    """The days on which codes are in a system."""
    found = []
    for state in read_states():
        for code in state.get("codes") or ():
            if code["system"] == system and int(code["code"]) in codes:
                end = parse_date(code["to"]).last_day if code.get("to") else until
                found.append((int(code["code"]), parse_date(code["from"]).first_day, min(end, until)))
    return found


def days_of(first: date, last: date) -> Iterator[date]:
    """Every day, both ends included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def periods(kind: str, first: date, last: date) -> dict[Row, list[date]]:
    """The days of every period of a span, by the columns that name it."""
    name: dict[str, Callable[[date], Row]] = {
        "year": lambda day: (day.year,), "month": lambda day: (day.year, day.month), "day": lambda day: (day,),
    }  # fmt: skip
    found: dict[Row, list[date]] = {}
    for day in days_of(first, last):
        found.setdefault(name[kind](day), []).append(day)
    return found


def counts(present: list[bool], rule: str) -> bool:
    """Whether days of presence in a period make it count."""
    if rule == "any_day":
        return any(present)
    if rule == "first_day":
        return present[0]
    if rule == "last_day":
        return present[-1]
    return sum(present) * 2 > len(present)


def rows(
    system: str, codes: range, kind: str, first: date, last: date, rule: str, pairs: str | None = None
) -> set[Row]:
    """The keys of a panel of states, or of `directed` or `undirected` pairs of them."""
    there: dict[date, set[int]] = {day: set() for day in days_of(first, last)}
    for code, start, end in spells(system, codes, last):
        for day in days_of(max(start, first), min(end, last)):
            there[day].add(code)
    found = set()
    for name, days in periods(kind, first, last).items():
        ever = sorted(set().union(*(there[day] for day in days)))
        for who in _who(ever, pairs):
            if counts([all(code in there[day] for code in who) for day in days], rule):
                found.add((*who, *name))
    return found


def _who(codes: list[int], pairs: str | None) -> Iterable[tuple[int, ...]]:
    if pairs is None:
        return ((code,) for code in codes)
    return permutations(codes, 2) if pairs == "directed" else combinations(codes, 2)


def spell_lengths(events: list[int | None]) -> list[int | None]:
    """For each row the rows since the last event; unknown where the event is, and after a gap until the next event."""
    found: list[int | None] = []
    count: int | None = None
    for event in events:
        if event is None:
            found.append(None)
            count = -1 if count is not None else None  # -1: lost until the next event
            continue
        count = 0 if count is None else count
        found.append(None if count < 0 else count)
        count = 0 if event == 1 else (count + 1 if count >= 0 else -1)
    return found


def leader_rows(
    terms: list[tuple[str, int, date, date]], first: date, last: date, rule: str, *, pairs: bool
) -> set[Row]:
    """The keys of leader-years, or of pairs of leaders of two countries, of terms as `obsid, code, start, end`."""
    there: dict[date, set[tuple[str, int]]] = {day: set() for day in days_of(first, last)}
    for obsid, code, start, end in terms:
        for day in days_of(max(start, first), min(end, last)):
            there[day].add((obsid, code))
    found: set[Row] = set()
    for name, days in periods("year", first, last).items():
        ever = sorted(set().union(*(there[day] for day in days)))
        chosen = permutations(ever, 2) if pairs else ((who,) for who in ever)
        for who in chosen:
            if pairs and who[0][0][:3] == who[1][0][:3]:
                continue
            if counts([all(one in there[day] for one in who) for day in days], rule):
                found.add((*(part for one in who for part in one), *name))
    return found


def member_rows(terms: list[tuple[str, int, date, date]], first: date, last: date, rule: str) -> set[Row]:
    """The keys of alliance-member-years, of terms as `alliance, code, start, end`."""
    return leader_rows(terms, first, last, rule, pairs=False)


def alliance_rows(terms: list[tuple[str, int, date, date]], first: date, last: date, rule: str) -> set[Row]:
    """The keys of alliance-years: an alliance stands on the days on which it has a member."""
    standing = [(alliance, 0, start, end) for alliance, _, start, end in terms]
    return {(alliance, year) for alliance, _, year in leader_rows(standing, first, last, rule, pairs=False)}
