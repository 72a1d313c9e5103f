"""The command that holds a text against the record."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.core.errors import InputError
from foedus.core.output import choose_format, stream_output, to_json, write_output

if TYPE_CHECKING:
    from foedus.documents.model import Document
    from foedus.documents.opening import Given
    from foedus.findings.check import Checker

FORMATS = ("text", "json", "jsonl", "html", "claimreview")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: foedus check article.md --published 2024-03-01 -o report.html")(check)


def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE|URL|-]...", help="What to read; - is standard input.")
    ] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the text appeared.")] = None,
    language: Annotated[str, typer.Option(metavar="auto|en|ru|ar")] = "auto",
    excerpts: Annotated[
        bool, typer.Option("--excerpts", help="HTML with only the sentences that were checked.")
    ] = False,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS))] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="The suffix gives the format.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="For claimreview.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="For claimreview.")] = None,
    approve: Annotated[
        str | None, typer.Option(metavar="ID,...", help="For claimreview: claims that a person approved.")
    ] = None,
) -> None:
    """Hold a text against the record, claim by claim.

    Reads text, Markdown, HTML, PDF, DOCX, or a corpus (.jsonl, .parquet) with id, text and optionally title,
    published, language. Opinions, motives and forecasts get no verdict.
    """
    from foedus.documents.opening import Given, is_corpus

    names = files or ["-"]
    chosen = choose_format(form, output, FORMATS)
    given = Given(published, language)
    many = len(names) > 1 or any(is_corpus(name) for name in names)
    if many and chosen in ("html", "claimreview"):
        raise InputError(f"--format {chosen}: it is made for one text, and several were named. Name one, or use json.")
    if chosen == "claimreview" and not (publisher and url):
        raise InputError("--format claimreview: published in somebody's name. Add --publisher NAME and --url URL.")
    checked = _reports(names, given)
    if chosen == "jsonl":
        stream_output((to_json(report, indent=None) for report, _, _ in checked), output)
    elif chosen == "json":
        reports = [report for report, _, _ in checked]
        write_output(to_json(reports if many else reports[0]), output)
    elif chosen == "text":
        stream_output(_texts(checked, output), output)
    else:
        report, document, checker = next(iter(checked))
        if chosen == "html":
            from foedus.findings.page import render

            write_output(render(report, document.text, checker.record, excerpts=excerpts), output)
        else:
            from foedus.findings.claimreview import claim_reviews

            approved = [key.strip() for key in (approve or "").split(",") if key.strip()]
            write_output(
                to_json(claim_reviews(report, document.text, publisher=publisher, url=url, approved=approved)), output
            )


Checked = tuple[dict[str, Any], "Document", "Checker"]


def _reports(names: Iterable[str], given: Given) -> Iterator[Checked]:
    """Each text with its report; theses are for a text that a user reads, not for corpora."""
    from foedus.documents.opening import is_corpus, open_documents
    from foedus.findings.check import Checker
    from foedus.record.cache import load_record

    checker: Checker | None = None
    for name in names:
        documents = open_documents(name, given)
        for document in _with_progress(documents, name) if is_corpus(name) else documents:
            checker = checker or Checker(load_record())
            yield checker.check(document, theses=not is_corpus(name)), document, checker


def _with_progress(documents: Iterator[Document], name: str) -> Iterator[Document]:
    """Texts read so far, on a terminal only."""
    if not sys.stderr.isatty():
        yield from documents
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}: {task.completed} texts"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(documents, description=name)


def _texts(checked: Iterable[Checked], output: str | None) -> Iterator[str]:
    from foedus.findings.textual import render

    colour = output in (None, "-") and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for i, (report, _, checker) in enumerate(checked):
        yield ("\n" if i else "") + render(report, checker.record.sources, colour=colour)
