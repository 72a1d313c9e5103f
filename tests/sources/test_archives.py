"""Archives that climb out, blow up, lie or break are refused; sound ones give their members."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from foedus.sources.archives import copy_member, hash_member, members
from foedus.sources.errors import ArchiveError


def zipped(path: Path, **contents: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def test_the_hash_is_of_the_content_whatever_is_around_it(tmp_path: Path) -> None:
    content = b"ccode,year\n2,1900\n"
    inner = zipped(tmp_path / "inner.zip", **{"a.csv": content})
    plain = tmp_path / "a.csv"
    plain.write_bytes(content)
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(content))
    outer = zipped(tmp_path / "outer.zip", **{"data__inner.zip": inner.read_bytes()})
    tar = tmp_path / "a.tar.gz"
    with tarfile.open(tar, "w:gz") as archive:
        archive.add(plain, "folder/a.csv")
    for path in (plain, packed, inner, outer, tar):
        found = {member.name: hash_member(member)[0] for member in members(path)}
        assert found["a.csv"] == hashlib.sha256(content).hexdigest(), path


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:\\evil.csv"])
def test_a_path_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "climbs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, b"1")
    with pytest.raises(ArchiveError, match="climbs out of the archive"):
        list(members(path))
    assert not (tmp_path.parent / "evil.csv").exists()


def test_a_link_in_a_tar_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("passwords")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    with pytest.raises(ArchiveError, match="is a link or device"):
        list(members(path))


@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_a_bomb_is_refused_before_it_is_unpacked_whole(tmp_path: Path, kind: str) -> None:
    zeros = b"0" * 60_000_000
    if kind == "zip":
        path = zipped(tmp_path / "bomb.zip", **{"a.csv": zeros})
    else:
        path = tmp_path / "bomb.csv.gz"
        path.write_bytes(gzip.compress(zeros, 9))
    (member,) = members(path)
    target = io.BytesIO()
    with pytest.raises(ArchiveError, match="as a bomb does"):
        copy_member(member, target)
    assert len(target.getvalue()) <= 51_000_000


def test_a_member_over_the_limit_is_refused(tmp_path: Path) -> None:
    (member,) = members(zipped(tmp_path / "a.zip", **{"a.csv": bytes(2000)}))
    with pytest.raises(ArchiveError, match="unpacks to more than 1,000 bytes"):
        copy_member(member, io.BytesIO(), limit=1000)


def test_an_archive_that_is_cut_off_is_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "cut.zip", **{"a.csv": b"abc" * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ArchiveError, match=r"cut\.zip: the zip archive is cut off"):
        list(members(path))


def test_a_member_whose_bytes_were_changed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", b"abcdefgh" * 100)
    path.write_bytes(path.read_bytes().replace(b"abcdefgh", b"abcdefgX", 1))
    (member,) = members(path)
    with pytest.raises(ArchiveError, match="cut off or damaged"):
        hash_member(member)
