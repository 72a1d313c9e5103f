"""Dimensions that datasets fill: power, hub dependence, participation and response, alignment."""

from __future__ import annotations

import numpy as np

from foedus.findings.profile.datasets import Datasets, Dispute, Similarity
from foedus.findings.profile.estimate import Estimate, number
from foedus.findings.profile.scene import Scene
from foedus.measures.arrays import FloatArray
from foedus.measures.intervals import jeffreys
from foedus.measures.patronage import alignment, power


def concentration(scene: Scene, patron: str, bounds: tuple[float, float], data: Datasets) -> Estimate:
    """The candidate's share of the members' CINC, on one day of each year; a year with an unknown member is unknown."""
    known = data.capability
    if known is None:
        return Estimate(missing=["cow.nmc-7.0"])
    values, last = [], None
    series: dict[int, float] = {}
    for year in scene.years:
        day = scene.on(year)
        members = scene.present(year, day) if day else ()
        if not day or patron not in members:
            continue
        codes = [data.code(member, day) for member in members]
        own = [known.get((code, year), np.nan) if code else np.nan for code in codes]
        if np.isfinite(own).all() and sum(own) > 0:
            last = (year, power(own, members.index(patron)))
            series[year] = round(last[1].share, 9)
        values.append(series.get(year, np.nan))
    if not values:
        return Estimate(remarks=["The candidate is no member in these years, so it has no share inside the alliance."])
    array = np.array(values)
    seen = np.isfinite(array)
    found = Estimate(
        number(array[seen].mean()) if seen.any() else None, number(np.where(seen, array, bounds[0]).mean()),
        number(np.where(seen, array, bounds[1]).mean()), round(float(seen.mean()), 9), series=series,
    )  # fmt: skip
    if last:
        figures = {
            "hhi": last[1].hhi,
            "hhi_normalised": last[1].hhi_normalised,
            "effective_number": last[1].effective_number,
            "ratio_to_second": last[1].ratio_to_second,
        }
        found.numbers = {"year": last[0]} | {name: round(value, 9) for name, value in figures.items()}
    say_coverage(scene, found)
    return found


def participation(scene: Scene, patron: str, data: Datasets) -> Estimate:
    """Share of the candidate's disputes that members joined on its side, less the share of theirs that it joined."""
    disputes = data.disputes
    if disputes is None:
        return Estimate(missing=["cow.dispute-participants-5.0"])
    counts = {member: np.zeros(4) for member in scene.members if member != patron}
    covered = max((row[3] for dispute in disputes for row in dispute.values()), default=0)
    for year in scene.years:
        day = scene.on(year)
        if day is None or year > covered:
            continue
        codes = {member: data.code(member, day) for member in scene.present(year, day)}
        lead, inside = data.code(patron, day), set(codes.values())
        own = [(member, code) for member, code in codes.items() if member != patron and code is not None]
        known = {code for _, code in own} | {lead}
        for dispute in data.disputes_begun.get(year, []):
            if lead is None or dispute.keys().isdisjoint(known):
                continue
            if _started(dispute, lead):
                if not _against(dispute, lead, inside):
                    for member, code in own:
                        if not _started(dispute, code):
                            counts[member] += (1, code in dispute and dispute[code][0] == dispute[lead][0], 0, 0)
                continue
            for member, code in own:
                if _started(dispute, code) and not _against(dispute, code, inside):
                    counts[member] += (0, 0, 1, lead in dispute and dispute[lead][0] == dispute[code][0])
    eligible = sum(scene.on(year) is not None for year in scene.years)
    seen = sum(scene.on(year) is not None and year <= covered for year in scene.years)
    found = Estimate(lower=-1.0, upper=1.0, coverage=round(seen / eligible, 9) if eligible else 0.0)
    total = sum(counts.values(), np.zeros(4))
    joined, answered = jeffreys(int(total[1]), int(total[0])), jeffreys(int(total[3]), int(total[2]))
    found.numbers = {
        "opportunities_of_members": int(total[0]), "joined_by_members": int(total[1]),
        "opportunities_of_candidate": int(total[2]), "joined_by_candidate": int(total[3]),
        "participation_interval": [round(joined.lower, 9), round(joined.upper, 9)],
        "response_interval": [round(answered.lower, 9), round(answered.upper, 9)],
    }  # fmt: skip
    if total[0] and total[2]:
        found.value = round(joined.value - answered.value, 9)
        found.lower, found.upper = round(joined.lower - answered.upper, 9), round(joined.upper - answered.lower, 9)
        rest = [total - own for own in counts.values()]
        values = [part[1] / part[0] - part[3] / part[2] for part in rest if part[0] and part[2]]
        found.leave_one_out = (round(float(min(values)), 9), round(float(max(values)), 9)) if len(values) > 1 else None
    found.remarks.append("The bounds are the ends of the two Jeffreys intervals, the most cautious difference.")
    if seen < eligible:
        found.remarks.append(f"The dataset ends in {covered}; later years of the window are unknown.")
    return found


