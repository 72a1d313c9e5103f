"""Balance as a picture: how far what was matched lies from all others, and from its matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.findings.profile import charts

_WIDTH, _STEP = 240, 20


def balance(row: dict[str, Any]) -> Any:
    """Balance of the event studies of a dimension, one panel each; None without the drawing libraries or matches."""
    panels = {
        f"{test['test']}: {test['tested']}": test["balance"] for test in row["tests"] if test.get("balance")
    }  # fmt: skip
    return _draw(panels)


def of_alliances(found: dict[str, Any]) -> Any:
    """Balance of the matched alliances."""
    return _draw({"": found["balance"]} if found.get("balance") else {})


def _draw(panels: dict[str, Sequence[dict[str, Any]]]) -> Any:
    if not panels or not charts.can_draw():
        return None
    import altair as alt

    drawn = [_panel(title, rows) for title, rows in panels.items()]
    return charts.framed(alt.vconcat(*drawn, spacing=14))


def _panel(title: str, rows: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    kinds = ("before matching", "after matching")
    order = [row["covariate"].replace("_", " ") for row in rows]
    values = [
        {"covariate": name, "difference": row[key], "when": kind}
        for name, row in zip(order, rows, strict=True)
        for key, kind in zip(("before", "after"), kinds, strict=True)
    ]
    points = alt.Chart(alt.InlineData(values=values)).mark_point(filled=True, size=55).encode(
        x=alt.X("difference:Q", title="standardised difference"),
        y=alt.Y("covariate:N", sort=order, title=None, axis=alt.Axis(labelLimit=190)),
        color=alt.Color("when:N", scale=alt.Scale(domain=kinds, range=[charts.GREY, charts.BLUE]),
                        legend=alt.Legend(orient="top", title=None)),
        shape=alt.Shape("when:N", scale=alt.Scale(domain=kinds, range=["square", "circle"])),
    )  # fmt: skip
    nought = alt.Chart(alt.InlineData(values=[{"difference": 0}])).mark_rule(color=charts.GREY).encode(x="difference:Q")
    chart = alt.layer(nought, points).properties(width=_WIDTH, height=alt.Step(_STEP))
    return chart.properties(title=alt.TitleParams(title, anchor="start", fontSize=11)) if title else chart
