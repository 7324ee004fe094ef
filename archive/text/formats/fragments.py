"""Markup inside a field (the content of a feed's entry, of a JSON row) to text with its paragraphs."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]{0,2000})?/?>")
_DECLARATION = re.compile(r"<!\[CDATA\[|\]\]>|<!doctype[^<>]{0,500}>", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        *("p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dd", "dt"),
        *("blockquote", "pre", "tr", "table", "section", "article", "header", "footer", "main", "aside"),
        *("nav", "figure", "figcaption"),
    ]
)
_UNREAD = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select"])
_SPACES = re.compile(r"[ \t\xa0\n]+")


def is_markup(text: str) -> bool:
    """Whether a text is HTML: tags that make paragraphs, and some tag closed or a break."""
    sample = text[:20_000]
    if "<" not in sample:
        return False
    names = [(match[1], match[2].lower()) for match in _TAG.finditer(sample)]
    closed = any(slash or name in ("br", "hr") for slash, name in names)
    return closed and any(name in _BLOCKS for _, name in names)


def text_of(markup: str) -> str:
    """The words of a fragment of HTML, a paragraph a block, without scripts and styles. Linear in length."""
    markup = _DECLARATION.sub(" ", _without_comments(markup))
    blocks: list[str] = []
    words: list[str] = []
    position, unread = 0, ""
    for match in _TAG.finditer(markup):
        if not unread:
            words.append(markup[position : match.start()])
        position = match.end()
        name = match[2].lower()
        if unread:
            unread = "" if match[1] and name == unread else unread
        elif name in _UNREAD and not match[1]:
            unread = name
        elif name in _BLOCKS:
            blocks.append("".join(words))
            words = []
    if not unread:
        words.append(markup[position:])
    blocks.append("".join(words))
    lines = (_SPACES.sub(" ", unescape(block)).strip() for block in blocks)
    return "\n\n".join(line for line in lines if line)


def _without_comments(markup: str) -> str:
    kept, position = [], 0
    while (start := markup.find("<!--", position)) >= 0:
        end = markup.find("-->", start)
        if end < 0:
            break
        kept.append(markup[position:start])
        position = end + len("-->")
    return " ".join([*kept, markup[position:]])
