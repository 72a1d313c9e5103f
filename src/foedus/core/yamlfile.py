"""YAML with every scalar as text, so that `1949-04` keeps its precision and `NO` stays Norway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from foedus.core.errors import RecordError

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class UnreadableFileError(RecordError):
    """A file that is not UTF-8 or not YAML."""

    def __init__(self, path: Path, line: int, found: str, remedy: str) -> None:
        super().__init__(f"{path.name}:{line}: {found} {remedy}")
        self.line, self.found, self.remedy = line, found, remedy


def read_yaml(path: Path) -> Any:
    """The content of a file: dicts, lists and strings; an empty scalar or `null` is None."""
    with _named(path):
        return _with_nulls(yaml.load(_text(path), Loader=_LOADER))


def line_of(path: Path, keys: list[str | int]) -> int:
    """The line on which the value under a path of keys stands, or the nearest line above it that exists."""
    node = _composed(path, path.stat().st_mtime_ns)
    line = node.start_mark.line + 1 if node else 1
    for key in keys:
        node = _child(node, key)
        if node is None:
            return line
        line = node.start_mark.line + 1
    return line


def repeated_keys(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every key that stands twice in one mapping, where YAML would keep the last in silence."""
    todo = [_composed(path, path.stat().st_mtime_ns)]
    while todo:
        node = todo.pop()
        if isinstance(node, yaml.SequenceNode):
            todo.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    yield key.start_mark.line + 1, str(key.value)
                seen.add(key.value)
                todo.append(value)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """YAML's own error, with the file and the line."""
    try:
        yield
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 1 if mark else 1
        raise UnreadableFileError(path, line, f"this is not valid YAML: {problem}.", "Correct the line.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        found = f"this is not UTF-8 text ({error.reason} at byte {error.start})."
        raise UnreadableFileError(path, 1, found, "Save the file as UTF-8.") from error


@lru_cache(maxsize=16)
def _composed(path: Path, _changed: int) -> yaml.Node | None:
    with _named(path):
        return yaml.compose(_text(path), Loader=_LOADER)


def _child(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        child: yaml.Node = node.value[key]
        return child
    return None


def _with_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    return None if value in ("null", "~", "") else value
