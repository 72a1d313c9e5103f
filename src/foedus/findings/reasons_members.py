"""Why a state or a pledge stands on one side of a comparison alone."""

from __future__ import annotations

from foedus.findings.reasons import ACTS, Case, Rule, relatives
from foedus.record.models import Pact

OWN_KINDS = frozenset({"collective", "guarantee", "union", "base", "cooperation", "forum"})


def _outside_the_system(case: Case) -> str:
    if case.ours is None or case.theirs is not None:
        return ""
    first, last = case.ours.spells[0][0], case.ours.spells[-1][1] or case.coding.years[1]
    within = any(start <= last and (end is None or end >= first) for start, end in case.codes)
    return "" if within else f"{case.state} has no COW code in the years of its membership."


def _other_pact(case: Case) -> str:
    for other in case.siblings:
        if any(fact.state == case.state and fact.event in ACTS for fact in other.events):
            return f"The dataset keeps this pact and {other.id}, to which {case.state} belongs, under one number."
    return ""


def _signed_only(case: Case) -> str:
    own = [fact for fact in case.pact.events if fact.state == case.state and fact.event in ACTS]
    if case.ours is None and own:
        return f"The record has of {case.state} only {own[0].event} {own[0].date}, which makes no member."
    return ""


def _before_or_after(case: Case) -> str:
    """One side counts a state, the other the one that came before or after it."""
    mine = case.ours is None
    parties = {fact.state for fact in case.pact.events if fact.state}
    for other in relatives(case.record, case.state):
        if mine and other in parties:
            return f"The dataset has {case.state} follow {other}; the record has no act of succession to this pact."
        if not mine and other in case.also:
            return f"The record has {case.state} apart from {other}; the dataset has only {other}."
    return ""


def _after_their_end(case: Case) -> str:
    """A dataset that ends a pact early has none of those who came into it later."""
    if case.theirs is None and case.ours is not None and case.their_end is not None:
        first = case.ours.spells[0][0]
        if first > case.their_end:
            return f"The dataset ends the pact in {case.their_end}; by the record {case.state} came into it in {first}."
    return ""


def _not_complete(case: Case) -> str:
    if case.ours is None and case.pact.complete is None:
        return f"The record's list of {case.pact.id} is not claimed to be complete: no official list was compared."
    return ""


MEMBER_RULES: tuple[tuple[str, Rule], ...] = (
    ("outside the state system", _outside_the_system),
    ("one number, several pacts", _other_pact),
    ("signature only", _signed_only),
    ("after the dataset's end", _after_their_end),
    ("state before or after", _before_or_after),
    ("list not complete", _not_complete),
)


def pledges_reason(
    pact: Pact, own: frozenset[str], other: frozenset[str], siblings: tuple[Pact, ...]
) -> tuple[str, str]:
    """Rule and reason why the kinds of pledge differ; empty where no rule tells."""
    more = other - own
    if siblings and own <= other and more <= {kind for pact in siblings for kind in pact.pledges}:
        names = ", ".join(pact.id for pact in siblings)
        return "one number, several pacts", f"The dataset codes the pledges of {names} with it, under one number."
    kept = sorted(OWN_KINDS & set(pact.pledges))
    if not own and kept:
        return "kinds of the record", f"The record calls its pledge {', '.join(kept)}, which the dataset does not have."
    return "", ""
