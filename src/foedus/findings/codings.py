"""How other datasets code alliances: their members as rows that can be set beside the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from foedus.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Coded:
    """One membership as a dataset codes it: alliance number, COW code, first and last year, kinds of pledge."""

    alliance: str
    ccode: int
    entry: int
    exit: int | None
    pledges: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Coding:
    """A dataset of alliance memberships: its first and last year, the pledges it tells apart, how it is read."""

    name: str
    dataset: str
    years: tuple[int, int]
    pledges: frozenset[str]
    read: Callable[[Iterable[dict[str, Any]]], Iterator[Coded]]

    def load(self) -> tuple[Coded, ...]:
        """The rows of the dataset in the user's folder.

        Raises
        ------
        MissingError
            If the dataset or the extra that reads it is not there.
        """
        return _loaded(self.name)


_ATOP = {
    "defense": "defense", "offense": "offense", "neutral": "neutrality", "nonagg": "nonaggression", "consul": "consult",
}  # fmt: skip
_COW = {"defense": "defense", "neutrality": "neutrality", "nonaggression": "nonaggression", "entente": "consult"}


def find_coding(name: str) -> Coding:
    """The coding of a name with or without a version.

    Raises
    ------
    InputError
        If it is none of `CODINGS`.
    """
    for coding in CODINGS.values():
        if name in (coding.name, coding.dataset):
            return coding
    raise InputError(f"--with {name}: no dataset of alliances. Use one of {', '.join(CODINGS)}.")


def _read_atop(rows: Iterable[dict[str, Any]]) -> Iterator[Coded]:
    """ATOP has a row for each phase of a membership: they are joined, and the pledges of all phases kept."""
    phases: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        phases.setdefault((int(row["atopid"]), int(row["member"])), []).append(row)
    for (alliance, ccode), own in phases.items():
        last = None if any(row["is_open"] for row in own) else max(row["yrexit"] or 0 for row in own) or None
        entry = min(int(row["yrent"]) for row in own)
        yield Coded(str(alliance), ccode, entry, last, _pledges(own, _ATOP))


def _read_cow(rows: Iterable[dict[str, Any]]) -> Iterator[Coded]:
    """COW marks memberships that go on at the end of the data as right-censored."""
    for row in rows:
        last = None if row["right_censor"] else row["mem_end_year"]
        yield Coded(
            str(row["version4id"]), int(row["ccode"]), int(row["mem_st_year"]), int(last) if last else None,
            _pledges([row], _COW),
        )  # fmt: skip


def _pledges(rows: list[dict[str, Any]], words: dict[str, str]) -> frozenset[str]:
    return frozenset(word for column, word in words.items() if any(row[column] and row[column] > 0 for row in rows))


CODINGS = {
    "atop.members": Coding("atop.members", "atop.members-5.1", (1815, 2018), frozenset(_ATOP.values()), _read_atop),
    "cow.alliances": Coding(
        "cow.alliances", "cow.alliance-members-4.1", (1816, 2012), frozenset(_COW.values()), _read_cow
    ),
}


@cache
def _loaded(name: str) -> tuple[Coded, ...]:
    from foedus.sources import read

    coding = CODINGS[name]
    return tuple(coding.read(read(coding.dataset).iter_rows(named=True)))
