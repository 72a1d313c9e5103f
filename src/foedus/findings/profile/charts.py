"""One chart a dimension, and the members' timeline; None where the drawing libraries are missing."""

from __future__ import annotations

from importlib.util import find_spec
from textwrap import wrap
from typing import Any

from foedus.findings.profile.showing import peers_of

BLUE, GREY, ORANGE = "#2b6296", "#8a949d", "#b3541e"
_WIDTH = 450


def can_draw() -> bool:
    """Whether the drawing libraries are installed."""
    return find_spec("altair") is not None and find_spec("vl_convert") is not None


def timeline(report: dict[str, Any]) -> Any:
    """Bars of membership and suspension, a row a state."""
    if not can_draw() or not report["members"]:
        return None
    import altair as alt

    end = f"{report['years'][1]}-12-31"
    rows = [
        {"state": row["name"], "from": row["first_day"], "to": row["last_day"] or end, "status": row["status"]}
        for row in report["members"]
    ]
    order = list(dict.fromkeys(row["state"] for row in rows))
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(height=9).encode(
        x=alt.X("from:T", title=None, axis=alt.Axis(format="%Y")), x2="to:T",
        y=alt.Y("state:N", sort=order, title=None, axis=alt.Axis(labelLimit=150)),
        color=alt.Color("status:N", scale=alt.Scale(domain=["member", "suspended"], range=[BLUE, ORANGE]),
                        legend=alt.Legend(orient="top", title=None)),
    )  # fmt: skip
    return framed(bars.properties(width=_WIDTH - 130, height=alt.Step(16)))


def dimension(row: dict[str, Any], patron: str) -> Any:
    """By year on the left axis of time, and below it the candidate among placebo patrons."""
    if not can_draw() or row["value"] is None:
        return None
    import altair as alt

    parts = []
    if len(row["series"]) > 1:
        values = [{"year": int(year), "value": value} for year, value in row["series"].items()]
        chart = alt.Chart(alt.InlineData(values=values))
        line = chart.mark_line(color=BLUE, point={"size": 12, "color": BLUE}).encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False),
                    axis=alt.Axis(format="d", tickMinStep=1, tickCount=6)),
            y=alt.Y("value:Q", title="by year", scale=alt.Scale(zero=False)),
        )  # fmt: skip
        parts.append(line.properties(width=_WIDTH - 70, height=150))
    parts.append(_ranks(row, patron))
    return framed(alt.vconcat(*parts, spacing=18))


def _ranks(row: dict[str, Any], patron: str) -> Any:
    import altair as alt

    tests = row["tests"]
    values = [{"value": value, "who": "placebo patron"} for test in tests for state, value in test["placebos"].items()]
    values += [
        {"value": peer_value, "who": "peer, same age"}
        for peer, _ in peers_of(row).values() for peer_value in peer.values()
    ]  # fmt: skip
    values.append({"value": row["value"], "who": patron})
    colours = {patron: ORANGE, "placebo patron": GREY, "peer, same age": BLUE}
    rows = [who for who in colours if any(v["who"] == who for v in values)]
    points = alt.Chart(alt.InlineData(values=values)).mark_point(filled=True, size=55, opacity=0.55).encode(
        x=alt.X("value:Q", title=_lines(row["unit"]), axis=alt.Axis(titleLimit=_WIDTH)),
        y=alt.Y("who:N", sort=rows, title=None, axis=alt.Axis(labelLimit=160)),
        color=alt.Color("who:N", scale=alt.Scale(domain=rows, range=[colours[who] for who in rows]), legend=None),
    )  # fmt: skip
    layers = [points]
    if row["lower"] is not None and row["upper"] is not None:
        span = alt.Chart(alt.InlineData(values=[{"low": row["lower"], "high": row["upper"], "who": patron}]))
        layers.insert(
            0, span.mark_rule(color=ORANGE, strokeWidth=2).encode(x="low:Q", x2="high:Q", y=alt.Y("who:N", sort=rows))
        )
    return alt.layer(*layers).properties(width=_WIDTH - 130, height=alt.Step(24))


def _lines(text: str) -> list[str]:
    """A title in lines that fit under a chart."""
    return wrap(text, 52)


def framed(chart: Any) -> Any:
    """A chart on white, in the type and colours of all charts of the page."""
    return chart.configure(
        background="#ffffff", font="system-ui, sans-serif", view={"stroke": None},
        axis={"labelFontSize": 11, "titleFontSize": 11, "gridColor": "#e6e9ec", "domainColor": "#8a949d"},
    )  # fmt: skip
