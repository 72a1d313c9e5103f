"""Claims about an organization itself: founded, dissolved, how many members, where seated, where met, led by whom."""

from __future__ import annotations

import re

from foedus.documents.claims import ClaimMaker
from foedus.documents.found import Found
from foedus.documents.masking import Atom
from foedus.documents.model import Claim, DateMention, Entity, Relation

SIMPLE: tuple[Relation, ...] = (
    "founded",
    "dissolved",
    "membership_count",
    "headquartered_in",
    "meeting_held",
    "office_held",
)


class OrganizationClaims:
    """Puts together the claims whose subject is an organization."""

    def __init__(self, maker: ClaimMaker) -> None:
        self.maker, self.finder, self.masked = maker, maker.finder, maker.masked

    def make(self, one: Found) -> list[Claim]:
        """The claims of one trigger."""
        relation, negated = self.maker.polarity(one)
        if relation is None or negated:
            return []
        if relation in ("founded", "dissolved"):
            return self._turning_point(one, relation)
        if relation == "membership_count":
            return self._count(one)
        if relation == "headquartered_in":
            return self._seat(one)
        return self._meeting(one) if relation == "meeting_held" else self._office(one)

    def _turning_point(self, one: Found, relation: Relation) -> list[Claim]:
        pacts, atom = self.finder.pact_subject(one)
        date = self.finder.date_of(one)
        if not pacts or not date:
            return self._listed(one, relation, None)
        claims = [self._claim(one, relation, pact, None, date, (atom,)) for pact in pacts]
        if relation == "founded":
            self.finder.context.begun.update((pact, date.value) for pact in pacts if date.value)
        claims += self._listed(one, relation, atom)
        self.finder.context.mention_pact(pacts[-1])
        return claims

    def _listed(self, one: Found, relation: Relation, first: Atom | None) -> list[Claim]:
        """As in "Founded a set of organizations: X (May 1943), Y (July 1944) and Z (November 1944)"."""
        claims: list[Claim] = []
        for match in re.finditer(r"O \(D\)", self.masked.text[one.end : one.high]):
            atom, dated = self.masked.atoms[one.end + match.start()], self.masked.atoms[one.end + match.end() - 2]
            if atom is first:
                continue
            listed = [
                self._claim(one, relation, m.entity, None, dated.date, (atom,), span=(atom.start, atom.end))
                for m in atom.mentions
            ]
            claims += [claim.but(group=listed[0].group) for claim in listed]
        return claims

    def _count(self, one: Found) -> list[Claim]:
        groups = one.match.groupdict()
        position = next((one.match.start(name) for name in groups if name != "first" and groups[name]), None)
        if position is None:
            return []
        number = self.masked.atoms[position]
        pacts, atom = self.finder.pact_subject(one)
        if not pacts:
            return []
        right = self.finder._pacts(one.end, min(one.high, one.end + 16))
        if right:
            pacts, atom = right
        date = self.finder.date_of(one)
        if groups.get("first"):  # as in "Since D it has grown from N members to N": the first number is of that date
            first = self.masked.atoms[one.match.start("first")]
            begun = self._claim(one, "membership_count", pacts[0], None, date, (atom,), value=first.value)
            date = None if date and date.preposition in ("since", "from") else date
            return [begun, self._claim(one, "membership_count", pacts[0], None, date, (atom,), value=number.value)]
        claims = [self._claim(one, "membership_count", pacts[0], None, date, (atom,), value=number.value)]
        return claims + self._counted(one, pacts[0])

    def _counted(self, one: Found, pact: Entity) -> list[Claim]:
        """As in "It has six members: A, B, C, ..."."""
        match = re.match(r" ?[:,(–-]+ ?(?:namely |including )?(?:the )?S", self.masked.text[one.end : one.high])
        if not match:
            return []
        atom = self.masked.atoms[one.end + match.end() - 1]
        claims = [
            self._claim(one, "member_of", mention.entity, pact, None, (atom,), span=(atom.start, atom.end))
            for mention in atom.mentions
        ]
        return [claim.but(group=claims[0].group) for claim in claims]

    def _seat(self, one: Found) -> list[Claim]:
        place = self._place(one)
        pacts, atom = self.finder.pact_subject(one)
        if place is None or not pacts:
            return []
        claims = [
            self._claim(
                one,
                "headquartered_in",
                pact,
                self._place_entity(place),
                self.finder.date_of(one),
                (atom if len(pacts) == 1 else None, place),
            )
            for pact in pacts
        ]
        group = claims[0].group
        return [claim.but(group=group) for claim in claims]

    def _meeting(self, one: Found) -> list[Claim]:
        place = self._place(one)
        if place is None:
            return []
        pacts, atom = self.finder.pact_subject(one)
        states, state_atom = self.finder.state_subjects(one) if not atom else ([], None)
        if state_atom is place:
            states, state_atom = [], None
        subject = pacts[0] if pacts and (atom or not state_atom) else states[0].entity if states else None
        claim = self._claim(one, "meeting_held", subject, self._place_entity(place), self.finder.date_of(one), (place,))
        return [claim]

    def _office(self, one: Found) -> list[Claim]:
        person = self._person(one)
        pacts, _ = self.finder.pact_object(one)
        if not pacts:
            pact = self.finder.context.pact()
            pacts = [pact] if pact else []
        if person is None or not pacts:
            return []
        post = self.masked.span(one.start, one.end)
        text = self.masked.text[one.start : one.end]
        title = (
            "secretary general"
            if "secretary" in text
            else "director general"
            if "director" in text
            else "supreme allied commander"
        )
        return [
            self._claim(
                one,
                "office_held",
                person.mentions[0].entity,
                pacts[0],
                self.finder.date_of(one),
                (person,),
                value=title,
                span=post,
            )
        ]

    def _person(self, one: Found) -> Atom | None:
        position = one.end if one.trigger.subject == "person-right" else one.start - 1
        return self.masked.atoms.get(position)

    def _place(self, one: Found) -> Atom | None:
        """Where: behind the trigger, or right in front of it."""
        if one.trigger.object == "capital":
            return next((atom for _, atom in self.masked.atoms_in(one.start, one.end, "A")), None)
        if one.trigger.object == "place-left":
            near = self.masked.atoms_in(max(0, one.start - 3), one.start + 1, "CL")
            return near[-1][1] if near else None
        near = self.masked.atoms_in(one.end, min(one.high, one.end + 24), "CLS")
        return near[0][1] if near else None

    def _place_entity(self, atom: Atom) -> Entity:
        mention = atom.mentions[0]
        if atom.letter == "A":
            capital = self.finder.context.knowledge.capitals.get(mention.entity.id or "")
            return Entity(None, capital, "place") if capital else mention.entity
        if atom.letter == "S":
            return mention.entity
        return Entity(
            mention.entity.id if atom.letter == "C" else None,
            self.finder.place_name(atom) or self._surface(mention.start, mention.end),
            "place",
        )

    def _surface(self, start: int, end: int) -> str:
        return self.finder.text[start:end]

    def _claim(
        self,
        one: Found,
        relation: Relation,
        subject: Entity | None,
        target: Entity | None,
        date: DateMention | None,
        atoms: tuple[Atom | None, ...],
        *,
        value: str | None = None,
        span: tuple[int, int] | None = None,
    ) -> Claim:
        start, end = span or self.masked.span(one.start, one.end)
        for piece in (*atoms, date):
            if piece is not None:
                start, end = min(start, piece.start), max(end, piece.end)
        role = date.preposition if date else ""
        return Claim(
            start, end, relation, subject, target, value=value, date=date.value if date else "",
            group=next(self.maker.groups),
            since=role == "since", qualifier=role if role in ("by", "before", "after", "until") else None,
            is_present=not date,
        )  # fmt: skip
