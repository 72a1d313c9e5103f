"""Between the codes of other systems and the states of the record, day by day; it refuses to guess."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from foedus.core.dates import PartialDate, parse_date
from foedus.core.errors import UnknownNameError
from foedus.record.models import Code, Record, State

System = Literal["cow", "gw"]


def is_valid(code: Code, on: PartialDate) -> bool:
    """Whether a code is valid on some day of a date."""
    ends_after = code.end is None or parse_date(code.end).last_day >= on.first_day
    return ends_after and parse_date(code.start).first_day <= on.last_day


def codes_on(state: State, system: System, on: PartialDate) -> tuple[int, ...]:
    """The codes of a system that a state has on some day of a date, in order of time: a year may hold two."""
    valid = [code for code in state.codes if code.system == system and is_valid(code, on)]
    return tuple(dict.fromkeys(code.code for code in sorted(valid, key=lambda code: parse_date(code.start).first_day)))


def bearers(record: Record, system: System, code: int, on: PartialDate | None = None) -> tuple[str, ...]:
    """The states that have a code on some day of a date, or at any time, in order of time."""
    found = sorted(
        (parse_date(row.start).first_day, state.id)
        for state in record.states.values()
        for row in state.codes
        if (row.system, row.code) == (system, code) and (on is None or is_valid(row, on))
    )
    return tuple(dict.fromkeys(key for _, key in found))


def state_of(record: Record, system: System, code: int, on: PartialDate) -> str:
    """The one state that has a code on a date.

    Raises
    ------
    UnknownNameError
        If no state has the code then, or if several have it on different days of the date: name a day.
    """
    found = bearers(record, system, code, on)
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError(f"{system}:{code}: {' and '.join(found)} have it on days of {on}. Name the day.")
    ever = bearers(record, system, code)
    remedy = f"At other times it is that of {', '.join(ever)}." if ever else "Codes are listed by `foedus state NAME`."
    raise UnknownNameError(f"{system}:{code}: no state has this code on {on}. {remedy}")


def crosswalk(record: Record) -> Iterator[dict[str, Any]]:
    """One row for each stretch of days on which a state has a code: state, iso3, name, system, code, from, to."""
    for state in record.states.values():
        for code in state.codes:
            yield {
                "state": state.id, "iso3": state.iso3, "name": state.name, "system": code.system, "code": code.code,
                "from": code.start, "to": code.end,
            }  # fmt: skip
