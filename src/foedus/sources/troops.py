"""United States forces abroad: deployments, bases, construction and exercises."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_date
from foedus.sources.layouts import Layout, pl

_FORCES = (
    "troops_ad army_ad navy_ad air_force_ad marine_corps_ad coast_guard_ad space_force_ad army_national_guard "
    "air_national_guard army_reserve navy_reserve marine_corps_reserve air_force_reserve coast_guard_reserve "
    "total_selected_reserve army_civilian navy_civilian marine_corps_civilian air_force_civilian dod_civilian "
    "total_civilian"
)
_ISO = ("NA",)  # three letters: Namibia is NAM
_YEARS = Layout(text="countryname iso3c region", whole=f"year ccode {_FORCES}", not_text=_ISO)
_QUARTERS = Layout(
    text="countryname iso3c month source region year_quarter",
    whole=f"ccode year quarter {_FORCES} troops_all",
    not_text=_ISO,
)
_REPORTS = Layout(
    text="countryname region month source Location iso3c",
    whole="ccode year quarter troops_ad army_ad navy_ad marine_corps_ad air_force_ad", real="Total",
    others=(r"[\w ]+", "text"), not_text=_ISO,
)  # fmt: skip
_FIRST = Layout(
    text="countryname iso3c region", whole="ccode year troops army navy air_force marine_corps space_force coast_guard",
    not_text=_ISO,
)  # fmt: skip
_BASES = Layout(text="countryname iso3c basename", whole="ccode base lilypad fundedsite", real="lat lon", not_text=_ISO)
_BUILDINGS = Layout(
    text="countryname iso3c location", whole="ccode year", real="lat lon spend_construction", not_text=_ISO
)
_EXERCISES = Layout(
    text="MMEID Ex_Name Series_Name Location StartDate EndDate FocusDescription AdditionalParticipantInfo",
    real="lat lon",
    whole="s.year s.month s.day e.year e.month e.day CPX Air Land Sea Amphibious Cyber Warfighting Peacekeeping "
    "Humanitarian",
    others=(r"State[A-Z]{1,2}", "text"), not_number=("x", "xx", "XX"), not_text=_ISO,
)  # fmt: skip


def country_years(path: Path | str) -> pl.DataFrame:
    """US forces by country-year, persons (active duty, reserve, civilian); codes from 1001 stand for territories.

    West Germany stands under 255, not 260, in all years, so a join on the code loses
    its troops between 1955 and 1990. A few states have two rows for a year (Bosnia, 346, 2013).
    """
    return _YEARS.read(path)


def country_quarters(path: Path | str) -> pl.DataFrame:
    """US forces by country and quarter, persons."""
    return _QUARTERS.read(path)


def reports(path: Path | str) -> pl.DataFrame:
    """Rows of the manpower reports as published, columns of the reports in lower case as text."""
    return _REPORTS.read(path)


def first_generation(path: Path | str) -> pl.DataFrame:
    """US troops by country-year, persons (Kane, then Allen and others), in the older form."""
    return _FIRST.read(path)


def bases(path: Path | str) -> pl.DataFrame:
    """Sites of US forces abroad, one row each, in degrees, without years; flags for base, lily pad and funded site."""
    return _BASES.read(path)


def construction(path: Path | str) -> pl.DataFrame:
    """US military construction by site and year, thousands of US dollars."""
    return _BUILDINGS.read(path)


def exercises(path: Path | str) -> pl.DataFrame:
    """Multinational military exercises, one row each, participants in `statea`, `stateb`, ...; unknown days null."""
    frame = _EXERCISES.read(path)
    frame = with_date(frame, path, ("s.year", "s.month", "s.day"), "start_date", is_lenient=True)
    return with_date(frame, path, ("e.year", "e.month", "e.day"), "end_date", is_lenient=True)
