"""Correlates of War: membership in intergovernmental organizations, version 3."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl

# -9 is not known; -1 is a state outside the system or an organization that does not exist.
_CODES = (-1, -9)
_STATE_YEARS = Layout(key="ccode year", text="state", whole="ccode year", others=(r"\w+", "whole"), missing=_CODES)
_IGO_YEARS = Layout(
    key="ioname year", text="ioname orgname", whole="year", others=(r"\w+", "text"), not_text=("-9", "-1"),
    optional="orgname",
)  # fmt: skip
_SUMS = Layout(key="ccode year", whole="ccode year sum_igo_full sum_igo_associate sum_igo_observer sum_igo_anytype")
_DYADS = Layout(key="ccode1 ccode2 year", whole="ccode1 ccode2 year dyadigos")


def state_years(path: Path | str) -> pl.DataFrame:
    """Membership by state-year: one column per organization, its name in lower case.

    0 none, 1 full, 2 associate, 3 observer; null where it is not known (-9), the state is not in the system or the
    organization does not exist (-1).
    """
    return _STATE_YEARS.read(path)


def igo_years(path: Path | str) -> pl.DataFrame:
    """Membership by organization and year: one column per state, its name in lower case, as text as published."""
    return _IGO_YEARS.read(path)


def state_year_sums(path: Path | str) -> pl.DataFrame:
    """How many organizations a state belongs to in a year, by kind of membership."""
    return _SUMS.read(path)


def dyad_years(path: Path | str) -> pl.DataFrame:
    """How many organizations two states share in a year, each dyad once."""
    return _DYADS.read(path)
