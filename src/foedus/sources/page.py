"""The page on data in the documentation, made from the registry: `python -m foedus.sources.page > docs/data.md`."""

from __future__ import annotations

import sys
from itertools import groupby

from foedus.sources.registry import Dataset, datasets

_HEAD = """# The data of others that foedus reads

Made from `src/foedus/sources/registry.yml`; do not edit it here.

foedus ships none of these data. `foedus data get ID` fetches a dataset from its official address where there is one and
the licence allows it, and checks the sha256 of the member file; `foedus data get ID --from PATH` takes it from a file,
folder or archive of yours, whatever the file is called. A file that the registry does not know needs `--accept`.
An id without a version means the default version, marked **default**.

What every reader does:
- Codes that mean missing become null (the notes say which); a zero stays a zero. Nothing is filled in.
- Columns keep their producer's names. Days that are published in parts keep the parts; `start_date` and `end_date` are
  added, and are null where a part is not known.
- Text is UTF-8, or else Windows-1252; byte order marks and old line ends are handled; `NA` in a column of text stays
  text (Namibia's ISO code is `NA`) unless the file uses it for missing.
- A column that is not there, a row that is there twice by its key, or a value of the wrong type is an error with its
  line.
- Years say what the release covers; outside of them nothing is known.

*Derived* files hold the same data in a form that circulates, for example as an R package carries them; they are
recognised too, and what they leave out is null. Citations: `src/foedus/sources/citations.bib`.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for producer, entries in groupby(datasets().values(), key=lambda entry: entry.id.partition(".")[0]):
        listed = list(entries)
        names = ", ".join(dict.fromkeys(entry.producer for entry in listed))
        parts.append(f"\n## {producer}: {names}\n")
        parts.extend(_entry(entry) for entry in listed)
    return "".join(parts)


def _entry(entry: Dataset) -> str:
    years = "-".join(map(str, entry.coverage.years)) if entry.coverage.years else "no years"
    system = {"cow": "COW codes", "gw": "Gleditsch-Ward codes", "other": "other codes"}[entry.coverage.system]
    states = f"; {entry.coverage.states}" if entry.coverage.states else ""
    mark = " (**default**)" if entry.is_default else ""
    lines = [
        f"\n### `{entry.id}`{mark}\n",
        f"{entry.name}, version {entry.version}. {years}, {system}{states}. "
        f"Published as {entry.published}: <{entry.url}>",
        f"- Licence: {entry.licence.name}. Cite `{entry.citation}`. Get: `{entry.command}`",
    ]
    if entry.quirks:
        lines.append(f"- {entry.quirks}")
    lines.extend(
        f"- File `{file.name}` ({file.form}{', ' + file.note if file.note else ''}), sha256 `{file.sha256[:16]}…`"
        for file in entry.files
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
