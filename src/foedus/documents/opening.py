"""Opens what a user names: a file, an address, standard input, or a corpus of many texts.

Files are hostile until read: their size is limited, nothing in them is evaluated, no path in them is followed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.core.addresses import is_url
from foedus.core.dates import parse_date
from foedus.core.errors import InputError
from foedus.documents import markup
from foedus.documents.corpora import CORPORA, read_corpus
from foedus.documents.model import Document

TEXT_LIMIT = 10_000_000
LANGUAGES = ("auto", "en", "ru", "ar")
_MARKUP: dict[str, Callable[[bytes, str], Document]] = {
    ".html": markup.read_html, ".htm": markup.read_html, ".xhtml": markup.read_html,
    ".pdf": markup.read_pdf, ".docx": markup.read_docx,
}  # fmt: skip
_KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all texts that they name."""

    published: str | None = None
    language: str = "auto"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise InputError(
                f"--language {self.language}: not a language that foedus reads. Use one of {', '.join(LANGUAGES)}."
            )
        if self.published is not None:
            parse_date(self.published)

    def of(self, document: Document) -> Document:
        """The document with what the user said of it, which goes before what the file says."""
        language = self.language if self.language != "auto" else document.language
        return replace(document, published=self.published or document.published, language=language)


def is_corpus(name: str) -> bool:
    """Whether a name is that of a file of many texts."""
    return not is_url(name) and Path(name).suffix.lower() in CORPORA


def open_documents(name: str, given: Given) -> Iterator[Document]:
    """The texts of a file, an address or `-`: one, or as many as a corpus has.

    Raises
    ------
    InputError
        If it is missing, empty, too large, binary, or not UTF-8; the message names the place.
    MissingError
        If its format needs an extra that is not installed.
    """
    if is_url(name):
        from foedus.sources.fetch import fetch_page  # slow to import, and most texts are files

        page = fetch_page(name, limit=TEXT_LIMIT)
        yield given.of(_document(page.content, name, _KINDS.get(page.kind, ".txt")))
    elif name == "-":
        yield given.of(_document(sys.stdin.buffer.read(TEXT_LIMIT + 1), "-", ".txt"))
    elif is_corpus(name):
        for document in read_corpus(_existing(name)):
            yield given.of(document)
    else:
        path = _existing(name)
        yield given.of(_document(_content(path), path.name, path.suffix.lower()))


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise InputError(f"{name}: there is no such file. Check the name, or use - for standard input.")
    if path.is_dir():
        raise InputError(f"{name}: this is a folder. Name its files, for instance {name.rstrip('/')}/*.md.")
    return path


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(TEXT_LIMIT + 1)
    except OSError as error:
        raise InputError(
            f"{path}: could not be read: {(error.strerror or str(error)).lower()}. Check its permissions."
        ) from error


def _document(content: bytes, name: str, suffix: str) -> Document:
    shown = "standard input" if name == "-" else name
    if len(content) > TEXT_LIMIT:
        limit = TEXT_LIMIT // 1_000_000
        raise InputError(
            f"{shown}: more than {limit} MB. Split it, or make it a corpus: one text a line in a .jsonl file."
        )
    if suffix in _MARKUP:
        document = _MARKUP[suffix](content, shown)
    else:
        text = decode(content, shown)
        document = Document(text, title=_heading(text) if suffix in (".md", ".markdown") else None)
    if not document.text.strip():
        raise InputError(f"{shown}: there is no text in it. Name a file that has some.")
    return replace(document, id=name)


def decode(content: bytes, name: str) -> str:
    """Bytes as text, with every line end as it stands.

    Raises
    ------
    InputError
        If they are no text, or not in UTF-8.
    """
    if b"\0" in content[:8192] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name}: this is no text but a binary file. Name a text, Markdown, HTML, PDF or DOCX file.")
    try:
        return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="").read()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise InputError(f"{name}:{line}: {found}. Save the file as UTF-8 and try again.") from error


def _heading(text: str) -> str | None:
    """The first heading of a Markdown text."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return first.lstrip("# ").strip("# *") or None if first.startswith("#") else None
