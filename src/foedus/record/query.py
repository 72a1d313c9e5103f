"""The record's public functions: one for each command, with the command's name."""

from foedus.record.basing import bases
from foedus.record.chronicle import fact, timeline
from foedus.record.citations import cite
from foedus.record.lookup import search, state, stats
from foedus.record.roster import members, pacts

__all__ = ["bases", "cite", "fact", "members", "pacts", "search", "state", "stats", "timeline"]
