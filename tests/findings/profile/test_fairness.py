"""The same words for every alliance and state: no name in the code, and exchanged names exchange nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import foedus.findings.profile as package
from foedus.findings.profile import profile
from foedus.findings.profile.markdown import render as as_markdown
from foedus.findings.profile.page import render as as_page
from foedus.record.cache import load_record
from foedus.record.models import Record

FOLDER = Path(package.__file__).parent
SOURCES = [*FOLDER.rglob("*.py"), FOLDER.parent / "templates" / "profile.html.j2"]
LOADED = ("vassal", "puppet", "satellite", "regime", "aggress", "empire", "free alliance", "client state", "domination")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_state_and_no_alliance_is_named_in_the_code(path: Path, record: Record) -> None:
    text = path.read_text(encoding="utf-8").replace('Georgia, "Noto Serif"', "")  # a typeface
    names = {state.name for state in record.states.values() if len(state.name) > 3}
    names |= {pact.id for pact in record.pacts.values()} | {pact.name for pact in record.pacts.values()}
    names |= {acronym for pact in record.pacts.values() for acronym in pact.acronyms if len(acronym) > 2}
    found = [name for name in sorted(names) if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]
    assert found == []
    assert not re.search(r"[\"'](?:RUS|USA|SUN|CHN|GBR|FRA)[\"']", text)


def test_no_loaded_word_stands_in_the_declaration_or_the_templates() -> None:
    texts = [path.read_text(encoding="utf-8").casefold() for path in [*SOURCES, FOLDER / "dimensions.yml"]]
    assert [word for word in LOADED if any(word in text for text in texts)] == []


SOURCE = "sources: [{source: text-1, locator: list, says: It did.}]"


def _pact(key: str, lead: str, others: tuple[str, str, str]) -> str:
    lines = [
        f"id: {key}",
        "kind: treaty",
        f"name: Pact of {key}",
        f"acronyms: [{key}]",
        "pledges: [defense]",
        "events:",
    ]
    slug = key.casefold()
    for i, state in enumerate((lead, *others), 1):
        lines.append(f"- {{id: {slug}-{i}, event: in_force, state: {state}, date: 1960-01-01, {SOURCE}}}")
    lines.append(f"- {{id: {slug}-9, event: withdrew, state: {others[2]}, date: 1980-01-01, {SOURCE}}}")
    return "\n".join(lines) + "\n"


def _bases(operator: str, host: str, slug: str) -> str:
    return (
        f"operator: {operator}\nbases:\n- id: {slug}\n  name: Station {slug}\n  kind: air\n"
        f"  host: {host}\n  spells:\n"
        f"  - operator: {operator}\n    control: {operator}\n    consent: agreement\n"
        f"    status: confirmed\n    events:\n"
        f"    - {{id: {slug}-1, event: opened, date: 1961-05-01, {SOURCE}}}\n"
    )


def _record(folder: Path, one: tuple[str, ...], other: tuple[str, ...]) -> Record:
    """Two alliances of four with different facts; the first is ALPHA whatever states it consists of."""
    bib = (
        "@online{text-1,\n  author = {{D}},\n  title = {T},\n  date = {1960},\n  url = {https://example.org/t},\n"
        "  urldate = {2026-11-24},\n  keywords = {treaty}\n}\n"
    )
    files = {
        "record.yml": "version: 0.0.1\nday: 2000-12-31\n", "sources/all.bib": bib,
        "pacts/alpha.yml": _pact("ALPHA", one[0], (one[1], one[2], one[3])),
        "pacts/omega.yml": _pact("OMEGA", other[0], (other[1], other[2], other[3])),
        "bases/one.yml": _bases(one[0], one[1], "station-a"),
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return load_record(folder)


def _anonymous(text: str, record: Record, states: tuple[str, ...]) -> str:
    for number, state in enumerate(states):
        for name in (record.states[state].name, state):
            text = re.sub(rf"\b{re.escape(name)}\b", f"State{number}", text)
    return text


def test_with_the_states_of_two_alliances_exchanged_the_report_is_the_same_text_but_for_names(tmp_path: Path) -> None:
    first, second = ("ARG", "BOL", "CHL", "ECU"), ("AUT", "BGR", "CYP", "EST")
    texts = []
    for folder, one, other in (("a", first, second), ("b", second, first)):
        record = _record(tmp_path / folder, one, other)
        report: dict[str, Any] = profile(
            record, "ALPHA", patron=one[0], compare=[f"OMEGA:{other[0]}"], only_record=True
        )
        texts.append(_anonymous(as_markdown(report, record), record, (*one, *other)))
        assert as_page(report, record)
    assert texts[0] == texts[1]
    assert "Station" not in texts[0]
    assert re.search(r"value 0\.[1-9]", texts[0])  # one of the members hosts the candidate


def test_the_page_is_one_file_without_script_or_request(record: Record) -> None:
    report = profile(record, "SEATO", patron="USA", compare=["CENTO:GBR"], only_record=True)
    page = as_page(report, record)
    assert "<script" not in page
    assert not re.search(r"""(?:src|@import|url\()\s*=?\s*["']?(?:https?:)?//""", page)
    assert not re.search(r"\son\w+=", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_without_the_drawing_libraries_the_page_has_its_tables(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.findings.profile.charts.can_draw", lambda: False)
    report = profile(record, "SEATO", patron="USA", compare=["CENTO:GBR"], only_record=True)
    page = as_page(report, record)
    assert "<img" not in page
    assert "foedus[profile]" in page
    assert page.count('<section class="dimension"') == 9
