"""The report as one self-contained page: no script, light and dark, for phones, keyboards, screen readers and paper."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import date
from typing import Any

from foedus.core.errors import FoedusError
from foedus.findings.check import VERDICTS
from foedus.findings.excerpt import paragraphs
from foedus.findings.index import Index
from foedus.findings.judgement import phrase
from foedus.findings.templates import link, template
from foedus.findings.wording import MEANINGS, RELATIONS, SYMBOLS, WORDS, about, cite
from foedus.record.models import Record

_MARKED = ("contradicted", "partly", "supported", "not_in_record", "not_checkable")


def render(report: dict[str, Any], text: str, record: Record, *, excerpts: bool = False) -> str:
    """The page for one report; with `excerpts` only the sentences that were checked are shown."""
    claims = [{**claim, "number": i} for i, claim in enumerate(report["claims"], 1)]
    pact = _pact_concerned(report)
    return str(
        template("report.html.j2").render(
            report=report, claims=claims, excerpts=excerpts, paragraphs=paragraphs(text, report, checked_only=excerpts),
            sources=record.sources, verdicts=VERDICTS, symbols=SYMBOLS, words=WORDS, relations=RELATIONS,
            strongest=lambda numbers: _strongest(claims, numbers), chart=_chart(record, pact) if pact else None,
            events=_events(record, pact) if pact else [], pact=record.pacts.get(pact) if pact else None,
            title=report["document"]["title"] or "Untitled text", link=link, cite=cite,
            about=about, meanings=MEANINGS, profiles=_profiles(report, record),
        )
    )  # fmt: skip


def _strongest(claims: list[dict[str, Any]], numbers: list[int]) -> str:
    """The verdict that a mark shows where it carries several claims."""
    present = {claims[number - 1]["verdict"] for number in numbers}
    return next((verdict for verdict in _MARKED if verdict in present), "not_checkable")


def _profiles(report: dict[str, Any], record: Record) -> dict[str, Any]:
    """The nine dimensions on the record alone for each thesis, by its command; none where they cannot be computed."""
    found: dict[str, Any] = {}
    for thesis in report["theses"]:
        pact, patron = thesis["pact"]["id"], thesis["patron"]["id"]
        if not pact or not patron or thesis["command"] in found:
            continue
        with contextlib.suppress(FoedusError):  # without the extra, or without members, the command alone is named
            from foedus.findings.profile import profile

            found[thesis["command"]] = profile(record, pact, patron=patron, only_record=True)
    return found


def _pact_concerned(report: dict[str, Any]) -> str | None:
    """The pact of the record that most claims are about."""
    ids = [
        entity["id"]
        for claim in report["claims"]
        for entity in (claim["subject"], claim["object"])
        if entity and entity["kind"] == "pact" and entity["id"]
    ]
    ids += [thesis["pact"]["id"] for thesis in report["theses"] if thesis["pact"]["id"]]
    return Counter(ids).most_common(1)[0][0] if ids else None


def _events(record: Record, pact: str) -> list[dict[str, str]]:
    index = Index(record)
    owner = record.pacts.get(index.treaty_owner.get(pact, pact))
    if owner is None:
        return []
    facts = sorted((f for p in index.family(owner) for f in p.events), key=lambda f: (f.when.first_day, f.id))
    rows = []
    for fact in facts:
        state = record.states.get(fact.state or "")
        rows.append(
            {
                "date": fact.date,
                "who": state.name if state else "",
                "what": phrase(fact).removesuffix(fact.date).strip(),
                "id": fact.id,
            }
        )
    return rows


def _chart(record: Record, pact: str) -> dict[str, Any] | None:
    """Bars of membership, a row a state: what the template draws as a picture."""
    index = Index(record)
    owner = record.pacts.get(index.treaty_owner.get(pact, pact))
    if owner is None:
        return None
    spells = [
        s for p in reversed(index.family(owner)) for s in index.spells(p.id) if s.status in ("member", "suspended")
    ]
    states = list(dict.fromkeys(s.state for s in sorted(spells, key=lambda s: (s.first_day, s.state))))
    if not 2 <= len(states) <= 40:
        return None
    today = date.fromisoformat(record.day)
    first = min(s.first_day for s in spells).year
    last = max((s.last_day or today) for s in spells).year + 1
    span = max(last - first, 1)

    def x(day: date) -> float:
        return round(150 + 570 * (day.year - first + (day.timetuple().tm_yday - 1) / 366) / span, 1)

    bars = []
    for row, state in enumerate(states):
        for spell in (s for s in spells if s.state == state):
            left = x(spell.first_day)
            right = x(min(spell.last_day or today, today))
            bars.append(
                {
                    "y": 24 + row * 20,
                    "x": left,
                    "width": max(round(right - left, 1), 2),
                    "status": spell.status,
                    "open": spell.last_day is None,
                }
            )
    step = 1 if span <= 12 else 5 if span <= 40 else 10 if span <= 90 else 20
    ticks = [{"x": x(date(year, 1, 1)), "year": year} for year in range(first - first % step + step, last + 1, step)]
    names = [
        {"y": 24 + row * 20, "name": record.states[state].name if state in record.states else state}
        for row, state in enumerate(states)
    ]
    return {"bars": bars, "ticks": ticks, "names": names, "height": 34 + 20 * len(states), "name": owner.name}
