"""Addresses of the web, told from names of files."""

from __future__ import annotations


def is_url(name: str) -> bool:
    """Whether a name is an address of the web."""
    return name.lower().startswith(("https://", "http://"))
