"""The commands that ask the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from foedus.core.errors import InputError
from foedus.core.output import FORMATS, choose_format, render, render_one, write_output
from foedus.record.vocabulary import BaseStatus, CitationStyle, MemberStatus

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="EDTF date; by default the record's own day.")]
Form = Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="By default a table.")]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="The suffix gives the format.")]
_MAP_FORMATS = (*FORMATS, "geojson")

_MEMBERS = ("state", "name", "pact", "status", "signed", "joined", "suspended", "withdrew", "rejoined")
_PACTS = ("id", "name", "pledges", "signed", "in_force", "ended", "members")
_TIMELINE = ("date", "event", "pact", "state", "name", "base", "organ", "person", "place", "says", "fact")
_COMPARE = ("pact", "state", "field", "record", "dataset", "value", "agrees", "reason")
_BASES = ("id", "name", "kind", "host", "operator", "territory", "since", "until", "status")


def register(app: typer.Typer) -> None:
    """Add the commands, each with an example under its help."""
    for function, example in _COMMANDS:
        app.command(epilog=f"Example: {example}")(function)


def load() -> Any:
    from foedus.record.cache import load_record

    return load_record()


def show(
    rows: Sequence[dict[str, Any]], form: str | None, output: str | None, columns: Sequence[str] = (),
    *, allowed: Sequence[str] = FORMATS, empty: str = "Nothing in the record answers this.",
) -> None:  # fmt: skip
    chosen = choose_format(form, output, allowed)
    if not rows:
        typer.echo(empty, err=True)
    write_output(render(rows, chosen, columns=columns), output)


def show_one(row: dict[str, Any], form: str | None, output: str | None) -> None:
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

    record = load()
    rows = query.members(record, pact, on=on, status=status)
    empty = f"None on {on or record.day}. Try another --on, or --status all."
    show(rows, form, output, _MEMBERS, empty=empty)


def pacts(
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="Only pacts that it is a member of.")] = None,
    on: On = None,
    pledge: Annotated[str | None, typer.Option(metavar="defense|consult|...", help="Only pacts with it.")] = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """The pacts of the record, or those that a state is a member of."""
    from foedus.record import query

    show(query.pacts(load(), state, on=on, pledge=pledge), form, output, _PACTS)


def timeline(
    name: Annotated[str, typer.Argument(metavar="PACT|STATE|BASE|ORGAN")], form: Form = None, output: Output = None
) -> None:
    """What happened when, each line with its source."""
    from foedus.record import query

    show(query.timeline(load(), name), form, output, _TIMELINE)


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

    rows = query.bases(load(), host=host, operator=operator, on=on, kind=kind, status=status)
    show(rows, form, output, _BASES, allowed=_MAP_FORMATS)


def state(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Record id, cow:365, gw:365 or a name.")],
    on: On = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Names, codes and dates of a state."""
    from foedus.record import query

    show_one(query.state(load(), name, on=on), form, output)


def fact(key: Annotated[str, typer.Argument(metavar="ID")], form: Form = None, output: Output = None) -> None:
    """One fact with its sources and rival values."""
    from foedus.record import query

    show_one(query.fact(load(), key), form, output)


def cite(
    key: Annotated[str, typer.Argument(metavar="ID", help="A fact, or a key of the bibliography.")],
    style: Annotated[CitationStyle, typer.Option()] = "bibtex",
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """The citation of a source, or of a fact with its sources."""
    from foedus.record import query

    write_output(query.cite(load(), key, style=style), output)


def search(text: Annotated[str, typer.Argument(metavar="TEXT")], form: Form = None, output: Output = None) -> None:
    """Where a text occurs in the names and facts of the record."""
    from foedus.record import query

    show(query.search(load(), text), form, output)


def compare(
    pact: Annotated[str | None, typer.Argument(metavar="PACT", help="Id, acronym or name.")] = None,
    datasets: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="DATASET", help="atop.members, cow.alliances; both by default."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every pact held in common, counted.")] = False,
    form: Form = None,
    output: Output = None,
) -> None:
    """The record beside other datasets, member by member, with a reason where they differ.

    A dataset must be there: foedus data get atop.members.
    """
    from foedus.findings.codings import CODINGS
    from foedus.findings.compare import compare as compare_pact
    from foedus.findings.compare import compare_all, summary

    if every == (pact is not None):
        raise InputError("foedus compare: name one pact, or give --all and none.")
    if pact is None:
        show(summary(compare_all(load(), datasets or tuple(CODINGS))), form, output)
        return
    rows = compare_pact(load(), pact, datasets=datasets or tuple(CODINGS))
    show(rows, form, output, _COMPARE, empty="The datasets have no alliance that is one with this pact.")


_COMMANDS = (
    (members, "foedus members CSTO --on 1995-01-01"),
    (pacts, "foedus pacts France --on 1960"),
    (timeline, 'foedus timeline "Warsaw Pact"'),
    (bases, "foedus bases --host Kyrgyzstan --on 2010 -o bases.geojson"),
    (state, "foedus state cow:365"),
    (fact, "foedus fact csto-019"),
    (cite, "foedus cite csto-019 --style text"),
    (search, "foedus search Tashkent"),
    (compare, "foedus compare CST --with atop.members"),
)
