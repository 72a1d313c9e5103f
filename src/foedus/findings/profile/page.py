"""The profile as one self-contained page: no script, light and dark, for phones, screen readers and paper."""

from __future__ import annotations

from typing import Any

from foedus.findings.profile import charts, exhibits, mapping, showing
from foedus.findings.profile.drawing import Engine
from foedus.findings.profile.inference import curve, pictures
from foedus.findings.templates import link, template
from foedus.findings.wording import cite
from foedus.record.models import Record


def render(report: dict[str, Any], record: Record, engine: Engine | None = None) -> str:
    """The page; without the drawing libraries it has its tables and no charts."""
    if engine is None:
        with Engine() as engine:
            return render(report, record, engine)
    rows = report["dimensions"]
    drawn = {row["name"]: engine.draw(charts.dimension(row, report["patron_name"])) for row in rows}
    keys = sorted({s["source"] for fact in report["sources"].values() for s in fact["sources"]})
    return str(
        template("profile.html.j2").render(
            report=report, drawn=drawn, curves={row["name"]: engine.draw(curve.draw(row)) for row in rows},
            balanced={row["name"]: engine.draw(pictures.balance(row)) for row in rows},
            matching=engine.draw(pictures.of_alliances(report["matched_alliances"])),
            timeline=engine.draw(charts.timeline(report)), can_draw=charts.can_draw(),
            show=showing, exhibits=exhibits, mapping=mapping, keys=keys, sources=record.sources, cite=cite, link=link,
        )
    )  # fmt: skip
