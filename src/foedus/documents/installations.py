"""Claims about bases and foreign troops."""

from __future__ import annotations

import re

from foedus.documents.claims import ClaimMaker
from foedus.documents.found import Found
from foedus.documents.masking import Atom
from foedus.documents.model import Claim, DateMention, Entity, Mention, Relation

BASES: tuple[Relation, ...] = ("base_in", "base_opened", "base_closed", "hosts_troops")
_HOST_ACTS = ("left", "right-base")


class InstallationClaims:
    """Puts together the claims about bases, their hosts and operators."""

    def __init__(self, maker: ClaimMaker) -> None:
        self.maker, self.finder, self.masked = maker, maker.finder, maker.masked
        self.hosts = maker.finder.context.knowledge.hosts

    def make(self, one: Found) -> list[Claim]:
        """The claims of one trigger."""
        relation, negated = self.maker.polarity(one)
        if relation is None or negated:
            return []
        return self._troops(one) if relation == "hosts_troops" else self._base(one, relation)

    # --- bases -------------------------------------------------------------------------------------------------------

    def _base(self, one: Found, relation: Relation) -> list[Claim]:
        if one.trigger.subject == "right-base":
            return self._hosted_base(one)
        base_atom = self._base_atom(one)
        operators, operator_atom = self._operators(one)
        host_atom = self._host_atom(one, base_atom)
        context = self.finder.context
        named = base_atom.mentions[0].entity if base_atom else None
        if named is None and relation != "base_in" and one.trigger.subject == "base":
            named = (
                context.base
                if re.search(self.finder.grammar.base_meant, self.masked.text[one.low : one.start])
                else None
            )
            if named is not None and host_atom and self.hosts.get(named.id or "") != host_atom.mentions[0].entity:
                named, operators = None, [context.operator] if context.operator else []
        if named is None and not operators:
            return []
        host = host_atom.mentions[0].entity if host_atom else self.hosts.get(named.id or "") if named else None
        host = host or self._host_meant(one, operators)
        if host is None or (host_atom is operator_atom and not named):
            return []
        date = self.finder.date_of(one)
        subjects = [named] if named else [mention.entity for mention in operators]
        claims = [
            self._claim(one, relation, subject, host, date, (base_atom, host_atom, operator_atom))
            for subject in subjects
        ]
        if named:
            context.base = named
        context.operator = operators[0] if operators else context.operator
        return [*claims, *self._further_bases(one, relation)]

    def _hosted_base(self, one: Found) -> list[Claim]:
        """As in "Qatar hosts the American air base at Al Udeid"."""
        hosts, host_atom = self.finder.state_subjects(one)
        if hosts and one.match.groupdict().get("unit"):
            start, end = self.masked.span(one.match.start("unit"), one.match.end("unit"))
            unit = Entity(None, self.finder.text[start:end].strip(), "base")
            one.subjects = hosts
            found = self._claim(one, "base_in", unit, hosts[0].entity, self.finder.date_of(one), (host_atom,))
            return [found, *self._troops(one)]
        base = next((atom for _, atom in self.masked.atoms_in(one.start, min(one.high, one.end + 40), "B")), None)
        operator = next((atom for _, atom in self.masked.atoms_in(one.start, one.end, "AO")), None)
        subject = base or operator
        if not hosts or subject is None:
            return []
        one.subjects = hosts
        entity = subject.mentions[0].entity
        return [self._claim(one, "base_in", entity, hosts[0].entity, self.finder.date_of(one), (host_atom, subject))]

    def _further_bases(self, one: Found, relation: Relation) -> list[Claim]:
        """What follows the first: "…, another at B in S and a third at B"; "closed B in D and B a year later"."""
        claims: list[Claim] = []
        taken = [i for i, _ in self.masked.atoms_in(one.start, one.high, "B")]
        if not taken:
            return claims
        for match in re.compile(self.finder.grammar.further_base).finditer(self.masked.text[: one.high], taken[0] + 1):
            base_at = match.start("b")
            atom = self.masked.atoms[base_at]
            entity = atom.mentions[0].entity
            host_atom = self.masked.atoms[match.start("s")] if match["s"] else None
            host = host_atom.mentions[0].entity if host_atom else self.hosts.get(entity.id or "")
            if host is None:
                continue
            date = self.masked.atoms[match.start("d")].date if match["d"] else None
            if date is not None:
                one.used_dates.add(match.start("d"))
            opened = "base_opened" if relation == "base_in" and match["opened"] else relation
            claims.append(self._claim(one, opened, entity, host, date, (atom, host_atom), own=False))
            self.finder.context.base = entity
        return claims

    def _base_atom(self, one: Found) -> Atom | None:
        """The base that is spoken of: behind an active verb, in front of a passive one."""
        inside = self.masked.atoms_in(one.start, one.end + 1, "B")
        if inside:
            return inside[0][1]
        left = self.masked.atoms_in(one.low, one.start, "B")
        right = [
            (i, atom)
            for i, atom in self.masked.atoms_in(one.end, min(one.high, one.end + 48), "B")
            if not re.search(self.finder.grammar.base_stop, self.masked.text[one.end : i])
        ]
        if one.trigger.subject == "base":
            near = left or (
                [(0, atom) for _, atom in right] if one.trigger.object == "host" and "in" in one.match.group() else []
            )
            return near[-1][1] if near else None
        return right[0][1] if right else None

    def _operators(self, one: Found) -> tuple[list[Mention], Atom | None]:
        adjectives = self.masked.atoms_in(max(0, one.start - 2), one.end, "A")
        if one.trigger.subject == "operator" and adjectives:
            return adjectives[0][1].mentions, adjectives[0][1]
        if one.trigger.subject == "base":
            return [], None
        subjects, atom = self.finder.state_subjects(one)
        one.subjects, one.subject_atom = subjects, atom
        if (
            atom is None
            and self.finder.context.operator
            and re.search(self.finder.grammar.operator_meant, self.masked.text[one.low : one.end])
        ):
            return [self.finder.context.operator], None
        return subjects, atom

    def _host_meant(self, one: Found, operators: list[Mention]) -> Entity | None:
        """The country of "in S, where", or the one that the text is about where it says "there" of somebody else."""
        where = re.search(self.finder.grammar.host_where, self.masked.text[: one.start])
        if where:
            return self.masked.atoms[where.start("s")].mentions[0].entity
        words = self.masked.text[max(one.low, one.start - 40) : one.end] + self._hosted(one)
        topic = self.finder.context.topic
        is_meant = topic and re.search(self.finder.grammar.host_meant, words)
        return topic[0].entity if is_meant and topic[0].entity not in [m.entity for m in operators] else None

    def _hosted(self, one: Found) -> str:
        """What follows the trigger in its clause, remarks in brackets blanked out."""
        behind = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), self.masked.text[one.end : one.high])
        return re.split(self.finder.grammar.host_clause_stop, behind)[0]

    def _host_before(self, one: Found) -> Atom | None:
        """The nearest "in S" in front of the trigger."""
        near = list(re.finditer(self.finder.grammar.host_further, self.masked.text[one.low : one.start]))
        return self.masked.atoms.get(one.low + near[-1].start("s")) if near else None

    def _host_atom(self, one: Found, base: Atom | None) -> Atom | None:
        """The state in which: "in S" right behind the base, else behind the trigger in its clause."""
        if base is not None:
            at = self.masked.position(base.start) + 1
            if near := re.match(self.finder.grammar.host_in, self.masked.text[at:]):
                return self.masked.atoms.get(at + near.start("s"))
            if base.end <= self.masked.starts[one.start]:
                return None
        if one.trigger.object == "host-inside":
            return next((atom for _, atom in self.masked.atoms_in(one.start, one.end, "SC")), None)
        if one.trigger.object == "host-left":
            return self._host_before(one)
        if base is None and one.trigger.subject == "base":
            near = re.search(self.finder.grammar.host_of, self.masked.text[one.low : one.start])
            return self.masked.atoms.get(one.low + near.end() - 1 - near.group().endswith(" ")) if near else None
        clause = re.split(r"[;:.B]", self.masked.text[one.end : one.high])[0]
        for match in re.finditer(self.finder.grammar.host_further, clause):
            atom = self.masked.atoms.get(one.end + match.start("s"))
            if atom is None or atom is one.subject_atom:
                continue
            is_capital = match["s"] == "C" and base is None
            if is_capital and not re.search(self.finder.grammar.base_noun, self.masked.text[one.start : one.end]):
                continue
            return atom
        return None

    # --- troops ------------------------------------------------------------------------------------------------------

    def _troops(self, one: Found) -> list[Claim]:
        owner, owner_atom = self._owner(one)
        if one.trigger.subject in _HOST_ACTS:
            hosts, host_atom = self.finder.state_subjects(one)
            one.subjects = hosts
            if not re.search(self.finder.grammar.troops, self._hosted(one)):
                return []
        elif one.trigger.subject == "host-left":
            host_atom = self._host_before(one)
            hosts = host_atom.mentions if host_atom else []
        else:
            host_atom = self.finder.right_states(one.end - 2, one.high, 40)
            hosts = host_atom.mentions if host_atom else []
        if not hosts or owner is None or hosts[0].entity == owner:
            return []
        if one.trigger.needs == "sender" and not re.search(
            self.finder.grammar.troops, self.masked.text[one.low : one.end]
        ):
            return []
        date = self.finder.date_of(one)
        claims = [self._claim(one, "hosts_troops", hosts[0].entity, owner, date, (host_atom, owner_atom))]
        named = re.search(self.finder.grammar.including_base, self._hosted(one)) if one.subjects else None
        if named:
            base = self.masked.atoms[one.end + named.start("b")]
            entity = base.mentions[0].entity
            claims.append(self._claim(one, "base_in", entity, hosts[0].entity, date, (base,), own=False))
        return claims

    def _owner(self, one: Found) -> tuple[Entity | None, Atom | None]:
        """Whose troops: the adjective or organization next to the word for them, else the sender."""
        if one.trigger.subject in _HOST_ACTS:
            low, high = one.end, one.end + len(self._hosted(one))
        else:
            low, high = one.low, one.end
        for i, atom in self.masked.atoms_in(low, high, "AOUS"):
            tail = self.masked.text[i + 1 : i + 44]
            if self.masked.text[i] == "S" and not re.match(self.finder.grammar.troops_of, tail):
                continue
            g, head = self.finder.grammar, self.masked.text[max(0, i - 16) : i]
            if re.search(g.troops_lead, head) or re.search(g.troops, re.split(r"[.;:]|,(?= [^\WA-Z])", tail)[0]):
                if atom.letter == "A" and tail.startswith("-led"):
                    continue
                entities = self.finder.resolve(atom) if atom.letter in "OU" else [atom.mentions[0].entity]
                return (entities[0], atom) if entities else (None, None)
        if one.trigger.needs == "sender":
            pacts = self.masked.atoms_in(one.low, one.start, "OU")
            subjects, subject_atom = self.finder.state_subjects(one)
            if pacts and not re.search(self.finder.grammar.acting_pronoun, self.masked.text[pacts[-1][0] : one.start]):
                entities = self.finder.resolve(pacts[-1][1])
                return (entities[0], pacts[-1][1]) if entities else (None, None)
            return (subjects[0].entity, subject_atom) if subjects else (None, None)
        return None, None

    def _claim(
        self,
        one: Found,
        relation: Relation,
        subject: Entity,
        target: Entity,
        date: DateMention | None,
        atoms: tuple[Atom | None, ...],
        *,
        own: bool = True,
    ) -> Claim:
        start, end = self.masked.span(one.start, one.end) if own else (10**9, -1)
        for piece in (*atoms, date):
            if piece is not None:
                start, end = min(start, piece.start), max(end, piece.end)
        role = date.preposition if date else ""
        return Claim(
            start, end, relation, subject, target, date=date.value if date else "", group=next(self.maker.groups),
            since=role == "since", qualifier=role if role in ("by", "before", "after", "until") else None,
            is_present=not date,
        )  # fmt: skip
