"""Small files in the official layouts, with their quirks: a world of seven states from 1900 to 1960.

Codes and the spells of states are real, every other value is invented. `write` makes the files, `install` brings them
into the store as accepted files, so that `sources.read("cow.nmc")` and all that builds on it work without a download.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

FIRST, LAST = 1900, 1960
ABBREVIATIONS = {2: "USA", 20: "CAN", 200: "UKG", 220: "FRN", 255: "GMY", 260: "GFR", 365: "RUS"}
NAMES = {
    2: "United States of America", 20: "Canada", 200: "United Kingdom", 220: "France", 255: "Germany",
    260: "German Federal Republic", 365: "Russia",
}  # fmt: skip
# (code, first day, last day), as in the state system of 2016 cut at both ends
SPELLS = (
    (2, (1816, 1, 1), (2016, 12, 31)),
    (20, (1920, 1, 10), (2016, 12, 31)),
    (200, (1816, 1, 1), (2016, 12, 31)),
    (220, (1816, 1, 1), (1942, 11, 11)),
    (220, (1944, 8, 25), (2016, 12, 31)),
    (255, (1816, 1, 1), (1945, 5, 8)),
    (260, (1955, 5, 5), (1990, 10, 2)),
    (365, (1816, 1, 1), (2016, 12, 31)),
)
MAJORS = (
    (2, (1898, 8, 13), (2016, 12, 31)),
    (200, (1816, 1, 1), (2016, 12, 31)),
    (220, (1816, 1, 1), (1940, 6, 22)),
    (220, (1945, 8, 15), (2016, 12, 31)),
    (255, (1925, 1, 1), (1945, 5, 8)),
    (365, (1922, 1, 1), (2016, 12, 31)),
)
# (low, high, type, first month, last month)
BORDERS = (
    (2, 20, 1, 192001, 201612), (2, 365, 2, 195901, 201612), (200, 220, 3, 181601, 194211),
    (200, 220, 3, 194408, 201612), (220, 255, 1, 181601, 194211), (220, 255, 1, 194408, 194505),
    (220, 260, 1, 195505, 199010),
)  # fmt: skip
# (alliance, members, first day, last day or None, pledges: defense neutrality nonaggression entente)
ALLIANCES = (
    (9001, (200, 220), (1904, 4, 8), (1940, 6, 22), (1, 0, 0, 1)),
    (9002, (220, 365), (1905, 7, 1), (1917, 12, 15), (1, 1, 0, 0)),
    (9003, (255, 365), (1939, 8, 23), (1941, 6, 22), (0, 1, 1, 0)),
    (9004, (2, 20, 200, 220), (1949, 4, 4), None, (1, 0, 0, 1)),
)
# (dispute, side A, side B, first day, last day, hostility, fatality, reciprocated); -9 is a day that is not known
DISPUTES = (
    (8001, (255,), (220,), (-9, 3, 1905), (31, 5, 1905), 3, 0, 0),
    (8002, (255,), (200, 220, 365), (1, 8, 1914), (11, 11, 1918), 5, 6, 1),
    (8003, (365,), (2, 200), (24, 6, 1948), (12, 5, 1949), 3, -9, 1),
    (8004, (365,), (2,), (1, 11, 1948), (-9, 12, 1948), 2, 0, 0),
)
Row = Sequence[object] | dict[str, object]


def state_years() -> list[tuple[int, int]]:
    """Code and year of every state that was a member on any day of a year."""
    pairs = {(code, year) for code, start, end in SPELLS for year in range(max(FIRST, start[0]), min(LAST, end[0]) + 1)}
    return sorted(pairs)


def write(folder: Path) -> dict[str, Path]:
    """Write every file; the path of each by the id of its dataset."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for dataset, (name, maker) in MAKERS.items():
        made[dataset] = folder / name
        made[dataset].write_bytes(maker())
    return made


def install(folder: Path) -> dict[str, Path]:
    """Write every file and bring it into the store under FOEDUS_HOME, accepted by name."""
    from foedus.sources.getting import get_data

    made = write(folder)
    for dataset, path in made.items():
        get_data([dataset], path=path, accept=True)
    return made


