"""The command that measures whether an alliance is one state's instrument."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.core.errors import InputError
from foedus.core.output import choose_format, to_json, write_output

FORMATS = ("md", "json", "html")
_EXAMPLE = "foedus profile CSTO --patron RUS -o csto.html"


def register(app: typer.Typer) -> None:
    """Add the command, with an example under its help."""
    app.command(epilog=f"Example: {_EXAMPLE}")(profile)


def profile(
    pact: Annotated[str, typer.Argument(metavar="PACT", help="Id, acronym or name.")],
    patron: Annotated[str | None, typer.Option(metavar="STATE", help="The candidate patron, member or not.")] = None,
    years: Annotated[str | None, typer.Option(metavar="A-B", help="By default all with members.")] = None,
    compare: Annotated[list[str] | None, typer.Option(metavar="PACT:STATE", help="A peer; again for more.")] = None,
    preregister: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write hypotheses and thresholds there; if it exists, state departures."),
    ] = None,
    falsify: Annotated[
        bool, typer.Option("--falsify", help="Also run on alliances and patrons made up at random.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="A folder with the datasets' files.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS))] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="The suffix gives the format.")
    ] = None,
) -> None:
    """Nine dimensions of whether an alliance serves one state, each read for, against or undetermined.

    No overall number. What the embedded record cannot fill is listed with the command that gets the dataset.
    """
    from foedus.cli.panel import parse_years
    from foedus.findings import profile as profiles
    from foedus.findings.profile.drawing import Engine
    from foedus.record.cache import load_record

    if patron is None:
        raise InputError(f"profile: no candidate patron. Add --patron STATE, e.g. {_EXAMPLE}")
    chosen = choose_format(form, output, FORMATS)
    first, last = parse_years(years)
    window = (int(first) if first else None, int(last) if last else None)
    record = load_record()
    if preregister is not None and not preregister.exists():
        profiles.preregister(record, pact, patron=patron, years=window, compare=compare or [], path=preregister)
        typer.echo(f"{preregister}: written. Run the same command again to measure against it.", err=True)
        return
    with Engine(is_beside=chosen == "html") as engine:
        report = profiles.profile(
            record, pact, patron=patron, years=window, compare=compare or (), inputs=source,
            preregistration=preregister, falsify=falsify,
        )  # fmt: skip
        if chosen == "json":
            text = to_json(report)
        elif chosen == "md":
            from foedus.findings.profile.markdown import render as as_markdown

            text = as_markdown(report, record)
        else:
            from foedus.findings.profile.page import render as as_page

            text = as_page(report, record, engine)
    write_output(text, output)
