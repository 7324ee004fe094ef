"""Who wrote the article of a saved page: what its markup says, and the bylines that it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from lxml.html import HtmlElement

from archive.text.bylines import credit_of
from archive.text.formats.html_opening import Piece
from archive.text.formats.html_portraits import names_at
from archive.text.formats.person_names import (
    BY,
    folded,
    is_full_name,
    is_somebody,
    line_of,
    person,
    without_jobs,
)

# Names of meta elements, the surest first: OpenGraph, Dublin Core, and what content systems and statistics
# services (parse.ly, Sailthru, Chartbeat, cXense) put into pages.
_META = (
    *("author", "parsely-author", "article:author", "byl", "dc.creator", "dcterms.creator"),
    *("sailthru.author", "cxenseparse:author", "article.author", "authors", "byline"),
)
# One element an author, often "Roe, Jane" (Google Scholar's guidelines).
_CITED = ("citation_author", "citation_authors")
_LABELS = frozenset(
    ["written by", "author", "authors", "by", "words by", "reported by", "interview by", "story by"]
)
_MOST_WORDS_OF_A_BYLINE = 12
_ENDS_WITH_BY = re.compile(r"(?:^|\W)(?:written |posted |words |story )?by\s*:?\s*$", re.IGNORECASE)
_ANOTHERS_WORK = (
    r"\b(?:(?:review|edit|check|translat|photograph|illustrat)\w* by|photographer|photos?)\W{1,3}"
)
_BY_ANOTHER = re.compile(r"\b(?:review|edit|check|updat|verifi)\w* by\s*:?\s*$", re.IGNORECASE)
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
_TAGS = (
    '//a[contains(@href,"/tag") or contains(@href,"/categor") or contains(@href,"/topic")'
    ' or contains(@href,"topic=") or contains(@href,"category=") or @rel="tag"]'
)
_MOST_LOOKED_AT = 3_000  # elements; pages have bylines near the top or the end of the text


def authors_of(
    tree: HtmlElement,
    structured: Sequence[str],
    meta: dict[str, str],
    sites: Iterable[str],
    opening: Sequence[Piece] = (),
    host: str = "",
) -> tuple[str, ...]:
    """The authors of a page, by the surest source that names any.

    Args:
        tree: the parsed page.
        structured: the authors of its JSON-LD.
        meta: its meta elements by name.
        sites: names of the site and the outlet, which are no authors.
        opening: the pieces of text around its heading.
        host: what its address calls the site, in one word, which is no author either.
    """
    no_people = {folded(name) for name in sites if not is_somebody(name)} | _labels(tree)
    sources: Iterable[Callable[[], Sequence[str]]] = (
        lambda: structured,
        lambda: [_in_order(name) for name in _contents(tree, _CITED)],
        lambda: _split(next((meta[key] for key in _META if meta.get(key) and "http" not in meta[key]), "")),
        lambda: _labelled(meta),
        lambda: [_text(element) for element in tree.xpath(_MARKED)[:6]],
        lambda: _lines(tree),
        lambda: _linked(tree),
        lambda: names_at(opening, tree, no_people),
        lambda: _names(tree),
        lambda: _written_lines(tree),
    )
    for names in sources:
        people = without_jobs([person(name) for name in names()])
        kept = [name for name in people if name and folded(name) not in no_people and name.lower() != host]
        if kept:
            return tuple(dict.fromkeys(kept))
    return ()


def others_than(names: Iterable[str], tree: HtmlElement, outlet: str, host: str) -> tuple[str, ...]:
    """The names among those found by guesswork that are not the outlet, a tag or a reviewer."""
    no_people = {folded(outlet)} | _labels(tree)
    found = [name for name in without_jobs([person(name) for name in names]) if name]
    said = line_of(_text(tree)) if found else ""
    if any(_did_something_else(name, said) for name in found):
        return ()
    return tuple(name for name in found if folded(name) not in no_people and name.lower() != host)


def _did_something_else(name: str, page: str) -> bool:
    """Whether a page says that somebody reviewed, edited or pictured it."""
    words = r"\W+".join(re.escape(word.strip(".")) for word in name.split())
    return re.search(_ANOTHERS_WORK + words, page, re.IGNORECASE) is not None


def _in_order(cited: str) -> str:
    """“Roe, Jane” as it is printed: “Jane Roe”."""
    parts = [part.strip() for part in cited.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else cited


def _labelled(meta: dict[str, str]) -> list[str]:
    """What a page's card for social media labels "Written by" (twitter:label1, twitter:data1)."""
    for number in ("1", "2"):
        if meta.get(f"twitter:label{number}", "").strip().lower() in _LABELS:
            return _split(meta.get(f"twitter:data{number}", ""))
    return []


def _lines(tree: HtmlElement) -> list[str]:
    """Names in the lines that a page marks as bylines, the first line that has any."""
    for element in tree.xpath(_BYLINES)[:10]:
        line = line_of(_text(element))
        if BY.match(line) and len(line.split()) <= _MOST_WORDS_OF_A_BYLINE:
            return _split(
                re.split(r"[|•·,]|\s[-–—]\s|\bpublished\b|\bupdated\b|\d", line, flags=re.IGNORECASE)[0]
            )
    return []


def _linked(tree: HtmlElement) -> list[str]:
    """Links to authors that stand behind "By", and the further ones of the same line."""
    for element in tree.xpath(_LINKED)[:40]:
        if not _ENDS_WITH_BY.search(line_of(_before(element))[-60:]):
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
        if ("author" in one.get("href", "") or "profile" in one.get("href", ""))
        and not _BY_ANOTHER.search(line_of(_before(one))[-60:])
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
        if previous is not None and line_of(_text(previous)):
            return line_of(_text(previous))
        inner = holder
    return ""


def _names(tree: HtmlElement) -> list[str]:
    """What a page marks as the name of an author, if it is a full name and nothing else."""
    found = (line_of(_text(element)) for element in tree.xpath(_NAMES)[:10])
    return [name for name in found if is_full_name(name)][:1]


def _written_lines(tree: HtmlElement) -> list[str]:
    """People in the first short line behind the heading that begins with "By" and names somebody."""
    behind_heading = False
    for element in tree.xpath(f"//h1 | {_SHORT_LINES}")[:_MOST_LOOKED_AT]:
        behind_heading = behind_heading or element.tag == "h1"
        start = (element.text or "").lstrip()[:12].lower()
        if not behind_heading or not start.startswith(("by ", "by:", "by\n", "written by")):
            continue
        line = line_of(_text(element))
        if BY.match(line) and len(line.split()) <= _MOST_WORDS_OF_A_BYLINE:
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
    return re.split(r"\s*(?:[,;|]|\band\b|&)\s*", BY.sub("", printed)) if printed else []


def _text(element: HtmlElement) -> str:
    return " ".join(str(part) for part in element.itertext())
