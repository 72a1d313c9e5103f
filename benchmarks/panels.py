"""What panels cost: CPU seconds and peak memory of each job, beside the same job written by hand, in one run.

Run `python benchmarks/panels.py` with the shared data beside the project, `--job NAME` for one, `--events 2` for
millions of events of the generator. Each job runs in a process of its own, inputs read before the clock starts.
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
    "cow.interstate_wars:cowinterongoing,cowinteronset", "cow.mids:cowmidongoing,cowmidonset", "record.alliances",
    "record.bases",
)  # fmt: skip
# CPU seconds of peacesciencer, from the notes on the stack.
_WIDTHS = (10, 11, 7, 10, 9, 17)
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
        self.dyads(last).add(*tables)

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
            part = frame.lazy().select(*keys, *columns)
            rows = rows.join(part, left_on=on, right_on=keys, how="left", maintain_order="left")
            rows = rows.with_columns(pl.col(name).fill_null(value) for name, value in fills.items())
    rows.drop("_low", "_high").collect().write_parquet(path)


def job_dyads(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    ready = Prepared(last=2025)
    return {"foedus": lambda: ready.dyads().to_arrow(), "hand": lambda: hand_dyads(2025)}


def job_eight(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    return _merges(EIGHT, folder)


def job_all(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    return _merges(ALL, folder)


def _merges(names: tuple[str, ...], folder: Path) -> dict[str, Callable[[], Any]]:
    def ours(ready: Prepared) -> None:
        ready.engine.write(ready.dyads().add(*names).batches(), folder / "a.parquet", "parquet")

    def by_hand(tables: list[tuple[Any, Any, list[str]]]) -> None:
        hand_join(tables, 2010, folder / "b.parquet")

    return {"foedus": _later(lambda: Prepared(names), ours), "hand": _later(lambda: hand_tables(names, 2010), by_hand)}


def job_spells(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    name = "gml.mids:gmlmidongoing"
    ready = Prepared((name,))
    made = ready.dyads().add(name)
    rows = ready.engine.arrow(made.rows)
    first, second, year, attack = (rows[column].to_numpy() for column in ("ccode1", "ccode2", "year", "gmlmidongoing"))

    def hand() -> Any:
        import numpy as np

        order = np.lexsort((year, second, first))
        dyad, event = (first * 1000 + second)[order], attack[order]
        place = np.arange(len(event))
        begins = np.concatenate(([True], dyad[1:] != dyad[:-1])) | np.concatenate(([False], event[:-1] == 1))
        spells = place - np.maximum.accumulate(np.where(begins, place, 0))
        return first[order], second[order], year[order], event, spells

    own = ready.panels.from_frame(_polars(rows), "directed-dyad-year", engine=ready.engine)
    return {"foedus": lambda: own.spells("gmlmidongoing").to_arrow(), "hand": hand}


def _polars(rows: Any) -> Any:
    import polars as pl

    return pl.from_arrow(rows)


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

    def ours(ready: Prepared) -> Any:
        return ready.dyads().add("capitals").to_arrow()

    return {"foedus": _later(lambda: Prepared(("capitals",), last=2025), ours), "hand": hand}


def job_leaders(folder: Path, _: float) -> dict[str, Callable[[], Any]]:
    from foedus.tables.leaders import leader_spells

    def hand() -> Any:
        import polars as pl

        from foedus.tables.systems import by_year

        spells = leader_spells(_given(2015), "cow").with_columns(f=pl.col("start_date"), l=pl.col("end_date"))
        years = by_year(spells).filter(pl.col("year").is_between(1870, 2015))
        lazy = years.lazy().select(
            "obsid", "code", "gender", "birth_year", "first_year", "year",
            f=pl.max_horizontal("f", pl.date("year", 1, 1)),
            l=pl.min_horizontal("l", pl.date("year", 12, 31)),
        )  # fmt: skip
        pairs = lazy.join(lazy, on="year", suffix="2").filter(
            (pl.col("obsid").str.slice(0, 3) != pl.col("obsid2").str.slice(0, 3))
            & (pl.col("f") <= pl.col("l2")) & (pl.col("f2") <= pl.col("l"))
        )  # fmt: skip
        key = ["obsid", "code", "obsid2", "code2", "year"]
        return pairs.unique(key).sort(key).collect()

    ready = Prepared()
    ours = {"inputs": ready.inputs, "engine": ready.engine}
    return {"foedus": lambda: ready.panels.leader_dyad_years(**ours).to_arrow(), "hand": hand}


def _later(prepare: Callable[[], Any], run: Callable[[Any], Any]) -> Callable[[], Any]:
    """A job whose preparation is not on the clock."""

    def job() -> Any:
        return run(job.ready)  # type: ignore[attr-defined]

    job.prepare = lambda: setattr(job, "ready", prepare())  # type: ignore[attr-defined]
    return job


def job_events(folder: Path, millions: float) -> dict[str, Callable[[], Any]]:
    """From gzip files of GDELT's layout to directed dyad-months."""
    import generated_events

    files = _later(lambda: generated_events.generate(folder, millions), generated_events.foedus)
    return {
        "foedus": files,
        "hand": _later(lambda: generated_events.generate(folder, millions), generated_events.by_hand),
    }


JOBS = {
    "dyads": job_dyads, "eight": job_eight, "all": job_all, "spells": job_spells, "capitals": job_capitals,
    "leaders": job_leaders, "events": job_events,
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
    heads = ("foedus s", "by hand s", "ratio", "peak GiB", "by hand", "peacesciencer s")
    print(f"{'job':<10}" + "".join(head.rjust(width) for head, width in zip(heads, _WIDTHS, strict=True)))
    for name in [chosen.job] if chosen.job else list(JOBS):
        found: dict[str, dict[str, float]] = {}
        for side in ("foedus", "hand"):
            command = [sys.executable, __file__, "--job", name, "--side", side, "--events", str(chosen.events)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found[side] = json.loads(done.stdout.splitlines()[-1])
        ours, theirs = found["foedus"], found["hand"]
        slow = f"{PEACESCIENCER[name]:.2f}" if name in PEACESCIENCER else ""
        numbers = (ours["cpu"], theirs["cpu"], ours["cpu"] / theirs["cpu"], ours["peak"], theirs["peak"])
        cells = (*(f"{number:.2f}" for number in numbers), slow)
        print(
            f"{name:<10}" + "".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True)), flush=True
        )


if __name__ == "__main__":
    main()
