"""Stretches of days, both ends in."""

from __future__ import annotations

from datetime import date, timedelta

Span = tuple[date, date]


def overlap(first: Span, second: Span) -> Span | None:
    """The days that two closed spans have in common."""
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return (start, end) if start <= end else None


def less(spans: list[Span], gone: Span) -> list[Span]:
    """What is left of some spans when the days of another are taken out."""
    before, after = gone[0] - timedelta(days=1), gone[1] + timedelta(days=1)
    parts = ((start, min(end, before)) for start, end in spans)
    rest = ((max(start, after), end) for start, end in spans)
    return sorted(part for part in (*parts, *rest) if part[0] <= part[1])


def days_of(spans: list[Span]) -> int:
    """Days covered by any of some spans, each counted once."""
    total, reached = 0, date.min
    for start, end in sorted(spans):
        begin = start if start > reached else date.fromordinal(reached.toordinal() + 1)
        if end >= begin:
            total += (end - begin).days + 1
            reached = end
    return total
