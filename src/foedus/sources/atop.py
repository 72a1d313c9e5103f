"""Alliance Treaty Obligations and Provisions (ATOP) 5.1 and 4.01."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_date
from foedus.sources.layouts import Form, Layout, pl

_TERMS = (
    "ineffect bilat maxphase wartime estmode pubsecr secrart proadd futmem speclgth length renounce proren renewlgt "
    "term defense offense neutral nonagg consul active conditio defcon offcon neucon concon asymm notaiden dipaid "
    "terrres seppeace thirdcom noothall specthrt statthr1 statthr2 conwtin medarb milcon milaid intcom subord organ1 "
    "orgpurp1 organ2 orgpurp2 base contrib armred acqterr divgains demwith reflnun refothio natrefal compag nomicoop "
    "conres agprois conmen ecaid interv source"
)
_IDS = "atopid cowid cow4id"
_SPAN = "begyr begmo begday endyr endmo endday"
_MEMBER_SPAN = "yrent moent dayent yrexit moexit dayexit"
_CONDITIONS = (
    "defcoadv defcoloc defcocon defconum defcodem defconpr offcoadv offcoloc offcocon offconum offcodem neucoadv "
    "neucoloc neucocon neuconum neucodem neuconpr neucoatt concoadv concoloc concocon concoreq olimob obvary"
)
_PLEDGES = "defense offense neutral nonagg consul"
_ALLIANCES = Layout(
    key="atopid", whole=f"{_IDS} {_SPAN} {_TERMS}", others=(r"mem\d+|(new|rev)[45]", "whole"), real="version",
    optional="version",
)  # fmt: skip
_PHASES = Layout(
    key="atopidphase", whole=f"{_IDS} {_SPAN} phase {_TERMS}", others=(r"mem\d+|(new|rev)[45]", "whole"),
    real="atopidphase version",
)  # fmt: skip
_MEMBERS = Layout(
    key="atopid member phase yrent", whole=f"{_IDS} member cowsys {_MEMBER_SPAN} phase cowwar termmode termcaus "
    f"{_CONDITIONS} {_TERMS}",
    others=(r"(new|rev)[45]", "whole"), real="version",
)  # fmt: skip
_STATE_YEARS = Layout(
    key="state year",
    whole=f"state year atopally {_PLEDGES} number transyr",
    others=(r"atopid\d+", "whole"),
    real="version",
)
_DYAD_FORM = {name: name.removeprefix("atop_") for name in (f"atop_{pledge}" for pledge in _PLEDGES.split())}
_DERIVED = Form(
    "ccode1 ccode2 year atop_defense atop_offense atop_neutral atop_nonagg atop_consul",
    {"ccode1": "stateA", "ccode2": "stateB", "atop_consul": "consul", **_DYAD_FORM},
)
_DIRECTED = Layout(
    key="stateA stateB year", whole=f"stateA stateB year atopally {_PLEDGES} number transyr",
    others=(r"atopid\d+", "whole"), real="version", forms=(_DERIVED,),
)  # fmt: skip
_DYADS = Layout(
    key="mem1 mem2 year", whole=f"mem1 mem2 year atopally {_PLEDGES} number transyr", others=(r"atopid\d+", "whole"),
    real="version",
)  # fmt: skip
_INSTITUTIONS = Layout(key="atopidphase", whole="atopid milinst formal", real="atopidphase version")
_DEPTH = Layout(key="atopid", whole="atopid", others=(r"[\w.]+", "text"), not_text=("NA",))

_SIMILARITY = Layout(
    key="atopid year", whole="atopid year", real="mean.s.sc low.s.sc mean.pi.sc low.pi.sc mean.kap.sc low.kap.sc"
)


def alliances(path: Path | str) -> pl.DataFrame:
    """Alliances, one row each; `mem1`, `mem2`, ... are its members.

    An end year of 0 says that it was in force at the end of 2018: `is_open`, and the end is null. A blank is null.
    """
    return _closed(_ALLIANCES.read(path), path, _SPAN)


def phases(path: Path | str) -> pl.DataFrame:
    """Alliance phases (the terms changed), one row each; see `alliances` for the end."""
    return _closed(_PHASES.read(path), path, _SPAN)


def members(path: Path | str) -> pl.DataFrame:
    """Members of alliance phases, one row each, with what each member pledged; see `alliances` for the exit."""
    return _closed(_MEMBERS.read(path), path, _MEMBER_SPAN)


def state_years(path: Path | str) -> pl.DataFrame:
    """What a state had pledged in a year, over all its alliances; only state-years with an alliance have a row."""
    return _STATE_YEARS.read(path)


def directed_dyad_years(path: Path | str) -> pl.DataFrame:
    """What `stateA` had pledged to `stateB` in a year; only allied dyads have a row, each in both directions."""
    return _DIRECTED.read(path)


def dyad_years(path: Path | str) -> pl.DataFrame:
    """What two states had pledged each other in a year, each dyad once."""
    return _DYADS.read(path)


def institutions(path: Path | str) -> pl.DataFrame:
    """Military institutions of an alliance phase (0-2) and formality; the version is printed as 5.0999999."""
    return _INSTITUTIONS.read(path)


def scope_and_depth(path: Path | str) -> pl.DataFrame:
    """Scope, depth and capacity of alliances (Benson and Clinton), all further columns as text."""
    return _DEPTH.read(path)


def similarity(path: Path | str) -> pl.DataFrame:
    """Mean and least similarity (S, pi, kappa) of the members of each alliance by year, from FPSIM."""
    return _SIMILARITY.read(path)


def _closed(frame: pl.DataFrame, path: Path | str, span: str) -> pl.DataFrame:
    """Zeros of an end that has not come made null and said in `is_open`; start and end dates where the day is known."""
    *start, year, month, day = span.split()
    frame = frame.with_columns(is_open=(pl.col(year) == 0).fill_null(False))
    frame = frame.with_columns(
        pl.when(pl.col(name) == 0).then(None).otherwise(pl.col(name)).alias(name) for name in (year, month, day)
    )
    frame = with_date(frame, path, (start[0], start[1], start[2]), "start_date", is_lenient=True)
    return with_date(frame, path, (year, month, day), "end_date", is_lenient=True)