def table(
    header: str, rows: Iterable[Row], *, end: str = "\r\n", separator: str = ",", encoding: str = "utf-8"
) -> bytes:
    """Names and rows as a file; a row is a list, or the values of some names while the others are 0; null is blank."""
    names = header.split()
    lines = [separator.join(names)]
    for row in rows:
        cells = [row.get(name, 0) for name in names] if isinstance(row, dict) else list(row)
        assert len(cells) == len(names), (names, cells)
        lines.append(separator.join("" if cell is None else str(cell) for cell in cells))
    return (end.join(lines) + end).encode(encoding)


def states() -> bytes:
    rows = [[ABBREVIATIONS[code], code, NAMES[code], *start, *end, 2016] for code, start, end in SPELLS]
    return table("stateabb ccode statenme styear stmonth stday endyear endmonth endday version", rows)


def system() -> bytes:
    return table("stateabb ccode year version", [[ABBREVIATIONS[c], c, y, 2016] for c, y in state_years()])


def majors() -> bytes:
    rows = [[ABBREVIATIONS[code], code, *start, *end, 2016] for code, start, end in MAJORS]
    return table("stateabb ccode styear stmonth stday endyear endmonth endday version", rows)


def nmc() -> bytes:
    """Spending is -9 in the first year of each state, and shares begin with a dot, as in the published file."""
    rows = []
    seen: set[int] = set()
    for code, year in state_years():
        milex = -9 if code not in seen else 100 * code + year
        seen.add(code)
        share = f"{code / 2000:.6f}".removeprefix("0")
        rows.append([f'"{ABBREVIATIONS[code]}"', code, year, milex, code, 0, 10 * code, 1000 + code, code, share, 2021])
    return table("stateabb ccode year milex milper irst pec tpop upop cinc version", rows)


def contiguity() -> bytes:
    rows = [
        [
            low * 1000 + high,
            low,
            f'"{ABBREVIATIONS[low]}"',
            high,
            f'"{ABBREVIATIONS[high]}"',
            kind,
            begin,
            end,
            '""',
            3.2,
        ]
        for low, high, kind, begin, end in BORDERS
    ]
    return table("dyad statelno statelab statehno statehab conttype begin end notes version", rows, end="\n")


def trade() -> bytes:
    rows = [
        [a, b, year, f'"{NAMES[a]}"', f'"{NAMES[b]}"', a + b, -9 if year == FIRST else 2 * a, a + b, -9, 4]
        for a, b, year in _pairs()
    ]
    header = "ccode1 ccode2 year importer1 importer2 flow1 flow2 smoothflow1 smoothflow2 version"
    return table(header, rows)


_ALLIANCE = (
    "version4id ccode1 state_name1 ccode2 state_name2 dyad_st_day dyad_st_month dyad_st_year dyad_end_day "
    "dyad_end_month dyad_end_year left_censor right_censor defense neutrality nonaggression entente asymmetric"
)


def alliances() -> bytes:
    return table(f"{_ALLIANCE} version", [row | {"version": 4.1} for row in _alliance_terms()], end="\n")


def alliances_yearly() -> bytes:
    """With one term standing as a row of the year 0, as two terms do in the published file."""
    rows = [
        row | {"year": year, "version": 4.1}
        for row in _alliance_terms()
        for year in (
            [0] if row["version4id"] == 9003 else range(row["dyad_st_year"], (row["dyad_end_year"] or 2012) + 1)
        )
    ]
    return table(f"{_ALLIANCE} year version", rows, end="\n")


def _alliance_terms() -> list[dict[str, Any]]:
    return [
        {
            "version4id": number, "ccode1": a, "state_name1": f'"{NAMES[a]}"', "ccode2": b,
            "state_name2": f'"{NAMES[b]}"',
            **_parts("dyad_st_", start), **_parts("dyad_end_", end), "right_censor": int(end is None),
            **dict(zip(("defense", "neutrality", "nonaggression", "entente"), pledges, strict=True)),
        }
        for number, members, start, end, pledges in ALLIANCES
        for a, b in _each_pair(members)
    ]  # fmt: skip


def _parts(prefix: str, day: tuple[int, int, int] | None) -> dict[str, int | None]:
    return dict(zip((f"{prefix}year", f"{prefix}month", f"{prefix}day"), day or (None, None, None), strict=True))


