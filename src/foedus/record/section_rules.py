"""The rules of a pact's sections: what it pledges, how it is governed, what followed an exit, what was stated."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.record.facts import all_facts
from foedus.record.load import Loading
from foedus.record.models import Fact, Record
from foedus.record.vocabulary import CONSEQUENCES, RULES

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SHARE = re.compile(r"\d{1,3}(?:\.\d+)?")
_OF_A_STATE = ("named_state", "national_of_state")


def check_pledges(record: Record, loading: Loading) -> None:
    """Every pledge of a pact rests on a fact with its source; `none` is the absence of any."""
    for pact in record.pacts.values():
        attested = {fact.pledge for fact in pact.events if fact.event == "pledged"}
        for pledge in dict.fromkeys(pact.pledges):
            if pledge != "none" and pledge not in attested:
                found = f"{pact.id}: no fact attests its pledge {pledge}."
                remedy = f"Add an event pledged with pledge: {pledge} and a source that was read, or delete the pledge."
                loading.at(pact.id, found, remedy, rule="pledge")


def check_sections(record: Record, loading: Loading) -> None:
    """A rule has a kind and a value of that kind; a consequence a kind and a state; a statement a speaker and words."""
    for pact in record.pacts.values():
        for fact in pact.rules:
            _check_rule(fact, loading)
        for fact in pact.consequences:
            if fact.kind not in CONSEQUENCES:
                _note(fact, f"{fact.kind or 'no kind'} is no kind of consequence", CONSEQUENCES, loading)
            if not fact.state:
                _note(fact, "the consequence befell no state", {"state"}, loading)
        for fact in pact.statements:
            missing = [name for name in ("by", "role", "says") if not getattr(fact, name)]
            if missing:
                _note(fact, f"the statement has no {' and no '.join(missing)}", missing, loading)


def _check_rule(fact: Fact, loading: Loading) -> None:
    if fact.kind not in RULES:
        _note(fact, f"{fact.kind or 'no kind'} is no kind of rule", RULES, loading)
    elif fact.kind == "language" and not _LANGUAGE.fullmatch(fact.value or ""):
        _note(fact, f"{fact.value} is no language", {"an ISO 639 code such as en"}, loading)
    elif fact.kind == "budget" and not (_SHARE.fullmatch(fact.value or "") and float(fact.value or 0) <= 100):
        _note(fact, f"{fact.value} is no share of a budget", {"per cent from 0 to 100"}, loading)
    elif RULES[fact.kind] and fact.value not in RULES[fact.kind]:
        _note(fact, f"{fact.value} is no value of {fact.kind}", RULES[fact.kind], loading)
    if (fact.kind == "budget" or fact.value in _OF_A_STATE) and not fact.state:
        _note(fact, f"{fact.kind} {fact.value} names no state", {"state"}, loading)


def _note(fact: Fact, found: str, allowed: Iterable[str], loading: Loading) -> None:
    loading.at(fact.id, f"{fact.id}: {found}.", f"Give {', '.join(sorted(allowed))}.", rule="section")


def check_sequels(record: Record, loading: Loading) -> None:
    """What a fact follows is in the record, and does not come later."""
    facts = {fact.id: fact for fact in all_facts(record)}
    for fact in facts.values():
        if fact.after is None:
            continue
        earlier = facts.get(fact.after)
        if earlier is None:
            found = f"{fact.id}: after {fact.after} is no fact of the record."
            loading.at(fact.id, found, "Correct the id.", rule="reference")
        elif fact.when.last_day < earlier.when.first_day:
            found = f"{fact.id}: {fact.event} {fact.date}, before {earlier.date} ({earlier.id}) that it follows."
            loading.at(fact.id, found, "Correct a date or the id.", rule="order")
