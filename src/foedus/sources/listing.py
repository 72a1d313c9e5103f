"""The registry as rows, for the list and for the page in the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from foedus.sources.registry import Dataset, datasets
from foedus.sources.store import Stored, registered_folder, stored, verify

Row = dict[str, Any]


def list_data() -> list[Row]:
    """Every dataset version, and whether it is here."""
    return [_row(entry) for entry in datasets().values()]


def verify_data() -> list[Row]:
    """Every file that is here: `sound`, `accepted` by the user and as he gave it, or `damaged`."""
    return [
        {
            "id": item.dataset, "file": Path(item.path).name, "sha256": item.sha256,
            "state": "damaged" if not is_sound else "accepted" if item.is_accepted else "sound",
        }
        for item, is_sound in verify()
    ]  # fmt: skip


def _row(entry: Dataset) -> Row:
    here = stored(entry)
    size = next((file.size for file in entry.files), None)
    return {
        "id": entry.id, "dataset": entry.dataset, "version": entry.version, "is_default": entry.is_default,
        "name": entry.name, "producer": entry.producer,
        "years": "-".join(map(str, entry.coverage.years)) if entry.coverage.years else None,
        "system": entry.coverage.system, "coverage": msgspec.to_builtins(entry.coverage),
        "licence": entry.licence.name, "redistribute": entry.licence.redistribute,
        "fetch": entry.is_fetchable, "size": size,
        "present": bool(here) or registered_folder(entry) is not None,
        "form": _form(here),
        "url": entry.url, "citation": entry.citation, "command": entry.command,
    }  # fmt: skip


def _form(here: list[Stored]) -> str | None:
    """Whether what is read is the published file, a derived one, or one that the user accepted."""
    if not here:
        return None
    return here[0].file.form if here[0].file else "accepted"
