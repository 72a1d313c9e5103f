"""The command that makes panels, rebuilds them from a lock, and compares two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.core.errors import InputError
from foedus.core.extras import needing
from foedus.core.output import FORMATS, choose_format, render, write_output

_EXAMPLE = "foedus panel directed-dyad-year --years 1990-2010 --add cow.contiguity --add cow.nmc:cinc -o panel.parquet"
_DIFF = ("change", "key", "column", "old", "new", "inputs")


def register(app: typer.Typer) -> None:
    """Add `panel`, with an example under its help."""
    app.command(epilog=f"Example: {_EXAMPLE}")(panel)


def panel(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="UNIT | diff OLD NEW", help="state-year, directed-dyad-month, leader-year..."),
    ] = None,
    years: Annotated[str | None, typer.Option(metavar="A-B", help="Years; by default all that the unit has.")] = None,
    system: Annotated[str, typer.Option(metavar="cow|gw", help="Whose states and codes.")] = "cow",
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="ID[:COLUMN,...]", help="A table; again for more. Options as ID@pick=last."),
    ] = None,
    keep: Annotated[str | None, typer.Option(metavar="prd", help="Only politically relevant dyads.")] = None,
    rule: Annotated[
        str, typer.Option(metavar="any_day|first_day|last_day|majority", help="When a period counts.")
    ] = "any_day",
    spells: Annotated[list[str] | None, typer.Option(metavar="EVENT", help="Rows since the last event.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="End; by default the record's last full year.")
    ] = None,
    alliances: Annotated[str, typer.Option(metavar="atop|record", help="For alliance units.")] = "atop",
    engine: Annotated[str | None, typer.Option(metavar="duckdb|spark[://...]", help="By default duckdb.")] = None,
    lock: Annotated[Path | None, typer.Option(metavar="FILE", help="Make the panel of a lock file again.")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="A folder with the datasets' files.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="Of diff.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=".parquet, .csv or .dta.")
    ] = None,
) -> None:
    """Rows of a unit of analysis with tables added, as a file; or what changed between two.

    Beside the file lie its codebook, its lock and its citations. Empty cells are what the sources do not say; 0 is
    written only where they cover the row.
    """
    words = words or []
    if words[:1] == ["diff"]:
        _diff(words[1:], form, output)
        return
    if output is None:
        raise InputError("panel: no file to write. Add -o FILE with .parquet, .csv or .dta.")
    made = _from_lock(lock, words, source, engine) if lock else _from_options(words, years, source, {
        "system": system, "rule": rule, "until": until, "engine": engine, "alliances": alliances,
    })  # fmt: skip
    if not lock:
        made = made.add(*(add or ()))
        made = made.keep(keep) if keep else made
        for event in spells or ():
            made = made.spells(event)
    made.write(output)
    typer.echo(str(made), err=True)


def _library() -> Any:
    """The panels of the library; what they need beside foedus may not be installed."""
    with needing("panels", "panel"):
        from foedus import panels
    return panels


def _from_options(words: list[str], years: str | None, source: Path | None, options: dict[str, Any]) -> Any:
    if len(words) != 1:
        raise InputError(f"panel: {' '.join(words) or 'nothing'} is not one unit. Example: {_EXAMPLE}")
    first, last = parse_years(years)
    return _library().panel(words[0], first, last, inputs=source, **options)


def _from_lock(lock: Path, words: list[str], source: Path | None, engine: str | None) -> Any:
    if words:
        raise InputError("panel: --lock names the whole call. Leave the unit out.")
    panels = _library()
    return panels.rebuild(lock, inputs=panels.Inputs(source) if source else None, engine=engine)


def parse_years(text: str | None) -> tuple[str | None, str | None]:
    """`1990-2010` or `1990` as first and last."""
    if text is None:
        return None, None
    first, dash, last = text.partition("-")
    if not (first.isdigit() and (not dash or last.isdigit())):
        raise InputError(f"--years {text}: is not a span of years. Write 1990-2010.")
    return first, last if dash else first


def _diff(files: list[str], form: str | None, output: Path | None) -> None:
    if len(files) != 2:
        raise InputError("panel diff: it compares two files. Example: foedus panel diff old.parquet new.parquet")
    rows = _library().diff(*files)
    chosen = choose_format(form, str(output) if output else None)
    if chosen in ("table", "csv"):
        rows = [{**row, "key": " ".join(f"{name}={value}" for name, value in row["key"].items())} for row in rows]
    if not rows:
        typer.echo("The two panels are the same.", err=True)
    write_output(render(rows, chosen, columns=_DIFF), str(output) if output else None)
