"""The record beside other datasets: members, years of entry and exit, pledges, and the reason of each difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from foedus.core.dates import parse_date
from foedus.core.errors import InputError
from foedus.core.yamlfile import read_yaml
from foedus.findings.codings import CODINGS, Coded
from foedus.record.crosswalk import bearers
from foedus.record.load import DATA
from foedus.record.memberships import MemberSpell, member_spells
from foedus.record.models import Fact, Pact, Record, Struct
from foedus.record.names import find_pact

Row = dict[str, Any]
LINKS, DIFFERENCES = DATA / "links.yml", DATA / "differences.yml"
_ACTS = (
    "signed",
    "ratified",
    "acceded",
    "joined",
    "in_force",
    "rejoined",
    "succeeded",
    "notice",
    "withdrew",
    "expelled",
)


class Difference(Struct, frozen=True):
    """Why the record differs from a dataset on a pact, for one state or field or for all."""

    pact: str
    dataset: str
    reason: str
    state: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of one state in one pact: first and last year of each membership, open ends as None."""

    spells: tuple[tuple[int, int | None], ...] = ()
    facts: tuple[Fact, ...] = ()


def compare(record: Record, pact: str, *, datasets: Iterable[str] = tuple(CODINGS)) -> list[Row]:
    """One row for each state and field on which the record and a dataset can be set side by side.

    Parameters
    ----------
    datasets
        Names of `CODINGS`: `atop.members`, `cow.alliances`. Each must be present; see `foedus data get`.

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
    rows: list[Row] = []
    for dataset in datasets:
        if dataset not in CODINGS:
            raise InputError(f"--with {dataset}: no dataset of alliances. Use one of {', '.join(CODINGS)}.")
        numbers = links().get(found.id, {}).get(dataset, ())
        coded = [row for row in CODINGS[dataset].load() if row.alliance in numbers] if numbers else []
        rows += _rows(record, found, dataset, coded)
    return rows


def links() -> dict[str, dict[str, tuple[int, ...]]]:
    """Which alliances of the datasets are one with a pact of the record: pact, dataset, numbers."""
    return msgspec.convert(read_yaml(LINKS) or {}, dict[str, dict[str, tuple[int, ...]]], strict=False)


def differences(path: Path = DIFFERENCES) -> tuple[Difference, ...]:
    """The reasons on file why record and datasets differ."""
    return msgspec.convert(read_yaml(path) or (), tuple[Difference, ...], strict=False)


def _rows(record: Record, pact: Pact, dataset: str, coded: list[Coded]) -> Iterator[Row]:
    if not coded:
        return
    coding = CODINGS[dataset]
    theirs: dict[str, Side] = {}
    for row in coded:
        state = _state(record, row)
        side = theirs.get(state, Side())
        theirs[state] = Side(tuple(sorted((*side.spells, (row.entry, row.exit)))))
    ours = _ours(record, pact)
    for state in sorted(theirs.keys() | ours.keys()):
        yield from _state_rows(pact, dataset, state, ours.get(state), theirs.get(state), coding.last_year)
    pledges = sorted({pledge for row in coded for pledge in row.pledges})
    own = sorted(set(pact.pledges) & coding.pledges)
    yield _row(pact, dataset, None, "pledges", ", ".join(own), ", ".join(pledges), own == pledges, "")


def _ours(record: Record, pact: Pact) -> dict[str, Side]:
    spells: dict[str, list[MemberSpell]] = {}
    for spell in member_spells(record, pact.id):
        if spell.status == "member":
            spells.setdefault(spell.state, []).append(spell)
    found = {}
    for state, own in spells.items():
        years = tuple(sorted((s.first_day.year, s.last_day.year if s.last_day else None) for s in own))
        found[state] = Side(years, tuple(f for f in pact.events if f.state in (state, None) and f.event in _ACTS))
    return found


def _state(record: Record, row: Coded) -> str:
    """The state of the record that bears the code in the year of entry; the code itself where none or several do."""
    year = parse_date(str(row.entry))
    states = bearers(record, "cow", row.ccode, year) or bearers(record, "cow", row.ccode)
    return states[-1] if states else f"cow:{row.ccode}"


def _state_rows(
    pact: Pact, dataset: str, state: str, ours: Side | None, theirs: Side | None, last_year: int
) -> Iterator[Row]:
    if theirs is None and ours is not None and ours.spells[0][0] > last_year:
        return  # the dataset ends before the entry
    if ours is None or theirs is None:
        answers = ["no" if side is None else "yes" for side in (ours, theirs)]
        yield _row(pact, dataset, state, "member", answers[0], answers[1], False, "")
        return
    for field, place in (("entry", 0), ("exit", 1)):
        own, other = _edge(ours, place, last_year), _edge(theirs, place, last_year)
        reason = "" if own == other else _act(ours, other)
        yield _row(pact, dataset, state, field, own, other, own == other, reason)


def _edge(side: Side, place: int, last_year: int) -> str:
    """The first entry or the last exit, as far as the dataset reaches; open where the membership goes on."""
    if place == 0:
        return str(side.spells[0][0])
    last = max((spell for spell in side.spells if spell[0] <= last_year), key=lambda s: s[1] or 9999)[1]
    return "open" if last is None or last > last_year else str(last)


def _act(ours: Side, year: str) -> str:
    """Which other act of the record the dataset's year is that of."""
    acts = [f for f in ours.facts if year.isdigit() and int(year) in (f.when.first_day.year, f.when.last_day.year)]
    return f"The dataset's year is that of another act: {acts[0].event} {acts[0].date}." if acts else ""


def _row(
    pact: Pact, dataset: str, state: str | None, field: str, own: str, other: str, agrees: bool, reason: str
) -> Row:
    if not agrees and not reason:
        reason = _on_file(pact.id, dataset, state, field)
    return {
        "pact": pact.id, "state": state, "field": field, "record": own, "dataset": dataset, "value": other,
        "agrees": agrees, "reason": reason or None,
    }  # fmt: skip


def _on_file(pact: str, dataset: str, state: str | None, field: str) -> str:
    for known in differences():
        if (
            (known.pact, known.dataset) == (pact, dataset)
            and known.state in (None, state)
            and known.field in (None, field)
        ):
            return known.reason
    return ""
