"""Democracy and the make-up of societies: Polity5, V-Dem, extended UDS, CREG, HIEF, ruggedness, territorial threat."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Form, Layout, pl
from foedus.sources.workbooks import read_table

_POLITY_HEADER = (
    "p5 cyear polity_annual_ccode scode polity_annual_country year flag fragment democ autoc polity polity2 durable "
    "xrreg xrcomp xropen xconst parreg parcomp exrec exconst polcomp prior emonth eday eyear eprec interim bmonth "
    "bday byear bprec post change d5 sf regtrans extended_country_name GWn cown in_GW_system"
)
_COMPONENTS = "xrreg xrcomp xropen xconst parreg parcomp exrec exconst polcomp"
_POLITY = Layout(
    key="ccode year", text="scode country",
    whole=f"ccode year flag fragment democ autoc polity polity2 durable {_COMPONENTS} prior emonth eday eyear eprec "
    "interim bmonth bday byear bprec post change d5 sf regtrans",
    missing=(-66, -77, -88), not_text=("NA",),
    forms=(Form(_POLITY_HEADER, {"polity_annual_ccode": "ccode", "polity_annual_country": "country"}),),
)  # fmt: skip
_VDEM = Layout(
    key="country_id year", text="country_name country_text_id", whole="country_id year COWcode",
    real="v2x_polyarchy v2x_libdem v2x_partipdem v2x_delibdem v2x_egaldem", not_text=("NA",),
)  # fmt: skip
_DEMOCRACY = "euds aeuds v2x_polyarchy"
_DEMOCRACY_COW = Layout(key="ccode year", whole="ccode year polity2", real=_DEMOCRACY)
_DEMOCRACY_GW = Layout(key="gwcode year", whole="gwcode year polity2", real=_DEMOCRACY)
_UDS = Layout(
    text="extended_country_name", whole="cown GWn year", real="z1 se_z1 z1_adj z1_pct975 z1_pct025",
    optional="z1_pct975 z1_pct025", not_text=("NA",),
)  # fmt: skip
_CREG = Layout(key="creg_ccode year", whole="ccode gwcode creg_ccode year", real="ethfrac ethpol relfrac relpol")
_HIEF = Layout(whole="ccode gwcode year", real="efindex")
_RUGGED = Layout(whole="ccode gwcode", real="rugged newlmtnest")
_THREAT = Layout(key="ccode year", whole="ccode year", real="lterrthreat sd lwr upr m_lterrthreat m_sd m_lwr m_upr")


def polity(path: Path | str) -> pl.DataFrame:
    """Polity5 by state-year (`p5v2018.xls`, or its table saved as CSV); codes are Polity's, near those of COW.

    -66 (interruption), -77 (interregnum) and -88 (transition) are null; `polity2` is the producer's own treatment of
    them. A year in which a state changed its code has two rows only under two codes.
    """
    return read_table(_POLITY, path)


def vdem(path: Path | str) -> pl.DataFrame:
    """V-Dem by country-year: the five high-level indices, within [0, 1]; the file's other columns are passed over."""
    return _VDEM.read(path)


def democracy_cow(path: Path | str) -> pl.DataFrame:
    """Polity2, V-Dem's polyarchy and extended Unified Democracy Scores by COW state-year, as the reference has them."""
    return _DEMOCRACY_COW.read(path)


def democracy_gw(path: Path | str) -> pl.DataFrame:
    """The same by Gleditsch-Ward state-year."""
    return _DEMOCRACY_GW.read(path)


def extended_uds(path: Path | str) -> pl.DataFrame:
    """Extended Unified Democracy Scores by country-year: the latent score `z1` and its standard error."""
    return _UDS.read(path)


def creg(path: Path | str) -> pl.DataFrame:
    """Ethnic and religious fractionalization and polarization by state-year, each within [0, 1]."""
    return _CREG.read(path)


def ethnic_fractionalization(path: Path | str) -> pl.DataFrame:
    """Historical index of ethnic fractionalization (HIEF) by state-year, within [0, 1]."""
    return _HIEF.read(path)


def ruggedness(path: Path | str) -> pl.DataFrame:
    """Ruggedness of the terrain, and the logged share of mountains, by state."""
    return _RUGGED.read(path)


def territorial_threat(path: Path | str) -> pl.DataFrame:
    """Latent territorial threat by state-year, with its standard deviation and 95% interval."""
    return _THREAT.read(path)
