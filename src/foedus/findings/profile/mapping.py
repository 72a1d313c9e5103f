"""A map of the members and of foreign facilities in them, as plain SVG; borders where a dataset of them is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from math import cos, radians
from typing import Any

from foedus.findings.profile.datasets import Datasets
from foedus.findings.profile.scene import Scene

BORDERS = "cshapes.cow-2.0"
_WIDTH, _MARGIN = 720.0, 3.0  # pixels; degrees around what is shown
Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of longitudes and latitudes, drawn with equal steps and true to scale at its middle."""

    west: float
    south: float
    east: float
    north: float

    @property
    def step(self) -> float:
        """Pixels a degree of longitude."""
        return _WIDTH / (self.east - self.west)

    @property
    def step_north(self) -> float:
        """Pixels a degree of latitude."""
        return self.step / max(cos(radians((self.south + self.north) / 2)), 0.3)

    @property
    def height(self) -> float:
        """Pixels from south to north."""
        return round((self.north - self.south) * self.step_north, 1)

    def place(self, lon: float, lat: float) -> Point:
        """Where a point lies, to the tenth of a pixel."""
        return round((lon - self.west) * self.step, 1), round((self.north - lat) * self.step_north, 1)


def sites(scene: Scene, patron: str) -> dict[str, Any]:
    """Foreign facilities in the members on the last day looked at: those with coordinates, and how many without."""
    day = next((day for year in reversed(scene.years) if (day := scene.on(year))), None)
    if day is None:
        return {"day": None, "facilities": [], "without_coordinates": 0}
    members = scene.present(day.year, day)
    rows, lacking = [], 0
    for item in scene.world.standing(day):
        if item.host not in members and item.host != patron:
            continue
        base = scene.world.record.bases[item.base]
        if base.lat is None or base.lon is None:
            lacking += 1
            continue
        rows.append({
            "base": base.id, "name": base.name, "kind": base.kind, "lat": base.lat, "lon": base.lon,
            "host": scene.name(item.host), "operator": scene.name(item.operator),
            "group": _group(item.operator, item.is_agreed, patron, members), "facts": list(item.facts),
        })  # fmt: skip
    rows.sort(key=lambda row: (str(row["group"]), str(row["base"])))
    return {"day": day.isoformat(), "facilities": rows, "without_coordinates": lacking}


def _group(operator: str, is_agreed: bool, patron: str, members: tuple[str, ...]) -> str:
    if not is_agreed:
        return "without agreement"
    if operator == patron:
        return "of the candidate"
    return "of another member" if operator in members else "of an outside state"


# Shape and colour of each group: told apart in black and white as well.
MARKS = {
    "of the candidate": ("circle", "#b3541e"), "of another member": ("square", "#2b6296"),
    "of an outside state": ("diamond", "#5d666e"), "without agreement": ("cross", "#000000"),
}  # fmt: skip


def draw(scene: Scene, patron: str, found: dict[str, Any], data: Datasets) -> dict[str, Any]:
    """The map with what it rests on: SVG, and the borders' dataset and day, or what would add them."""
    borders = _borders(scene, found["day"], patron, data)
    points = [(row["lon"], row["lat"]) for row in found["facilities"]]
    if not points and not borders["rings"]:
        return {"svg": None, "borders": None, "note": borders["note"]}
    frame = _frame(points, borders["rings"])
    parts = [*_graticule(frame), *_shapes(frame, borders["rings"]), *_marks(frame, found["facilities"])]
    label = f"Map of {len(points)} foreign facilities in the members; the table has the same"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {frame.height:g}" role="img" '
        f'aria-label="{escape(label, quote=True)}">{"".join(parts)}</svg>'
    )
    return {"svg": svg, "borders": BORDERS if borders["rings"] else None, "note": borders["note"]}


def _borders(scene: Scene, day: str | None, patron: str, data: Datasets) -> dict[str, Any]:
    lacking = f"Borders are not drawn. To add them: foedus data get {BORDERS}"
    path = data.path(BORDERS) if day else None
    if path is None or day is None:
        return {"rings": {}, "note": lacking}
    from foedus.sources.geography import borders
    from foedus.sources.registry import find_dataset

    on = date.fromisoformat(day)
    last = date((find_dataset(BORDERS).coverage.years or (0, on.year))[1], 12, 31)
    shown = min(on, last)
    codes = {
        code: state
        for state in (*scene.present(on.year, on), patron)
        if (code := data.code(state, min(on, shown))) is not None
    }  # fmt: skip
    rings = {codes[code]: rings for code, rings in borders(path, list(codes), shown).items()}
    entry = find_dataset(BORDERS)
    late = f" The dataset ends there; the facilities are those of {day}." if shown < on else ""
    note = (
        f"Borders of the members and the candidate as {entry.producer}, {entry.name} {entry.version}, has them on "
        f"{shown.isoformat()}, simplified; the map decides no border.{late}"
    )
    return {"rings": rings, "note": note}


