"""International Crisis Behavior: crises at the level of the system, and of the actors."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_date
from foedus.sources.layouts import Layout, pl

_CRISES = Layout(
    key="crisno", text="crisname", others=(r"(?!icb1$)\w+", "whole"),
    whole="crisno yrtrig motrig datrig yrterm moterm daterm viol gravcr sevviosy usinv suinv noactr",
)  # fmt: skip
_ACTORS = Layout(
    key="crisno cracno", text="crisname actor", optional="actor", others=(r"(?!icb2$)\w+", "text"),
    whole="crisno cracno yrtrig motrig datrig yrterm moterm daterm", not_text=("NA",),
)  # fmt: skip


def crises(path: Path | str) -> pl.DataFrame:
    """Crises, one row each (`icb1`), with `start_date` (trigger) and `end_date` where the day is known."""
    return _dated(_CRISES.read(path), path)


def actors(path: Path | str) -> pl.DataFrame:
    """Crises by actor (`icb2`); `cracno` is the COW code of the actor, and further columns are text."""
    return _dated(_ACTORS.read(path), path)


def _dated(frame: pl.DataFrame, path: Path | str) -> pl.DataFrame:
    frame = with_date(frame, path, ("yrtrig", "motrig", "datrig"), "start_date", is_lenient=True)
    return with_date(frame, path, ("yrterm", "moterm", "daterm"), "end_date", is_lenient=True)
