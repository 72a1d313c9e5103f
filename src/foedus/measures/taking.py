"""A measure taken over years: as a panel where its unit is one, as a table of years where it is of the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from foedus.core.errors import InputError, OutputError
from foedus.core.output import write_output, write_whole
from foedus.measures.catalogue import MEASURES, find_measure
from foedus.measures.declaration import Measure, references
from foedus.panels import Inputs, Panel, panel
from foedus.panels.create import last_complete_year
from foedus.panels.model import PanelColumn
from foedus.panels.output import FORMATS, beside, codebook_of
from foedus.tables.model import Given, load_table

VOTES_FOR = ("s", "pi", "kappa")  # `--portfolio unvotes` takes these of votes
_SYSTEM_FORMATS = (".parquet", ".csv")


@dataclass(frozen=True)
class SystemYears:
    """A measure of the whole system: one row a year."""

    measure: Measure
    frame: pl.DataFrame
    settings: Mapping[str, Any]

    def to_polars(self) -> pl.DataFrame:
        """The rows."""
        return self.frame

    def write(self, path: Path | str) -> Path:
        """The rows as Parquet or CSV, by the suffix, with their codebook beside the file.

        Raises
        ------
        InputError
            If the suffix is neither.
        """
        target = Path(path)
        if target.suffix.lower() not in _SYSTEM_FORMATS:
            raise InputError(f"{path}: a measure of years is written as {' or '.join(_SYSTEM_FORMATS)}.")
        if target.suffix.lower() == ".csv":
            write_output(self.frame.write_csv(), str(target))
        else:
            write_whole(target, self.frame.write_parquet)
        write_output(self.codebook_csv(), str(beside(target, "codebook.csv")))
        return target

    def codebook_csv(self) -> str:
        """One line a column, as beside a panel."""
        coverage, datasets = self.measure.table.covered(self.settings)
        columns = (PanelColumn("year"), *(PanelColumn(name, self.measure.table.id, datasets, coverage)
                                          for name in self.measure.table.columns))  # fmt: skip
        return codebook_of(columns)


def take(
    name: str, first: int | str | None = None, last: int | str | None = None, *,
    inputs: Mapping[str, pl.DataFrame] | Path | str | Inputs | None = None, **options: Any,
) -> Panel | SystemYears:  # fmt: skip
    """A measure over years: one row a unit of observation, one column a variant.

    Parameters
    ----------
    name
        One of `list_measures`.
    first, last
        Years, inside the coverage of the source; by default all of it.
    options
        Those of the measure, such as `portfolio="record"`, `weights="cinc"`.

    Raises
    ------
    InputError
        If a year lies outside the coverage, or an option is not the measure's.
    MissingError
        If a dataset is not there; the message names the command that gets it.
    """
    if options.get("portfolio") == "unvotes" and name in VOTES_FOR:
        name, options = "agreement", {key: value for key, value in options.items() if key != "portfolio"}
    measure = find_measure(name)
    settings = measure.table.settings(options)
    coverage, _ = measure.table.covered(settings)
    end = min(coverage.last, last_complete_year().year)
    start = coverage.first if first is None else _year(first, name)
    stop = end if last is None else _year(last, name)
    if start > stop:
        raise InputError(f"{name}: {start} to {stop}: the last year is before the first. Turn them round.")
    if start < coverage.first or stop > end:
        raise InputError(
            f"{name}: {start} to {stop} is not covered. Its source speaks of {coverage.first}-{end}: name years in it."
        )
    if measure.unit == "system-year":
        given = inputs if isinstance(inputs, Inputs) else Inputs(inputs)
        frame = load_table(measure.table, Given(given.read, last_complete_year()), settings)
        return SystemYears(measure, frame.filter(pl.col("year").is_between(start, stop)).sort("year"), settings)
    return panel(measure.unit, start, stop, inputs=inputs).add(measure.table.id, **options)


def list_measures() -> list[dict[str, Any]]:
    """One row a measure: name, title, unit, range, columns, inputs, options, sources, mark, use and page.

    An option with one value allows any, and that is the default; with none it has to be named.
    """
    return [
        {
            "name": measure.name, "title": measure.title, "unit": measure.unit, "range": _range(measure.bounds),
            "columns": list(measure.table.columns), "inputs": list(measure.inputs),
            "options": {key: list(values) for key, values in measure.table.options.items()},
            "source": list(measure.citation), "references": [references()[key] for key in measure.citation],
            "mark": measure.mark, "good_for": measure.good_for, "bad_for": measure.bad_for,
            "page": f"docs/measures/{measure.see.replace('#', '.md#')}",
        }
        for measure in MEASURES
    ]  # fmt: skip


def check_target(name: str, path: Path | str) -> None:
    """Whether a measure can be written to a file of this name, before its years are computed.

    Raises
    ------
    InputError
        If the suffix is none of its formats.
    OutputError
        If its folder is not there.
    """
    target, is_system = Path(path), find_measure(name).unit == "system-year"
    formats = _SYSTEM_FORMATS if is_system else tuple(FORMATS)
    if target.suffix.lower() not in formats:
        raise InputError(f"{path}: {name} is written as {', '.join(formats[:-1])} or {formats[-1]}. Name such a file.")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {target.parent}. Choose another place, or make it.")


def _year(text: int | str, name: str) -> int:
    if not str(text).strip().lstrip("-").isdigit():
        raise InputError(f"{name}: {text!r} is no year. Write it with digits, such as 1990.")
    return int(text)


def _range(bounds: tuple[float | None, float | None]) -> str:
    low, high = ("" if end is None else f"{end:g}" for end in bounds)
    return f"{low or '...'} to {high or '...'}"
