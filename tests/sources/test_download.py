"""Downloads against a server of our own: resumed, complete or nothing, refused where the content changed."""

from __future__ import annotations

import hashlib
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest

from foedus.core.errors import InputError, OutputError
from foedus.core.home import cache_folder
from foedus.sources import getting, registry, store
from foedus.sources.download import download
from foedus.sources.errors import ArchiveError, MissingDatasetError, UnknownVersionError

CONTENT = bytes(range(256)) * 4000


class Server(ThreadingHTTPServer):
    """Answers with files; a test sets how often it breaks off and whether it knows ranges, and reads what was asked."""

    files: dict[str, bytes]
    breaks: int = 0
    has_ranges: bool = True
    has_length: bool = True
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        content = self.server.files.get(self.path)
        if content is None:
            self.send_error(404)
            return
        mark = f'"{hashlib.sha256(content).hexdigest()[:8]}"'
        asked = self.headers.get("Range", "")
        self.server.asked.append(asked)
        start = 0
        if asked and self.server.has_ranges and self.headers.get("If-Range") == mark:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("ETag", mark)
        if self.server.has_length:
            self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        rest = content[start:]
        if self.server.breaks:
            self.server.breaks -= 1
            self.wfile.write(rest[: len(rest) // 2])
            return
        self.wfile.write(rest)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server(("127.0.0.1", 0), Handler)
    served.files, served.asked = {"/data.bin": CONTENT}, []
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()


@pytest.fixture
def states(server: Server, small: dict[str, Path], own_home: Path, monkeypatch: pytest.MonkeyPatch) -> registry.Dataset:
    """The states as a dataset that the server publishes in a zip, with the hash of the member."""
    content = small["cow.states-2016"].read_bytes()
    server.files["/states.zip"] = zipped("folder/states2016.csv", content)
    file = registry.MemberFile("states2016.csv", hashlib.sha256(content).hexdigest(), len(content))
    entry = msgspec.structs.replace(
        registry.datasets()["cow.states-2016"], url=f"{server.address}/states.zip", files=(file,)
    )
    changed = registry.datasets() | {entry.id: entry}
    for module in (registry, store):
        monkeypatch.setattr(module, "datasets", lambda: changed)
    return entry


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def leftovers() -> list[Path]:
    folder = cache_folder() / "downloads"
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"] if folder.exists() else []


def test_a_file_arrives_whole_and_progress_is_told(server: Server, own_home: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = download(f"{server.address}/data.bin", progress=lambda done, total: told.append((done, total)))
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert leftovers() == [path]


def test_a_broken_connection_is_taken_up_where_it_broke(server: Server, own_home: Path) -> None:
    server.breaks = 2
    path = download(f"{server.address}/data.bin")
    assert path.read_bytes() == CONTENT
    assert server.asked == ["", f"bytes={len(CONTENT) // 2}-", f"bytes={len(CONTENT) * 3 // 4}-"]


def test_what_came_before_the_end_is_kept_for_the_next_run(server: Server, own_home: Path) -> None:
    server.breaks = 4
    with pytest.raises(InputError, match="broke off 4 times"):
        download(f"{server.address}/data.bin")
    server.asked.clear()
    assert download(f"{server.address}/data.bin").read_bytes() == CONTENT
    assert server.asked[0].startswith("bytes=")


def test_a_file_that_changed_between_the_parts_begins_anew(server: Server, own_home: Path) -> None:
    server.breaks = 4
    with pytest.raises(InputError):
        download(f"{server.address}/data.bin")
    server.files["/data.bin"] = new = CONTENT[::-1]
    assert download(f"{server.address}/data.bin").read_bytes() == new


def test_a_server_without_ranges_is_asked_for_the_whole_again(server: Server, own_home: Path) -> None:
    server.breaks, server.has_ranges = 1, False
    assert download(f"{server.address}/data.bin").read_bytes() == CONTENT


def test_a_file_of_unknown_length_arrives_too(server: Server, own_home: Path) -> None:
    server.has_length = False
    assert download(f"{server.address}/data.bin").read_bytes() == CONTENT


@pytest.mark.parametrize(("path", "message"), [("/none", "Not Found"), ("/away", "Redirection .* is not allowed")])
def test_an_address_that_does_not_answer_or_leads_astray_is_said(
    server: Server, own_home: Path, path: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        download(f"{server.address}{path}")


def test_a_cache_that_cannot_be_written_is_said(server: Server, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "cache").write_text("a file stands in the way")
    with pytest.raises(OutputError, match="could not be written"):
        download(f"{server.address}/data.bin")


def test_a_dataset_is_fetched_recognised_and_kept_without_its_archive(states: registry.Dataset) -> None:
    (item,) = getting.get_data(["cow.states"])
    assert Path(item.path).read_bytes().startswith(b"stateabb,ccode")
    assert leftovers() == []


def test_a_changed_upstream_file_is_refused_with_both_hashes_until_accepted(
    states: registry.Dataset, server: Server
) -> None:
    changed = b"stateabb,ccode\r\nXXX,1\r\n"
    server.files["/states.zip"] = zipped("folder/states2016.csv", changed)
    with pytest.raises(UnknownVersionError) as refused:
        getting.get_data(["cow.states"])
    message = str(refused.value)
    for part in (states.files[0].sha256, hashlib.sha256(changed).hexdigest(), states.url):
        assert part in message
    assert message.endswith("foedus data get cow.states-2016 --accept")
    assert store.stored(states) == []
    assert leftovers() == []
    assert getting.get_data(["cow.states"], accept=True)[0].is_accepted


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zipped("../../evil.csv", b"x"), "climbs out of the archive"),
        (zipped("states2016.csv", b"0" * 60_000_000), "as a bomb does"),
        (zipped("states2016.csv", b"abc" * 1000)[:-40], "cut off"),
    ],
    ids=["climbing", "bomb", "truncated"],
)
def test_a_hostile_archive_is_refused_and_not_kept(
    states: registry.Dataset, server: Server, content: bytes, message: str
) -> None:
    server.files["/states.zip"] = content
    with pytest.raises(ArchiveError, match=message):
        getting.get_data(["cow.states"])
    assert leftovers() == []


def test_an_archive_without_one_of_the_datasets_asked_for_is_said(
    states: registry.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    majors = msgspec.structs.replace(registry.datasets()["cow.majors-2016"], url=states.url)
    changed = registry.datasets() | {majors.id: majors}
    monkeypatch.setattr(registry, "datasets", lambda: changed)
    with pytest.raises(UnknownVersionError, match=r"no file has the hash of cow\.majors-2016"):
        getting.get_data(["cow.states", "cow.majors"])


@pytest.mark.parametrize("name", ["cow.alliances", "sipri.transfers", "gdelt.events-2", "un.ideal-points"])
def test_what_may_not_or_cannot_be_fetched_says_where_it_is_and_how_to_bring_it(own_home: Path, name: str) -> None:
    with pytest.raises(MissingDatasetError, match=rf"http.*\n.*foedus data get {name}.* --from PATH"):
        getting.get_data([name])


def test_one_module_alone_opens_the_network() -> None:
    source = Path(getting.__file__).parents[1]
    openers = re.compile(
        r"^\s*(?:import|from) (?:urllib\.request|http\.client|socket|requests|httpx|pooch)", re.MULTILINE
    )
    found = [path.name for path in source.rglob("*.py") if openers.search(path.read_text(encoding="utf-8"))]
    assert found == ["fetch.py"]
