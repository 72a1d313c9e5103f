"""What was fixed before data were read, in a file that shows if it was edited, and every departure from it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec

from foedus.core.errors import InputError
from foedus.core.output import to_json, write_output
from foedus.core.version import CODE_VERSION
from foedus.findings.profile.declared import Declaration, declaration
from foedus.record.models import Record
from foedus.record.names import find_pact, find_state

HYPOTHESES = {
    "H_inst": "Membership raises the members' dependence on and alignment with the candidate beyond what prior ties "
    "predict, and leaving lowers it or is answered with costs.",
    "H_prior": "The members were already dependent and aligned; membership adds nothing.",
    "H_mutual": "Influence runs both ways: the candidate moves as much as the members, and answers as often as it is "
    "answered.",
}


def preregister(
    record: Record, pact: str, *, patron: str, years: tuple[int | None, int | None], compare: list[str], path: Path
) -> None:
    """Write hypotheses, dimensions, peers, window and thresholds, with a hash, before any dataset is opened."""
    plan = {
        "pact": find_pact(record, pact).id, "patron": find_state(record, patron).id, "years": list(years),
        "compare": list(compare),
    }  # fmt: skip
    content = _content(plan, declaration()) | {"foedus": CODE_VERSION, "record": f"{record.version} ({record.day})"}
    write_output(to_json({"preregistration": content, "sha256": _digest(content)}), str(path))


def departures(path: Path, plan: dict[str, Any], fixed: Declaration) -> list[str]:
    """How a run differs from what was fixed, one sentence each; none if it does not.

    Raises
    ------
    InputError
        If the file is unreadable, of another form, or was edited after it was written.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        content, digest = given["preregistration"], given["sha256"]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: is no preregistration of foedus. Write one with --preregister FILE.") from error
    if _digest(content) != digest:
        raise InputError(
            f"{path}: its sha256 is {_digest(content)}, but it was written with {digest}: it was edited since. "
            "Use the original, or write a new preregistration under another name."
        )
    now = _content(plan, fixed)
    return [
        f"{name}: fixed as {_short(content.get(name))}, run with {_short(value)}."
        for name, value in now.items() if content.get(name) != value
    ]  # fmt: skip


def _content(plan: dict[str, Any], fixed: Declaration) -> dict[str, Any]:
    return {
        **plan, "hypotheses": HYPOTHESES, "thresholds": msgspec.to_builtins(fixed.thresholds),
        "defaults": json.loads(msgspec.json.encode(fixed.defaults)),
        "dimensions": json.loads(msgspec.json.encode(fixed.dimensions)),
        "channels": json.loads(msgspec.json.encode(fixed.channels)),
    }  # fmt: skip


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
