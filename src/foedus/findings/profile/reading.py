"""For, against or undetermined: the declared rules, the same for every alliance and candidate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.findings.profile.comparing import Comparison, PlaceboRank
from foedus.findings.profile.declared import Dimension, Thresholds
from foedus.findings.profile.estimate import Estimate

Side = Literal["for", "against", "undetermined"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A side with the reason for it."""

    side: Side
    reason: str
    is_open: bool = False  # whether tests may settle what levels leave open


def read(
    dimension: Dimension, limits: Thresholds, found: Estimate, test: PlaceboRank, compared: Comparison,
    matched: Comparison,
) -> Reading:  # fmt: skip
    """The reading of one dimension by the declared thresholds; declared and matched peers must agree."""
    if found.value is None:
        if found.missing:
            return Reading("undetermined", "No value: what would fill this dimension is not there.")
        return Reading("undetermined", "No value: what is there knows nothing of these states in these years.")
    if found.coverage < limits.coverage:
        return Reading("undetermined", f"Coverage of {found.coverage:.2f} is below {limits.coverage:g}: listed only.")
    if dimension.rule == "none":
        return Reading("undetermined", "No declared rule reads this dimension: its figures are listed only.")
    if dimension.rule == "exit_costs":
        return _exit(found)
    return _ranked(dimension, limits, found, test, (compared, matched))


def _ranked(
    dimension: Dimension, limits: Thresholds, found: Estimate, test: PlaceboRank, compared: tuple[Comparison, ...]
) -> Reading:
    assert found.value is not None
    low = found.lower if found.lower is not None else found.value
    high = found.upper if found.upper is not None else found.value
    mark, margin = dimension.threshold, getattr(limits, dimension.effect)
    if high <= mark:
        return Reading("against", f"The upper bound, {high:.3f}, is not above {mark:g}.", is_open=True)
    if high - low > limits.width * (dimension.range[1] - dimension.range[0]):
        return Reading("undetermined", f"The bounds, {low:.3f} to {high:.3f}, are too wide.")
    # a value within wide bounds is not shown to be the same as anything
    gaps = [part.difference for part in compared if part.difference is not None]
    if gaps and max(map(abs, gaps)) <= margin and high - low <= 2 * margin:
        text = f"Peers of the same age have the same value within {margin:g}: nothing sets this alliance apart"
        return Reading("against", f"{text}; silent on alliances in general.", is_open=True)
    short = []
    if low <= mark:
        short.append(f"the lower bound, {low:.3f}, is not above {mark:g}")
    if test.outside < limits.placebos:
        short.append(f"{test.outside} outside placebo patrons are fewer than {limits.placebos}")
    elif test.p is None or test.p > limits.level:
        short.append(f"p = {test.p:.3f} against placebo patrons" if test.p is not None else "no placebo test")
    if not gaps:
        short.append("no peer of the same age to compare with")
    elif min(gaps) <= margin:
        short.append("it is not above its peers of the same age")
    if short:
        return Reading("undetermined", f"Not enough for either side: {'; '.join(short)}.", is_open=True)
    return Reading("for", "Bounds, placebo test and peers of the same age all lie on this side.", is_open=True)


def _exit(found: Estimate) -> Reading:
    """Costs after exits, against those of members that stayed; without full costs neither side is shown."""
    share = found.numbers.get("share_followed_by_recorded_cost")
    control = found.numbers.get("same_end_of_facility_among_members_that_stayed")
    if share is None:
        return Reading("undetermined", "No exit is on record, which is ambiguous: satisfaction or deterrence.")
    if control is not None and share[1] > control[2]:
        return Reading("for", "Recorded costs follow exits more often than they befall members that stayed.")
    if found.numbers["share_followed_by_any_cost_bounds"][1] <= 0.5:
        return Reading("against", "Most exits were followed by no cost.")
    return Reading(
        "undetermined", "What followed the exits in trade, aid and energy is not known, so both sides are open."
    )
