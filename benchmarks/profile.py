"""What the patronage profile costs, and whether its tests are calibrated and find what is there.

Run `python benchmarks/profile.py`; with `--from DIR` three full profiles are timed too,
on the datasets of a folder.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from foedus.core.output import to_json
from foedus.findings.profile import profile
from foedus.findings.profile.falsification import contrasts_of, uniformity
from foedus.findings.profile.inference.simulation import simulated_entry, simulated_movement
from foedus.findings.profile.page import render
from foedus.measures.significance import placebo_test
from foedus.record.cache import load_record

RUNS = 500
SUBJECTS = (("CSTO", "RUS"), ("NATO", "USA"), ("WTO-WARSAW", "SUN"))


def simulated(random: np.random.Generator, effect: float) -> float:
    """The p-value of one made-up alliance of 20 states in 60 roll calls; a share of votes follows the first state."""
    ballots = random.choice([1.0, 2.0, 3.0], size=(20, 60), p=[0.6, 0.2, 0.2])
    ballots = np.where(random.random(ballots.shape) < effect, ballots[0], ballots)
    contrasts = contrasts_of(ballots)
    return placebo_test(contrasts[0], contrasts[1:], uniform=random.uniform()).p


SIMULATIONS: dict[str, tuple[Callable[[np.random.Generator, float], float], tuple[float, ...], str]] = {
    "placebo patrons": (simulated, (0.05, 0.1, 0.2, 0.3), "of votes follow one state"),
    "entry": (simulated_entry, (0.02, 0.03, 0.05, 0.1), "rise of the share after entry"),
    "mover test": (simulated_movement, (0.05, 0.1, 0.2, 0.3), "of the gap closed a year"),
}


def main() -> None:
    """Print seconds, bytes and calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path)
    folder = parser.parse_args().folder
    started = time.perf_counter()
    record = load_record()
    render(profile(record, "CSTO", patron="RUS", only_record=True), record)
    print(f"page on the record alone: {time.perf_counter() - started:.1f} s")
    if folder:
        digests = []
        for _ in range(2):
            started, digest = time.perf_counter(), hashlib.sha256()
            for pact, patron in SUBJECTS:
                digest.update(to_json(profile(record, pact, patron=patron, inputs=folder)).encode())
            digests.append(digest.hexdigest())
            print(f"three full profiles: {time.perf_counter() - started:.1f} s, sha256 {digests[-1]}")
        print("the same bytes" if digests[0] == digests[1] else "NOT the same bytes")
    random = np.random.default_rng(1)
    for name, (simulate, effects, unit) in SIMULATIONS.items():
        null = uniformity([simulate(random, 0.0) for _ in range(RUNS)])
        print(f"{name}: null, {RUNS} runs: uniformity p = {null:.3f}")
        for effect in effects:
            found = np.array([simulate(random, effect) for _ in range(RUNS // 5)])
            print(f"  {effect:g} {unit}: found at p <= 0.05 in {(found <= 0.05).mean():.0%} of runs")


if __name__ == "__main__":
    main()
