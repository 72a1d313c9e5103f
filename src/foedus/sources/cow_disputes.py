"""Correlates of War: militarized interstate disputes, by dispute, participant, incident and dyad."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_dates
from foedus.sources.layouts import Form, Layout, pl

_SPAN = "stday stmon styear endday endmon endyear"
_UNKNOWN = (-9,)
_DISPUTES = Layout(
    key="dispnum",
    whole=f"dispnum {_SPAN} outcome settle fatality fatalpre maxdur mindur hiact hostlev recip numa numb ongo2014",
    real="version", missing=_UNKNOWN,
    forms=(Form("dispnum styear stmon outcome settle fatality mindur maxdur hiact hostlev recip"),),
)  # fmt: skip
_PARTICIPANTS = Layout(
    text="stabb",
    whole=f"dispnum ccode {_SPAN} sidea revstate revtype1 revtype2 fatality fatalpre hiact hostlev orig",
    real="version", missing=_UNKNOWN,
)  # fmt: skip
_INCIDENTS = Layout(
    key="incidnum", whole=f"dispnum incidnum {_SPAN} duration tbi fatality fatalpre action hostlev numa",
    real="version", missing=_UNKNOWN,
)  # fmt: skip
_INCIDENT_PARTICIPANTS = Layout(
    text="stabb",
    whole=f"dispnum incidnum ccode {_SPAN} insidea sidea fatality fatalpre action hostlev revtype1 revtype2",
    real="version", missing=_UNKNOWN,
)  # fmt: skip
_LOCATIONS = Layout(
    text="midloc2_location midloc2_measuringpoint midloc2_howobtained", whole="year dispnum midloc2_precision",
    real="midloc2_xlongitude midloc2_ylatitude", not_text=("NA",),
)  # fmt: skip
_DYADS = Layout(
    text="namea nameb",
    whole="disno statea stateb strtday strtmnth strtyr year endday endmnth endyear outcome settlmnt fatlev "
    "highact hihost recip noinit notarg sideaa revstata revtypea fatleva highmcaa hihosta orignata sideab revstatb "
    "revtypeb fatlevb highmcab hihostb orignatb rolea roleb dyad_rolea dyad_roleb war durindx duration cumdurat "
    "mid5hiact mid5hiacta mid5hiactb severity severitya severityb ongo2014 new",
    real="dyindex", optional="namea nameb new", missing=_UNKNOWN,
)  # fmt: skip


def disputes(path: Path | str) -> pl.DataFrame:
    """Disputes, one row each (MIDA); -9 is null, and so is a date whose day is not known."""
    return with_dates(_DISPUTES.read(path), path, "st", "end")


def participants(path: Path | str) -> pl.DataFrame:
    """Participants in disputes, one row per state and spell (MIDB); a state may enter a dispute more than once."""
    return with_dates(_PARTICIPANTS.read(path), path, "st", "end")


def incidents(path: Path | str) -> pl.DataFrame:
    """Incidents of disputes, one row each (MIDI, since 1993 and some before)."""
    return with_dates(_INCIDENTS.read(path), path, "st", "end")


def incident_participants(path: Path | str) -> pl.DataFrame:
    """Participants in incidents (MIDIP)."""
    return with_dates(_INCIDENT_PARTICIPANTS.read(path), path, "st", "end")


def locations(path: Path | str) -> pl.DataFrame:
    """Where disputes began (MIDLOC): degrees, and a precision from 1 (exact) upwards."""
    return _LOCATIONS.read(path)


def dyads(path: Path | str) -> pl.DataFrame:
    """Dyadic disputes, one row per dyad, dispute and year, each dyad once; -9 is null.

    Some dyads have two rows for a dispute and year (257, United States and Austria-Hungary, 1917): the state
    entered twice.
    """
    return _DYADS.read(path)
