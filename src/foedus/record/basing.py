"""Who kept forces where: the rows of `bases`."""

from __future__ import annotations

from typing import Any, get_args

from foedus.core.dates import PartialDate, parse_date
from foedus.core.errors import InputError
from foedus.record.facts import all_hostings
from foedus.record.memberships import by_date
from foedus.record.models import Base, BaseKind, Fact, Hosting, Record
from foedus.record.names import find_state
from foedus.record.naming import state_columns
from foedus.record.vocabulary import BASE_ENDS, BASE_STARTS, BaseStatus

Row = dict[str, Any]


def bases(
    record: Record, *, host: str | None = None, operator: str | None = None, on: str | None = None,
    kind: str | None = None, status: str | None = None,
) -> list[Row]:  # fmt: skip
    """Foreign bases, one row per operator's spell, by host and name.

    Parameters
    ----------
    host
        The state recognised as sovereign; the name of a contested territory finds the bases there, too.
    on
        EDTF date, the record's day by default. A spell counts if some day of it may lie in its use.
    status
        How well attested the spell is; `closed` are those that had ended by that date. By default what was in use
        then, planned ones left out; `all` leaves out nothing, whatever its time.
    """
    _check_choice("kind", kind, get_args(BaseKind))
    _check_choice("status", status, get_args(BaseStatus))
    when = parse_date(on or record.day)
    host_id = find_state(record, host, when).id if host else None
    operator_id = find_state(record, operator, when).id if operator else None
    rows = []
    for base, spell in all_hostings(record):
        shown = _status(spell, when)
        if host_id and not _is_hosted(record, base, spell, host_id):
            continue
        if (operator_id and spell.operator != operator_id) or (kind and base.kind != kind):
            continue
        if _is_wanted(spell, shown, status, when):
            rows.append(_row(record, base, spell, shown, when))
    return sorted(rows, key=lambda row: (row["host"], row["name"], row["since"] or "", row["operator"]))


def _check_choice(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise InputError(f"{name}: {value!r} is none. Use one of {', '.join(allowed)}.")


def _is_hosted(record: Record, base: Base, spell: Hosting, key: str) -> bool:
    return key == (spell.host or base.host) or base.territory in (key, record.states[key].name)


def _is_wanted(spell: Hosting, shown: str, status: str | None, when: PartialDate) -> bool:
    if status == "all":
        return True
    if status in ("closed", "planned"):
        return shown == status
    if shown in ("closed", "planned") or (status is not None and shown != status):
        return False
    begins = [fact.when.first_day for fact in spell.events if fact.event in (*BASE_STARTS, "present")]
    begins = begins or [fact.when.first_day for fact in spell.events]
    return bool(begins) and min(begins) <= when.last_day


def _status(spell: Hosting, when: PartialDate) -> str:
    end = _end(spell)
    return "closed" if end is not None and end.when.last_day < when.first_day else spell.status


def _end(spell: Hosting) -> Fact | None:
    for event in BASE_ENDS:
        for fact in by_date(spell.events):
            if fact.event == event:
                return fact
    return None


def _row(record: Record, base: Base, spell: Hosting, status: str, when: PartialDate) -> Row:
    start = next((fact for fact in by_date(spell.events) if fact.event in BASE_STARTS), None)
    end = _end(spell)
    host = spell.host or base.host
    return {
        "id": base.id,
        "name": base.name,
        "aliases": {language: list(names) for language, names in base.aliases.items() if names},
        "kind": base.kind,
        "host": host,
        **state_columns(record, host, when, role="host"),
        "operator": spell.operator,
        **state_columns(record, spell.operator, when, role="operator"),
        "territory": base.territory,
        "control": spell.control,
        "consent": spell.consent,
        "legal_title": spell.legal_title,
        "since": start.date if start else None,
        "until": end.date if end else None,
        "status": status,
        "lat": base.lat,
        "lon": base.lon,
        "coordinate_precision": base.coordinate_precision,
        "facts": [fact.id for fact in by_date(spell.events)],
    }
