"""Who belonged to which pact when: the rows of `members` and `pacts`."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from foedus.core.dates import PartialDate, day, parse_date
from foedus.core.errors import InputError
from foedus.record.memberships import ENTRIES, EXITS, MemberSpell, by_date, end_of, member_spells
from foedus.record.models import Fact, Pact, Record
from foedus.record.names import find_pact, find_state
from foedus.record.naming import state_columns
from foedus.record.vocabulary import MemberStatus

_ALL: tuple[MemberStatus, ...] = ("member", "associate", "observer", "former", "signatory")
Row = dict[str, Any]


def members(record: Record, pact: str, *, on: str | None = None, status: str = "member") -> list[Row]:
    """The states that have a status in a pact on a date, by their name.

    Parameters
    ----------
    pact
        Id, acronym or name. The name of an organization that rests on a treaty with a list of its own covers both:
        before the organization has members, those of the treaty are given, and `pact` says so.
    on
        EDTF date; the record's day by default. Within a month or year the last day counts. An entry known only to the
        month or year counts from its first possible day, an exit to its last.
    status
        `former` is a state that once was a member and is not on that date; `suspended` is a member all the while;
        `all` gives each state once, by the first that applies of member, associate, observer, former, signatory.

    Raises
    ------
    UnknownNameError
        If no pact has the name.
    """
    if status not in get_args(MemberStatus):
        raise InputError(f"status: {status!r} is none. Use one of {', '.join(get_args(MemberStatus))}.")
    when = day(parse_date(on or record.day).last_day)
    found = find_pact(record, pact)
    family = [found]
    if isinstance(found.treaty, str) and found.treaty in record.pacts:
        family.append(record.pacts[found.treaty])
    wanted: tuple[str, ...] = _ALL if status == "all" else (status,)
    rows: dict[str, Row] = {}
    for name in wanted:
        for key, row in _rows_of_family(record, family, name, when).items():
            rows.setdefault(key, row)
    return sorted(rows.values(), key=lambda row: (row["name"], row["state"]))


def member_ids(record: Record, pact: Pact, on: date) -> list[str]:
    """The record ids of the members on a day, in order."""
    return sorted({s.state for s in member_spells(record, pact.id) if s.status == "member" and s.is_on(on)})


def _rows_of_family(record: Record, family: list[Pact], status: str, when: PartialDate) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for pact in family:
        spells = member_spells(record, pact.id)
        facts: dict[str, list[Fact]] = {}
        for fact in by_date(fact for fact in pact.events if fact.member):
            facts.setdefault(fact.member or "", []).append(fact)
        for key in facts:
            own = [spell for spell in spells if spell.state == key]
            if key not in rows and (shown := _shown(own, status, when.first_day)):
                rows[key] = _row(record, pact, status, shown, own, facts[key], when)
        if status in ("member", "suspended") and any(s.status == "member" and s.is_on(when.first_day) for s in spells):
            break
    if status == "former":
        current = {key for pact in family for key in member_ids(record, pact, when.first_day)}
        return {key: row for key, row in rows.items() if key not in current}
    return rows


def _shown(spells: list[MemberSpell], status: str, on: date) -> MemberSpell | None:
    """The spell that gives a state its status on a day."""
    if status == "former":
        past = [s for s in spells if s.status == "member" and s.first_day <= on]
        return None if not past or any(s.is_on(on) for s in past) else past[-1]
    return next((s for s in reversed(spells) if s.status == status and s.is_on(on)), None)


def _row(
    record: Record, pact: Pact, status: str, shown: MemberSpell, spells: list[MemberSpell], facts: list[Fact],
    when: PartialDate,
) -> Row:  # fmt: skip
    of_status = [s for s in spells if s.status == ("member" if status == "former" else status)]
    in_spell = [f for f in facts if shown.last_day is None or f.when.first_day <= shown.last_day]
    exits = [f for f in in_spell if f.event in EXITS and f.when.last_day >= shown.first_day]
    frozen = [s for s in spells if s.status == "suspended" and s.is_on(when.first_day)]
    member = [s for s in spells if s.status == "member"]
    # What entered first stands in `joined`; a later entry after an exit stands in `rejoined`.
    first, again = (member[0].start, member[-1].start if len(member) > 1 else None) if member else (None, None)
    state = record.states.get(shown.state)
    ends = [spell.end.id for spell in of_status if spell.end is not None]
    return {
        "state": shown.state,
        "iso3": state.iso3 if state else None,
        **state_columns(record, shown.state, when),
        "pact": pact.id,
        "status": status,
        "signed": _last_date(in_spell, "signed"),
        "ratified": _last_date(in_spell, "ratified", "acceded"),
        "joined": first.date if first else None,
        "suspended": frozen[-1].start.date if frozen else None,
        "withdrew": exits[-1].date if exits else None,
        "rejoined": _last_date(in_spell, "rejoined") or (again.date if again else None),
        "spells": [{"from": spell.start.date, "to": spell.end_text} for spell in of_status],
        "facts": list(dict.fromkeys([*(fact.id for fact in facts), *ends])),
    }


def _last_date(facts: list[Fact], *events: str) -> str | None:
    dates = [fact.date for fact in facts if fact.event in events]
    return dates[-1] if dates else None


def pacts(record: Record, state: str | None = None, *, on: str | None = None, pledge: str | None = None) -> list[Row]:
    """The pacts of the record; with a state those that it is a member of on a date; with `on` those that stood then.

    The members are those on that date, by default the record's day. Without a state and a date, every pact is listed.
    """
    when = parse_date(on or record.day)
    known = {name for pact in record.pacts.values() for name in pact.pledges}
    if pledge is not None and pledge not in known:
        raise InputError(f"pledge: {pledge!r} is none of the record's. Use one of {', '.join(sorted(known))}.")
    member = find_state(record, state, when).id if state else None
    rows = []
    for pact in record.pacts.values():
        ids = member_ids(record, pact, when.last_day)
        is_wanted = member in ids if member else (on is None or _stands(pact, when))
        if is_wanted and (pledge is None or pledge in pact.pledges):
            rows.append(_pact_row(record, pact, ids))
    return sorted(rows, key=lambda row: (row["signed"] or row["in_force"] or "9999", row["id"]))


def _stands(pact: Pact, when: PartialDate) -> bool:
    begins = [f.when.first_day for f in pact.events if f.event in ("founded", "in_force", "signed", *ENTRIES)]
    ended = end_of(pact)
    return bool(begins) and min(begins) <= when.last_day and (ended is None or ended.when.last_day >= when.first_day)


def _pact_row(record: Record, pact: Pact, ids: list[str]) -> Row:
    own = by_date(fact for fact in pact.events if fact.state is None)
    ended = end_of(pact)
    complete = pact.complete
    treaty = pact.treaty.acronyms if pact.treaty is not None and not isinstance(pact.treaty, str) else ()
    return {
        "id": pact.id,
        "name": pact.name,
        "acronyms": list(dict.fromkeys((*pact.acronyms, *treaty))),
        "pledges": list(pact.pledges),
        "signed": _first_date(own, "signed"),
        "in_force": _first_date(own, "in_force"),
        "ended": ended.date if ended else None,
        "predecessors": list(pact.predecessors),
        "successors": list(pact.successors),
        "members": ids,
        "complete_from": complete.start if complete else None,
        "complete_to": (complete.end or record.day) if complete else None,
    }


def _first_date(facts: list[Fact], event: str) -> str | None:
    return next((fact.date for fact in facts if fact.event == event), None)
