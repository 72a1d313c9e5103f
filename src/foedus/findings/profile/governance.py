"""What the record has of an alliance's rules, of requests to it, of what followed exits, and of what was said of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.events import OPEN_COSTS
from foedus.findings.profile.scene import Scene, within
from foedus.record.memberships import by_date
from foedus.record.models import Fact

_KINDS = ("decision", "veto", "convening", "command", "language", "budget")


def written(scene: Scene, section: str) -> list[Any]:
    """The lines of a section of the alliance's file and of its treaty's, by date."""
    lines = [line for pact in scene.family for line in getattr(pact, section)]
    return by_date(lines)


def add_rules(scene: Scene, patron: str, found: Estimate) -> None:
    """Rules on decisions, veto, convening, command, language and budget, each dated; and what the record lacks."""
    end = min(date(scene.last, 12, 31), scene.world.today)
    lines = [line for line in written(scene, "rules") if line.when.first_day <= end]
    found.numbers["rules"] = [
        {
            "kind": line.kind, "value": line.value, "date": line.date, "qualifier": line.qualifier, "note": line.note,
            "state": scene.name(line.state) if line.state else None, "is_candidate": line.state == patron,
            "fact": line.id,
        }
        for kind in _KINDS for line in lines if line.kind == kind
    ]  # fmt: skip
    lacking = [kind for kind in _KINDS if not any(line.kind == kind for line in lines)]
    if lacking:
        found.remarks.append(f"The record has no rule on: {', '.join(lacking)}. That is unknown, not absent.")
    found.facts = [*dict.fromkeys([*found.facts, *(line.id for line in lines)])]


def add_consequences(scene: Scene, patron: str, found: Estimate, months: int) -> None:
    """What the record has of the months after an exit, freeze or notice, and of the control set."""
    own = set(found.facts)
    lines = [line for line in written(scene, "consequences") if within(scene, line) or line.after in own]
    if not lines:
        return
    exits = {fact.id: fact for fact in scene.facts}

    def in_time(line: Any) -> bool:
        """Whether an act may lie in the months after the fact that it is tied to."""
        start = exits[line.after].when.first_day if line.after in exits else line.when.first_day
        return bool(line.when.first_day <= start + timedelta(days=round(months * 30.4375)))

    after = [line for line in lines if line.after and in_time(line)]
    control = [line for line in lines if not line.after]
    found.numbers["consequences"] = [
        {
            "kind": line.kind,
            "date": line.date,
            "note": line.note,
            "fact": line.id,
            "after": line.after,
            "state": scene.name(line.state) if line.state else None,
            "by": scene.name(line.by) if line.by else "the organization",
            "is_by_candidate": line.by == patron,
            "is_in_time": in_time(line) if line.after else None,
        }
        for line in lines
    ]
    found.remarks = [text for text in found.remarks if text != OPEN_COSTS]
    found.remarks.append(f"Acts count within {months} months; what nobody looked for leaves the share with costs open.")
    for name, rows in (("after_exits", after), ("among_members_that_stayed", control)):
        counts = Counter(str(line.kind) for line in rows if line.by == patron)
        found.numbers[f"acts_of_the_candidate_{name}"] = dict(sorted(counts.items()))
    found.facts = [*dict.fromkeys([*found.facts, *(line.id for line in lines)])]


def add_requests(scene: Scene, found: Estimate) -> None:
    """Every request with its purpose and answer, and what was done on it."""
    calls = [f for f in scene.facts if f.event == "invoked" and within(scene, f)]
    acts = [f for f in scene.facts if f.event in ("responded", "declined") and within(scene, f)]
    found.numbers["requests_on_record"] = [_request(scene, call, acts) for call in by_date(calls)]
    linked = {act.id for call in calls for act in _on(call, acts)}
    found.numbers["acts_without_a_request_on_record"] = [
        _act(scene, act) for act in by_date(acts) if act.id not in linked
    ]
    found.facts = [*dict.fromkeys([*found.facts, *(act.id for act in acts)])]


def _on(call: Fact, acts: list[Fact]) -> list[Fact]:
    return [act for act in by_date(acts) if act.after == call.id]


def _request(scene: Scene, call: Fact, acts: list[Fact]) -> dict[str, Any]:
    answers = _on(call, acts)
    return {
        "date": call.date, "article": call.article, "purpose": call.purpose, "answer": call.answer,
        "state": scene.name(call.state) if call.state else None, "note": call.note,
        "says": [ref.says for ref in call.sources][:1], "fact": call.id,
        "acts": [_act(scene, act) for act in answers],
        "days_to_the_first_act": _delay(call, answers),
    }  # fmt: skip


def _act(scene: Scene, act: Fact) -> dict[str, Any]:
    return {
        "date": act.date, "what": act.event, "place": act.place, "note": act.note,
        "participants": [scene.name(state) for state in act.participants], "fact": act.id,
    }  # fmt: skip


def _delay(call: Fact, answers: list[Fact]) -> list[int] | None:
    """Least and most days from a request to the first response, as its dates allow."""
    first = next((act for act in answers if act.event == "responded"), None)
    if first is None:
        return None
    least = (first.when.first_day - call.when.last_day).days
    return [max(least, 0), max((first.when.last_day - call.when.first_day).days, 0)]


def statements(scene: Scene) -> list[dict[str, Any]]:
    """What offices and critics stated of the alliance, as theirs, with date and source; whatever the window."""
    return [
        {
            "by": line.by, "role": line.role, "state": scene.name(line.state) if line.state else None,
            "date": line.date, "says": line.says, "fact": line.id, "sources": [ref.source for ref in line.sources],
        }
        for line in written(scene, "statements")
    ]  # fmt: skip
