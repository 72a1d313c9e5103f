"""Datasets that fill dimensions where they are at hand; which were used, and which are missing and how to get them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from foedus import sources
from foedus.core.dates import day as on_day
from foedus.core.errors import MissingError
from foedus.findings.profile import products
from foedus.findings.profile.flows import Flows
from foedus.record.crosswalk import codes_on
from foedus.record.models import Record

if TYPE_CHECKING:
    import polars as pl

    from foedus.panels import Inputs

Similarity = Literal["kappa", "s", "pi"]
Dispute = dict[int, tuple[int, bool, int, int]]  # by participant: side, there from the start, first and last year


class Datasets:
    """Frames by dataset id, read once; a dataset that is not here is noted, never guessed.

    Parameters
    ----------
    inputs
        Frames by id, a folder, or `Inputs`; None for what `foedus data get` brought.
    """

    def __init__(self, record: Record, inputs: Any = None, *, only_record: bool = False) -> None:
        self.record = record
        self._given = inputs
        self._only_record = only_record
        self._frames: dict[str, Any] = {}
        self._codes: dict[tuple[str, date], int | None] = {}
        self._goods: dict[tuple[int, ...], Flows | None] = {}
        self._numbers: dict[tuple[str, str], dict[tuple[int, int], float] | None] = {}
        self._closeness: dict[tuple[int, str], tuple[list[int], Any]] = {}
        self.used: set[str] = set()

    @cached_property
    def _inputs(self) -> Inputs:
        from foedus.panels import Inputs

        return self._given if isinstance(self._given, Inputs) else Inputs(self._given)

    def frame(self, dataset: str) -> pl.DataFrame | None:
        """The frame of a dataset; None where it, or the extra that reads it, is not here."""
        if self._only_record:
            return None
        if dataset not in self._frames:
            try:
                if self._given is None:  # the engine of the panels is not loaded for what is not here
                    sources.resolve(dataset)
                self._frames[dataset] = self._inputs.read(dataset)
                self.used.add(dataset)
            except (MissingError, ModuleNotFoundError):
                self._frames[dataset] = None
        found: pl.DataFrame | None = self._frames[dataset]
        return found

    def _read(self, dataset: str) -> pl.DataFrame:
        found = self.frame(dataset)
        assert found is not None
        return found

    def path(self, dataset: str, here: Callable[[Path], bool] = lambda _: True) -> Path | None:
        """The file or folder of a dataset that is read in another way than as a table; None where it is not here."""
        if self._only_record:
            return None
        try:
            found = sources.resolve(dataset).path if self._given is None else self._inputs.path(dataset)
        except (MissingError, ModuleNotFoundError):
            return None
        if not here(found):
            return None
        self.used.add(dataset)
        return found

    def fingerprints(self) -> list[dict[str, Any]]:
        """The datasets that were read: id, name, version, years covered, sha256, citation."""
        from foedus.sources.registry import find_dataset

        rows = []
        for dataset in sorted(self.used):
            entry = find_dataset(dataset)
            years = entry.coverage.years
            rows.append({
                "dataset": dataset, "name": entry.name, "producer": entry.producer, "version": entry.version,
                "years": list(years) if years else None, "sha256": self._inputs.fingerprint(dataset),
                "citation": entry.citation,
            })  # fmt: skip
        return rows

    def code(self, state: str, day: date) -> int | None:
        """The COW code of a state on a day."""
        if (state, day) not in self._codes:
            known = self.record.states.get(state)
            codes = codes_on(known, "cow", on_day(day)) if known else ()
            self._codes[state, day] = codes[-1] if codes else None
        return self._codes[state, day]

    @cached_property
    def trade(self) -> Flows | None:
        """Trade between states, year by year."""
        frame = self.frame("cow.trade-4.0")
        return None if frame is None else Flows(frame)

    def goods(self, chapters: tuple[int, ...]) -> Flows | None:
        """Trade in some chapters of the Harmonized System, year by year; None where it is not here."""
        if chapters not in self._goods:
            path = self.path(products.DATASET, products.has_products)
            rows = None if path is None else products.by_state(path, chapters, self)
            self._goods[chapters] = None if rows is None else Flows(rows, str(chapters))
        return self._goods[chapters]

    def numbers(self, dataset: str, column: str, *, keep_negative: bool = False) -> dict[tuple[int, int], float] | None:
        """A column of a state-year dataset by COW code and year; a state whose rows differ has none."""
        if (dataset, column) not in self._numbers:
            frame = self.frame(dataset)
            self._numbers[dataset, column] = None if frame is None else _by_state_year(frame, column, keep_negative)
        return self._numbers[dataset, column]

    @cached_property
    def capability(self) -> dict[tuple[int, int], float] | None:
        """CINC by code and year."""
        return self.numbers("cow.nmc-7.0", "cinc")

    @cached_property
    def disputes(self) -> list[Dispute] | None:
        """Each dispute as its participants: side, whether there from the start, first and last year."""
        frame = self.frame("cow.dispute-participants-5.0")
        if frame is None:
            return None
        found: dict[int, Dispute] = {}
        columns = ("dispnum", "ccode", "sidea", "orig", "styear", "endyear")
        for number, code, side, first, start, end in frame.select(columns).drop_nulls().sort(columns).iter_rows():
            own = found.setdefault(number, {})
            if code in own:
                side, first = own[code][0], own[code][1] or bool(first)
                start, end = min(start, own[code][2]), max(end, own[code][3])
            own[code] = (int(side), bool(first), int(start), int(end))
        return [found[key] for key in sorted(found)]

    @cached_property
    def dispute_years(self) -> tuple[int, int]:
        """First and last year of the disputes."""
        rows = [row for dispute in self.disputes or [] for row in dispute.values()]
        return min((row[2] for row in rows), default=0), max((row[3] for row in rows), default=0)

    @cached_property
    def disputes_begun(self) -> dict[int, list[Dispute]]:
        """Disputes by the year in which the first participant entered."""
        found: dict[int, list[Dispute]] = {}
        for dispute in self.disputes or []:
            found.setdefault(min(row[2] for row in dispute.values()), []).append(dispute)
        return found

    @cached_property
    def votes(self) -> dict[int, tuple[list[int], Any]] | None:
        """Votes by year of the session (session + 1945): codes, and states by roll calls with NaN where not cast."""
        frame = self.frame("un.votes-2015")
        if frame is None:
            return None
        import polars as pl

        from foedus.measures.ballots import cast_votes, sessions
        from foedus.tables.model import Given

        given = Given(self._read, date.fromisoformat(self.record.day))
        rows = cast_votes(given, "2015").cast(pl.Int64)
        if all(self.frame(dataset) is not None for dataset in ("un.votes-words-2019", "un.roll-calls-2019")):
            later = cast_votes(given, "2019").cast(pl.Int64)
            rows = pl.concat([rows, later.filter(pl.col("session") > rows["session"].max())])
        return {found.number + 1945: (found.codes.tolist(), found.votes) for found in sessions(rows)}

    def closeness(self, year: int, measure: Similarity) -> tuple[list[int], Any]:
        """Codes and similarity of the votes of every pair in the session of a year; NaN where too few joint votes."""
        if (year, measure) not in self._closeness:
            import numpy as np

            from foedus.measures.similarity import VOTE_LEVELS, cohen_kappa, s_score, scott_pi
            from foedus.measures.votes import MIN_JOINT, vote_tables

            codes, cast = (self.votes or {})[year]
            tables = vote_tables(cast)
            score = {"kappa": cohen_kappa, "s": s_score, "pi": scott_pi}[measure]
            found = score(tables.reshape(3, 3, -1), VOTE_LEVELS, distance="squared").reshape(tables.shape[2:])
            self._closeness[year, measure] = (codes, np.where(tables.sum(axis=(0, 1)) >= MIN_JOINT, found, np.nan))
        return self._closeness[year, measure]


def _by_state_year(frame: pl.DataFrame, column: str, keep_negative: bool) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for code, year, value in frame.select("ccode", "year", column).drop_nulls().iter_rows():
        if (keep_negative or value >= 0) and found.setdefault(
            (code, year), value
        ) != value:  # a negative figure marks a missing one
            found[code, year] = float("nan")  # two rows that differ are no figure
    return {key: value for key, value in found.items() if value == value}
