"""The rules between pacts: what follows what, and whose an acronym is."""

from __future__ import annotations

from datetime import date

from foedus.record.load import Loading
from foedus.record.memberships import end_of
from foedus.record.models import Pact, Record

_BEGINNINGS = ("founded", "signed", "in_force")


def check_acronyms(record: Record, loading: Loading) -> None:
    """An acronym means one pact at a date."""
    owners: dict[str, list[Pact]] = {}
    for pact in record.pacts.values():
        own = pact.treaty.acronyms if pact.treaty and not isinstance(pact.treaty, str) else ()
        for acronym in dict.fromkeys((*pact.acronyms, *own)):
            for other in owners.setdefault(acronym.casefold(), []):
                if _live_together(pact, other):
                    found = f"{pact.id}: acronym {acronym} is also that of {other.id}."
                    loading.at(pact.id, found, "Keep it with one of them.", rule="acronym")
            owners[acronym.casefold()].append(pact)


def check_lineage(record: Record, loading: Loading) -> None:
    """Predecessor and successor name each other, and the successor is not the older one."""
    for pact in record.pacts.values():
        for other in (record.pacts[key] for key in pact.successors if key in record.pacts):
            if pact.id not in other.predecessors:
                found = f"{pact.id}: its successor {other.id} does not name it as predecessor."
                loading.at(other.id, found, f"Add {pact.id} to its predecessors.", rule="lineage")
            if (start := began(pact)) and (later := latest_beginning(other)) and later < start:
                found = f"{other.id} began by {later}, before its predecessor {pact.id} ({start})."
                loading.at(other.id, found, "Correct a date or the order.", rule="succession")
        for other in (record.pacts[key] for key in pact.predecessors if key in record.pacts):
            if pact.id not in other.successors:
                found = f"{pact.id}: its predecessor {other.id} does not name it as successor."
                loading.at(other.id, found, f"Add {pact.id} to its successors.", rule="lineage")


def began(pact: Pact) -> date | None:
    """The first possible day of a pact: founded, signed or in force, whichever the record has first."""
    return min((fact.when.first_day for fact in pact.events if fact.event in _BEGINNINGS), default=None)


def latest_beginning(pact: Pact) -> date | None:
    """The last day on which a pact may have begun, as far as the precision of its dates goes."""
    facts = [fact for fact in pact.events if fact.event in _BEGINNINGS and fact.state is None]
    return min((fact.when.last_day for fact in facts), default=None) or began(pact)


def _live_together(one: Pact, other: Pact) -> bool:
    return _days(one)[0] <= _days(other)[1] and _days(other)[0] <= _days(one)[1]


def _days(pact: Pact) -> tuple[date, date]:
    end = end_of(pact)
    return began(pact) or date.min, end.when.last_day if end else date.max
