"""A call as data, run again: what a lock file asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foedus.core.engine import Engine
from foedus.core.errors import InputError
from foedus.panels.create import panel
from foedus.panels.inputs import Inputs, default_inputs
from foedus.panels.model import Panel
from foedus.panels.output import LOCK_VERSION, record_version, settings_of


def read_lock(path: Path) -> dict[str, Any]:
    """The content of a lock file.

    Raises
    ------
    InputError
        If the file is not one.
    """
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: is no lock file of a panel: {error}. Name the .lock.json that lies beside a panel."
        ) from error
    if not isinstance(lock, dict) or lock.get("lock") != LOCK_VERSION or not lock.get("call"):
        raise InputError(
            f"{path}: is no lock file of version {LOCK_VERSION}. Name the .lock.json that lies beside a panel."
        )
    return lock


def rebuild(path: Path | str, *, inputs: Inputs | None = None, engine: Engine | str | None = None) -> Panel:
    """The panel of a lock file, from the same inputs.

    Raises
    ------
    InputError
        If an input here is not the one that the lock names; the message has both hashes.
    """
    lock = read_lock(Path(path))
    given = inputs or default_inputs()
    if lock["versions"].get("record") != record_version():
        raise InputError(
            f"{path}: the panel was made with record {lock['versions'].get('record')}, this is {record_version()}. "
            "Install that version of foedus, or make the panel anew and compare with foedus panel diff."
        )
    for dataset, expected in lock["inputs"].items():
        found = given.fingerprint(dataset)
        if found != expected:
            raise InputError(
                f"{path}: {dataset} is not the one that the panel was made of: here {found}, in the lock {expected}. "
                f"Get that version, or make the panel anew without --lock and compare with foedus panel diff."
            )
    return run_steps(lock["call"], given, engine or lock["engine"])


def run_steps(steps: list[dict[str, Any]], inputs: Inputs, engine: Engine | str | None = None) -> Panel:
    """The panel that a list of steps describes."""
    head, *rest = steps
    if "unit" not in head:
        raise InputError(
            "lock: the panel began from a frame of your own, which the lock does not hold. Make it again from that."
        )
    options = {name: head[name] for name in ("system", "rule", "until", "false_dyads", "membership", "alliances")}
    result = panel(head["unit"], head["first"], head["last"], inputs=inputs, engine=engine, **options)
    for step in rest:
        result = _run(result, step)
    return result


def _run(result: Panel, step: dict[str, Any]) -> Panel:
    if "add" in step:
        columns = step.get("columns")
        request = step["add"] + (":" + ",".join(columns) if columns else "")
        return result.add(request, **settings_of(step))
    if "keep" in step:
        return result.keep(step["keep"])
    if "where" in step:
        return result.where(*step["where"])
    return result.spells(step["spells"], ongoing=step["ongoing"], name=step["name"])
