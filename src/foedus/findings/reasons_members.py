"""Why a state or a pledge stands on one side of a comparison alone."""

from __future__ import annotations

from foedus.findings.codings import Coding
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


def _not_complete(case: Case) -> str:
    if case.ours is None and case.pact.complete is None:
        return f"The record's list of {case.pact.id} is not claimed to be complete: no official list was compared."
    return ""


MEMBER_RULES: tuple[tuple[str, Rule], ...] = (
    ("outside the state system", _outside_the_system),
    ("one number, several pacts", _other_pact),
    ("signature only", _signed_only),
    ("state before or after", _before_or_after),
    ("list not complete", _not_complete),
)


# COW's three types of alliance, from its own description: Type I before Type II before Type III.
COW_TYPES = {"defense": "I", "neutrality": "II", "nonaggression": "II", "consult": "III"}


def _highest_class(coding: Coding, own: frozenset[str], other: frozenset[str]) -> str:
    """COW types an alliance by the highest class that its text has, and codes lower classes beside it unevenly.

    Its description (http://www.correlatesofwar.org/COW2%20Data/Alliances/alliance.htm) says that each alliance is
    classified by the highest level of support. Version 4.1 has four columns, but of its 205 alliances with a pledge of
    defence 95 have no other class coded; of the 77 pacts of the record that ATOP codes with defence and consultation
    and COW with defence, COW has no consultation for 20.
    """
    if coding.name != "cow.alliances" or not other or not other < own:
        return ""
    if min(COW_TYPES[kind] for kind in own) != min(COW_TYPES[kind] for kind in other):
        return ""
    less = ", ".join(sorted(own - other))
    return (
        f"COW types an alliance by its highest class ({', '.join(sorted(other))}); it does not code {less} beside it."
    )


def _general_consultation(pact: Pact, coding: Coding, own: frozenset[str], other: frozenset[str]) -> str:
    """ATOP counts a promise to consult only where it is specific to a crisis that may turn into an armed conflict.

    Codebook of version 5.1, page 23, CONSUL: a general promise to consult on important international problems, or on
    what touches the parties' interests, is not enough. The record names such a promise too, with `qualifier: general`.
    """
    wide = {fact.qualifier for fact in pact.events if fact.event == "pledged" and fact.pledge == "consult"}
    if coding.name != "atop.members" or own - other != {"consult"} or not other < own or wide != {"general"}:
        return ""
    return "The text has the parties consult on international questions at large; ATOP counts consultation in a crisis."


def _one_coding(coding: Coding, other: frozenset[str], siblings: tuple[Pact, ...]) -> str:
    """A dataset has one coding for the successive treaties that it keeps under one number: that of one of them."""
    for pact in siblings:
        own = frozenset(pact.pledges) & coding.pledges
        if own == other or _highest_class(coding, own, other):
            return f"The dataset keeps this pact and {pact.id} under one number, with one coding: that of {pact.id}."
    return ""


def _coded_before(pact: Pact, coding: Coding, siblings: tuple[Pact, ...], since: int) -> str:
    """COW codes an alliance once, by the text that began it: later treaties under its number change nothing.

    Of the 414 numbers of version 4.1 one alone, 234 (the Balkan pact of 1953 and 1954), has another coding later on,
    though many run through two treaties or three.
    """
    earlier = [one.id for one in siblings if _signed(one) < _signed(pact)]
    if coding.name != "cow.alliances" or not earlier or not since < _signed(pact):
        return ""
    return f"COW has one coding since {since} for this pact and {', '.join(earlier)}, under one number."


def _signed(pact: Pact) -> int:
    """The year of the first act of a pact; a year beyond all where it has none."""
    return min((fact.when.first_day.year for fact in pact.events), default=9999)


def pledges_reason(
    pact: Pact, coding: Coding, own: frozenset[str], other: frozenset[str], siblings: tuple[Pact, ...], since: int
) -> tuple[str, str]:
    """Rule and reason why the kinds of pledge differ; empty where no rule tells.

    Parameters
    ----------
    siblings
        Other pacts of the record that the dataset keeps under a number of this one.
    since
        Year in which the alliance begins in the dataset.
    """
    highest = _highest_class(coding, own, other)
    if highest:
        return "highest class only", highest
    general = _general_consultation(pact, coding, own, other)
    if general:
        return "general consultation", general
    more = other - own
    if siblings and own <= other and more <= {kind for pact in siblings for kind in pact.pledges}:
        names = ", ".join(pact.id for pact in siblings)
        return "one number, several pacts", f"The dataset codes the pledges of {names} with it, under one number."
    single = _one_coding(coding, other, siblings) or _coded_before(pact, coding, siblings, since)
    if single:
        return "one number, several pacts", single
    kept = sorted(OWN_KINDS & set(pact.pledges))
    if not own and kept:
        return "kinds of the record", f"The record calls its pledge {', '.join(kept)}, which the dataset does not have."
    return "", ""
