"""Draw the pictures of the pages on measures, from the functions that they explain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
from pictures_of_datasets import PICTURES

from foedus.measures.capability import concentration
from foedus.measures.dependence import outside_option
from foedus.measures.events import GOLDSTEIN_ROOTS
from foedus.measures.idealpoints import category_probabilities
from foedus.measures.networks import hub_spoke_index
from foedus.measures.patronage import bounds
from foedus.measures.similarity import ALLIANCE_LEVELS, cohen_kappa, portfolio_tables, s_score

FOLDER = Path(__file__).with_name("measures")
COLOURS = ["#35618f", "#b0552f", "#3f7d4f"]


def line(rows: list[dict[str, Any]], x: str, y: str, colour: str | None = None) -> alt.Chart:
    """Lines of y over x, one for each value of colour."""
    chart = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=2.5)
    encoding: dict[str, Any] = {"x": alt.X(f"{x}:Q"), "y": alt.Y(f"{y}:Q")}
    if colour:
        encoding["color"] = alt.Color(f"{colour}:N", scale=alt.Scale(range=COLOURS), title=None)
    else:
        chart = chart.mark_line(strokeWidth=2.5, color=COLOURS[0])
    return chart.encode(**encoding)


def similarity() -> alt.Chart:
    """S and kappa of two small blocs as states without ties are added."""
    rows = []
    for n in range(8, 61, 4):
        ties = np.zeros((n, n))
        ties[:4, :4] = ties[4:8, 4:8] = 3
        table = portfolio_tables(ties, ALLIANCE_LEVELS)
        rows.append(
            {
                "states": n,
                "similarity of two rivals": float(s_score(table, ALLIANCE_LEVELS, distance="absolute")[0, 4]),
                "measure": "S",
            }
        )
        rows.append(
            {
                "states": n,
                "similarity of two rivals": float(cohen_kappa(table, ALLIANCE_LEVELS, distance="absolute")[0, 4]),
                "measure": "kappa",
            }
        )
    return line(rows, "states", "similarity of two rivals", "measure")


def capability() -> alt.Chart:
    """Concentration as one of N powers grows."""
    rows = [
        {"times the others": k, "concentration": concentration([k] + [1] * (n - 1)), "powers": f"{n} powers"}
        for n in (3, 6, 12)
        for k in range(1, 21)
    ]
    return line(rows, "times the others", "concentration", "powers")


def dependence() -> alt.Chart:
    """Hub advantage of a partner with half of the trade."""
    rows = [
        {
            "share of the best outside partner": k / 100,
            "hub advantage": outside_option([50, k, 100 - 50 - k], 0).hub_advantage,
        }
        for k in range(25, 51)
    ]
    return line(rows, "share of the best outside partner", "hub advantage")


def hierarchy() -> alt.Chart:
    """The alliance component by independent allies."""
    return line(
        [{"independent allies": k, "alliance component": 1 / (1 + k)} for k in range(11)],
        "independent allies",
        "alliance component",
    )


def influence() -> alt.Chart:
    """Influence over bandwidth, for three degrees of dependence."""
    rows = [
        {"bandwidth": b / 20, "influence (unscaled)": b / 20 * d, "dependence": f"dependence {d}"}
        for d in (0.2, 0.5, 0.8)
        for b in range(21)
    ]
    return line(rows, "bandwidth", "influence (unscaled)", "dependence")


def networks() -> alt.Chart:
    """A star of twelve whose spokes connect one by one."""
    n = 12
    star = np.zeros((n, n))
    star[0, 1:] = star[1:, 0] = 1
    pairs = [(i, j) for i in range(1, n) for j in range(i + 1, n)]
    rows = []
    for k in range(len(pairs) + 1):
        rows.append({"ties among spokes": k, "hub-and-spoke index": float(hub_spoke_index(star).value[0])})
        if k < len(pairs):
            i, j = pairs[k]
            star[i, j] = star[j, i] = 1
    return line(rows, "ties among spokes", "hub-and-spoke index")


def votes() -> alt.Chart:
    """The probability of each vote by position."""
    rows = []
    for theta in np.linspace(-3, 3, 61):
        for name, p in zip(("yes", "abstain", "no"), category_probabilities(theta, 0.8, -0.5, 0.4), strict=True):
            rows.append({"position": float(theta), "probability": float(p), "vote": name})
    return line(rows, "position", "probability", "vote")


def events() -> alt.Chart:
    """The scores of the root codes."""
    rows = [{"root code of CAMEO": code, "Goldstein score": score} for code, score in GOLDSTEIN_ROOTS.items()]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(color=COLOURS[0])
        .encode(x=alt.X("root code of CAMEO:N"), y=alt.Y("Goldstein score:Q"))
    )


def patronage() -> alt.Chart:
    """The bounds of a mean of 0.6 as members become unknown."""
    rows = []
    for missing in range(10):
        found = bounds([0.6] * (10 - missing) + [np.nan] * missing, 0, 1)
        rows += [
            {"members unknown, of ten": missing, "value": value, "end": end}
            for value, end in (
                (found.lower, "lower bound"),
                (found.mean, "mean of the known"),
                (found.upper, "upper bound"),
            )
        ]
    return line(rows, "members unknown, of ten", "value", "end")


def main() -> None:
    """Write every picture."""
    import vl_convert

    families = (similarity, capability, dependence, hierarchy, influence, networks, votes, events, patronage)
    charts = {draw.__name__: draw() for draw in families}
    charts |= {name: line(*draw()) for name, draw in PICTURES.items()}
    for name, chart in charts.items():
        sized = chart.properties(width=420, height=220).configure(font="sans-serif", background="white")
        svg = vl_convert.vegalite_to_svg(sized.to_json())
        (FOLDER / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
