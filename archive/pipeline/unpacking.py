"""Packed files (.gz, .zip, .tar and any of them inside another) to the files in them, read as streams.

Nothing is written to disk and no name is used as a path, so nothing can leave the archive. Limits on ratio,
size, depth and count stop what would unpack without end; what was read until then is kept.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from archive.pipeline.files import Refused, Remark, is_page, printable

# Real sets of articles pack to between a third and a fiftieth; deflate can reach 1,032.
HIGHEST_RATIO = 200
FREE_OF_RATIO = 10_000_000  # bytes that anything may unpack to
LARGEST_UNPACKED = 50_000_000_000  # bytes from one file; ten million articles
DEEPEST = 4  # packed files inside packed files; "pages.zip" in "all.tar.gz" has three
MOST_MEMBERS = 1_000_000
# A zip has its table of contents at the end: inside another packed file it must be held in memory.
LARGEST_NESTED_ZIP = 100_000_000  # bytes
LARGEST_READ = 64_000_000  # bytes at once; headers of a hostile tar ask for gigabytes
SAVED_BESIDE = "saved by a browser beside a page"
_HEAD = 512  # bytes; a header of tar
_BROKEN = (
    *(EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError),
    *(ValueError, IndexError, OverflowError),  # places and lengths in a damaged table of contents
)


class Leaf(NamedTuple):
    """A file that is not packed: its path as shown, its name without endings like .gz, its bytes."""

    path: str
    name: str
    stream: IO[bytes]


class _Packed(NamedTuple):
    """A file of which it is not yet known whether it is packed."""

    path: str
    name: str
    stream: io.BufferedReader
    depth: int


class TooMuch(OSError):
    """A limit was reached. The message is the beginning of a sentence."""


def unpack(path: str, stream: IO[bytes]) -> Iterator[Leaf | Refused | Remark]:
    """The files in a file, itself if it is not packed. Each must be read before the next is asked for."""
    raw = stream if isinstance(stream, io.BufferedReader) else _buffered(stream.read)
    yield from _unpack(_Packed(path, PurePosixPath(path).name, raw, 0), _Budget())


class _Budget:
    """What one file from outside may unpack to, over all its members."""

    def __init__(self) -> None:
        self.members = 0
        self.unpacked = 0
        self.spent = False

    def add(self, unpacked: int) -> None:
        """Count unpacked bytes. Raises TooMuch above the limit."""
        self.unpacked += unpacked
        if self.unpacked > LARGEST_UNPACKED:
            self.refuse(f"it unpacks to more than {LARGEST_UNPACKED:,} bytes")

    def refuse(self, why: str) -> None:
        """Raise TooMuch, and remember that nothing more is to be unpacked."""
        self.spent = True
        raise TooMuch(why)


class _Source(io.RawIOBase):
    """A stream by its function to read; every way in which it can be broken is an OSError."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        super().__init__()
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except _BROKEN as error:
            raise OSError(f"it is not packed soundly: {error}") from error
        buffer[: len(data)] = data
        return len(data)


class _Unpacked(_Source):
    """A stream being unpacked, held to the limits."""

    def __init__(self, read: Callable[[int], bytes], packed: Callable[[], int], budget: _Budget) -> None:
        super().__init__(read)
        self._packed = packed
        self._budget = budget
        self._size = 0

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read, count and compare with what was packed."""
        length = super().readinto(buffer)
        self._size += length
        self._budget.add(length)
        if self._size > FREE_OF_RATIO and self._size > HIGHEST_RATIO * max(self._packed(), 1):
            self._budget.refuse(f"it unpacks to more than {HIGHEST_RATIO} times its size")
        return length


class _Forward:
    """A stream that is read and sought forward only, as tarfile needs it; never much at once."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes. Raises TooMuch where a header asks for more than is sensible."""
        if size < 0 or size > LARGEST_READ:
            raise TooMuch(f"a header of it has more than {LARGEST_READ:,} bytes")
        data = self._stream.read(size)
        self._position += len(data)
        return data

    def tell(self) -> int:
        """The place reached."""
        return self._position

    def seek(self, position: int) -> None:
        """Skip to a later place."""
        if position < self._position:
            raise OSError("it is not packed soundly: a file in it begins before the one in front of it ends")
        while self._position < position and self.read(min(position - self._position, io.DEFAULT_BUFFER_SIZE)):
            pass


def _unpack(packed: _Packed, budget: _Budget) -> Iterator[Leaf | Refused | Remark]:
    try:
        head = packed.stream.peek(_HEAD)
    except OSError as error:
        yield _refused(packed.path, error)
        return
    unpacker = _unpacker(head, packed.name)
    if unpacker is None:
        yield Leaf(packed.path, packed.name, packed.stream)
    elif packed.depth == DEEPEST:
        reason = f"Packed files inside packed files are read {DEEPEST} deep; unpack this one."
        yield Refused(packed.path, reason)
    else:
        try:
            yield from unpacker(packed, budget)
        except (OSError, *_BROKEN) as error:
            yield _refused(packed.path, error)


_Unpacker = Callable[[_Packed, _Budget], Iterator[Leaf | Refused | Remark]]


def _unpacker(head: bytes, name: str) -> _Unpacker | None:
    if head.startswith(b"\x1f\x8b"):
        return _unpack_gzip
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _unpack_zip
    if head[257:262] == b"ustar" or (name.lower().endswith(".tar") and len(head) >= _HEAD):
        return _unpack_tar
    return None


