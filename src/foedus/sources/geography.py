"""Where states are: capitals, minimum distances, borders and colonial history."""

from __future__ import annotations

import json
import lzma
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from foedus.sources.errors import at
from foedus.sources.layouts import Layout, pl
from foedus.sources.workbooks import read_table

_CAPITALS_COW = Layout(
    key="ccode stdate capital", text="statenme capital", whole="ccode", real="lat lng", day="stdate enddate"
)
_CAPITALS_GW = Layout(
    key="gwcode stdate capital", text="statenme capital", whole="gwcode", real="lat lng", day="stdate enddate"
)
_CAPITALS = Layout(
    text="statenme capital comments", whole="ccode gwcode styear endyear stmon stday endmon endday", not_text=("NA",)
)
_DISTANCE_COW = Layout(key="ccode1 ccode2 year", whole="ccode1 ccode2 year", real="mindist")
_DISTANCE_GW = Layout(key="gwcode1 gwcode2 year", whole="gwcode1 gwcode2 year", real="mindist")
_EVENTS_COW = Layout(whole="ccode1 ccode2 year", day="date change_date", real="mindist")
_EVENTS_GW = Layout(whole="gwcode1 gwcode2 year", day="date change_date", real="mindist")
_COLONIES = Layout(
    key="State", text="Name Notes", missing=(-9,),
    whole="State ColRuler IndFrom IndDate IndViol IndType SecFrom SecDate SecViol Into IntoDate COWsys GWsys",
)  # fmt: skip
_ISD = Layout(
    text="COWID StateName OtherName Start End Capital Latitude Longitude", whole="COWNum ISD_Category Region",
    missing=(-9, -99),
)  # fmt: skip
_SHAPE = ("country_name", "start", "end", "status", "owner", "capname", "caplong", "caplat", "b_def", "fid")


def capitals_cow(path: Path | str) -> pl.DataFrame:
    """Spells of capitals by COW state, with the days `stdate` and `enddate` and coordinates in degrees."""
    return _CAPITALS_COW.read(path)


def capitals_gw(path: Path | str) -> pl.DataFrame:
    """Spells of capitals by Gleditsch-Ward state."""
    return _CAPITALS_GW.read(path)


def capitals(path: Path | str) -> pl.DataFrame:
    """Spells of capitals by state under both codes, without coordinates; an unknown day or month is null."""
    return _CAPITALS.read(path)


def minimum_distance_cow(path: Path | str) -> pl.DataFrame:
    """Least distance in km between two COW states on 1 January, each dyad once; 0 for neighbours."""
    return _DISTANCE_COW.read(path)


def minimum_distance_gw(path: Path | str) -> pl.DataFrame:
    """Least distance in km between two Gleditsch-Ward states on 1 January, each dyad once."""
    return _DISTANCE_GW.read(path)


def distance_changes_cow(path: Path | str) -> pl.DataFrame:
    """Least distance in km on 1 January and on each day of a year when borders changed, COW states."""
    return _EVENTS_COW.read(path)


def distance_changes_gw(path: Path | str) -> pl.DataFrame:
    """The same for Gleditsch-Ward states."""
    return _EVENTS_GW.read(path)


def colonial_history(path: Path | str) -> pl.DataFrame:
    """Colonial rulers and independence by state; dates are months as YYYYMM; -9 is null."""
    return _COLONIES.read(path)


def international_systems(path: Path | str) -> pl.DataFrame:
    """Independent states 1816-2016 in the wide sense (ISD), from the workbook as published.

    Latitude and longitude are degrees, minutes and seconds as text, dates of start and end texts.
    """
    return read_table(_ISD, path)


def cshapes(path: Path | str) -> pl.DataFrame:
    """Spells of states and dependencies with fixed borders, their capitals in degrees; the borders are left out.

    The code is in `code`, whichever system the file has; `owner` is the code of the ruler, the state's own if it is
    independent. Reads the TopoJSON file, also xz-compressed.
    """
    place = Path(path)
    objects = _topology(place).get("objects") or {}
    rows = [shape.get("properties", {}) for layer in objects.values() for shape in layer.get("geometries", [])]
    if not rows:
        raise at(place, None, "no shapes were found.", "Give the TopoJSON file as published.")
    code = next((name for name in ("gwcode", "cowcode", "ccode") if name in rows[0]), None)
    lacking = [name for name in _SHAPE if name not in rows[0]]
    if code is None or lacking:
        names = ", ".join(lacking) or "gwcode or cowcode"
        raise at(place, None, f"the shapes have no {names}.", "Give CShapes 2.0 as published.")
    frame = pl.DataFrame(
        [[row[code], *(row.get(name) for name in _SHAPE)] for row in rows], schema=["code", *_SHAPE], orient="row",
        strict=False,
    )  # fmt: skip
    return frame.with_columns(
        pl.col("start", "end").str.to_date("%Y-%m-%d"),
        pl.col("code", "owner", "b_def", "fid").cast(pl.Int32, strict=False),
    )


def borders(path: Path | str, codes: Collection[int], day: date) -> dict[int, list[list[tuple[float, float]]]]:
    """Outer and inner rings of some states on a day, as longitude and latitude in degrees; a state without is left out.

    Reads the same file as `cshapes`; a code is that of the system of the file.
    """
    topology = _topology(Path(path))
    arcs = _arcs(topology)
    found: dict[int, list[list[tuple[float, float]]]] = {}
    for layer in (topology.get("objects") or {}).values():
        for shape in layer.get("geometries", []):
            own = shape.get("properties", {})
            code = int(next((own[name] for name in ("gwcode", "cowcode", "ccode") if name in own), -1))
            if code in codes and str(own.get("start", "")) <= day.isoformat() <= str(own.get("end", "")):
                parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
                found.setdefault(code, []).extend(_ring(arcs, ring) for part in parts for ring in part)
    return found


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Arcs in degrees; a quantized file has them as steps from point to point."""
    change = topology.get("transform")
    if change is None:
        return [[(x, y) for x, y, *_ in arc] for arc in topology["arcs"]]
    (dx, dy), (left, low) = change["scale"], change["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * dx + left, y * dy + low))
        found.append(points)
    return found


def _ring(arcs: list[list[tuple[float, float]]], numbers: list[int]) -> list[tuple[float, float]]:
    """The points of a ring: its arcs end to end, one with a negative number turned round."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _topology(path: Path) -> dict[str, Any]:
    try:
        opened = lzma.open(path) if path.suffix == ".xz" else path.open("rb")  # noqa: SIM115
        with opened as stream:
            topology = json.load(stream)
    except FileNotFoundError as error:
        raise at(path, None, "there is no such file.", "Check the path.") from error
    except (lzma.LZMAError, EOFError, ValueError) as error:
        raise at(path, None, f"this is no TopoJSON ({error}).", "Get it again.") from error
    if not isinstance(topology, dict) or topology.get("type") != "Topology":
        raise at(path, None, "this is no TopoJSON.", "Give CShapes 2.0 as published.")
    return topology
