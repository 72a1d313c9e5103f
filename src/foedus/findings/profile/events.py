"""Dimensions that count events of the record: exits, offices, and what the alliance was called on for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from foedus.findings.profile.estimate import Estimate
from foedus.findings.profile.scene import Scene, exits_of, within
from foedus.findings.profile.spans import days_of, overlap
from foedus.measures.intervals import clopper_pearson, jeffreys, poisson_rate
from foedus.record.memberships import EXITS, by_date
from foedus.record.models import Fact, Office

_FREEZES = ("suspended",)
OPEN_COSTS = "Aid, loans, trade and energy after an exit are not in the record: the share with costs has wide bounds."
_ATTEMPTS = ("notice", "notice_withdrawn")


def exits(scene: Scene, patron: str, months: int) -> Estimate:
    """Exits per 100 member-years with an exact interval, and what the record has of the months that followed.

    The one consequence that the record holds by itself is the end of a facility of the candidate; those of trade, aid
    or energy need datasets, so the share of exits with costs has bounds.
    """
    rest = [member for member in scene.members if member != patron]
    years = sum(days_of(scene.stays(y)[m]) for y in scene.years for m in rest if m in scene.stays(y)) / 365.25
    everyone = counted_exits(scene, patron)
    left, frozen = [f for f in everyone if f.event in EXITS], [f for f in everyone if f.event in _FREEZES]
    tried = [f for f in scene.facts if f.event in _ATTEMPTS and f.state in rest and within(scene, f)]
    found = Estimate(coverage=1.0 if years > 0 else 0.0)
    if years <= 0:
        return found
    rate = poisson_rate(len(everyone), years)
    found.value, found.lower, found.upper = (round(x, 9) for x in (rate.value, rate.lower, rate.upper))
    followed = [(fact, _base_ends(scene, patron, str(fact.state), fact, months)) for fact in everyone]
    costly = sum(bool(ends) for _, ends in followed)
    exact = clopper_pearson(costly, len(everyone))
    found.numbers = {
        "member_years": round(years, 3), "exits": len(left), "freezes": len(frozen),
        "freezes_by_the_state": sum(f.qualifier == "by_the_state" for f in frozen),
        "freezes_by_the_organization": sum(f.qualifier == "by_the_organization" for f in frozen),
        "notices": sum(f.event == "notice" for f in tried),
        "notices_withdrawn": sum(f.event == "notice_withdrawn" for f in tried),
        "followed_by_the_end_of_a_facility_of_the_candidate": costly,
        "share_followed_by_recorded_cost": (
            [round(exact.value, 9), round(exact.lower, 9), round(exact.upper, 9)] if everyone else None
        ),
        "share_followed_by_any_cost_bounds": [round(costly / len(everyone), 9), 1.0] if everyone else None,
        "same_end_of_facility_among_members_that_stayed": _control(scene, patron, rest, everyone, months),
        "share_still_members_after_years": survival(scene, patron),
    }  # fmt: skip
    found.cells = {str(state): float(n) for state, n in sorted(Counter(f.state for f in everyone).items())}
    found.leave_one_out = _rates_without_each(scene, rest, everyone)
    counts = Counter(fact.when.first_day.year for fact in everyone)
    found.series = {year: float(counts[year]) for year in scene.years}
    found.facts = [f.id for f in by_date([*everyone, *tried])] + [f.id for _, ends in followed for f in ends]
    found.remarks.append(
        OPEN_COSTS
        if everyone else "No exit is on record: satisfaction and deterrence look the same."
    )  # fmt: skip
    return found


def counted_exits(scene: Scene, patron: str) -> list[Fact]:
    """Exits of members, then their freezes, in the window; the candidate's own do not count."""
    left = [fact for fact in exits_of(scene) if fact.state != patron]
    rest = set(scene.members) - {patron}
    return [*left, *(f for f in scene.facts if f.event in _FREEZES and f.state in rest and within(scene, f))]


