"""The words and signs of a report, the same on every page and in every format."""

from __future__ import annotations

from typing import Any

from foedus.record.models import Source

SYMBOLS = {"supported": "✓", "partly": "≈", "contradicted": "✗", "not_in_record": "?", "not_checkable": "–"}
WORDS = {
    "supported": "supported by the record", "partly": "partly right", "contradicted": "contradicted by the record",
    "not_in_record": "not in the record", "not_checkable": "not checkable",
}  # fmt: skip
MEANINGS = {
    "supported": "One line of the record, or several together, say all that the statement says.",
    "partly": "The event is right; its date, level or a qualifier is not. The reason says what fits.",
    "contradicted": "The record covers the matter and excludes the statement.",
    "not_in_record": "The record does not reach that state, organization, base or period. That is nothing against it.",
    "not_checkable": "Opinion, motive, promise or forecast, or too vague to be wrong.",
}
RELATIONS = {
    "member_of": "membership", "member_joined": "entry", "member_left": "exit", "never_member": "non-membership",
    "treaty_signed": "signature", "founded": "founding", "dissolved": "end", "base_in": "base",
    "base_opened": "opening of a base", "base_closed": "closing of a base", "hosts_troops": "foreign troops",
    "headquartered_in": "seat", "membership_count": "number of members", "office_held": "office",
    "meeting_held": "meeting", "other": "other",
}  # fmt: skip


def about(claim: dict[str, Any]) -> str:
    """Whom or what a claim is about, in two words."""
    entity = claim["subject"] or claim["object"]
    what = claim["value"] if claim["relation"] == "other" and claim["value"] else RELATIONS[claim["relation"]]
    return f"{entity['name'] if entity else 'Claim'}: {what}"


def cite(source: Source | None, key: str) -> str:
    """A source in one line."""
    if source is None:
        return key
    fields = source.fields
    parts = (fields.get("author", "").strip("{}"), fields.get("title", key).strip("{}"), fields.get("date", ""))
    return ", ".join(part for part in parts if part)
