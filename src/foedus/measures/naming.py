"""The codes of a state that an option or a source names in words."""

from __future__ import annotations

from functools import cache

from foedus.core.errors import UnknownNameError
from foedus.measures.arrays import MeasureError
from foedus.record.cache import load_record
from foedus.record.names import find_state


def codes_of(name: str | int, what: str) -> frozenset[int]:
    """The COW codes that the state of a name has borne: one for nearly all, several for Germany or Yemen.

    Raises
    ------
    UnknownNameError
        If no state has the name, or several have.
    MeasureError
        If the state has no code, or no name is given.
    """
    text = f"cow:{name}" if str(name).isdigit() else str(name or "")
    if not text:
        raise MeasureError(f"{what}: no state is named. Give one, e.g. {what}=USA.")
    state = find_state(load_record(), text)
    codes = frozenset(int(code.code) for code in state.codes if code.system == "cow")
    if not codes:
        raise MeasureError(f"{what}: {state.name} was never in the COW system, which these data are coded by.")
    return codes


@cache
def state_id(name: str) -> str | None:
    """The record id of a state that a source names in words; None where no state, or more than one, has the name."""
    try:
        return find_state(load_record(), name).id
    except UnknownNameError:
        return None
