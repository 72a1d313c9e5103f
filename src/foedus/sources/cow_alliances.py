"""Correlates of War: formal alliances 4.1, read from the files that a user brings.

The maintainer of the data has asked that packages neither ship nor fetch them; ATOP is the default.
"""

from __future__ import annotations

from pathlib import Path

from foedus.sources.dates import with_dates
from foedus.sources.errors import at
from foedus.sources.layouts import Layout, pl

_PLEDGES = "defense neutrality nonaggression entente"
_DYAD_SPAN = "dyad_st_day dyad_st_month dyad_st_year dyad_end_day dyad_end_month dyad_end_year"
_MEMBER_SPAN = "mem_st_day mem_st_month mem_st_year mem_end_day mem_end_month mem_end_year"
_ALLIANCE_SPAN = "all_st_day all_st_month all_st_year all_end_day all_end_month all_end_year"
_BY_DYAD = Layout(
    whole=f"version4id ccode1 ccode2 {_DYAD_SPAN} left_censor right_censor {_PLEDGES} asymmetric",
    optional="asymmetric",
    text="state_name1 state_name2", real="version", not_text=("NA",),
)  # fmt: skip
_BY_DYAD_YEARLY = Layout(
    whole=f"version4id ccode1 ccode2 {_DYAD_SPAN} left_censor right_censor {_PLEDGES} asymmetric year",
    optional="asymmetric",
    text="state_name1 state_name2", real="version", not_text=("NA",),
)  # fmt: skip
_BY_MEMBER = Layout(
    whole=f"version4id ccode {_ALLIANCE_SPAN} {_MEMBER_SPAN} left_censor right_censor {_PLEDGES}",
    text="state_name ss_type",
    real="version",
    not_text=("NA",),
)
_BY_MEMBER_YEARLY = Layout(
    whole=f"version4id ccode {_ALLIANCE_SPAN} {_MEMBER_SPAN} left_censor right_censor {_PLEDGES} year",
    text="state_name ss_type",
    real="version",
    not_text=("NA",),
)
_LAST_YEAR = 2012


def by_dyad(path: Path | str) -> pl.DataFrame:
    """Alliances by dyad, one row per term; a term open at the end of 2012 has no `end_date`.

    Reads `alliance_v4.1_by_dyad.csv`, where the lower code stands first, and `alliance_v4.1_by_directed.csv`, which
    has a row for each order of a pair, and no `asymmetric`. One dyad may have several terms in one alliance.
    """
    return with_dates(_BY_DYAD.read(path), path, "dyad_st_", "dyad_end_")


def by_member(path: Path | str) -> pl.DataFrame:
    """Alliances by member, one row per term of membership."""
    return with_dates(_BY_MEMBER.read(path), path, "mem_st_", "mem_end_")


def by_member_yearly(path: Path | str) -> pl.DataFrame:
    """Alliances by member and year, to 2012."""
    return with_dates(_BY_MEMBER_YEARLY.read(path), path, "mem_st_", "mem_end_")


def by_dyad_yearly(path: Path | str) -> pl.DataFrame:
    """Alliances by dyad and year, to 2012, from `..._by_dyad_yearly.csv` or `..._by_directed_yearly.csv`.

    Two terms (2 and 666, 1981 to 1991; 651 and 666, 1979 to 2012) stand in the file as one row of the year 0 each;
    they are expanded to a row for each year of the term. The file called directed has each pair in one order only.
    """
    frame = _BY_DYAD_YEARLY.read(path)
    collapsed = frame.filter(pl.col("year") == 0)
    if collapsed["dyad_st_year"].null_count():
        raise at(Path(path), None, "a row of the year 0 has no first year.", "Correct the row.")
    last = pl.col("dyad_end_year").fill_null(_LAST_YEAR)
    expanded = collapsed.with_columns(year=pl.int_ranges("dyad_st_year", last + 1, dtype=pl.Int32)).explode("year")
    frame = pl.concat([frame.filter(pl.col("year") != 0), expanded])
    return with_dates(frame, path, "dyad_st_", "dyad_end_").sort(
        "version4id", "ccode1", "ccode2", "year", maintain_order=True
    )
