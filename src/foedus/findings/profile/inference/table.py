"""The table of tests of a dimension: each with its estimate, interval and p, adjusted for their number, and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from foedus.findings.profile.declared import Thresholds
from foedus.findings.profile.estimate import number
from foedus.findings.profile.reading import Reading, Side
from foedus.measures.significance import holm

Judge = Callable[[float | None], Reading]
LISTED = "Listed only: by the declared rules it settles nothing by itself."


def sentence(parts: Sequence[str]) -> str:
    """Reasons as one sentence."""
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _unless(short: Sequence[str], side: Side, reason: str) -> Reading:
    """A side with its reason, unless something falls short of it."""
    return Reading("undetermined", sentence(short)) if short else Reading(side, reason)


def listed(_: float | None) -> Reading:
    """The reading of a test that no declared rule rests on by itself."""
    return Reading("undetermined", LISTED)


def ranked(peers: int, limits: Thresholds) -> Judge:
    """The reading of a rank among peers, which cannot reject with few of them."""
    smallest = 1 / (1 + peers)
    if smallest <= limits.level:
        return listed
    number_of = f"{peers} peer" + ("" if peers == 1 else "s")
    text = f"It ranks and cannot reject: with {number_of} no p can fall below {smallest:.3f}."
    return lambda _: Reading("undetermined", text)


@dataclass
class Row:
    """One test; `judge` reads it once the adjusted p is known.

    `equivalence` marks a test whose small p shows that there is no material effect.
    """

    test: str
    tested: str
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    smallest: float | None = None
    judge: Judge = listed
    details: dict[str, Any] = field(default_factory=dict)
    placebos: dict[str, float] = field(default_factory=dict)
    not_run: str | None = None


def not_run(test: str, tested: str, why: str) -> Row:
    """A test that could not be run, and what it lacks."""
    return Row(test, tested, not_run=why)


def read_all(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The tests of one dimension as JSON, adjusted by Holm over all that have a p."""
    adjusted = holm([float("nan") if row.p is None else row.p for row in rows])
    found = []
    for row, p_holm in zip(rows, adjusted, strict=True):
        held = number(float(p_holm))
        reading, raw = (
            Reading("undetermined", f"Not run: {row.not_run}") if row.not_run else row.judge(p)
            for p in (held, number(row.p))
        )
        parts = {
            "estimate": row.estimate,
            "lower": row.lower,
            "upper": row.upper,
            "p": row.p,
            "smallest_p": row.smallest,
        }
        found.append({
            "test": row.test, "tested": row.tested,
            **{name: number(value) for name, value in parts.items()}, "p_holm": held,
            "reading": reading.side, "reason": reading.reason, "reading_unadjusted": raw.side,
            "placebos": row.placebos, **row.details,
        })  # fmt: skip
    return found


def settle(base: Reading, tests: Sequence[dict[str, Any]], by: str = "reading") -> Reading:
    """The reading of a dimension: its levels and its tests must not contradict each other.

    Parameters
    ----------
    by
        `reading`, or `reading_unadjusted` for what it would be without adjusting p for the number of tests.
    """
    if not base.is_open:
        return base
    sides = {test[by] for test in tests} - {"undetermined"}
    names = [test["test"] for test in tests if test[by] != "undetermined"]
    if base.side != "undetermined":
        if sides - {base.side}:
            return Reading("undetermined", f"The levels speak {base.side}, but not so {_named(tests, base.side, by)}.")
        return base
    if len(sides) > 1:
        return Reading("undetermined", f"The tests point both ways: {'; '.join(names)}.")
    if not sides:
        return base
    (side,) = sides
    reasons = [f"{t['test']} ({t['tested']}): {t['reason']}" for t in tests if t[by] == side]
    return Reading(side, " ".join(reasons))


def _named(tests: Sequence[dict[str, Any]], side: str, by: str) -> str:
    return "; ".join(f"{t['test']} ({t['tested']})" for t in tests if t[by] not in (side, "undetermined"))


def entry_judge(study: Any, facts: EntryFacts, limits: Thresholds) -> Judge:
    """For: a rise after entry, no trend before, an interval above 0, also among states with the same past."""

    def judge(p_holm: float | None) -> Reading:
        short = failed_design(study, facts, limits)
        if study.lower is not None and study.lower <= 0:
            short.append("the interval includes 0 or less")
        if p_holm is None or p_holm > limits.level:
            short.append("p among placebo assignments, adjusted, is above the level")
        if facts.past_balance is None:
            short.append("a former common state is not known, so it is not matched on")
        elif abs(facts.past_balance) > limits.balance:
            short.append("members and matches differ in a former common state")
        return _unless(short, "for", "A rise after entry, without a trend before it, beyond matched states.")

    return judge


def equivalence_judge(study: Any | None, facts: EntryFacts | None, limits: Thresholds, what: str) -> Judge:
    """Against: the effect is shown to lie within the declared margin."""

    def judge(p_holm: float | None) -> Reading:
        short = failed_design(study, facts, limits) if study is not None and facts is not None else []
        if p_holm is None or p_holm > limits.level:
            short.append(f"{what} is not shown to lie within the margin")
        return _unless(short, "against", sentence([f"{what} lies within the declared margin: no material difference"]))

    return judge


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """How much of the alliance a design covers, and how alike its matches are in a former common state."""

    usable: int
    eligible: int
    past_balance: float | None


def failed_design(study: Any, facts: EntryFacts, limits: Thresholds) -> list[str]:
    """Why a design carries no reading, whatever it shows."""
    short = []
    if facts.usable < limits.coverage * facts.eligible:
        short.append(f"only {facts.usable} of {facts.eligible} changes have outcomes on both sides and a match")
    if study.error is None:
        short.append("fewer than three changes give no interval")
    elif study.pretrend_p is None:
        short.append("no trend before the change can be tested")
    elif study.pretrend_p <= limits.pretrend_level:
        short.append(f"a trend before the change (p = {study.pretrend_p:.3f})")
    elif study.pretrend_power < limits.pretrend_power:
        short.append(f"the test of a trend before would find one in {study.pretrend_power:.0%} of cases only")
    return short


def movers_judge(moved: Any, limits: Thresholds) -> Judge:
    """For: members move toward the candidate, the candidate does not move toward them."""

    def judge(p_holm: float | None) -> Reading:
        short = []
        if moved.interval[0] is None:
            short.append("too few members for an interval")
        elif moved.interval[0] <= 0:
            short.append("the interval includes 0 or less")
        if moved.members <= 0:
            short.append("members do not move toward the candidate")
        if moved.of_lead[0] is not None and moved.of_lead[0] > 0:
            short.append("the candidate moves toward the members too")
        if p_holm is None or p_holm > limits.level:
            short.append("p among placebo candidates, adjusted, is above the level")
        return _unless(short, "for", "Members move toward the candidate, and it does not move toward them.")

    return judge


def gravity_judge(p: float, estimate: float, placebos: int, limits: Thresholds) -> Judge:
    """For: first among placebos beyond what size, distance and a common past predict."""

    def judge(p_holm: float | None) -> Reading:
        short = []
        if placebos < limits.placebos:
            short.append(f"{placebos} placebos are fewer than {limits.placebos}")
        if estimate <= 0:
            short.append("members trade no more with the candidate than the model predicts")
        if p > 1 / (1 + placebos):
            short.append("another state ranks as high")
        if p_holm is None or p_holm > limits.level:
            short.append("p, adjusted, is above the level")
        return _unless(short, "for", "First among all states beyond what size, distance and a common past predict.")

    return judge
