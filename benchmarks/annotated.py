"""How well texts are read and judged: the table of docs/checking.md, from annotated texts outside of the project.

Give the folder that holds tools/score_documents.py and data/. With --write the table of the page is replaced. Below
it stands what the page does not show: coverage over all claims that can be checked and over those about pacts that
the record holds, and the share of natural errors found.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import foedus
from foedus.record.names import names_of_pact

SETS = {"documents-dev": "encyclopaedic", "commentary-dev": "commentary"}
LANGUAGES = {"en": "English", "ru": "Russian", "ar": "Arabic"}
COLUMNS = {
    "precision": "precision", "recall": "recall", "group_f1": "group F1", "date_exact": "dates exact",
    "quoted_recall": "quoted found",
}  # fmt: skip
PAGE = Path(__file__).parents[1] / "docs" / "checking.md"


def scored(shared: Path, folder: str, *options: str) -> dict[str, Any]:
    """What the scorer prints of one set."""
    command = [sys.executable, str(shared / "tools/score_documents.py"), str(shared / "data" / folder)]
    command += ["--foedus", f"{sys.executable} -m foedus", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def in_scope(shared: Path, folder: str, language: str, predictions: Path) -> float | None:
    """Coverage over the claims whose pact is in the record."""
    spec = importlib.util.spec_from_file_location("score", shared / "data" / folder / "score.py")
    if spec is None or spec.loader is None:
        return None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    names = {score.norm(name) for pact in foedus.load_record().pacts.values() for name in names_of_pact(pact)}
    rows = score.rows(shared / "data" / folder / "gold.jsonl")
    known = [r for r in rows if r["lang"] == language and {score.norm(r["subject"]), score.norm(r["object"])} & names]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
        gold.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in known)
        gold.flush()
        found: float | None = score.extraction(gold.name, str(predictions))["coverage"]
    return found


def row(cells: list[str]) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def shown(figure: float | None) -> str:
    """Two decimals; a dash where there is nothing to count."""
    return "–" if figure is None else f"{figure:.2f}"


def measure(shared: Path) -> tuple[list[str], list[str]]:
    """The lines of the page's table, and what it does not show."""
    table = [row(["set", "language", "statements", *COLUMNS.values(), "true ones contradicted"])]
    table.append(row(["---"] * (len(COLUMNS) + 4)))
    further = []
    for folder, kind in SETS.items():
        for language, name in LANGUAGES.items():
            with tempfile.NamedTemporaryFile(suffix=".jsonl") as kept:
                result = scored(shared, folder, "--language", language, "--keep", kept.name)
                scope = in_scope(shared, folder, language, Path(kept.name))
            wrong = result["verdict_confusion"].get("supported->contradicted", 0)
            figures = [shown(result[key]) for key in COLUMNS]
            table.append(row([kind, name, str(result["gold"]), *figures, str(wrong)]))
            further.append(
                f"{kind}, {name}: coverage {shown(result['coverage'])}, of pacts in the record {shown(scope)},"
                f" natural errors found {shown(result['natural_errors_found'])}"
            )
    moved = scored(shared, "documents-dev", "--language", "en", "--mutations")
    further.append(
        f"moved years: {moved['covered']} of {moved['mutations']} covered, {moved['contradicted']} contradicted"
    )
    return table, further


def write(table: list[str]) -> None:
    """Put the table in place of that of the page."""
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    first = lines.index(table[0])
    last = next(i for i in range(first, len(lines)) if not lines[i].startswith("|"))
    PAGE.write_text("\n".join([*lines[:first], *table, *lines[last:]]), encoding="utf-8")


def main() -> None:
    """Print the table, and with --write put it into the page."""
    folders = [argument for argument in sys.argv[1:] if argument != "--write"]
    table, further = measure(Path(folders[0] if folders else "../shared"))
    print("\n".join([*table, "", *further]))
    if "--write" in sys.argv:
        write(table)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
