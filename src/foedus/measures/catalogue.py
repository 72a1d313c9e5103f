"""The list of all measures that can be taken of datasets; the command line, panels and the reference read it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.core.errors import UnknownNameError
from foedus.measures.declaration import Measure
from foedus.measures.of_aid import AID_DEPENDENCE
from foedus.measures.of_arms import ARMS_DEPENDENCE
from foedus.measures.of_blocs import BALANCE, MULTISLICE
from foedus.measures.of_dyads import similarity_table
from foedus.measures.of_events import NET_COOPERATION, NET_COOPERATION_MONTHLY
from foedus.measures.of_hierarchy import ECONOMIC_HIERARCHY, SECURITY_HIERARCHY, under_patron
from foedus.measures.of_influence import FBIC, OUTWARD_INFLUENCE
from foedus.measures.of_layers import HUB_SPOKE, POLARITY
from foedus.measures.of_states import CENTRALITY, CINC
from foedus.measures.of_systems import CONCENTRATION, NETWORK
from foedus.measures.of_trade import (
    INTERDEPENDENCE,
    OUTSIDE_OPTION,
    PARTNER_CONCENTRATION,
    TRADE_DEPENDENCE,
    TRADE_LINK,
    TRADE_SHARE,
)
from foedus.measures.of_votes import ABSENCE, AGREEMENT, IDEAL_DISTANCE

if TYPE_CHECKING:
    from foedus.tables.model import Table

_SIMILAR = "Comparing whom states tie themselves to."
_LAKE = ("lake-2009", "macdonald-lake-2008")
_FBIC = ("moyer-et-al-2018", "moyer-et-al-2021")
_NOT_FACTS = "Facts: a coded event is what a machine read in one report. Dyads differ in how much is reported of them."
MEASURES: tuple[Measure, ...] = (
    Measure(
        "s", "Similarity of alliance portfolios (S)", (-1, 1), ("signorino-ritter-1999",), "standard",
        similarity_table("s"), _SIMILAR, "High for states that share nothing but the absence of ties.", "similarity#s",
    ),
    Measure(
        "pi", "Scott's pi of alliance portfolios", (None, 1), ("scott-1955", "haege-2011"), "standard",
        similarity_table("pi"), _SIMILAR, "States that differ much in how many ties they form.", "similarity#pi",
    ),
    Measure(
        "kappa", "Cohen's kappa of alliance portfolios", (None, 1), ("cohen-1968", "haege-2011"), "standard",
        similarity_table("kappa"), "Comparing states that differ in how many ties they form.",
        "Portfolios without variation, where it is undefined.", "similarity#kappa",
    ),
    Measure(
        "tau_b", "Kendall's tau-b of alliance portfolios", (-1, 1), ("bueno-de-mesquita-1975",), "standard",
        similarity_table("tau_b"), "Replicating work before 1999.", "Anything else: irrelevant states move it.",
        "similarity#tau_b",
    ),
    Measure(
        "agreement", "Agreement and similarity of votes in the General Assembly", (None, 1),
        ("lijphart-1963", "haege-hug-2016"), "standard", AGREEMENT, "Alignment, by kappa.",
        "Raw agreement moves with the agenda.", "votes#agreement",
    ),
    Measure(
        "absence", "Roll calls of the General Assembly that a member missed", (0, 1), ("haege-hug-2016",), "standard",
        ABSENCE, "Seeing whether agreement rests on few votes.", "Why a state was absent.", "votes#absence",
    ),
    Measure(
        "ideal_distance", "Distance of ideal points", (0, None), ("bailey-strezhnev-voeten-2017",), "published",
        IDEAL_DISTANCE, "Alignment over time, the agenda held apart, with its interval.",
        "Issues that do not lie on the one dimension; own estimates (method=probit) are reconstructions.",
        "votes#ideal_distance",
    ),
    Measure(
        "cinc", "Composite Index of National Capability", (0, 1), ("singer-bremer-stuckey-1972", "singer-1988"),
        "published", CINC, "Material weight over two centuries.", "Power late in the twentieth century.",
        "capability#cinc",
    ),
    Measure(
        "concentration", "Concentration of capability in the system", (0, 1), ("ray-singer-1973",), "standard",
        CONCENTRATION, "How unequal the powers of a year are.", "Who they are.", "capability#concentration",
    ),
    Measure(
        "polarity", "Effective number of major powers", (1, None), ("ray-singer-1973", "bueno-de-mesquita-1975"),
        "standard", POLARITY, "How many powers a list of major powers amounts to.",
        "Blocs: it counts states and not camps.", "capability#polarity",
    ),
    Measure(
        "trade_share", "Share of a state's trade with a partner", (0, None), ("barbieri-1996",), "standard",
        TRADE_SHARE, "Who would lose more.", "How easily the partner can be replaced.", "dependence#trade_share",
    ),
    Measure(
        "trade_dependence", "Trade with a partner over the state's output", (0, None), ("oneal-russett-1997",),
        "standard", TRADE_DEPENDENCE, "How much of an economy passes through one partner.",
        "Years before 1960, and output at constant prices, which does not mix with trade at current ones.",
        "dependence#trade_dependence",
    ),
    Measure(
        "trade_link", "The lower and the higher trade dependence of a pair", (0, None), ("oneal-russett-1997",),
        "standard", TRADE_LINK, "Replicating the weak-link assumption.", "Saying which of the two depends.",
        "dependence#trade_link",
    ),
    Measure(
        "interdependence", "Salience, symmetry and interdependence of trade", (0, 1), ("barbieri-1996",), "standard",
        INTERDEPENDENCE, "Telling large ties from even ones.", "Pairs that trade little: they are even too.",
        "dependence#interdependence",
    ),
    Measure(
        "partner_concentration", "Concentration of a state's trading partners", (0, None), ("hirschman-1945",),
        "standard", PARTNER_CONCENTRATION, "How few partners a state relies on.", "Which partners these are.",
        "dependence#partner_concentration",
    ),
    Measure(
        "outside_option", "The best other partner, and how far one is ahead of it", (-1, None), ("hirschman-1945",),
        "reconstruction", OUTSIDE_OPTION, "Whether a partner stands out.",
        "Goods without another buyer or another route.", "dependence#outside_option",
    ),
    Measure(
        "arms_dependence", "A supplier's share of the arms delivered to a state", (0, 1), ("kinsella-1998",),
        "standard", ARMS_DEPENDENCE, "Who a state's imported weapons come from over several years.",
        "Arms that a state makes itself; no delivery is missing, not independence.", "dependence#arms_dependence",
    ),
    Measure(
        "aid_dependence", "A donor's part of the aid that a state receives, or of its income", (0, None),
        ("oecd-directives-2013",), "standard", AID_DEPENDENCE, "Who a state's aid comes from, and how much it weighs.",
        "Donors that report in part or not at all: a share is an upper bound.", "dependence#aid_dependence",
    ),
    Measure(
        "security_hierarchy", "Lake's index of security hierarchy under a patron", (0, None), _LAKE, "reconstruction",
        SECURITY_HIERARCHY, "The security side of asymmetric relations, for any patron whose troops are known.",
        "Telling authority from coercion: presence with consent and occupation look alike.",
        "hierarchy#security_hierarchy", (under_patron(SECURITY_HIERARCHY),),
    ),
    Measure(
        "economic_hierarchy", "Lake's index of economic hierarchy under a patron", (0, None), _LAKE, "reconstruction",
        ECONOMIC_HIERARCHY, "Monetary and trade dependence on the United States from 1960 to 2000.",
        "Patrons whose currency no series of pegs names.",
        "hierarchy#economic_hierarchy", (under_patron(ECONOMIC_HIERARCHY),),
    ),
    Measure(
        "fbic", "Formal bilateral influence capacity", (0, None), _FBIC, "published", FBIC,
        "Comparing the instruments that states have over others in one release.",
        "Whether influence is used, and across releases; files that lack rows have no totals.", "influence#fbic",
    ),
    Measure(
        "outward_influence", "Influence capacity of a state over all others", (0, None), _FBIC, "published",
        OUTWARD_INFLUENCE, "Ranking states by the reach of their instruments.",
        "Files that lack rows: the number of targets says how many were summed.", "influence#outward_influence",
    ),
    Measure(
        "centrality", "Place of a state in the network of pledges", (0, None), ("freeman-1978", "katz-1953"),
        "standard",
        CENTRALITY, "Who stands between others.", "Comparing components by their eigenvector.",
        "networks#centrality",
    ),
    Measure(
        "network", "The network of pledges of a year and its blocs", (None, None),
        ("freeman-1978", "traag-waltman-van-eck-2019", "esteban-ray-1994"), "standard", NETWORK,
        "How the system falls into blocs.", "Hubs: alliances of many members are cliques.", "networks#network",
    ),
    Measure(
        "hub_spoke", "Hub and spoke in a bilateral layer", (0, 1), ("cha-2010",), "reconstruction", HUB_SPOKE,
        "Whether ties of two run through one state.", "Alliances of many members; layers known in part.",
        "networks#hub_spoke",
    ),
    Measure(
        "balance", "Structural balance and frustration of allies and rivals", (0, 1), ("cartwright-harary-1956",),
        "standard", BALANCE, "Whether friends of friends are friends.",
        "Sources of different error: the numbers of ties of either sign stand beside it.", "networks#balance",
    ),
    Measure(
        "multislice", "Modularity of blocs over several years at once", (None, 1),
        ("mucha-et-al-2010", "cranmer-menninga-mucha-2015"), "reconstruction", MULTISLICE,
        "Whether blocs last.", "The best partition: this one is the same in all years of its window.",
        "networks#multislice",
    ),
    Measure(
        "net_cooperation", "Net cooperation of coded events by year", (None, None), ("goldstein-1992",), "standard",
        NET_COOPERATION, "Change within a dyad over years.", _NOT_FACTS, "events#net_cooperation",
    ),
    Measure(
        "net_cooperation_monthly", "Net cooperation of coded events by month", (None, None), ("goldstein-1992",),
        "standard", NET_COOPERATION_MONTHLY, "Change within a dyad over months.", _NOT_FACTS,
        "events#net_cooperation_monthly",
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
    """The tables of measures by id, each in the forms that it has."""
    return {measure.table.id: (measure.table, *measure.other_forms) for measure in MEASURES}
