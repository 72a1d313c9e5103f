"""Hierarchy and support between patron and client: Lake, McManus and Nieman, and US diplomatic missions."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, check_key, pl

_HIERARCHY = Layout(
    text="country abbrev", whole="cyear year ccode warsaw",
    real="us_indexmilperpop1995 us_indally us_SH1995 us_indexreltradep1995 us_indexexchangerate1995 us_EH1995",
    not_text=("NA",),
)  # fmt: skip
_SUPPORT = Layout(
    key="ctry_yr", text="ctry_yr country", whole="ccode year", others=(r"(us|uk|fra|rus|chi)_\w+", "real")
)
_MISSIONS = Layout(
    text="country_abbrev_cow country_name_cow country_name_usdos us_mission_status", whole="country_code_cow",
    day="date_start date_end", not_text=("NA",),
)  # fmt: skip


def hierarchy(path: Path | str) -> pl.DataFrame:
    """Security and economic hierarchy under the United States by state-year, 1950-2000.

    `us_SH1995` is the mean of the indices of troops per head (`us_indexmilperpop1995`) and of independent alliances
    (`us_indally`); `us_EH1995` stands beside the indices of exchange rate and trade. Indices are relative to 1995 and
    may exceed 1. Blank where there is no coding; a few rows of the merged copy have no year and are left out.
    """
    frame = _HIERARCHY.read(path).filter(pl.col("year").is_not_null())
    check_key(frame, ["ccode", "year"], Path(path))
    return frame


def major_power_support(path: Path | str) -> pl.DataFrame:
    """Signals of support by five major powers to a state in a year: arms, troops, pacts, visits, words and others."""
    return _SUPPORT.read(path)


def missions(path: Path | str) -> pl.DataFrame:
    """Spells of the status of US diplomatic missions by state."""
    return _MISSIONS.read(path)
