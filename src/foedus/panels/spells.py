"""How long since the last event: spells within the rows of one subject."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.core.errors import InputError
from foedus.panels.model import Panel, PanelColumn


def add_spells(panel: Panel, event: str, *, ongoing: bool = False, name: str | None = None) -> Panel:
    """See `Panel.spells`."""
    import ibis

    known = {column.name for column in panel.columns}
    if event not in known:
        raise InputError(f"spells: the panel has no column {event!r}. Add the table that has it first.")
    public = name or spell_name(event)
    if public in known:
        raise InputError(f"spells: the panel has a column {public!r} already. Give another name.")
    subject, time = list(panel.unit.actors(panel.system)), list(panel.unit.time)
    panel = panel.holding(event)
    rows = panel.core
    before = ibis.window(group_by=subject, order_by=time, rows=(None, -1))
    so_far = ibis.window(group_by=subject, order_by=time, rows=(None, 0))
    value = rows[event]
    # Where the event is unknown nothing is counted: the count begins anew at the first known row, and a gap in the
    # middle leaves it unknown until the next event.
    place = value.count().over(so_far)
    counted = rows.mutate(_place=place.cast("int64"))
    # The place of what last mattered, twice, and one more where it was a gap and not an event: one window for both.
    gap = counted[event].isnull() & (counted._place > 0)
    twice = counted._place * 2
    mark = ibis.cases((counted[event] == 1, twice), (gap, twice + 1), else_=ibis.null("int64"))
    last = counted.mutate(_mark=mark.max().over(before))
    is_event = last._mark % 2 == 0
    count = ibis.cases((last._mark.isnull(), last._place - 1), else_=last._place - last._mark // 2 - 1)
    is_known = last[event].notnull() & (last._mark.isnull() | is_event)
    if ongoing:
        previous = ibis.window(group_by=subject, order_by=time, rows=(-1, -1))
        went_on = (last[event] == 1) & (last[event].max().over(previous).fill_null(0) == 1)
        is_known = is_known & ~went_on
    found = last.mutate(**{public: ibis.cases((is_known, count), else_=ibis.null("int64")).cast("int32")})
    column = next(item for item in panel.columns if item.name == event)
    meaning = f"Rows of the subject since the last {event}, or since its entry"
    step = {"spells": event, "ongoing": ongoing, "name": public}
    return replace(
        panel, core=found.select(*rows.columns, public),
        columns=(*panel.columns, PanelColumn(public, column.table, column.datasets, column.coverage, meaning)),
        steps=(*panel.steps, step),
    )  # fmt: skip


def spell_name(event: str) -> str:
    """`gmlmidongoing_init` gives `gmlmidinitspell`, `attack` gives `attack_spell`."""
    found = re.fullmatch(r"(.+?)(?:ongoing|onset)(?:_(\w+))?", event)
    return f"{found[1]}{found[2] or ''}spell" if found else f"{event}_spell"
