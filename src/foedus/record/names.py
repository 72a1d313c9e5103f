"""Which state or pact a user means by a name, a code or an id."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from foedus.core.dates import PartialDate, parse_date
from foedus.core.errors import UnknownNameError
from foedus.core.names import fold
from foedus.record.crosswalk import System, bearers
from foedus.record.models import Base, Office, Organ, Pact, Record, State

_CODE = re.compile(r"(cow|gw):(\d+)", re.IGNORECASE)
_NEAR = 0.6


def find_state(record: Record, text: str, on: PartialDate | None = None) -> State:
    """The state of a record id, `cow:365`, `gw:365`, or of a name, former name or demonym in any of the languages.

    Parameters
    ----------
    on
        Where several states bear the name or code, those that exist on that date are meant.

    Raises
    ------
    UnknownNameError
        If no state bears the name, with names that are near; if several do, with the candidates.
    """
    text = text.strip()
    if text.upper() in record.states:
        return record.states[text.upper()]
    if code := _CODE.fullmatch(text):
        system: System = "cow" if code[1].lower() == "cow" else "gw"
        return _by_code(record, system, int(code[2]), on)
    tiers = state_names(record)
    for tier in tiers:
        found = sorted(tier.get(fold(text), ()))
        if len(found) > 1 and on is not None:
            found = [key for key in found if exists_on(record.states[key], on)] or found
        if len(found) == 1:
            return record.states[found[0]]
        if found:
            raise UnknownNameError(f"{text}: may mean {_listed(record, found)}. Give the record id.")
    known = [(name, key) for tier in tiers for name, keys in tier.items() for key in keys]
    near = [f"{key} ({record.states[key].name})" for key in _near(text, known)]
    raise UnknownNameError(_unknown(text, "state", near, "Give a record id (RUS), cow:365, gw:365 or a name."))


def find_pact(record: Record, text: str) -> Pact:
    """The pact of an id, an acronym or a name, also that of its treaty, in any of the languages.

    Raises
    ------
    UnknownNameError
        If no pact bears the name, with names that are near; if several do, with the candidates.
    """
    if text.strip().upper() in record.pacts:
        return record.pacts[text.strip().upper()]
    names = pact_names(record)
    found = sorted(names.get(fold(text), ()))
    if len(found) > 1:
        raise UnknownNameError(f"{text}: may mean {', '.join(found)}. Give the id.")
    if found:
        return record.pacts[found[0]]
    near = [f"{key} ({record.pacts[key].name})" for key in _near(text, [(n, k) for n, ks in names.items() for k in ks])]
    raise UnknownNameError(_unknown(text, "pact", near, "`foedus pacts` lists all."))


def exists_on(state: State, on: PartialDate) -> bool:
    """Whether the state exists on some day of a date; one without dates always does."""
    spans = (*state.spells, *state.other_spells)
    return not spans or any(span.covers(on.first_day, on.last_day) for span in spans)


def state_names(record: Record) -> tuple[dict[str, set[str]], ...]:
    """Folded names with the states that bear them: names in use, then former ones, then demonyms."""
    tiers: tuple[dict[str, set[str]], ...] = ({}, {}, {})
    for state in record.states.values():
        for tier, names in zip(tiers, _names_by_tier(state), strict=True):
            for name in names:
                tier.setdefault(fold(name), set()).add(state.id)
    return tiers


def _names_by_tier(state: State) -> tuple[list[str], list[str], list[str]]:
    current, former, people = [state.name, *([state.iso3] if state.iso3 else [])], [], []
    for names in state.names.values():
        current += [*([names.name] if names.name else []), *names.other, *names.ambiguous]
        former += [dated.name for dated in names.former]
        people += [*names.demonyms, *names.adjectives]
    former += [span.name for span in (*state.spells, *state.other_spells) if span.name]
    return current, former, people


def pact_names(record: Record) -> dict[str, set[str]]:
    """Folded names with the pacts that bear them."""
    found: dict[str, set[str]] = {}
    for pact in record.pacts.values():
        for name in names_of_pact(pact):
            found.setdefault(fold(name), set()).add(pact.id)
    return found


def names_of_pact(pact: Pact) -> Iterator[str]:
    """All names of a pact and of the treaty in its file."""
    yield from (pact.id, pact.name, *pact.acronyms)
    yield from (name for names in pact.names.values() for name in names)
    yield from (dated.name for dated in pact.former)
    if pact.treaty is not None and not isinstance(pact.treaty, str):
        yield from (pact.treaty.id, pact.treaty.name, *pact.treaty.acronyms)
        yield from (name for names in pact.treaty.names.values() for name in names)


def names_of_body(body: Organ | Office | Base) -> Iterator[str]:
    """All names of an organ, an office or a base."""
    yield from (body.id, body.name)
    others = body.aliases if isinstance(body, Base) else body.names
    yield from (name for names in others.values() for name in names)


def _by_code(record: Record, system: System, number: int, on: PartialDate | None) -> State:
    valid = bearers(record, system, number, on or parse_date(record.day))
    found = valid or bearers(record, system, number)
    if len(found) == 1:
        return record.states[found[0]]
    if found:
        candidates = _listed(record, sorted(found))
        raise UnknownNameError(f"{system}:{number}: may mean {candidates}. Give the record id, or the day with --on.")
    raise UnknownNameError(f"{system}:{number}: no state has this code. `foedus state NAME` shows a state's codes.")


def _listed(record: Record, keys: Iterable[str]) -> str:
    return ", ".join(f"{key} ({record.states[key].name})" for key in keys)


def _near(text: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """The ids of the few names that are most like a text."""
    owners: dict[str, str] = {}
    for name, key in names:
        owners.setdefault(name, key)
    close = difflib.get_close_matches(fold(text), sorted(owners), n=6, cutoff=_NEAR)
    return list(dict.fromkeys(owners[name] for name in close))[:3]


def _unknown(text: str, kind: str, near: list[str], otherwise: str) -> str:
    remedy = f"Did you mean {' or '.join(near)}?" if near else otherwise
    return f"{text}: no {kind} of the record has this name. {remedy}"
