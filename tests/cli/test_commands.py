"""The command line: formats, files, messages and exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus import cli

Build = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
COMMANDS = ["members", "pacts", "timeline", "bases", "state", "fact", "cite", "search", "record", "check"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process: exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["foedus", *arguments])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsysbinary.readouterr()
        return int(stopped.value.code or 0), out.decode(), err.decode()

    return call


def whole(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", "foedus", *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


def test_the_version_names_code_record_and_day(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("foedus ")
    assert "record" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_shows_one_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.count("Example: foedus ") == 1 and "\\[" not in out


@pytest.mark.parametrize("command", ["validate", "stats"])
def test_every_help_on_the_record_shows_one_example(run: Run, command: str) -> None:
    assert run("record", command, "--help")[1].count("Example: foedus record ") == 1


def test_members_as_json_are_those_of_the_day(run: Run) -> None:
    code, out, _ = run("members", "Warsaw Pact", "--on", "1967", "--format", "json")
    assert code == 0
    assert [row["state"] for row in json.loads(out)] == ["ALB", "BGR", "CSK", "DDR", "HUN", "POL", "ROU", "SUN"]


def test_an_empty_answer_is_valid_output_and_a_remark_on_the_side(run: Run) -> None:
    code, out, err = run("members", "Warsaw Pact", "--format", "json")
    assert (code, json.loads(out)) == (0, [])
    assert "Try another --on" in err


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "txt"])
def test_the_suffix_of_the_file_gives_the_format(run: Run, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"members.{suffix}"
    assert run("members", "NATO", "--on", "1949-08-24", "-o", str(target)) == (0, "", "")
    text = target.read_text(encoding="utf-8")
    counted = {
        "json": lambda: len(json.loads(text)),
        "jsonl": lambda: len([json.loads(line) for line in text.splitlines()]),
        "csv": lambda: len(list(csv.DictReader(io.StringIO(text)))),
        "txt": lambda: len(text.splitlines()) - 1,
    }
    assert counted[suffix]() == 12


def test_bases_as_geojson_are_a_feature_collection(run: Run) -> None:
    code, out, _ = run("bases", "--status", "all", "--format", "geojson")
    collection = json.loads(out)
    assert (code, collection["type"]) == (0, "FeatureCollection")
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["members", "CSTOO"], "CSTOO: no pact of the record has this name. Did you mean CSTO"),
        (["members", "CSTO", "--on", "1995-02-30"], "date: '1995-02-30' does not exist in the calendar."),
        (["members", "CSTO", "--format", "xml"], "--format xml: this command does not write xml."),
        (["members", "CSTO", "-o", "x.xlsx"], "x.xlsx: this command does not write xlsx."),
        (["members", "CSTO", "-o", "/none/x.csv"], "/none/x.csv: could not be written: no such file or directory."),
        (["state", "gw:345"], "gw:345: may mean"),
        (["fact", "csto-9999"], "csto-9999: no fact of the record has this id."),
        (["cite", "nobody-1999"], "nobody-1999: no source or fact of the record has this id."),
        (["bases", "--kind", "castle"], "kind: 'castle' is none."),
        (["members", "CSTO", "--status", "friend"], "Invalid value for '--status'"),
        (["members"], "Missing argument"),
        (["nonsense"], "No such command"),
    ],
)
def test_a_users_mistake_ends_in_two_and_a_message_without_traceback(
    run: Run, arguments: list[str], message: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_debug_shows_the_traceback() -> None:
    done = whole("members", "CSTOO", FOEDUS_DEBUG="1")
    assert b"Traceback" in done.stderr


def test_validate_names_file_and_line_and_ends_in_four(run: Run, build: Build) -> None:
    code, out, _ = run("record", "validate", str(build(("pacts/cst.yml", "state: MDA", "state: MLD"))))
    assert code == 4
    assert "error: pacts/cst.yml:14: cst-006: state MLD is no state of the record." in out
    assert out.endswith("1 errors, 0 warnings\n")


def test_validate_of_a_sound_record_ends_in_zero(run: Run, build: Build) -> None:
    assert run("record", "validate", str(build()), "--errors") == (0, "0 errors, 0 warnings\n", "")


def test_the_bytes_do_not_depend_on_hash_seed_locale_or_cache(tmp_path: Path) -> None:
    settings = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "ru_RU.KOI8-R", "PYTHONUTF8": "0", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "3", "FOEDUS_HOME": str(tmp_path / "new"), "PYTHONIOENCODING": "ascii"},
    ]
    for arguments in (
        ["timeline", "CSTO", "--format", "json"],
        ["state", "Россия"],
        ["search", "ОДКБ", "--format", "csv"],
    ):
        outputs = {whole(*arguments, **setting).stdout for setting in settings}
        assert len(outputs) == 1
        assert outputs.pop()


def test_a_pipe_that_closes_early_is_no_error_to_read() -> None:
    command = f"{sys.executable} -m foedus timeline UN --format jsonl | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_behind_standard_output_is_said_in_one_line() -> None:
    command = f"{sys.executable} -m foedus members NATO > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("standard output: could not be written: no space left on device.")


def test_starting_does_not_import_what_a_command_does_not_need() -> None:
    code = (
        "import sys, foedus.cli; print([m for m in ('msgspec', 'yaml', 'babel', 'rich', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
