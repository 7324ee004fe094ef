"""Headline, authors, dates, outlet and address of a saved page: JSON-LD, meta elements, what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from archive.text.dates import date_in_address, find_dates
from archive.text.formats.html_bylines import authors_of, others_than
from archive.text.formats.html_opening import Piece, day_shown, opening_of
from archive.text.formats.moments import moment_of
from archive.text.formats.person_names import folded
from archive.text.formats.structured_data import Structured, read_structured_data
from archive.text.types import Evidence, Facts, Moment, Precision

# Names of meta elements, the surest first.
_PUBLISHED = (
    *("article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date"),
    *("dc.date.issued", "dcterms.created", "dc.date", "dc.date.created", "dcterms.issued", "sailthru.date"),
    *("publish-date", "publish_date", "article.published", "pubdate", "pdate", "citation_publication_date"),
    *("cxenseparse:recs:publishtime", "displaydate", "date", "originalpublicationdate", "release_date"),
)
_UPDATED = (
    *("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod"),
    *("article.updated", "last-modified", "updated"),
)
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title", "cre")
_LANGUAGE = ("og:locale", "dc.language", "content-language")
LONGEST = {"headline": 1000, "outlet": 200, "url": 2000}
LEAST_WORDS_OF_A_HEADLINE = 3  # an h1 with fewer is a section or the outlet's name
_SPACES = re.compile(r"\s+")
# " | The Post", " - BBC News" behind a title
_SITE = re.compile(r"\s*(?:[|–—·»]|\s-\s|::).{2,40}$")
_PAGE_PUBLISHED = (
    '//time[@datetime][@pubdate or @itemprop="datePublished" or contains(@class,"publish") '
    'or contains(@class,"posted") or contains(@class,"entry-date")][not(contains(@class,"updated"))]'
    "/@datetime"
    ' | //*[@itemprop="datePublished"]/@content | //abbr[@class="published"]/@title'
)
_PAGE_UPDATED = (
    '//time[@datetime][@itemprop="dateModified"]/@datetime | //*[@itemprop="dateModified"]/@content'
)


class PageFacts(NamedTuple):
    """What a page says of its article, and what else helps to read it."""

    facts: Facts
    body: str  # the text as JSON-LD gives it, often without paragraphs; "" if it does not
    behind_paywall: bool
    shown_headlines: tuple[str, ...]


def read_metadata(tree: HtmlElement, address: str = "") -> PageFacts:
    """Read what a parsed page says of itself. `address` is where it was found, if that is known."""
    scripts = tree.xpath('//script[contains(@type,"ld+json")]/text()')
    data = read_structured_data(str(script) for script in scripts)
    meta = _meta(tree)
    shown = _headings(tree)
    url = _url(tree, meta, data, address)
    headline = _headline(tree, meta, data, shown)[: LONGEST["headline"]]
    opening = opening_of(tree, headline)
    published, updated = _moments(tree, meta, data, url, opening)
    outlet = _first(meta, _OUTLET) or data.outlet
    sites = (*data.sites, outlet, data.outlet)
    facts = Facts(
        headline=headline,
        authors=authors_of(tree, data.authors, meta, sites, opening, host_in(url)),
        outlet="" if len(outlet) > LONGEST["outlet"] or outlet.startswith("http") else outlet,
        url=url,
        published=published,
        updated=updated,
        language=_language(tree, meta, data),
        known_from="the page's markup",
        extracted=True,
    )
    return PageFacts(facts, data.body, data.behind_paywall, shown)


def completed(facts: Facts, tree: HtmlElement) -> Facts:
    """The facts with what trafilatura's rules find of authors and date where the markup does not tell.

    Its rules look at how pages usually are laid out; they cost as much time as extracting the body.
    """
    if facts.authors and facts.published:
        return facts
    found = extract_metadata(tree, default_url=facts.url or None)
    names = (found.author or "").split(";") if not facts.authors else ()
    people = others_than(names, tree, facts.outlet, host_in(facts.url))
    published = facts.published
    # Where only a year is found, its rules say the first of January.
    if published is None and found.date and not found.date.endswith("-01-01"):
        published = moment_of(found.date, "published")
        if published and facts.updated and published.value.date() == facts.updated.value.date():
            published = None  # its rules fall back on the date of the update
        published = published and published._replace(evidence=Evidence("found on the page", found.date))
    return facts._replace(authors=facts.authors or people, published=published)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Meta elements by name, the first of each name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = _line(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _headings(tree: HtmlElement) -> tuple[str, ...]:
    lines = (_line(_text(heading)) for heading in tree.iter("h1"))
    return tuple(line for line in lines if len(line.split()) >= LEAST_WORDS_OF_A_HEADLINE)


def _headline(tree: HtmlElement, meta: dict[str, str], data: Structured, shown: Sequence[str]) -> str:
    """The heading that the other titles confirm is what a reader saw; else what the markup says."""
    social = _line(meta.get("og:title") or meta.get("twitter:title") or meta.get("dc.title") or "")
    window = _line(str(tree.xpath("string(//title)")))
    structured = _line(data.headline)
    others = [other for other in (social, window, structured) if other]
    confirmed = next((one for one in shown if any(_same_title(one, other) for other in others)), "")
    only = shown[0] if len(shown) == 1 and not social else ""
    candidates = (confirmed, only, structured, _without_site(social), *shown[:1], _without_site(window))
    return next(filter(None, candidates), "")


def _same_title(shown: str, other: str) -> bool:
    one, two, bare = folded(shown), folded(other), folded(_without_site(other))
    return bool(one) and (two.startswith(one) or (bool(bare) and one.startswith(bare)))


def _without_site(title: str) -> str:
    """A title without the name of the site behind it; a short title keeps all its words."""
    return _SITE.sub("", title).strip() if len(title.split()) > 4 else title


def _moments(
    tree: HtmlElement, meta: dict[str, str], data: Structured, url: str, opening: Sequence[Piece]
) -> tuple[Moment | None, Moment | None]:
    """When the page says that its article was published, and when updated; neither is taken for the other.

    Readers saw the day at the headline or in the address. Where that is earlier than what the markup says,
    the markup counts in Greenwich time, or says when the page was made anew. A later one is an update's.
    """
    updated = _moment([data.updated, *_values(meta, _UPDATED), *_found(tree, _PAGE_UPDATED)], "updated")
    said = [data.published, *_values(meta, _PUBLISHED), *_found(tree, _PAGE_PUBLISHED)]
    published, addressed, shown = _moment(said, "published"), date_in_address(url), day_shown(opening)
    if published is None:
        published = addressed or shown or _written(tree)
    earlier = [one for one in (shown, addressed) if one and published and _is_before(one, published)]
    return earlier[0] if earlier else published, updated or _written_update(tree)


def _is_before(one: Moment, other: Moment) -> bool:
    return other.precision in (Precision.DAY, Precision.MINUTE) and one.value.date() < other.value.date()


def _moment(values: Iterable[str], field: str) -> Moment | None:
    return next((moment for value in values if (moment := moment_of(value, field))), None)


def _written(tree: HtmlElement) -> Moment | None:
    """The first date of a line that the page marks as its date and that does not say "updated"."""
    marked = tree.xpath(
        '//*[contains(@class,"date") or contains(@class,"time") or contains(@id,"date")'
        ' or contains(@class,"publish") or contains(@class,"posted") or contains(@class,"byline")'
        ' or contains(@class,"meta")][string-length(.) < 150]'
    )
    return _first_date(marked, updated=False)


def _written_update(tree: HtmlElement) -> Moment | None:
    """The date of the first short line that begins with "Updated"."""
    small = "translate(normalize-space(.), 'LUPDATES', 'lupdates')"
    begins = f"starts-with({small}, 'updated') or starts-with({small}, 'last updated')"
    return _first_date(tree.xpath(f"//body//*[string-length(.) < 80][{begins}]"), updated=True)


def _first_date(elements: Sequence[HtmlElement], *, updated: bool) -> Moment | None:
    """The first date in the words of some elements that is, or is not, said to be that of an update."""
    for element in elements[:40]:
        for written in find_dates(_line(_text(element))):
            if (written.label == "updated") is updated:
                evidence = Evidence("shown by the page", written.moment.evidence.detail)
                return written.moment._replace(evidence=evidence)
    return None


def _url(tree: HtmlElement, meta: dict[str, str], data: Structured, address: str) -> str:
    canonical = [str(link) for link in tree.xpath('//link[@rel="canonical"]/@href')]
    for url in (address, *canonical, meta.get("og:url", ""), data.url):
        if url.startswith(("http://", "https://")) and len(url) <= LONGEST["url"]:
            return url.strip()
    return ""


def host_in(url: str) -> str:
    """What an address calls the site: "lodbypost" of www.lodbypost.example."""
    host = re.match(r"https?://(?:www\.)?([^/:?#]+)", url)
    labels = host[1].split(".") if host else []
    return next((label for label in labels if len(label) > 3), labels[0] if labels else "")


def _language(tree: HtmlElement, meta: dict[str, str], data: Structured) -> str:
    said = str(tree.get("lang") or "") or data.language or _first(meta, _LANGUAGE)
    code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", said.strip())
    return code.group().lower() if code else ""


def _first(meta: dict[str, str], keys: Iterable[str]) -> str:
    return next(iter(_values(meta, keys)), "")


def _values(meta: dict[str, str], keys: Iterable[str]) -> list[str]:
    return [meta[key] for key in keys if meta.get(key)]


def _found(tree: HtmlElement, path: str) -> list[str]:
    return [str(value) for value in tree.xpath(path)[:10]]


def _text(element: Any) -> str:
    return " ".join(str(part) for part in element.itertext())


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