def _rates_without_each(scene: Scene, rest: list[str], events: list[Fact]) -> tuple[float, float] | None:
    rates = []
    for left_out in rest:
        stays = [scene.stays(y)[m] for y in scene.years for m in rest if m != left_out and m in scene.stays(y)]
        years = sum(days_of(spans) for spans in stays) / 365.25
        if years > 0:
            rates.append(100 * sum(fact.state != left_out for fact in events) / years)
    return (round(min(rates), 9), round(max(rates), 9)) if len(rates) > 1 else None


def _base_ends(scene: Scene, patron: str, member: str, after: Fact, months: int) -> list[Fact]:
    """Ends of facilities of the candidate in a member in the months after a fact."""
    start = after.when.first_day
    return _ends_between(scene, patron, member, start, start + timedelta(days=round(months * 30.4375)))


def _ends_between(scene: Scene, patron: str, member: str, start: date, end: date) -> list[Fact]:
    return [fact for fact in scene.world.base_ends.get((member, patron), ()) if start < fact.when.first_day <= end]


def _control(scene: Scene, patron: str, rest: list[str], events: list[Fact], months: int) -> list[float] | None:
    """The same consequence among members that stayed, in the same months: share and its interval."""
    gone = {fact.state for fact in events}
    trials = hits = 0
    for fact in events:
        year = fact.when.first_day.year
        if year not in scene.years:
            continue
        for member in (m for m in rest if m not in gone and m in scene.stays(year)):
            trials += 1
            hits += bool(_base_ends(scene, patron, member, fact, months))
    if not trials:
        return None
    share = clopper_pearson(hits, trials)
    return [round(share.value, 9), round(share.lower, 9), round(share.upper, 9)]


def survival(scene: Scene, patron: str) -> dict[str, float]:
    """Kaplan-Meier share of members not yet out after 5, 10, 20 and 30 years; the end of the window censors."""
    ended: list[float] = []
    running: list[float] = []
    last = min(date(scene.last, 12, 31), scene.world.today)
    for spell in scene.spells:
        if spell.status != "member" or spell.state == patron or spell.first_day > last:
            continue
        is_exit = spell.end is not None and spell.end.event in ("withdrew", "expelled")
        stop = min(spell.last_day or last, last)
        length = (stop - spell.first_day).days / 365.25
        (ended if is_exit and spell.last_day and spell.last_day <= last else running).append(length)
    if not ended and not running:
        return {}
    lengths = [*ended, *running]
    shares = {}
    for year in (year for year in (5, 10, 20, 30) if year <= max(lengths)):
        kept = 1.0
        for time in sorted({length for length in ended if length <= year}):
            kept *= 1 - ended.count(time) / sum(length >= time for length in lengths)
        shares[str(year)] = round(kept, 9)
    return shares


