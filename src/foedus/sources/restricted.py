"""Readers for data that a user must fetch himself: SIPRI, IISS deployments, Global Sanctions Data Base.

Their terms do not allow a copy; the layouts are those that the producers document.
"""

from __future__ import annotations

import io
from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.errors import at
from foedus.sources.layouts import Layout, check_key, pl
from foedus.sources.workbooks import read_table, sheet_bytes

_REGISTER = Layout(
    text="recipient weapon weapon.des comments ordered delivered year years.delivered", not_text=("NA",),
    rename={"Recipient": "recipient"},
)  # fmt: skip
_DEALS = Layout(
    text="tidn buyer seller delyears", real="tivdel", optional="tidn",
    rename={"Recipient": "buyer", "Supplier": "seller", "Year(s) of delivery": "delyears",
            "SIPRI TIV of delivered weapons": "tivdel"},
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
_SPAN = r"\d{4}(?:\s*[-–]\s*\d{4})?"
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
        kind=_kind(partner), year=pl.col("year").str.strip_chars().cast(pl.Int32), tiv=_figure("tiv"),
    )  # fmt: skip
    return long.filter(pl.col("tiv").is_not_null()).sort("partner", "year")


def arms_register(path: Path | str) -> pl.DataFrame:
    """SIPRI trade register: orders and deliveries, one row each; a blank recipient is that of the row above."""
    return _REGISTER.read(path).with_columns(pl.col("recipient").forward_fill())


def arms_deliveries(path: Path | str) -> pl.DataFrame:
    """Deliveries by recipient, supplier and year from SIPRI's register of deals: `recipient, partner, kind, year, tiv`.

    The register gives the value delivered under a deal (`tivdel`, millions) and the years of its deliveries, as
    `2019`, `2017-2019` or several of them; the value is spread over these years in equal parts. What is ordered and
    not delivered counts nothing.

    Raises
    ------
    SourceError
        If a value was delivered in no year; the message names the line.
    """
    place = Path(path)
    deals = _DEALS.read(place)
    if deals["tidn"].null_count() < deals.height:  # the site's export has no number of the deal
        check_key(deals, ["tidn"], place)
    deals = deals.with_row_index("line", offset=2).filter(pl.col("tivdel").fill_null(0.0) != 0)
    deals = deals.with_columns(spans=pl.col("delyears").fill_null("").str.extract_all(_SPAN))
    undated = deals.filter(pl.col("spans").list.len() == 0)
    if undated.height:
        found = f"{undated['tivdel'][0]:g} was delivered, and delyears is {undated['delyears'][0]!r}."
        raise at(place, int(undated["line"][0]), found, "Give the years of its deliveries, or leave the deal out.")
    first, last = (pl.col("spans").str.extract(end).cast(pl.Int32) for end in (r"^(\d{4})", r"(\d{4})$"))
    years = deals.explode("spans").with_columns(year=pl.int_ranges(first, last + 1, dtype=pl.Int32)).explode("year")
    years = years.unique(["line", "year"], maintain_order=True)
    parts = years.with_columns(tiv=pl.col("tivdel") / pl.len().over("line"))
    seller = pl.col("seller").str.strip_chars("* ")
    named = parts.with_columns(recipient=pl.col("buyer").str.strip_chars("* "), partner=seller, kind=_kind("seller"))
    return (
        named.group_by("recipient", "partner", "kind", "year")
        .agg(pl.col("tiv").sum())
        .sort("recipient", "partner", "year")
    )


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


def _kind(column: str) -> pl.Expr:
    """What SIPRI's marks behind a name say: two stars an organization, one no state."""
    name = pl.col(column).str.strip_chars()
    other = pl.when(name.str.ends_with("*")).then(pl.lit("non-state")).otherwise(pl.lit("state"))
    return pl.when(name.str.ends_with("**")).then(pl.lit("organization")).otherwise(other)


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
