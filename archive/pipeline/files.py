"""Files and folders to raw files, in a fixed order; what cannot be read is refused with a reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from archive.pipeline import sources
from archive.text.types import Facts, RawFile

# Files that say something of others (sources.csv) are read whole; others are read as streams.
LARGEST_FILE = 100_000_000  # bytes
LONGEST_PATH = 1000  # characters, as stored


class Found(NamedTuple):
    """A file to import: its path relative to what was asked for, where it lies, what is known of it."""

    path: str
    place: Path
    facts: Facts = Facts()
    note: str = ""


class Refused(NamedTuple):
    """A file, folder or row that cannot be imported. `block` is the row in a sources.csv, else 1."""

    path: str
    reason: str
    block: int = 1


class Remark(NamedTuple):
    """Something worth a sentence that is no input of its own."""

    sentence: str


class _Folder(NamedTuple):
    place: Path
    path: PurePosixPath  # relative to the root
    known: tuple[tuple[PurePosixPath, dict[str, Facts]], ...]  # facts by folder, nearest first


def walk(roots: Iterable[Path]) -> Iterator[Found | Refused | Remark]:
    """All files under `roots` (files or folders), in the order of their names, each exactly once a root.

    Symbolic links inside a folder are never followed out of it; hidden files are left out and counted.
    """
    for root in roots:
        try:
            mode = root.stat().st_mode
        except (OSError, ValueError) as error:
            yield Refused(printable(root), f"{printable(root)} cannot be opened ({_why(error)}); check it.")
            continue
        if stat.S_ISDIR(mode):
            yield from _walk_folder(root)
        else:
            yield from _single_file(root)


def read(found: Found) -> RawFile | Refused:
    """The bytes of a file that `walk` found, or why they cannot be had."""
    file = opened(found)
    if isinstance(file, Refused):
        return file
    with file:
        try:
            whole = os.fstat(file.fileno()).st_size <= LARGEST_FILE
            data = file.read(LARGEST_FILE + 1) if whole else b""
        except OSError as error:
            return Refused(found.path, f"The file cannot be read ({_why(error)}); copy it anew.")
    if not whole or len(data) > LARGEST_FILE:
        reason = f"The file has more than the {LARGEST_FILE:,} bytes that are read at once; split it."
        return Refused(found.path, reason)
    return RawFile(found.path, data)


def opened(found: Found) -> IO[bytes] | Refused:
    """A file that `walk` found, open for reading, or why it cannot be. The caller closes it."""
    try:
        # Non-blocking, so that a pipe without a writer does not hold the import for ever.
        descriptor = os.open(found.place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return os.fdopen(descriptor, "rb")
        os.close(descriptor)
        return Refused(found.path, "This is no file (a device, pipe or socket); leave it out.")
    except OSError as error:
        return Refused(
            found.path, f"The file cannot be read ({_why(error)}); give this user the right to read it."
        )


def is_page(name: str) -> bool:
    """Whether a file's name is that of a saved page; a browser puts its pictures into a folder beside it."""
    return PurePosixPath(name).suffix.lower() in (".html", ".htm", ".xhtml")