def _started(dispute: Dispute, code: int) -> bool:
    return code in dispute and dispute[code][1]


def _against(dispute: Dispute, code: int, members: set[int | None]) -> bool:
    """Whether another member stands on the other side: a dispute inside the alliance is no call for help."""
    side = dispute[code][0]
    return any(row[0] != side for other, row in dispute.items() if other in members)


def votes(scene: Scene, patron: str, data: Datasets) -> Estimate:
    """Kappa of the members with the candidate less kappa among them, session by session."""
    sessions = data.votes
    if sessions is None:
        return Estimate(missing=["un.votes-2015"])
    series: dict[int, float] = {}
    per_member: dict[str, list[float]] = {}
    without: dict[str, list[float]] = {}
    eligible = pairs = known = 0
    for year in scene.years:
        day = scene.on(year)
        if day is None:
            continue
        eligible += 1
        members = tuple(member for member in scene.present(year, day) if member != patron)
        lead = data.code(patron, day)
        if year not in sessions or lead is None or len(members) < 2:
            continue
        codes = [lead, *(code or 0 for code in (data.code(member, day) for member in members))]
        table = similarity(data, year, tuple(codes))
        closeness = alignment(table, 0)
        pairs, known = pairs + closeness.pairs, known + closeness.known_pairs
        if not np.isfinite(closeness.hub_contrast):
            continue
        series[year] = round(closeness.hub_contrast, 9)
        for member, closeness_to, contrast in zip(members, table[0, 1:], without_each(table), strict=True):
            per_member.setdefault(member, []).append(float(closeness_to))
            if len(members) > 2:
                without.setdefault(member, []).append(float(contrast))
    found = Estimate(lower=-2.0, upper=2.0)
    if not series or not pairs:
        found.remarks.append("No session of the window has enough joint votes.")
        return found
    share = len(series) / eligible
    value = float(np.mean(list(series.values())))
    found.value, found.coverage, found.series = number(value), round(share * known / pairs, 9), series
    found.lower, found.upper = number(value * share - 2 * (1 - share)), number(value * share + 2 * (1 - share))
    found.cells = {m: round(float(np.nanmean(v)), 9) for m, v in sorted(per_member.items()) if np.isfinite(v).any()}
    means = [float(np.nanmean(v)) for v in without.values() if np.isfinite(v).any()]
    found.leave_one_out = (round(min(means), 9), round(max(means), 9)) if len(means) > 1 else None
    say_coverage(scene, found)
    return found


def without_each(table: FloatArray) -> FloatArray:
    """Hub contrast of the first state with each of the others left out in turn, from sums; NaN where it is unknown."""
    known = np.isfinite(table)
    values = np.where(known, table, 0.0)
    rest, seen = values[1:, 1:], known[1:, 1:]
    pairs = (rest.sum() - np.trace(rest)) / 2 - (rest.sum(axis=1) - np.diag(rest))
    n_pairs = (seen.sum() - np.trace(seen)) / 2 - (seen.sum(axis=1) - np.diag(seen))
    near, n_near = values[0, 1:].sum() - values[0, 1:], known[0, 1:].sum() - known[0, 1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(near / n_near - pairs / n_pairs)


def similarity(data: Datasets, year: int, codes: tuple[int, ...], measure: Similarity = "kappa") -> FloatArray:
    """Closeness (squared distances) of some states in the session of a year; NaN where too few joint votes."""
    listed, table = data.closeness(year, measure)
    place = {code: i for i, code in enumerate(listed)}
    known = [i for i, code in enumerate(codes) if code in place]
    rows = [place[codes[i]] for i in known]
    found = np.full((len(codes), len(codes)), np.nan)
    found[np.ix_(known, known)] = table[np.ix_(rows, rows)]
    return found


def say_coverage(scene: Scene, found: Estimate) -> None:
    """Say where the dataset ends inside the window, or that it has nothing there."""
    if found.series and max(found.series) < scene.last:
        found.remarks.append(f"The dataset's last year in the window is {max(found.series)}; later years are unknown.")
    if not found.series and found.value is None and not found.remarks:
        found.remarks.append("The dataset has nothing for these states in the window.")
