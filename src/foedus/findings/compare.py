"""The record beside other datasets: members, years of entry and exit, pledges, and the reason of each difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from foedus.core.dates import parse_date
from foedus.findings.codings import CODINGS, Coded, Coding, find_coding
from foedus.findings.reasons import ACTS, YEAR_RULES, Case, Side, reason_of
from foedus.findings.reasons_members import MEMBER_RULES, pledges_reason
from foedus.record.crosswalk import bearers
from foedus.record.differences import Difference, Links, differences, links, siblings
from foedus.record.memberships import MemberSpell, member_spells
from foedus.record.models import Pact, Record
from foedus.record.names import find_pact

Row = dict[str, Any]
Basis = Literal["agrees", "rule", "file", "unresolved"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of the record beside that of a dataset; where they differ, why, and on what the reason rests."""

    pact: str
    state: str | None
    field: str
    record: str
    dataset: str
    value: str
    basis: Basis
    rule: str = ""
    reason: str = ""

    @property
    def row(self) -> Row:
        """The row as the commands show it."""
        return {
            "pact": self.pact, "state": self.state, "field": self.field, "record": self.record,
            "dataset": self.dataset, "value": self.value, "agrees": self.basis == "agrees",
            "reason": self.reason or None,
        }  # fmt: skip


def compare(record: Record, pact: str, *, datasets: Iterable[str] = tuple(CODINGS)) -> list[Row]:
    """One row for each state and field on which the record and a dataset can be set side by side.

    Parameters
    ----------
    datasets
        Names of `CODINGS`, with or without a version: `atop.members`, `cow.alliances`. Each must be present; see
        `foedus data get`.

    Returns
    -------
    list of dict
        `pact, state, field` (`member`, `entry`, `exit`, `pledges`), `record`, `dataset`, `value`, `agrees`, `reason`.

    Raises
    ------
    InputError
        If the record has no such pact, or the dataset is none of `CODINGS`.
    MissingError
        If a dataset is not there.
    """
    found = find_pact(record, pact)
    codings = [find_coding(dataset) for dataset in datasets]
    beside = Beside(record, {coding.name: coding.load() for coding in codings})
    return [one.row for coding in codings for one in beside.of(found, coding)]


def compare_all(record: Record, datasets: Iterable[str] = tuple(CODINGS)) -> list[Compared]:
    """The comparison over all pacts that the record and a dataset both hold; errors as for `compare`."""
    codings = [find_coding(dataset) for dataset in datasets]
    beside = Beside(record, {coding.name: coding.load() for coding in codings})
    return [one for coding in codings for pact in record.pacts.values() for one in beside.of(pact, coding)]


def summary(compared: Sequence[Compared]) -> list[Row]:
    """For each dataset and field: pacts, rows, and how many agree, or differ by a rule, on file, or unresolved."""
    groups: dict[tuple[str, str], list[Compared]] = {}
    for one in compared:
        groups.setdefault((one.dataset, one.field), []).append(one)
    rows = []
    for (dataset, field), own in sorted(groups.items()):
        counts = Counter(one.basis for one in own)
        bases = {basis: counts[basis] for basis in ("agrees", "rule", "file", "unresolved")}
        share = round(100 * counts["agrees"] / len(own), 1)
        rows.append(
            {"dataset": dataset, "field": field, "pacts": len({one.pact for one in own}), "rows": len(own)}
            | bases
            | {"agrees_percent": share}
        )
    return rows


