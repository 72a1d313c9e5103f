"""How far a value of the record moves when its dates are drawn within what their sources leave open.

A date known to the year may be any day of it; where sources disagree each of their dates is as likely as the next. The
draws are seeded, so that the same record gives the same figures. Dates of the days on which a year is looked at, and of
facilities without an opening, are not drawn: for the latter the bounds answer.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np

from foedus.core.dates import PartialDate
from foedus.findings.profile.events import counted_exits, terms_of
from foedus.findings.profile.scene import Scene
from foedus.findings.profile.world import Facility
from foedus.measures.patronage import exclusivity
from foedus.record.memberships import MemberSpell

DRAWS = 1000
FEW = 200  # of exclusivity, whose draws decide anew who is obliged to whom
_LOW, _HIGH = 5, 95
Days = Any  # whole days as ordinals, by draw


class Draws:
    """Random days for the dates of one alliance and candidate."""

    def __init__(self, scene: Scene, patron: str, dimension: str, number: int = DRAWS) -> None:
        self.scene, self._number = scene, number
        self._random = np.random.default_rng(zlib.crc32(f"{scene.pact.id}:{patron}:{dimension}".encode()))
        self.first = date(scene.first, 1, 1).toordinal()
        self.last = min(date(scene.last, 12, 31), scene.world.today).toordinal()

    def days(self, dates: Sequence[PartialDate], otherwise: date) -> Days:
        """A day for each draw, or one for all where nothing is left open; an open end reaches to the window's."""
        if not dates:
            return np.array([otherwise.toordinal()])
        ends = np.array([[self._within(d.first_day), self._within(d.last_day)] for d in dates])
        if (ends == ends[0, 0]).all():
            return ends[0, :1]
        chosen = ends[self._random.integers(len(dates), size=self._number)]
        return self._random.integers(chosen[:, 0], chosen[:, 1] + 1)

    def _within(self, day: date) -> int:
        return int(np.clip(day.toordinal(), self.first - 1, self.last + 1))

    @property
    def years(self) -> tuple[Days, Days]:
        """First and last day of each year of the window."""
        firsts = [date(year, 1, 1).toordinal() for year in self.scene.years]
        lasts = [min(date(year, 12, 31).toordinal(), self.last) for year in self.scene.years]
        return np.array(firsts), np.array(lasts)

    def stays(self, state: str) -> list[tuple[Days, Days]]:
        """First and last days of a state's memberships in each year, draws by years; none if the last is earlier."""
        firsts, lasts = self.years
        spells = [s for s in self.scene.spells if s.state == state and s.status == "member"]
        begins, ends = _apart(*_side_by_side([self.spell(spell) for spell in spells]))
        return [
            (np.maximum(begins[:, i, None], firsts), np.minimum(ends[:, i, None], lasts)) for i in range(len(spells))
        ]

    def spell(self, spell: MemberSpell) -> tuple[Days, Days]:
        """First and last day of a spell."""
        end = spell.end.dates if spell.end and spell.end.when.last_day == spell.last_day else ()
        return self.days(spell.start.dates, spell.first_day), self.days(end, spell.last_day or self.scene.world.today)


def covered(starts: Days, ends: Days, first: Days, last: Days) -> Days:
    """Days of some stretches of time that any of several spans covers, each counted once.

    Parameters
    ----------
    starts, ends : (n_draws, n_spans)
    first, last : (n_draws, n_years)

    Returns
    -------
    (n_draws, n_years)
    """
    begins, ends = _apart(starts, ends)
    low, high = np.maximum(begins[:, :, None], first[:, None, :]), np.minimum(ends[:, :, None], last[:, None, :])
    return np.maximum(high - low + 1, 0).sum(axis=1)


def _apart(starts: Days, ends: Days) -> tuple[Days, Days]:
    """Spans in order of their start, each cut to the days that none before it covers."""
    order = np.argsort(starts, axis=1, kind="stable")
    starts, ends = np.take_along_axis(starts, order, 1), np.take_along_axis(ends, order, 1)
    begins = starts.copy()
    begins[:, 1:] = np.maximum(starts[:, 1:], np.maximum.accumulate(ends, axis=1)[:, :-1] + 1)
    return begins, ends


def _side_by_side(pairs: Sequence[tuple[Days, Days]]) -> tuple[Days, Days]:
    """Starts and ends of spans as matrices of draws by spans."""
    number = max(len(side) for pair in pairs for side in pair)
    sides = [[np.broadcast_to(pair[i], number) for pair in pairs] for i in (0, 1)]
    return np.stack(sides[0], axis=1), np.stack(sides[1], axis=1)


def _range(values: Any, draws: int = DRAWS) -> dict[str, Any] | None:
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if not len(known):
        return None
    low, high = np.percentile(known, [_LOW, _HIGH])
    return {"draws": draws, "lower": round(float(low), 9), "upper": round(float(high), 9),
            "has_open_dates": len(known) > 1}  # fmt: skip


def basing_range(scene: Scene, patron: str) -> dict[str, Any] | None:
    """Basing asymmetry over the draws."""
    draws = Draws(scene, patron, "basing")
    total, counted = np.zeros((1, len(scene.years))), np.zeros((1, len(scene.years)))
    for member in (m for m in scene.members if m != patron and m in scene.world.spoken_of):
        hosted, guests = (scene.world.agreed.get(pair, []) for pair in ((member, patron), (patron, member)))
        spans = [_spans(draws, items) for items in (hosted, guests)]
        stay = out = into = np.zeros((1, len(scene.years)))
        for first, last in draws.stays(member):
            stay = stay + np.maximum(last - first + 1, 0)
            out = out + (covered(*spans[0], first, last) if hosted else 0)
            into = into + (covered(*spans[1], first, last) if guests else 0)
        known = stay > 0
        total = total + np.where(known, (out - into) / np.maximum(stay, 1), 0.0)
        counted = counted + known
    return _range(_mean_of_years(total, counted))


