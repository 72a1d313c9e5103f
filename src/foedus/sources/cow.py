"""Correlates of War: the state system, capabilities, contiguity, trade and diplomacy."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_dates, with_month_dates
from foedus.sources.layouts import Form, Layout, pl

_PARTS = "styear stmonth stday endyear endmonth endday"
_STATES = Layout(key="ccode styear stmonth stday", text="stateabb statenme", whole=f"ccode {_PARTS} version")
_SYSTEM = Layout(key="ccode year", text="stateabb", whole="ccode year version")
_MAJORS = Layout(key="ccode styear", whole=f"ccode {_PARTS} version", text="stateabb", optional="stateabb")
_CODES = Layout(text="StateAbb StateNme", whole="CCode")
_NMC = Layout(
    key="ccode year", text="stateabb", whole="ccode year version", big="milex milper",
    real="irst pec tpop upop cinc",
    missing=(-9,),
    forms=(Form("ccode year milex milper irst pec tpop upop cinc"),),
)  # fmt: skip
_CONTIGUITY = Layout(
    key="statelno statehno begin", text="statelab statehab notes", optional="notes",
    whole="dyad statelno statehno conttype begin end", real="version",
)  # fmt: skip
_CONTIGUITY_DYADS = Layout(text="state1ab state2ab", whole="dyad state1no state2no year conttype", real="version")
_CONTIGUITY_STATES = Layout(key="stateno year", text="stateab", whole="stateno year total land sea", real="version")
_COLONIAL = Layout(
    text="statelab statehab", whole="dyad statelno dependl conttype statehno dependh begin end", real="version"
)
_COLONIAL_DYADS = Layout(
    key="statelno statehno year", text="statelab statehab", whole="dyad statelno statehno year land sea total",
    real="version",
)  # fmt: skip
_COLONIAL_STATES = Layout(key="stateno year", text="stateab", whole="stateno year total land sea", real="version")
_TRADE_STATES = Layout(
    key="ccode year", text="statename stateabb", whole="ccode year", real="imports exports alt_imports alt_exports",
    others=("source[12]|version", "text"), missing=(-9,),
    forms=(Form("ccode year imports exports"),),
)  # fmt: skip
_TRADE = Layout(
    key="ccode1 ccode2 year", text="importer1 importer2", whole="ccode1 ccode2 year",
    real="flow1 flow2 smoothflow1 smoothflow2 smoothtotrade spike1 spike2 dip1 dip2 trdspike tradedip",
    optional="importer1 importer2 smoothtotrade spike1 spike2 dip1 dip2 trdspike tradedip", missing=(-9,),
)  # fmt: skip
_DIPLOMACY = Layout(key="ccode1 ccode2 year", whole="ccode1 ccode2 year DR_at_1 DR_at_2 DE", real="version")
_DCA_DATES = "signDay signMonth signYear EIFDay EIFMonth EIFYear"
_DCA = Layout(
    key="DCAid ccode1 ccode2", text="cowName1 cowName2 type category1 category2 category3 sourceType source DCAid UNTS",
    whole=f"ccode1 ccode2 {_DCA_DATES} terminated endYearEstimate", others=("asymmetry|renewType", "text"),
    missing=(-56, -66, -77, -88, -99),
)  # fmt: skip
_TERRITORY = Layout(
    key="number", whole="year month gainer gaintype procedur entity contgain losetype loser number portion",
    others=("area|pop|contlose|indep|conflict|version", "text"), missing=(-9,),
)  # fmt: skip


def states(path: Path | str) -> pl.DataFrame:
    """Spells of membership in the state system, one row each, with `start_date` and `end_date`.

    The end of a release (31 December 2016 or 2024) closes the spells of states that still exist.
    """
    return with_dates(_STATES.read(path), path, "st", "end")


def system(path: Path | str) -> pl.DataFrame:
    """Members of the state system, one row per state-year."""
    return _SYSTEM.read(path)


def majors(path: Path | str) -> pl.DataFrame:
    """Spells as a major power, with `start_date` and `end_date`."""
    return with_dates(_MAJORS.read(path), path, "st", "end")


def country_codes(path: Path | str) -> pl.DataFrame:
    """Codes, abbreviations and names; a state that came back stands once per spell in the file, once here."""
    return _CODES.read(path).unique(maintain_order=True)


def nmc(path: Path | str) -> pl.DataFrame:
    """National material capabilities, one row per state-year; -9 is null.

    `milex` in thousands of current US dollars (British pounds before 1914), `milper`, `tpop` and `upop` in thousands
    of persons, `irst` in thousand tons, `pec` in thousand coal-ton equivalents, `cinc` within [0, 1].
    """
    return _NMC.read(path)


def contiguity(path: Path | str) -> pl.DataFrame:
    """Spells of direct contiguity between two states, lower code first.

    `conttype` is 1 for a land or river border, 2 to 5 for up to 12, 24, 150 and 400 miles of water. `begin` and `end`
    are months as YYYYMM; `start_date` is the first day of the one, `end_date` the last day of the other.
    """
    return with_month_dates(_CONTIGUITY.read(path), path, "begin", "end")


def contiguity_dyads(path: Path | str) -> pl.DataFrame:
    """Direct contiguity, one row per directed dyad-year of states within 400 miles of water.

    Where a spell ends and another begins in one year, that dyad-year has a row for each.
    """
    return _CONTIGUITY_DYADS.read(path)


def contiguity_states(path: Path | str) -> pl.DataFrame:
    """How many contiguous states a state has in a year, by type."""
    return _CONTIGUITY_STATES.read(path)


def colonial_contiguity(path: Path | str) -> pl.DataFrame:
    """Spells (years) of contiguity through colonies and dependencies; `dependl`, `dependh`: 0 for the state itself."""
    return _COLONIAL.read(path)


def colonial_contiguity_dyads(path: Path | str) -> pl.DataFrame:
    """Contiguity through dependencies, one row per dyad-year."""
    return _COLONIAL_DYADS.read(path)


def colonial_contiguity_states(path: Path | str) -> pl.DataFrame:
    """How many relations of contiguity through dependencies a state has in a year."""
    return _COLONIAL_STATES.read(path)


def trade_states(path: Path | str) -> pl.DataFrame:
    """Imports and exports of a state in a year, millions of current US dollars; -9 or blank is null."""
    return _TRADE_STATES.read(path)


def trade(path: Path | str) -> pl.DataFrame:
    """Trade between two states in a year, millions of current US dollars; -9 or blank is null.

    `flow1` is what the first state imports from the second, `flow2` the reverse. The official file has each pair
    once with the lower code first; a derived form has both orders.
    """
    return _TRADE.read(path)


def diplomacy(path: Path | str) -> pl.DataFrame:
    """Diplomatic representation between two states in waves of five years.

    0 none, 1 chargé d'affaires, 2 minister, 3 ambassador, 9 other. `DR_at_1` is the second state's representative in
    the first, `DE` is 1 if either side has one.
    """
    return _DIPLOMACY.read(path)


def defense_cooperation(path: Path | str) -> pl.DataFrame:
    """Bilateral defence cooperation agreements signed 1980-2010, one row each.

    The codes -56, -66, -77, -88 and -99 stand for kinds of not known and not applicable; all become null.
    """
    return _DCA.read(path)


def territorial_changes(path: Path | str) -> pl.DataFrame:
    """Changes of territory, one row each; -9 is null."""
    return _TERRITORY.read(path)
