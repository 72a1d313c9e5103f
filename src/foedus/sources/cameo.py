"""CAMEO event codes, their Goldstein scores and the code lists of GDELT; ICEWS events in the same coding."""

from __future__ import annotations

import re
from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.errors import at
from foedus.sources.layouts import Layout, pl

_EVENTS = Layout(key="CAMEOEVENTCODE", text="CAMEOEVENTCODE EVENTDESCRIPTION", separator="\t", quote=None)
_LABELS = Layout(text="CODE LABEL", separator="\t", quote=None)
_SCORES = Layout(key="cameoCode", text="Description cameoCode", real="GoldsteinScale", separator="\t", quote=None)
_PLOVER = re.compile(r"^(\w+):\s*(\w*)\s*,?\s*([^,#]*),?\s*([^#]*)")
_ICEWS = Layout(
    text="event_text cameo_code source_name source_sectors source_country target_name target_sectors target_country "
    "publisher city district province country",
    big="event_id story_id", whole="sentence_number", real="intensity latitude longitude", day="event_date",
    separator="\t", not_text=("NA", "NULL"),
    rename={
        label: label.lower().replace(" ", "_")
        for label in (
            "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
            "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
        )
    },
)  # fmt: skip


def event_codes(path: Path | str) -> pl.DataFrame:
    """Event codes (text: their zeros count) and what they mean."""
    return _EVENTS.read(path)


def labels(path: Path | str) -> pl.DataFrame:
    """A list of codes and labels: countries, types of actor, ethnic groups, religions, known groups."""
    return _LABELS.read(path)


def goldstein(path: Path | str) -> pl.DataFrame:
    """Goldstein score of each event code, from -10 (conflict) to 10 (cooperation)."""
    return _SCORES.read(path)


def plover(path: Path | str) -> pl.DataFrame:
    """PLOVER event, mode and context of each CAMEO code, from the conversion table of 2021."""
    place = Path(path)
    rows = []
    table = text_bytes(place, "cp1252").decode().partition("~~~~~")[0]  # prose follows below
    for number, line in enumerate(table.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _PLOVER.match(line)
        if match is None:
            raise at(place, number, f"{line[:40]!r} is no line of code, event, mode and context.", "Get it again.")
        rows.append([part.strip() or None for part in match.groups()])
    return pl.DataFrame(rows, schema=["cameo", "event", "mode", "context"], orient="row")


def icews(path: Path | str) -> pl.DataFrame:
    """ICEWS coded events, one row each; a consultation stands twice, with source and target exchanged."""
    return _ICEWS.read(path)