def atop_directed() -> bytes:
    """Both orders of each allied dyad-year; neutrality and entente become ATOP's neutral and consul."""
    rows: dict[tuple[int, int, int], list[object]] = {}
    for number, members, start, end, (defense, neutrality, nonaggression, entente) in ALLIANCES:
        for a, b in _each_pair(members):
            for year in range(start[0], (end[0] if end else 2018) + 1):
                for one, two in ((a, b), (b, a)):
                    rows.setdefault(
                        (one, two, year),
                        [one, two, year, 1, defense, 0, neutrality, nonaggression, entente, 1, 0, number, 5.1],
                    )
    header = "stateA stateB year atopally defense offense neutral nonagg consul number transyr atopid1 version"
    return table(header, [rows[key] for key in sorted(rows)])


def atop_members() -> bytes:
    from foedus.sources import atop

    known = atop._MEMBERS.kinds()
    names = [*(name for name in known if name != "version"), "version"]
    rows = []
    for number, members, start, end, (defense, neutrality, nonaggression, entente) in ALLIANCES:
        values = {
            "atopid": number, "cow4id": number, "yrent": start[0], "moent": start[1], "dayent": start[2], "bilat": 1,
            "defense": defense, "neutral": neutrality, "nonagg": nonaggression, "consul": entente, "version": 5.1,
            "ineffect": int(end is None), "cowid": None,
        }  # fmt: skip
        exit_ = end or (0, 0, 0)
        values |= {"yrexit": exit_[0], "moexit": exit_[1], "dayexit": exit_[2]}
        rows += [values | {"member": member} for member in members]
    return table(" ".join(names), rows)


def disputes() -> bytes:
    rows = [
        {
            "dispnum": number, **_span(start, end), "outcome": 6, "settle": 1, "fatality": fatality, "fatalpre": -9,
            "maxdur": 90, "mindur": 30, "hiact": 7, "hostlev": hostility, "recip": reciprocated, "numa": len(side_a),
            "numb": len(side_b), "version": 5,
        }
        for number, side_a, side_b, start, end, hostility, fatality, reciprocated in DISPUTES
    ]  # fmt: skip
    header = (
        "dispnum stday stmon styear endday endmon endyear outcome settle fatality fatalpre maxdur mindur hiact hostlev "
        "recip numa numb ongo2014 version"
    )
    return table(header, rows, end="\n")


def participants() -> bytes:
    rows = [
        {
            "dispnum": number, "stabb": f'"{ABBREVIATIONS[code]}"', "ccode": code, **_span(start, end), "sidea": is_a,
            "revstate": is_a, "revtype1": 1 if is_a else -9, "fatality": fatality, "fatalpre": -9, "hiact": 7,
            "hostlev": hostility if is_a or reciprocated else 1, "orig": 1, "version": 5,
        }
        for number, side_a, side_b, start, end, hostility, fatality, reciprocated in DISPUTES
        for is_a, side in ((1, side_a), (0, side_b))
        for code in side
    ]  # fmt: skip
    header = (
        "dispnum stabb ccode stday stmon styear endday endmon endyear sidea revstate revtype1 revtype2 fatality "
        "fatalpre hiact hostlev orig version"
    )
    return table(header, rows, end="\n")


def gml_dyads() -> bytes:
    """Directed dyad-years of the disputes, both orders."""
    rows = [
        {
            "dispnum": number, "ccode1": one, "ccode2": two, "year": year, "midongoing": 1,
            "midonset": int(year == start[2]), "sidea1": is_a, "sidea2": 1 - is_a, "revtype11": -9, "revtype12": -9,
            "fatality1": fatality, "fatality2": fatality, "hiact1": 7, "hiact2": 7, "hostlev1": hostility,
            "hostlev2": hostility, "orig1": 1, "orig2": 1, "hiact": 7, "hostlev": hostility, "mindur": 30, "maxdur": 90,
            "outcome": 6, "settle": 1, "fatality": fatality, "fatalpre": -9, "stmon": start[1], "endmon": end[1],
            "recip": reciprocated, "numa": len(side_a), "numb": len(side_b), "version": "gml-2.2.1",
        }
        for number, side_a, side_b, start, end, hostility, fatality, reciprocated in DISPUTES
        for year in range(start[2], end[2] + 1)
        for a in side_a
        for b in side_b
        for one, two, is_a in ((a, b, 1), (b, a, 0))
    ]  # fmt: skip
    header = (
        "dispnum ccode1 ccode2 year midongoing midonset sidea1 sidea2 revstate1 revstate2 revtype11 revtype12 "
        "revtype21 revtype22 "
        "fatality1 fatality2 fatalpre1 fatalpre2 hiact1 hiact2 hostlev1 hostlev2 orig1 orig2 hiact hostlev "
        "mindur maxdur outcome settle fatality fatalpre stmon endmon recip numa numb ongo2010 version"
    )
    return table(header, rows, end="\n")


