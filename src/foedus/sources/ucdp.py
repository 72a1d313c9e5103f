"""Uppsala Conflict Data Program: armed conflicts (with PRIO) and conflict onsets."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.layouts import Layout, pl

_ACD = Layout(
    key="conflict_id year",
    text="location side_a side_a_id side_a_2nd side_b side_b_id side_b_2nd incompatibility territory_name "
    "type_of_conflict gwno_a gwno_a_2nd gwno_b gwno_b_2nd gwno_loc region version",
    whole="conflict_id year intensity_level cumulative_intensity start_prec start_prec2 ep_end ep_end_prec",
    day="start_date start_date2 ep_end_date",
)  # fmt: skip
_ACD_DERIVED = Layout(
    text="gwno_a gwno_a_2nd gwno_b gwno_b_2nd incompatibility type_of_conflict", not_text=("NA",),
    whole="conflict_id year intensity_level start_prec start_prec2 ep_end", day="start_date start_date2 ep_end_date",
)  # fmt: skip
_ONSETS = Layout(key="gwcode year", whole="gwcode year sumnewconf sumonset1 sumonset2 sumonset3 sumonset5 sumonset10")


def armed_conflicts(path: Path | str) -> pl.DataFrame:
    """State-based armed conflicts, one row per conflict and year.

    `gwno_a`, `gwno_b` and their seconds are lists of Gleditsch-Ward codes as published, `141, 150`; see `list_codes`.
    """
    return _ACD.read(path)


def armed_conflict_sides(path: Path | str) -> pl.DataFrame:
    """Armed conflicts with one row per combination of states on the two sides, as the reference package carries them.

    Codes stand alone, not in lists; the type of conflict and the incompatibility are words.
    """
    return _ACD_DERIVED.read(path)


def onsets(path: Path | str) -> pl.DataFrame:
    """Onsets of internal conflict by state-year: new ones, and after 1, 2, 3, 5 and 10 years without."""
    return _ONSETS.read(path)


def list_codes(column: str) -> pl.Expr:
    """A column of comma lists of codes as lists of whole numbers; null where there are none."""
    return pl.col(column).str.split(",").list.eval(pl.element().str.strip_chars().cast(pl.Int32)).alias(column)
