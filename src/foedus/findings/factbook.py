"""The record beside the last CIA Factbook's table of organisation participation: current members, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.core.dates import parse_date
from foedus.core.errors import UnknownNameError
from foedus.findings.compare import Compared
from foedus.findings.reasons import ACTS
from foedus.record.memberships import member_spells
from foedus.record.models import Pact, Record
from foedus.record.names import find_state

NAME = "cia.factbook"
# The Factbook's abbreviation and the pact of the record that it stands for.
ORGANISATIONS = {
    "ANZUS": "ANZUS", "APEC": "APEC", "ASEAN": "ASEAN", "AU": "AU", "BRICS": "BRICS", "CE": "COE", "CICA": "CICA",
    "CIS": "CIS", "CSTO": "CSTO", "EAEU": "EAEU", "ECOWAS": "ECOWAS", "EU": "EU", "GCC": "GCC", "GUAM": "GUAM",
    "LAS": "LAS", "NATO": "NATO", "OAS": "OAS", "OIC": "OIC", "OPCW": "OPCW", "OPEC": "OPEC", "OSCE": "OSCE",
    "SADC": "SADC", "SCO": "SCO", "UN": "UN", "WTO": "WTO", "AMU": "UMA", "PIF": "PIF", "EFTA": "EFTA",
}  # fmt: skip

# How the table writes two states.
SPELLINGS = {"The Dominican": "DOM", "Holy See (Vatican City)": "VAT"}


def compare_factbook(record: Record, rows: Iterable[dict[str, str]]) -> Iterator[Compared]:
    """One row for each state that the Factbook or the record has as a member on the record's day.

    Parameters
    ----------
    rows
        `name`, `organization` and `status` of the table, read by `csv.DictReader`.
    """
    listed: dict[str, set[str]] = {}
    for row in rows:
        if row["status"] == "member" and row["organization"] in ORGANISATIONS and row["name"]:
            listed.setdefault(ORGANISATIONS[row["organization"]], set()).add(_state(record, row["name"]))
    day = parse_date(record.day)
    for key, theirs in sorted(listed.items()):
        if key in record.pacts:
            spells = member_spells(record, key)
            ours = {spell.state for spell in spells if spell.status == "member" and spell.overlaps(day)}
            for state in sorted(theirs | ours):
                yield _row(record.pacts[key], state, state in ours, state in theirs)


def _row(pact: Pact, state: str, ours: bool, theirs: bool) -> Compared:
    cells = (pact.id, state, "member", "yes" if ours else "no", NAME, "yes" if theirs else "no")
    if ours == theirs:
        return Compared(*cells, "agrees")
    facts = [fact for fact in pact.events if fact.state == state and fact.event in ACTS]
    if facts:
        last = max(facts, key=lambda fact: fact.when.first_day)
        says = f"The record rests on {last.id} ({last.event} {last.date}), the table has it otherwise."
        return Compared(*cells, "rule", "the record's last act", says)
    if pact.complete is None:
        says = f"The record's list of {pact.id} is not claimed to be complete."
        return Compared(*cells, "rule", "list not complete", says)
    return Compared(*cells, "unresolved", "", f"Unresolved: only the Factbook has {state}.")


def _state(record: Record, name: str) -> str:
    """The state of a name; the name itself where the record does not know it."""
    try:
        return find_state(record, SPELLINGS.get(name, name), parse_date(record.day)).id
    except UnknownNameError:
        return name
