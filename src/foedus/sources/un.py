"""United Nations General Assembly: roll calls, votes and ideal points."""

from __future__ import annotations

import io
from pathlib import Path

from foedus.core.errors import MissingError
from foedus.sources.layouts import Layout, pl

_VOTES = Layout(
    text="date unres", whole="rcid session vote ccode member importantvote year", not_text=("NA",),
    others=("me|nu|di|hr|co|ec", "text"), optional="importantvote year",
)  # fmt: skip
_WORDS = Layout(text="country_code vote", whole="rcid")
_ROLL_CALLS = Layout(
    key="rcid", text="unres short descr", whole="rcid session importantvote amend para", day="date", not_text=("NA",)
)
_IDEAL_POINTS = Layout(
    key="ccode session", text="iso3c Countryname", whole="ccode session NVotes",
    real="IdealPoint QO% Q5% Q10% Q50% Q90% Q95% Q100%",
)  # fmt: skip
_ISSUES = ("me", "nu", "di", "hr", "co", "ec")
_R_DATA = (".rdata", ".rda")


def votes(path: Path | str) -> pl.DataFrame:
    """Votes by state and roll call: 1 yes, 2 abstain, 3 no; 8 (absent) and 9 (not a member) are kept, `is_cast` false.

    `date` is a date. Reads the CSV and the `.RData` file as published; the latter needs the
    package rdata and takes minutes.
    """
    frame = _from_r(Path(path)) if Path(path).suffix.lower() in _R_DATA else _VOTES.read(path)
    return frame.with_columns(
        date=pl.coalesce(
            pl.col("date").str.to_date("%m/%d/%Y", strict=False), pl.col("date").str.to_date("%Y-%m-%d", strict=False)
        ),
        is_cast=pl.col("vote").is_between(1, 3),
        # roll call 1429 has a stray quotation mark in one of these
        **{name: pl.col(name).str.strip_chars('\\"').cast(pl.Int32) for name in _ISSUES if name in frame.columns},
    )


def votes_in_words(path: Path | str) -> pl.DataFrame:
    """Votes by state and roll call as yes, abstain or no, only those cast, with ISO alpha-2 codes.

    Namibia's code is the text `NA`; a member that ISO has no code for has none.
    """
    return _WORDS.read(path)


def roll_calls(path: Path | str) -> pl.DataFrame:
    """Roll calls, one row each: session, date, resolution, title."""
    return _ROLL_CALLS.read(path)


def ideal_points(path: Path | str) -> pl.DataFrame:
    """Ideal points by state and session with quantiles; `year` is session + 1945; session 19 took no votes."""
    return _IDEAL_POINTS.read(path).with_columns(year=pl.col("session") + 1945)


def _from_r(path: Path) -> pl.DataFrame:
    try:
        import rdata
    except ImportError as error:
        raise MissingError(f"{path.name}: rdata is not installed. Run: pip install rdata") from error
    frame = pl.from_pandas(next(iter(rdata.read_rda(path).values())))
    buffer = io.BytesIO()
    frame.write_csv(buffer)
    return _VOTES.parse(buffer.getvalue(), path)
