"""Who wrote the article of a saved page: what its markup says, and the bylines that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from archive.text.bylines import credit_of

# Names of meta elements, the surest first: OpenGraph, Dublin Core, and what content systems and statistics
# services (parse.ly, Sailthru, Chartbeat, cXense) put into pages.
_META = (
    *("author", "parsely-author", "article:author", "byl", "dc.creator", "dcterms.creator"),
    *("sailthru.author", "cxenseparse:author", "article.author", "authors", "byline"),
)
# One element an author, often "Roe, Jane" (Google Scholar's guidelines).
_CITED = ("citation_author", "citation_authors")
LONGEST_NAME = 120
_MOST_WORDS_OF_A_BYLINE = 12
_SPACES = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_BY = re.compile(r"^\s*(?:(?:written |posted |words |story )?by|authors?)(?:\s*:|\s)\s*", re.IGNORECASE)
_ENDS_WITH_BY = re.compile(r"(?:^|\W)(?:written |posted |words |story )?by\s*:?\s*$", re.IGNORECASE)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# What layouts put into one line with a name.
_BEHIND_NAME = re.compile(
    r"\s*[|•·(–—].*|\s-\s.*"
    r"|\W*\b(?:(?:last |medically )?(?:updated|reviewed|edited|published|posted)|fact.checked).*|\s\d.*"
    rf"|,? (?:on )?{_MONTH}$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\.com\b|https?:|@|^(?:admin|administrator|editor|staff|webmaster|unknown|none|null|anonymous|on)$"
    rf"|^(?:on )?{_MONTH}$|^[\W\d_]+$",
    re.IGNORECASE,
)
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_NAME_ALONE = re.compile(
    rf"{_NAME_WORD}(?: (?:(?:de|der|van|von|la|el|al|bin|da|di|dos|du) )*{_NAME_WORD}){{1,3}}"
)
_MARKED = (
    '//*[@itemprop="author"]//*[@itemprop="name"] | //a[@rel="author"]'
    ' | //*[@itemprop="author"][not(.//*[@itemprop="name"])]'
)
_NAMES = (
    '//*[contains(@class,"author-name") or contains(@class,"authorName") or contains(@class,"author__name")'
    ' or contains(@class,"author_name") or @data-testid="author-name"][string-length(.) < 100]'
)
_BYLINES = (
    '//*[contains(@class,"byline") or contains(@class,"author-name") or contains(@class,"authorName")'
    ' or contains(@class,"author__name") or contains(@class,"entry-author")][string-length(.) < 200]'
)
_LINKED = '//a[contains(@href,"author") or contains(@href,"/profile") or contains(@href,"/people/")]'
# Menus offer things "by use case".
_SHORT_LINES = (
    "//*[self::p or self::span or self::div or self::address or self::h4 or self::h5]"
    "[not(ancestor::nav or ancestor::header[not(ancestor::article)] or ancestor::footer or ancestor::ul)]"
)
_TAGS = '//a[contains(@href,"/tag") or contains(@href,"/categor") or contains(@href,"/topic") or @rel="tag"]'
_MOST_LOOKED_AT = 3_000  # elements; pages have bylines near the top or the end of the text


def authors_of(
    tree: HtmlElement, structured: Sequence[str], meta: dict[str, str], sites: Iterable[str]
) -> tuple[str, ...]:
    """The authors of a page, by the surest source that names any.

    Args:
        tree: the parsed page.
        structured: the authors of its JSON-LD.
        meta: its meta elements by name.
        sites: names of the site and the outlet, which are no authors.
    """
    no_people = {folded(name) for name in sites} | _labels(tree)
    sources: Iterable[Sequence[str]] = (
        structured,
        [_in_order(name) for name in _contents(tree, _CITED)],
        _split(next((meta[key] for key in _META if meta.get(key) and "http" not in meta[key]), "")),
        _labelled(meta),
        [_text(element) for element in tree.xpath(_MARKED)[:6]],
        _lines(tree),
        _linked(tree),
        _names(tree),
        _written_lines(tree),
    )
    for names in sources:
        people = [person(name) for name in names]
        kept = [name for name in people if name and folded(name) not in no_people]
        if kept:
            return tuple(dict.fromkeys(kept))
    return ()


def others_than(names: Iterable[str], tree: HtmlElement, outlet: str) -> tuple[str, ...]:
    """The names among those found by guesswork that are neither the outlet nor a tag of the page."""
    no_people = {folded(outlet)} | _labels(tree)
    found = (person(name) for name in names)
    return tuple(name for name in found if name and folded(name) not in no_people)


def person(name: str) -> str:
    """A name without what layouts put around it; "" if it is none."""
    name = _BEHIND_NAME.sub("", _BY.sub("", _line(name))[:500]).strip(" ,;|")
    name = _without_job(name)
    short = 0 < len(name) <= LONGEST_NAME
    return name if short and folded(name) and not _NO_AUTHOR.search(name) else ""


def folded(text: str) -> str:
    """A text as names and titles are compared: letters and digits, small."""
    return _NOT_LETTERS.sub("", text).lower()


def _without_job(name: str) -> str:
    """“Jane Roe, trial attorney” without what follows the comma, if a full name stands before it."""
    first = name.split(",")[0].strip()
    return first if first != name and _NAME_ALONE.fullmatch(first) else name


def _in_order(cited: str) -> str:
    """“Roe, Jane” as it is printed: “Jane Roe”."""
    parts = [part.strip() for part in cited.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else cited


def _labelled(meta: dict[str, str]) -> list[str]:
    """What a page's card for social media labels "Written by" (twitter:label1, twitter:data1)."""
    for number in ("1", "2"):
        if meta.get(f"twitter:label{number}", "").strip().lower() in ("written by", "author"):
            return _split(meta.get(f"twitter:data{number}", ""))
    return []


