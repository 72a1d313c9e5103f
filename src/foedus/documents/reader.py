"""A text in, its claims out: sections, mentions, dates, speech and triggers brought together."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import count

from foedus.core.dates import PartialDate, parse_date
from foedus.documents.arguments import ArgumentFinder
from foedus.documents.claims import MEMBERSHIP, ClaimMaker
from foedus.documents.context import Context, Knowledge
from foedus.documents.dateline import find_dateline
from foedus.documents.dating import DateContext, DateGrammar
from foedus.documents.found import Found
from foedus.documents.gazetteer import Gazetteer, record_names
from foedus.documents.installations import BASES, InstallationClaims
from foedus.documents.knowledge import gather
from foedus.documents.lexicon import Lexicon, Trigger, load_lexicon
from foedus.documents.literals import Sieve
from foedus.documents.masking import Masked, Masker
from foedus.documents.model import Claim, Document, Language, Mention, Reading, Section, Sentence
from foedus.documents.normal import Normal, normalise
from foedus.documents.organizations import SIMPLE, OrganizationClaims
from foedus.documents.segments import find_paragraphs, find_sections, find_sentences
from foedus.documents.signatures import SignatureClaims
from foedus.documents.speech import SpeechReader, Stretches
from foedus.documents.theses import ThesisFinder
from foedus.record.models import Record


class LanguageReader:
    """Everything that is compiled once for a language and a record."""

    def __init__(self, record: Record, language: Language) -> None:
        self.lexicon: Lexicon = load_lexicon(language)
        self.gazetteer = Gazetteer(language, list(record_names(record, language)))
        self.dates = DateGrammar(self.lexicon.dates)
        self.masker = Masker(self.lexicon)
        self.speech = SpeechReader(self.lexicon.speech)
        self.theses = ThesisFinder(self.lexicon)
        self.pronouns = re.compile(rf"\b(?:{self.lexicon.pronouns})\b")
        self._sieve = Sieve([trigger.pattern for trigger in self.lexicon.triggers])
        self._patterns: dict[int, re.Pattern[str]] = {}

    def find_triggers(self, masked: Masked) -> list[Found]:
        """The triggers of a sentence in order; of two that overlap the longer stays."""
        matches = [
            (match.start(), -len(match.group()), i, self.lexicon.triggers[i], match)
            for i in self._sieve.passing(masked.text)
            for match in self._pattern(i).finditer(masked.text)
        ]
        matches.sort(key=lambda row: row[:3])
        kept: list[tuple[Trigger, re.Match[str]]] = []
        reached = -1
        for start, _, _, trigger, match in matches:
            if start >= reached:
                kept.append((trigger, match))
                reached = match.end()
        found = []
        for i, (trigger, match) in enumerate(kept):
            low = kept[i - 1][1].end() if i else 0
            high = kept[i + 1][1].start() if i + 1 < len(kept) else len(masked.text)
            found.append(Found(trigger, match, low, high))
        return found

    def _pattern(self, i: int) -> re.Pattern[str]:
        """The expression of a trigger, compiled when a text first needs it."""
        if i not in self._patterns:
            self._patterns[i] = _compiled(self.lexicon.triggers[i].pattern)
        return self._patterns[i]


def _compiled(pattern: str) -> re.Pattern[str]:
    """A trigger matches whole words; one that begins with a mark of punctuation may follow a word."""
    return re.compile(rf"(?:(?<![\w'-])(?=\w)|(?=\W)|(?<=[SOUBPCL])(?=\w))(?:{pattern})(?![^\W\dA-Z_])")


class Reader:
    """Reads documents against the names of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._languages: dict[Language, LanguageReader] = {}
        self._knowledge: dict[Language, Knowledge] = {}

    def language(self, language: Language) -> LanguageReader:
        """The compiled tables of a language, made when first needed."""
        if language not in self._languages:
            self._languages[language] = LanguageReader(self.record, language)
        return self._languages[language]

    def knowledge(self, language: Language) -> Knowledge:
        """What the record adds to the reading of a language."""
        if language not in self._knowledge:
            self._knowledge[language] = gather(self.record, self.language(language).gazetteer.names)
        return self._knowledge[language]

    def read(self, document: Document) -> Reading:
        """Find the claims and theses of a document, each with its offsets, dates and speaker."""
        sections = find_sections(document.text, document.language)
        reading = Reading(document, sections)
        tables = self.language(sections[0].language)
        given = parse_date(document.published) if document.published else None
        published = given or find_dateline(document.text, tables.dates)
        reading.published = published
        groups = count(1)
        context = Context(self.knowledge(sections[0].language))
        for section in sections:
            _SectionReader(self, self.language(section.language), document, section, published, context, groups).read(
                reading
            )
        reading.claims.sort(key=lambda claim: (claim.start, claim.end, claim.group))
        return reading


