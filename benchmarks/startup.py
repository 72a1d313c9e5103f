"""How long whole commands take, as ratios to a bare Python process in the same run.

Goals: warm load of the record under 150 ms, cold load under 3 s, `foedus --help` under 0.25 s,
`foedus members CSTO` under 0.5 s, `foedus check` of a text of 4 kB under 1.0 s.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LOAD = "import time; a = time.perf_counter(); import foedus; foedus.load_record(); print(time.perf_counter() - a)"
TEXT = Path(__file__).parents[1] / "docs" / "examples" / "csto.md"
REPEATS = 7


def loading(home: str) -> float:
    """Seconds that a load takes inside a fresh process, imports included."""
    environment = {**os.environ, "FOEDUS_HOME": home}
    done = subprocess.run([sys.executable, "-c", LOAD], env=environment, capture_output=True, check=True)
    return float(done.stdout)


def running(home: str, *command: str, text: bytes = b"") -> float:
    """Seconds that a whole process takes."""
    start = time.perf_counter()
    environment = {**os.environ, "FOEDUS_HOME": home}
    subprocess.run([sys.executable, *command], env=environment, input=text, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print: the best of several runs, the cache warm but for the first line."""
    four_kilobytes = (TEXT.read_bytes() * 2)[:4096].rsplit(b"\n", 1)[0]
    with tempfile.TemporaryDirectory() as home:
        print(f"cold load of the record      {loading(home):6.3f} s")
        print(f"warm load of the record      {min(loading(home) for _ in range(REPEATS)):6.3f} s")
        bare = min(running(home, "-c", "pass") for _ in range(REPEATS))
        print(f"python -c pass               {bare:6.3f} s")
        for arguments in (
            ["--help"],
            ["members", "CSTO"],
            ["bases"],
            ["check", "-"],
            ["record", "validate", "--errors"],
        ):
            seconds = min(running(home, "-m", "foedus", *arguments, text=four_kilobytes) for _ in range(REPEATS))
            print(f"foedus {' '.join(arguments):<21} {seconds:6.3f} s   {seconds / bare:5.1f} times python -c pass")


if __name__ == "__main__":
    main()
