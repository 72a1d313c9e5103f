"""Verdicts on memberships: entry, belonging, exit, non-membership, suspension."""

from __future__ import annotations

from foedus.documents.model import Claim
from foedus.findings.index import ENTRY, EXIT, Index
from foedus.findings.judgement import (
    Judgement,
    Now,
    When,
    contradicted,
    not_in_record,
    ordered,
    partly,
    series,
    supported,
)
from foedus.findings.matter import LESSER, Matter
from foedus.record.models import Fact, Pact

_ACCESSION_YEARS = 3
_ACTS = ("signed", "ratified", "acceded", *LESSER)


class MembershipJudge:
    """Holds claims about members against the events of memberships."""

    def __init__(self, index: Index, now: Now) -> None:
        self.index, self.now = index, now

    def judge(self, claim: Claim) -> Judgement:
        """The verdict on one claim."""
        matter = find_matter(self.index, self.now, claim)
        if isinstance(matter, Judgement):
            return matter
        method = {
            "member_joined": self._joined, "member_of": self._member, "member_left": self._left,
            "never_member": self._never, "other": self._suspended,
        }[claim.relation]  # fmt: skip
        return method(matter)

    # --- entry -------------------------------------------------------------------------------------------------------

    def _joined(self, m: Matter) -> Judgement:
        entries = m.entries()
        if m.when.date is None:
            before = [f for f in entries if f.when.first_day <= self.now.day.last_day]
            if before:
                return m.matched(before[-1] if m.claim.qualifier == "return" else before[0])
            return m.excluded(entries, "")
        if met := m.met(entries):
            return m.matched(met)
        if met := m.in_command(*ENTRY):
            return m.half(f"That was the entry into {m.owner(met)}, not {m.pact.name}.", [met, *m.facts[:3]])
        if met := m.met(m.of("resumed")):
            return m.half("A suspension ended then; the membership itself had not ended.", [met, *m.facts[:3]])
        return self._other_act(m) or m.excluded(entries, "No act of this membership took place then.")

    def _other_act(self, m: Matter) -> Judgement | None:
        """The date is that of another act, or of the treaty that the organization grew out of."""
        entries = m.entries()
        if met := m.met([f for f in m.related if f.event in ENTRY]):
            return m.half(f"The date is that of {m.owner(met)}, not of {m.pact.name}.", [met, *m.facts[:4]])
        if met := m.met(m.all_of(*_ACTS)):
            return m.half(f"The date given is that of another act ({series([met])}).", [met, *entries])
        if entries and m.when.is_month() and any(m.when.same_year(f) for f in entries):
            return m.half("The year is right, the month is not.", entries)
        if entries and not m.all_of(*_ACTS) and _may_be_earlier_act(m, entries[0]):
            why = "The record does not have the signature and ratification, one of which the text may mean."
            return not_in_record(f"{why} {m.summary()}", entries)
        return None

    # --- belonging ---------------------------------------------------------------------------------------------------

    def _member(self, m: Matter) -> Judgement:
        if m.claim.qualifier == "founding":
            return self._founder(m)
        if m.when.date is not None and m.claim.since:
            return self._since(m)
        spells = m.spells(m.pact)
        is_past = m.when.date is None and not m.claim.is_present
        if is_past and any(s.first_day <= self.now.day.last_day for s in spells):
            return supported(m.summary(), m.of(*ENTRY, *EXIT))
        if any(s.overlaps(m.day) for s in spells):
            if self._is_suspended(m):
                return partly(f"A member, but suspended at that time. {m.summary()}{m.remark}", m.facts[:6])
            return supported(m.summary() + m.remark, m.of(*ENTRY, *EXIT))
        other = next((p for p in m.family[1:] if any(s.overlaps(m.day) for s in m.spells(p))), None)
        if other and m.when.date is not None:
            why = f"At that time it was a party to {other.name}; {m.pact.name} is another thing."
            return m.half(why, m.related[:4] + m.facts[:3])
        if heir := self._heir(m):
            why = f"{m.pact.name} had ended by then; {m.name} belonged to {heir.name}, which the record joins to it."
            return m.half(why, m.entries())
        return m.excluded(m.entries(), f"Not a member on {m.day}.")

    def _heir(self, m: Matter) -> Pact | None:
        """What carried on a pact that ended, if the state had not left and belonged to it on the day: G8 and G7."""
        own = m.spells(m.pact)
        if not own or m.of(*EXIT) or any(s.last_day is None or s.last_day >= m.day.first_day for s in own):
            return None
        record = self.index.record.pacts
        near = {*m.pact.successors, *m.pact.predecessors}
        near |= {p.id for p in record.values() if m.pact.id in (*p.predecessors, *p.successors)}
        heirs = (record[key] for key in sorted(near) if key in record)
        return next((p for p in heirs if any(s.overlaps(m.day) for s in m.spells(p))), None)

    def _since(self, m: Matter) -> Judgement:
        """The word "since" states the beginning, and that it still lasts."""
        entries = m.entries()
        lasting = any(s.overlaps(self.now.day) for s in m.spells(m.pact))
        ended = [f for f in m.all_of(*EXIT) if f.when.last_day < self.now.day.first_day]
        if ended and not lasting and m.claim.is_lasting and m.met(m.all_of(*ENTRY, *_ACTS)):
            return contradicted(
                f"It ended ({series(ended[-1:])}). {m.summary()}{self.now.remark()}", m.facts or m.related
            )
        if met := m.met(entries):
            return m.matched(met)
        if partial := self._other_act(m):
            return partial
        why = (
            "The membership is right, its beginning is not."
            if lasting
            else "No act of this membership took place then."
        )
        return m.excluded(entries, why)

    def _founder(self, m: Matter) -> Judgement:
        entries = m.of(*ENTRY, "signed")
        founded = self.index.pact_facts(m.pact, "founded", "signed", "in_force")
        if not entries:
            return m.excluded([], "Not among the founders, and no member.")
        if not founded:
            return not_in_record(f"The record has no founding date of {m.pact.name}. {m.summary()}", entries)
        if entries[0].when.first_day <= max(f.when.last_day for f in founded):
            return supported(m.summary(), (entries[0], founded[0]))
        return m.half("A member, but not from the beginning.", [entries[0], founded[0]])

    def _is_suspended(self, m: Matter) -> bool:
        return any(
            s.state == m.state and s.status == "suspended" and s.overlaps(m.day) and s.first_day <= m.day.first_day
            for s in self.index.spells(m.pact.id)
        )

    # --- exit --------------------------------------------------------------------------------------------------------

    def _left(self, m: Matter) -> Judgement:
        exits = m.of(*EXIT)
        if m.when.date is None and exits:
            return m.matched(exits[-1])
        if m.when.date is not None:
            if met := m.met(exits):
                return m.matched(met)
            if met := m.met([f for f in m.related if f.event in EXIT]):
                return m.half(f"That was the end of its part in {m.owner(met)}.", [met])
            if met := m.met(m.of("notice", "suspended", *LESSER)):
                return m.half(f"The date given is that of another act ({series([met])}).", [met, *exits])
        if met := m.in_command(*EXIT, "suspended", "notice"):
            return m.half(f"That was {m.owner(met)}, not {m.pact.name} itself.", [met, *m.facts[:2]])
        if m.when.date is None and (suspended := m.of("suspended")):
            return m.half("Suspended, not out.", suspended)
        if exits and m.when.is_month() and any(m.when.same_year(f) for f in exits):
            return m.half("The year is right, the month is not.", exits)
        return m.excluded(m.entries(), "No exit took place then." if m.entries() else "It was never a member.")

    # --- suspension --------------------------------------------------------------------------------------------------

    def _suspended(self, m: Matter) -> Judgement:
        """Froze its part or was suspended; told as a suspension, an exit is partly right."""
        suspended = m.of("suspended")
        if met := m.met(suspended):
            return m.matched(met)
        if met := m.met(m.of(*EXIT, "notice")):
            return m.half(f"The record has that as another act ({series([met])}).", [met])
        if suspended and m.when.date is not None:
            return contradicted(f"No suspension began then. {m.summary()}", m.facts[:6])
        return not_in_record(f"The record has no suspension of {m.name} in {m.pact.name}. {m.summary()}", m.facts[:6])

    # --- never -------------------------------------------------------------------------------------------------------

    def _never(self, m: Matter) -> Judgement:
        spells = m.spells(m.pact)
        if m.claim.is_of_all_time and (past := [f for f in m.of(*ENTRY) if f.when.first_day <= self.now.day.last_day]):
            return contradicted(f"It is or was a member. {m.summary()}", past)
        is_span = m.when.date is not None and not m.when.date.is_day
        if any(s.covers(m.day) if is_span else s.overlaps(m.day) for s in spells):
            return contradicted(f"It is or was a member. {m.summary()}{m.remark}", m.entries())
        if spells and (m.claim.is_present or m.when.date is not None):
            return supported(f"Not a member on {m.day}. {m.summary()}{m.remark}", m.of(*ENTRY, *EXIT))
        if not spells and self.index.is_complete_for(m.pact, m.when.date, self.now):
            missing = f"{self.index.complete_list(m.pact)} does not have {m.name}."
            return supported(f"{missing} {m.summary()}", m.facts[:3])
        if spells:
            return not_in_record(f"The text does not say of which time it speaks. {m.summary()}", m.of(*ENTRY, *EXIT))
        return not_in_record(
            f"The record has no membership of {m.name} in {m.pact.name} and does not claim to be complete there."
        )


def _may_be_earlier_act(m: Matter, entry: Fact) -> bool:
    """Whether a date lies in the few years before an entry in which treaties of accession are signed."""
    if m.when.date is None:
        return False
    return entry.when.first_day.year - _ACCESSION_YEARS <= m.when.date.last_day.year < entry.when.first_day.year


def find_matter(index: Index, now: Now, claim: Claim) -> Matter | Judgement:
    """What the record has of the state and pact of a claim, or why it has nothing."""
    pact = index.pact(claim.object)
    if pact is None:
        return not_in_record(f"The record does not hold {claim.object.name if claim.object else 'this organization'}.")
    family = index.family(pact)
    bearer = index.bearer(claim, [*family, *index.commands(pact)])
    if bearer is None or bearer.id is None:
        return not_in_record("The record does not know this state.")
    facts = index.state_facts(pact, bearer.id)
    related = ordered(f for other in family[1:] for f in index.state_facts(other, bearer.id))
    return Matter(index, claim, When(claim), now, pact, family, bearer.id, bearer.name, facts, related)