class _SectionReader:
    """Reads one section."""

    def __init__(
        self,
        reader: Reader,
        tables: LanguageReader,
        document: Document,
        section: Section,
        published: PartialDate | None,
        context: Context,
        groups: count[int],
    ) -> None:
        self.reader, self.tables, self.document, self.section = reader, tables, document, section
        self.context, self.groups = context, groups
        self.dates = DateContext(published)
        self.normal: Normal = normalise(document.text[section.start : section.end], section.language)

    def read(self, reading: Reading) -> None:
        """Add the claims and theses of the section to the reading."""
        text, base = self.normal.text, self.section.start
        paragraphs = find_paragraphs(text)
        sentences = [s for i, (start, end) in enumerate(paragraphs) for s in find_sentences(text, start, end, i)]
        mentions = self._mentions(text)
        starts = [mention.start for mention in mentions]
        quoted = Stretches(self.tables.speech.find(text, paragraphs, sentences))
        self._set_topic(sentences, mentions)
        paragraph = -1
        for sentence in sentences:
            if sentence.paragraph != paragraph and self.context.topic:
                self.context.states = []
            paragraph = sentence.paragraph
            inside = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            claims, theses = self._sentence(text, sentence, inside)
            for claim in claims:
                self._attribute(claim, quoted)
                reading.claims.append(self._placed(claim, base))
            for thesis in theses:
                start, end = self._back(thesis.start, thesis.end, base)
                reading.theses.append(type(thesis)(start, end, thesis.pact, thesis.patron))

    def _mentions(self, text: str) -> list[Mention]:
        return self.tables.gazetteer.find(Normal(text))

    def _placed(self, claim: Claim, base: int) -> Claim:
        start, end = self._back(claim.start, claim.end, base)
        return claim.but(start=start, end=end)

    def _back(self, start: int, end: int, base: int) -> tuple[int, int]:
        """Offsets in the document as given, without blanks at either end."""
        first, last = self.normal.back(start) + base, self.normal.end(end) + base
        text = self.document.text
        while first < last and text[first] in " \n\t,;:(>":
            first += 1
        while last > first and text[last - 1] in " \n\t,;:":
            last -= 1
        return first, last

    def _set_topic(self, sentences: list[Sentence], mentions: list[Mention]) -> None:
        """The title names what "it" and "the country" mean until the text names something else."""
        if self.context.topic or not sentences:
            return
        head = sentences[0].end
        title = self.document.title or ""
        found = [m for m in mentions if m.end <= head and m.entity.kind == "state"]
        if not found and title:
            found = [
                m
                for m in self.tables.gazetteer.find(normalise(title, self.section.language))
                if m.entity.kind == "state"
            ]
        self.context.topic = found[:1]

    def _sentence(self, text: str, sentence: Sentence, mentions: list[Mention]):  # type: ignore[no-untyped-def]
        dates = self.tables.dates.find(text, sentence.start, sentence.end, self.dates)
        masked = self.tables.masker.mask(text, sentence.start, sentence.end, mentions, dates)
        found = self.tables.find_triggers(masked)
        finder = ArgumentFinder(masked, self.context, self.tables.lexicon, found, self.tables.pronouns, text)
        claims: list[Claim] = []
        is_question = text[sentence.start : sentence.end].rstrip("\"”»'*_ ").endswith(("?", "؟"))
        theses = self.tables.theses.find(finder) if not is_question else []
        is_title = (
            sentence.paragraph == 0
            and sentence.end - sentence.start < 120
            and not re.search(r"[.!?…][\"”»'*_)]*$", text[sentence.start : sentence.end])
        )
        if found and not is_question and not is_title:
            claims = _with_shared_dates(self._claims(finder, found))
        self._update(masked, found)
        return claims, theses

    def _claims(self, finder: ArgumentFinder, found: list[Found]) -> list[Claim]:
        maker = ClaimMaker(finder, self.groups)
        organizations = OrganizationClaims(maker)
        installations = InstallationClaims(maker)
        signatures = SignatureClaims(maker)
        claims: list[Claim] = []
        seen = 0
        for one in found:
            self._enter(finder.masked, seen, one.start)
            seen = one.start
            relation = one.trigger.relation
            if relation in MEMBERSHIP:
                claims += maker.memberships(one)
            elif relation == "treaty_signed":
                claims += signatures.make(one)
            elif relation in SIMPLE:
                claims += organizations.make(one)
            elif relation in BASES:
                claims += installations.make(one)
        return claims

    def _enter(self, masked: Masked, low: int, high: int) -> None:
        """Pacts named before a trigger are at hand for it."""
        for _, atom in masked.atoms_in(low, high, "O"):
            for mention in atom.mentions:
                self.context.mention_pact(mention.entity, self.normal.text[mention.start : mention.start + 1])

    def _update(self, masked: Masked, found: list[Found]) -> None:
        """What the next sentence can refer to."""
        self._enter(masked, found[-1].start if found else 0, len(masked.text))
        for _, atom in masked.atoms_in(0, len(masked.text), "S"):
            if len(atom.mentions) > 1:
                self.context.lists[len(atom.mentions)] = atom.mentions
        subjects = [one.subjects for one in found if one.subjects]
        if subjects:
            self.context.states = subjects[-1]
        elif not self.context.topic:
            named = [atom for _, atom in masked.atoms_in(0, len(masked.text), "SC")]
            if named:
                self.context.states = named[0].mentions
        bases = masked.atoms_in(0, len(masked.text), "B")
        if bases:
            self.context.base = bases[-1][1].mentions[0].entity

    def _attribute(self, claim: Claim, quoted: Stretches) -> None:
        """Lay the claim to the one who says it: what is quoted must hold the larger part of it."""
        for stretch in quoted.touching(claim.start, claim.end):
            overlap = min(claim.end, stretch.end) - max(claim.start, stretch.start)
            if overlap > 0 and 2 * overlap >= claim.end - claim.start:
                claim.attribution = "quoted"
                claim.speaker = claim.speaker or stretch.speaker


def _with_shared_dates(claims: list[Claim]) -> list[Claim]:
    """As in "X joined in 2011 as the 193rd member": the count is of the day of the entry."""
    entries = [claim for claim in claims if claim.relation == "member_joined" and claim.date]
    return [
        claim.but(date=entries[0].date)
        if claim.relation == "membership_count" and not claim.date and entries and entries[0].object == claim.subject
        else claim
        for claim in claims
    ]
