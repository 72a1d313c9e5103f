"""Who does what to whom and when: the arguments of a trigger, looked for in the mask around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.documents.context import Context
from foedus.documents.found import Found
from foedus.documents.lexicon import Lexicon
from foedus.documents.lexicon.grammar import Grammar
from foedus.documents.masking import Atom, Masked
from foedus.documents.model import DateMention, Entity, Mention
from foedus.documents.occasions import DateFinder
from foedus.documents.stems import is_nominative

_HELD = "\ue002"  # stands for a subject behind its verb while the object is looked for


@dataclass(slots=True)
class ArgumentFinder:
    """Looks for arguments in one masked sentence."""

    masked: Masked
    context: Context
    lexicon: Lexicon
    found: list[Found]
    pronouns: re.Pattern[str]
    text: str

    @property
    def grammar(self) -> Grammar:
        """The expressions of the language."""
        return self.lexicon.grammar

    def state_subjects(self, one: Found) -> tuple[list[Mention], Atom | None]:
        """The states that act: in the clause before the trigger, or carried on, or meant by a pronoun."""
        g = self.grammar
        atom = self._states_behind(one) or self._antecedent(one)
        atom = atom or self._left_states(self._clause_start(one), one.start)
        between = self.masked.text[one.low : one.start]
        if atom and not self._is_resumed(atom, between):
            return atom.mentions, atom
        counted = re.search(g.counted, between)
        if counted and (number := self._number(between, one.low)) in self.context.lists:
            return self.context.lists[number], None
        previous = self._earlier_subject(one)
        if previous and len(previous.subjects) > 1 and re.search(g.one_pronoun, between):
            return self.context.subjects(), None
        if (previous and re.search(g.acting_pronoun, between)) or re.search(g.inner_pronoun, one.match.group()):
            return (previous.subjects if previous else self._sentence_subject(one)), None
        if previous and re.search(g.coordinate, between) and not self._foreign_noun(between):
            return previous.subjects, None
        if previous and previous is self._previous(one) and re.fullmatch(self.grammar.verbs_in_a_row, between):
            return previous.subjects, None  # "hosts X, is a member of Y, and ...": verbs in a row
        if self.pronouns.search(between) or not self._foreign_noun(between):
            earlier = self._left_states(0, one.low) if previous else None
            if earlier and not self.pronouns.search(between):
                return earlier.mentions, earlier
            return self.context.subjects(), None
        return [], None

    def _clause_start(self, one: Found) -> int:
        """Where the subject may begin: a remark on its number ("the tenth member,") may stand between."""
        previous = self._previous(one)
        is_remark = previous is not None and previous.trigger.relation == "membership_count" and not previous.subjects
        between = self.masked.text[previous.end : one.start] if previous else ""
        return previous.low if previous and is_remark and not re.search(r"\w{2}", between) else one.low

    def _previous(self, one: Found) -> Found | None:
        index = self.found.index(one)
        return self.found[index - 1] if index else None

    def _earlier_subject(self, one: Found) -> Found | None:
        """The nearest trigger before this one that has states as its subject."""
        index = self.found.index(one)
        return next((other for other in reversed(self.found[:index]) if other.subjects), None)

    def _sentence_subject(self, one: Found) -> list[Mention]:
        """The first states that act in the sentence, else those spoken of."""
        for i in range(one.start):
            if self.masked.text[i] == "S" and self._left_states(i, i + 1):
                return self.masked.atoms[i].mentions
        return self.context.subjects()

    def _number(self, between: str, low: int) -> int:
        at = between.find("N")
        value = self.masked.atoms[low + at].value if at >= 0 and low + at in self.masked.atoms else None
        return int(value) if value else 2 if re.search(self.grammar.both, between) else 0

    def _left_states(self, low: int, high: int) -> Atom | None:
        for i in range(high - 1, low - 1, -1):
            is_body = self.masked.text[i] == "A" and re.match(self.grammar.state_body, self.masked.text[i + 1 : high])
            if i not in self.masked.atoms or not (is_body or self.masked.text[i] in "SC"):
                continue
            before, after = self.masked.text[max(0, i - 40) : i], self.masked.text[i + 1 : i + 4]
            if re.search(self.grammar.prepositions, before) or after.startswith(self.grammar.possessive):
                continue
            if self._may_act(self.masked.atoms[i]):
                return self.masked.atoms[i]
        return None

    def _antecedent(self, one: Found) -> Atom | None:
        """The state that a relative pronoun right in front of the verb stands for."""
        near = re.search(self.grammar.relative, self.masked.text[one.low : one.start])
        return self.masked.atoms.get(one.low + near.start("s")) if near else None

    def _may_act(self, atom: Atom) -> bool:
        """Whether a name can be a subject: where names have cases, only in the nominative."""
        first = atom.mentions[0]
        return not self.grammar.is_declined or is_nominative(self.text[first.start : first.end])

    def _states_behind(self, one: Found) -> Atom | None:
        """The states right behind the verb, in a language that may put its subjects there."""
        near = re.match(rf"(?:{self.grammar.behind})(?P<s>[SC])", self.masked.text[one.end : one.high])
        position = one.end + near.start("s") if near else -1
        atom = self.masked.atoms.get(position)
        if atom is None or not self._may_act(atom):
            return None
        one.subject_behind = position
        return atom

    def _is_resumed(self, atom: Atom, between: str) -> bool:
        """Whether a pronoun before the verb cannot mean the state: "bordered by Iran; he is a member"."""
        he, she = (re.search(rf"{pronoun}(?: \w+)? ?$", between) for pronoun in (self.grammar.he, self.grammar.she))
        is_masculine = atom.mentions[-1].entity.id in self.grammar.masculine
        return bool(he and not is_masculine) or bool(she and is_masculine)

    def _foreign_noun(self, between: str) -> bool:
        """Whether some other noun stands where the subject would be."""
        plain = re.sub(r"[^\w ]", " ", re.sub(r"(?<=[A-Z])-[a-z]+", "", between))
        plain = re.sub(self.grammar.filler, " ", plain)
        return bool(re.search(r"[^\W\dA-Z_]{3,}", plain))

    def right_states(self, low: int, high: int, gap: int = 60) -> Atom | None:
        """The first states to the right."""
        for i in range(low, min(high, low + gap)):
            if self.masked.text[i] == "S" and i in self.masked.atoms:
                return self.masked.atoms[i]
        return None

    def place_name(self, atom: Atom) -> str | None:
        """A place as the record writes it: as it stands in Latin letters, else as a capital; None if unknown."""
        name = self.text[atom.start : atom.end]
        if re.search("[A-Za-z]", name):
            return name
        return self.context.knowledge.capitals.get(atom.mentions[0].entity.id or "") if atom.letter == "C" else None

    def pact_object(self, one: Found) -> tuple[list[Entity], Atom | None]:
        """The pact that is joined, left or signed: inside the trigger, to its right, or the one spoken of."""
        inside = self._pacts(one.start, one.end)
        if inside:
            return inside
        tail = self._tail(one)
        near = re.match(r"(?:[^OUS.;:()]|\((?=[OU])|S(?=-)|[SO]'s? (?=[OU])){0,70}?(?P<o>[OU])", tail)
        gap = near.group()[:-1] if near else ""
        if near and re.search(self.grammar.object_trail, tail[near.end() :]):
            return [], None
        if near and self._is_plain_gap(gap):
            position = one.end + near.start("o")
            return self._pacts(position, position + 1) or ([], None)
        return self._unnamed_object(one, self.visible_tail(one))

    def visible_tail(self, one: Found) -> str:
        """What follows the trigger and a subject right behind it."""
        return re.sub(rf"^[^{_HELD}]?{_HELD}", "", self._tail(one))

    def is_object_meant(self, one: Found) -> bool:
        """Whether the text refers to the object, if only by a pronoun or an article."""
        tail = self.visible_tail(one)
        return bool(one.match.groupdict().get("it") or re.match(self.grammar.object_meant, tail))

    def _tail(self, one: Found) -> str:
        """What follows the trigger, a subject behind it hidden."""
        tail = self.masked.text[one.end : one.high]
        at = one.subject_behind
        return tail if at is None else f"{tail[: at - one.end]}{_HELD}{tail[at - one.end + 1 :]}"

    def _unnamed_object(self, one: Found, tail: str) -> tuple[list[Entity], Atom | None]:
        """The pact that a pronoun means, or that goes without saying."""
        g = self.grammar
        is_meant = bool(one.match.groupdict().get("it"))
        pronoun = is_meant or re.match(g.object_pronoun, tail)
        if pronoun and self.context.aside and re.search(g.adopting, one.match.group()):
            return [self.context.aside], None
        if pronoun:
            return self._context_pacts(), None
        if re.match(g.former, tail) and (other := self.context.other_pact()):
            self.context.mention_pact(other)
            return [other], None
        if re.match(g.latter, tail):
            return self._context_pacts(), None
        left = self._left_pact(one.low, one.start) if one.trigger.object in ("either", "left") else None
        if left and one.trigger.object == "left":
            return left
        if re.match(g.continuation, tail) and one.trigger.needs != "object":
            return left or (self._context_pacts(), None)
        return [], None

    def _is_plain_gap(self, gap: str) -> bool:
        """Words between a verb and its object: articles and epithets, no new clause."""
        if len(gap.split()) > 7 or re.search(self.grammar.gap_stop, gap):
            return False
        return not re.search(self.grammar.gap_nouns, gap)

    def _context_pacts(self) -> list[Entity]:
        pact = self.context.pact()
        return [pact] if pact else []

    def _pacts(self, low: int, high: int) -> tuple[list[Entity], Atom] | None:
        for i, atom in self.masked.atoms_in(low, high, "OU"):
            entities = self.resolve(atom)
            if entities:
                return entities, self.masked.atoms[i]
        return None

    def _left_pact(self, low: int, high: int) -> tuple[list[Entity], Atom] | None:
        for _, atom in reversed(self.masked.atoms_in(low, high, "OU")):
            entities = self.resolve(atom)
            if entities:
                return entities, atom
        return None

    def resolve(self, atom: Atom) -> list[Entity]:
        """The pacts that an atom means."""
        if atom.letter == "U":
            pact = self.context.pact(atom.generic)
            return [pact] if pact else []
        return [mention.entity for mention in atom.mentions]

    def pact_subject(self, one: Found) -> tuple[list[Entity], Atom | None]:
        """The pact that is founded, dissolved, counted or seated."""
        inside = self._pacts(one.start, one.end)
        if inside:
            return inside
        if one.match.groupdict().get("it"):  # "its seat", in a language that says so within the trigger
            return self._context_pacts(), None
        g, side = self.grammar, one.trigger.subject
        near = re.match(rf"(?:{g.pact_behind})(?P<o>[OU])", self.masked.text[one.end : one.high])
        if near and (found := self._pacts(one.end + near.start("o"), one.end + near.end())):
            return found
        if side == "pact-right":
            near = re.match(r"[^.;]{0,30}?[OU]", self.masked.text[one.end : one.high])
            if near:
                position = one.end + near.end() - 1
                return self._pacts(position, position + 1) or ([], None)
            return [], None
        left = self._left_pact(one.low, one.start) or self._left_pact(0, one.start)
        between = self.masked.text[one.low : one.start]
        if re.search(g.other, between) and (other := self.context.other_pact()):
            return [other], None
        if left and not re.search(r"[.;]", self._between(left[1], one.start)):
            return left
        if re.search(g.persons, between) or self._left_states(one.low, one.start):
            return [], None
        return self._context_pacts(), None

    def _between(self, atom: Atom, high: int) -> str:
        return self.masked.text[self.masked.position(atom.end) : high]

    def date_of(self, one: Found) -> DateMention | None:
        """The date that belongs to the trigger."""
        return DateFinder(self.masked, self.grammar, self.found).date_of(one)
