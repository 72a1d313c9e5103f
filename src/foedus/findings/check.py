"""Holding a text against the record: the public function and its report."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from foedus.core.dates import parse_date
from foedus.core.version import CODE_VERSION
from foedus.documents.claims import MEMBERSHIP
from foedus.documents.installations import BASES
from foedus.documents.model import Claim, Document, Reading, Thesis
from foedus.documents.organizations import SIMPLE
from foedus.documents.reader import Reader
from foedus.findings.index import Index
from foedus.findings.installations import InstallationJudge
from foedus.findings.judgement import Judgement, Now, Verdict, evidence
from foedus.findings.memberships import MembershipJudge
from foedus.findings.organizations import OrganizationJudge
from foedus.findings.signatures import SignatureJudge
from foedus.record.models import Fact, Record

VERDICTS = tuple(verdict.value for verdict in Verdict)


def check(
    record: Record, text: str, *, title: str | None = None, published: str | None = None, language: str = "auto"
) -> dict[str, Any]:
    """Hold a text against the record: the report that `foedus check --format json` writes.

    Parameters
    ----------
    published
        When the text appeared, as an EDTF date; where None, a dateline in the text is used, if it has one.
    language
        `en`, `ru`, `ar`, or `auto`: each section by its script.

    Raises
    ------
    DateError
        If `published` is not a date.
    """
    return Checker(record).check(Document(text, title=title, published=published, language=language))


@dataclass
class Checker:
    """Reads texts and judges their claims; made once for a record and used for many texts."""

    record: Record

    def __post_init__(self) -> None:
        self.reader = Reader(self.record)
        self.index = Index(self.record)

    def check(self, document: Document, *, theses: bool = True) -> dict[str, Any]:
        """The report on one text, as `foedus check --format json` writes it."""
        reading = self.reader.read(document)
        record_day = parse_date(self.record.day)
        now = Now(reading.published or record_day, reading.published is not None, record_day)
        judged = [(claim, self._judge(claim, now)) for claim in reading.claims]
        return self._report(reading, judged, reading.theses if theses else [])

    def _judge(self, claim: Claim, now: Now) -> Judgement:
        if claim.relation in MEMBERSHIP:
            return MembershipJudge(self.index, now).judge(claim)
        if claim.relation == "treaty_signed":
            return SignatureJudge(self.index, now).judge(claim)
        if claim.relation in SIMPLE:
            return OrganizationJudge(self.index, now).judge(claim)
        if claim.relation in BASES:
            return InstallationJudge(self.index, now).judge(claim)
        return Judgement(Verdict.NOT_CHECKABLE, "The record keeps nothing of this kind.")

    def _report(
        self, reading: Reading, judged: list[tuple[Claim, Judgement]], theses: Iterable[Thesis]
    ) -> dict[str, Any]:
        document = reading.document
        counts = Counter(judgement.verdict.value for _, judgement in judged)
        return {
            "id": document.id,
            "foedus": CODE_VERSION,
            "record": f"{self.record.version} ({self.record.day})",
            "document": {
                "title": document.title,
                "language": reading.sections[0].language if reading.sections else None,
                "published": str(reading.published) if reading.published else None,
                "characters": len(document.text),
                "sections": [
                    {"title": s.title, "language": s.language, "start": s.start, "end": s.end} for s in reading.sections
                ],
            },
            "claims": [self._claim(document, claim, judgement) for claim, judgement in judged],
            "theses": [self._thesis(document, thesis) for thesis in theses],
            "counts": {verdict: counts[verdict] for verdict in VERDICTS},
        }

    def _claim(self, document: Document, claim: Claim, judgement: Judgement) -> dict[str, Any]:
        text = document.text[claim.start : claim.end]
        key = "|".join(
            (
                claim.relation,
                str(claim.subject and claim.subject.name),
                str(claim.object and claim.object.name),
                claim.date,
                str(claim.start),
                text,
            )
        )
        return {
            "id": "c" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest(),
            "start": claim.start,
            "end": claim.end,
            "text": text,
            "relation": claim.relation,
            "subject": claim.subject.as_json() if claim.subject else None,
            "object": claim.object.as_json() if claim.object else None,
            "value": claim.value,
            "date": claim.date,
            "negated": claim.negated,
            "attribution": claim.attribution,
            "speaker": claim.speaker,
            "group": claim.group,
            "verdict": judgement.verdict.value,
            "reason": judgement.reason,
            "evidence": [evidence(fact) for fact in _unique(judgement.facts)],
        }

    @staticmethod
    def _thesis(document: Document, thesis: Thesis) -> dict[str, Any]:
        return {
            "start": thesis.start,
            "end": thesis.end,
            "text": document.text[thesis.start : thesis.end],
            "pact": thesis.pact.as_json(),
            "patron": thesis.patron.as_json(),
            "command": f"foedus profile {thesis.pact.id or repr(thesis.pact.name)} --patron {thesis.patron.id}",
        }


def _unique(facts: Iterable[Fact]) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in facts:
        if fact.id not in seen:
            seen.add(fact.id)
            yield fact
