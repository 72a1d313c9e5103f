"""Correlates of War: inter-state, extra-state, intra-state and non-state wars."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_date
from foedus.sources.layouts import Layout, pl

_ONGOING = -7
_CODES = (-8, -9)
_TEXT_CODES = ("-8", "-9")


def _spans(count: int, *, day: str = "Day", month: str = "Month", year: str = "Year") -> str:
    return " ".join(
        f"{edge}{part}{number}"
        for number in range(1, count + 1)
        for edge in ("Start", "End")
        for part in (month, day, year)
    )


_INTER = Layout(
    key="WarNum ccode Side StartYear1 StartMonth1 StartDay1", text="WarName StateName TransFrom TransTo",
    whole=f"WarNum WarType ccode Side {_spans(2)} WhereFought Initiator Outcome BatDeath",
    real="Version", missing=_CODES, not_text=_TEXT_CODES,
)  # fmt: skip
_EXTRA = Layout(
    text="WarName SideA SideB TransFrom TransTo", not_text=_TEXT_CODES,
    whole=f"WarNum WarType ccode1 ccode2 {_spans(2)} Initiator Interven Outcome WhereFought BatDeath NonStateDeaths",
    real="Version", missing=_CODES,
)  # fmt: skip
_INTRA = Layout(
    text="WarName SideA SideB TransFrom Initiator TransTo", not_text=_TEXT_CODES,
    whole=f"V5RegionNum WarType CcodeA Intnl {_spans(4, day='Dy', month='Mo', year='Yr')} Outcome DeathsSideA "
    "DeathsSideB TotalBDeaths",
    real="WarNum WDuratDays WDuratMo TotNatMonWar Version", missing=_CODES, not_number=("?",),
)  # fmt: skip
_NON_STATE = Layout(
    key="WarNum", text="WarName SideA1 SideA2 SideB1 SideB2 SideB3 SideB4 SideB5 Initiator", not_text=_TEXT_CODES,
    whole="WarNum WarType WhereFought StartYear StartMonth StartDay EndYear EndMonth EndDay TransFrom TransTo Outcome "
    "SideADeaths SideBDeaths TotalCombatDeaths",
    real="Version", missing=_CODES,
)  # fmt: skip
_DYADS = Layout(
    key="warnum statea stateb year warstrtyr warstrtmnth",
    whole="warnum disno statea stateb warstrtmnth warstrtday warstrtyr warendmnth warenday warendyr year warolea "
    "waroleb wardyadrolea wardyadroleb outcomea batdtha batdthb durindx",
    real="dyindex changes_1 changes_2 batdths", missing=(-9,),
)  # fmt: skip


def inter_state(path: Path | str) -> pl.DataFrame:
    """Inter-state wars, one row per war and participant; -8 (not applicable) and -9 (not known) are null.

    A participant may fight in two spells, `StartYear1` and `StartYear2`; `is_ongoing` says that the war had not ended
    (-7) when the data closed.
    """
    return _dated(_INTER.read(path), path, "1", day="Day", month="Month", year="Year")


def extra_state(path: Path | str) -> pl.DataFrame:
    """Extra-state wars, one row per war and participant; see `inter_state` for the codes."""
    return _dated(_EXTRA.read(path), path, "1", day="Day", month="Month", year="Year")


def intra_state(path: Path | str) -> pl.DataFrame:
    """Intra-state wars, one row per war and pair of sides; see `inter_state` for the codes.

    A side that is not a member of the state system has no code in `CcodeA`.
    """
    return _dated(_INTRA.read(path), path, "1", day="Dy", month="Mo", year="Yr")


def non_state(path: Path | str) -> pl.DataFrame:
    """Non-state wars, one row each; see `inter_state` for the codes."""
    return _dated(_NON_STATE.read(path), path, "", day="Day", month="Month", year="Year")


def dyads(path: Path | str) -> pl.DataFrame:
    """Inter-state wars by directed dyad and year: each pair of enemies stands twice, once from either side."""
    return _DYADS.read(path)


def _dated(frame: pl.DataFrame, path: Path | str, suffix: str, *, day: str, month: str, year: str) -> pl.DataFrame:
    """Ongoing made a column, and the dates of the first spell; wars date some days loosely, so none is an error."""
    ends = [name for name in frame.columns if name.startswith("End") and frame[name].dtype == pl.Int32]
    years = [name for name in ends if name.startswith(f"End{year}")]
    frame = frame.with_columns(
        is_ongoing=pl.any_horizontal(pl.col(name) == _ONGOING for name in years).fill_null(False)
    )
    numbers = [name for name in frame.columns if frame[name].dtype == pl.Int32]
    frame = frame.with_columns(
        pl.when(pl.col(name) == _ONGOING).then(None).otherwise(pl.col(name)).alias(name) for name in numbers
    )
    for edge, made in (("Start", "start_date"), ("End", "end_date")):
        parts = (f"{edge}{year}{suffix}", f"{edge}{month}{suffix}", f"{edge}{day}{suffix}")
        frame = with_date(frame, path, parts, made, is_lenient=True)
    return frame
