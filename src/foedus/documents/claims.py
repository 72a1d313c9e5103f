"""Claims about memberships, from the triggers of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.documents.arguments import ArgumentFinder
from foedus.documents.context import Last
from foedus.documents.found import Found
from foedus.documents.masking import Atom
from foedus.documents.model import Claim, DateMention, Entity, Mention, Relation

MEMBERSHIP: tuple[Relation, ...] = ("member_of", "member_joined", "member_left", "never_member", "other")


class ClaimMaker:
    """Puts claims together from one sentence; the groups are numbered through a document."""

    def __init__(self, finder: ArgumentFinder, groups: Iterable[int]) -> None:
        self.finder = finder
        self.masked = finder.masked
        self.grammar = finder.grammar
        self.groups = iter(groups)

    def memberships(self, one: Found) -> list[Claim]:
        """Who joined, left, is or never was a member of what."""
        relation, negated = self.polarity(one)
        if relation is None:
            return []
        if one.trigger.subject == "right":
            return self._listed(one)
        if one.trigger.subject == "admitted":
            return self._admission(one)
        if one.trigger.subject == "apposition":
            return self._apposition(one)
        subjects, subject_atom = self.finder.state_subjects(one)
        one.subjects, one.subject_atom = subjects, subject_atom
        objects, object_atom = self.finder.pact_object(one)
        if one.trigger.object == "group" and not object_atom:
            return []
        if not subjects or not objects:
            return []
        if self._is_hedged(one, object_atom):
            return []
        date = self.finder.date_of(one) or self._same_date(one)
        if object_atom is None and not self.finder.is_object_meant(one):
            likeliest = self.finder.context.likeliest(subjects, date)
            if likeliest is None:
                return []
            objects = [likeliest]
        objects = [self._organization(entity) for entity in objects]
        if relation == "never_member" and date and date.preposition == "until":
            relation = "member_joined"
        if relation == "member_of" and one.trigger.relation == "member_joined":
            relation = "member_joined"
        claims = self.pairs(one, relation, subjects, objects, date, (subject_atom, object_atom), negated=negated)
        claims += self._gapped(one, relation, subjects, objects)
        if re.search(self.grammar.origin, one.match.group()) or "n" in one.match.groupdict():
            claims = self.founders_counted(one, objects) + ([] if self._is_repeated(one, relation, objects) else claims)
        self.remember(relation, subjects, objects, date)
        return claims

    def _is_hedged(self, one: Found, atom: Atom | None) -> bool:
        """A member "in all but name" is none: such a statement is opinion."""
        end = max(one.end, self.masked.position(atom.end) if atom else 0)
        hedge = self.finder.lexicon.hedge
        return bool(hedge) and bool(re.match(hedge, self.masked.text[end:]))

    def _same_date(self, one: Found) -> DateMention | None:
        """As in "B came in with them": on the date of the claim before."""
        last = self.finder.context.last
        return last.date if last and re.match(self.grammar.same_date, self.masked.text[one.end :]) else None

    def _organization(self, entity: Entity) -> Entity:
        """A treaty that grew into an organization has members only through it."""
        return self.finder.context.knowledge.organization_of.get(entity.id or "", entity)

    def polarity(self, one: Found) -> tuple[Relation | None, bool]:
        """The relation after negation; None for what is wished, asked or foreseen."""
        relation = one.trigger.relation
        if relation == "never_member":
            return relation, True
        verbs = self.masked.text[max(one.low, one.start - 28) : one.start]
        verbs = re.split(self.grammar.clause_mark, verbs)[-1]
        if re.search(rf"{self.finder.lexicon.hypothetical}(?: (?![OUDB]\b)\w+){{0,2}} ?$", verbs):
            return None, False
        if re.search(rf"{self.finder.lexicon.negation}(?: \w+){{0,2}} ?$", verbs):
            return ("never_member", True) if relation in ("member_of", "member_joined") else (None, True)
        return relation, False

    def _admission(self, one: Found) -> list[Claim]:
        """As in "Agreed to admit A and B to X", "added A in 1955": the object of the verb is the new member."""
        atom = self.finder.right_states(one.end, one.high, 8)
        if atom is None:
            return []
        one.subjects, one.subject_atom = atom.mentions, atom
        begin = self.masked.position(atom.end)
        near = re.match(self.grammar.admitted_to, self.masked.text[begin : one.high])
        found = self.finder._pacts(begin, begin + near.end()) if near else None
        objects, object_atom = found or (self._admitted_to(one, begin), None)
        if not objects:
            return []
        date = self.finder.date_of(one)
        if date is None and one.trigger.needs == "date":
            return []
        self.remember("member_joined", atom.mentions, objects, date)
        return self.pairs(one, "member_joined", atom.mentions, objects, date, (atom, object_atom))

    def _admitted_to(self, one: Found, begin: int) -> list[Entity]:
        """The pact that goes without saying: that of the entry before, or where entry is a noun the one at hand."""
        context = self.finder.context
        entered = context.last.object if context.last and context.last.relation == "member_joined" else None
        meant = context.pact() if one.trigger.needs == "date" else entered
        return [meant] if meant and re.match(self.grammar.admitted_on, self.masked.text[begin:]) else []

    def _listed(self, one: Found) -> list[Claim]:
        """As in "The founding members were A, B and C": the list stands behind the trigger."""
        atom = self.finder.right_states(one.end, one.high, 8)
        if atom is None:
            return []
        previous = self.finder.context.last
        if one.trigger.needs == "previous":
            earlier = [
                f for f in self.finder.found[: self.finder.found.index(one)] if f.trigger.relation == "member_joined"
            ]
            if not earlier or previous is None or previous.object is None:
                return []
            objects: list[Entity] = [previous.object]
            object_atom = None
        else:
            objects, object_atom = self.finder.pact_object(one)
            if not objects:
                pact = self.finder.context.pact()
                objects = [pact] if pact else []
        date = None if one.trigger.needs == "previous" else self.finder.date_of(one)
        claims = self.pairs(one, one.trigger.relation, atom.mentions, objects, date, (atom, object_atom))
        if date is None and objects and re.search(self.grammar.origin, one.match.group()):
            claims = [claim.but(date=self.finder.context.begun.get(objects[0], "")) for claim in claims]
        return claims

    def _apposition(self, one: Found) -> list[Claim]:
        """As in "Oman (a member since 1971)": the state stands right in front."""
        near = self.masked.atoms_in(max(0, one.start - 2), one.start + 1, "S")
        objects, object_atom = self.finder.pact_object(one)
        if not near or not objects:
            return []
        one.subjects = near[-1][1].mentions
        date = self.finder.date_of(one)
        return self.pairs(
            one, "member_of", one.subjects, [self._organization(o) for o in objects], date, (near[-1][1], object_atom)
        )

    def _gapped(self, one: Found, relation: Relation, subjects: list[Mention], objects: list[Entity]) -> list[Claim]:
        """As in "A entered X in 2004, Y in 2007 and Z in 2010"; "A joined in 1977 and B in 1974"."""
        claims: list[Claim] = []
        position = max(one.used_dates, default=one.end)
        object_positions = [i for i, _ in self.masked.atoms_in(one.end, one.high, "OU")]
        if not one.used_dates and object_positions:
            position = object_positions[0]
        glue, dated = self.grammar.gap_glue, self.grammar.gap_date
        while True:
            rest = self.masked.text[position + 1 : one.high]
            match = re.match(rf"(?:{self.grammar.gap_unknown})?{glue}(?:(?P<o>O)|(?P<s>[SC])) ?{dated}", rest)
            if not match:
                return claims
            date_at = position + match.end()
            date = self.masked.atoms[date_at].date
            letter_at = position + 1 + match.start("o" if match["o"] else "s")
            atom = self.masked.atoms[letter_at]
            one.used_dates.add(date_at)
            if match["o"]:
                claims += self.pairs(
                    one, relation, subjects, [m.entity for m in atom.mentions], date, (atom,), own=False
                )
            else:
                claims += self.pairs(one, relation, atom.mentions, objects, date, (atom,), own=False)
                one.subjects = atom.mentions
            position = date_at

    def pairs(
        self,
        one: Found,
        relation: Relation,
        subjects: list[Mention],
        objects: list[Entity],
        date: DateMention | None,
        atoms: tuple[Atom | None, ...],
        *,
        negated: bool = False,
        own: bool = True,
    ) -> list[Claim]:
        """One claim for each pair, all in one group."""
        group = next(self.groups)
        start, end = self.masked.span(one.start, one.end) if own else (10**9, -1)
        for piece in (*atoms, date):
            if piece is not None:
                start, end = min(start, piece.start), max(end, piece.end)
        wording = self.masked.text[max(0, one.start - 4) : one.high]
        origin = (
            ""
            if date or not re.search(self.grammar.from_origin, wording)
            else self.finder.context.knowledge.founded.get(objects[0].id or "", "")
        )
        qualifier = one.trigger.qualifier or (
            "founding"
            if re.search(self.grammar.origin, wording)
            else "full"
            if re.search(self.grammar.full, wording)
            else None
        )
        return [
            Claim(
                start,
                end,
                relation,
                subject.entity,
                target,
                value=one.trigger.qualifier if relation == "other" else None,
                date=date.value if date else origin,
                group=group,
                negated=negated or relation == "never_member",
                since=bool(date and date.preposition == "since"),
                qualifier=date.preposition
                if date and date.preposition in ("by", "before", "after", "until") and not qualifier
                else qualifier,
                is_present=one.trigger.tense == "present" and not date,
                is_lasting=bool(date and date.preposition == "since") and self._is_lasting(one),
                is_of_all_time=relation == "never_member" and not date and self._is_of_all_time(one),
                candidates=subject.entities,
            )
            for subject in subjects
            for target in objects
        ]

    def _is_of_all_time(self, one: Found) -> bool:
        """Whether "never" stands there: a state that declined, or was no member, may have been one at another time."""
        return bool(re.search(self.grammar.at_no_time, self.masked.text[max(one.low, one.start - 24) : one.end]))

    def _is_lasting(self, one: Found) -> bool:
        """Whether a state that began "since" a date is said to last: no "had been" in front."""
        past = self.finder.lexicon.past
        return bool(past) and not re.search(past, self.masked.text[max(one.low, one.start - 24) : one.end])

    def remember(
        self, relation: Relation, subjects: list[Mention], objects: list[Entity], date: DateMention | None
    ) -> None:
        self.finder.context.last = Last(relation, subjects, objects[-1], date)
        if objects[-1] != self.finder.context.aside:
            self.finder.context.mention_pact(objects[-1])
        if len(subjects) > 1:
            self.finder.context.lists[len(subjects)] = subjects

    def _is_repeated(self, one: Found, relation: Relation, objects: list[Entity]) -> bool:
        """As in "Joined X and became its 30th member": the second half says only the number."""
        index = self.finder.found.index(one)
        last = self.finder.context.last
        return (
            index > 0
            and "n" in one.match.groupdict()
            and last is not None
            and (last.relation, last.object) == (relation, objects[-1])
            and last.subjects == one.subjects
        )

    def founders_counted(self, one: Found, objects: list[Entity]) -> list[Claim]:
        """As in "One of the original 12 countries to sign": the number is a claim of its own."""
        letters = "NH" if "n" in one.match.groupdict() else "N"
        numbers = [(i, atom) for i, atom in self.masked.atoms_in(one.start, one.end, letters) if atom.value != "1"]
        if not numbers or not objects:
            return []
        start, end = numbers[0][1].start, self.masked.ends[one.end - 1]
        count = Claim(
            start,
            end,
            "membership_count",
            objects[0],
            None,
            value=numbers[0][1].value,
            group=next(self.groups),
            qualifier=None if "n" in one.match.groupdict() else "founding",
        )
        return [count]
