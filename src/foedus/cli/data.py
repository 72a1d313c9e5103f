"""The commands on datasets: what there is, getting it, checking it, where it lies."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from foedus.core.output import FORMATS, choose_format, render, write_output

Form = Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="By default a table.")]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="The suffix gives the format.")]
_LIST = ("id", "present", "years", "system", "size", "name", "licence")


def register(app: typer.Typer) -> None:
    """Add `data` and its commands, each with an example under its help."""
    data = typer.Typer(
        help="Datasets of others: list, get, verify.", no_args_is_help=True, rich_markup_mode=None,
        epilog="Example: foedus data get cow.nmc",
    )  # fmt: skip
    data.command("list", epilog="Example: foedus data list")(list_)
    data.command(epilog="Example: foedus data get cow.nmc cow.states --from ~/Downloads")(get)
    data.command(epilog="Example: foedus data verify")(verify)
    data.command(epilog="Example: foedus data path cow.nmc-6.0")(path)
    app.add_typer(data, name="data")


def list_(form: Form = None, output: Output = None) -> None:
    """Every dataset that foedus reads: version, coverage, licence, size, whether it is here."""
    from foedus.sources.listing import list_data

    write_output(render(list_data(), choose_format(form, output), columns=_LIST), output)


def get(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="With a version, or without for the default.")],
    source: Annotated[str | None, typer.Option("--from", metavar="PATH", help="A file, folder or archive.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take a file of an unknown version.")] = False,
) -> None:
    """Get datasets from their official address, or from files that you have.

    The sha256 of the file decides what it is, so a renamed file is recognised.
    """
    from foedus.sources.getting import get_data

    with _progress() as progress:
        got = get_data(ids, path=source, accept=accept, progress=progress)
    for item in got:
        state = "accepted by you" if item.is_accepted else item.file.form if item.file else "registered"
        typer.echo(f"{item.dataset}  {Path(item.path).name}  {state}  {item.sha256}".rstrip())


def verify(form: Form = None, output: Output = None) -> None:
    """Whether the files that are here still have the hash that they came with."""
    from foedus.sources.listing import verify_data

    rows = verify_data()
    if not rows:
        typer.echo("No dataset is here yet. Run: foedus data get ID", err=True)
    write_output(render(rows, choose_format(form, output)), output)
    damaged = sorted({row["id"] for row in rows if row["state"] == "damaged"})
    if damaged:
        typer.echo(f"damaged: get them again with: foedus data get {' '.join(damaged)}", err=True)
        raise typer.Exit(4)


def path(dataset: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Where the file of a dataset lies."""
    from foedus.sources.reading import data_path

    typer.echo(str(data_path(dataset)))


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    with Progress(BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("download", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
