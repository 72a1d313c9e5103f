"""Tables that the R package peacesciencer derived from the producers' files, read in its own column names."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl

_UNKNOWN = (-9,)
_SIDES = "sidea1 sidea2 fatality1 fatality2 fatalpre1 fatalpre2 hiact1 hiact2 hostlev1 hostlev2 orig1 orig2"
_DISPUTE = "fatality hostlev mindur maxdur recip stmon"
_CONTIGUITY = Layout(key="ccode1 ccode2 stdate", whole="ccode1 ccode2 conttype", day="stdate enddate")
_DISPUTES = Layout(
    key="dispnum ccode1 ccode2 year",
    whole=f"dispnum ccode1 ccode2 year cowmidongoing cowmidonset {_SIDES} {_DISPUTE}", missing=_UNKNOWN,
)  # fmt: skip
_DISPUTES_ALL = Layout(
    key="dispnum ccode1 ccode2 year",
    whole=f"dispnum ccode1 ccode2 year dispongoing disponset {_SIDES}",
    missing=_UNKNOWN,
)
_GML = Layout(
    key="dispnum ccode1 ccode2 year",
    whole=f"dispnum ccode1 ccode2 year gmlmidongoing gmlmidonset {_SIDES} {_DISPUTE}", missing=_UNKNOWN,
)  # fmt: skip
_WARS = Layout(
    whole="warnum ccode1 ccode2 year cowinterongoing cowinteronset sidea1 sidea2 initiator1 initiator2 outcome1 "
    "outcome2 batdeath1 batdeath2 resume",
    missing=_UNKNOWN,
)  # fmt: skip
_CIVIL_WARS = Layout(
    text="warname wartype sidea sideb", not_text=("NA",),
    whole="year cowintraonset cowintraongoing resume_combat primary_state ccodea ccodeb intnl outcome sideadeaths "
    "sidebdeaths ongo2007",
    real="warnum", missing=(-8, -9),
)  # fmt: skip
_FALSE_COW = Layout(key="ccode1 ccode2 year", whole="ccode1 ccode2 year in_ps")
_FALSE_GW = Layout(key="gwcode1 gwcode2 year", whole="gwcode1 gwcode2 year microstate1 microstate2 in_ps")
_SPELLS = Layout(key="ccode start", text="cw_abb cw_name", whole="ccode", day="start end")
_CROSSWALK = Layout(text="stateabb gw_name cw_name", whole="year gwcode ccode", not_text=("NA",))
_POWERS = Layout(whole="ccode", day="regstdate regenddate globstdate globenddate")


def contiguity_spells(path: Path | str) -> pl.DataFrame:
    """Spells of direct contiguity, each dyad in both orders; `enddate` is the first day of the last month."""
    return _CONTIGUITY.read(path)


def dispute_dyad_years(path: Path | str) -> pl.DataFrame:
    """Disputes 5.0 by directed dyad and year, with the attributes by which several in one year are told apart."""
    return _DISPUTES.read(path)


def dispute_dyad_years_all(path: Path | str) -> pl.DataFrame:
    """Disputes 5.0 by directed dyad and year, from the participants alone."""
    return _DISPUTES_ALL.read(path)


def gml_dyad_years(path: Path | str) -> pl.DataFrame:
    """Disputes of Gibler, Miller and Little by directed dyad and year."""
    return _GML.read(path)


def war_dyad_years(path: Path | str) -> pl.DataFrame:
    """Inter-state wars by directed dyad and year; a pair that fought twice in one war and year has two rows."""
    return _WARS.read(path)


def civil_war_years(path: Path | str) -> pl.DataFrame:
    """Intra-state wars by war, pair of sides and year."""
    return _CIVIL_WARS.read(path)


def maoz_powers(path: Path | str) -> pl.DataFrame:
    """Spells as a regional and as a global power (Maoz 2010)."""
    return _POWERS.read(path)


def false_dyads_cow(path: Path | str) -> pl.DataFrame:
    """Dyad-years of COW states that were members in one year, but never on the same day."""
    return _FALSE_COW.read(path)


def false_dyads_gw(path: Path | str) -> pl.DataFrame:
    """Dyad-years of Gleditsch-Ward states that were members in one year, but never on the same day."""
    return _FALSE_GW.read(path)


def cow_spells(path: Path | str) -> pl.DataFrame:
    """Spells of membership in the COW state system, with the days `start` and `end`."""
    return _SPELLS.read(path)


def crosswalk(path: Path | str) -> pl.DataFrame:
    """State-years under both codes; a state that the other list lacks in that year has no code there."""
    return _CROSSWALK.read(path)
