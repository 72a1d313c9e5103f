"""The commands on the record as a whole: check it, count it, hand it on, compare two states of it, review it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.record import Form, Output, load, show, show_one
from foedus.core.errors import InputError
from foedus.core.output import FORMATS, choose_format, write_output

_DIFF_FORMATS = (*FORMATS, "md", "atom")


def register(app: typer.Typer) -> None:
    """Add the group of commands, each with an example under its help."""
    record = typer.Typer(
        help="The record as a whole.", no_args_is_help=True, rich_markup_mode=None,
        epilog="Example: foedus record validate",
    )  # fmt: skip
    for function, example in _COMMANDS:
        record.command(epilog=f"Example: {example}")(function)
    app.add_typer(record, name="record")


def stats(form: Form = None, output: Output = None) -> None:
    """How much the record holds."""
    from foedus.record import query

    show_one(query.stats(load()), form, output)


def validate(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="By default the record of foedus.")] = None,
    is_quiet: Annotated[bool, typer.Option("--errors", help="Leave warnings out.")] = False,
) -> None:
    """Check every line of a record; each mistake is named by file and line."""
    from foedus.record.constraints import validate as check_record
    from foedus.record.load import DATA

    problems = check_record(folder or DATA)
    errors = sum(problem.severity == "error" for problem in problems)
    lines = [f"{p.severity}: {p}" for p in problems if p.severity == "error" or not is_quiet]
    lines.append(f"{errors} errors, {len(problems) - errors} warnings")
    write_output("".join(f"{line}\n" for line in lines))
    if errors:
        raise typer.Exit(4)


def export(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an earlier export.")]) -> None:
    """Write the record as a Frictionless data package: CSV, Parquet (with the panels extra), GeoJSON, citations."""
    from foedus.record.export import export as write_package

    for path in write_package(load(), folder):
        typer.echo(path)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="An export or a record's data.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, or: shipped.")],
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(_DIFF_FORMATS))] = None,
    output: Output = None,
) -> None:
    """What two states of the record assert differently, fact by fact.

    `md` makes a changelog of it, `atom` a feed. `shipped` is the record of this installation.
    """
    from foedus.record.diff import atom_feed, changelog, changes, snapshot

    chosen = choose_format(form, output, _DIFF_FORMATS)
    before, after = snapshot(old), snapshot(new)
    if chosen in ("md", "atom"):
        write_output((changelog if chosen == "md" else atom_feed)(before, after), output)
    else:
        show(changes(before, after), form, output, empty="No fact differs.")


def worksheet(
    pact: Annotated[str, typer.Argument(metavar="PACT", help="Id, acronym or name.")],
    filled: Annotated[
        Path | None, typer.Option("--read", metavar="FILE", help="A worksheet that was filled in.")
    ] = None,
    is_blind: Annotated[bool, typer.Option("--blind", help="Without the dates and what the sources say.")] = False,
    reader: Annotated[str, typer.Option(metavar="person|automated", help="Who read, with --read.")] = "person",
    day: Annotated[str | None, typer.Option(metavar="DATE", help="The day of reading, with --read.")] = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """A spreadsheet (CSV) by which a scholar reviews a pact; --read tells what a filled one says.

    With --read and -o FILE.yml the lines for reviews.yml are written; otherwise a row a fact with what differs.
    """
    from foedus.record import worksheet as sheets

    record = load()
    if filled is None:
        write_output(sheets.worksheet(record, sheets.facts_of(record, pact), is_blind=is_blind), output)
        return
    if reader not in ("person", "automated"):
        raise InputError(f"--reader: {reader!r} is none. Use person or automated.")
    rows = sheets.read_back(record, filled)
    if output and output.endswith((".yml", ".yaml")):
        write_output(sheets.reviews_yaml(rows, reader=reader, day=day or record.day), output)
        return
    show(rows, form, output, ("fact", "supported", "differs", "remark"), empty="No row was filled in.")
    for line in sheets.agreement(record, rows):
        typer.echo("{field}: {agree} of {facts} agree ({per_cent} %), kappa {kappa}".format(**line), err=True)


_COMMANDS = (
    (validate, "foedus record validate src/foedus/record/data"),
    (stats, "foedus record stats --format json"),
    (export, "foedus record export record-package"),
    (diff, "foedus record diff last-year/ shipped --format md -o CHANGES.md"),
    (worksheet, "foedus record worksheet CSTO -o csto.csv"),
)
