"""Pictures of the measures that are taken of datasets, from the functions that they explain; drawn by `pictures.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.measures.arrays import FloatArray
from foedus.measures.balance import structural_balance
from foedus.measures.capability import cinc
from foedus.measures.communities import effective_number, multislice_modularity, polarisation
from foedus.measures.dependence import aid_share, arms_shares, interdependence, partner_concentration, weak_link
from foedus.measures.events import net_cooperation
from foedus.measures.hierarchy import economic_hierarchy
from foedus.measures.idealpoints import distance
from foedus.measures.networks import eigenvector_centrality, katz_centrality
from foedus.measures.similarity import ALLIANCE_LEVELS, cohen_kappa, portfolio_tables, scott_pi, tau_b
from foedus.measures.votes import agreement

Rows = list[dict[str, Any]]
Picture = tuple[Rows, str, str, str | None]


def _many(x: str, y: str, values: dict[Any, dict[str, float]]) -> Picture:
    """One line a name: values by x, then by name."""
    rows = [{x: at, y: float(value), "line": name} for at, named in values.items() for name, value in named.items()]
    return rows, x, y, "line"


def _blocs(n: int, hub: int = 0) -> FloatArray:
    """Two blocs of four, `hub` states tied to the first state alone, and others without a tie."""
    ties = np.zeros((n, n))
    ties[:4, :4] = ties[4:8, 4:8] = 3
    ties[0, 8 : 8 + hub] = ties[8 : 8 + hub, 0] = 3
    return ties


def pi() -> Picture:
    """Pi and kappa of two states as one forms more ties than the other."""
    values = {}
    for k in range(21):
        table = portfolio_tables(_blocs(30, k), ALLIANCE_LEVELS)[:, :, 0, 1]
        values[k] = {"pi": float(scott_pi(table, ALLIANCE_LEVELS, distance="squared")),
                     "kappa": float(cohen_kappa(table, ALLIANCE_LEVELS, distance="squared"))}  # fmt: skip
    return _many("ties that only one of two allies has", "similarity", values)


def taub() -> Picture:
    """Tau-b of two allies as states without a tie are added."""
    values = {n: {"tau-b": float(tau_b(portfolio_tables(_blocs(n, 2), ALLIANCE_LEVELS)[:, :, 0, 1]))}
              for n in range(12, 61, 4)}  # fmt: skip
    return _many("states", "similarity of two allies", values)


def agenda() -> Picture:
    """Agreement and kappa of two states as the agenda fills with votes that nobody opposes."""
    values = {}
    for extra in range(0, 81, 5):
        cells = np.array([[10.0 + extra, 0, 10], [0, 0, 0], [10, 0, 10]])
        values[extra] = {"agreement": float(agreement(cells).agree),
                         "kappa": float(cohen_kappa(cells, (1, 2, 3), distance="squared"))}  # fmt: skip
    return _many("further roll calls on which all say yes", "score", values)


def absence() -> Picture:
    """How far an agreement of 0.8 may be off as one of two is absent more often."""
    values = {a / 20: {"lowest": 0.8 * (1 - a / 20), "highest": 0.8 * (1 - a / 20) + a / 20} for a in range(21)}
    return _many("absence rate of one of two", "agreement had it voted", values)


def ideal_distance() -> Picture:
    """Distance of two positions with its interval as one moves."""
    values = {}
    for k in range(21):
        gap, low, high = distance(k / 10, 0.0, 0.2, 0.2)
        values[k / 10] = {"distance": float(gap), "lower end": float(low), "upper end": float(high)}
    return _many("position of one, the other at 0", "distance", values)


def shares() -> Picture:
    """CINC of a state with five shares of 0.2 as its sixth grows, known and not known."""
    values = {}
    for k in range(1, 20):
        known = [[20, 20, 20, 20, 20, 5 * k], [80, 80, 80, 80, 80, 100 - 5 * k]]
        values[5 * k / 100] = {"six components": float(cinc(known, [1900, 1900]).value[0]), "the sixth missing": 0.2}
    return _many("the sixth share", "CINC", values)


def polarity() -> Picture:
    """Effective number of five major powers as one grows."""
    return _many("times the others", "effective number",
                 {k: {"five major powers": effective_number([k, 1, 1, 1, 1])} for k in range(1, 21)})  # fmt: skip


def trade_share() -> Picture:
    """A partner's share of trade over the sum of dyads and over a total that is larger by a fifth."""
    values = {k: {"sum of dyads": k / (k + 50), "total of the state": k / (1.2 * (k + 50))} for k in range(0, 101, 5)}
    return _many("trade with the partner, others 50", "share", values)


def trade_dependence() -> Picture:
    """The same trade over the output of two states of different size."""
    values = {k: {"output 500": k / 500, "output 2,000": k / 2000} for k in range(0, 201, 10)}
    return _many("trade of the two", "trade over output", values)


def trade_link() -> Picture:
    """Weak and strong link of a pair as the output of one grows."""
    values = {}
    for k in range(1, 21):
        low, high = weak_link(50 / (100 * k), 50 / 500)
        values[100 * k] = {"weak link": float(low), "strong link": float(high)}
    return _many("output of one, of the other 500", "trade over output", values)


def interdependence_() -> Picture:
    """Barbieri's three measures with one share at 0.4 as the other grows."""
    values = {}
    for k in range(21):
        found = interdependence(0.4, k / 20)
        values[k / 20] = {"salience": float(found.salience), "symmetry": float(found.symmetry),
                          "interdependence": float(found.interdependence)}  # fmt: skip
    return _many("share of the other, one at 0.4", "value", values)


