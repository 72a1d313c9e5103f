"""The states: one table, with the names of CLDR added."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STATES_FILE = Path(__file__).with_name("states.yml")
LANGUAGES = ("en", "ru", "ar")


def read_states(path: Path = STATES_FILE) -> list[dict[str, Any]]:
    """The rows of the table, each with the names that CLDR has for its ISO code."""
    from foedus.core.yamlfile import read_yaml  # a warm start reads no YAML

    return [_with_cldr(row) if isinstance(row, dict) else row for row in read_yaml(path)]


def cldr_stamp() -> bytes:
    """What changes with the version of the library that brings the names, found without importing it."""
    babel = find_spec("babel")
    return Path(babel.origin).read_bytes() if babel and babel.origin else b""


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language).territories)


def _with_cldr(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose names have CLDR's beside the table's own; a withdrawn ISO code gets none."""
    own = row.get("names") or {}
    names = {language: dict(own.get(language) or {}) for language in LANGUAGES}
    for language, known in _cldr_names(row).items():
        main = row.get("name") if language == "en" else names[language].setdefault("name", known)
        others = names[language].get("other") or []
        if known != main and known not in others:
            names[language]["other"] = [*others, known]
    return {**row, "names": {language: value for language, value in names.items() if value}}


def _cldr_names(row: dict[str, Any]) -> dict[str, str]:
    code = row.get("iso2")
    spells = row.get("spells") or []
    if not code or (spells and all(spell.get("to") for spell in spells)):
        return {}
    return {language: name for language in LANGUAGES if (name := _territories(language).get(code))}
