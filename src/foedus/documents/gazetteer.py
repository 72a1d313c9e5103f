"""Names of states, pacts, bases, persons and places, and where a text mentions them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import ahocorasick_rs

from foedus.documents import stems
from foedus.documents.lexicon import load_lexicon, organization_names
from foedus.documents.model import Entity, Language, Mention
from foedus.documents.normal import Normal, fold
from foedus.record.models import Pact, Record, State

Form = Literal["name", "former", "adjective", "demonym", "capital", "treaty", "group", "town"]
Name = tuple[str, Entity, Form]
_RANK: dict[Form, int] = {
    "group": 0,
    "name": 0,
    "treaty": 1,
    "former": 2,
    "demonym": 3,
    "adjective": 4,
    "capital": 5,
    "town": 6,
}
_COMMON = frozenset(
    [
        "air",
        "airfield",
        "airport",
        "ammunition",
        "anti-submarine",
        "army",
        "base",
        "barracks",
        "camp",
        "centre",
        "cosmodrome",
        "division",
        "facility",
        "field",
        "fleet",
        "forces",
        "garrison",
        "headquarters",
        "logistics",
        "marine",
        "military",
        "naval",
        "navy",
        "port",
        "post",
        "radar",
        "signals",
        "space",
        "station",
        "submarine",
        "support",
        "test",
        "training",
        "transit",
        "raf",
        "hms",
        "forward",
        "joint",
        "british",
        "french",
        "russian",
        "soviet",
    ]
)
_WORD = re.compile(r"\w")
_ARABIC_PREFIX = re.compile(r"(?:^|[^\w])[وف]?(?:[بلك]|[بك]?ال|لل)?$")


def record_names(record: Record, language: Language) -> Iterator[Name]:
    """Every name that the record and the list of organizations have in one language."""
    for state in record.states.values():
        yield from _state_names(state, language)
    for pact in record.pacts.values():
        yield from _pact_names(pact, language)
    for organ in record.organs.values():
        entity = Entity(organ.id, organ.name, "organ")
        own = (organ.name,) if language == "en" else ()
        yield from ((name, entity, "name") for name in (*own, *organ.names.get(language, ())) if _is_distinct(name))
    yield from _base_names(record, language)
    for office in record.offices.values():
        for fact in office.events:
            if fact.person:
                entity = Entity(None, fact.person, "person")
                own = (fact.person,) if language == "en" else ()
                yield from ((name, entity, "name") for name in (*own, *fact.person_names.get(language, ())))
    if language == "en":
        # A capital stays the name of its state: what "Moscow" means, the words around it tell.
        places = _places(record) - _of_states(record)
        yield from ((place, Entity(None, place, "place"), "name") for place in sorted(places))
    for name, members in load_lexicon(language).groups.items():
        for state in (record.states[member] for member in members if member in record.states):
            yield name, Entity(state.id, state.name, "state"), "group"
    for row in organization_names():
        entity = Entity(None, row["name"], "pact")
        own = (row["name"],) if language == "en" else ()
        yield from ((name, entity, "name") for name in (*own, *row.get(language, ())))


def _is_distinct(name: str) -> bool:
    """An organ's name alone serves only where it is a name: "Council" would match anything."""
    return len(name.split()) > 1 or name.isupper()


def _base_names(record: Record, language: Language) -> Iterator[Name]:
    """Bases by their names, by what distinguishes these ("Porkkala"), and by the town where they stand."""
    other = _places(record) | _of_states(record)
    lead = re.compile(
        rf"(?:{load_lexicon(language).base_words}) (?=[^\Wa-zа-я\d])|(?:{load_lexicon(language).base_trail})$"
    )
    for base in record.bases.values():
        entity = Entity(base.id, base.name, "base")
        own = (base.name, base.name.partition(",")[0]) if language == "en" else ()
        aliases = base.aliases.get(language, ())
        yield from ((name, entity, "name") for name in (*own, *aliases) if name not in other)
        if language != "en":
            bare = {lead.sub("", fold(name, language)).strip() for name in aliases}
            yield from ((name, entity, "town") for name in bare if len(name) > 2 and not name.isdigit())
        if language == "en" and (proper := _proper_part(base.name)) not in other:
            yield proper, entity, "former"
        if language == "en" and base.place and base.place not in other:
            yield base.place, entity, "town"


def _proper_part(name: str) -> str:
    """The words of a base's name before those that any base may bear; the name itself where it begins with such."""
    words = name.partition(",")[0].split()
    end = next((i for i, word in enumerate(words) if i and word.lower() in _COMMON), len(words))
    head = " ".join(words[:end])
    return head if words and words[0].lower() not in _COMMON and len(head) > 3 and not head[0].isdigit() else name


