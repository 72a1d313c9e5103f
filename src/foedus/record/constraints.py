"""Holds a record against the rules of constraints.yml; exceptions, with their reasons, are data too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from foedus.core.yamlfile import UnreadableFileError, read_yaml, repeated_keys
from foedus.record.form_rules import (
    check_confidence,
    check_dates,
    check_ids,
    check_references,
    check_reviews,
    check_sources,
    check_vocabulary,
)
from foedus.record.lineage_rules import check_acronyms, check_lineage
from foedus.record.load import Loading, read_record
from foedus.record.models import Record, Struct
from foedus.record.place_rules import can_tell_countries, check_bases, check_near_host
from foedus.record.problems import Problem, Severity
from foedus.record.section_rules import check_pledges, check_sections, check_sequels
from foedus.record.spell_rules import check_hostings, check_memberships, check_states_exist

CONSTRAINTS_FILE = Path(__file__).with_name("constraints.yml")
EXCEPTIONS = "exceptions.yml"

RULES: tuple[Callable[[Record, Loading], None], ...] = (
    check_sources, check_references, check_reviews, check_vocabulary, check_ids, check_acronyms, check_lineage,
    check_confidence, check_dates, check_bases, check_near_host, check_memberships, check_states_exist, check_hostings,
    check_pledges, check_sections, check_sequels,
)  # fmt: skip


class Constraint(Struct, frozen=True):
    """A rule as declared: what it asks, and how grave a breach is."""

    rule: str
    severity: Severity
    asks: str


class Exempt(Struct, frozen=True):
    """Breaches of a rule that are right as they are, with the reason."""

    rule: str
    about: tuple[str, ...]
    reason: str


@cache
def constraints() -> dict[str, Constraint]:
    """The declared rules by id."""
    rows = msgspec.convert(read_yaml(CONSTRAINTS_FILE), tuple[Constraint, ...], strict=False)
    return {row.rule: row for row in rows}


def validate(folder: Path) -> list[Problem]:
    """All that is wrong with the record of a folder, by file and line, less the exceptions that it declares.

    Raises
    ------
    RecordError
        If the folder holds no record at all.
    """
    record, loading = read_record(folder)
    _check_keys(loading)
    if not any(problem.rule == "date" for problem in loading.problems):
        for rule in RULES:
            rule(record, loading)
    found = [msgspec.structs.replace(p, severity=constraints()[p.rule].severity) for p in set(loading.problems)]
    kept = list(_without_exceptions(folder, found))
    return sorted(kept, key=lambda problem: (str(problem.path), problem.line, problem.found))


def _without_exceptions(folder: Path, problems: list[Problem]) -> Iterator[Problem]:
    """The problems that no exception explains, and the exceptions that explain nothing."""
    path = folder / EXCEPTIONS
    exempt = {(row.rule, about): i for i, row in enumerate(_exceptions(path)) for about in row.about}
    met = {(problem.rule, problem.about) for problem in problems}
    yield from (problem for problem in problems if (problem.rule, problem.about) not in exempt)
    idle = {(rule, about) for rule, about in exempt.keys() - met if rule != "near_host" or can_tell_countries()}
    for rule, about in sorted(idle):
        found, remedy = f"{about} does not breach the rule {rule}.", "Delete the exception."
        yield Problem(path, 1, found, remedy, rule="unused", severity=constraints()["unused"].severity)


def _exceptions(path: Path) -> tuple[Exempt, ...]:
    rows: Any = read_yaml(path) if path.is_file() else ()
    return msgspec.convert(rows or (), tuple[Exempt, ...], strict=False)


def _check_keys(loading: Loading) -> None:
    """No key twice in one mapping: YAML would keep the last in silence."""
    for path in (loading.states_file, *(path for kind in ("pacts", "organs", "bases") for path in loading.files(kind))):
        try:
            found = list(repeated_keys(path))
        except UnreadableFileError:
            continue
        for line, key in found:
            loading.problems.append(Problem(path, line, f"{key} is given twice.", "Delete one of them.", rule="form"))
