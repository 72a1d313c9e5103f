"""Gibler, Miller and Little: their corrections of the militarized interstate disputes."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl

_DYADS = Layout(
    text="version",
    whole="dispnum ccode1 ccode2 year midongoing midonset sidea1 sidea2 revstate1 revstate2 revtype11 revtype12 "
    "revtype21 revtype22 fatality1 fatality2 fatalpre1 fatalpre2 hiact1 hiact2 hostlev1 hostlev2 orig1 orig2 hiact "
    "hostlev mindur maxdur outcome settle fatality fatalpre stmon endmon recip numa numb ongo2010",
    missing=(-9,),
)  # fmt: skip
_DISPUTES = Layout(
    key="dispnum", whole="dispnum styear stmon outcome settle fatality mindur maxdur hiact hostlev recip", missing=(-9,)
)
_PARTICIPANTS = Layout(
    text="obsid_start obsid_end", not_text=("NA",),
    whole="dispnum ccode styear stmon stday endyear endmon endday dummy_stday dummy_endday sidea hiact orig "
    "allmiss_leader_start allmiss_leader_end",
    missing=(-9,), optional="allmiss_leader_start allmiss_leader_end",
)  # fmt: skip
_LEADERS = Layout(
    text="obsid1 obsid2 obsid_start1 obsid_start2 obsid_end1 obsid_end2", not_text=("NA",),
    whole="dispnum ccode1 ccode2 year sidea1 sidea2 orig1 orig2 gmlmidongoing gmlmidonset",
)  # fmt: skip


def dyads(path: Path | str) -> pl.DataFrame:
    """Disputes by directed dyad and year, each dyad in both orders; -9 is null.

    In 2.1.1 a few dyads have two rows for a dispute and year (4273, 645 and 696, 1999); in 2.2.1 none has.
    """
    return _DYADS.read(path)


def disputes(path: Path | str) -> pl.DataFrame:
    """Disputes, one row each."""
    return _DISPUTES.read(path)


def participants(path: Path | str) -> pl.DataFrame:
    """Participants in disputes with the leaders in office at start and end (`obsid_start`, `obsid_end` of Archigos)."""
    return _PARTICIPANTS.read(path)


def leader_dyads(path: Path | str) -> pl.DataFrame:
    """Disputes by pair of leaders and year, directed."""
    return _LEADERS.read(path)
