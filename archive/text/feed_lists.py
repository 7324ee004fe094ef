"""Lists of feeds: OPML as feed readers export it, or an address a line."""

from __future__ import annotations

from lxml import etree

from archive.text.addresses import is_web
from archive.text.decoding import Undecodable, decode

LARGEST_LIST = 5_000_000  # bytes
_COMMENT = ("#", ";", "//")


def addresses_of(data: bytes) -> tuple[list[str], list[str]]:
    """The addresses of a list in its order, each once, and a sentence for each line that has none."""
    if len(data) > LARGEST_LIST:
        return [], [f"The list has {len(data):,} bytes, more than the {LARGEST_LIST:,} that are read."]
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    found, problems = _of_opml(data) if start == b"<" else _of_lines(data)
    return list(dict.fromkeys(found)), problems


def _of_opml(data: bytes) -> tuple[list[str], list[str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        tree = etree.fromstring(data.strip(), parser)
    except etree.XMLSyntaxError as error:
        return [], [f"The list is not well-formed OPML ({error}); export it again."]
    if tree is None:
        return [], ["The list is not well-formed OPML; export it again."]
    found, problems = [], []
    for outline in tree.iter("outline"):
        address = next(
            (outline.get(name) for name in ("xmlUrl", "xmlurl", "xmlURL") if outline.get(name)), ""
        )
        if address and is_web(address.strip()):
            found.append(address.strip())
        elif address:
            problems.append(f"'{address[:200]}' is no web address.")
    if not found and not problems:
        problems.append("The list names no feed (no outline with an xmlUrl).")
    return found, problems


def _of_lines(data: bytes) -> tuple[list[str], list[str]]:
    try:
        text = decode(data).text
    except Undecodable as error:
        return [], [error.reason]
    found, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        address = line.strip()
        if not address or address.startswith(_COMMENT):
            continue
        if is_web(address.split()[0]):
            found.append(address.split()[0])
        else:
            problems.append(f"Line {number}: '{address[:200]}' is no web address.")
    return found, problems
