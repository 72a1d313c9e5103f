"""The rules of place: where a base lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

from foedus.record.load import Loading
from foedus.record.models import Base, Record

_NEAR = (0.1, 0.5)  # degrees: rounding, then a coast, an islet, a town at the border
_AROUND = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
Zone = Callable[[float, float], str]


def check_bases(record: Record, loading: Loading) -> None:
    """A base lies on the Earth, and says where that is known from."""
    for base in record.bases.values():
        for name, value, limit in (("lat", base.lat, 90), ("lon", base.lon, 180)):
            if value is not None and not -limit <= value <= limit:
                found = f"{base.id}: {name} {value} is outside -{limit} to {limit}."
                loading.at(base.id, found, "Give degrees, latitude as lat and longitude as lon.", rule="coordinates")
        if (base.lat is None) != (base.lon is None):
            loading.at(base.id, f"{base.id}: lat and lon are not both there.", "Give both or none.", rule="coordinates")
        if base.lat is not None and not base.location:
            found = f"{base.id}: the coordinates have no source."
            loading.at(base.id, found, "Give location.", rule="location")


def check_near_host(record: Record, loading: Loading) -> None:
    """A base lies inside its host or territory, or within half a degree of it.

    Countries are told by the polygons of their time zones, which need the library tzfpy; without it nothing is checked.
    """
    zone = _zone_finder()
    if zone is None:
        return
    for base in record.bases.values():
        wanted = set(_countries(record, base))
        if base.lat is None or base.lon is None or not wanted or abs(base.lat) > 90 or abs(base.lon) > 180:
            continue
        there = {_country_of().get(zone(*point)) for point in _points(base.lat, base.lon)} - {None}
        if there and not there & wanted:
            found = f"{base.id}: {base.lat}, {base.lon} lies in {', '.join(sorted(filter(None, there)))}."
            remedy = f"The host is {base.host}: correct the coordinates, the host or the territory."
            loading.at(base.id, found, remedy, rule="near_host")


def _points(lat: float, lon: float) -> Iterator[tuple[float, float]]:
    yield lon, lat
    for near in _NEAR:
        for up, right in _AROUND:
            yield (lon + right * near + 180) % 360 - 180, max(-90.0, min(90.0, lat + up * near))


def _countries(record: Record, base: Base) -> Iterator[str]:
    """The ISO 3166 alpha-2 codes of host and territory, and of the states that succeeded them."""
    names = {name: state.id for state in record.states.values() for name in (state.id, state.name)}
    todo = [base.host, *(spell.host for spell in base.spells if spell.host), names.get(base.territory or "", "")]
    seen: set[str] = set()
    while todo:
        state = record.states.get(todo.pop())
        if state is None or state.id in seen:
            continue
        seen.add(state.id)
        todo += [*state.successors, *([state.part_of] if state.part_of else [])]
        if state.iso2:
            yield state.iso2
    yield from (code for code, name in _country_names() if base.territory and base.territory in name)


def can_tell_countries() -> bool:
    """Whether the library is there that tells in which country a point lies."""
    return _zone_finder() is not None


def _zone_finder() -> Zone | None:
    try:
        import tzdata  # noqa: F401  (the table of zones)
        from tzfpy import get_tz
    except ImportError:
        return None
    return get_tz


@cache
def _country_of() -> dict[str, str]:
    """Time zones with the country they belong to."""
    return {row[2]: row[0] for row in _table("zone.tab")}


@cache
def _country_names() -> tuple[tuple[str, str], ...]:
    """ISO 3166 alpha-2 codes with English names, territories included."""
    return tuple((row[0], row[1]) for row in _table("iso3166.tab"))


def _table(name: str) -> Iterator[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    yield from (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
