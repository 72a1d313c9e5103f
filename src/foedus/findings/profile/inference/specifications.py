"""The specification curve: the same dimension under every choice that could be defended, sorted by value.

Choices are crossed, except that bounds and placebo sets are those of the whole window. The one that the profile
reports is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

import numpy as np

from foedus.findings.profile.comparing import Comparison, Measure, PlaceboRank
from foedus.findings.profile.datasets import Datasets, Similarity
from foedus.findings.profile.declared import Dimension
from foedus.findings.profile.estimate import Estimate, number
from foedus.findings.profile.inference.outcomes import TRADE, lead_code
from foedus.findings.profile.scene import Scene, Span, overlap
from foedus.measures.patronage import alignment, placebo_test

Series = Mapping[int, float]
Days = Literal["last day of the year", "any day of the year"]
LAST, ANY = "last day of the year", "any day of the year"
SUSPENDED, ACTIVE = "with suspended members", "without days of suspension"
# Dimensions that are means over years, so that a window is a mean over some of them.
BY_YEAR = ("power", "hub_dependence", "basing_asymmetry", "exclusivity", "alignment")
ON_A_DAY = ("power", "hub_dependence", "exclusivity", "alignment")
SIMILARITIES: dict[str, Similarity] = {"kappa": "kappa", "S": "s", "pi": "pi"}


class Variant(Scene):
    """The same alliance under another rule of who counts as a member and when."""

    members_rule = SUSPENDED
    days_rule: Days = "last day of the year"

    def under(self, members_rule: str, days_rule: Days) -> Variant:
        """Set the rules of a scene that nothing has looked at yet."""
        self.members_rule, self.days_rule = members_rule, days_rule
        return self

    def _of_year(self, year: int) -> dict[str, list[Span]]:
        found = super()._of_year(year)
        if self.members_rule == SUSPENDED:
            return found
        kept = {state: _less(spans, self._suspensions(state)) for state, spans in found.items()}
        return {state: spans for state, spans in kept.items() if spans}

    def _suspensions(self, state: str) -> list[Span]:
        return [
            (spell.first_day, spell.last_day or self.world.today)
            for spell in self.spells if spell.state == state and spell.status == "suspended"
        ]  # fmt: skip

    def present(self, year: int, day: date) -> tuple[str, ...]:
        """The members on a day, or in its year."""
        return super().present(year, day) if self.days_rule == LAST else tuple(sorted(self.stays(year)))


def _less(spans: list[Span], gone: list[Span]) -> list[Span]:
    """Spans without the days of others."""
    for start, end in gone:
        parts: list[Span] = []
        for span in spans:
            if not overlap(span, (start, end)):
                parts.append(span)
                continue
            if span[0] < start:
                parts.append((span[0], date.fromordinal(start.toordinal() - 1)))
            if span[1] > end:
                parts.append((date.fromordinal(end.toordinal() + 1), span[1]))
        spans = parts
    return spans


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
    for members in (SUSPENDED, ACTIVE) if _has_suspended(scene) else (SUSPENDED,):
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
        return Variant(scene.world, scene.pact, first, last).under(members, days)

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
    frame = data.frame(TRADE)
    if frame is None:
        return {}
    import polars as pl

    known = [pl.when(pl.col(name) >= 0).then(pl.col(name)) for name in ("flow1", "flow2")]
    found: dict[str, dict[int, float]] = {option: {} for option in _OPTIONS["hub_dependence"]}
    rows = frame.filter(
        pl.col("year").is_between(scene.first, scene.last) & pl.any_horizontal(part.is_not_null() for part in known)
    ).select("year", "ccode1", "ccode2", total=pl.sum_horizontal(known))  # fmt: skip
    flows: dict[int, dict[int, dict[int, float]]] = {}
    wanted = {code for y in scene.years for m in scene.stays(y) if (code := data.code(m, date(y, 12, 31)))}
    wanted |= {code for y in scene.years for m in scene.stays(y) if (code := data.code(m, date(y, 1, 1)))}
    for own, other in (("ccode1", "ccode2"), ("ccode2", "ccode1")):
        part = rows.filter(pl.col(own).is_in(sorted(wanted)))
        for year, code, partner, total in part.select("year", own, other, "total").iter_rows():
            flows.setdefault(year, {}).setdefault(code, {})[partner] = total
    for year in scene.years:
        day, lead = scene.on(year), lead_code(data, patron, year)
        if day is None or lead is None:
            continue
        members = {m: data.code(m, day) for m in scene.present(year, day)}
        inside = set(members.values())
        gaps = [
            _gaps(flows[year][code], lead, inside)
            for member, code in members.items()
            if member != patron
            and code
            and lead in flows.get(year, {}).get(code, {})
            and sum(flows[year][code].values()) > 0
        ]
        if gaps:
            for option, value in zip(found, np.mean(gaps, axis=0), strict=True):
                found[option][year] = float(value)
    return dict(found)


def _gaps(partners: dict[int, float], lead: int, inside: set[int | None]) -> tuple[float, float, float]:
    total = sum(partners.values())
    outside = max((v for code, v in partners.items() if code not in inside and code != lead), default=0.0)
    other = max((v for code, v in partners.items() if code != lead), default=0.0)
    own = partners[lead]
    return (own - outside) / total, (own - other) / total, own / total


def _has_suspended(scene: Scene) -> bool:
    window = (date(scene.first, 1, 1), date(scene.last, 12, 31))
    return any(
        spell.status == "suspended" and overlap(window, (spell.first_day, spell.last_day or scene.world.today))
        for spell in scene.spells
    )


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
