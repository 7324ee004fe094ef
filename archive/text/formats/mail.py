"""Newsletters as mail: one message (.eml), or a mailbox of many (.mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from archive.text.decoding import Undecodable, decode
from archive.text.formats.fields import Columns, sound
from archive.text.formats.fragments import is_markup, text_of
from archive.text.formats.html_pages import read_page
from archive.text.formats.moments import moment_of
from archive.text.formats.streams import Row, Stream
from archive.text.types import Facts, RawArticle, RawFile, Reading, Rejection

# Newsletters have some 100 KB; what is larger carries pictures, which are not read.
LARGEST_MESSAGE = 30_000_000  # bytes
LONGEST_LINE = 1_000_000  # bytes of a line that is taken as it is; longer ones come in pieces
MOST_PARTS = 200
LEAST_WORDS = 15
LEAST_HEADERS = 3  # by which a message is told from a text that begins with "From: ..."
LONGEST_HEADER = 2000  # characters; the standard library's time grows with the square of it
_HEADER = re.compile(
    rb"(?:received|from|to|cc|subject|date|mime-version|message-id|return-path|delivered-to|reply-to|sender"
    rb"|content-type|content-transfer-encoding|list-[a-z]+|x-[a-z0-9-]+|dkim-signature|authentication-results"
    rb"|arc-[a-z-]+|snapshot-content-location)[ \t]*:",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(rb"From \S+.{0,60}\d\d:\d\d")


def recognises(head: RawFile) -> bool:
    """Lines of usual headers at the beginning, From among them; fewer suffice where the name says .eml."""
    block = re.split(rb"\r?\n\r?\n", head.data.lstrip(b"\r\n"), maxsplit=1)[0][:20_000]
    lines = block.splitlines()
    if not lines or not _HEADER.match(lines[0]):
        return False
    headers = sum(bool(_HEADER.match(line)) for line in lines)
    return headers >= (1 if head.path.lower().endswith(".eml") else LEAST_HEADERS)


def recognises_mailbox(head: RawFile) -> bool:
    """The line that separates messages, with headers below it."""
    first, _, rest = head.data.partition(b"\n")
    return bool(_SEPARATOR.match(first)) and bool(_HEADER.match(rest.lstrip(b">")))


def read(file: RawFile, columns: Columns) -> Reading:
    """Read one message. The parser takes eight times its size of memory."""
    if len(file.data) > LARGEST_MESSAGE:
        reason = f"The message has {len(file.data):,} bytes, more than the {LARGEST_MESSAGE:,} that are read."
        return Reading("mail", (), (Rejection(reason, 1, 0),))
    found = article_of_message(file.data, 1, 0)
    if isinstance(found, Rejection):
        return Reading("mail", (), (found,))
    return Reading("mail", (found,), ())


def rows(stream: Stream, head: bytes, columns: Columns) -> Iterator[Row]:
    """Each message of a mailbox as a row, with the line that separates it from the one before."""
    start = 0
    for block, (data, size) in enumerate(_messages(stream), 1):
        if size > len(data):
            reason = f"The message has {size:,} bytes, more than the {LARGEST_MESSAGE:,} that are read."
            yield Row(start, b"", Rejection(reason, block, start))
        else:
            yield Row(start, data, article_of_message(data, block, start))
        start += size


def article_of_message(data: bytes, block: int, start: int) -> RawArticle | Rejection:
    """The article that a message is, or why it is none. `block` and `start` say where it stands."""
    try:
        message = message_from_bytes(data.split(b"\n", 1)[-1] if _SEPARATOR.match(data) else data)
        found = _read(message)
    except (RecursionError, ValueError, LookupError, HeaderParseError) as error:
        return Rejection(
            f"The message cannot be taken apart ({type(error).__name__}); save it again.", block, start
        )
    if isinstance(found, Rejection):
        return found._replace(block=block, byte_offset=start)
    facts = _facts(message, found.facts)
    return found._replace(block=block, byte_start=start, byte_end=start + len(data), facts=facts)


def parts_of(message: Message) -> list[Message]:
    """The parts of a message that hold something themselves, in order, at most MOST_PARTS. No recursion."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting += reversed([one for one in inner if isinstance(one, Message)])
        else:
            found.append(part)
    return found


def content(part: Message) -> bytes:
    """The bytes of a part, out of the encoding that mail wraps them in."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def charset(part: Message) -> str:
    """The name of a part's encoding as its header states it, or ""."""
    return str(part.get_param("charset") or "")[:40]


def header(message: Message, name: str) -> str:
    """A header as text on one line, cut at LONGEST_HEADER."""
    value = str(message.get(name) or "")[:LONGEST_HEADER]
    with suppress(HeaderParseError, ValueError, LookupError):  # then it is shown as it came
        value = str(make_header(decode_header(value)))
    return sound(" ".join(value.split()))


def _read(message: Message) -> RawArticle | Rejection:
    parts = [part for part in parts_of(message) if part.get_content_disposition() != "attachment"]
    markup = next((part for part in parts if part.get_content_type() == "text/html"), None)
    words = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    page = read_page(content(markup), charset=charset(markup)) if markup else None
    if isinstance(page, RawArticle):
        return page
    for part in (words, markup):
        text, encoding = _text(part) if part else ("", "")
        if len(text.split()) >= LEAST_WORDS:
            return RawArticle(text, 1, 0, 0, encoding)
    return page or Rejection("The message holds no text of an article.", 1, 0)


def _text(part: Message) -> tuple[str, str]:
    data, named = content(part), charset(part)
    try:
        text, encoding = data.decode(named or "utf-8"), named or "utf-8"
    except (LookupError, UnicodeError, ValueError):
        try:
            text, encoding = decode(data)
        except Undecodable:
            return "", ""
    return sound(text_of(text) if is_markup(text) else text), encoding


def _facts(message: Message, page: Facts) -> Facts:
    """Subject, sender and date of the message; of its page only the language and whose text it is."""
    sender, address = parseaddr(header(message, "From"))
    domain = address.rpartition("@")[2].lower()
    sent = moment_of(header(message, "Date"), "Date of the mail")
    return Facts(
        headline=header(message, "Subject")[:1000],
        authors=page.authors,
        outlet=sender[:200] if sender and "@" not in sender else "",
        domain=domain if re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", domain) else "",
        published=sent,
        language=page.language,
        known_from="headers of the mail",
        extracted=page.extracted,
    )


def _messages(stream: Stream) -> Iterator[tuple[bytes, int]]:
    """The bytes of each message and how many they are; of one that is too large only some."""
    kept: list[bytes] = []
    size = 0
    blank = True
    while line := stream.readline(LONGEST_LINE):
        if blank and size and _SEPARATOR.match(line):
            yield b"".join(kept), size
            kept, size = [], 0
        size += len(line)
        if size <= LARGEST_MESSAGE:
            kept.append(line)
        blank = not line.strip(b"\r\n")
    if size:
        yield b"".join(kept), size
