"""The record arranged for judging: which facts speak of a pact, a state in it, a base, an office."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property

from foedus.core.dates import PartialDate, parse_date
from foedus.documents.model import Claim, Entity
from foedus.findings.judgement import Now, ordered
from foedus.record.memberships import MemberSpell, member_spells
from foedus.record.models import Base, Fact, Hosting, Pact, Record

ENTRY = ("joined", "rejoined", "in_force", "succeeded")
EXIT = ("withdrew", "expelled")
_FRESH = 731  # days for which a list of members still speaks of "today"


@dataclass(eq=False)
class Index:
    """One record, indexed when first asked."""

    record: Record
    _facts: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)

    @cached_property
    def treaty_owner(self) -> dict[str, str]:
        """The pact in whose file a treaty block stands."""
        pacts = self.record.pacts.values()
        return {p.treaty.id: p.id for p in pacts if p.treaty is not None and not isinstance(p.treaty, str)}

    @cached_property
    def organizations_on(self) -> dict[str, list[str]]:
        """The organizations that rest on a treaty with a file of its own."""
        found: dict[str, list[str]] = defaultdict(list)
        for pact in self.record.pacts.values():
            if isinstance(pact.treaty, str):
                found[pact.treaty].append(pact.id)
        return found

    def pact(self, entity: Entity | None) -> Pact | None:
        """The pact that an entity names, through its treaty if need be."""
        if entity is None or entity.id is None:
            return None
        return self.record.pacts.get(self.treaty_owner.get(entity.id, entity.id))

    def family(self, pact: Pact) -> list[Pact]:
        """A pact with the treaty it rests on, or a treaty with the organization grown out of it; the pact first."""
        others = [pact.treaty] if isinstance(pact.treaty, str) else self.organizations_on.get(pact.id, [])
        return [pact, *(self.record.pacts[other] for other in others if other in self.record.pacts)]

    def commands(self, pact: Pact) -> list[Pact]:
        """Commands and programmes of an organization, whose exits are told as exits from it."""
        return [
            p
            for p in self.record.pacts.values()
            if p.kind == "command" and (pact.id in p.predecessors or p.id.startswith(f"{pact.id}-"))
        ]

    def state_facts(self, pact: Pact, state: str) -> list[Fact]:
        """What the record has of the membership of one state in one pact, by date."""
        key = (pact.id, state)
        if key not in self._facts:
            self._facts[key] = ordered(f for f in pact.events if f.member == state)
        return self._facts[key]

    def pact_facts(self, pact: Pact, *events: str) -> list[Fact]:
        """The events of the pact itself."""
        return ordered(f for f in pact.events if (f.state is None or f.event == "seat") and f.event in events)

    @cache  # noqa: B019  (an index lives as long as its record)
    def spells(self, pact_id: str) -> tuple[MemberSpell, ...]:
        """The spells of membership in a pact."""
        return member_spells(self.record, pact_id)

    def member_on(self, pact: Pact, state: str, day: PartialDate) -> MemberSpell | None:
        """The spell of membership that covers some day of a date."""
        return next(
            (s for s in self.spells(pact.id) if s.state == state and s.status == "member" and s.overlaps(day)), None
        )

    def members_on(self, pact: Pact, day: PartialDate) -> set[str]:
        """The members on some day of a date."""
        return {s.state for s in self.spells(pact.id) if s.status == "member" and s.overlaps(day)}

    def complete_list(self, pact: Pact) -> str:
        """In words: the list of members, the days it is complete for, and the source it was compared with."""
        assert pact.complete is not None
        title = self.record.sources[pact.complete.source].fields.get("title", pact.complete.source).strip("{}")
        until = f" to {pact.complete.end}" if pact.complete.end else ""
        return f"The list of members of {pact.name} (complete from {pact.complete.start}{until}: {title})"

    def is_complete_for(self, pact: Pact, when: PartialDate | None, now: Now) -> bool:
        """Whether silence excludes a claim; one that no date fixes is held against the last day of the list.

        The list may be a little older than the text that speaks of today: the reason names the day that it reaches.
        """
        end = parse_date(pact.complete.end) if pact.complete and pact.complete.end else None
        if when is None and end and (not now.is_known or 0 < (now.day.first_day - end.last_day).days <= _FRESH):
            return self.is_complete(pact, end)
        return self.is_complete(pact, when or now.day)

    def is_complete(self, pact: Pact, day: PartialDate | None) -> bool:
        """Whether silence excludes: the list of members is complete on every day of a date (or at all)."""
        if pact.complete is None:
            return False
        start = parse_date(pact.complete.start).first_day
        end = parse_date(pact.complete.end).last_day if pact.complete.end else parse_date(self.record.day).last_day
        ends = self.pact_facts(pact, "ended")
        if day is None:
            founded = self.pact_facts(pact, "founded", "signed", "in_force")
            return not founded or start <= founded[-1].when.last_day
        # Before a pact began and after it ended it has no members: nothing is missing there.
        if ends and day.first_day > ends[-1].when.last_day and end >= ends[-1].when.first_day:
            return True
        begins = self.pact_facts(pact, "founded", "signed", "in_force")
        if begins and start <= begins[-1].when.last_day and day.last_day < begins[0].when.first_day:
            return True
        return start <= day.last_day and day.first_day <= end

    def bearer(self, claim: Claim, pacts: list[Pact]) -> Entity | None:
        """Which of the bearers of a name is meant: the one that the pact knows, else the likeliest."""
        for entity in claim.candidates or ((claim.subject,) if claim.subject else ()):
            if entity.id and any(self.state_facts(pact, entity.id) for pact in pacts):
                return entity
        return claim.subject

    def hostings(self, *, host: str | None = None, operator: str | None = None) -> list[tuple[Base, Hosting]]:
        """The spells of bases by host and operator."""
        return [
            (base, spell)
            for base in self.record.bases.values()
            for spell in base.spells
            if (host is None or host in ((spell.host or base.host), base.territory))
            and (operator is None or spell.operator == operator)
        ]


def plain(text: str) -> str:
    """A name without accents and case, to be compared."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()
