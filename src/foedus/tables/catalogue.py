"""The list of all tables, by id."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from foedus.core.errors import UnknownNameError
from foedus.tables import alliances, conflicts, disputes, events, influence, leaders, neighbours, relations, states
from foedus.tables.model import System, Table

# Layers above may bring tables of their own: the first word of their ids, and the module that declares them.
PROVIDERS = {"measure": "foedus.measures.catalogue"}
_MODULES = (alliances, states, neighbours, relations, disputes, conflicts, events, leaders, influence)


@cache
def _forms() -> dict[str, tuple[Table, ...]]:
    forms: dict[str, tuple[Table, ...]] = {}
    for module in _MODULES:
        for table in module.TABLES:
            forms[table.id] = (*forms.get(table.id, ()), table)
    return dict(sorted(forms.items()))


def table_ids() -> tuple[str, ...]:
    """The ids of all tables."""
    return tuple(_forms())


def tables_of(key: str) -> tuple[Table, ...]:
    """The forms of a table.

    Raises
    ------
    UnknownNameError
        If there is no such table.
    """
    provider = PROVIDERS.get(key.partition(".")[0])
    forms = import_module(provider).forms() if provider else _forms()
    try:
        return forms[key]
    except KeyError:
        raise UnknownNameError(f"table: {key!r} is none of foedus. Use one of {', '.join(forms)}.") from None


def find_table(key: str, units: tuple[str, ...], system: System | None) -> Table | None:
    """The form of a table for the first of some units that it has, in the system asked for where it has several."""
    forms = tables_of(key)
    for unit in units:
        fitting = [table for table in forms if table.unit == unit]
        own = [table for table in fitting if table.system == system or table.system is None]
        if fitting:
            return (own or fitting)[0]
    return None
