"""`foedus check` as a command: formats, files, messages, exit codes, the same bytes everywhere."""

from __future__ import annotations

import json
import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Spain joined NATO in 1982. Spain joined NATO in 1990. Россия вступила в НАТО."


def foedus(*arguments: str, text: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "foedus", *arguments]
    return subprocess.run(command, input=text, capture_output=True, env={**os.environ, **environment}, check=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_has_the_keys_of_the_contract(article: Path) -> None:
    report = json.loads(foedus("check", str(article), "--format", "json").stdout)
    assert set(report) == {"id", "foedus", "record", "document", "claims", "theses", "counts"}
    assert set(report["document"]) == {"title", "language", "published", "characters", "sections"}
    assert set(report["claims"][0]) == {
        "id", "start", "end", "text", "relation", "subject", "object", "value", "date", "negated", "attribution",
        "speaker", "group", "verdict", "reason", "evidence",
    }  # fmt: skip
    assert set(report["claims"][0]["evidence"][0]) == {"fact", "says", "date", "sources"}
    assert report["id"] == "article.md"


def test_several_files_are_a_list_and_standard_input_is_a_dash(article: Path) -> None:
    reports = json.loads(foedus("check", str(article), "-", "--format", "json", text=TEXT.encode()).stdout)
    assert [report["id"] for report in reports] == ["article.md", "-"]
    assert reports[0]["claims"] == reports[1]["claims"]


@pytest.mark.parametrize(
    ("suffix", "begins"), [("json", "{"), ("jsonl", "{"), ("html", "<!doctype"), ("txt", "article.md")]
)
def test_the_suffix_gives_the_format(article: Path, tmp_path: Path, suffix: str, begins: str) -> None:
    target = tmp_path / f"report.{suffix}"
    done = foedus("check", str(article), "-o", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert target.read_text(encoding="utf-8").startswith(begins)


def test_the_bytes_depend_on_neither_hash_seed_nor_locale_nor_folder(article: Path, tmp_path: Path) -> None:
    known = [name for name in ("C", "C.UTF-8", "tr_TR.UTF-8", "POSIX") if _is_locale(name)]
    runs = {
        foedus("check", str(article), "--format", form, PYTHONHASHSEED=seed, LC_ALL=name, LANG=name).stdout
        for form in ("json", "html", "text")
        for seed, name in (("0", known[0]), ("1", known[-1]), ("77", known[0]))
    }
    assert len(runs) == 3


def _is_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["none.txt"], "there is no such file"),
        (["-"], "there is no text"),
        (["-", "--language", "tlh"], "--language tlh"),
        (["-", "--published", "2024-02-30"], "2024-02-30"),
        (["-", "--format", "docx"], "does not write docx"),
        (["-", "--format", "claimreview"], "--publisher"),
        (["-", "-", "--format", "html"], "one text"),
    ],
)
def test_a_users_mistake_is_a_message_and_exit_code_two(arguments: list[str], found: str) -> None:
    done = foedus("check", *arguments)
    assert done.returncode == 2
    assert found in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout == b""


def test_an_output_that_cannot_be_written_leaves_nothing_behind(article: Path, tmp_path: Path) -> None:
    done = foedus("check", str(article), "-o", str(tmp_path / "none" / "report.json"))
    assert done.returncode == 2
    assert "could not be written" in done.stderr.decode()
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the platform has no /dev/full")
def test_a_full_disk_is_a_message(article: Path) -> None:
    done = foedus("check", str(article), "-o", "/dev/full", "--format", "json")
    assert done.returncode == 2
    assert "no space left" in done.stderr.decode()


def test_a_corpus_that_breaks_leaves_no_half_file(tmp_path: Path) -> None:
    corpus, target = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    corpus.write_text('{"id": "a", "text": "Spain joined NATO in 1982."}\nnonsense\n', encoding="utf-8")
    target.write_text("what was there", encoding="utf-8")
    done = foedus("check", str(corpus), "-o", str(target))
    assert done.returncode == 2
    assert "a.jsonl:2" in done.stderr.decode()
    assert target.read_text(encoding="utf-8") == "what was there"
    assert list(tmp_path.glob(".*")) == []


def test_a_corpus_run_reports_no_theses(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text(json.dumps({"id": "a", "text": "NATO is a tool of Washington."}) + "\n", encoding="utf-8")
    assert json.loads(foedus("check", str(corpus), "--format", "jsonl").stdout)["theses"] == []


def test_colours_are_for_terminals(article: Path) -> None:
    assert b"\x1b" not in foedus("check", str(article)).stdout
