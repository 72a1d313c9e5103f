"""One claim about one state in one pact, with all that the record has of it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.core.dates import PartialDate
from foedus.documents.model import Claim
from foedus.findings.index import ENTRY, EXIT, Index
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
from foedus.record.memberships import MemberSpell
from foedus.record.models import Fact, Pact

LESSER = ("observer", "associate")
_SHOWN = 6


@dataclass
class Matter:
    """A claim with the facts of the pact itself, and of the treaty or organization that belongs to it."""

    index: Index
    claim: Claim
    when: When
    now: Now
    pact: Pact
    family: list[Pact]
    state: str
    name: str
    facts: list[Fact]
    related: list[Fact]

    @property
    def day(self) -> PartialDate:
        """The date of the claim, or the day that its present tense means."""
        return self.when.date or self.now.day

    @property
    def remark(self) -> str:
        """What to say where "now" had to be assumed."""
        return "" if self.when.date else self.now.remark()

    def of(self, *events: str) -> list[Fact]:
        """The facts in the pact itself with some events."""
        return [fact for fact in self.facts if fact.event in events]

    def all_of(self, *events: str) -> list[Fact]:
        """The facts with some events in the pact and in the one that belongs to it."""
        return ordered(fact for fact in self.facts + self.related if fact.event in events)

    def met(self, facts: list[Fact]) -> Fact | None:
        """The first of some facts whose date is the claim's."""
        return first_met(self.when, facts)

    def spells(self, pact: Pact) -> list[MemberSpell]:
        """The state's memberships in a pact."""
        return [s for s in self.index.spells(pact.id) if s.state == self.state and s.status == "member"]

    def in_command(self, *events: str) -> Fact | None:
        """An event at that date in a command of the organization, which texts tell as one of the organization."""
        commands = self.index.commands(self.pact)
        facts = ordered(f for p in commands for f in self.index.state_facts(p, self.state) if f.event in events)
        return self.met(facts)

    def owner(self, fact: Fact) -> str:
        """The name of the pact that a fact belongs to."""
        pact = self.index.record.pacts.get(fact.pact or "")
        return pact.name if pact else "another body"

    def summary(self) -> str:
        """What the record has of the state, pact by pact, in one or two sentences."""
        own = self._line(self.pact, self.facts)
        return " ".join(line for line in (own, *(self._line(p, self.related) for p in self.family[1:])) if line)

    def _line(self, pact: Pact, facts: list[Fact]) -> str:
        shown = [f for f in facts if f.pact == pact.id]
        return f"{self.name}, {pact.acronyms[0] if pact.acronyms else pact.name}: {series(shown)}." if shown else ""

    def matched(self, met: Fact) -> Judgement:
        """Supported, naming the act that matched and how precise the record is."""
        coarse = self.when.date is not None and self.when.date.days < met.when.days
        remark = f" The record is coarser than the claim: {met.date}." if coarse else ""
        if met.rivals and self.when.date is not None and not self.when.fits(met.when):
            remark += f" Sources disagree; the record adopts {met.date}."
        others = [fact for fact in self.facts + self.related if fact is not met]
        return supported(f"Matched: {series([met])}. {self.summary()}{remark}", (met, *others[: _SHOWN - 1]))

    def half(self, why: str, facts: list[Fact]) -> Judgement:
        """Partly right, with the reason and what the record has."""
        return partly(f"{why} {self.summary()}", facts)

    def excluded(self, entries: list[Fact], why: str) -> Judgement:
        """Contradicted where the record covers the matter, partly for an associate, else not in the record."""
        lesser = [f for f in self.of(*LESSER) if f.when.first_day <= self.day.last_day]
        tells_entry = self.claim.relation in ("member_of", "member_joined")
        fits = self.when.date is None or not self.claim.since or self.met(lesser)
        if not entries and lesser and tells_entry and fits:
            return partly(f"Not a member, but: {series(lesser)}.", lesser)
        if entries:
            return contradicted(f"{why} {self.summary()}{self.remark}", self.facts[:_SHOWN])
        if self.of(*EXIT):  # it left what the record does not say that it entered
            return not_in_record(f"The record does not have the entry. {self.summary()}", self.facts[:_SHOWN])
        if self.index.is_complete_for(self.pact, self.when.date, self.now):
            missing = f"{self.index.complete_list(self.pact)} does not have {self.name}."
            known = why if self.when.date else ""  # of today nothing is known beyond the last day of the list
            says = " ".join(filter(None, (known, missing, self.summary())))
            return contradicted(says, (self.facts or self.related)[:_SHOWN])
        return not_in_record(
            f"The record has no membership of {self.name} in {self.pact.name} and does not claim to be complete there."
        )

    def entries(self) -> list[Fact]:
        """The acts by which the state entered the pact."""
        return self.of(*ENTRY)