def partners() -> Picture:
    """Herfindahl index as one of five partners grows, plain and normalised."""
    values = {}
    for k in range(1, 21):
        found = partner_concentration([k, 1, 1, 1, 1])
        values[k] = {"HHI": found.hhi, "normalised": found.hhi_normalised}
    return _many("times the others, of five", "concentration", values)


def arms() -> Picture:
    """A supplier's share after one large delivery in year 3, over windows of five and ten years."""
    values = {}
    for year in range(10, 21):
        flows = np.zeros((2, 21))
        flows[0, 8], flows[1] = 10, 1
        values[year] = {f"{width} years": float(arms_shares(flows[:, : year + 1], window=width).value[0])
                        for width in (5, 10)}  # fmt: skip
    return _many("year, the delivery in year 8", "share of the supplier", values)


def aid() -> Picture:
    """A donor of 50 beside others of 50 that report, as others give more that they do not report."""
    values = {}
    for unreported in range(0, 101, 10):
        reported, every = aid_share([[50.0], [50.0]], 0), aid_share([[50.0], [50.0], [float(unreported)]], 0)
        values[unreported] = {"among those that report": float(reported.value[0]), "among all": float(every.value[0])}
    return _many("given and not reported", "share of the donor", values)


def economic() -> Picture:
    """Economic hierarchy by relative trade for three regimes."""
    regimes = {"float": 0, "fixed": 2, "the currency of the patron": 3}
    values = {
        k / 10: {name: float(economic_hierarchy([regime], [k / 10]).value[0]) for name, regime in regimes.items()}
        for k in range(11)
    }
    return _many("relative trade over the largest", "economic hierarchy", values)


def outward() -> Picture:
    """Outward influence of a state with 0.05 over each of 100 others as rows of the file are missing."""
    return _many("rows missing, of 100", "outward influence",
                 {k: {"the sum of what is there": 0.05 * (100 - k)} for k in range(0, 101, 10)})  # fmt: skip


def centrality() -> Picture:
    """The hub of the smaller of two stars as it grows: Katz and eigenvector centrality over the whole graph."""
    values = {}
    for k in range(2, 13):
        ties = np.zeros((14 + k, 14 + k))
        ties[0, 1:13] = ties[1:13, 0] = 1
        ties[13, 14:] = ties[14:, 13] = 1
        katz, vector = katz_centrality(ties).value, eigenvector_centrality(ties).value
        values[k] = {"Katz, over the larger hub": katz[13] / katz[0], "eigenvector": np.nan_to_num(vector[13])}
    return _many("spokes of the smaller star, the larger has 12", "centrality of its hub", values)


def blocs() -> Picture:
    """Polarisation of two blocs by the share of the larger, and of three with a third bloc of 0.2."""
    values = {k / 20: {"two blocs": polarisation([k / 20, 1 - k / 20]),
                       "a third of 0.2": polarisation([0.8 * k / 20, 0.8 * (1 - k / 20), 0.2])}
              for k in range(10, 20)}  # fmt: skip
    return _many("share of the larger of two", "polarisation", values)


def balance() -> Picture:
    """Balanced triangles of six states, all allied, as disputes appear inside one bloc or between two."""
    within = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (0, 3), (1, 4), (2, 5)]
    between = [(i, j) for i in range(3) for j in range(3, 6)]
    orders = {"between two blocs first": between, "within one bloc first": within}
    values: dict[Any, dict[str, float]] = {}
    for name, order in orders.items():
        signs = np.ones((6, 6)) - np.eye(6)
        for k in range(len(order) + 1):
            values.setdefault(k, {})[name] = structural_balance(signs).share
            if k < len(order):
                i, j = order[k]
                signs[i, j] = signs[j, i] = -1
    return _many("pairs in dispute", "balanced triangles", values)


def multislice() -> Picture:
    """Two pairs in two years, as more of four states change their bloc between the years."""
    pairs = np.kron(np.eye(2), np.ones((2, 2))) - np.eye(4)
    values = {}
    for moved in range(5):
        later = [bloc + 2 if i < moved else bloc for i, bloc in enumerate((0, 0, 1, 1))]
        values[moved] = {"modularity": multislice_modularity([pairs, pairs], [[0, 0, 1, 1], later]).modularity}
    return _many("states that change their bloc, of four", "multislice modularity", values)


def cooperation() -> Picture:
    """Mean and net ratio of ten consultations as verbal conflicts are added."""
    values = {}
    for k in range(21):
        found = net_cooperation(["04"] * 10 + ["11"] * k)
        values[k] = {"mean score": found.mean, "net ratio": found.net_ratio}
    return _many("disapprovals beside ten consultations", "value", values)


def few_events() -> Picture:
    """How far the mean of one month may lie from that of all, by the number of events: two standard errors."""
    spread = float(np.std([1.0, 5.0, -2.0, -10.0, 8.0]))
    return _many("events of the month", "two standard errors of the mean score",
                 {n: {"scores as varied as in the example": 2 * spread / n**0.5} for n in range(2, 41, 2)})  # fmt: skip


PICTURES = {
    "pi": pi, "tau_b": taub, "agreement": agenda, "absence": absence, "ideal_distance": ideal_distance, "cinc": shares,
    "polarity": polarity, "trade_share": trade_share, "trade_dependence": trade_dependence, "trade_link": trade_link,
    "interdependence": interdependence_, "partner_concentration": partners, "arms_dependence": arms,
    "aid_dependence": aid, "economic_hierarchy": economic, "outward_influence": outward, "centrality": centrality,
    "network": blocs, "balance": balance, "multislice": multislice, "net_cooperation": cooperation,
    "net_cooperation_monthly": few_events,
}  # fmt: skip
