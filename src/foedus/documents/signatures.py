"""Claims about treaties signed: who signed which, or that it was signed."""

from __future__ import annotations

import re

from foedus.core.dates import parse_date
from foedus.documents.claims import ClaimMaker
from foedus.documents.context import Last
from foedus.documents.found import Found
from foedus.documents.masking import Atom
from foedus.documents.model import Claim, DateMention, Entity, Mention


class SignatureClaims:
    """Puts together the claims about signatures."""

    def __init__(self, maker: ClaimMaker) -> None:
        self.maker, self.finder, self.masked, self.grammar = maker, maker.finder, maker.masked, maker.grammar

    def make(self, one: Found) -> list[Claim]:
        """Who signed which treaty, or that it was signed."""
        if self.maker.polarity(one)[0] is None or self.maker.polarity(one)[1]:
            return []
        kind = one.trigger.subject
        if kind == "right":
            atom = self.finder.right_states(one.end, one.high, 8)
            objects, object_atom = self.finder.pact_object(one)
            subjects = atom.mentions if atom else []
        elif kind == "none" or kind == "by":
            return self._passive_signature(one)
        else:
            subjects, atom = self.finder.state_subjects(one)
            one.subjects, one.subject_atom = subjects, atom
            objects, object_atom = self._signed_treaty(one)
            partners = self._partners(one)
            subjects = [*subjects, *partners]
            if subjects and not objects:
                return self._unnamed(one, subjects, atom)
        if not objects or not subjects:
            return []
        date = self.finder.date_of(one)
        last = self.finder.context.last
        if date is None and last and last.relation == "treaty_signed" and last.object in objects:
            date = last.date
        targets = [self._treaty(entity) for entity in objects]
        claims = self.maker.pairs(one, "treaty_signed", subjects, targets, None, (atom, object_atom))
        claims = [claim.but(date=date.value if date else claim.date) for claim in claims]
        if date and date.end > claims[0].end and date.start < self.masked.starts[one.high - 1] + 2:
            claims = [claim.but(end=max(claim.end, date.end)) for claim in claims]
        claims += self.maker.founders_counted(one, targets)
        self.maker.remember("treaty_signed", subjects, objects, date)
        return claims

    def _signed_treaty(self, one: Found) -> tuple[list[Entity], Atom | None]:
        tail = self.finder.visible_tail(one)
        objects, atom = self.finder.pact_object(one)
        if atom is None and objects and not re.match(self.grammar.treaty_meant, tail):
            return [], None
        return objects, atom

    def _partners(self, one: Found) -> list[Mention]:
        """As in "Japan signed the pact with Germany and Italy": the partners sign as well."""
        match = re.match(
            rf"(?:[^.;:S]|S(?=-)){{0,60}}?O[^.;:S]{{0,30}}?{self.grammar.signed_with}",
            self.masked.text[one.end : one.high],
        )
        return self.masked.atoms[one.end + match.end() - 1].mentions if match else []

    def _unnamed(self, one: Found, subjects: list[Mention], atom: Atom | None) -> list[Claim]:
        """As in "A signed a defense agreement with B in D and C in D": a dated treaty that the text gives no name."""
        begin = one.end if one.subject_behind is None else one.subject_behind + 1
        match = re.compile(self.grammar.unnamed_treaty).match(self.masked.text, begin, one.high)
        if not match or re.search(self.grammar.not_of_security, self.masked.text[begin : one.high]):
            return []
        date = self.finder.date_of(one)
        at = match.start("s") if match["s"] else None
        start, end = self.masked.span(match.start("what"), match.end("what"))
        words = self.finder.text[start:end].strip()
        claims = self._between(one, subjects, (words, at, date), (atom,))
        claims = [claim.but(end=max(claim.end, end)) for claim in claims]
        while claims and date and at is not None:
            behind = self.masked.position(date.end)
            further = re.match(self.grammar.further_partner, self.masked.text[behind : one.high])
            if not further:
                break
            at, date_at = behind + further.start("s"), behind + further.start("d")
            one.used_dates.add(date_at)
            date = self.masked.atoms[date_at].date
            claims += self._between(one, subjects, (words, at, date), (), own=False)
        return claims

    def _between(
        self, one: Found, subjects: list[Mention], treaty: tuple[str, int | None, DateMention | None],
        atoms: tuple[Atom | None, ...], *, own: bool = True,
    ) -> list[Claim]:  # fmt: skip
        """One claim for each party to a treaty that is known by its parties, its date and what it is called."""
        words, at, date = treaty
        partner = self.masked.atoms[at] if at is not None else None
        parties = [*subjects, *(partner.mentions if partner else ())]
        if len(parties) < 2 or date is None:
            return []
        year = parse_date(date.value).year
        states = frozenset(mention.entity.id or "" for mention in parties)
        known = [entity for signed, entity in self.finder.context.knowledge.between.get(states, ()) if signed == year]
        name = f"{'-'.join(mention.entity.name for mention in parties)} {words}"
        target = known[0] if len(known) == 1 else Entity(None, name, "pact")
        claims = self.maker.pairs(one, "treaty_signed", parties, [target], date, (*atoms, partner), own=own)
        self.maker.remember("treaty_signed", subjects, [target], date)
        return claims

    def _passive_signature(self, one: Found) -> list[Claim]:
        """As in "The treaty was signed at X on D by A and B"."""
        objects, object_atom = (
            self.finder.pact_subject(one) if one.trigger.object == "left" else self.finder.pact_object(one)
        )
        date = self.finder.date_of(one)
        before = self.masked.text[max(0, one.start - 60) : one.start]
        if (
            not objects
            or (not date and not re.search(self.grammar.signed_where, self.masked.text[one.end : one.high]))
            or (one.trigger.object == "left" and re.search(self.grammar.signed_not, before))
        ):
            return []
        claims = self._pairs_open(one, objects, date, object_atom)
        if place := self._place_signed(one):
            claims = [claim.but(value=place) for claim in claims]
        signers = re.match(rf"[^.;:]{{0,60}}?{self.grammar.signed_by}", self.masked.text[one.end : one.high])
        if signers:
            atom = self.masked.atoms[one.end + signers.end() - 1]
            claims += self.maker.pairs(one, "treaty_signed", atom.mentions, objects, date, (atom, object_atom))
        claims += self._gapped_treaties(one)
        self.finder.context.mention_pact(objects[-1])
        self.finder.context.last = Last("treaty_signed", [], objects[-1], date)
        return claims

    def _place_signed(self, one: Found) -> str | None:
        """Where: "signed at X", right behind the verb."""
        match = re.match(self.grammar.signed_at, self.masked.text[one.end : one.high])
        atom = self.masked.atoms.get(one.end + match.end() - 1) if match else None
        return self.finder.place_name(atom) if atom else None

    def _gapped_treaties(self, one: Found) -> list[Claim]:
        """As in "The Charter was signed in 1948, the Rio Treaty a year before"."""
        position = max(one.used_dates, default=one.end)
        match = re.match(
            rf"{self.grammar.gap_glue}O {self.grammar.at_date}D", self.masked.text[position + 1 : one.high]
        )
        if not match:
            return []
        date_at = position + match.end()
        atom = next(a for _, a in self.masked.atoms_in(position + 1, date_at, "O"))
        return self._pairs_open(
            one, [m.entity for m in atom.mentions], self.masked.atoms[date_at].date, atom, own=False
        )

    def _pairs_open(
        self, one: Found, objects: list[Entity], date: DateMention | None, atom: Atom | None, *, own: bool = True
    ) -> list[Claim]:
        objects = [self._treaty(entity) for entity in objects]
        nobody = Mention(0, 0, (Entity(None, "", "state"),), "name")
        claims = self.maker.pairs(one, "treaty_signed", [nobody], objects, date, (atom,), own=own)
        return [claim.but(subject=None, candidates=()) for claim in claims]

    def _treaty(self, entity: Entity) -> Entity:
        """What is signed is the treaty, not the organization."""
        return self.finder.context.knowledge.treaty_of.get(entity.id or "", entity)
