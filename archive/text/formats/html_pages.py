"""Pages saved by a browser: facts from their markup, the body by trafilatura.

The raw text of such an article is the body with its lines as extracted; the bytes of the page are kept as its
source, from which everything can be read again.
"""

from __future__ import annotations

import re

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from archive.text.decoding import Undecodable, decode
from archive.text.formats.fields import Columns, sound
from archive.text.formats.fragments import text_of
from archive.text.formats.html_metadata import PageFacts, completed, read_metadata
from archive.text.formats.walls import wall_of
from archive.text.types import Facts, RawArticle, RawFile, Reading, Rejection

# The longest of 20,000 real pages has 3 MB; extraction takes some seconds for each ten.
LARGEST_PAGE = 10_000_000  # bytes
# Extraction walks trees by recursion. Real pages are up to 60 deep; deeper parts are cut off.
DEEPEST = 200
# The fullest of 316 labelled pages has 5,000 elements. Above that the second opinion that trafilatura asks of
# justext, whose time grows with the square of the page, is left out; a page above the limit is cut there.
MOST_ELEMENTS_FOR_A_SECOND_OPINION = 6_000
MOST_ELEMENTS = 20_000
_CUT = "The page is nested too deeply or too long to be read whole; its last or innermost parts are missing."
LEAST_WORDS = 15  # of a body; what is shorter is a list of links, a picture or a notice
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    rb"</?(?:div|p|span|a|script|link|meta|img|ul|li|h[1-6]|td|br)\b[^<>]{0,500}>", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S{1,2000}) -->")
LEAST_TAGS = 10
ENDINGS = (".html", ".htm", ".xhtml", ".shtml")


def recognises(head: RawFile) -> bool:
    """The first element of a page, or a page's name and a tag."""
    data = _beginning(head)
    return bool(_HTML.match(data)) or (head.path.lower().endswith(ENDINGS) and bool(_TAG.search(data)))


def recognises_piece(head: RawFile) -> bool:
    """Tags enough for a piece of a page; asked after rows, whose texts may be marked up."""
    return len(_TAG.findall(_beginning(head))) >= LEAST_TAGS


def _beginning(head: RawFile) -> bytes:
    return head.data.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")[:20_000]


def read(file: RawFile, columns: Columns) -> Reading:
    """Read one saved page."""
    found = read_page(file.data)
    if isinstance(found, Rejection):
        return Reading("html", (), (found,))
    return Reading("html", (found,), ())


def read_page(data: bytes, address: str = "", charset: str = "") -> RawArticle | Rejection:
    """The article of a page, or why there is none.

    `address` and `charset` are what is known from outside (a web record, a mail), and may be empty.
    """
    if len(data) > LARGEST_PAGE:
        return Rejection(
            f"The page has {len(data):,} bytes, more than the {LARGEST_PAGE:,} that are read.", 1, 0
        )
    try:
        text, encoding = _decoded(data, charset)
    except Undecodable as error:
        return Rejection(error.reason, 1, error.byte_offset)
    tree = _parsed(text)
    if tree is None:
        return Rejection("The page holds no elements; save it again as a complete page.", 1, 0)
    elements, cut = _limit(tree)
    saved_from = _SAVED_FROM.search(text[:5000])
    page = read_metadata(tree, address or (saved_from[1] if saved_from else ""))
    facts = completed(page.facts, tree)
    body = _body(tree, page, fast=elements > MOST_ELEMENTS_FOR_A_SECOND_OPINION)
    wall = wall_of(body, page.behind_paywall)
    if wall.instead:
        return Rejection(wall.instead, 1, 0)
    if len(body.split()) < LEAST_WORDS:
        reason = "No text of an article was found on the page; save the page of the article itself."
        return Rejection(reason, 1, 0)
    return RawArticle(body, 1, 0, len(data), encoding, _sound_facts(facts), _CUT if cut else wall.note)


def _body(tree: HtmlElement, page: PageFacts, fast: bool) -> str:
    """The body as trafilatura finds it; the one of the markup only where that finds next to nothing."""
    extracted = trafilatura.extract(tree, include_comments=False, with_metadata=False, fast=fast) or ""
    stated = text_of(page.body) if page.body else ""
    if len(extracted.split()) < LEAST_WORDS and len(stated.split()) > len(extracted.split()):
        extracted = stated
    return sound(extracted).strip()


def _decoded(data: bytes, charset: str) -> tuple[str, str]:
    """The text of a page in the encoding that it names, where that fits, else in the one that does."""
    named = _CHARSET.search(data[:20_000])
    for name in (charset, named[1].decode("ascii", "replace") if named else ""):
        if name and name.lower() not in ("utf-8", "utf8", "unicode", "utf-16"):
            try:
                return data.decode(name).replace("\r\n", "\n").replace("\x00", "\ufffd"), name.lower()[:40]
            except (LookupError, UnicodeError, ValueError):
                continue
    return decode(data)


def _parsed(text: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _limit(tree: HtmlElement) -> tuple[int, bool]:
    """Take out what is nested more deeply or comes after more elements than on any page; count what stays."""
    depth = count = 0
    deep, late = [], []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if event == "start" and count > MOST_ELEMENTS:
            late.append(element)
        elif event == "start" and depth == DEEPEST:
            deep.append(element)
    for element in deep:
        element.clear(keep_tail=True)
    for element in reversed(late):
        element.getparent().remove(element)
    return min(count, MOST_ELEMENTS), bool(deep or late)


def _sound_facts(facts: Facts) -> Facts:
    return facts._replace(
        headline=sound(facts.headline),
        authors=tuple(sound(name) for name in facts.authors),
        outlet=sound(facts.outlet),
        url=sound(facts.url),
    )
