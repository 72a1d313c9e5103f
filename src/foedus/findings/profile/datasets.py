"""Datasets that fill dimensions where they are at hand; which were used, and which are missing and how to get them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from foedus.core.dates import day as on_day
from foedus.core.errors import MissingError
from foedus.record.crosswalk import codes_on
from foedus.record.models import Record

if TYPE_CHECKING:
    import polars as pl

    from foedus.panels import Inputs

Similarity = Literal["kappa", "s", "pi"]
Flows = dict[int, dict[int, float]]  # by year and partner
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
        self._flows: dict[int, Flows] = {}
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
                self._frames[dataset] = self._inputs.read(dataset)
                self.used.add(dataset)
            except (MissingError, ModuleNotFoundError):
                self._frames[dataset] = None
        found: pl.DataFrame | None = self._frames[dataset]
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
        known = self.record.states.get(state)
        codes = codes_on(known, "cow", on_day(day)) if known else ()
        return codes[-1] if codes else None

    def flows(self, code: int) -> Flows | None:
        """Trade of a state, imports and exports together, by year and partner; pairs without any flow are left out."""
        frame = self.frame("cow.trade-4.0")
        if frame is None:
            return None
        if code not in self._flows:
            self._flows[code] = _flows(frame, code)
        return self._flows[code]

    @cached_property
    def capability(self) -> dict[tuple[int, int], float] | None:
        """CINC by code and year."""
        frame = self.frame("cow.nmc-7.0")
        if frame is None:
            return None
        rows = frame.select("ccode", "year", "cinc").drop_nulls().iter_rows()
        return {(code, year): value for code, year, value in rows}

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
        import numpy as np
        import polars as pl

        found = {}
        rows = frame.filter(pl.col("is_cast")).drop_nulls("ccode").select("session", "rcid", "ccode", "vote")
        for (session,), own in rows.sort("session", "rcid", "ccode").group_by("session", maintain_order=True):
            codes, state = np.unique(own["ccode"].to_numpy(), return_inverse=True)
            calls, call = np.unique(own["rcid"].to_numpy(), return_inverse=True)
            votes = np.full((len(codes), len(calls)), np.nan)
            votes[state, call] = own["vote"].to_numpy()
            found[int(str(session)) + 1945] = (codes.tolist(), votes)
        return found

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


def _flows(frame: pl.DataFrame, code: int) -> Flows:
    """A pair of which one direction is unknown counts with the other, as the smallest that it can be."""
    import polars as pl

    found: Flows = {}
    known = [pl.when(pl.col(name) >= 0).then(pl.col(name)) for name in ("flow1", "flow2")]
    for own, other in (("ccode1", "ccode2"), ("ccode2", "ccode1")):
        rows = frame.filter((pl.col(own) == code) & pl.any_horizontal(part.is_not_null() for part in known))
        total = pl.sum_horizontal(known).alias("total")
        for partner, year, value in rows.select(other, "year", total).iter_rows():
            found.setdefault(year, {})[partner] = value
    return found
