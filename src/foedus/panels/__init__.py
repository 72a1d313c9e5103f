"""State-year, dyad-year and the other units of analysis, with tables added."""

from foedus.panels.compare import diff
from foedus.panels.create import (
    alliance_member_years,
    alliance_years,
    directed_dyad_months,
    directed_dyad_years,
    dyad_days,
    dyad_months,
    dyad_years,
    from_frame,
    leader_days,
    leader_dyad_years,
    leader_years,
    panel,
    state_days,
    state_months,
    state_years,
)
from foedus.panels.inputs import Inputs
from foedus.panels.model import Panel
from foedus.panels.recipe import rebuild
from foedus.panels.units import Unit, parse_unit, unit_names

__all__ = [
    "Inputs", "Panel", "Unit", "alliance_member_years", "alliance_years", "diff", "directed_dyad_months",
    "directed_dyad_years", "dyad_days", "dyad_months", "dyad_years", "from_frame", "leader_days", "leader_dyad_years",
    "leader_years", "panel", "parse_unit", "rebuild", "state_days", "state_months", "state_years", "unit_names",
]  # fmt: skip
