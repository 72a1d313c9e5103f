"""The list of all measures that can be taken of datasets; the command line, panels and the reference read it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.core.errors import UnknownNameError
from foedus.measures.declaration import Measure
from foedus.measures.of_dyads import AGREEMENT, TRADE_SHARE, similarity_table
from foedus.measures.of_states import CENTRALITY, CINC
from foedus.measures.of_systems import CONCENTRATION, NETWORK

if TYPE_CHECKING:
    from foedus.tables.model import Table

_SIMILAR = "Comparing whom states tie themselves to."
MEASURES: tuple[Measure, ...] = (
    Measure(
        "s", "Similarity of alliance portfolios (S)", (-1, 1), ("signorino-ritter-1999",), "standard",
        similarity_table("s"), _SIMILAR, "High for states that share nothing but the absence of ties.", "similarity",
    ),
    Measure(
        "pi", "Scott's pi of alliance portfolios", (None, 1), ("scott-1955", "haege-2011"), "standard",
        similarity_table("pi"), _SIMILAR, "States that differ much in how many ties they form.", "similarity",
    ),
    Measure(
        "kappa", "Cohen's kappa of alliance portfolios", (None, 1), ("cohen-1968", "haege-2011"), "standard",
        similarity_table("kappa"), "Comparing states that differ in how many ties they form.",
        "Portfolios without variation, where it is undefined.", "similarity",
    ),
    Measure(
        "tau_b", "Kendall's tau-b of alliance portfolios", (-1, 1), ("bueno-de-mesquita-1975",), "standard",
        similarity_table("tau_b"), "Replicating work before 1999.", "Anything else: irrelevant states move it.",
        "similarity",
    ),
    Measure(
        "agreement", "Agreement and similarity of votes in the General Assembly", (None, 1),
        ("lijphart-1963", "haege-hug-2016"), "standard", AGREEMENT, "Alignment, by kappa.",
        "Raw agreement moves with the agenda.", "votes",
    ),
    Measure(
        "cinc", "Composite Index of National Capability", (0, 1), ("singer-bremer-stuckey-1972",), "published",
        CINC, "Material weight over two centuries.", "Power late in the twentieth century.", "capability",
    ),
    Measure(
        "concentration", "Concentration of capability in the system", (0, 1), ("ray-singer-1973",), "standard",
        CONCENTRATION, "How unequal the powers of a year are.", "Who they are.", "capability",
    ),
    Measure(
        "trade_share", "Share of a state's trade with a partner", (0, None), ("barbieri-1996",), "standard",
        TRADE_SHARE, "Who would lose more.", "How easily the partner can be replaced.", "dependence",
    ),
    Measure(
        "centrality", "Place of a state in the network of pledges", (0, None), ("freeman-1978", "katz-1953"),
        "standard",
        CENTRALITY, "Who stands between others.", "Comparing components by their eigenvector.", "networks",
    ),
    Measure(
        "network", "The network of pledges of a year and its blocs", (None, None),
        ("freeman-1978", "traag-waltman-van-eck-2019", "esteban-ray-1994"), "standard", NETWORK,
        "How the system falls into blocs.", "Hubs: alliances of many members are cliques.", "networks",
    ),
)  # fmt: skip


def find_measure(name: str) -> Measure:
    """The measure of a name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    for measure in MEASURES:
        if measure.name == name:
            return measure
    raise UnknownNameError(f"measure: {name!r} is none. Use one of {', '.join(m.name for m in MEASURES)}.")


@cache
def forms() -> dict[str, tuple[Table, ...]]:
    """The tables of measures by id, each in its one form."""
    return {measure.table.id: (measure.table,) for measure in MEASURES}
