"""Reads the record from its YAML and BibTeX files, and names file and line at fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from foedus.core.dates import parse_date
from foedus.core.errors import DateError, RecordError
from foedus.core.states import STATES_FILE, read_states
from foedus.core.yamlfile import UnreadableFileError, line_of, read_yaml
from foedus.record.bibliography import Places, read_sources
from foedus.record.models import Base, Office, Organ, Pact, Record, SecondReading, Source, SourceRef, State
from foedus.record.problems import Problem
from foedus.record.vocabulary import SECTIONS

DATA = Path(__file__).with_name("data")
REVIEWS = "reviews.yml"
Keys = list[str | int]
T = TypeVar("T")
_NESTED = ("events", *SECTIONS, "sources", "rivals", "spells", "location")
_PATH_KEY = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")


@dataclass
class Loading:
    """A record being read: where each id stands, and what is wrong."""

    folder: Path
    states_file: Path = STATES_FILE
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[Path, Keys]] = field(default_factory=dict)
    source_places: Places = field(default_factory=dict)
    second: dict[str, str] = field(default_factory=dict)

    def problem(self, path: Path, keys: Keys, found: str, remedy: str, *, rule: str, about: str = "") -> None:
        """Note a mistake at the line where a value stands."""
        self.problems.append(Problem(path, line_of(path, keys), found, remedy, rule, about))

    def at(self, key: str, found: str, remedy: str, *, rule: str) -> None:
        """Note a mistake at the line of a fact, pact, base, organ, office or source by its id."""
        if key in self.source_places:
            self.problems.append(Problem(*self.source_places[key], found, remedy, rule, key))
            return
        path, keys = self.places.get(key, (self.folder / "record.yml", []))
        self.problem(path, keys, found, remedy, rule=rule, about=key)

    def files(self, kind: str) -> list[Path]:
        """The YAML files of one kind, in the order of their names."""
        return sorted((self.folder / kind).glob("*.yml"))

    def mapping(self, path: Path) -> dict[str, Any]:
        """The content of a file that holds one mapping; nothing where it does not."""
        try:
            content = read_yaml(path)
        except UnreadableFileError as error:
            self.problems.append(Problem(path, error.line, error.found, error.remedy, rule="form"))
            return {}
        if isinstance(content, dict):
            return content
        remedy = "Begin it as docs/curating.md shows."
        self.problems.append(Problem(path, 1, "the file is empty or a list.", remedy, rule="form"))
        return {}

    def rows(self, path: Path) -> list[Any]:
        """The content of a file that holds one list; nothing where it does not."""
        try:
            content = read_yaml(path)
        except UnreadableFileError as error:
            self.problems.append(Problem(path, error.line, error.found, error.remedy, rule="form"))
            return []
        return content if isinstance(content, list) else []

    def convert(self, path: Path, keys: Keys, row: Any, kind: type[T]) -> T | None:
        """A row as one of the models, or a problem."""
        if isinstance(row, dict):
            row = {key: value for key, value in row.items() if value is not None}
        try:
            return msgspec.convert(row, kind, strict=False)
        except msgspec.ValidationError as error:
            message, _, where = str(error).partition(" - at `$")
            inner = [int(index) if index else name for name, index in _PATH_KEY.findall(where) if index != "..."]
            place = f" ({where.strip('`.')})" if where else ""
            self.problem(path, [*keys, *inner], f"{message}{place}.", "See docs/curating.md for the form.", rule="form")
            return None

    def register(self, found: dict[str, T], path: Path, keys: Keys, key: str, item: T) -> None:
        """Keep an item under its id, which no other may have."""
        if key in found:
            self.problem(path, keys, f"{key} is there twice.", "Ids are unique over all files.", rule="duplicate")
        found[key] = item
        self.places.setdefault(key, (path, keys))


def read_record(folder: Path = DATA, states_file: Path | None = None) -> tuple[Record, Loading]:
    """The record of a folder with all that is wrong with its lines, not yet checked against the rules.

    Raises
    ------
    RecordError
        If the folder is no record: `record.yml` gives its version and day.
    """
    own_states = folder / "states.yml"
    loading = Loading(folder, states_file or (own_states if own_states.exists() else STATES_FILE))
    version, day = read_head(folder)
    sources, loading.source_places = read_sources(folder / "sources", loading.problems)
    loading.second = {row.fact: row.second for row in read_reviews(loading)}
    pacts = _pacts(loading)
    organs, offices = _organs(loading)
    bases, states = _bases(loading), _states(loading)
    record = Record(
        version=version, day=day, states=states, pacts=pacts, organs=organs, offices=offices, bases=bases,
        sources=sources,
    )  # fmt: skip
    return _with_days(record), loading


def read_reviews(loading: Loading) -> list[SecondReading]:
    """The second readings that the record keeps."""
    path = loading.folder / REVIEWS
    rows = loading.rows(path) if path.is_file() else []
    found = [loading.convert(path, [i], row, SecondReading) for i, row in enumerate(rows)]
    return [reading for reading in found if reading is not None]


def raise_first(loading: Loading) -> None:
    """Raise the first mistake that is an error, if there is one."""
    for problem in loading.problems:
        if problem.severity == "error":
            raise RecordError(str(problem))


def read_head(folder: Path) -> tuple[str, str]:
    """Version and day of the record in a folder."""
    path = folder / "record.yml"
    if not path.is_file():
        raise RecordError(f"{folder}: this folder holds no record.yml. Name the folder of a record's data.")
    head = read_yaml(path)
    if not isinstance(head, dict) or not head.get("version") or not head.get("day"):
        raise RecordError(f"{path}:1: version or day is missing. Write version: 0.1.0 and day: 2026-11-01.")
    if not parse_date(head["day"]).is_day:
        raise RecordError(f"{path}:1: the day {head['day']} is not one day. Write it as 2026-11-01.")
    return head["version"], head["day"]


def _states(loading: Loading) -> dict[str, State]:
    states: dict[str, State] = {}
    for i, row in enumerate(read_states(loading.states_file)):
        state = loading.convert(loading.states_file, [i], row, State)
        if state is not None:
            loading.register(states, loading.states_file, [i], state.id, state)
    return states


def _pacts(loading: Loading) -> dict[str, Pact]:
    pacts: dict[str, Pact] = {}
    for path in loading.files("pacts"):
        if row := loading.mapping(path):
            where = {"pact": row.get("id")}
            _place_events(loading, path, row, [], where)
            for name, event in SECTIONS.items():
                for _, line in _rows(loading, path, row, name):
                    line.setdefault("event", event)
                _place_events(loading, path, row, [], where, name=name)
            pact = loading.convert(path, [], row, Pact)
            if pact is not None:
                loading.register(pacts, path, ["id"], pact.id, pact)
    return pacts


def _organs(loading: Loading) -> tuple[dict[str, Organ], dict[str, Office]]:
    organs: dict[str, Organ] = {}
    offices: dict[str, Office] = {}
    for path in loading.files("organs"):
        file = loading.mapping(path)
        pact = file.get("pact")
        for i, row in _rows(loading, path, file, "organs"):
            _place_events(loading, path, row, ["organs", i], {"pact": pact, "organ": row.get("id")})
            organ = loading.convert(path, ["organs", i], {"pact": pact, **row}, Organ)
            if organ is not None:
                loading.register(organs, path, ["organs", i], organ.id, organ)
        for i, row in _rows(loading, path, file, "offices"):
            _place_events(loading, path, row, ["offices", i], {"pact": pact, "office": row.get("id")})
            office = loading.convert(path, ["offices", i], {"pact": pact, **row}, Office)
            if office is not None:
                loading.register(offices, path, ["offices", i], office.id, office)
    return organs, offices


def _bases(loading: Loading) -> dict[str, Base]:
    bases: dict[str, Base] = {}
    for path in loading.files("bases"):
        file = loading.mapping(path)
        for i, row in _rows(loading, path, file, "bases"):
            for j, spell in _rows(loading, path, row, "spells", above=["bases", i]):
                spell.setdefault("operator", file.get("operator"))
                where = {"base": row.get("id"), "operator": spell["operator"]}
                _place_events(loading, path, spell, ["bases", i, "spells", j], where)
                row["spells"][j] = {key: value for key, value in spell.items() if value is not None}
            base = loading.convert(path, ["bases", i], row, Base)
            if base is not None:
                loading.register(bases, path, ["bases", i], base.id, base)
    return bases


def _rows(
    loading: Loading, path: Path, owner: dict[str, Any], name: str, *, above: Keys | None = None
) -> list[tuple[int, dict[str, Any]]]:
    """The mappings of a list with their numbers; what is no mapping is a problem."""
    rows = owner.get(name)
    owner[name] = rows if isinstance(rows, list) else []
    for i, row in enumerate(owner[name]):
        if not isinstance(row, dict):
            keys = [*(above or []), name, i]
            loading.problem(path, keys, f"{row!r} in {name} is not a mapping.", "Write {id: ..., ...}.", rule="form")
    return [(i, row) for i, row in enumerate(owner[name]) if isinstance(row, dict)]


def _place_events(
    loading: Loading, path: Path, owner: dict[str, Any], keys: Keys, where: dict[str, Any], *, name: str = "events"
) -> None:
    """Give every fact of an owner's list its place, and check its id and dates."""
    for i, row in _rows(loading, path, owner, name, above=keys):
        here = [*keys, name, i]
        row.update({key: value for key, value in where.items() if value})
        if second := loading.second.get(str(row.get("id"))):
            row["review"] = {**(row.get("review") or {}), "second": second}
        owner[name][i] = row = {key: value for key, value in row.items() if value is not None}
        fact = str(row.get("id"))
        if fact in loading.places:
            remedy = "Every fact has an id of its own that is never used again."
            loading.problem(path, here, f"fact {fact} is there twice.", remedy, rule="duplicate")
        loading.places.setdefault(fact, (path, here))
        for date_row in (row, *(row.get("rivals") or [])):
            _check_date(loading, path, here, fact, date_row)


def _check_date(loading: Loading, path: Path, keys: Keys, fact: str, row: Any) -> None:
    if not isinstance(row, dict) or row.get("date") is None:
        return
    try:
        parse_date(str(row["date"]))
    except DateError as error:
        loading.problem(path, keys, f"{fact}: {error}", "", rule="date")


def _with_days(record: Record) -> Record:
    """The day on which each source was read, from the bibliography, with every fact that cites it."""
    days = {key: source.fields.get("urldate") for key, source in record.sources.items()}

    def dated(item: Any) -> Any:
        if isinstance(item, SourceRef):
            day = days.get(item.source)
            return item if item.retrieved or not day else msgspec.structs.replace(item, retrieved=day)
        if isinstance(item, tuple):
            return tuple(dated(part) for part in item)
        if isinstance(item, msgspec.Struct) and not isinstance(item, Source | State):
            changed = {name: dated(value) for name in _NESTED if (value := getattr(item, name, None))}
            return msgspec.structs.replace(item, **changed) if changed else item
        return item

    parts = {
        name: {key: dated(value) for key, value in getattr(record, name).items()}
        for name in ("pacts", "organs", "offices", "bases")
    }
    return msgspec.structs.replace(record, **parts)
