"""The specification curve: the same dimension under every choice that could be defended, sorted by value.

Choices are crossed, except that bounds and placebo sets are those of the whole window. The one that the profile
reports is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

import numpy as np

from foedus.findings.profile.channels import shares
from foedus.findings.profile.comparing import Comparison, Measure, PlaceboRank
from foedus.findings.profile.datasets import Datasets, Similarity
from foedus.findings.profile.declared import Dimension
from foedus.findings.profile.estimate import Estimate, number
from foedus.findings.profile.scene import Scene
from foedus.measures.patronage import alignment
from foedus.measures.significance import placebo_test

Series = Mapping[int, float]
Days = Literal["last day of the year", "any day of the year"]
LAST, ANY = "last day of the year", "any day of the year"
SUSPENDED, ACTIVE = "with suspended members", "without days of suspension"
# Dimensions that are means over years, so that a window is a mean over some of them.
BY_YEAR = ("power", "hub_dependence", "basing_asymmetry", "exclusivity", "alignment")
ON_A_DAY = ("power", "hub_dependence", "exclusivity", "alignment")
SIMILARITIES: dict[str, Similarity] = {"kappa": "kappa", "S": "s", "pi": "pi"}


class Variant(Scene):
    """The same alliance where whoever was a member on some day of a year may count as one in it."""

    days_rule: Days = "last day of the year"

    def present(self, year: int, day: date) -> tuple[str, ...]:
        """The members on a day, or in its year."""
        return super().present(year, day) if self.days_rule == LAST else tuple(sorted(self.stays(year)))


def specifications(
    dimension: Dimension, scene: Scene, patron: str, measure: Measure, data: Datasets, found: Estimate,
    rank: PlaceboRank, compared: Comparison,
) -> dict[str, Any]:  # fmt: skip
    """Every value of a dimension, sorted, with the share of them above its threshold.

    Returns
    -------
    `values` (choices and value), `share_above` (None where no threshold is declared), `median`, `placebo_sets`
    (p with the smallest attainable for members, outside states and both), `ages` (difference from peers at each age).
    """
    rows = []
    for members in (SUSPENDED, ACTIVE) if scene.flagged else (SUSPENDED,):
        for days in (LAST, ANY) if dimension.name in ON_A_DAY else (LAST,):
            rows += _under(dimension, scene, patron, measure, data, members, days)
    rows.sort(key=lambda row: (row["value"], str(row["choices"])))
    values = [row["value"] for row in rows]
    threshold = dimension.threshold if dimension.rule in ("above_zero", "high") else None
    return {
        "count": len(rows), "threshold": threshold,
        "share_above": (
            None if threshold is None or not values else number(float(np.mean([v > threshold for v in values])))
        ),
        "median": number(float(np.median(values))) if values else None,
        "values": rows, "placebo_sets": _placebo_sets(rank, scene, found.value),
        "ages": _by_age(compared),
    }  # fmt: skip


def _under(
    dimension: Dimension, scene: Scene, patron: str, measure: Measure, data: Datasets, members: str, days: Any
) -> list[dict[str, Any]]:
    """The values under one rule of membership: by window, bounds, and what the dimension alone can choose."""

    def cast(first: int, last: int) -> Variant:
        variant = Variant(scene.world, scene.pact, first, last, with_flagged=members == SUSPENDED)
        variant.days_rule = days
        return variant

    choices = {"members": members, "year": days}
    found: list[dict[str, Any]] = []

    def add(value: float | None, **further: str) -> None:
        if value is not None:
            is_main = members == SUSPENDED and days == LAST and all(v in _MAIN for v in further.values())
            found.append({"value": number(value), "is_reported": is_main, "choices": choices | further})

    whole = cast(scene.first, scene.last)
    estimate = measure(whole, patron)
    if dimension.name in BY_YEAR:
        for option, series in _options(dimension.name, whole, patron, data, estimate).items():
            for window, years in windows(sorted(series)).items():
                add(
                    float(np.mean([series[year] for year in years])), **option_of(dimension.name, option), window=window
                )
    else:
        for window, years in windows(list(scene.years)).items():
            part = estimate if window == WHOLE else _measured(measure, cast(years[0], years[-1]), patron)
            add(part.value if part else None, window=window)
    own = option_of(dimension.name, next(iter(_OPTIONS.get(dimension.name, ("",)))))
    for name, bound in (("lowest", estimate.lower), ("highest", estimate.upper)):
        if bound != estimate.value:
            add(bound, **own, window=WHOLE, unknown=f"at the {name}")
    return found


WHOLE = "whole window"
_OPTIONS = {
    "hub_dependence": ("best partner outside the alliance", "best other partner", "nothing"),
    "alignment": tuple(SIMILARITIES),
}
_MAIN = (WHOLE, "best partner outside the alliance", "kappa")


def windows(years: list[int]) -> dict[str, list[int]]:
    """Parts of a list of years: all, each half, the last ten; parts that would be the same are left out."""
    half = len(years) // 2
    parts = {WHOLE: years, "first half": years[:half], "second half": years[half:], "last ten years": years[-10:]}
    kept: dict[str, list[int]] = {}
    for name, part in parts.items():
        if part and part not in kept.values():
            kept[name] = part
    return kept


def option_of(name: str, option: str) -> dict[str, str]:
    """The choice that only one dimension has, under its name."""
    words = {"hub_dependence": "compared_with", "alignment": "similarity"}
    return {words[name]: option} if name in words else {}


def _options(name: str, scene: Scene, patron: str, data: Datasets, estimate: Estimate) -> dict[str, Series]:
    if name == "hub_dependence":
        return _hub_series(scene, patron, data)
    if name == "alignment":
        return {word: _vote_series(scene, patron, data, kind) for word, kind in SIMILARITIES.items()}
    return {"": estimate.series}


def _measured(measure: Measure, scene: Scene, patron: str) -> Estimate | None:
    return measure(scene, patron) if [m for m in scene.members if m != patron] else None


def _vote_series(scene: Scene, patron: str, data: Datasets, kind: Similarity) -> Series:
    """Hub contrast by year under one measure of similarity."""
    from foedus.findings.profile.of_datasets import similarity

    found = {}
    for year in scene.years:
        day = scene.on(year)
        if day is None or year not in (data.votes or {}):
            continue
        codes = [data.code(patron, day), *(data.code(m, day) for m in scene.present(year, day) if m != patron)]
        if codes[0] is not None and len(codes) > 2:
            value = alignment(similarity(data, year, tuple(code or 0 for code in codes), kind), 0).hub_contrast
            if np.isfinite(value):
                found[year] = value
    return found


def _hub_series(scene: Scene, patron: str, data: Datasets) -> dict[str, Series]:
    """Mean over members, by year, of the trade share with the candidate less that with another partner."""
    if data.trade is None:
        return {}
    gaps: dict[int, list[tuple[float, float, float]]] = {}
    for (_, year), (own, outside, other, _) in shares(scene, patron, data.trade, "both", data).items():
        gaps.setdefault(year, []).append((own - outside, own - other, own))
    means = {year: np.mean(rows, axis=0) for year, rows in sorted(gaps.items())}
    return {
        option: {year: float(mean[i]) for year, mean in means.items()}
        for i, option in enumerate(_OPTIONS["hub_dependence"])
    }


def _placebo_sets(rank: PlaceboRank, scene: Scene, value: float | None) -> list[dict[str, Any]]:
    own = set(rank.values) & set(scene.members)
    sets: dict[str, Callable[[str], bool]] = {
        "members": lambda state: state in own, "outside states": lambda state: state not in own, "both": lambda _: True,
    }  # fmt: skip
    found = []
    for name, belongs in sets.items():
        values = [placebo for state, placebo in rank.values.items() if belongs(state)]
        if values and value is not None:
            test = placebo_test(value, values)
            found.append({
                "set": name, "placebos": test.n_placebos, "p": number(test.p), "smallest_p": number(test.smallest),
            })  # fmt: skip
    return found


def _by_age(compared: Comparison) -> list[dict[str, Any]]:
    found = []
    for age, value in compared.own.items():
        gaps = [value - peer[age] for peer in compared.peers.values() if age in peer]
        if gaps:
            found.append({"age": age, "peers": len(gaps), "difference": number(float(np.mean(gaps)))})
    return found
