"""What a page says of its article in JSON-LD (schema.org): headline, authors, dates, publisher, text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from archive.text.formats.fields import plain

MOST_NODES = 20_000  # of all JSON-LD of a page; the fullest of 316 labelled pages has some hundred
LONGEST_SCRIPT = 2_000_000  # characters
_ARTICLE = ("Article", "BlogPosting", "Report", "Review", "Posting")
_SITE = frozenset({"WebSite", "NewsMediaOrganization"})
_DATES = {"published": ("datePublished", "dateCreated"), "updated": ("dateModified",)}


class Structured(NamedTuple):
    """The first article of a page's JSON-LD, or the page itself. `sites` are the names of the site."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    behind_paywall: bool = False
    sites: frozenset[str] = frozenset()


def read_structured_data(scripts: Iterable[str]) -> Structured:
    """Read the JSON-LD scripts of a page; what is not well-formed is passed over."""
    nodes = [node for script in scripts for node in _nodes(_loaded(script))][:MOST_NODES]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    sites = frozenset(plain(node.get("name")) for node in nodes if _SITE & _types(node))
    articles = [node for node in nodes if any(kind.endswith(_ARTICLE) for kind in _types(node))]
    # Many pages describe themselves as pages and leave it at that.
    pages = [node for node in nodes if "WebPage" in _types(node)]
    main = [node for node in articles if "headline" in node] or articles or pages
    if not main:
        return Structured(sites=sites)
    authors = next(filter(None, (_authors(node, named) for node in main)), ())
    return Structured(
        headline=_first(main, "headline"),
        authors=authors,
        published=_first(main, *_DATES["published"]),
        updated=_first(main, *_DATES["updated"]),
        outlet=plain(_resolved(main[0].get("publisher"), named)),
        url=_address(main[0]),
        language=_first(main, "inLanguage"),
        body=max((plain(node.get("articleBody")) for node in main), key=len),
        behind_paywall=any(
            plain(node.get("isAccessibleForFree")) == "False" or node.get("isAccessibleForFree") is False
            for node in main
        ),
        sites=sites - {""},
    )


def _loaded(script: str) -> Any:
    """The value of a script, or None. Sites wrap it in comments and end it with ";"."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>")
    if len(text) > LONGEST_SCRIPT:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every set of keys in a value, outer before inner, in order. A stack, so that no depth is too much."""
    waiting = [value]
    seen = 0
    while waiting and seen < MOST_NODES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield one
            waiting += reversed(list(one.values()))
        elif isinstance(one, list):
            waiting += reversed(one)


def _types(node: Mapping[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1] for kind in listed if isinstance(kind, str))


def _authors(node: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    said = node.get("author") or node.get("creator")
    listed = said if isinstance(said, list) else [said]
    names = (plain(_resolved(one, named)) for one in listed)
    return tuple(name for names_of_one in names for name in names_of_one.split("\n") if name.strip())


def _resolved(value: Any, named: Mapping[str, Mapping[str, Any]]) -> Any:
    """The name of what is meant: stated here, or under its "@id" elsewhere in the page."""
    if isinstance(value, Mapping):
        return value.get("name") or named.get(str(value.get("@id")), {}).get("name")
    return value


def _first(nodes: Iterable[Mapping[str, Any]], *keys: str) -> str:
    return next((found for node in nodes for key in keys if (found := plain(node.get(key)))), "")


def _address(node: Mapping[str, Any]) -> str:
    page = node.get("mainEntityOfPage")
    said = page.get("@id") if isinstance(page, Mapping) else page
    return next(
        (one for one in (node.get("url"), said) if isinstance(one, str) and one.startswith("http")), ""
    )
