"""Votes of the General Assembly from either file, by COW codes: which roll calls, who voted, who was absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from foedus.core.errors import InputError
from foedus.core.states import read_states
from foedus.measures.arrays import FloatArray, MeasureError
from foedus.record.cache import load_record
from foedus.record.names import find_state
from foedus.tables.model import Coverage, Given
from foedus.tables.systems import codes_by_year

VOTES, WORDS, ROLL_CALLS = "un.votes-2015", "un.votes-words-2019", "un.roll-calls-2019"
FILES = {"2015": (Coverage(1946, 2015), (VOTES,)), "2019": (Coverage(1946, 2019), (WORDS, ROLL_CALLS))}
ISSUES = ("all", "me", "nu", "di", "hr", "co", "ec")
_VALUES = {"yes": 1, "abstain": 2, "no": 3}
_WITHDRAWN = {"CS": "CSK", "DD": "DDR", "YD": "YMD", "YU": "YUG"}
_MOST_WITHOUT_CODE = 0.01


@dataclass(frozen=True)
class Session:
    """The votes of a session: 1 yes, 2 abstain, 3 no, NaN where none was cast, by state and roll call."""

    number: int
    codes: np.ndarray
    votes: FloatArray


def cast_votes(given: Given, votes: str) -> pl.DataFrame:
    """Votes that were cast: `ccode, rcid, session, vote`.

    The file to 2015 has COW codes. That to 2019 has ISO alpha-2 codes, the Soviet seat as Russia, and blanks, chiefly
    the Federal Republic of Germany to 1990 and the Yemen Arab Republic: these cannot be told apart and are left out.

    Raises
    ------
    MeasureError
        If more than one vote in a hundred has no code.
    """
    if votes == "2015":
        rows = given.read(VOTES).filter(pl.col("is_cast")).drop_nulls("ccode")
        return rows.select("ccode", "rcid", "session", "vote")
    rows = given.read(WORDS).join(given.read(ROLL_CALLS).select("rcid", "session"), on="rcid")
    constant, changing = _iso2_codes()
    known = rows.with_columns(
        ccode=pl.col("country_code").replace_strict(constant, default=None, return_dtype=pl.Int32),
        state=pl.col("country_code").replace_strict(changing, default=None, return_dtype=pl.String),
        year=(pl.col("session") + 1945).cast(pl.Int32),
    )
    by_year = codes_by_year("cow", given.until).rename({"code": "_code"})
    known = known.join(by_year, on=["state", "year"], how="left").with_columns(
        pl.coalesce("ccode", "_code").alias("ccode")
    )
    lacking = known["ccode"].null_count() / max(known.height, 1)
    if lacking > _MOST_WITHOUT_CODE:
        raise MeasureError(
            f"{WORDS}: {lacking:.1%} of votes have no code. Get the dataset again: foedus data get {WORDS}."
        )
    voted = pl.col("vote").replace_strict(_VALUES, return_dtype=pl.Int32)
    return known.drop_nulls("ccode").select("ccode", "rcid", "session", vote=voted)


def _iso2_codes() -> tuple[dict[str, int], dict[str, str]]:
    """COW codes by ISO's two letters where a state has borne one code; else the state, whose code the year decides."""
    constant: dict[str, int] = {}
    changing: dict[str, str] = {}
    letters = {state: two for two, state in _WITHDRAWN.items()}
    for row in read_states():
        two = row.get("iso2") or letters.get(row["id"])
        codes = {int(code["code"]) for code in row.get("codes") or () if code["system"] == "cow"}
        if two and len(codes) == 1:
            constant[two] = min(codes)
        elif two and codes:
            changing[two] = row["id"]
    return constant, changing


def chosen(given: Given, rows: pl.DataFrame, *, issue: str, important: bool, without: str, votes: str) -> pl.DataFrame:
    """Rows of the roll calls that are wanted: of one issue, of important votes only, without those that name a state.

    Raises
    ------
    InputError
        If an issue or importance is asked of the file to 2019, whose issues are not known.
    """
    if issue != "all" or important:
        if votes != "2015":
            raise InputError("issue, important: only the votes to 2015 say this of each roll call. Add votes=2015.")
        calls = given.read(VOTES).unique("rcid", keep="first", maintain_order=True)
        calls = calls.filter(pl.col(issue) == 1) if issue != "all" else calls
        calls = calls.filter(pl.col("importantvote") == 1) if important else calls
        rows = rows.join(calls.select("rcid"), on="rcid", how="semi", maintain_order="left")
    if without:
        rows = rows.join(naming(given, without), on="rcid", how="anti", maintain_order="left")
    return rows


def naming(given: Given, state: str) -> pl.DataFrame:
    """Roll calls whose title or description names a state, by a name, former name or demonym in English: `rcid`."""
    found = find_state(load_record(), state)
    names = found.names.get("en")
    words = {found.name}
    if names:
        words |= {*names.other, *names.demonyms, *names.adjectives, *(dated.name for dated in names.former)}
    pattern = r"(?i)\b(?:" + "|".join(re.escape(word) for word in sorted(words) if len(word) > 1) + r")(?:\b|$)"
    text = pl.concat_str([pl.col("short").fill_null(""), pl.lit(" "), pl.col("descr").fill_null("")])
    return given.read(ROLL_CALLS).filter(text.str.contains(pattern)).select("rcid")


def sessions(rows: pl.DataFrame) -> Iterator[Session]:
    """The sessions in order, each as a table of states and roll calls."""
    for (number,), own in rows.sort("session", "rcid", "ccode").group_by("session", maintain_order=True):
        codes, state = np.unique(own["ccode"].to_numpy(), return_inverse=True)
        calls, call = np.unique(own["rcid"].to_numpy(), return_inverse=True)
        votes = np.full((len(codes), len(calls)), np.nan)
        votes[state, call] = own["vote"].to_numpy()
        yield Session(int(number), codes, votes)