def printable(path: Path | PurePosixPath | str) -> str:
    """A path as text that can be stored and shown, whatever bytes the file system has in its names."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
    return text if len(text) <= LONGEST_PATH else f"{text[: LONGEST_PATH - 1]}…"


def _single_file(place: Path) -> Iterator[Found | Refused | Remark]:
    """A file asked for by name: a sources.csv beside it may speak of it, its other rows are not asked."""
    facts: dict[str, Facts] = {}
    table = place.parent / sources.NAME
    if table.is_file():
        if place.name == sources.NAME:
            yield Refused(place.name, f"{sources.NAME} is no article; import the folder that it describes.")
            return
        raw = read(Found(sources.NAME, table))
        if isinstance(raw, Refused):
            yield raw
        else:
            facts = sources.read_sources(raw.data, place.parent).facts
    yield Found(printable(place.name), place, facts.get(place.name, Facts()))


def _walk_folder(root: Path) -> Iterator[Found | Refused | Remark]:
    real_root = Path(os.path.realpath(root))
    hidden = 0
    waiting: list[Found | Refused | Remark | _Folder] = [_Folder(root, PurePosixPath(), ())]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, _Folder):
            yield item
            continue
        try:
            entries = sorted(os.scandir(item.place), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Refused(
                printable(item.path),
                f"The folder {printable(item.place)} cannot be opened ({_why(error)}); "
                "give this user the right to read it.",
            )
            continue
        hidden += sum(entry.name.startswith(".") for entry in entries)
        waiting += reversed(_inside(item, entries, real_root))
    if hidden:
        yield Remark(f"{printable(root)}: {hidden} hidden (the name begins with a dot), left out.")


def _inside(
    folder: _Folder, entries: list[os.DirEntry[str]], real_root: Path
) -> list[Found | Refused | Remark | _Folder]:
    """What lies in a folder, in order: what its sources.csv gives cause to say, then files and folders."""
    said: list[Found | Refused | Remark | _Folder] = []
    for entry in entries:
        if entry.name == sources.NAME:
            facts, messages = _known(folder, entry)
            said += messages
            if facts is not None:
                folder = folder._replace(known=((folder.path, facts), *folder.known))
    pages = {PurePosixPath(entry.name).stem for entry in entries if is_page(entry.name)}
    for entry in entries:
        if entry.name == sources.NAME or entry.name.startswith("."):
            continue
        if entry.name.removesuffix("_files") in pages and entry.name.endswith("_files") and entry.is_dir():
            path = printable(folder.path / entry.name)
            said.append(Remark(f"{path}: saved by a browser beside a page, passed over."))
        else:
            said.append(_step(entry, folder, real_root))
    return said


def _known(
    folder: _Folder, entry: os.DirEntry[str]
) -> tuple[dict[str, Facts] | None, list[Refused | Remark]]:
    path = printable(folder.path / entry.name)
    if entry.is_symlink():
        return None, [Refused(path, "sources.csv is a symbolic link; put the file itself there.")]
    raw = read(Found(path, Path(entry.path)))
    if isinstance(raw, Refused):
        return None, [raw]
    found = sources.read_sources(raw.data, folder.place)
    refused = [Refused(path, problem.reason, problem.row) for problem in found.problems]
    return found.facts, [*refused, *(Remark(sentence) for sentence in found.remarks)]


def _step(entry: os.DirEntry[str], folder: _Folder, real_root: Path) -> Found | Refused | _Folder:
    relative = folder.path / entry.name
    place = Path(entry.path)
    if entry.is_symlink():
        refused = _refuse_link(place, relative, real_root)
        if refused:
            return refused
    elif entry.is_dir():
        return _Folder(place, relative, folder.known)
    facts, note = _facts(relative, folder.known)
    return Found(printable(relative), place, facts, note)


def _refuse_link(place: Path, relative: PurePosixPath, real_root: Path) -> Refused | None:
    target = Path(os.path.realpath(place))
    if not target.is_relative_to(real_root):
        reason = "This symbolic link leads out of the imported folder; put the file itself there."
    elif not target.exists():
        reason = "This symbolic link leads nowhere; remove it or put the file itself there."
    elif target.is_dir():
        reason = "This symbolic link leads to a folder that is imported under its own name; remove it."
    else:
        return None
    return Refused(printable(relative), reason)


def _facts(
    relative: PurePosixPath, known: tuple[tuple[PurePosixPath, dict[str, Facts]], ...]
) -> tuple[Facts, str]:
    """What the nearest sources.csv says of a file, and a note if there is one and it says nothing."""
    for folder, facts in known:
        row = facts.get(str(relative.relative_to(folder)))
        if row is not None:
            return row, ""
    return Facts(), f"No row of {sources.NAME} names this file." if known else ""


def _why(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
