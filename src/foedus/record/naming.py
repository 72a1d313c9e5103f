"""What a state is called and coded on a day: the part of every row that holds a state."""

from __future__ import annotations

from typing import Any

from foedus.core.dates import PartialDate, parse_date
from foedus.record.crosswalk import System, codes_on
from foedus.record.models import Record, State


def name_on(state: State, on: PartialDate) -> str:
    """The English name valid on a date: that of the time where the table gives one with its days."""
    for span in (*state.other_spells, *state.spells):
        if span.name and span.start and span.covers(on.first_day, on.last_day):
            return span.name
    names = state.names.get("en")
    for former in names.former if names else ():
        if former.start and former.end and _within(former.start, former.end, on):
            return former.name
    return state.name


def _within(start: str, end: str, on: PartialDate) -> bool:
    return parse_date(start).first_day <= on.first_day and on.last_day <= parse_date(end).last_day


def code_on(state: State, system: System, on: PartialDate) -> int | None:
    """The code of a system valid on a date, the later one where it changed within it."""
    codes = codes_on(state, system, on)
    return codes[-1] if codes else None


def state_columns(record: Record, key: str | None, on: PartialDate, *, role: str = "") -> dict[str, Any]:
    """`ccode`, `gwcode` and `name` of a state on a date, each with the state's role behind it where there are two."""
    suffix = f"_{role}" if role else ""
    state = record.states.get(key or "")
    return {
        f"ccode{suffix}": code_on(state, "cow", on) if state else None,
        f"gwcode{suffix}": code_on(state, "gw", on) if state else None,
        f"name{suffix}": name_on(state, on) if state else key,
    }