def offices(scene: Scene, patron: str) -> Estimate:
    """Mean over offices of the share of days, among those with a known holder, held by nationals of the candidate."""
    names = {pact.id for pact in scene.family}
    window = (date(scene.first, 1, 1), min(date(scene.last, 12, 31), scene.world.today))
    held: dict[str, tuple[int, int, int]] = {}
    by_state: dict[str, Counter[str]] = {}
    facts: list[str] = []
    for office in scene.world.record.offices.values():
        if office.pact not in names:
            continue
        terms = [(overlap((term.first, term.last), window), term.state, term.ids) for term in terms_of(scene, office)]
        kept = [(span, state, ids) for span, state, ids in terms if span]
        if not kept:
            continue
        since = min(span[0] for span, _, _ in kept if span)
        own = [span for span, state, _ in kept if state == patron and span]
        known = [span for span, state, _ in kept if state and span]
        held[office.id] = (days_of(own), days_of(known), (window[1] - since).days + 1)
        counter = by_state.setdefault(office.name, Counter())
        for span, state, ids in kept:
            if span and state:
                counter[scene.name(state)] += (span[1] - span[0]).days + 1
                facts += ids
    found = Estimate()
    seats = [f for f in scene.facts if f.event == "seat" and f.when.first_day <= window[1]]
    found.numbers = {
        "seats": [
            {"date": f.date, "place": f.place, "state": scene.name(f.state) if f.state else None,
             "is_candidate": f.state == patron}
            for f in seats
        ],
        "days_by_office_and_state": {name: dict(sorted(counter.items())) for name, counter in sorted(by_state.items())},
        "commands": [
            {"name": organ.name, "kind": organ.kind} for organ in scene.world.record.organs.values()
            if organ.pact in names and organ.kind in ("command", "force")
        ],
    }  # fmt: skip
    found.facts = [*dict.fromkeys([*facts, *(f.id for f in seats)])]
    known_days, all_days = sum(k for _, k, _ in held.values()), sum(t for _, _, t in held.values())
    shares = [own / known for own, known, _ in held.values() if known]
    if shares:
        found.value = round(sum(shares) / len(shares), 9)
        found.coverage = round(min(known_days / all_days, 1.0), 9)
        found.lower = round(sum(own / max(total, known) for own, known, total in held.values()) / len(held), 9)
        tops = [(own + max(total, known) - known) / max(total, known) for own, known, total in held.values()]
        found.upper = round(sum(tops) / len(held), 9)
        if len(shares) > 1:
            means = [(sum(shares) - share) / (len(shares) - 1) for share in shares]
            found.leave_one_out = (round(min(means), 9), round(max(means), 9))
            found.remarks.append("The range without each one leaves out an office, not a member.")
    else:
        found.lower, found.upper = 0.0, 1.0
        found.remarks.append("The record holds no office of this alliance with the nationality of its holders.")
    return found


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days in which someone of some nationality held an office."""

    first: date
    last: date
    state: str | None
    took: Fact
    left: Fact | None

    @property
    def ids(self) -> list[str]:
        """The facts that the term rests on."""
        return [self.took.id, *([self.left.id] if self.left else [])]


def terms_of(scene: Scene, office: Office) -> list[Term]:
    """Terms of an office: from taking it to leaving it, or to the next holder, or to the record's day."""
    found = []
    # a term whose beginning no source gives has no length
    starts = [f for f in by_date(office.events) if f.event == "took_office" and f.when.first_day != date.min]
    for i, start in enumerate(starts):
        leaves = [
            f for f in office.events
            if f.event == "left_office" and f.person == start.person and f.when.last_day >= start.when.first_day
        ]  # fmt: skip
        following = starts[i + 1].when.first_day - timedelta(days=1) if i + 1 < len(starts) else scene.world.today
        left = by_date(leaves)[0] if leaves else None
        end = min(left.when.last_day if left else following, following)
        if end >= start.when.first_day:
            found.append(Term(start.when.first_day, end, start.state, start, left))
    return found


def use(scene: Scene, patron: str) -> Estimate:
    """What the alliance was called on for, by purpose and answer, as the record has it."""
    calls = [f for f in scene.facts if f.event == "invoked" and within(scene, f)]
    answers = [f for f in scene.facts if f.event == "responded" and within(scene, f)]
    others = [f for f in calls if f.state != patron and f.purpose]
    known = [f for f in others if f.answer]
    answered = [f for f in known if f.answer == "answered"]
    share = jeffreys(len(answered), len(known))
    found = Estimate(coverage=round(len(known) / len(others), 9) if others else 0.0)
    if known:
        found.value, found.lower, found.upper = (round(x, 9) for x in (share.value, share.lower, share.upper))
    else:
        found.lower, found.upper = 0.0, 1.0
    table: dict[str, dict[str, int]] = {}
    for fact in calls:
        row = table.setdefault(fact.purpose or "purpose_not_recorded", {})
        answer = fact.answer or "answer_not_recorded"
        row[answer] = row.get(answer, 0) + 1
    found.numbers = {
        "requests": len(calls), "responses": len(answers),
        "requests_of_the_candidate": sum(f.state == patron for f in calls),
        "by_purpose_and_answer": {key: dict(sorted(row.items())) for key, row in sorted(table.items())},
    }  # fmt: skip
    found.series = (
        {year: float(sum(f.when.first_day.year == year for f in calls)) for year in scene.years} if calls else {}
    )
    found.facts = [f.id for f in by_date([*calls, *answers])]
    found.remarks.append(
        "Only what the record holds is counted; it is not complete, and requests made in private leave no trace."
    )
    return found
