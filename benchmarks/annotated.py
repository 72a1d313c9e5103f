"""How well texts are read and judged: the table of docs/checking.md, from annotated texts outside of the project.

Give the folder that holds tools/score_documents.py and data/. Coverage is printed over all claims that can be
checked and over those about pacts that the record holds.
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

SETS = ("documents-dev", "commentary-dev")
LANGUAGES = ("en", "ru", "ar")
FIGURES = ("group_f1", "precision", "date_exact", "quoted_recall", "coverage", "natural_errors_found")


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


def main() -> None:
    """Print the table."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    print("| texts | claims | " + " | ".join(FIGURES) + " | in scope | true claims contradicted |")
    print("| --- " * (len(FIGURES) + 4) + "|")
    for folder in SETS:
        for language in LANGUAGES:
            with tempfile.NamedTemporaryFile(suffix=".jsonl") as kept:
                result = scored(shared, folder, "--language", language, "--keep", kept.name)
                scope = in_scope(shared, folder, language, Path(kept.name))
            wrong = result["verdict_confusion"].get("supported->contradicted", 0)
            cells = ["–" if result[name] is None else f"{result[name]:.2f}" for name in FIGURES]
            cells += ["–" if scope is None else f"{scope:.2f}", str(wrong)]
            print(f"| {folder}, {language} | {result['gold']} | " + " | ".join(cells) + " |")
    moved = scored(shared, SETS[0], "--language", "en", "--mutations")
    print(f"\nMoved years: {moved['covered']} of {moved['mutations']} covered, {moved['contradicted']} contradicted.")


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
