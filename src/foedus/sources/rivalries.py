"""Strategic rivalries and arms races."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl

_THOMPSON_DREYER = Layout(
    key="rivalryno", text="rivalryname region type1 type2 type3", whole="rivalryno ccode1 ccode2 styear endyear",
    not_text=("NA",),
)  # fmt: skip
_THOMPSON_SAKUWA_SUHAS = Layout(
    key="tssr_id", text="rivalry",
    whole="tssr_id ccode1 ccode2 start end positional spatial ideological interventionary principal aprin",
)  # fmt: skip
_ARMS_RACES = Layout(key="race_id", whole="race_id ccode1 ccode2 styear endyear")


def thompson_dreyer(path: Path | str) -> pl.DataFrame:
    """Spells (years) of strategic rivalry, Thompson and Dreyer 2012; a first year may lie before 1816."""
    return _THOMPSON_DREYER.read(path)


def thompson_sakuwa_suhas(path: Path | str) -> pl.DataFrame:
    """Spells (years) of strategic rivalry, Thompson, Sakuwa and Suhas 2021, with the issues of each."""
    return _THOMPSON_SAKUWA_SUHAS.read(path)


def arms_races(path: Path | str) -> pl.DataFrame:
    """Spells (years) of arms races between strategic rivals, Gibler, Rider and Hutchison 2005."""
    return _ARMS_RACES.read(path)
