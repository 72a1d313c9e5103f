"""Which plain letters a text must hold for an expression to match: most expressions need not be tried at all.

An expression is taken apart by Python's own parser of expressions. Where that cannot be done, it needs nothing.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import ahocorasick_rs

Needs = tuple[tuple[str, ...], ...]
_MOST = 48  # strings that one part of an expression may stand for


class Sieve:
    """Tells which of some expressions may match a text, in one pass over it."""

    def __init__(self, patterns: list[str]) -> None:
        needs = [needed(pattern) for pattern in patterns]
        literals = sorted({literal for groups in needs for group in groups for literal in group})
        numbers = {literal: i for i, literal in enumerate(literals)}
        self._needs = [tuple(frozenset(numbers[one] for one in group) for group in groups) for groups in needs]
        self._automaton = ahocorasick_rs.AhoCorasick(literals) if literals else None

    def passing(self, text: str) -> list[int]:
        """The numbers of the expressions that may match, in order."""
        if self._automaton is None:
            return list(range(len(self._needs)))
        found = {row[0] for row in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        return [i for i, groups in enumerate(self._needs) if not any(map(found.isdisjoint, groups))]


def needed(pattern: str) -> Needs:
    """Groups of strings: of each group a text that matches holds at least one, in the letters of the pattern."""
    try:
        from re import _parser as parser  # type: ignore[attr-defined]

        tree = parser.parse(pattern)
    except ImportError:
        return ()
    if tree.state.flags & 2:  # letters of either case
        return ()
    return tuple(dict.fromkeys(_groups(tree)))


def _groups(tree: Any) -> list[tuple[str, ...]]:
    """What each stretch of an expression needs."""
    found: list[tuple[str, ...]] = []
    run: frozenset[str] = frozenset([""])
    for item in tree:
        exact = _exact(item)
        joined = None if exact is None or len(run) * len(exact) > _MOST else _products(run, exact)
        if joined is not None:
            run = joined
            continue
        found += _group(run)
        run = frozenset([""]) if exact is None else exact
        if exact is None:
            found += _inner(item)
    return found + _group(run)


def _group(strings: frozenset[str]) -> list[tuple[str, ...]]:
    return [] if "" in strings else [tuple(sorted(strings))]


def _inner(item: tuple[Any, Any]) -> list[tuple[str, ...]]:
    """What a part without a short list of its strings needs all the same."""
    name, value = str(item[0]), item[1]
    if name == "SUBPATTERN":
        return _groups(value[3]) if not value[1] & 2 else []
    if name == "ASSERT":
        return _groups(value[1])
    if name == "ATOMIC_GROUP":
        return _groups(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _groups(value[2]) if value[0] else []
    if name == "BRANCH":
        longest = [max(_groups(branch), key=lambda group: min(map(len, group)), default=()) for branch in value[1]]
        return [tuple(sorted({one for group in longest for one in group}))] if all(longest) else []
    return []


def _exact(item: tuple[Any, Any]) -> frozenset[str] | None:
    """All strings that a part of an expression stands for, where they are few."""
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return frozenset([chr(value)])
    if name in ("AT", "ASSERT_NOT"):
        return frozenset([""])
    if name == "IN" and all(str(op) == "LITERAL" for op, _ in value):
        return frozenset(chr(code) for _, code in value)
    if name == "SUBPATTERN" and not value[1] & 2:
        return _sequence(value[3])
    if name == "BRANCH":
        branches = [_sequence(branch) for branch in value[1]]
        strings = frozenset().union(*(b for b in branches if b is not None))
        return strings if None not in branches and len(strings) <= _MOST else None
    if name in ("MAX_REPEAT", "MIN_REPEAT") and value[:2] == (0, 1):
        inner = _sequence(value[2])
        return None if inner is None else inner | {""}
    return None


def _sequence(tree: Any) -> frozenset[str] | None:
    strings: frozenset[str] = frozenset([""])
    for item in tree:
        exact = _exact(item)
        if exact is None or len(strings) * len(exact) > _MOST:
            return None
        strings = _products(strings, exact)
    return strings


def _products(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    return frozenset(a + b for a, b in product(first, second))
