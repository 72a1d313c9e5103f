"""Which event may stand where, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from foedus.record.models import Event

MemberStatus = Literal["member", "signatory", "observer", "associate", "suspended", "former", "all"]
BaseStatus = Literal["confirmed", "reported", "disputed", "planned", "closed", "all"]
CitationStyle = Literal["bibtex", "csl", "text"]

STATE_EVENTS = frozenset(
    {
        "signed", "ratified", "acceded", "joined", "in_force", "observer", "associate", "suspended", "resumed",
        "notice", "notice_withdrawn", "withdrew", "expelled", "rejoined", "succeeded", "seat", "pledged", "invoked",
        "responded",
    }
)  # fmt: skip
PACT_EVENTS = frozenset(
    {
        "signed", "in_force", "founded", "renewed", "pledged", "invoked", "responded", "declined", "succeeded", "ended",
        "seat",
    }
)  # fmt: skip
# Of a state in a pact, but silent on its membership.
OF_THE_PACT = frozenset(("seat", "pledged", "invoked", "responded"))
BASE_EVENTS = frozenset(
    {"agreement", "announced", "opened", "present", "departed", "returned", "closed", "handed_over"}
)
OFFICE_EVENTS = frozenset(("took_office", "left_office"))
ORGAN_EVENTS = frozenset(("founded", "held", "ended"))

BASE_STARTS = ("opened",)
# What ends the use of a base, the most telling first.
BASE_ENDS = ("closed", "departed", "handed_over", "returned")

# Sections of a pact's file beside `events`, and the event that each of their lines is.
SECTIONS: dict[str, Event] = {"rules": "rule", "consequences": "consequence", "statements": "statement"}
# What a rule is about and the values that it may have; a language is an ISO 639 code, a budget share per cent.
RULES: dict[str, frozenset[str]] = {
    "decision": frozenset(("consensus", "unanimity", "majority", "two_thirds", "mixed")),
    "veto": frozenset(("every_member", "named_state", "none")),
    "convening": frozenset(("any_member", "members", "chair", "secretariat", "fixed_dates")),
    "command": frozenset(("national_of_state", "chosen", "rotating", "each_state", "none")),
    "language": frozenset(),
    "budget": frozenset(),
}
# What a state may do to another; `none` where a source says that nothing of the kind followed.
CONSEQUENCES = frozenset(
    {
        "none", "diplomatic", "aid_cut", "trade", "energy_cut", "military_cooperation", "base_withdrawal",
        "support_to_opponents", "military_intervention",
    }
)  # fmt: skip
