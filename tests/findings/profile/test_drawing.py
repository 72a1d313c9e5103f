"""Charts are drawn beside the process that makes the figures, and come out the same where they cannot be."""

from __future__ import annotations

import altair as alt
import pytest

from foedus.findings.profile.drawing import Engine


def bars(height: int) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=[{"state": "ARM", "height": height}]))
        .mark_bar()
        .encode(x="state:N", y="height:Q")
    )


def test_the_picture_is_the_same_in_this_process_and_beside_it() -> None:
    with Engine() as here, Engine(is_beside=True) as beside:
        pictures = [[str(engine.draw(bars(height))) for height in (1, 2)] for engine in (here, beside)]
    assert pictures[0] == pictures[1]
    assert pictures[0][0] != pictures[0][1]
    assert pictures[0][0].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_a_process_that_does_not_start_or_ends_early_is_done_without(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", program)
    with Engine(is_beside=True) as engine, Engine() as here:
        assert str(engine.draw(bars(1))) == str(here.draw(bars(1)))


def test_where_there_is_no_chart_there_is_no_picture() -> None:
    with Engine() as engine:
        assert engine.draw(None) is None