def _unpack_gzip(packed: _Packed, budget: _Budget) -> Iterator[Leaf | Refused | Remark]:
    counted = 0

    def read(size: int = -1) -> bytes:
        nonlocal counted
        data = packed.stream.read(size)
        counted += len(data)
        return data

    source = _buffered(read)
    with gzip.GzipFile(fileobj=source) as file:
        stream = _stream(_Unpacked(file.read, lambda: counted, budget))
        name = packed.name.removesuffix(".gz").removesuffix(".GZ")
        if name.lower().endswith(".tgz"):
            name = f"{name[:-4]}.tar"
        yield from _unpack(packed._replace(name=name, stream=stream, depth=packed.depth + 1), budget)


def _unpack_zip(packed: _Packed, budget: _Budget) -> Iterator[Leaf | Refused | Remark]:
    source: IO[bytes] = packed.stream
    if not packed.stream.seekable():
        data = packed.stream.read(LARGEST_NESTED_ZIP + 1)
        if len(data) > LARGEST_NESTED_ZIP:
            raise TooMuch(f"a zip inside a packed file may have {LARGEST_NESTED_ZIP:,} bytes")
        source = io.BytesIO(data)
    with zipfile.ZipFile(source) as archive:
        size = source.seek(0, io.SEEK_END)
        members = [info for info in archive.infolist() if not info.is_dir()]
        wanted, remarks = _wanted(packed.path, [info.filename for info in members])
        if not isinstance(wanted, set):
            yield wanted
            return
        yield from remarks
        for info in members:
            if info.filename not in wanted:
                continue
            refused = _refuse_member(packed.path, info.filename, budget)
            if refused or info.flag_bits & 1:
                locked = "This file is locked with a password; unpack it."
                yield refused or Refused(_inside(packed.path, info.filename), locked)
                continue
            yield from _unpack_zipped(packed, archive, info, size, budget)


def _unpack_zipped(
    packed: _Packed, archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int, budget: _Budget
) -> Iterator[Leaf | Refused | Remark]:
    try:
        file = archive.open(info)
    except (OSError, *_BROKEN) as error:
        yield _refused(_inside(packed.path, info.filename), error)
        return
    with file:
        stream = _stream(_Unpacked(file.read, lambda: size, budget))
        yield from _unpack(_member(packed, info.filename, stream), budget)


def _unpack_tar(packed: _Packed, budget: _Budget) -> Iterator[Leaf | Refused | Remark]:
    with tarfile.TarFile(fileobj=_Forward(packed.stream), mode="r") as archive:  # type: ignore[arg-type]
        beside = hidden = 0
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]
            if info.isdir():
                continue
            if _is_hidden(info.name) or _is_beside_a_page(info.name):
                hidden += _is_hidden(info.name)
                beside += not _is_hidden(info.name)
                continue
            refused = _refuse_member(packed.path, info.name, budget)
            if refused is None and (not info.isreg() or info.issparse()):
                odd = "This is no plain file but a link, a device or a file with holes; leave it out."
                refused = Refused(_inside(packed.path, info.name), odd)
            file = None if refused else archive.extractfile(info)
            if file is None:
                yield refused or Refused(_inside(packed.path, info.name), "This is no file; leave it out.")
                continue
            yield from _unpack(_member(packed, info.name, _buffered(file.read)), budget)
        yield from _passed_over(packed.path, beside, SAVED_BESIDE)
        yield from _passed_over(packed.path, hidden, "hidden")


def _member(packed: _Packed, name: str, stream: io.BufferedReader) -> _Packed:
    return _Packed(_inside(packed.path, name), PurePosixPath(name).name, stream, packed.depth + 1)


def _refuse_member(path: str, name: str, budget: _Budget) -> Refused | None:
    """Why a member is not read, if it is not. Raises TooMuch where nothing more is to be read."""
    budget.members += 1
    if budget.members > MOST_MEMBERS:
        budget.refuse(f"it holds more than {MOST_MEMBERS:,} files")
    if budget.spent:
        raise TooMuch("a file in it reached the limit of what is unpacked")
    parts = name.replace("\\", "/").split("/")
    if not name.strip() or ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return Refused(_inside(path, name), "The name of this file leads out of its archive; rename it.")
    return None


def _wanted(path: str, names: list[str]) -> tuple[set[str] | Refused, list[Remark]]:
    """Which members of a zip are read: not what a browser saved beside a page, not a frame around WARC."""
    if "[Content_Types].xml" in names or "META-INF/container.xml" in names:
        reason = "This is an office document or a book and not a set of files; save its text as .txt."
        return Refused(path, reason), []
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        records = {name for name in names if name.startswith("archive/")}
        return records, _passed_over(path, len(set(names) - records), "of its files are no web records")
    saved = {f"{PurePosixPath(name).with_suffix('')}_files" for name in names if is_page(name)}
    beside = {name for name in names if any(str(up) in saved for up in PurePosixPath(name).parents)}
    hidden = {name for name in names if name not in beside and _is_hidden(name)}
    remarks = _passed_over(path, len(beside), SAVED_BESIDE)
    remarks += _passed_over(path, len(hidden), "hidden")
    return set(names) - beside - hidden, remarks


def _is_beside_a_page(name: str) -> bool:
    """In a tar, where it is not known yet what stands beside it."""
    return any(part.endswith("_files") for part in PurePosixPath(name).parts[:-1])


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part[0] == "." != part[1:2] for part in parts)


def _passed_over(path: str, number: int, what: str) -> list[Remark]:
    return [Remark(f"{path}: {number:,} {what}, passed over.")] if number else []


def _inside(path: str, name: str) -> str:
    return printable(f"{path}/{name.encode('utf-8', 'backslashreplace').decode()}")


def _refused(path: str, error: Exception) -> Refused:
    return Refused(
        path, f"The file could not be unpacked further ({error}); unpack it and check what it holds."
    )


def _buffered(read: Callable[[int], bytes]) -> io.BufferedReader:
    return _stream(_Source(read))


def _stream(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw)
