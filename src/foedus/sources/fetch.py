"""The only opener of the network: it fetches what the user named, and nothing else."""

from __future__ import annotations

import contextlib
import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from foedus.core.addresses import is_url
from foedus.core.errors import InputError
from foedus.core.version import CODE_VERSION

PAGE_LIMIT = 10_000_000
_SECONDS = 30
_FAULTS = (urllib.error.URLError, http.client.HTTPException, OSError, ValueError)
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered."""

    url: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A file that is being answered: from which byte, how long in all, and the mark by which to see it unchanged."""

    start: int
    total: int | None
    mark: str
    stream: Any

    def read(self, size: int) -> bytes:
        """Some bytes; none at the end, or where the connection breaks off."""
        try:
            content: bytes = self.stream.read(size)
        except http.client.IncompleteRead as error:
            return error.partial
        except (http.client.HTTPException, OSError):
            return b""
        return content


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to another address of the web, never to a file of this machine."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not is_url(newurl):
            raise InputError(
                f"{req.full_url}: it points on to {newurl[:80]}, which is no web page. Save the text yourself."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_page(url: str, *, limit: int = PAGE_LIMIT) -> Page:
    """What stands at an address.

    Raises
    ------
    InputError
        If it does not answer, or answers with more than `limit` bytes.
    """
    try:
        with _open(url, {}) as answer:
            content: bytes = answer.read(limit + 1)
            kind: str = answer.headers.get_content_type()
    except _FAULTS as error:
        raise _unread(url, error, "Check the address, or save the text and name the file.") from error
    if len(content) > limit:
        raise InputError(f"{url}: more than {limit // 1_000_000} MB. Save the part you need as a file.")
    return Page(url, kind, content)


@contextlib.contextmanager
def open_url(url: str, *, start: int = 0, unchanged: str = "") -> Iterator[Answer]:
    """A file at an address as a stream, from a byte on if the server can and the file is still the same.

    Raises
    ------
    InputError
        If it does not answer.
    """
    headers = {"Accept-Encoding": "identity"}
    if start and unchanged:
        headers |= {"Range": f"bytes={start}-", "If-Range": unchanged}
    remedy = "Try again later, or download it in a browser and use --from."
    try:
        answer = _open(url, headers)
    except _FAULTS as error:
        if getattr(error, "code", None) == 416:  # there is no such part: from the beginning
            with open_url(url) as whole:
                yield whole
            return
        raise _unread(url, error, remedy) from error
    with answer:
        part = _RANGE.fullmatch(answer.headers.get("Content-Range", "")) if answer.status == 206 else None
        length = answer.headers.get("Content-Length", "")
        first = int(part[1]) if part else 0
        total = int(part[2]) if part and part[2].isdigit() else int(length) + first if length.isdigit() else None
        mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        # A weak mark says that a file means the same, not that its bytes are the same.
        yield Answer(first, total, "" if mark.startswith("W/") else mark, answer)


def _open(url: str, headers: dict[str, str]) -> Any:
    """Built per call: nothing of the network is set up before a user asks for it."""
    if not is_url(url):
        raise InputError(f"{url}: this is no address of the web. Give one that begins with https://.")
    opener = urllib.request.build_opener(_WebOnly)
    request = urllib.request.Request(url, headers={"User-Agent": f"foedus/{CODE_VERSION}", **headers})
    return opener.open(request, timeout=_SECONDS)


def _unread(url: str, error: Exception, remedy: str) -> InputError:
    if isinstance(error, InputError):
        return error
    reason = getattr(error, "reason", None) or error
    return InputError(f"{url}: could not be read: {reason}. {remedy}")
