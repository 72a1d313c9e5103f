"""Which event may stand where, and what it does."""

from __future__ import annotations

from typing import Literal

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
    {"signed", "in_force", "founded", "renewed", "pledged", "invoked", "responded", "succeeded", "ended", "seat"}
)
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
