"""The field's measures: functions of arrays, and the one bridge from datasets and panels to them.

`take` and `list_measures` are the bridge; the functions stand in the modules named after what they measure.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.measures.taking import list_measures, take

__all__ = ["list_measures", "take"]


def __getattr__(name: str) -> Any:
    """The bridge needs the engines; functions of arrays do not."""
    if name in __all__:
        return getattr(import_module("foedus.measures.taking"), name)
    raise AttributeError(f"module 'foedus.measures' has no attribute {name!r}")
