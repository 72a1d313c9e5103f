"""Trade beyond what size and distance predict: residual shares of a gravity model, for the candidate and all placebos.

Poisson pseudo-maximum likelihood with effects of exporter and importer, year by year (Santos Silva and Tenreyro 2006),
so that the size of a candidate is not read as the members' dependence on it. Common language is not in the model: no
registered dataset has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.inference.dyadic import dyadic_errors
from foedus.findings.profile.inference.matching import DISTANCES, PASTS
from foedus.findings.profile.inference.outcomes import TRADE, lead_code
from foedus.findings.profile.scene import Scene

YEARS = 4
LACKS = "Common language is left out of the model: no registered dataset has it."


@dataclass(frozen=True, slots=True)
class Residuals:
    """Shares beyond prediction, mean over the sampled years: the candidate's, and every other state's by COW code.

    `terms` are the coefficients of each year's model, with standard errors clustered on exporter and importer, and
    robust to any state that two pairs have in common.
    """

    own: float
    others: dict[int, float]
    years: list[int]
    terms: list[dict[str, Any]]


def residual_shares(scene: Scene, patron: str, data: Datasets) -> Residuals | None:
    """Mean over members of the share of trade with the candidate less the share that the model predicts.

    None where trade or distances are not here, or no year has both.
    """
    trade, near = data.frame(TRADE), data.frame(DISTANCES)
    if trade is None or near is None:
        return None
    known = sorted(set(trade["year"].unique()) & set(near["year"].unique()))
    usable = [year for year in known if year in scene.years and scene.on(year) is not None]
    sampled = [usable[i] for i in sorted({round(x) for x in np.linspace(0, len(usable) - 1, YEARS)})] if usable else []
    found: dict[int, list[float]] = {}
    own: list[float] = []
    terms: list[dict[str, Any]] = []
    for year in sampled:
        day, lead = scene.on(year), lead_code(data, patron, year)
        assert day is not None
        members = {code for m in scene.present(year, day) if m != patron and (code := data.code(m, day))} - {lead}
        shares, fitted = _excess(year, members, data)
        if lead not in shares:
            continue
        terms += fitted
        own.append(shares.pop(lead))
        for code, value in shares.items():
            found.setdefault(code, []).append(value)
    if not own:
        return None
    # a placebo that is not there in every year would have another mean
    complete = {code: _rounded(values) for code, values in sorted(found.items()) if len(values) == len(own)}
    return Residuals(_rounded(own), complete, sampled, terms)


def _rounded(values: list[float]) -> float:
    """The mean to six digits: the solver stops at about eleven, not at the same ones on every machine."""
    return round(float(np.mean(values)), 6)


def _excess(year: int, members: set[int], data: Datasets) -> tuple[dict[int, float], list[dict[str, Any]]]:
    """Mean over members of actual less predicted trade share with each state, and the model's coefficients."""
    flows = _flows(year, data)
    if not len(flows) or not members:
        return {}, []
    flows["predicted"], terms = _fitted(flows)
    pairs: dict[int, dict[int, list[float]]] = {member: {} for member in members}
    for one, other, value, predicted in zip(
        flows["exporter"], flows["importer"], flows["value"], flows["predicted"], strict=True
    ):
        for own, partner in ((one, other), (other, one)):
            if own in pairs and np.isfinite(predicted):
                cell = pairs[own].setdefault(partner, [0.0, 0.0])
                cell[0], cell[1] = cell[0] + value, cell[1] + predicted
    sums: dict[int, list[float]] = {}
    for partners in pairs.values():
        total, expected = (sum(cell[k] for cell in partners.values()) for k in (0, 1))
        if total > 0 and expected > 0:
            for partner, cell in partners.items():
                sums.setdefault(partner, []).append(cell[0] / total - cell[1] / expected)
    excess = {partner: float(np.mean(values)) for partner, values in sums.items()}
    return excess, [{"year": year, **term} for term in terms]


