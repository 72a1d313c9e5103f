"""The bibliography: BibTeX files in, sources out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock

from foedus.record.models import Source, SourceKind
from foedus.record.problems import Problem

KINDS: tuple[str, ...] = get_args(SourceKind)
Places = dict[str, tuple[Path, int]]


def read_sources(folder: Path, problems: list[Problem]) -> tuple[dict[str, Source], Places]:
    """All entries of all BibTeX files in a folder and where each stands; what is wrong is added to the problems."""
    sources: dict[str, Source] = {}
    places: Places = {}
    for path in sorted(folder.glob("*.bib")):
        for line, source in _entries(path, problems):
            if source.key in sources:
                problems.append(_twice(path, line, source.key))
            sources[source.key] = source
            places[source.key] = (path, line)
    return sources, places


def _twice(path: Path, line: int, key: str) -> Problem:
    return Problem(path, line, f"source {key} is there twice.", "Rename or delete one of them.", rule="duplicate")


def _entries(path: Path, problems: list[Problem]) -> Iterator[tuple[int, Source]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problems.append(
            Problem(path, 1, f"this is not UTF-8 text ({error.reason}).", "Save the file as UTF-8.", rule="form")
        )
        return
    library = parse_string(text, parse_stack=[])
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateBlockKeyBlock):
            problems.append(_twice(path, line, block.key))
        else:
            problems.append(
                Problem(path, line, "this entry is not valid BibTeX.", "Correct its braces and commas.", rule="form")
            )
    for entry in library.entries:
        line = (entry.start_line or 0) + 1
        fields = {field.key.lower(): _plain(field.key.lower(), str(field.value)) for field in entry.fields}
        kind = fields.pop("keywords", "")
        if kind not in KINDS:
            found = f"source {entry.key} has keywords = {{{kind}}}."
            problems.append(Problem(path, line, found, f"Use one of {', '.join(KINDS)}.", rule="source"))
            continue
        if not fields.get("title"):
            found = f"source {entry.key} has no title."
            problems.append(Problem(path, line, found, "Give the title of what was read.", rule="source"))
        yield line, Source(key=entry.key, kind=kind, entry_type=entry.entry_type, fields=fields)  # type: ignore[arg-type]


def _plain(name: str, value: str) -> str:
    """A field without its delimiters; only persons keep the braces that make a body's name one word."""
    value = value.strip()
    if value[:1] + value[-1:] in ("{}", '""'):
        value = value[1:-1]
    if name not in ("author", "editor"):
        value = value.replace("{", "").replace("}", "")
    return " ".join(value.split())
