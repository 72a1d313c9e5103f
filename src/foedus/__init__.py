"""A dated, sourced record of military alliances and foreign bases, and a checker that holds texts against it.

>>> import foedus
>>> record = foedus.load_record()
>>> rows = foedus.members(record, "CSTO", on="1995-01-01")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from foedus.core.version import CODE_VERSION

__version__ = CODE_VERSION

if TYPE_CHECKING:
    from foedus.core.dates import PartialDate, parse_date
    from foedus.core.errors import FoedusError
    from foedus.findings.check import check
    from foedus.findings.compare import compare
    from foedus.findings.profile import profile
    from foedus.panels import (
        Panel,
        alliance_member_years,
        alliance_years,
        directed_dyad_months,
        directed_dyad_years,
        dyad_days,
        dyad_months,
        dyad_years,
        leader_days,
        leader_dyad_years,
        leader_years,
        panel,
        state_days,
        state_months,
        state_years,
    )  # fmt: skip
    from foedus.record.cache import load_record
    from foedus.record.query import bases, cite, fact, members, pacts, search, state, stats, timeline
    from foedus.sources.getting import get_data
    from foedus.sources.listing import list_data, verify_data
    from foedus.sources.reading import data_path

__all__ = [
    "FoedusError", "Panel", "PartialDate", "__version__", "alliance_member_years", "alliance_years", "bases", "check",
    "cite", "compare", "data_path", "directed_dyad_months", "directed_dyad_years", "dyad_days", "dyad_months",
    "dyad_years", "fact", "get_data", "leader_days", "leader_dyad_years", "leader_years", "list_data", "load_record",
    "members", "pacts", "panel", "parse_date", "profile", "search", "state", "state_days", "state_months",
    "state_years", "stats", "timeline", "verify_data",
]  # fmt: skip

_HOMES = {
    "foedus.core.dates": ("PartialDate", "parse_date"),
    "foedus.core.errors": ("FoedusError",),
    "foedus.findings.check": ("check",),
    "foedus.findings.compare": ("compare",),
    "foedus.findings.profile": ("profile",),
    "foedus.panels": (
        "Panel", "alliance_member_years", "alliance_years", "directed_dyad_months", "directed_dyad_years", "dyad_days",
        "dyad_months", "dyad_years", "leader_days", "leader_dyad_years", "leader_years", "panel", "state_days",
        "state_months", "state_years",
    ),
    "foedus.record.cache": ("load_record",),
    "foedus.sources.getting": ("get_data",),
    "foedus.sources.listing": ("list_data", "verify_data"),
    "foedus.sources.reading": ("data_path",),
    "foedus.record.query": ("bases", "cite", "fact", "members", "pacts", "search", "state", "stats", "timeline"),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import foedus` and `foedus --help` stay quick."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")
