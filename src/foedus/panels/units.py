"""The units of analysis: what a row of a panel is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from foedus.core.errors import InputError
from foedus.tables.model import CODES, System, TableUnit

Subject = Literal["state", "dyad", "leader", "leader-dyad", "alliance", "alliance-member"]
Period = Literal["year", "month", "day"]
_TIME: dict[Period, tuple[str, ...]] = {"year": ("year",), "month": ("year", "month"), "day": ("date",)}
_FORMS: dict[Subject, tuple[TableUnit, ...]] = {
    "state": ("state-year", "state"),
    "leader": ("leader-year", "leader", "state-year", "state"),
    "dyad": ("directed-dyad-year", "dyad-year", "state-year", "state"),
    "leader-dyad": ("leader-dyad-year", "directed-dyad-year", "dyad-year", "leader", "state-year", "state"),
    "alliance": ("alliance-year", "alliance"),
    "alliance-member": ("alliance-year", "alliance", "state-year", "state"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A subject observed by period: `dyad` and `year` is the dyad-year.

    `is_directed` says that a pair stands in both orders; undirected pairs have the lower code first.
    """

    subject: Subject
    period: Period
    is_directed: bool = False

    def __str__(self) -> str:
        return f"{'directed-' if self.is_directed and self.subject == 'dyad' else ''}{self.subject}-{self.period}"

    @property
    def sides(self) -> tuple[str, ...]:
        """What stands behind the columns of each state in a row: nothing, or 1 and 2."""
        return ("1", "2") if "dyad" in self.subject else ("",) if self.subject != "alliance" else ()

    @property
    def time(self) -> tuple[str, ...]:
        """The columns of the period."""
        return _TIME[self.period]

    def actors(self, system: System | None) -> tuple[str, ...]:
        """The columns that name who is observed."""
        code = CODES[system or "gw"]
        return {
            "state": (code,), "dyad": (f"{code}1", f"{code}2"), "leader": ("obsid", code),
            "leader-dyad": ("obsid1", f"{code}1", "obsid2", f"{code}2"), "alliance": ("alliance",),
            "alliance-member": ("alliance", code),
        }[self.subject]  # fmt: skip

    def key(self, system: System | None) -> tuple[str, ...]:
        """The columns that tell one row from another."""
        return (*self.actors(system), *self.time)

    @property
    def forms(self) -> tuple[TableUnit, ...]:
        """The units of tables that fit, the closest first."""
        is_monthly = self.subject == "dyad" and self.period == "month"
        return ("directed-dyad-month", *_FORMS["dyad"]) if is_monthly else _FORMS[self.subject]


def parse_unit(name: str) -> Unit:
    """A unit by its name: `state-year`, `directed-dyad-month`, `leader-dyad-year`...

    Raises
    ------
    InputError
        If there is none of that name.
    """
    subject, _, period = name.rpartition("-")
    is_directed = subject.startswith("directed-")
    subject = subject.removeprefix("directed-")
    if subject not in _FORMS or period not in _TIME or (is_directed and subject != "dyad"):
        raise InputError(f"unit: {name!r} is none. Use one of {', '.join(unit_names())}.")
    return Unit(subject, period, is_directed or subject == "leader-dyad")


def unit_names() -> tuple[str, ...]:
    """The names that the command line takes."""
    wide = (f"{subject}-{period}" for subject in ("state", "dyad", "directed-dyad") for period in _TIME)
    return (*wide, "leader-day", "leader-year", "leader-dyad-year", "alliance-year", "alliance-member-year")


def calendar(period: Period, first: date, last: date) -> pl.DataFrame:
    """The periods of a span in order: `period, first_day, last_day` and the time columns of the unit.

    A year or month that the span cuts is observed on its days within the span.
    """
    if period == "day":
        days = pl.DataFrame({"date": pl.date_range(first, last, eager=True)})
        return days.with_columns(
            pl.col("date").to_physical().cast(pl.Int32).alias("period"), first_day="date", last_day="date"
        )
    step = "1y" if period == "year" else "1mo"
    start = first.replace(month=1, day=1) if period == "year" else first.replace(day=1)
    starts = pl.date_range(start, last, step, eager=True)
    frame = pl.DataFrame({"first_day": starts}).with_columns(
        pl.col("first_day").dt.year().cast(pl.Int32).alias("year"),
        pl.col("first_day").dt.month().cast(pl.Int32).alias("month"),
    )
    end = pl.col("first_day").dt.offset_by(step) - timedelta(days=1)
    number = pl.col("year") if period == "year" else pl.col("year") * 12 + pl.col("month") - 1
    frame = frame.with_columns(
        end.clip(upper_bound=last).alias("last_day"),
        pl.col("first_day").clip(lower_bound=first),
        number.alias("period"),
    )
    return frame.select("period", "first_day", "last_day", *_TIME[period])
