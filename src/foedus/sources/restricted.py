"""Readers for data that a user must fetch himself: SIPRI, IISS deployments, Global Sanctions Data Base.

Their terms do not allow a copy; the layouts are those that the producers document.
"""

from __future__ import annotations

import io
from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.errors import at
from foedus.sources.layouts import Layout, pl
from foedus.sources.workbooks import read_table, sheet_bytes

_REGISTER = Layout(
    text="recipient weapon weapon.des comments ordered delivered year years.delivered", not_text=("NA",),
    rename={"Recipient": "recipient"},
)  # fmt: skip
_DEPLOYMENTS = Layout(
    text="Theatre Country Organisation MissionName MissionType", whole="Year Deployed", real="Lat Lon"
)
_SANCTIONS = Layout(
    text="sanctioned_state sanctioning_state descr_trade objective success",
    whole="case_id begin end trade arms military financial travel other target_mult sender_mult", key="case_id",
    optional="target_mult sender_mult",
)  # fmt: skip
_SANCTION_DYADS = Layout(text="sanctioned_state_iso3 sanctioning_state_iso3", whole="year", others=(r"\w+", "text"))
_NO_FIGURE = ("", ". .", "..", "...", "xxx", "-")


def arms_transfers(path: Path | str) -> pl.DataFrame:
    """SIPRI arms transfers, a table of trend-indicator values, in long form: `partner`, `year`, `tiv` (millions).

    The table has title lines above its header, one row per partner, a column per year and a total; commas or
    semicolons. A name marked `**` is an international organisation, one marked `*` no state: `kind` says which.
    """
    place = Path(path)
    lines = text_bytes(place, "latin-1").decode().splitlines()
    head = next((i for i, line in enumerate(lines) if _years(line)), None)
    if head is None:
        raise at(place, None, "no line of years was found.", "Give the TIV table as SIPRI's site exports it.")
    separator = ";" if lines[head].count(";") > lines[head].count(",") else ","
    frame = pl.read_csv(
        io.BytesIO("\n".join(lines[head:]).encode()),
        separator=separator,
        infer_schema=False,
        truncate_ragged_lines=True,
    )
    partner, years = frame.columns[0], [name for name in frame.columns if name.strip().isdigit()]
    long = frame.unpivot(years, index=partner, variable_name="year", value_name="tiv")
    name = pl.col(partner).str.strip_chars()
    long = long.filter(name.is_not_null() & ~name.is_in(["", "Total"])).select(
        partner=name.str.strip_chars("* "),
        kind=pl.when(name.str.ends_with("**")).then(pl.lit("organization"))
        .when(name.str.ends_with("*")).then(pl.lit("non-state")).otherwise(pl.lit("state")),
        year=pl.col("year").str.strip_chars().cast(pl.Int32), tiv=_figure("tiv"),
    )  # fmt: skip
    return long.filter(pl.col("tiv").is_not_null()).sort("partner", "year")


def arms_register(path: Path | str) -> pl.DataFrame:
    """SIPRI trade register: orders and deliveries, one row each; a blank recipient is that of the row above."""
    return _REGISTER.read(path).with_columns(pl.col("recipient").forward_fill())


def military_expenditure(path: Path | str, *, sheet: str = "Constant (2023) US$") -> pl.DataFrame:
    """SIPRI military expenditure from one sheet of the workbook, or from a CSV of it: `country`, `year`, `value`.

    `. .` (no figure) and `xxx` (no such state then) are null, told apart by `is_state`.
    """
    place = Path(path)
    is_book = place.suffix.lower() == ".xlsx"
    content = sheet_bytes(place, sheet=sheet) if is_book else text_bytes(place, "latin-1")
    lines = content.decode().splitlines()
    head = next((i for i, line in enumerate(lines) if _years(line)), None)
    if head is None:
        raise at(place, None, "no line of years was found.", "Give the workbook as SIPRI publishes it.")
    frame = pl.read_csv(io.BytesIO("\n".join(lines[head:]).encode()), infer_schema=False, truncate_ragged_lines=True)
    years = {name: int(float(name)) for name in frame.columns if _is_year(name)}
    country = frame.columns[0]
    long = frame.unpivot(list(years), index=country, variable_name="column", value_name="value")
    return long.filter(pl.col("value").is_not_null() & (pl.col("value").str.strip_chars() != "")).select(
        country=pl.col(country).str.strip_chars(),
        year=pl.col("column").replace_strict(years, return_dtype=pl.Int32),
        is_state=pl.col("value").str.strip_chars() != "xxx",
        value=_figure("value"),
    )


def deployments(path: Path | str) -> pl.DataFrame:
    """Deployments abroad by sender (ISO alpha-3), theatre and mission in a year, persons, in degrees."""
    return read_table(_DEPLOYMENTS, path)


def sanctions(path: Path | str) -> pl.DataFrame:
    """Global Sanctions Data Base, one row per case: kinds of sanction as 0 and 1, lists of aims as text."""
    return _SANCTIONS.read(path)


def sanction_dyads(path: Path | str) -> pl.DataFrame:
    """Global Sanctions Data Base by directed dyad and year (Stata file or CSV), kinds of sanction as text."""
    return read_table(_SANCTION_DYADS, path)


def _years(line: str) -> bool:
    cells = [cell.strip().strip('"') for cell in line.replace(";", ",").split(",")]
    return sum(_is_year(cell) for cell in cells) >= 2


def _is_year(cell: str) -> bool:
    digits = cell.strip().removesuffix(".0")
    return len(digits) == 4 and digits.isdigit()


def _figure(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    missing = text.is_in([*_NO_FIGURE])
    return (
        pl.when(missing)
        .then(None)
        .otherwise(text.str.replace_all(",", "", literal=True))
        .cast(pl.Float64, strict=False)
    )
