"""How a dataset is cited: its entry of the bibliography."""

from __future__ import annotations

from functools import lru_cache

from foedus.sources.registry import CITATIONS_FILE, Dataset


def citation(dataset: Dataset) -> str:
    """The BibTeX entry (biblatex fields, Unicode) of a dataset."""
    return entries()[dataset.citation]


@lru_cache(maxsize=1)
def entries() -> dict[str, str]:
    """Every entry of the bibliography as BibTeX, by its key."""
    from bibtexparser.entrypoint import parse_string

    library = parse_string(CITATIONS_FILE.read_text(encoding="utf-8"), parse_stack=[])
    return {entry.key: f"{(entry.raw or '').strip()}\n" for entry in library.entries}
