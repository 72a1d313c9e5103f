"""A measure as declared: once, and from there into the command line, the reference and panels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from foedus.tables.model import Table

REFERENCES_FILE = Path(__file__).with_name("references.bib")
Mark = Literal["published", "standard", "reconstruction"]


@dataclass(frozen=True)
class Measure:
    """What a measure is called, where it lives and what it means.

    Parameters
    ----------
    name
        As typed: `foedus measure NAME`, `panel.add("measure.NAME")`.
    title
        In words.
    bounds
        Smallest and largest value; None where there is no bound.
    citation
        Keys of the bibliography of measures.
    mark
        `published`: definition checked against published data; `standard`: stated in the literature and computed in two
        ways; `reconstruction`: the description leaves a choice open.
    table
        The table that holds its values: unit, columns, options and coverage.
    good_for, bad_for
        One sentence each, for the explainer page.
    see
        Page and section of the explainer: `dependence#trade_share`.
    other_forms
        The same table for panels of another unit: of directed dyads where a table of states names a patron.
    """

    name: str
    title: str
    bounds: tuple[float | None, float | None]
    citation: tuple[str, ...]
    mark: Mark
    table: Table
    good_for: str
    bad_for: str
    see: str = ""
    other_forms: tuple[Table, ...] = ()

    @property
    def unit(self) -> str:
        """What one value is of: `dyad-year`, `state-year`, `directed-dyad-year`, `system-year`."""
        return self.table.unit

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids of the datasets that it reads by default."""
        return self.table.datasets


@cache
def references() -> dict[str, str]:
    """The bibliography of measures by key: author, year, title and where it was published, in one line."""
    from bibtexparser.entrypoint import parse_string

    library = parse_string(REFERENCES_FILE.read_text(encoding="utf-8"), parse_stack=[])
    return {entry.key: _line({field.key: str(field.value).strip("{}") for field in entry.fields})
            for entry in library.entries}  # fmt: skip


def _line(fields: dict[str, str]) -> str:
    place = next(fields[name] for name in ("journaltitle", "booktitle", "publisher", "institution") if name in fields)
    number = f"({fields['number']})" if "number" in fields else ""
    where = f"{place} {fields.get('volume', '')}{number}".strip()
    pages = f": {fields['pages']}" if "pages" in fields else ""
    author = fields["author"].replace(" and ", "; ").rstrip(".")
    return f"{author}. {fields['date']}. {fields['title'].rstrip('.')}. {where}{pages}.".replace("--", "-")
