"""Bytes to text: which encoding a file is written in, or why it is no text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

# First bytes of files that are not text whatever their name says. From the formats' own specifications.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"SQLite format 3\x00", "a database"),
)
# Shorter signatures could begin a text ("BMW said ..."): they need a control byte after them to count.
SHORT_SIGNATURE = 4

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has next to none; compressed or machine data has about one byte in nine.
MOST_CONTROL_BYTES = 0.01
# In English text kept as UTF-16 nearly every second byte is zero; spaces of other scripts lower the share.
LEAST_ZEROS_OF_UTF16 = 0.4
MOST_ZEROS_ON_THE_OTHER_SIDE = 0.02
SAMPLE = 65_536  # bytes; enough to tell what a file is, however long it is


class Decoded(NamedTuple):
    """The text of some bytes and the encoding it was read with."""

    text: str
    encoding: str


class Undecodable(Exception):
    """These bytes are no text. The message is one sentence that names the mend."""

    def __init__(self, reason: str, byte_offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.byte_offset = byte_offset


def decode(data: bytes) -> Decoded:
    """Read `data` as text, with line ends as "\\n".

    Tries, in this order: a byte order mark, UTF-16 without a mark (told by its zeros), UTF-8, Windows
    cp1252 (which contains what is printable of latin-1). Bytes that break an otherwise sound UTF-8 or
    UTF-16 text become U+FFFD, and the encoding says how many. Raises Undecodable for anything else.
    """
    nature = _what_else_it_is(data)
    if nature:
        raise Undecodable(f"The file is {nature} and not a text; give the text of the article instead.")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_leniently(data, encoding)
    utf16 = _utf16_without_mark(data)
    if utf16:
        return _decode_leniently(data, utf16)
    _refuse_binary(data)
    return _decode_utf8_or_cp1252(data)


def _what_else_it_is(data: bytes) -> str:
    for signature, nature in SIGNATURES:
        if not data.startswith(signature):
            continue
        if len(signature) >= SHORT_SIGNATURE or CONTROL_BYTES.search(data, 0, 64):
            return nature
    return ""


def _utf16_without_mark(data: bytes) -> str:
    sample = data[: min(SAMPLE, len(data) // 2 * 2)]
    pairs = len(sample) // 2
    if not pairs:
        return ""
    zeros_first = sample[0::2].count(0) / pairs
    zeros_second = sample[1::2].count(0) / pairs
    if zeros_second >= LEAST_ZEROS_OF_UTF16 and zeros_first <= MOST_ZEROS_ON_THE_OTHER_SIDE:
        return "utf-16-le"
    if zeros_first >= LEAST_ZEROS_OF_UTF16 and zeros_second <= MOST_ZEROS_ON_THE_OTHER_SIDE:
        return "utf-16-be"
    return ""


def _refuse_binary(data: bytes) -> None:
    sample = data[:SAMPLE]
    if len(CONTROL_BYTES.findall(sample)) > MOST_CONTROL_BYTES * len(sample) + 1:
        raise Undecodable("The file holds machine data and not a text; give the text of the article instead.")
    nul = data.find(b"\x00")
    if nul >= 0:
        raise Undecodable(
            f"The file holds a NUL byte (the first at byte {nul}), which no text has; "
            "remove it or save the file again as UTF-8.",
            nul,
        )


def _decode_utf8_or_cp1252(data: bytes) -> Decoded:
    try:
        return Decoded(_one_line_end(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        first_broken = error.start
    if _is_mostly_utf8(data):
        return _decode_leniently(data, "utf-8")
    try:
        return Decoded(_one_line_end(data.decode("cp1252")), "cp1252")
    except UnicodeDecodeError:
        raise Undecodable(
            f"The file's encoding could not be told (byte {first_broken} is neither UTF-8 nor cp1252); "
            "save the file again as UTF-8.",
            first_broken,
        ) from None


def _is_mostly_utf8(data: bytes) -> bool:
    """More sound multi-byte characters than broken bytes: cp1252 text has hardly any of the former."""
    text = data.decode("utf-8", errors="surrogateescape")
    broken = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    sound = sum(1 for char in text if char > "\x7f") - broken
    return sound > broken


def _decode_leniently(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    if "\x00" in text:
        raise Undecodable(
            "The file holds NUL characters, which no text has; remove them or save the file again as UTF-8.",
            max(data.find(b"\x00\x00"), 0),
        )
    broken = text.count("\ufffd") - data.count("\ufffd".encode(encoding.removesuffix("-sig")[:6]))
    name = encoding if broken <= 0 else f"{encoding}, {broken} broken"
    return Decoded(_one_line_end(text), name)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
