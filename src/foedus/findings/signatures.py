"""Verdicts on signatures: that a state signed, and that a treaty was signed."""

from __future__ import annotations

from foedus.documents.model import Claim
from foedus.findings.index import ENTRY, Index, plain
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
from foedus.findings.matter import Matter
from foedus.findings.memberships import find_matter
from foedus.record.models import Fact, Pact


class SignatureJudge:
    """Holds claims about signatures against the signatures in the record."""

    def __init__(self, index: Index, now: Now) -> None:
        self.index, self.now = index, now

    def judge(self, claim: Claim) -> Judgement:
        """The verdict on one claim."""
        if claim.subject is not None:
            matter = find_matter(self.index, self.now, claim)
            return matter if isinstance(matter, Judgement) else self._by(matter)
        pact = self.index.pact(claim.object)
        if pact is None:
            return not_in_record(f"The record does not hold {claim.object.name if claim.object else 'this treaty'}.")
        return self._at_all(claim, pact)

    def _by(self, m: Matter) -> Judgement:
        """A state signed the treaty."""
        signed = m.all_of("signed")
        if signed and (m.when.date is None or m.met(signed)):
            return m.matched(m.met(signed) or signed[0])
        if met := m.met(m.all_of("ratified", "acceded", *ENTRY)):
            acceded = "it acceded" if m.all_of("acceded") else "the record has no signature of it"
            why = "it signed at another date" if signed else acceded
            return m.half(f"The date is that of another act ({series([met])}); {why}.", [met, *signed])
        if signed:
            return contradicted(f"The record has the signature at another date. {m.summary()}", signed)
        return self._among(m)

    def _among(self, m: Matter) -> Judgement:
        """A state without a signature: excluded only where the list of parties is complete."""
        signers = ordered(f for p in m.family for f in p.events if f.event == "signed" and f.state)
        day = m.when.date or (signers[0].when if signers else None)
        if day and any(self.index.is_complete(p, None) or self.index.is_complete(p, day) for p in m.family):
            states = self.index.record.states
            names = ", ".join(sorted({states[f.state].name for f in signers if f.state in states}))
            return contradicted(f"The record's signatories are {names}. {m.summary()}", signers[:8])
        return not_in_record(f"The record has no signature of {m.name} under {m.pact.name}.")

    def _at_all(self, claim: Claim, pact: Pact) -> Judgement:
        """The treaty was signed, whoever by."""
        when, family = When(claim), self.index.family(pact)
        own = [f for f in pact.events if f.event == "signed"]
        signed = ordered(own or (f for p in family for f in p.events if f.event == "signed"))
        if not signed:
            return not_in_record(f"The record has no date of signature of {pact.name}.")
        first = signed[0]
        if when.date is None or when.meets(first) or first_met(when, [f for f in signed if f.state is None]):
            return self._placed(claim, pact, first)
        acts = ("in_force", "founded", "ratified")
        others = ordered(f for p in family for f in p.events if f.event in acts and f.state is None)
        if met := first_met(when, others):
            return partly(f"The date is that of another act ({series([met])}); {series([first])}.", (met, first))
        if first_met(when, signed[1:]):
            return partly(f"Some signed then; the first signatures are of {first.date}.", (first,))
        if when.is_month() and when.same_year(first):
            return partly(f"The year is right, the month is not: {series([first])}.", (first,))
        return contradicted(f"{pact.name}: {series([first])}.", (first,))

    def _placed(self, claim: Claim, pact: Pact, signed: Fact) -> Judgement:
        """The date is right; so must be the place, where both the claim and the record name one."""
        if claim.value and signed.place and not _same_place(claim.value, signed.place):
            return contradicted(f"{pact.name}: {series([signed])}, in {signed.place}.", (signed,))
        place = f" in {signed.place}" if signed.place else ""
        return supported(f"{pact.name}: {series([signed])}{place}.", (signed,))


def _same_place(one: str, other: str) -> bool:
    """Whether two names of a place share a word: "Washington" and "Washington, D.C."."""
    return bool(set(plain(one).replace(",", " ").split()) & set(plain(other).replace(",", " ").split()))
