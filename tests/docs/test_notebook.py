"""The notebook of a first-time user, cell by cell: on the real files where they are, and on small ones made here."""

from __future__ import annotations

import contextlib
import io
import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ibis", reason="the panels extra is not installed")
import official
import pyreadstat

from foedus.panels.inputs import default_inputs
from foedus.sources.getting import get_data

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
NOTEBOOK = ROOT / "docs" / "first-panel.ipynb"
# Where the real files lie, below the shared folder.
FOLDERS = {
    "cow": ("cow.contiguity-3.2", "cow.majors-2016", "cow.nmc-6.0"),
    "controls": ("polity.polity5-2018",),
    "atop": ("atop.directed-dyad-years-5.1",),
    "peacesciencer-inputs": ("gml.dyads-2.2.1",),
}


def code_cells() -> list[dict[str, Any]]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, an empty store, and nothing that an earlier panel has read."""
    monkeypatch.setenv("FOEDUS_HOME", str(tmp_path / "home"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    default_inputs.cache_clear()
    return tmp_path / "work"


def run() -> tuple[list[str], dict[str, Any]]:
    """What every cell of the notebook prints, and the names that it leaves."""
    names: dict[str, Any] = {}
    printed = []
    for cell in code_cells():
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), names)
        printed.append(out.getvalue())
    return printed, names


def test_the_notebook_runs_on_small_files_in_the_official_layouts(work: Path, tmp_path: Path) -> None:
    official.install(tmp_path / "files")
    begun = time.monotonic()
    _, names = run()
    assert time.monotonic() - begun < 120
    assert (names["row"]["conttype"], names["row"]["atop_defense"], names["row"]["gmlmidonset"]) == (1, 1, 0)
    frame, meta = pyreadstat.read_dta(str(work / "replication.dta"), output_format="polars")
    assert frame.height == names["panel"].count() > 0
    assert meta.column_names_to_labels["atop_defense"]
    assert "leeds-et-al-2002" in (work / "replication.dta.bib").read_text(encoding="utf-8")


def test_the_notebook_prints_on_the_real_files_what_it_shows(work: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here: the real files cannot be read")
    for folder, datasets in FOLDERS.items():
        get_data(list(datasets), path=SHARED / folder)
    printed, _ = run()
    shown = ["".join("".join(output["text"]) for output in cell["outputs"]) for cell in code_cells()]
    assert printed == shown


def test_the_notebook_names_no_place_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not any(place in text for place in ("/home/", "/work", "/tmp", "C:\\\\"))
