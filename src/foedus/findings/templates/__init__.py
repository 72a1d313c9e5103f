"""The templates of the pages, and what all pages need of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.record.models import Source

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def template(name: str) -> Template:
    """A template of a page, which escapes all that it is given and refuses a name that it is not given."""
    return _environment().get_template(name)


def link(source: Source | None) -> str | None:
    """The address of a source, if it is one that a browser may open."""
    url = source.fields.get("url") if source else None
    return url if url and url.startswith(("https://", "http://")) else None


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("foedus.findings"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