@dataclass(frozen=True, slots=True)
class Beside:
    """The record and the rows of the datasets, ready to be compared pact by pact."""

    record: Record
    coded: Mapping[str, Sequence[Coded]]
    links: Links | None = None
    differences: tuple[Difference, ...] | None = None

    def of(self, pact: Pact, coding: Coding) -> Iterator[Compared]:
        """The rows of one pact and one dataset; none where the dataset does not have the pact."""
        known = links() if self.links is None else self.links
        numbers = known.get(pact.id, {}).get(coding.name, ())
        coded = [row for row in self.coded[coding.name] if row.alliance in numbers] if numbers else []
        if not coded:
            return
        others = tuple(self.record.pacts[key] for key in siblings(pact.id, coding.name, known))
        theirs = self._theirs(coded)
        ours = self._ours(pact, theirs)
        for state in sorted(theirs.keys() | ours.keys()):
            yield from self._state(pact, coding, state, ours.get(state), theirs, others)
        yield self._pledges(pact, coding, coded, others)

    def _theirs(self, coded: list[Coded]) -> dict[str, Side]:
        found: dict[str, Side] = {}
        for row in coded:
            state = _state_of(self.record, row)
            side = found.get(state, Side())
            found[state] = Side(
                tuple(sorted((*side.spells, (row.entry, row.exit)), key=lambda s: (s[0], s[1] or 9999)))
            )
        return found

    def _ours(self, pact: Pact, theirs: Mapping[str, Side]) -> dict[str, Side]:
        """The members of the record; one that goes on under the code of another is one with it, as in the dataset."""
        spells: dict[str, list[MemberSpell]] = {}
        for spell in member_spells(self.record, pact.id):
            if spell.status == "member":
                spells.setdefault(spell.state, []).append(spell)
        found: dict[str, Side] = {}
        heirs = {
            heir: first for first in theirs for heir in self._heirs(first) if heir in spells and heir not in theirs
        }
        for state, own in spells.items():
            key = heirs.get(state, state)
            years = [(s.first_day.year, s.last_day.year if s.last_day else None) for s in own]
            facts = tuple(f for f in pact.events if f.state in (state, None) and f.event in ACTS)
            side = found.get(key, Side())
            merged = sorted((*side.spells, *years), key=lambda s: (s[0], s[1] or 9999))
            found[key] = Side(tuple(merged), (*side.facts, *(f for f in facts if f not in side.facts)))
        return found

    def _heirs(self, state: str) -> Iterator[str]:
        """States that bear a COW code after this one."""
        for code in self.record.states[state].codes if state in self.record.states else ():
            if code.system == "cow":
                bearing = bearers(self.record, "cow", code.code)
                yield from bearing[bearing.index(state) + 1 :]

    def _state(
        self,
        pact: Pact,
        coding: Coding,
        state: str,
        ours: Side | None,
        theirs: dict[str, Side],
        others: tuple[Pact, ...],
    ) -> Iterator[Compared]:
        side = theirs.get(state)
        first, last = coding.years
        if side is None and ours is not None and (ours.spells[0][0] > last or (ours.spells[-1][1] or last) < first):
            return  # the membership lies outside the years of the dataset
        if ours is None or side is None:
            fields = [("member", *("no" if one is None else "yes" for one in (ours, side)))]
        else:
            fields = [
                (field, _edge(ours, place, last), _edge(side, place, last))
                for field, place in (("entry", 0), ("exit", 1))
            ]
            yield Compared(pact.id, state, "member", "yes", coding.name, "yes", "agrees")
        for field, own, other in fields:
            case = Case(self.record, pact, coding, state, field, own, other, ours, side, others, frozenset(theirs))
            yield self._compared(case)

    def _compared(self, case: Case) -> Compared:
        cells = (case.pact.id, case.state, case.field, case.own, case.coding.name, case.other)
        if case.own == case.other:
            return Compared(*cells, "agrees")
        on_file = self._on_file(case.pact.id, case.coding.name, case.state, case.field)
        if on_file:
            return Compared(*cells, "file", "on file", on_file)
        reason = reason_of(case, MEMBER_RULES if case.field == "member" else YEAR_RULES)
        if reason:
            return Compared(*cells, "rule", reason.rule, reason.says)
        return Compared(*cells, "unresolved", "", _unresolved(case))

    def _pledges(self, pact: Pact, coding: Coding, coded: list[Coded], others: tuple[Pact, ...]) -> Compared:
        other = frozenset(pledge for row in coded for pledge in row.pledges)
        own = frozenset(pact.pledges) & coding.pledges
        cells = (pact.id, None, "pledges", ", ".join(sorted(own)), coding.name, ", ".join(sorted(other)))
        if own == other:
            return Compared(*cells, "agrees")
        on_file = self._on_file(pact.id, coding.name, None, "pledges")
        if on_file:
            return Compared(*cells, "file", "on file", on_file)
        rule, says = pledges_reason(pact, coding, own, other, others, min(row.entry for row in coded))
        if rule:
            return Compared(*cells, "rule", rule, says)
        more, less = ", ".join(sorted(other - own)), ", ".join(sorted(own - other))
        parts = [f"only the dataset codes {more}" if more else "", f"only the record names {less}" if less else ""]
        says = f"Unresolved: {'; '.join(filter(None, parts))}; the codesheet of the dataset was not read."
        return Compared(*cells, "unresolved", "", says)

    def _on_file(self, pact: str, dataset: str, state: str | None, field: str) -> str:
        known = differences() if self.differences is None else self.differences
        return next((one.reason for one in known if one.speaks_of(pact, dataset, state, field)), "")


def _state_of(record: Record, row: Coded) -> str:
    """The state of the record that bears the code in the year of entry; the code itself where none or several do."""
    year = parse_date(str(row.entry))
    states = bearers(record, "cow", row.ccode, year) or bearers(record, "cow", row.ccode)
    return states[-1] if states else f"cow:{row.ccode}"


def _edge(side: Side, place: int, last_year: int) -> str:
    """The first entry or the last exit, as far as the dataset reaches; open where the membership goes on."""
    if place == 0:
        return str(side.spells[0][0])
    reached = [spell for spell in side.spells if spell[0] <= last_year] or list(side.spells[:1])
    last = max(reached, key=lambda spell: spell[1] or 9999)[1]
    return "open" if last is None or last > last_year else str(last)


def _unresolved(case: Case) -> str:
    """Where nothing on either side tells why, what the record rests on, so that a reader can look it up."""
    if case.field == "member":
        return f"Unresolved: only one side has {case.state}; the codesheet of the dataset was not read."
    facts = [fact for fact in (case.ours.facts if case.ours else ()) if case.own in fact.date]
    rests = (
        f"the record rests on {facts[0].id} ({facts[0].event} {facts[0].date})" if facts else "the record has no date"
    )
    return f"Unresolved: {rests}; the codesheet of the dataset was not read."