def _lines(tree: HtmlElement) -> list[str]:
    """Names in the lines that a page marks as bylines, the first line that has any."""
    for element in tree.xpath(_BYLINES)[:10]:
        line = _line(_text(element))
        if _BY.match(line) and len(line.split()) <= _MOST_WORDS_OF_A_BYLINE:
            return _split(
                re.split(r"[|•·,]|\s[-–—]\s|\bpublished\b|\bupdated\b|\d", line, flags=re.IGNORECASE)[0]
            )
    return []


def _linked(tree: HtmlElement) -> list[str]:
    """Links to authors that stand behind "By", and the further ones of the same line."""
    for element in tree.xpath(_LINKED)[:40]:
        if not _ENDS_WITH_BY.search(_line(_before(element))[-60:]):
            continue
        together = [element, *(next_one for next_one in _following(element) if next_one.get("href"))]
        return [_text(one) for one in together[:6]]
    return []


def _following(link: HtmlElement) -> list[HtmlElement]:
    """The links after one in the same list of authors."""
    holder = link.getparent()
    if holder is not None and holder.tag == "li":
        return [one for item in holder.itersiblings("li") for one in item.iter("a")]
    return [
        one
        for one in link.itersiblings("a")
        if "author" in one.get("href", "") or "profile" in one.get("href", "")
    ]


def _before(element: HtmlElement) -> str:
    """The text right before an element, at most three elements up."""
    inner = element
    for _ in range(3):
        holder = inner.getparent()
        if holder is None:
            return ""
        previous = inner.getprevious()
        text = (previous.tail if previous is not None else holder.text) or ""
        if text.strip():
            return str(text)
        if previous is not None and _line(_text(previous)):
            return _line(_text(previous))
        inner = holder
    return ""


def _names(tree: HtmlElement) -> list[str]:
    """What a page marks as the name of an author, if it is a full name and nothing else."""
    found = (_line(_text(element)) for element in tree.xpath(_NAMES)[:10])
    return [name for name in found if _NAME_ALONE.fullmatch(name)][:1]


def _written_lines(tree: HtmlElement) -> list[str]:
    """People in the first short line behind the heading that begins with "By" and names somebody."""
    behind_heading = False
    for element in tree.xpath(f"//h1 | {_SHORT_LINES}")[:_MOST_LOOKED_AT]:
        behind_heading = behind_heading or element.tag == "h1"
        start = (element.text or "").lstrip()[:12].lower()
        if not behind_heading or not start.startswith(("by ", "by:", "by\n", "written by")):
            continue
        line = _line(_text(element))
        if _BY.match(line) and len(line.split()) <= _MOST_WORDS_OF_A_BYLINE:
            people = credit_of(line).authors
            if people:
                return list(people)
    return []


def _labels(tree: HtmlElement) -> set[str]:
    """Tags and categories of the page: guesses take them for names."""
    return {folded(_text(link)) for link in tree.xpath(_TAGS)[:200]}


def _contents(tree: HtmlElement, names: Iterable[str]) -> list[str]:
    found = (tree.xpath("//meta[@name=$name]/@content", name=name)[:50] for name in names)
    return next(([str(content) for content in contents] for contents in found if contents), [])


def _split(printed: str) -> list[str]:
    return re.split(r"\s*(?:[,;|]|\band\b|&)\s*", _BY.sub("", printed)) if printed else []


def _text(element: HtmlElement) -> str:
    return " ".join(str(part) for part in element.itertext())


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
