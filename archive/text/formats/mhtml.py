"""Pages that a browser saved into one file (.mhtml, .mht): a mail whose first HTML part is the page."""

from __future__ import annotations

import re
from email import message_from_bytes

from archive.text.formats.fields import Columns
from archive.text.formats.html_pages import read_page
from archive.text.formats.mail import charset, content, header, parts_of
from archive.text.types import RawArticle, RawFile, Reading, Rejection

LARGEST_SAVED = 50_000_000  # bytes, most of them pictures; the parser takes eight times as much memory
_PAGES = ("text/html", "application/xhtml+xml")
_SIGNS = re.compile(
    rb"^snapshot-content-location:|^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE
)


def recognises(head: RawFile) -> bool:
    """Headers of a mail, among them those that only saved pages have."""
    beginning = re.split(rb"\r?\n\r?\n", head.data[:20_000], maxsplit=1)[0]
    if not re.match(rb"[\w-]{1,60}[ \t]*:", beginning):
        return False
    saved = b"saved by" in beginning.lower() or head.path.lower().endswith((".mhtml", ".mht"))
    return bool(_SIGNS.search(beginning)) and (saved or b"snapshot-content-location" in beginning.lower())


def read(file: RawFile, columns: Columns) -> Reading:
    """Read the page in the file; its pictures and styles are passed over."""
    found = _read(file.data)
    if isinstance(found, Rejection):
        return Reading("mhtml", (), (found,))
    return Reading("mhtml", (found._replace(byte_end=len(file.data)),), ())


def _read(data: bytes) -> RawArticle | Rejection:
    if len(data) > LARGEST_SAVED:
        reason = (
            f"The file has {len(data):,} bytes, more than the {LARGEST_SAVED:,} that are read; "
            "save the page as HTML alone."
        )
        return Rejection(reason, 1, 0)
    try:
        message = message_from_bytes(data)
    except (RecursionError, ValueError, LookupError) as error:
        return Rejection(
            f"The file cannot be taken apart ({type(error).__name__}); save the page again.", 1, 0
        )
    pages = [part for part in parts_of(message) if part.get_content_type() in _PAGES]
    if not pages:
        return Rejection("The file holds no page; save the page again.", 1, 0)
    address = header(message, "Snapshot-Content-Location") or header(pages[0], "Content-Location")
    return read_page(content(pages[0]), address, charset(pages[0]))
