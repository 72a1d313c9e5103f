"""What a text has spoken of so far: to whom "it", "the alliance" and "the latter" refer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.core.dates import parse_date
from foedus.documents.lexicon import Generic
from foedus.documents.model import DateMention, Entity, Mention, Relation


@dataclass(slots=True)
class Last:
    """The claim made last, for sentences that lean on it."""

    relation: Relation
    subjects: list[Mention]
    object: Entity | None
    date: DateMention | None = None


@dataclass(frozen=True)
class Knowledge:
    """What the record adds to reading: all names of a pact, which treaty became which organization, who acted when.

    `between` has for two or more states the treaties that they and no others signed, each with its year.
    """

    names: Mapping[Entity, str]
    organization_of: Mapping[str, Entity]
    treaty_of: Mapping[str, Entity]
    years: Mapping[tuple[str, str], frozenset[int]]
    hosts: Mapping[str, Entity]
    capitals: Mapping[str, str]
    founded: Mapping[str, str]
    ended: Mapping[str, int]
    treaties: frozenset[str]
    between: Mapping[frozenset[str], tuple[tuple[int, Entity], ...]]


@dataclass(slots=True)
class Context:
    """The referents at hand, the latest last."""

    knowledge: Knowledge
    pacts: list[Entity] = field(default_factory=list)
    aside: Entity | None = None
    states: list[Mention] = field(default_factory=list)
    topic: list[Mention] = field(default_factory=list)
    lists: dict[int, list[Mention]] = field(default_factory=dict)
    base: Entity | None = None
    operator: Mention | None = None
    last: Last | None = None
    begun: dict[Entity, str] = field(default_factory=dict)

    def mention_pact(self, entity: Entity, surface: str = "X") -> None:
        """Remember a pact as the one named last; a name in lower case ("the euro") is no topic."""
        if surface[:1].islower():
            self.aside = entity
            return
        if entity in self.pacts:
            self.pacts.remove(entity)
        self.pacts.append(entity)
        del self.pacts[:-12]

    def pact(self, generic: Generic | None = None) -> Entity | None:
        """The pact that a pronoun or "the league" means: the latest one that the noun fits."""
        if generic is None or not self.pacts:
            return self.pacts[-1] if self.pacts else None
        if generic.kinds == ["organization"]:
            latest = self.knowledge.organization_of.get(self.pacts[-1].id or "", self.pacts[-1])
            return next((p for p in (latest, *reversed(self.pacts)) if p.id not in self.knowledge.treaties), latest)
        if not generic.words:
            return self.pacts[-1]
        return next((pact for pact in reversed(self.pacts) if self._fits(pact, generic)), None)

    def other_pact(self) -> Entity | None:
        """The pact named before the last: "the former", "the other"."""
        return self.pacts[-2] if len(self.pacts) > 1 else None

    def likeliest(self, subjects: list[Mention], date: DateMention | None) -> Entity | None:
        """Of the pacts spoken of last, the one in which one of the states acted in that year, else the last.

        One that had ended by then cannot be meant.
        """
        year = parse_date(date.value).year if date and date.value else None
        if year is None:
            return self.pacts[-1] if self.pacts else None
        standing = [pact for pact in self.pacts if self.knowledge.ended.get(pact.id or "", year) >= year]
        for pact in reversed(standing[-3:]):
            grown = self.knowledge.organization_of.get(pact.id or "", pact)
            states = [entity.id or "" for mention in subjects for entity in mention.entities]
            keys = [(one.id or "", state) for one in (pact, grown) for state in states]
            if any(year in self.knowledge.years.get(key, ()) for key in keys):
                return pact
        return standing[-1] if standing else None

    def subjects(self) -> list[Mention]:
        """The states that "it", "they" or "the country" means."""
        return self.states or self.topic

    def _fits(self, pact: Entity, generic: Generic) -> bool:
        names = self.knowledge.names.get(pact, pact.name.lower())
        return any(word in names for word in generic.words)
