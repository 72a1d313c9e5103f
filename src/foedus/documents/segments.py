"""Sections, paragraphs and sentences of a text, with their offsets."""

from __future__ import annotations

import re

from foedus.documents.model import Language, Section, Sentence

_TURN = r"\*?[QA]\. |(?:Вопрос|Ответ|سؤال|سوال|جواب|س|ج)[.:] "  # of an interview: question or answer
_PARAGRAPH = re.compile(rf"[^\n](?:[^\n]|\n(?![ >\t]*(?:\n|[-*•] |#|\d{{1,2}}[.)] |{_TURN}|\Z)))*")
_HEADING = re.compile(
    r"^[ \t>]*(?:#{1,6}[ ]+(?P<md>[^\n]{1,100}?)[ #]*$"
    r"|[*_]{0,3}(?P<label>[^\W\d_][\w' -]{0,28}):[*_]{0,3}(?=\s|$)"
    r"|(?P<alone>[*_]{2}[^*_\n]{2,60}[*_]{2})[ \t]*$"
    r"|(?P<bold>[*_]{2}[\w' -]{2,28}[*_]{2})(?=\s+[A-ZА-Я«“\"]))",
    re.MULTILINE,
)
# Words under which newspapers keep news and opinion apart; a heading of another kind needs the mark of Markdown.
_LABELS = re.compile(
    r"news|comment(?:ary)?|opinion|analysis|editorial|background|assessment|summary|conclusion|context|key points"
    r"|новост[ьи]|комментари[йи]|мнение|анализ|справка|вывод[ыа]?"
    r"|خبر|الخبر|أخبار|تعليق|التعليق|رأي|الرأي|تحليل",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“«])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|Pres|Sgt|Hon|Rev|No|Nos|Art|art|arts|vs|cf"
    r"|pp?|ca?|approx|est|inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|a\.m|p\.m|[A-Z]"
    r"|(?:[A-Z]\.)+[A-Z]|г|гг|в|вв|им|т\.\s?е|т\.\s?д|т\.\s?п|ст|см|др|проц|млн|млрд|тыс|руб|[А-ЯЁ])\.$"
)
# Each run of marks is tried once, from its beginning: a million full stops must not cost a million times a million.
_END = re.compile(
    r"(?<![.!?…؟۔])[.!?…؟۔]++[\"”»'’)\]*_]*+(?=\s+[\"“«‘(\[*_]*[^\sa-zа-яё,;:)\]–-])|(?<![!?؟۔])[!?؟۔]++[\"”»)\]]*+(?=\s)"
)
LONGEST = 2_000  # code points; what runs on longer is no sentence, and its parts are read one by one
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0620-\u064a]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def guess_language(text: str) -> Language:
    """English, Russian or Arabic, by the script in which most letters are written."""
    counts = {"en": len(_LATIN.findall(text)), "ru": len(_CYRILLIC.findall(text)), "ar": len(_ARABIC.findall(text))}
    best = max(counts, key=lambda key: counts[key])
    return best if counts[best] else "en"  # type: ignore[return-value]


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs: stretches between blank lines, list items and headings each on their own."""
    return [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m.group().strip()]


def find_sections(text: str, language: str = "auto") -> list[Section]:
    """The parts of a text under headings such as "News" and "Comment"; a text without any is one section."""
    cuts: list[tuple[int, str | None]] = []
    for match in _HEADING.finditer(text):
        if match["label"] and not _LABELS.fullmatch(match["label"].strip()):
            continue
        if (bold := match["bold"]) and not _LABELS.fullmatch(bold.strip("*_ ")):
            continue
        title = (match["md"] or match["label"] or match["alone"] or match["bold"]).strip("*_ ")
        if match["alone"] and title.endswith(("?", ".", "؟", "!")):
            continue  # a question of an interviewer, not a heading
        cuts.append((match.start(), title))
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, None))
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    sections = []
    for (start, title), end in zip(cuts, ends, strict=True):
        if text[start:end].strip():
            spoken = guess_language(text[start:end]) if language == "auto" else language
            sections.append(Section(title, spoken, start, end))  # type: ignore[arg-type]
    return sections or [Section(None, guess_language(text), 0, len(text))]


def find_sentences(text: str, start: int, end: int, paragraph: int = 0) -> list[Sentence]:
    """The sentences of one paragraph."""
    sentences: list[Sentence] = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        mark = match.group().rstrip("\"”»'’)]*_")
        if mark == "." and _ABBREVIATION.search(text, max(begin, match.start() - 12), match.start() + 1):
            continue
        if re.fullmatch(r"[\s>*_-]*\d{1,2}", text[begin : match.start()]):
            continue  # the number of a list item
        _append(sentences, text, begin, stop, paragraph)
        begin = stop
    _append(sentences, text, begin, end, paragraph)
    return sentences


def _append(sentences: list[Sentence], text: str, begin: int, end: int, paragraph: int) -> None:
    while begin < end and (text[begin].isspace() or text[begin] in ">*_#"):
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    while end - begin > LONGEST:
        space = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
        stop = space if space > 0 else begin + LONGEST
        sentences.append(Sentence(begin, stop, paragraph))
        begin = stop + (space > 0)
    if begin < end:
        sentences.append(Sentence(begin, end, paragraph))
