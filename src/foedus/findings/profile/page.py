"""The profile as one self-contained page: no script, light and dark, for phones, screen readers and paper."""

from __future__ import annotations

from functools import cache
from typing import Any

from foedus.findings.profile import charts, showing
from foedus.findings.wording import cite
from foedus.record.models import Record, Source


def render(report: dict[str, Any], record: Record) -> str:
    """The page; without the drawing libraries it has its tables and no charts."""
    drawn = {row["name"]: charts.dimension(row, report["patron_name"]) for row in report["dimensions"]}
    keys = sorted({s["source"] for fact in report["sources"].values() for s in fact["sources"]})
    return str(
        _template().render(
            report=report, drawn=drawn, timeline=charts.timeline(report), can_draw=charts.can_draw(), show=showing,
            keys=keys, sources=record.sources, cite=cite, link=_link,
        )
    )  # fmt: skip


def _link(source: Source | None) -> str | None:
    """The address of a source, if it is one that a browser may open."""
    url = source.fields.get("url") if source else None
    return url if url and url.startswith(("https://", "http://")) else None


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("foedus.findings"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("profile.html.j2")
