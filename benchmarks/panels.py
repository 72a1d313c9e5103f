"""What panels cost: CPU seconds and peak memory of each job, beside the same job written by hand, in one run.

Run `python benchmarks/panels.py` with the shared data beside the project, `--job NAME` for one, `--events 2` for millions of
events of the generator. Each job runs in a process of its own, inputs read before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "panels"))
EIGHT = (
    "cow.contiguity", "cow.majors", "cow.nmc@version=7.0", "democracy", "economy", "capitals", "atop.pledges",
    "gml.mids:gmlmidonset,gmlmidongoing",
)  # fmt: skip
ALL = (
    *EIGHT, "creg", "terrain", "archigos", "mindist", "cow.igos", "cow.trade", "rivalries", "ucdp.onsets",
    "cow.interstate_wars:cowinterongoing,cowinteronset", "cow.mids:cowmidongoing,cowmidonset", "record.alliances", "record.bases",
)  # fmt: skip
# CPU seconds of peacesciencer, from the notes on the stack.
PEACESCIENCER = {"dyads": 3.25, "eight": 26.0, "spells": 13.6, "capitals": 6.1}


class Prepared:
    """Inputs and engine, with the tables of a job in it."""

    def __init__(self, tables: tuple[str, ...] = (), last: int = 2010) -> None:
        from reference import Frames

        from foedus import panels
        from foedus.core.engine import open_engine

        class Once(panels.Inputs):
            """Reads a dataset whenever it is asked for, and keeps none."""

            def read(self, dataset: str) -> Any:
                return Frames()[dataset]

        self.panels, self.inputs, self.engine, self.last = panels, Once(), open_engine(), last
        self.panels.directed_dyad_years(1990, 1990, until=str(last), inputs=self.inputs, engine=self.engine).add(*tables)

    def dyads(self, first: int | None = None) -> Any:
        return self.panels.directed_dyad_years(first, until=str(self.last), inputs=self.inputs, engine=self.engine)


def hand_dyads(until: int) -> Any:
    """Directed dyad-years by NumPy: years of membership, all pairs of a year, pairs of no common day left out."""
    import numpy as np

    from foedus.tables.pairs import false_pairs
    from foedus.tables.systems import by_year, membership

    members = membership(_given(until), "cow")
    years = by_year(members).select("code", "year").unique().sort("year", "code")
    gone = {tuple(row) for row in false_pairs(members, "any_day").rows()}
    parts = []
    for year in years["year"].unique():
        codes = years.filter(years["year"] == year)["code"].to_numpy()
        first, second = np.repeat(codes, len(codes)), np.tile(codes, len(codes))
        keep = first != second
        parts.append((first[keep], second[keep], np.full(keep.sum(), year, dtype=np.int32)))
    first, second, year = (np.concatenate(column) for column in zip(*parts, strict=True))
    if gone:
        bad = np.array([[(a * 1000 + b) * 10000 + y] for a, b, y in gone], dtype=np.int64).ravel()
        keep = ~np.isin((first.astype(np.int64) * 1000 + second) * 10000 + year, bad)
        first, second, year = first[keep], second[keep], year[keep]
    order = np.lexsort((year, second, first))
    return first[order], second[order], year[order]


def _given(until: int) -> Any:
    from datetime import date

    from reference import Frames

    from foedus.tables import Given

    return Given(Frames().__getitem__, date(until, 12, 31))


def hand_tables(names: tuple[str, ...], until: int) -> list[tuple[Any, Any, list[str]]]:
    """The harmonised tables as Polars frames."""
    from foedus.panels.joining import parse_request
    from foedus.tables import find_table, load_table

    forms = ("directed-dyad-year", "dyad-year", "state-year", "state")
    found = []
    for name in names:
        key, options, columns = parse_request(name)
        table = find_table(key, forms, "cow")
        assert table is not None
        found.append((table, load_table(table, _given(until), table.settings(options)), list(columns or table.columns)))
    return found


def hand_join(tables: list[tuple[Any, Any, list[str]]], until: int, path: Path) -> None:
    """The merges in Polars, as one would write them for one panel."""
    import polars as pl

    first, second, year = hand_dyads(until)
    rows = pl.LazyFrame({"ccode1": first, "ccode2": second, "year": year}).with_columns(
        pl.min_horizontal("ccode1", "ccode2").alias("_low"), pl.max_horizontal("ccode1", "ccode2").alias("_high")
    )
    for table, frame, columns in tables:
        keys = list(table.key)
        if table.system == "gw":
            continue  # by hand one would need a crosswalk first
        fills = {name: table.absent[name] for name in columns if name in table.absent}
        if table.unit.startswith("state"):
            for side in "12":
                part = frame.lazy().select(*keys, *(pl.col(name).alias(f"{name}{side}") for name in columns))
                on = [f"ccode{side}", *keys[1:]]
                rows = rows.join(part, left_on=on, right_on=keys, how="left", maintain_order="left")
                rows = rows.with_columns(pl.col(f"{name}{side}").fill_null(value) for name, value in fills.items())
        else:
            on = ["_low", "_high", "year"] if table.unit == "dyad-year" else keys
            rows = rows.join(frame.lazy().select(*keys, *columns), left_on=on, right_on=keys, how="left", maintain_order="left")
            rows = rows.with_columns(pl.col(name).fill_null(value) for name, value in fills.items())
    rows.drop("_low", "_high").collect().write_parquet(path)


def job_dyads(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    ready = Prepared(last=2025)
    return {"foedus": lambda: ready.dyads().to_arrow(), "hand": lambda: hand_dyads(2025)}


def job_eight(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    return {
        "foedus": _later(lambda: Prepared(EIGHT), lambda ready: ready.engine.write(ready.dyads().add(*EIGHT).parts(), folder / "a.parquet", "parquet")),
        "hand": _later(lambda: hand_tables(EIGHT, 2010), lambda tables: hand_join(tables, 2010, folder / "b.parquet")),
    }


def job_all(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    return {
        "foedus": _later(lambda: Prepared(ALL), lambda ready: ready.engine.write(ready.dyads().add(*ALL).parts(), folder / "a.parquet", "parquet")),
        "hand": _later(lambda: hand_tables(ALL, 2010), lambda tables: hand_join(tables, 2010, folder / "b.parquet")),
    }


def job_spells(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    name = "gml.mids:gmlmidongoing"
    ready = Prepared((name,))
    made = ready.panels.from_frame(ready.dyads().add(name).to_polars(), "directed-dyad-year", engine=ready.engine)

    def hand() -> Any:
        import numpy as np

        frame = _hand_frame
        start = np.concatenate(([True], np.diff(frame["dyad"]) != 0))
        event = np.concatenate(([False], frame["event"][:-1] == 1)) | start
        return np.arange(len(event)) - np.maximum.accumulate(np.where(event, np.arange(len(event)), 0))

    rows = made.to_polars()
    _hand_frame = {
        "dyad": (rows["ccode1"].to_numpy().astype("int64") * 1000 + rows["ccode2"].to_numpy()), "event": rows["gmlmidongoing"].to_numpy(),
    }  # fmt: skip
    return {"foedus": lambda: made.spells("gmlmidongoing").to_arrow(), "hand": hand}


def job_capitals(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    from foedus.tables.neighbours import capitals, great_circle_km

    given = _given(2025)
    places = capitals(given, "cow", "first")

    def hand() -> Any:
        import numpy as np

        first, second, year = hand_dyads(2025)
        grid = np.full((1000, 300, 2), np.nan)
        grid[places["code"].to_numpy(), places["year"].to_numpy() - 1800] = places.select("lat", "lng").to_numpy()
        a, b = grid[first, year - 1800], grid[second, year - 1800]
        return great_circle_km(a[:, 0], a[:, 1], b[:, 0], b[:, 1])

    return {
        "foedus": _later(lambda: Prepared(("capitals",), last=2025), lambda ready: ready.dyads().add("capitals").to_arrow()),
        "hand": hand,
    }


def job_leaders(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    from foedus.tables.leaders import leader_spells

    def hand() -> Any:
        import polars as pl

        from foedus.tables.systems import by_year

        spells = leader_spells(_given(2015), "cow").with_columns(f=pl.col("start_date"), l=pl.col("end_date"))
        years = by_year(spells).filter(pl.col("year").is_between(1870, 2015))
        lazy = years.lazy().select(
            "obsid", "code", "gender", "birth_year", "first_year", "year", f=pl.max_horizontal("f", pl.date("year", 1, 1)),
            l=pl.min_horizontal("l", pl.date("year", 12, 31)),
        )  # fmt: skip
        pairs = lazy.join(lazy, on="year", suffix="2").filter(
            (pl.col("obsid").str.slice(0, 3) != pl.col("obsid2").str.slice(0, 3))
            & (pl.col("f") <= pl.col("l2")) & (pl.col("f2") <= pl.col("l"))
        )  # fmt: skip
        return pairs.unique(["obsid", "obsid2", "code", "code2", "year"]).sort("obsid", "code", "obsid2", "code2", "year").collect()

    ready = Prepared()
    return {
        "foedus": lambda: ready.panels.leader_dyad_years(inputs=ready.inputs, engine=ready.engine).to_arrow(),
        "hand": hand,
    }


def _later(prepare: Callable[[], Any], run: Callable[[Any], Any]) -> Callable[[], Any]:
    """A job whose preparation is not on the clock."""

    def job() -> Any:
        return run(job.ready)  # type: ignore[attr-defined]

    job.prepare = lambda: setattr(job, "ready", prepare())  # type: ignore[attr-defined]
    return job


JOBS = {
    "dyads": job_dyads, "eight": job_eight, "all": job_all, "spells": job_spells, "capitals": job_capitals, "leaders": job_leaders,
}  # fmt: skip


def measure(name: str, side: str, events: float) -> None:
    """One side of one job, its figures on standard output."""
    with tempfile.TemporaryDirectory() as folder:
        job = JOBS[name](Path(folder), events)[side]
        if hasattr(job, "prepare"):
            job.prepare()
        before, clock = _cpu(), time.perf_counter()
        job()
        figures = {
            "cpu": _cpu() - before, "wall": time.perf_counter() - clock,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
        }  # fmt: skip
    print(json.dumps(figures))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--job", choices=JOBS)
    parser.add_argument("--side", choices=("foedus", "hand"))
    parser.add_argument("--events", type=float, default=20.0)
    chosen = parser.parse_args()
    if chosen.side:
        measure(chosen.job, chosen.side, chosen.events)
        return
    print(f"{'job':<10}{'foedus s':>10}{'by hand s':>11}{'ratio':>7}{'peak GiB':>10}{'by hand':>9}{'peacesciencer s':>17}")
    for name in [chosen.job] if chosen.job else list(JOBS):
        found = {}
        for side in ("foedus", "hand"):
            command = [sys.executable, __file__, "--job", name, "--side", side, "--events", str(chosen.events)]
            found[side] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        ours, theirs = found["foedus"], found["hand"]
        slow = f"{PEACESCIENCER[name]:.2f}" if name in PEACESCIENCER else ""
        print(
            f"{name:<10}{ours['cpu']:>10.2f}{theirs['cpu']:>11.2f}{ours['cpu'] / theirs['cpu']:>7.1f}"
            f"{ours['peak']:>10.2f}{theirs['peak']:>9.2f}{slow:>17}"
        )


if __name__ == "__main__":
    main()
