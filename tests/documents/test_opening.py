"""Files as users give them, and as nobody should: sizes, encodings, damage, corpora."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from foedus.core.errors import FoedusError, InputError
from foedus.documents import opening
from foedus.documents.model import Document
from foedus.documents.opening import Given, open_documents


def opened(path: Path | str, **given: str) -> list[Document]:
    return list(open_documents(str(path), Given(**given)))


def test_a_text_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffOne\r\ntwo\n".encode())
    (document,) = opened(path, published="2024-05", language="en")
    assert document == Document("One\r\ntwo\n", "a.txt", None, "2024-05", "en")


def test_the_first_heading_of_markdown_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("\n# A title #\n\nText.\n", encoding="utf-8")
    assert opened(path)[0].title == "A title"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("binary.txt", b"\x7fELF\0\0\0", "binary"),
        ("latin.txt", "Se\u00f1or\n\u00e9t\u00e9".encode("latin-1"), "latin.txt:1: byte 0xf1 is not UTF-8"),
        ("utf16.txt", "Spain".encode("utf-16"), "not UTF-8"),
        ("damaged.pdf", b"%PDF-1.7 nothing", "damaged"),
        ("damaged.docx", b"PK\x03\x04nothing", "damaged"),
        ("empty.html", b"<html><body></body></html>", "no running text"),
        ("bad.jsonl", b'{"id": "a", "text": "b"}\nnonsense\n', r"bad.jsonl:2: not JSON: 'nonsense'"),
        ("list.jsonl", b"[1, 2]\n", "list where an object is needed"),
        ("noid.jsonl", b'{"text": "b"}\n', "id is missing"),
        ("number.jsonl", b'{"id": 1, "text": "b"}\n', "id is no text"),
        ("date.jsonl", b'{"id": "a", "text": "b", "published": "yesterday"}\n', "date.jsonl:1: published"),
        ("language.jsonl", b'{"id": "a", "text": "b", "language": "tlh"}\n', "tlh"),
        ("half.jsonl", b'{"id": "a", "text": "\\ud800"}\n', "surrogate"),
        ("deep.jsonl", b"[" * 100_000 + b"\n", "not JSON"),
        ("none.jsonl", b"\n\n", "no text in it"),
        ("bad.parquet", b"PAR1 nothing", "not a Parquet file"),
    ],
)
def test_bad_input_is_named_with_its_place(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FoedusError, match=found) as caught:
        opened(path)
    assert name in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        opened(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        opened(tmp_path)


def test_a_text_that_is_too_large_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(opening, "decode", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(InputError, match="more than 10 MB"):
        opened(path)


def test_a_docx_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 150_000_000)
    path = tmp_path / "bomb.docx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(InputError, match="unpacks to more"):
        opened(path)


def test_html_gives_text_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    sentence = "Spain joined NATO in 1982, and much has been written about it since then by many people. " * 5
    head = '<title>A title</title><meta property="article:published_time" content="2024-05-01T10:00:00Z">'
    path.write_text(
        f"<html><head>{head}</head><body><article><p>{sentence}</p></article></body></html>", encoding="utf-8"
    )
    (document,) = opened(path)
    assert "Spain joined NATO in 1982" in document.text
    assert document.title == "A title"
    assert document.published == "2024-05-01"


def test_docx_gives_its_paragraphs(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="the extra foedus[documents] is not installed")
    file = docx.Document()
    file.add_paragraph("Spain joined NATO in 1982.")
    file.add_paragraph("Nobody cared.")
    file.save(str(tmp_path / "a.docx"))
    assert opened(tmp_path / "a.docx")[0].text == "Spain joined NATO in 1982.\n\nNobody cared."


def test_a_corpus_is_read_text_by_text(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "One."},
        {"id": "b", "text": "Два.", "title": "T", "published": "1999", "language": "ru"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert opened(path) == [Document("One.", "a"), Document("Два.", "b", "T", "1999", "ru")]


def test_parquet_is_a_corpus_too(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra foedus[panels] is not installed")
    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT 'a' AS id, 'One.' AS text, DATE '1999-01-02' AS published) TO '{path}'")
    assert opened(path) == [Document("One.", "a", None, "1999-01-02")]


def test_a_date_or_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="2024-13"):
        Given(published="2024-13")
    with pytest.raises(InputError, match="tlh"):
        Given(language="tlh")
