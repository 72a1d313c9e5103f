"""Verdicts on bases and foreign troops. Silence about a base never excludes anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.core.dates import PartialDate
from foedus.documents.model import Claim, Entity
from foedus.findings.index import Index
from foedus.findings.judgement import (
    Judgement,
    Now,
    When,
    contradicted,
    first_met,
    not_in_record,
    ordered,
    partly,
    series,
    supported,
)
from foedus.record.models import Base, Fact, Hosting

_BEGIN = ("opened", "handed_over", "present")
_END = ("closed", "returned", "handed_over", "departed")
_PLANS = ("agreement", "announced")


@dataclass(frozen=True, slots=True)
class Use:
    """One operator's use of a base, with its first and last known day."""

    base: Base
    spell: Hosting

    @property
    def begins(self) -> list[Fact]:
        """The events that begin it."""
        return ordered(f for f in self.spell.events if f.event in ("opened", "present"))

    @property
    def ends(self) -> list[Fact]:
        """The events that end it."""
        return ordered(f for f in self.spell.events if f.event in _END)

    @property
    def last_day(self) -> date | None:
        """The last possible day of use, None while it lasts."""
        return max((f.when.last_day for f in self.ends), default=None)

    def covers(self, day: PartialDate) -> bool:
        """Whether it was in use on some day of a date, as far as the record knows."""
        if self.spell.status == "planned" or not self.begins:
            return False
        return self.begins[0].when.first_day <= day.last_day and (
            self.last_day is None or self.last_day >= day.first_day
        )

    def is_outside(self, day: PartialDate) -> bool:
        """Whether a date lies wholly before the opening or after the end, both known."""
        if self.last_day is not None and self.last_day < day.first_day:
            return True
        opened = [f for f in self.begins if f.event == "opened"]
        return bool(opened) and opened[0].when.first_day > day.last_day

    def is_settled(self, events: tuple[str, ...]) -> bool:
        """Whether the record knows when such an event took place, or that it has not: then no other date will do."""
        known = [f for f in self.facts if f.event in events and f.event != "present" and f.confidence != "low"]
        return bool(known) or (events == _END and self.last_day is None and self.spell.status == "confirmed")

    def lasts(self, day: PartialDate) -> bool:
        """Whether it was in use on a date and has no known end."""
        return self.covers(day) and self.last_day is None and self.spell.status == "confirmed"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All its events in order."""
        return tuple(ordered(self.spell.events))


class InstallationJudge:
    """Holds claims about bases and troops against the spells of use."""

    def __init__(self, index: Index, now: Now) -> None:
        self.index, self.now = index, now

    def judge(self, claim: Claim) -> Judgement:
        """The verdict on one claim."""
        if claim.relation == "hosts_troops":
            return self._troops(claim)
        if claim.subject is not None and claim.subject.kind == "base":
            base = self.index.record.bases.get(claim.subject.id or "")
            if base is None:
                return not_in_record(f"The record does not hold {claim.subject.name}.")
            return self._named(claim, base)
        return self._unnamed(claim)

    def _named(self, claim: Claim, base: Base) -> Judgement:
        """A base that the text names."""
        uses = [Use(base, spell) for spell in base.spells]
        if claim.object is not None and not self._stands_in(base, claim.object):
            return contradicted(f"{base.name} stands in {self._state(base.host)}.", uses[0].facts[:2])
        when = When(claim)
        if claim.relation == "base_in" and not (claim.since and when.date):
            return self._in_use(claim, base, uses, when)
        events = _END if claim.relation == "base_closed" else ("opened", "present") if claim.since else ("opened",)
        return self._event(claim, base, uses, when, events)

    def _stands_in(self, base: Base, place: Entity) -> bool:
        hosts = {base.host, *(spell.host for spell in base.spells if spell.host)}
        lineage = {state for host in hosts for state in self._lineage(host)}
        return place.id in hosts | lineage or base.territory in (place.id, place.name)

    def _in_use(self, claim: Claim, base: Base, uses: list[Use], when: When) -> Judgement:
        day = when.date or self.now.day
        remark = "" if when.date else self.now.remark()
        facts = tuple(f for use in uses for f in use.facts)
        history = self._history(base, uses)
        if any(use.covers(day) for use in uses):
            return supported(f"{history}{remark}", facts)
        if not all(use.begins for use in uses):
            return not_in_record(f"The record does not know since when {base.name} has been in use. {history}", facts)
        if all(use.is_outside(day) for use in uses):
            if when.date is None and not claim.is_present:
                return supported(history, facts)
            return contradicted(f"Not in use at that time. {history}{remark}", facts)
        return not_in_record(f"The record does not settle whether it was in use then. {history}", facts)

    def _event(self, claim: Claim, base: Base, uses: list[Use], when: When, events: tuple[str, ...]) -> Judgement:
        facts = [f for use in uses for f in use.facts]
        history = self._history(base, uses)
        matching = [f for f in facts if f.event in events]
        if matching and (met := first_met(when, matching)):
            return supported(f"Matched: {series([met])}. {history}", (met, *[f for f in facts if f is not met]))
        if when.date is not None and (met := first_met(when, [f for f in facts if f.event in _PLANS])):
            return partly(f"The date is that of another act ({series([met])}). {history}", (met, *matching))
        if when.is_month() and any(when.same_year(f) for f in matching):
            return partly(f"The year is right, the month is not. {history}", matching)
        if when.date is not None and matching and all(use.is_settled(events) for use in uses):
            return contradicted(history, facts)
        if claim.relation == "base_closed" and any(use.lasts(when.date or self.now.day) for use in uses):
            return contradicted(f"In use to {self.now.record_day}. {history}", facts)
        return not_in_record(f"The record has no such event there. {history}", facts)

    def _history(self, base: Base, uses: list[Use]) -> str:
        """What the record has of a base, operator by operator."""
        spells = sorted(uses, key=lambda use: use.facts[0].when.first_day)
        return f"{base.name}: {'; '.join(f'{self._state(use.spell.operator)} {series(use.facts)}' for use in spells)}."

    # --- known by operator and host only -----------------------------------------------------------------------------

    def _unnamed(self, claim: Claim) -> Judgement:
        """A base that the text does not name: silence never excludes one."""
        operators = self._operators(claim.subject)
        if not operators or claim.subject is None or claim.object is None or claim.object.id is None:
            return not_in_record("The record does not know this operator or host.")
        uses = [Use(b, s) for op in operators for b, s in self.index.hostings(host=claim.object.id, operator=op)]
        if not uses:
            who = f"{claim.subject.name} in {claim.object.name}"
            return not_in_record(f"The record has no base of {who} and does not claim to be complete there.")
        when = When(claim)
        if claim.relation == "base_in" and not (claim.since and when.date):
            return self._some_in_use(claim, uses, when)
        events = _END if claim.relation == "base_closed" else ("opened", "present") if claim.since else ("opened",)
        facts = ordered(f for use in uses for f in use.facts if f.event in events)
        if facts and (met := first_met(when, facts)):
            return supported(f"{self.index.record.bases[met.base or ''].name}: {series([met])}.", (met,))
        return not_in_record("The record has no such event there and does not claim to be complete.", facts[:6])

    def _some_in_use(self, claim: Claim, uses: list[Use], when: When) -> Judgement:
        covering = [use for use in uses if use.covers(when.date or self.now.day)]
        if covering:
            names = ", ".join(dict.fromkeys(use.base.name for use in covering[:5]))
            return supported(f"In use at that time: {names}.", [f for use in covering[:5] for f in use.begins[:1]])
        if when.date is None and not claim.is_present:
            return supported(f"In use at some time: {uses[0].base.name}.", uses[0].facts)
        return not_in_record("The record has none of them in use at that time and does not claim to be complete.")

    # --- troops ------------------------------------------------------------------------------------------------------

    def _troops(self, claim: Claim) -> Judgement:
        host, owner = claim.subject, claim.object
        if host is None or host.id is None or owner is None:
            return not_in_record("The record does not know the host or whose troops they were.")
        when = When(claim)
        if owner.kind == "pact":
            return self._missions(claim, when)
        uses = [Use(b, s) for op in self._operators(owner) for b, s in self.index.hostings(host=host.id, operator=op)]
        if not uses:
            who = f"{owner.name} in {host.name}"
            return not_in_record(f"The record has no forces of {who} and does not claim to be complete there.")
        day = when.date or self.now.day
        facts = tuple(ordered(f for use in uses for f in use.facts))
        covering = [use for use in uses if use.covers(day)]
        if covering:
            names = ", ".join(dict.fromkeys(use.base.name for use in covering[:4]))
            return supported(f"At {names}.", [f for use in covering[:4] for f in use.facts[:2]])
        if when.date is None and not claim.is_present:
            return supported(f"At {uses[0].base.name}.", uses[0].facts)
        if claim.qualifier == "until" and all(
            use.last_day is not None and use.last_day < day.first_day for use in uses
        ):
            return contradicted(f"The record has them gone before: {series(facts)}.", facts)
        return not_in_record(
            f"The record has none there then and does not claim to be complete: {series(facts)}.", facts
        )

    def _missions(self, claim: Claim, when: When) -> Judgement:
        """Troops of an organization: its missions are events of the pact."""
        pact = self.index.pact(claim.object)
        if pact is None or claim.subject is None:
            return not_in_record("The record does not hold this organization.")
        sent = [f for f in pact.events if f.event == "responded" and f.state == claim.subject.id]
        if sent and (met := first_met(when, sent)):
            return supported(f"{pact.name}: {series([met])}.", (met,))
        return not_in_record(f"The record has no forces of {pact.name} in {claim.subject.name} at that time.")

    # --- states ------------------------------------------------------------------------------------------------------

    def _operators(self, entity: Entity | None) -> list[str]:
        """A state with the one that it succeeded or that succeeded it: "Russian" is said of Soviet bases too."""
        if entity is None or entity.id is None:
            return []
        return [entity.id, *self._lineage(entity.id)]

    def _lineage(self, state: str) -> list[str]:
        known = self.index.record.states.get(state)
        return [s for s in (*known.predecessors, *known.successors) if s != state] if known else []

    def _state(self, state: str) -> str:
        known = self.index.record.states.get(state)
        return known.name if known else state
