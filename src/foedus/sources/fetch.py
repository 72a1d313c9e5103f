"""The only opener of the network: it fetches what the user named, and nothing else."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass

from foedus.core.errors import InputError
from foedus.core.version import CODE_VERSION

PAGE_LIMIT = 10_000_000
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered."""

    url: str
    kind: str
    content: bytes


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to another address of the web, never to a file of this machine."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not is_url(newurl):
            raise InputError(
                f"{req.full_url}: it points on to {newurl[:80]}, which is no web page. Save the text yourself."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_url(name: str) -> bool:
    """Whether a name is an address of the web."""
    return name.lower().startswith(("https://", "http://"))


def fetch_page(url: str, *, limit: int = PAGE_LIMIT) -> Page:
    """What stands at an address.

    Raises
    ------
    InputError
        If it does not answer, or answers with more than `limit` bytes.
    """
    try:
        # Built per call: nothing of the network is set up before a user asks for it.
        opener = urllib.request.build_opener(_WebOnly)
        request = urllib.request.Request(url, headers={"User-Agent": f"foedus/{CODE_VERSION}"})
        with opener.open(request, timeout=_SECONDS) as answer:
            content: bytes = answer.read(limit + 1)
            kind: str = answer.headers.get_content_type()
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(
            f"{url}: could not be read: {reason}. Check the address, or save the text and name the file."
        ) from error
    if len(content) > limit:
        raise InputError(f"{url}: more than {limit // 1_000_000} MB. Save the part you need as a file.")
    return Page(url, kind, content)
