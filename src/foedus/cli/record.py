"""The commands on the record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.core.output import FORMATS, choose_format, render, render_one, write_output
from foedus.record.vocabulary import BaseStatus, CitationStyle, MemberStatus

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="EDTF date; by default the record's own day.")]
Form = Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="By default a table.")]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="The suffix gives the format.")]
_MAP_FORMATS = (*FORMATS, "geojson")

_MEMBERS = ("state", "name", "pact", "status", "signed", "joined", "suspended", "withdrew", "rejoined")
_PACTS = ("id", "name", "pledges", "signed", "in_force", "ended", "members")
_TIMELINE = ("date", "event", "pact", "state", "name", "base", "organ", "person", "place", "says", "fact")
_BASES = ("id", "name", "kind", "host", "operator", "territory", "since", "until", "status")


def register(app: typer.Typer) -> None:
    """Add the commands, each with an example under its help."""
    record = typer.Typer(
        help="The record as a whole.", no_args_is_help=True, rich_markup_mode=None,
        epilog="Example: foedus record validate",
    )  # fmt: skip
    for function, example in _COMMANDS:
        app.command(epilog=f"Example: {example}")(function)
    record.command(epilog="Example: foedus record validate src/foedus/record/data")(validate)
    record.command(epilog="Example: foedus record stats --format json")(stats)
    app.add_typer(record, name="record")


def _load() -> Any:
    from foedus.record.cache import load_record

    return load_record()


def _show(
    rows: Sequence[dict[str, Any]], form: str | None, output: str | None, columns: Sequence[str] = (),
    *, allowed: Sequence[str] = FORMATS, empty: str = "Nothing in the record answers this.",
) -> None:  # fmt: skip
    chosen = choose_format(form, output, allowed)
    if not rows:
        typer.echo(empty, err=True)
    write_output(render(rows, chosen, columns=columns), output)


def _show_one(row: dict[str, Any], form: str | None, output: str | None) -> None:
    write_output(render_one(row, choose_format(form, output)), output)


def members(
    pact: Annotated[str, typer.Argument(metavar="PACT", help="Id, acronym or name.")],
    on: On = None,
    status: Annotated[MemberStatus, typer.Option(help="Which status the state has on that date.")] = "member",
    form: Form = None,
    output: Output = None,
) -> None:
    """Who belongs to a pact on a date.

    The name of an organization covers the treaty that it grew out of: before it had members, those of the treaty
    are given, and `pact` says so.
    """
    from foedus.record import query

    record = _load()
    rows = query.members(record, pact, on=on, status=status)
    empty = f"None on {on or record.day}. Try another --on, or --status all."
    _show(rows, form, output, _MEMBERS, empty=empty)


def pacts(
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="Only pacts that it is a member of.")] = None,
    on: On = None,
    pledge: Annotated[str | None, typer.Option(metavar="defense|consult|...", help="Only pacts with it.")] = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """The pacts of the record, or those that a state is a member of."""
    from foedus.record import query

    _show(query.pacts(_load(), state, on=on, pledge=pledge), form, output, _PACTS)


def timeline(
    name: Annotated[str, typer.Argument(metavar="PACT|STATE|BASE|ORGAN")], form: Form = None, output: Output = None
) -> None:
    """What happened when, each line with its source."""
    from foedus.record import query

    _show(query.timeline(_load(), name), form, output, _TIMELINE)


def bases(
    host: Annotated[str | None, typer.Option(metavar="STATE", help="On whose soil.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="STATE", help="Whose forces.")] = None,
    on: On = None,
    kind: Annotated[str | None, typer.Option(metavar="air|naval|...")] = None,
    status: Annotated[
        BaseStatus | None, typer.Option(help="By default what was in use then, however well attested.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(_MAP_FORMATS))] = None,
    output: Output = None,
) -> None:
    """Foreign bases on a date, one row per operator's spell."""
    from foedus.record import query

    rows = query.bases(_load(), host=host, operator=operator, on=on, kind=kind, status=status)
    _show(rows, form, output, _BASES, allowed=_MAP_FORMATS)


def state(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Record id, cow:365, gw:365 or a name.")],
    on: On = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Names, codes and dates of a state."""
    from foedus.record import query

    _show_one(query.state(_load(), name, on=on), form, output)


def fact(key: Annotated[str, typer.Argument(metavar="ID")], form: Form = None, output: Output = None) -> None:
    """One fact with its sources and rival values."""
    from foedus.record import query

    _show_one(query.fact(_load(), key), form, output)


def cite(
    key: Annotated[str, typer.Argument(metavar="ID", help="A fact, or a key of the bibliography.")],
    style: Annotated[CitationStyle, typer.Option()] = "bibtex",
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """The citation of a source, or of a fact with its sources."""
    from foedus.record import query

    write_output(query.cite(_load(), key, style=style), output)


def search(text: Annotated[str, typer.Argument(metavar="TEXT")], form: Form = None, output: Output = None) -> None:
    """Where a text occurs in the names and facts of the record."""
    from foedus.record import query

    _show(query.search(_load(), text), form, output)


def stats(form: Form = None, output: Output = None) -> None:
    """How much the record holds."""
    from foedus.record import query

    _show_one(query.stats(_load()), form, output)


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


_COMMANDS = (
    (members, "foedus members CSTO --on 1995-01-01"),
    (pacts, "foedus pacts France --on 1960"),
    (timeline, 'foedus timeline "Warsaw Pact"'),
    (bases, "foedus bases --host Kyrgyzstan --on 2010 -o bases.geojson"),
    (state, "foedus state cow:365"),
    (fact, "foedus fact csto-019"),
    (cite, "foedus cite csto-019 --style text"),
    (search, "foedus search Tashkent"),
)
