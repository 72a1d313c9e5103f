"""Gleditsch and Ward: the list of independent states and of microstates."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.errors import at
from foedus.sources.layouts import Form, Layout, pl

_FORMS = (
    Form(
        "gwcode stateabb statename startdate enddate",
        {
            "gwcode": "statenumber",
            "stateabb": "stateid",
            "statename": "countryname",
            "startdate": "start",
            "enddate": "end",
        },
    ),
)
_TABBED = Layout(
    key="statenumber start",
    whole="statenumber",
    text="stateid countryname",
    day="start end",
    separator="\t",
    quote=None,
)
_COMMAS = Layout(
    key="statenumber start", whole="statenumber", text="stateid countryname", day="start end", forms=_FORMS
)
_SYSTEM = Layout(key="gwcode start", whole="gwcode microstate", text="gw_abb gw_name", day="start end")
_OLD_ORDER = ("statenumber", "stateid", "countryname", "start", "end")


def states(path: Path | str) -> pl.DataFrame:
    """Spells of independent states, one row each, with the days `start` and `end`.

    Reads both layouts: the newer with a header and ISO dates, and the older (`iisystem.dat`) without a header and with
    dates as DD:MM:YYYY. 1816-01-01 is left-censored; the last day of the release is the end of states that exist.
    """
    place = Path(path)
    content = text_bytes(place, "cp1252")
    first = content.split(b"\n", 1)[0]
    if b"statenumber" in first:
        return _TABBED.parse(content, place)
    if b"," in first and b"\t" not in first:
        return _COMMAS.parse(content, place)
    return _old(content, place)


def microstates(path: Path | str) -> pl.DataFrame:
    """Spells of microstates (population under 250,000), in the layout of `states`."""
    return states(path)


def system(path: Path | str) -> pl.DataFrame:
    """States and microstates in one list, `microstate` 1 for the latter."""
    return _SYSTEM.read(path)


def _old(content: bytes, path: Path) -> pl.DataFrame:
    frame = Layout(
        text=" ".join(_OLD_ORDER), separator="\t", quote=None, has_header=False, key="statenumber start"
    ).parse(content, path)
    made = frame.with_columns(
        pl.col("statenumber").cast(pl.Int32, strict=False),
        *(pl.col(name).str.to_date("%d:%m:%Y", strict=False) for name in ("start", "end")),
    )
    for name in ("statenumber", "start", "end"):
        wrong = made[name].is_null().arg_true()
        if len(wrong):
            line = int(wrong[0])
            found = f"{name} is {frame[name][line]!r}."
            raise at(path, line + 1, found, "Give the file as published: number, id, name, two dates as DD:MM:YYYY.")
    return made
