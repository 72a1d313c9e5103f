"""Leaders: Archigos, LEAD and willingness to use force."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl
from foedus.sources.workbooks import read_table

_ARCHIGOS = Layout(
    key="obsid", text="obsid leadid leader gender entry exit exitcode", whole="gwcode yrborn", day="startdate enddate",
    not_text=("NA",), missing=(-999, -777), separator=",", rename={"ccode": "gwcode"},
)  # fmt: skip
_ARCHIGOS_TEXT = Layout(
    key="obsid", text="obsid leadid leader gender entry exit exitcode", whole="gwcode yrborn", day="startdate enddate",
    not_text=("NA",), missing=(-999, -777), separator="\t", rename={"ccode": "gwcode"}, quote=None,
)  # fmt: skip
_YEARS = Layout(
    key="gwcode year",
    whole="gwcode year leadertransition irregular n_leaders",
    text="jan1obsid dec31obsid",
    not_text=("NA",),
)
_LEAD = Layout(
    key="obsid", text="obsid",
    whole="leveledu milservice combat rebel warwin warloss rebelwin rebelloss yrsexper physhealth mentalhealth",
)  # fmt: skip
_WILLINGNESS = Layout(
    key="obsid", text="obsid",
    real="theta1_mean theta1_sd theta2_mean theta2_sd theta3_mean theta3_sd theta4_mean theta4_sd",
)  # fmt: skip
_CODES = Layout(key="obsid", text="obsid leadid leadid29 leaderid", not_text=("NA",))
_TEXT = (".txt", ".tsv", ".tab")


def archigos(path: Path | str) -> pl.DataFrame:
    """Spells of leaders in office, one row each, with the days `startdate` and `enddate`; codes are Gleditsch-Ward's.

    Reads the tab-separated text, the Stata file (`ccode` there is the Gleditsch-Ward code) and a CSV of it.
    """
    layout = _ARCHIGOS_TEXT if Path(path).suffix.lower() in _TEXT else _ARCHIGOS
    return read_table(layout, path)


def leader_years(path: Path | str) -> pl.DataFrame:
    """Changes of leader by state-year: how many leaders, who on 1 January and 31 December, any irregular change."""
    return _YEARS.read(path)


def lead(path: Path | str) -> pl.DataFrame:
    """Leader experience (LEAD) by Archigos spell: education, service, combat, rebellion."""
    return read_table(_LEAD, path)


def willingness(path: Path | str) -> pl.DataFrame:
    """Willingness to use force by Archigos spell: mean and standard deviation of four latent estimates."""
    return _WILLINGNESS.read(path)


def leader_codes(path: Path | str) -> pl.DataFrame:
    """Keys of the same spell in Archigos 4.1 and 2.9 and in LEAD."""
    return _CODES.read(path)
