"""Archives opened with care: no path that climbs out, no bomb, and the hash of every member."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, cast

from foedus.sources.errors import ArchiveError

MEMBER_LIMIT = 8_000_000_000
MEMBERS_LIMIT = 20_000
RATIO_LIMIT = 250
_FREE = 50_000_000  # a ratio says nothing about small members
_DEPTH = 2  # COW puts zips into a zip
_CHUNK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, RuntimeError)


class Sink(Protocol):
    """What content can be written to."""

    def write(self, data: bytes, /) -> object: ...


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive, or a file that stands alone.

    `open` gives a fresh stream of its content, which is never unpacked to a place that the archive names.
    """

    path: str
    origin: Path
    compressed: int
    open: Callable[[], IO[bytes]]
    size: int | None = None  # as declared, before anything is unpacked

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path).name


def is_gzip(path: Path) -> bool:
    """Whether a file begins as gzip does, whatever it is called."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def is_archive(path: Path) -> bool:
    """Whether a file is a zip or tar archive that may hold several members; a workbook is none, though a zip."""
    return _is_zip(path) or _is_tar(path)


def members(path: Path) -> Iterator[Member]:
    """The files of an archive, of the archives inside it, or the file itself; gzip alone is one member.

    Raises
    ------
    ArchiveError
        If a member's path climbs out, the archive holds too much, or it is damaged.
    """
    try:
        if _is_zip(path):
            yield from _zip_members(path, lambda: path.open("rb"), "", _DEPTH)
        elif _is_tar(path):
            yield from _tar_members(path)
        elif is_gzip(path):
            name = path.name.removesuffix(".gz")
            yield Member(name, path, path.stat().st_size, _gzip_opener(path), _gzip_size(path))
        else:
            yield Member(path.name, path, path.stat().st_size, lambda: path.open("rb"), path.stat().st_size)
    except _DAMAGED as error:
        raise _damaged(path, error) from error


def copy_member(member: Member, target: Sink, *, limit: int = MEMBER_LIMIT) -> tuple[str, int]:
    """Write the content of a member; its sha256 and its size in bytes.

    Raises
    ------
    ArchiveError
        If it is damaged, or unpacks to more than it may.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with member.open() as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                _check_size(member.origin, member.path, size, member.compressed, limit)
                digest.update(chunk)
                target.write(chunk)
    except _DAMAGED as error:
        raise _damaged(member.origin, error) from error
    return digest.hexdigest(), size


def hash_member(member: Member) -> tuple[str, int]:
    """The sha256 and the size of a member's content."""
    return copy_member(member, _Nowhere())


def read_limited(stream: _Readable, path: Path, *, compressed: int, limit: int) -> bytes:
    """All of a stream, unless it is more than it may be."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        _check_size(path, path.name, size, compressed, limit)
        parts.append(chunk)
    return b"".join(parts)


class _Nowhere:
    def write(self, data: bytes, /) -> int:
        return len(data)


def _zip_members(path: Path, source: Callable[[], IO[bytes]], prefix: str, depth: int) -> Iterator[Member]:
    with zipfile.ZipFile(source()) as archive:
        infos = archive.infolist()
    _check_count(path, len(infos))
    for info in infos:
        _check_path(path, info.filename)
        if info.is_dir():
            continue
        open_one = _zip_opener(source, info)
        packed = max(min(info.compress_size, path.stat().st_size), 1)  # what a hostile archive declares may be a lie
        member = Member(prefix + info.filename, path, packed, open_one, info.file_size)
        yield member
        if info.filename.lower().endswith(".zip") and depth > 1:
            content = io.BytesIO()
            copy_member(member, content, limit=500_000_000)
            data = content.getvalue()
            yield from _zip_members(path, lambda data=data: io.BytesIO(data), f"{member.path}!/", depth - 1)  # type: ignore[misc]


def _zip_opener(source: Callable[[], IO[bytes]], info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def open_one() -> IO[bytes]:
        archive = zipfile.ZipFile(source())
        return archive.open(info)

    return open_one


def _tar_members(path: Path) -> Iterator[Member]:
    with tarfile.open(path) as archive:
        infos = archive.getmembers()
    _check_count(path, len(infos))
    for info in infos:
        _check_path(path, info.name)
        if info.islnk() or info.issym() or info.isdev():
            raise ArchiveError(f"{path.name}: {info.name} is a link or device, not a file. Do not use this archive.")
        if info.isfile():
            yield Member(info.name, path, path.stat().st_size, _tar_opener(path, info.name), info.size)


def _tar_opener(path: Path, name: str) -> Callable[[], IO[bytes]]:
    def open_one() -> IO[bytes]:
        stream = tarfile.open(path).extractfile(name)  # noqa: SIM115 - closed with the stream
        if stream is None:
            raise ArchiveError(f"{path.name}: {name} is not a file. Do not use this archive.")
        return stream

    return open_one


def _gzip_opener(path: Path) -> Callable[[], IO[bytes]]:
    def open_one() -> IO[bytes]:
        return cast(IO[bytes], gzip.open(path))

    return open_one


def _gzip_size(path: Path) -> int | None:
    """What the last four bytes of a gzip file declare; null where that may be a part only."""
    if path.stat().st_size > 1 << 28:
        return None
    with path.open("rb") as stream:
        stream.seek(-4, io.SEEK_END)
        return int.from_bytes(stream.read(4), "little")


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        begins = stream.read(4) == b"PK\x03\x04"
    if not zipfile.is_zipfile(path):
        if begins:
            raise ArchiveError(f"{path.name}: the zip archive is cut off. Get it again.")
        return False
    with zipfile.ZipFile(path) as archive:
        return "[Content_Types].xml" not in archive.namelist()


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except (OSError, *_DAMAGED):
        return False


def _check_path(path: Path, name: str) -> None:
    inner = PurePosixPath(name.replace("\\", "/"))
    has_drive = ":" in (inner.parts or ("",))[0]
    if inner.is_absolute() or ".." in inner.parts or has_drive:
        raise ArchiveError(f"{path.name}: the member {name!r} climbs out of the archive. Do not use this archive.")


def _check_count(path: Path, count: int) -> None:
    if count > MEMBERS_LIMIT:
        raise ArchiveError(
            f"{path.name}: {count:,} members, more than {MEMBERS_LIMIT:,}. Unpack what you need yourself."
        )


def _check_size(path: Path, name: str, size: int, compressed: int, limit: int) -> None:
    if size > limit:
        raise ArchiveError(
            f"{path.name}: {name} unpacks to more than {limit:,} bytes. Unpack it yourself if you trust it."
        )
    if size > _FREE and size > RATIO_LIMIT * compressed:
        found = f"{name} unpacks to over {RATIO_LIMIT} times its size, as a bomb does."
        raise ArchiveError(f"{path.name}: {found} Do not use this archive.")


def _damaged(path: Path, error: BaseException) -> ArchiveError:
    return ArchiveError(f"{path.name}: the archive is cut off or damaged ({error}). Get it again.")
