"""The registry: every entry complete, every parser and citation there, the page in the documentation current."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

from foedus.core.errors import RecordError
from foedus.sources import citing, registry

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"
ENTRIES = list(registry.datasets().values())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_the_parser_of_every_dataset_is_a_function_that_says_what_a_row_is(entry: registry.Dataset) -> None:
    for name in {entry.parser, *(file.parser for file in entry.files if file.parser)}:
        module, _, function = name.partition(".")
        parser = getattr(importlib.import_module(f"foedus.sources.{module}"), function)
        assert inspect.getdoc(parser)


def test_every_dataset_is_cited_and_every_citation_has_authors_first_and_is_used() -> None:
    used = {entry.citation for entry in ENTRIES}
    assert used == set(citing.entries())
    for text in citing.entries().values():
        assert text.splitlines()[1].lstrip().startswith("author")
        for field in ("title", "date"):
            assert f"  {field}" in text


def test_an_id_without_version_is_the_default_version() -> None:
    assert registry.find_dataset("cow.nmc").id == "cow.nmc-6.0"
    assert registry.find_dataset("cow.nmc-7.0").version == "7.0"


def test_alliances_of_cow_are_never_fetched_nor_passed_on() -> None:
    found = [entry for entry in ENTRIES if entry.dataset.startswith("cow.alliance")]
    assert len(found) == 5
    assert not any(entry.is_fetchable or entry.licence.redistribute for entry in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sha256: aa", "sha256: zz", r"a\.csv has a sha256 of another form"),
        ("licence: open", "licence: secret", r"registry\.yml:\d+: licence secret is not among"),
        ('version: "1"', 'version: "2"', r"cow\.x-1 does not end in its version 2"),
        ("years: [1816, 2016]", "years: [2016, 1816]", "ends before it begins"),
        ("system: cow", "system: moon", r"Invalid enum value 'moon'"),
        ("default: true", "default: false", "no version is the default"),
        ("parser: cow.x", "parser: cow.x\n    colour: red", "unknown field `colour`"),
        ("parser: cow.x", "parser: cow.x\n    parser: cow.y", "parser stands twice"),
    ],
)
def test_a_mistake_in_the_registry_is_named_by_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (
        "licences:\n  open: {name: CC0, redistribute: true, fetch: true}\ndatasets:\n  cow.x-1:\n    name: X\n"
        '    producer: P\n    version: "1"\n    default: true\n    url: https://example.org/x.csv\n    published: csv\n'
        "    parser: cow.x\n    coverage: {years: [1816, 2016], system: cow}\n    licence: open\n    citation: x-2000\n"
        f"    files:\n    - {{name: a.csv, sha256: {'aa' * 32}, size: 1}}\n"
    )
    path = tmp_path / "registry.yml"
    path.write_text(text)
    assert registry._load(path)["cow.x-1"].is_fetchable
    broken = tmp_path / "broken" / "registry.yml"
    broken.parent.mkdir()
    assert old in text
    broken.write_text(text.replace(old, new))
    with pytest.raises(RecordError, match=message):
        registry._load(broken)


def test_the_page_on_data_is_what_the_registry_says() -> None:
    from foedus.sources.page import page

    assert PAGE.read_text(encoding="utf-8") == page(), "Run: python -m foedus.sources.page > docs/data.md"
