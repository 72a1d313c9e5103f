"""Formal Bilateral Influence Capacity (Pardee Center): directed dyad-years."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl

_COUNTS = "atopally atopdefense atopoffense atopneutral atopconsul atopnonagg"
_FBIC = Layout(
    key="iso3a iso3b year", text="countrya countryb iso3a iso3b igosa igosb igoscommon", whole="year",
    real="fbic bandwidth politicalbandwidth economicbandwidth securitybandwidth dependence economicdependence "
    f"securitydependence totaltradeawithb armstotalstockab {_COUNTS} allianceindex tradeagreementindex "
    "sharedigocount lor_avg",
    others=(r"(?!dyadyearid|directeddyadid|unregion)\w+_plus|(norm|ln)_\w+_ma", "real"),
)  # fmt: skip


def influence(path: Path | str) -> pl.DataFrame:
    """Influence capacity of `iso3a` over `iso3b` by year; `fbic` is bandwidth times dependence, unit-free.

    The components on one scale (`norm_..._ma`) and as ln(1 + per cent) (`ln_..._ma`) stand beside it. Columns of codes
    in braces (`igosa`, `igosb`, `igoscommon`) stay text as published; blanks are null.
    """
    return _FBIC.read(path)
