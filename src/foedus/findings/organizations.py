"""Verdicts on organizations themselves: founding, end, number of members, seat, meetings, offices."""

from __future__ import annotations

from foedus.core.dates import PartialDate
from foedus.documents.model import Claim
from foedus.findings.index import Index, plain
from foedus.findings.judgement import (
    Judgement,
    Now,
    Verdict,
    When,
    contradicted,
    first_met,
    not_in_record,
    ordered,
    partly,
    series,
    supported,
)
from foedus.record.models import Fact, Office, Pact


class OrganizationJudge:
    """Holds claims about a pact as a whole against its events."""

    def __init__(self, index: Index, now: Now) -> None:
        self.index, self.now = index, now

    def judge(self, claim: Claim) -> Judgement:
        """The verdict on one claim."""
        entity = claim.object if claim.relation == "office_held" else claim.subject
        pact = self.index.pact(entity)
        if pact is None:
            return not_in_record(f"The record does not hold {entity.name if entity else 'this organization'}.")
        when = When(claim)
        if claim.relation == "founded":
            return self._founded(pact, when)
        if claim.relation == "dissolved":
            return self._dissolved(pact, when)
        if claim.relation == "membership_count":
            return self._count(claim, pact, when)
        if claim.relation == "headquartered_in":
            return self._seat(claim, pact, when)
        return self._meeting(claim, pact, when) if claim.relation == "meeting_held" else self._office(claim, pact, when)

    def _founded(self, pact: Pact, when: When) -> Judgement:
        founded = self.index.pact_facts(pact, "founded")
        acts = self.index.pact_facts(pact, "signed", "in_force", "renewed", "succeeded")
        acts = ordered(
            [
                *acts,
                *(
                    f
                    for p in self.index.family(pact)[1:]
                    for f in self.index.pact_facts(p, "signed", "in_force", "founded")
                ),
            ]
        )
        if not founded:
            founded = [f for f in acts if f.pact == pact.id and f.event in ("signed", "in_force")][:2]
        if not founded:
            return not_in_record(f"The record has no founding date of {pact.name}.")
        if met := first_met(when, founded):
            return supported(f"{pact.name}: {series([met])}.", (met,))
        former = [
            f
            for other in pact.predecessors
            if other in self.index.record.pacts
            for f in self.index.pact_facts(self.index.record.pacts[other], "signed", "founded")
        ]
        if met := first_met(when, [*acts, *former]):
            return partly(
                f"The date is that of another act ({series([met])}); {pact.name}: {series(founded)}.",
                (met, *founded),
            )
        if when.is_month() and any(when.same_year(f) for f in founded):
            return partly(f"The year is right, the month is not: {series(founded)}.", founded)
        return contradicted(f"{pact.name}: {series(founded)}.", (*founded, *acts[:2]))

    def _dissolved(self, pact: Pact, when: When) -> Judgement:
        ended = self.index.pact_facts(pact, "ended")
        if not ended:
            is_kept = self.index.is_complete(pact, self.now.record_day)
            if is_kept and when.date is not None and when.date.last_day <= self.now.record_day.last_day:
                return contradicted(
                    f"{pact.name} had not ended by {self.now.record_day}.",
                    tuple(self.index.pact_facts(pact, "founded")),
                )
            return not_in_record(f"The record has no end of {pact.name}.")
        final = [f for f in ended if not f.qualifier] or ended
        if met := first_met(when, final):
            return supported(f"{pact.name}: {series([met])}.", (met,))
        if met := first_met(when, [f for f in ended if f not in final]):
            return partly(
                f"That was the end of a part ({(met.qualifier or '').replace('_', ' ')}); {series(final)}.",
                (met, *final),
            )
        if when.date is not None and any(when.same_year(f) for f in final) and not when.date.is_day:
            return partly(f"The year is right, the month is not: {series(final)}.", final)
        return contradicted(f"{pact.name}: {series(final)}.", final)

    def _count(self, claim: Claim, pact: Pact, when: When) -> Judgement:
        if not claim.value or not claim.value.isdigit():
            return Judgement(Verdict.NOT_CHECKABLE, "The number is too vague to be compared.")
        number = int(claim.value)
        day = when.date or self.now.day
        entries = ordered(f for f in pact.events if f.event in ("joined", "in_force", "rejoined") and f.state)
        counts = self._founders(pact) if claim.qualifier == "founding" else self._counts(pact, day, entries)
        remark = "" if when.date else self.now.remark()
        if number in counts:
            return supported(f"{pact.name} had {number} members at that time.{remark}", tuple(entries[-3:]))
        if not self.index.is_complete_for(pact, when.date, self.now) or not counts:
            return not_in_record(
                f"The record's list of members of {pact.name} is not declared complete at that time.",
            )
        shown = " or ".join(str(count) for count in sorted(counts))
        return contradicted(f"{pact.name} had {shown} members on {day}.{remark}", tuple(entries[-3:]))

    def _founders(self, pact: Pact) -> set[int]:
        """How many the founders were: the first signatories, and the members on the first day."""
        signed = [f for f in pact.events if f.event == "signed" and f.state]
        first = min((f.when.first_day for f in signed), default=None)
        signers = {f.state for f in signed if f.when.first_day == first}
        spells = [s for s in self.index.spells(pact.id) if s.status == "member"]
        start = min((s.first_day for s in spells), default=None)
        return {len(signers), len({s.state for s in spells if s.first_day == start})} - {0, 1}

    def _counts(self, pact: Pact, day: PartialDate, entries: list[Fact]) -> set[int]:
        """The numbers of members on the days that a date may mean: at its start, its end and each change between."""
        spells = [s for s in self.index.spells(pact.id) if s.status == "member"]
        days = {day.first_day, day.last_day}
        days |= {s.first_day for s in spells if day.first_day <= s.first_day <= day.last_day}
        return {len({s.state for s in spells if s.is_on(one)}) for one in days} - {0}

    def _seat(self, claim: Claim, pact: Pact, when: When) -> Judgement:
        seats = self.index.pact_facts(pact, "seat")
        if not seats or claim.object is None:
            return not_in_record(f"The record has no seat of {pact.name}.")
        named = {plain(claim.object.name)}
        matching = [
            f
            for f in seats
            if plain(f.place or "") in named or (claim.object.kind == "state" and f.state == claim.object.id)
        ]
        day = when.date or (self.now.day if claim.is_present else None)
        at = self._seat_on(seats, day) if day else None
        if matching and (
            day is None or at in matching or (when.date is not None and self._overlaps(seats, matching, when.date))
        ):
            return supported(f"{pact.name}: {series(matching)}.", matching)
        if matching and when.date is None:
            return supported(f"{pact.name}: {series(seats)}.", seats)
        return contradicted(f"{pact.name}: {series(seats)}.", seats)

    @staticmethod
    def _seat_on(seats: list[Fact], day: PartialDate) -> Fact | None:
        before = [f for f in seats if f.when.first_day <= day.last_day]
        return before[-1] if before else None

    @staticmethod
    def _overlaps(seats: list[Fact], matching: list[Fact], day: PartialDate) -> bool:
        for i, seat in enumerate(seats):
            until = seats[i + 1].when.last_day if i + 1 < len(seats) else day.last_day
            if seat in matching and seat.when.first_day <= day.last_day and until >= day.first_day:
                return True
        return False

    def _meeting(self, claim: Claim, pact: Pact, when: When) -> Judgement:
        held = ordered(
            f
            for o in self.index.record.organs.values()
            if o.pact in {p.id for p in self.index.family(pact)}
            for f in o.events
            if f.event == "held"
        )
        held += [f for f in pact.events if f.event in ("founded", "signed") and f.place]
        name = plain(claim.object.name) if claim.object else ""
        there = [
            f
            for f in held
            if plain(f.place or "") == name
            or (claim.object and claim.object.kind == "state" and self._capital(f, claim))
        ]
        if met := first_met(when, there):
            return supported(f"{pact.name}: {series([met])}.", (met,))
        if when.date is not None and when.date.is_day:
            elsewhere = [f for f in held if f.event == "held" and f.when == when.date and f.place and f.mode != "video"]
            if elsewhere:
                return contradicted(f"{pact.name} met elsewhere that day: {series(elsewhere)}.", tuple(elsewhere))
        return not_in_record(f"The record has no such meeting of {pact.name}.")

    def _capital(self, fact: Fact, claim: Claim) -> bool:
        state = self.index.record.states.get(claim.object.id or "") if claim.object else None
        names = state.names.get("en") if state else None
        capitals = {c if isinstance(c, str) else c.name for c in names.capitals} if names else set()
        return plain(fact.place or "-") in {plain(capital) for capital in capitals}

    def _office(self, claim: Claim, pact: Pact, when: When) -> Judgement:
        person = plain(claim.subject.name) if claim.subject else ""
        offices: list[Office] = [
            o for o in self.index.record.offices.values() if o.pact in {p.id for p in self.index.family(pact)}
        ]
        held = ordered(f for o in offices for f in o.events if f.person and plain(f.person) == person)
        if not held:
            return not_in_record(
                f"The record has no office of {claim.subject.name if claim.subject else 'this person'} in {pact.name}.",
            )
        starts = [f for f in held if f.event == "took_office"]
        ends = [f for f in held if f.event == "left_office"]
        if when.date is None or (
            starts
            and starts[0].when.first_day <= when.date.last_day
            and (not ends or ends[-1].when.last_day >= when.date.first_day)
        ):
            return supported(f"{held[0].person}: {series(held)}.", held)
        return contradicted(f"{held[0].person}: {series(held)}.", held)
