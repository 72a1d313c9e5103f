"""The specification curve as a picture: every value in order, the reported one and the threshold marked."""

from __future__ import annotations

from typing import Any

from foedus.findings.profile import charts

_WIDTH, _HEIGHT = 380, 130


def draw(row: dict[str, Any]) -> Any:
    """The curve as a chart; None without the drawing libraries, or with fewer than two values."""
    found = row["specifications"]
    if not charts.can_draw() or not found or found["count"] < 2:
        return None
    import altair as alt

    kinds = ("reported", "other choices")
    values = [
        {"place": place, "value": item["value"], "kind": "reported" if item["is_reported"] else "other choices"}
        for place, item in enumerate(found["values"], 1)
    ]
    points = alt.Chart(alt.InlineData(values=values)).mark_point(filled=True, size=30).encode(
        x=alt.X("place:Q", title="specifications, sorted", axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("value:Q", title="value", scale=alt.Scale(zero=False)),
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[charts.ORANGE, charts.BLUE]),
                        legend=alt.Legend(orient="top", title=None)),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["diamond", "circle"]),
                        legend=None),
    )  # fmt: skip
    layers = [points]
    if found["threshold"] is not None:
        line = alt.Chart(alt.InlineData(values=[{"value": found["threshold"]}]))
        layers.insert(0, line.mark_rule(color=charts.GREY, strokeDash=[4, 3]).encode(y="value:Q"))
    chart = alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)
    return chart.configure(background="#ffffff", font="system-ui, sans-serif")