def _span(start: tuple[int, int, int], end: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("stday", "stmon", "styear", "endday", "endmon", "endyear"), (*start, *end), strict=True))


def polity() -> bytes:
    """Germany's occupation is -66, and `polity2` of that year is blank, as in the published table."""
    rows = []
    for code, year in state_years():
        score = {365: -7, 255: -9 if 1933 <= year < 1945 else 2}.get(code, 10)
        is_broken = (code, year) == (255, 1945)
        values = dict.fromkeys(("democ", "autoc", "polity"), -66 if is_broken else score)
        values |= dict.fromkeys(_COMPONENTS.split(), -66 if is_broken else 3)
        row = {"scode": ABBREVIATIONS[code], "ccode": code, "country": NAMES[code], "year": year, **values}
        rows.append(row | {"polity2": None if is_broken else score, "durable": 10} | dict.fromkeys(_CHANGES.split()))
    header = f"scode ccode country year flag fragment democ autoc polity polity2 durable {_COMPONENTS} {_CHANGES}"
    return table(header, rows)


_COMPONENTS = "xrreg xrcomp xropen xconst parreg parcomp exrec exconst polcomp"
_CHANGES = "prior emonth eday eyear eprec interim bmonth bday byear bprec post change d5 sf regtrans"


def gw_states() -> bytes:
    """With an umlaut in Windows-1252, as in the published file."""
    rows = []
    for code, start, end in SPELLS:
        last = (2020, 12, 31) if end[0] == 2016 else end
        name = "Germany (Preußen)" if code == 255 else NAMES[code]
        rows.append([code, ABBREVIATIONS[code], name, _iso(start), _iso(last)])
    header = "statenumber stateid countryname start end"
    return table(header, rows, separator="\t", encoding="cp1252", end="\n")


def _iso(day: tuple[int, int, int]) -> str:
    return "-".join(f"{part:02d}" for part in day)


def _pairs() -> list[tuple[int, int, int]]:
    """Both codes, the lower first, and the year of every two states that existed in it."""
    years = state_years()
    return [(a, b, year) for a, year in years for b, other in years if other == year and a < b]


def _each_pair(members: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(a, b) for a in members for b in members if a < b]


MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "cow.states-2016": ("states2016.csv", states),
    "cow.system-2016": ("system2016.csv", system),
    "cow.majors-2016": ("majors2016.csv", majors),
    "cow.nmc-6.0": ("NMC-60-abridged.csv", nmc),
    "cow.contiguity-3.2": ("contdir.csv", contiguity),
    "cow.trade-4.0": ("Dyadic_COW_4.0.csv", trade),
    "cow.alliances-4.1": ("alliance_v4.1_by_dyad.csv", alliances),
    "cow.alliances-yearly-4.1": ("alliance_v4.1_by_dyad_yearly.csv", alliances_yearly),
    "cow.disputes-5.0": ("MIDA 5.0.csv", disputes),
    "cow.dispute-participants-5.0": ("MIDB 5.0.csv", participants),
    "gml.dyads-2.2.1": ("gml-ddy-disputes-2.2.1.csv", gml_dyads),
    "atop.directed-dyad-years-5.1": ("atop5_1ddyr.csv", atop_directed),
    "atop.members-5.1": ("atop5_1m.csv", atop_members),
    "polity.polity5-2018": ("p5v2018.csv", polity),
    "gw.states-7": ("ksgmdw.txt", gw_states),
}
