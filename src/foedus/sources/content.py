"""The bytes of one file as published, made plain text: gzip, byte order marks, old line ends, old encodings."""

from __future__ import annotations

import codecs
import gzip
import zlib
from pathlib import Path

from foedus.sources.archives import MEMBER_LIMIT, is_gzip, read_limited
from foedus.sources.errors import SourceError, at

_BOM = b"\xef\xbb\xbf"
_PIECE = 1 << 24


def text_bytes(path: Path, encoding: str) -> bytes:
    """The content of a text file as UTF-8 with LF or CRLF line ends.

    A byte order mark is dropped, CR-only line ends (classic Mac) become LF, and what is not UTF-8 is read in the
    encoding that the producer uses.

    Raises
    ------
    SourceError
        If the file is empty, holds NUL bytes, or is neither UTF-8 nor text in that encoding.
    """
    content = _content(path).removeprefix(_BOM)
    if not content.strip():
        raise at(path, None, "the file is empty.", "Get it again.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = _decoded(path, content, "utf-16").encode()
    nul = content.find(b"\0")
    if nul >= 0:
        line = content.count(b"\n", 0, nul) + 1
        raise at(path, line, f"a NUL byte at offset {nul}: the file is damaged.", "Get it again from its producer.")
    if b"\r" in content and b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    if content.isascii() or _is_utf8(content):
        return content
    return _decoded(path, content, encoding).encode()


def _is_utf8(content: bytes) -> bool:
    """Piece by piece, for the text of a large file would take several times its bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE], final=start + _PIECE >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _content(path: Path) -> bytes:
    try:
        if not is_gzip(path):
            return path.read_bytes()
        with gzip.open(path) as stream:
            return read_limited(stream, path, compressed=path.stat().st_size, limit=MEMBER_LIMIT)
    except FileNotFoundError as error:
        raise at(path, None, "there is no such file.", "Check the path.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise at(path, None, f"the gzip file is cut off or damaged ({error}).", "Get it again.") from error
    except OSError as error:
        if isinstance(error, SourceError):
            raise
        raise at(path, None, f"it cannot be read: {error.strerror or error}.", "Check the path.") from error


def _decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte {content[error.start]:#04x} is neither UTF-8 nor {encoding}."
        raise at(path, line, found, "Get the file again as its producer publishes it.") from error
