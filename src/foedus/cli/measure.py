"""The commands that list measures and take one of them over years."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.cli.panel import parse_years
from foedus.cli.record import Form, Output, show
from foedus.core.errors import InputError
from foedus.core.extras import needing

_EXAMPLE = "foedus measure s --years 1946-2018 --portfolio atop -o s.parquet"
_LIST = ("name", "title", "unit", "range", "inputs", "source")


def register(app: typer.Typer) -> None:
    """Add `measures` and `measure`, each with an example under its help."""
    app.command(epilog="Example: foedus measures --format json")(measures)
    app.command(epilog=f"Example: {_EXAMPLE}")(measure)


def measures(form: Form = None, output: Output = None) -> None:
    """The measures: name, unit, range, source, and the datasets that they read."""
    with needing("panels,measures", "measures"):
        from foedus.measures import list_measures
    show(list_measures(), form, output, _LIST)


def measure(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `foedus measures` lists them.")],
    years: Annotated[str | None, typer.Option(metavar="A-B", help="By default all that are covered.")] = None,
    portfolio: Annotated[
        str | None, typer.Option(metavar="atop|cow|record|unvotes", help="Whose ties; atop by default.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Another option; again for more.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="A folder with the datasets' files.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help=".parquet or .csv; .dta too, but not for a measure of years."
        ),
    ] = None,
) -> None:
    """A measure over years as a file: one row a unit, a column a variant; codebook, lock and citations beside it.

    Years outside the coverage of a source are refused, and what is undefined is empty.
    """
    with needing("panels,measures", "measure"):
        from foedus.measures.taking import check_target, take
    if output is None:
        raise InputError(f"measure: no file to write. Example: {_EXAMPLE}")
    check_target(name, output)
    options = _options(option or ())
    if portfolio:
        options["portfolio"] = portfolio
    first, last = parse_years(years)
    typer.echo(take(name, first, last, inputs=source, **options).write(output), err=True)


def _options(texts: list[str] | tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise InputError(f"--option {text}: write NAME=VALUE, e.g. weights=cinc.")
        found[name] = int(value) if value.lstrip("-").isdigit() else value
    return found