def _places(record: Record) -> set[str]:
    """Where pacts were signed, have their seat and met."""
    bodies = [body.events for bodies in (record.pacts, record.organs) for body in bodies.values()]
    return {fact.place for events in bodies for fact in events if fact.place}


def _of_states(record: Record) -> set[str]:
    return {name for state in record.states.values() for name, _, _ in _state_names(state, "en")}


def _state_names(state: State, language: Language) -> Iterator[Name]:
    entity = Entity(state.id, state.name, "state")
    if language == "en":
        yield state.name, entity, "name"
    names = state.names.get(language)
    if names is None:
        return
    banned = set(names.ambiguous)
    yield from ((name, entity, "name") for name in (names.name, *names.other) if name and name not in banned)
    yield from ((former.name, entity, "former") for former in names.former if former.name not in banned)
    yield from ((name, entity, "demonym") for name in names.demonyms if name not in banned)
    yield from ((name, entity, "adjective") for name in names.adjectives if name not in banned)
    for capital in (*names.capitals, *names.metonyms):
        name = capital if isinstance(capital, str) else capital.name
        if name not in banned:
            yield name, entity, "capital"


def _pact_names(pact: Pact, language: Language) -> Iterator[Name]:
    entity = Entity(pact.id, pact.name, "pact")
    if language == "en":
        yield from ((name, entity, "name") for name in (pact.name, *pact.acronyms))
    yield from ((name, entity, "name") for name in pact.names.get(language, ()))
    yield from ((former.name, entity, "former") for former in pact.former if former.lang == language)
    if pact.treaty is not None and not isinstance(pact.treaty, str):
        treaty = Entity(pact.treaty.id, pact.treaty.name, "pact")
        own = (pact.treaty.name, *pact.treaty.acronyms) if language == "en" else ()
        yield from ((name, treaty, "treaty") for name in (*own, *pact.treaty.names.get(language, ())))


@dataclass
class Gazetteer:
    """The names of one language in one automaton."""

    language: Language
    names: Iterable[Name]

    def __post_init__(self) -> None:
        table: dict[str, dict[Entity, Form]] = defaultdict(dict)
        self._hidden: dict[str, int] = {}
        if self.language == "ru":
            stems.keep_stems(name for name, _, _ in self.names)
        for name, entity, form in self.names:
            for key in self._keys_of(name, entity):
                if len(key) > 1 and _RANK[form] <= _RANK.get(table[key].get(entity, "town"), 9):
                    table[key][entity] = form
        self._table = {key: sorted(found.items(), key=lambda item: _RANK[item[1]]) for key, found in table.items()}
        self._keys = list(self._table)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return stems.beginnings(self._keys)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self._keys, matchkind=ahocorasick_rs.MatchKind.Standard)

    def _keys_of(self, name: str, entity: Entity) -> list[str]:
        """The forms in which a name is searched."""
        if self.language == "ru":
            return stems.keys(name, is_title=entity.kind == "pact")
        if self.language == "en":
            return [name.replace("’", "'")]
        key = fold(name, "ar")
        if not key.startswith("ال"):
            return [key]
        joined = f"لل{key[2:]}"  # "to" and the article are written as one; only the first letter is not of the name
        self._hidden[joined] = 1
        return [key, joined]

    def find(self, normal: Normal) -> list[Mention]:
        """All mentions in order, the longest where several begin at one place; offsets are those of the original."""
        text, back = (normal.text, None) if self.language != "ru" else stems.stemmed(normal.text, self._beginnings)
        spans: list[tuple[int, int, str]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if self._stands_alone(text, start, end):
                spans.append((start, end, self._keys[index]))
        spans.sort(key=lambda span: (span[0], -span[1]))
        mentions: list[Mention] = []
        reached = -1
        for start, end, key in spans:
            if start < reached:
                continue
            reached = end
            start += self._hidden.get(key, 0)
            first, last = (start, end) if back is None else (back[start][0], back[end - 1][1])
            entities = self._table[key]
            forms = [form for _, form in entities]
            mentions.append(
                Mention(normal.back(first), normal.end(last), tuple(entity for entity, _ in entities), forms[0])
            )
        return mentions

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        if end < len(text) and _WORD.match(text[end]):
            return False
        if start == 0 or not _WORD.match(text[start - 1]):
            return True
        return self.language == "ar" and bool(_ARABIC_PREFIX.search(text[max(0, start - 5) : start]))