def _frame(points: list[Point], rings: dict[str, list[Ring]]) -> Frame:
    """Around the facilities and the larger part of each state; far-off islands do not stretch it."""
    corners = list(points)
    for own in rings.values():
        main = max(own, key=_size, default=[])
        corners += [(max(lon, -175.0), lat) for lon, lat in main]
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    west, east = max(min(lons) - _MARGIN, -180.0), min(max(lons) + _MARGIN, 180.0)
    south, north = max(min(lats) - _MARGIN, -80.0), min(max(lats) + _MARGIN, 84.0)
    return Frame(west, south, east, north)


def _size(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)))


def _graticule(frame: Frame) -> list[str]:
    wide = max(frame.east - frame.west, frame.north - frame.south)
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60) if wide / step <= 9 or step == 60)
    lines = []
    for lon in range(int(frame.west // step + 1) * step, int(frame.east) + 1, step):
        x, _ = frame.place(lon, 0)
        lines.append(f'<line x1="{x}" y1="0" x2="{x}" y2="{frame.height:g}"/>')
        lines.append(f'<text stroke="none" x="{x + 2}" y="{frame.height - 3:g}">{_degrees(lon, "E", "W")}</text>')
    for lat in range(int(frame.south // step + 1) * step, int(frame.north) + 1, step):
        _, y = frame.place(0, lat)
        lines.append(f'<line x1="0" y1="{y}" x2="{_WIDTH:g}" y2="{y}"/>')
        if y < 14:  # the label would be cut
            continue
        lines.append(f'<text stroke="none" x="2" y="{y - 2}">{_degrees(lat, "N", "S")}</text>')
    style = 'stroke="#dfe3e6" fill="#69737c" font-family="system-ui, sans-serif" font-size="10"'
    return [f"<g {style}>{''.join(lines)}</g>"]


def _degrees(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{positive if value > 0 else negative if value < 0 else ''}"


def _shapes(frame: Frame, rings: dict[str, list[Ring]]) -> list[str]:
    """Rings to the pixel, points that fall on the one before left out, and what is too small to see."""
    found = []
    for own in rings.values():
        paths = []
        for ring in own:
            points = [frame.place(lon, lat) for lon, lat in ring]
            pixels = [(round(x), round(y)) for x, y in points]
            kept = [p for i, p in enumerate(pixels) if i == 0 or p != pixels[i - 1]]
            if len(kept) > 3:
                paths.append("M" + "L".join(f"{x} {y}" for x, y in kept) + "Z")
        if paths:
            found.append(f'<path d="{"".join(paths)}"/>')
    return (
        [f'<g fill="#eef1ee" fill-opacity="0.8" stroke="#7d868d" stroke-width="0.8">{"".join(found)}</g>']
        if found
        else []
    )


def _marks(frame: Frame, rows: list[dict[str, Any]]) -> list[str]:
    found = []
    for row in rows:
        x, y = frame.place(row["lon"], row["lat"])
        shape, colour = MARKS[row["group"]]
        title = escape(f"{row['name']}, {row['host']}: {row['operator']}, {row['kind']}")
        found.append(f'<g fill="{colour}" fill-opacity="0.75" stroke="#fff" stroke-width="0.8">'
                     f"<title>{title}</title>{_mark(shape, x, y, colour)}</g>")  # fmt: skip
    return found


def _mark(shape: str, x: float, y: float, colour: str) -> str:
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="4.5"/>'
    if shape == "square":
        return f'<rect x="{round(x - 4, 1)}" y="{round(y - 4, 1)}" width="8" height="8"/>'
    if shape == "diamond":
        return f'<path d="M{x} {round(y - 5.5, 1)}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z"/>'
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="2" d="M{round(x - 4, 1)} {round(y - 4, 1)}l8 8m0 -8l-8 8"/>'
    )


def key_mark(group: str) -> str:
    """The mark of a group on its own, for the key of the map."""
    shape, colour = MARKS[group]
    size = 'viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"'
    return f'<svg {size}><g fill="{colour}">{_mark(shape, 7, 7, colour)}</g></svg>'
