"""HTML, PDF and DOCX as text, by the libraries of the extra `documents`."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from foedus.core.dates import parse_date
from foedus.core.errors import FoedusError, InputError, MissingError
from foedus.documents.model import Document

_UNPACKED_LIMIT = 100_000_000
_PAGES_LIMIT = 2_000


def _missing(name: str, kind: str) -> MissingError:
    return MissingError(f'{name}: reading {kind} needs an extra. Type: pip install "foedus[documents]"')


def read_html(content: bytes, name: str) -> Document:
    """The main text of a page, with its title and date where it states them."""
    try:
        import trafilatura
    except ImportError as error:
        raise _missing(name, "HTML") from error
    found: Any = trafilatura.bare_extraction(content, with_metadata=True, include_comments=False, include_tables=True)
    if found is None or not found.text:
        raise InputError(f"{name}: no running text was found in this page. Save the text itself as a .txt file.")
    return Document(found.text, title=found.title, published=_date(found.date))


def read_pdf(content: bytes, name: str) -> Document:
    """The text layer of a PDF; a scan without one has no text."""
    try:
        import pypdf
    except ImportError as error:
        raise _missing(name, "PDF") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise InputError(f"{name}: this PDF is locked by a password. Save a copy without one.")
        if len(reader.pages) > _PAGES_LIMIT:
            raise InputError(f"{name}: more than {_PAGES_LIMIT} pages. Split it.")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except FoedusError:
        raise
    except Exception as error:  # a damaged PDF fails in as many ways as there are writers of PDF
        raise InputError(f"{name}: this PDF is damaged: {error}. Save it again, or save its text.") from error
    return Document(text, title=title or None)


def read_docx(content: bytes, name: str) -> Document:
    """The paragraphs of a DOCX file."""
    try:
        import docx
    except ImportError as error:
        raise _missing(name, "DOCX") from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED_LIMIT:
                raise InputError(
                    f"{name}: unpacks to more than {_UNPACKED_LIMIT // 1_000_000} MB. Save its text as a file."
                )
        file = docx.Document(io.BytesIO(content))
        text = "\n\n".join(paragraph.text for paragraph in file.paragraphs)
        title = file.core_properties.title
    except FoedusError:
        raise
    except Exception as error:  # python-docx raises whatever its parsers raise
        raise InputError(f"{name}: this DOCX is damaged: {error}. Save it again, or save its text.") from error
    return Document(text, title=title or None)


def _date(text: str | None) -> str | None:
    """A page's own date, if it is one."""
    try:
        return str(parse_date(text)) if text else None
    except InputError:
        return None