def _spans(draws: Draws, items: Iterable[Facility]) -> tuple[Days, Days]:
    pairs = [(draws.days(item.opened, item.certain[0]), draws.days(item.ended, item.certain[1]))
             for item in items if item.certain]  # fmt: skip
    if not pairs:
        return np.zeros((1, 1), dtype=int), np.full((1, 1), -1)
    return _side_by_side(pairs)


def _mean_of_years(total: Any, counted: Any) -> Any:
    with np.errstate(invalid="ignore", divide="ignore"):
        by_year = np.where(counted > 0, total / counted, np.nan)
    seen = np.isfinite(by_year)
    return np.where(seen, by_year, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)


def exit_range(scene: Scene, patron: str) -> dict[str, Any] | None:
    """Exits and freezes per 100 member-years over the draws."""
    draws = Draws(scene, patron, "exit")
    days: Any = np.zeros(1)
    for member in (m for m in scene.members if m != patron):
        for first, last in draws.stays(member):
            days = days + np.maximum(last - first + 1, 0).sum(axis=1)
    events: Any = np.zeros(1)
    for fact in counted_exits(scene, patron):
        drawn = draws.days(fact.dates, fact.when.first_day)
        events = events + ((drawn >= draws.first) & (drawn <= draws.last))
    return _range(100 * events / (days / 365.25)) if (days > 0).all() else None


def offices_range(scene: Scene, patron: str) -> dict[str, Any] | None:
    """Share of the days of offices held by nationals of the candidate over the draws."""
    draws = Draws(scene, patron, "offices")
    names = {pact.id for pact in scene.family}
    shares = []
    for office in (o for o in scene.world.record.offices.values() if o.pact in names):
        terms = terms_of(scene, office)
        starts = [draws.days(term.took.dates, term.first) for term in terms]
        own: Any = np.zeros(1)
        known: Any = np.zeros(1)
        for i, term in enumerate(terms):
            end = draws.days(term.left.dates if term.left else (), term.last)
            if i + 1 < len(terms):
                end = np.minimum(end, starts[i + 1] - 1)
            length = np.maximum(np.minimum(end, draws.last) - np.maximum(starts[i], draws.first) + 1, 0)
            known = known + (length if term.state else 0)
            own = own + (length if term.state == patron else 0)
        if (known > 0).all():
            shares.append(own / known)
    return _range(sum(shares[1:], shares[0]) / len(shares)) if shares else None


def exclusivity_range(scene: Scene, patron: str) -> dict[str, Any] | None:
    """Mean exclusivity over the draws, which decide anew who is obliged to whom on the day of each year."""
    draws = Draws(scene, patron, "exclusivity", FEW)
    world, near = scene.world, sorted({*scene.members, patron})
    pacts = {key: [s for s in world.spells(key) if s.status == "member"] for key in world.obliging}
    pacts = {key: spells for key, spells in pacts.items() if any(s.state in near for s in spells)}
    operators = {item.operator for item in world.facilities}
    states = sorted({s.state for spells in pacts.values() for s in spells} | set(near) | operators)
    place = {state: i for i, state in enumerate(states)}
    days = [
        (np.array([place[s.state] for s in spells]), *_side_by_side([draws.spell(s) for s in spells]))
        for spells in pacts.values()
    ]
    means = [
        _exclusivity_on(scene, patron, day, near, place, days) for year in scene.years if (day := scene.on(year))
    ]  # fmt: skip
    return _range(np.nanmean(means, axis=0), FEW) if means else None


def _exclusivity_on(
    scene: Scene, patron: str, day: date, near: list[str], place: dict[str, int],
    pacts: Sequence[tuple[Any, Days, Days]],
) -> Any:  # fmt: skip
    """Mean exclusivity on a day, a figure a draw; each pact as its members' places, first and last days."""
    at, row = day.toordinal(), {state: i for i, state in enumerate(near)}
    row_of = np.full(len(place), -1)
    row_of[[place[state] for state in near]] = np.arange(len(near))
    tied = np.zeros((FEW, len(near), len(place)), dtype=bool)
    for members, starts, ends in pacts:
        held = (starts <= at) & (ends >= at)
        some = held.any(axis=0)
        inside = some & (row_of[members] >= 0)
        if inside.any():
            pairs = held[:, inside, None] & held[:, None, some]
            for i, one in enumerate(row_of[members[inside]]):
                tied[:, one, members[some]] |= pairs[:, i]
    own = tied[:, row[patron]].copy()
    own[:, place[patron]] = True
    present_now = scene.present(day.year, day)
    there = [member for member in present_now if member != patron]
    kept_out = own.copy()
    kept_out[:, [place[member] for member in present_now]] = True
    scores = []
    for member in there:
        allies = (tied[:, row[member]] & ~kept_out).sum(axis=1)
        guests = [place[item.operator] for item in scene.world.standing(day) if item.host == member and item.is_agreed]
        hosts = (~kept_out[:, guests]).any(axis=1) if guests else np.zeros(FEW, dtype=bool)
        scores.append(exclusivity(allies, hosts))
    return np.mean(scores, axis=0) if scores else np.full(FEW, np.nan)


RANGES = {
    "basing_asymmetry": basing_range, "exclusivity": exclusivity_range, "exit": exit_range,
    "institutional_control": offices_range,
}  # fmt: skip
