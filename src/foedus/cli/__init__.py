"""The command line: parse, call one public function, show."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
import typer.core

from foedus.cli import check as check_command
from foedus.cli import data as data_commands
from foedus.cli import measure as measure_commands
from foedus.cli import panel as panel_command
from foedus.cli import profile as profile_command
from foedus.cli import record as record_commands
from foedus.cli import upkeep
from foedus.core.errors import FoedusError

typer.core.HAS_RICH = False  # with rich installed, brackets in help are escaped even where markup is off
app = typer.Typer(
    name="foedus",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: foedus members CSTO --on 1995-01-01",
)
record_commands.register(app)
upkeep.register(app)
check_command.register(app)
data_commands.register(app)
panel_command.register(app)
measure_commands.register(app)
profile_command.register(app)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        from foedus.core.version import CODE_VERSION
        from foedus.record.load import DATA, read_head

        version, day = read_head(DATA)
        typer.echo(f"foedus {CODE_VERSION}, record {version} of {day}")
        raise typer.Exit


@app.callback()
def _foedus(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Code, record and its day.")
    ] = False,
) -> None:
    """Military alliances and foreign bases: a dated, sourced record, and a checker that holds texts against it."""


def main() -> None:
    """Run the command line; a mistake of the user ends in a message and an exit code, never in a traceback."""
    try:
        app([_argument(text) for text in sys.argv[1:]], prog_name="foedus")
    except FoedusError as error:
        if os.environ.get("FOEDUS_DEBUG") == "1":
            raise
        sys.stderr.buffer.write(f"{error}\n".encode(errors="backslashreplace"))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _argument(text: str) -> str:
    """What the user typed, read as UTF-8 where the locale knows only ASCII."""
    try:
        return text if text.isascii() else os.fsencode(text).decode()
    except UnicodeError:
        return text
