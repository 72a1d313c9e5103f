"""Output and population: Maddison, World Bank, and Fariss and others."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.layouts import Layout, pl
from foedus.sources.workbooks import read_table

_MADDISON = Layout(
    key="countrycode year", text="countrycode country", whole="year", real="cgdppc rgdpnapc gdppc pop",
    optional="cgdppc rgdpnapc gdppc", not_text=("NA",),
)  # fmt: skip
_WORLD_BANK = Layout(
    key="country_code year", text="country_name country_code", whole="year", real="value",
    rename={"Country Name": "country_name", "Country Code": "country_code", "Year": "year", "Value": "value"},
)  # fmt: skip
_WORLD_BANK_WIDE = Layout(
    key="country_code", text="country_name country_code", others=(r"\d{4}", "real"),
    rename={"Country Name": "country_name", "Country Code": "country_code"},
)  # fmt: skip
_SIMULATED = "mrgdppc sd_mrgdppc pwtrgdp sd_pwtrgdp pwtpop sd_pwtpop"
_FARISS_COW = Layout(key="ccode year", whole="ccode year", real=_SIMULATED)
_FARISS_GW = Layout(key="gwcode year", whole="gwcode year", real=_SIMULATED)


def maddison(path: Path | str) -> pl.DataFrame:
    """Maddison Project by country-year: `pop` in thousands, GDP per head in 2011 international dollars.

    The 2018 release has `cgdppc` (comparable across countries) and `rgdpnapc` (within a country), later ones `gdppc`.
    """
    place = Path(path)
    return read_table(_MADDISON, place, sheet="Full data" if place.suffix.lower() == ".xlsx" else None)


def world_bank(path: Path | str) -> pl.DataFrame:
    """One World Bank indicator by country-year; three-letter codes, aggregates (WLD, EUU) included.

    Reads the CSV that the World Bank's site exports (title lines, then a column per year) and a long form of it.
    """
    place = Path(path)
    content = text_bytes(place, "cp1252")
    start = max(content.find(b'"Country Name"'), 0)
    if b"Indicator Code" not in content[start : start + 200]:
        return _WORLD_BANK.parse(content, place)
    wide = _WORLD_BANK_WIDE.parse(content[start:], place)
    years = [name for name in wide.columns if name.isdigit()]
    long = wide.unpivot(years, index=["country_name", "country_code"], variable_name="year", value_name="value")
    long = long.filter(pl.col("value").is_not_null()).with_columns(pl.col("year").cast(pl.Int32))
    return long.select(*_WORLD_BANK.kinds()).sort("country_code", "year")


def fariss_cow(path: Path | str) -> pl.DataFrame:
    """Latent GDP per head, GDP and population by COW state-year, with standard deviations.

    `mrgdppc` in 2011 dollars per person (Maddison-anchored), `pwtrgdp` in millions of 2017 dollars and `pwtpop` in
    millions of persons (Penn World Table-anchored).
    """
    return _FARISS_COW.read(path)


def fariss_gw(path: Path | str) -> pl.DataFrame:
    """The same by Gleditsch-Ward state-year."""
    return _FARISS_GW.read(path)