def _flows(year: int, data: Datasets) -> Any:
    """Flows between states whose distance is known, as a frame of the library that fits them."""
    import polars as pl

    trade, near = data.frame(TRADE), data.frame(DISTANCES)
    assert trade is not None and near is not None
    rows = trade.filter(pl.col("year") == year)
    # flow1 is what the first state imports from the second
    flows = pl.concat([
        rows.select(exporter="ccode2", importer="ccode1", value="flow1"),
        rows.select(exporter="ccode1", importer="ccode2", value="flow2"),
    ]).filter(pl.col("value") >= 0)  # fmt: skip
    gaps = near.filter(pl.col("year") == year).select("ccode1", "ccode2", "mindist")
    both = pl.concat([gaps, gaps.select(ccode1="ccode2", ccode2="ccode1", mindist="mindist")])
    frame = flows.join(both, left_on=("exporter", "importer"), right_on=("ccode1", "ccode2"))
    # in a fixed order, so that sums round the same way in every run
    frame = frame.sort("exporter", "importer").to_pandas()
    pairs = _common_pasts(year, data)
    frame["distance"] = np.log1p(frame["mindist"])
    frame["adjacent"] = (frame["mindist"] == 0).astype(float)
    frame["common_past"] = [float(pair in pairs) for pair in zip(frame["exporter"], frame["importer"], strict=True)]
    return frame


def _common_pasts(year: int, data: Datasets) -> set[tuple[int, int]]:
    """Pairs of which one was ruled by the other, or that became independent of the same state by secession."""
    frame = data.frame(PASTS)
    if frame is None:
        return set()
    found: set[tuple[int, int]] = set()
    seceded: dict[int, set[int]] = {}
    for state, ruler, month, kind in frame.select("State", "IndFrom", "IndDate", "IndType").drop_nulls().iter_rows():
        if month // 100 > year:
            continue
        found |= {(state, ruler), (ruler, state)}
        if kind in (3, 4):
            seceded.setdefault(ruler, set()).add(state)
    for group in seceded.values():
        found |= {(a, b) for a in group for b in group if a != b}
    return found


def _fitted(flows: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Predicted flows, 0 for states that export or import nothing, of which the model is silent; and coefficients."""
    import warnings

    from pyfixest.estimation import fepois

    kept = np.ones(len(flows), dtype=bool)
    while True:
        part = flows[kept]
        trades = [part.groupby(side)["value"].transform("sum").to_numpy() > 0 for side in ("exporter", "importer")]
        if np.logical_and(*trades).all():
            break
        kept[np.flatnonzero(kept)[~np.logical_and(*trades)]] = False
    part = flows[kept].reset_index(drop=True)
    names = [name for name in ("distance", "adjacent", "common_past") if part[name].nunique() > 1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit: Any = fepois(
            f"value ~ {' + '.join(names)} | exporter + importer", data=part,
            vcov={"CRV1": "exporter+importer"}, iwls_tol=1e-12, fixef_tol=1e-10, fixef_rm="none", separation_check=[],
        )  # fmt: skip
    predicted = np.zeros(len(flows))
    predicted[kept] = np.asarray(fit.predict(type="response"), dtype=np.float64)
    return predicted, _terms(fit, names, part)


def _terms(fit: Any, names: list[str], part: Any) -> list[dict[str, Any]]:
    """Coefficients with both kinds of standard errors, to four digits: the solver stops at about eleven."""
    scores, bread = np.asarray(fit._scores), np.asarray(fit._bread)
    if len(scores) != len(part):  # the library dropped observations: whose the scores are is not known
        robust = np.full(len(names), np.nan)
    else:
        robust = dyadic_errors(scores, bread, part["exporter"], part["importer"])
    estimates, clustered = fit.coef(), fit.se()
    return [
        {"term": name, "estimate": _digits(estimates.get(name)), "error_two_way": _digits(clustered.get(name)),
         "error_dyadic": _digits(error)}
        for name, error in zip(names, robust, strict=False)
    ]  # fmt: skip


def _digits(value: Any) -> float | None:
    return None if value is None or not np.isfinite(value) else float(f"{value:.4g}")
