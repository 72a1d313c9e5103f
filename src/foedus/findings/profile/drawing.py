"""The engine that draws charts. It is slow to start: it runs in a process of its own while figures are made."""

from __future__ import annotations

import base64
import contextlib
import json
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

_ADDRESS = b"data:image/svg+xml;base64,"


class Engine:
    """Draws Vega-Lite specifications in order, in this process or, where that may be, beside it.

    The same bytes come out whichever process draws. As a context it ends what it began.

    Parameters
    ----------
    is_beside
        Draw in a process of its own.
    """

    def __init__(self, *, is_beside: bool = False) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._queue = ThreadPoolExecutor(1)
        pipe = subprocess.PIPE
        with contextlib.suppress(OSError):
            if is_beside:
                command = [sys.executable, "-P", __file__]
                self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self._queue.shutdown()
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def draw(self, chart: Any) -> Picture | None:
        """A chart of Altair as a picture that is there when it is asked for; None where there is no chart."""
        if chart is None:
            return None
        spec = chart.to_dict(validate=False)  # the engine checks it too
        return Picture(self._queue.submit(self._drawn, json.dumps(spec).encode() + b"\n"))

    def _drawn(self, line: bytes) -> bytes:
        process = self._process
        if process is not None and process.stdin is not None and process.stdout is not None:
            with contextlib.suppress(OSError, ValueError):
                process.stdin.write(line)
                process.stdin.flush()
                if drawn := process.stdout.readline().strip():
                    return drawn
        return _draw(line)


class Picture:
    """The address of an image that needs no request, as text once it is drawn."""

    def __init__(self, drawn: Future[bytes]) -> None:
        self._drawn = drawn

    def __str__(self) -> str:
        return (_ADDRESS + self._drawn.result()).decode()


def _draw(spec: bytes) -> bytes:
    import vl_convert

    return base64.b64encode(vl_convert.vegalite_to_svg(json.loads(spec)).encode())


def _serve() -> None:
    _draw(b'{"data": {"values": []}, "mark": "point"}')
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(_draw(line) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
