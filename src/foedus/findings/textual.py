"""The report as plain text, for a terminal or a mail."""

from __future__ import annotations

import textwrap
from typing import Any

from foedus.findings.wording import SYMBOLS, WORDS, about, cite
from foedus.record.models import Source

_WIDTH = 100
_COLOURS = {"supported": "32", "partly": "33", "contradicted": "31", "not_in_record": "36", "not_checkable": "2"}


def render(report: dict[str, Any], sources: dict[str, Source], *, colour: bool = False) -> str:
    """One report as text: its claims in order, each with verdict, reason and sources; then theses and counts."""
    document = report["document"]
    title = document["title"] or report["id"] or "Untitled text"
    date = f", {document['published']}" if document["published"] else ""
    lines = [f"{title}{date}", f"foedus {report['foedus']}, record {report['record']}", ""]
    for number, claim in enumerate(report["claims"], 1):
        lines += _claim(number, claim, sources, colour)
    for thesis in report["theses"]:
        lines += [f"thesis: “{flat(thesis['text'])}”", f"    No verdict. It can be assessed: {thesis['command']}", ""]
    if not report["claims"]:
        lines += ["No claim that the record could judge was found.", ""]
    counted = [f"{count} {WORDS[verdict]}" for verdict, count in report["counts"].items() if count]
    lines.append("; ".join(counted) + "." if counted else "")
    return "\n".join(lines).rstrip() + "\n"


def _claim(number: int, claim: dict[str, Any], sources: dict[str, Source], colour: bool) -> list[str]:
    said = ""
    if claim["attribution"] == "quoted":
        said = f" (said by {claim['speaker']})" if claim["speaker"] else " (quoted)"
    verdict = f"{SYMBOLS[claim['verdict']]} {WORDS[claim['verdict']]}"
    if colour:
        verdict = f"\x1b[{_COLOURS[claim['verdict']]}m{verdict}\x1b[0m"
    lines = [f"{number}. “{flat(claim['text'])}”{said}", f"    {verdict}: {about(claim)}", *_wrapped(claim["reason"])]
    keys = dict.fromkeys(ref["source"] for fact in claim["evidence"] for ref in fact["sources"])
    if claim["evidence"]:
        shown = "; ".join(cite(sources.get(key), key) for key in list(keys)[:3])
        more = f" and {len(keys) - 3} more" if len(keys) > 3 else ""
        facts = ", ".join(fact["fact"] for fact in claim["evidence"][:6]) + (" …" if len(claim["evidence"]) > 6 else "")
        lines += _wrapped(f"[{facts}] {shown}{more}")
    return [*lines, ""]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)


def flat(text: str) -> str:
    """A stretch of text on one line, without characters that steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
