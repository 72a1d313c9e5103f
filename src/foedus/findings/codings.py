"""How other datasets code alliances: their members as rows that can be set beside the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Coded:
    """One membership as a dataset codes it: alliance number, COW code, first and last year, kinds of pledge."""

    alliance: int
    ccode: int
    entry: int
    exit: int | None
    pledges: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coding:
    """A dataset of alliance memberships: its last year, the pledges it can tell apart, and its rows."""

    dataset: str
    last_year: int
    pledges: frozenset[str]
    read: Callable[[Iterable[dict[str, Any]]], Iterator[Coded]]

    def load(self) -> tuple[Coded, ...]:
        """The rows of the dataset in the user's folder.

        Raises
        ------
        MissingError
            If the dataset or the extra that reads it is not there.
        """
        return _loaded(self.dataset)


_ATOP = {
    "defense": "defense", "offense": "offense", "neutral": "neutrality", "nonagg": "nonaggression", "consul": "consult",
}  # fmt: skip
_COW = {"defense": "defense", "neutrality": "neutrality", "nonaggression": "nonaggression", "entente": "consult"}


def _read_atop(rows: Iterable[dict[str, Any]]) -> Iterator[Coded]:
    """ATOP has a row for each phase of a membership: they are joined, and the pledges of all phases kept."""
    phases: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        phases.setdefault((int(row["atopid"]), int(row["member"])), []).append(row)
    for (alliance, ccode), own in phases.items():
        exits = [row["yrexit"] or None for row in own]
        last = None if None in exits else max(int(year) for year in exits if year)
        entry = min(int(row["yrent"]) for row in own)
        yield Coded(alliance, ccode, entry, last, _pledges(own, _ATOP))


def _read_cow(rows: Iterable[dict[str, Any]]) -> Iterator[Coded]:
    """COW marks memberships that go on at the end of the data as right-censored."""
    for row in rows:
        last = None if row["right_censor"] else row["mem_end_year"]
        entry = int(row["mem_st_year"])
        yield Coded(
            int(row["version4id"]), int(row["ccode"]), entry, int(last) if last else None, _pledges([row], _COW)
        )


def _pledges(rows: list[dict[str, Any]], words: dict[str, str]) -> frozenset[str]:
    return frozenset(word for column, word in words.items() if any(row[column] and row[column] > 0 for row in rows))


CODINGS = {
    "atop.members": Coding("atop.members", 2018, frozenset(_ATOP.values()), _read_atop),
    "cow.alliances": Coding("cow.alliances", 2012, frozenset(_COW.values()), _read_cow),
}


@cache
def _loaded(dataset: str) -> tuple[Coded, ...]:
    from foedus.sources import read

    frame = read(dataset)
    return tuple(CODINGS[dataset].read(frame.iter_rows(named=True)))
