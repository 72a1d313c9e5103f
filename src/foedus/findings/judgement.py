"""Verdicts, and what every judge of claims needs: the day that "now" means, and how dates are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from foedus.core.dates import PartialDate, parse_date
from foedus.documents.model import Claim
from foedus.record.models import Fact


class Verdict(Enum):
    """What the record says of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"  # right event, wrong or imprecise date or level
    CONTRADICTED = "contradicted"  # the record covers the matter and excludes the claim
    NOT_IN_RECORD = "not_in_record"  # the record does not reach that state, pact or year
    NOT_CHECKABLE = "not_checkable"  # opinion, prophecy, motive


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason and the facts that it rests on."""

    verdict: Verdict
    reason: str
    facts: tuple[Fact, ...] = ()


def supported(reason: str, facts: Iterable[Fact] = ()) -> Judgement:
    """The record says all that the claim says."""
    return Judgement(Verdict.SUPPORTED, reason.strip(), tuple(facts))


def partly(reason: str, facts: Iterable[Fact] = ()) -> Judgement:
    """The event is right; its date or level is not, and the reason says where the version of the claim comes from."""
    return Judgement(Verdict.PARTLY, reason.strip(), tuple(facts))


def contradicted(reason: str, facts: Iterable[Fact] = ()) -> Judgement:
    """The record covers the matter and excludes the claim."""
    return Judgement(Verdict.CONTRADICTED, reason.strip(), tuple(facts))


def not_in_record(reason: str, facts: Iterable[Fact] = ()) -> Judgement:
    """The record does not reach the matter."""
    return Judgement(Verdict.NOT_IN_RECORD, reason.strip(), tuple(facts))


@dataclass(frozen=True, slots=True)
class Now:
    """The day that the present tense means: of the document where known, else the record's own."""

    day: PartialDate
    is_known: bool
    record_day: PartialDate

    def remark(self) -> str:
        """What a report must say about the day it judged by."""
        return "" if self.is_known else f" The text has no date: held against the record's day, {self.record_day}."


@dataclass(slots=True)
class When:
    """The date of a claim, ready to be compared with facts."""

    claim: Claim
    date: PartialDate | None = field(init=False)

    def __post_init__(self) -> None:
        self.date = parse_date(self.claim.date) if self.claim.date else None

    def meets(self, fact: Fact) -> bool:
        """Whether one of the dates that the record has for a fact may be the one of the claim."""
        return any(self.fits(day) for day in fact.dates)

    def fits(self, day: PartialDate) -> bool:
        """Whether a date of the record may be the one of the claim; "about 1955" may be the year before or after."""
        if self.date is None:
            return True
        if day.is_approximate or day.is_uncertain:
            first, last = self.date.first_day.year, self.date.last_day.year
            return day.first_day.year - 1 <= last and first <= day.last_day.year + 1
        if self.claim.qualifier == "by":
            return day.first_day <= self.date.last_day
        if self.claim.qualifier == "before":
            return day.first_day < self.date.first_day
        if self.claim.qualifier == "after":
            return day.last_day >= self.date.first_day
        return self.date.overlaps(day)

    def same_year(self, fact: Fact) -> bool:
        """Whether claim and fact agree in the year though not in the month or day."""
        return self.date is not None and any(day.year is not None and day.year == self.date.year for day in fact.dates)

    def is_month(self) -> bool:
        """Whether the claim gives a month but no day."""
        return self.date is not None and not self.date.is_day and self.date.days <= 31


def first_met(when: When, facts: Iterable[Fact]) -> Fact | None:
    """The first fact whose date meets that of the claim."""
    return next((fact for fact in facts if when.meets(fact)), None)


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """Facts by date, then id."""
    return sorted(facts, key=lambda fact: (fact.when.first_day, fact.id))


_PHRASES = {
    "signed": "signed", "ratified": "ratified", "acceded": "acceded", "joined": "membership took effect",
    "in_force": "in force", "observer": "observer", "associate": "associate", "suspended": "suspended",
    "resumed": "suspension ended", "notice": "notice given", "notice_withdrawn": "notice withdrawn",
    "withdrew": "left with effect", "expelled": "expelled", "rejoined": "rejoined", "succeeded": "succeeded",
    "founded": "founded", "renewed": "renewed", "ended": "ended", "seat": "seat", "invoked": "invoked",
    "responded": "responded", "declined": "declined", "pledged": "pledged", "agreement": "agreement",
    "announced": "announced",
    "opened": "opened", "present": "in use", "departed": "last departure", "returned": "returned", "closed": "closed",
    "rule": "rule", "consequence": "consequence", "statement": "statement",
    "handed_over": "handed over", "took_office": "took office", "left_office": "left office", "held": "held",
}  # fmt: skip


def evidence(fact: Fact) -> dict[str, Any]:
    """A fact as the evidence of a verdict."""
    return {
        "fact": fact.id,
        "says": fact.sources[0].says if fact.sources else "",
        "date": fact.date,
        "sources": [
            {"source": s.source, "locator": s.locator, "says": s.says, "retrieved": s.retrieved} for s in fact.sources
        ],
    }


def phrase(fact: Fact) -> str:
    """An event in words, with its date: "in force 1994-04-20"."""
    name = _PHRASES[fact.event]
    if fact.event in ("observer", "associate", "suspended") and fact.qualifier:
        name = f"{name} ({fact.qualifier.replace('_', ' ')})"
    if fact.pledge:
        name = f"{name} {fact.pledge}"
    place = f" in {fact.place}" if fact.place and fact.event in ("seat", "held") else ""
    return f"{name}{place} {date_text(fact.date)}"


def date_text(edtf: str) -> str:
    """A date as a reader expects it: an open interval in words, all else as the record writes it."""
    start, slash, end = edtf.partition("/")
    if slash and end in ("", ".."):
        return f"{start} or later"
    if slash and start in ("", ".."):
        return f"{end} or earlier"
    return f"between {start} and {end}" if slash else edtf


def series(facts: Sequence[Fact], limit: int = 6) -> str:
    """Events in one line: "signed 1992-05-15, in force 1994-04-20"."""
    return ", ".join(phrase(fact) for fact in list(facts)[:limit])
