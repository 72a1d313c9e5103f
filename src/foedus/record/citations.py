"""Sources and facts as citations: BibTeX, CSL-JSON or a line of text."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from foedus.core.dates import parse_date
from foedus.core.errors import InputError, UnknownNameError
from foedus.record.facts import fact_sources, find_fact
from foedus.record.models import Fact, Record, Source
from foedus.record.vocabulary import CitationStyle

_AND = re.compile(r"\s+and\s+(?![^{]*\})")
_VERBATIM = ("url", "doi", "date", "urldate", "isbn", "issn", "author", "editor")
_SPECIAL = re.compile(r"(?<!\\)([&%#_$])")
_CSL_TYPES = {
    "article": "article-journal", "book": "book", "collection": "book", "incollection": "chapter", "inbook": "chapter",
    "inproceedings": "paper-conference", "report": "report", "thesis": "thesis", "dataset": "dataset",
    "legislation": "legislation", "online": "webpage", "misc": "document",
}  # fmt: skip
_CSL_FIELDS = {
    "title": "title", "url": "URL", "doi": "DOI", "publisher": "publisher", "journaltitle": "container-title",
    "booktitle": "container-title", "volume": "volume", "number": "issue", "pages": "page",
    "location": "publisher-place", "note": "note", "isbn": "ISBN", "edition": "edition", "version": "version",
}  # fmt: skip


def cite(record: Record, key: str, *, style: str = "bibtex") -> str:
    """The citation of a source, or of a fact with all its sources.

    Parameters
    ----------
    style
        ``bibtex`` (biblatex fields, Unicode), ``csl`` (CSL-JSON) or ``text``.

    Raises
    ------
    UnknownNameError
        If neither a source nor a fact has the id.
    """
    if style not in get_args(CitationStyle):
        raise InputError(f"style: {style!r} is none. Use one of {', '.join(get_args(CitationStyle))}.")
    return _cited(_sources(record, key), style)


def cite_all(record: Record, *, style: str = "bibtex") -> str:
    """The whole bibliography of the record, in one of the styles of `cite`."""
    return _cited(list(record.sources.values()), style)


def _cited(sources: list[Source], style: str) -> str:
    if style == "csl":
        return json.dumps([_csl(source) for source in sources], ensure_ascii=False, indent=2) + "\n"
    if style == "text":
        return "".join(f"{_text(source)}\n" for source in sources)
    return "\n".join(_bibtex(source) for source in sources)


def _sources(record: Record, key: str) -> list[Source]:
    if key in record.sources:
        return [record.sources[key]]
    fact = find_fact(record, key)
    if fact is None:
        remedy = "Give a key of the bibliography or the id of a fact; `foedus search TEXT` finds both."
        raise UnknownNameError(f"{key}: no source or fact of the record has this id. {remedy}")
    keys = dict.fromkeys(reference.source for reference in fact_sources(fact))
    return [_as_source(record, fact), *(record.sources[key] for key in keys if key in record.sources)]


def _as_source(record: Record, fact: Fact) -> Source:
    """The fact itself as an entry: what the record asserts, with its version."""
    who = " ".join(part for part in (fact.state or fact.operator, fact.pact or fact.base, fact.event) if part)
    fields = {
        "author": "{The foedus authors}",
        "title": f"Fact {fact.id}: {who.replace('_', ' ')}, {fact.date}",
        "date": record.day,
        "version": record.version,
        "publisher": "foedus record",
    }
    return Source(key=f"foedus-{fact.id}", kind="dataset", entry_type="dataset", fields=fields)


def _bibtex(source: Source) -> str:
    fields = {**source.fields, "keywords": source.kind}
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {{{_escaped(name, value)}}}" for name, value in fields.items()]
    return f"@{source.entry_type}{{{source.key},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(name: str, value: str) -> str:
    return value if name in _VERBATIM else _SPECIAL.sub(r"\\\1", value)


def _csl(source: Source) -> dict[str, Any]:
    item: dict[str, Any] = {"id": source.key, "type": _csl_type(source)}
    for name, csl in _CSL_FIELDS.items():
        if source.fields.get(name):
            item[csl] = source.fields[name]
    for name in ("author", "editor"):
        if source.fields.get(name):
            item[name] = [_person(part) for part in _AND.split(source.fields[name])]
    for name, csl in (("date", "issued"), ("urldate", "accessed")):
        if source.fields.get(name):
            item[csl] = _csl_date(source.fields[name])
    if source.fields.get("langid"):
        item["language"] = source.fields["langid"]
    return item


def _csl_type(source: Source) -> str:
    if source.kind == "treaty":
        return "treaty"
    if source.kind == "dataset":
        return "dataset"
    if source.kind == "press" and source.entry_type == "article":
        return "article-newspaper"
    return _CSL_TYPES.get(source.entry_type, "document")


def _person(name: str) -> dict[str, str]:
    if name.startswith("{") and name.endswith("}"):
        return {"literal": name[1:-1]}
    family, comma, given = name.partition(",")
    if comma:
        return {"family": family.strip(), "given": given.strip()}
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _csl_date(text: str) -> dict[str, Any]:
    try:
        parse_date(text)
    except InputError:
        return {"raw": text}
    parts = [[int(part) for part in re.findall(r"\d+", point)] for point in text.split("/") if point not in ("", "..")]
    exact = all(re.fullmatch(r"[\d-]+", point) for point in text.split("/"))
    return {"date-parts": parts} if exact else {"raw": text}


def _text(source: Source) -> str:
    """One line: author, year, title, where, when it was read."""
    fields = source.fields
    authors = [_plain_person(part) for part in _AND.split(fields["author"])] if fields.get("author") else []
    head = f"{'; '.join(authors)} ({fields.get('date', 'n.d.')})" if authors else f"({fields.get('date', 'n.d.')})"
    where = ", ".join(
        fields[name] for name in ("journaltitle", "booktitle", "publisher", "version") if fields.get(name)
    )
    parts = [f"{head}.", f"{fields.get('title', source.key)}.", f"{where}." if where else "", fields.get("url", "")]
    if fields.get("urldate"):
        parts.append(f"(read {fields['urldate']})")
    return " ".join(part for part in parts if part)


def _plain_person(name: str) -> str:
    return name.strip("{}")
