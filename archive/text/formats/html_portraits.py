"""Names that stand alone at the heading of a page, and what shows that they are those of its authors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from archive.text.formats.html_opening import Piece
from archive.text.formats.person_names import BY, folded, is_full_name, is_usual, person

_MOST_SCRIPTS = 40
_LONGEST_SCRIPT = 500_000  # characters
_NEXT_TO = 3  # pieces between two authors of one line
_UP = 3  # elements above a name that may be marked as an author's or link to one
# "author":"Ann Lee", "authors":[{"id":3,"name":"Ann Lee"}], in a script, its quotation marks escaped or not
_SAID = re.compile(
    r'\\?"(?:[a-z]{0,20}_?authors?(?:_?name)?|byline|writer)\\?"\s{0,9}:\s{0,9}\[?\s{0,9}'
    r'(?:\{[^{}\[\]]{0,300}?\\?"(?:display|full)?_?name\\?"\s{0,9}:\s{0,9})?\\?"([^"\\]{3,80})\\?"',
    re.IGNORECASE,
)
_OF_AUTHORS = re.compile(
    r"/(?:[a-z]+-)?(?:authors?|profiles?|people|person|team|staff|contributors?|reporters?|writers?|journalists?"
    r"|columnists?|by|byline|autor(?:en|es)?|auteurs?|users?)/",
    re.IGNORECASE,
)
_UP_TO_COMMENTS = 6
_COMMENTS = re.compile(r"comment|related|recommend", re.IGNORECASE)
_MARKED = re.compile(r"author|byline|writer|contributor", re.IGNORECASE)
# Whoever follows these words, or stands before the job, did not write the text.
_NOT_THE_AUTHOR = re.compile(
    r"\b(?:review|edit|check|updat|verifi|translat|photograph|illustrat|produc|approv|narrat|host)\w*"
    r"(?: \w+)? by\W*$"
    r"|\b(?:editor|reviewer|photographer|illustrator|translator|photos?|pictures?|with)\W*$",
    re.IGNORECASE,
)
_WRITES = re.compile(r"\b(?:writes|reports)\s+([^,.;:]{5,40})[.]?$|\bsays\s+([A-ZÀ-ÖØ-Þ'’ -]{5,40})[.]?$")


class _Signs(NamedTuple):
    """What the page says of authors elsewhere: names in scripts, of pictures, in addresses of authors."""

    said: frozenset[str]
    pictured: tuple[str, ...]
    addresses: tuple[str, ...]


def names_at(pieces: Sequence[Piece], tree: HtmlElement, no_people: set[str]) -> list[str]:
    """Full names that stand alone around the heading and that other signs say are those of the authors."""
    if not pieces:
        return []
    signs = _signs(tree)
    found: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        name = person(re.sub(r"\s+in$", "", piece.text))
        if not is_full_name(name) or folded(name) in no_people or _NOT_THE_AUTHOR.search(piece.before[-60:]):
            continue
        if found and at - max(found.values()) > _NEXT_TO:
            break
        if _is_author(name, piece, signs):
            found.setdefault(name, at)
    return list(found) or _written_by(pieces)


def _is_author(name: str, piece: Piece, signs: _Signs) -> bool:
    """A usual name and one sign, or two signs; whoever comments is none."""
    if _COMMENTS.search(_marks(piece.element, _UP_TO_COMMENTS)):
        return False
    letters, link = folded(name), _link(piece.element)
    count = (
        any(letters in address for address in signs.addresses)
        + any(picture.startswith(letters) for picture in signs.pictured)
        + bool(_MARKED.search(_marks(piece.element, _UP)))
        + (letters in signs.said)
        + bool(BY.match(piece.text) or piece.before.lower().rstrip(" :").endswith(" by"))
        + (letters in _last_part(link) and _is_of_somebody(link))
    )
    return count > 0 and (is_usual(name) or count > 1)


def _signs(tree: HtmlElement) -> _Signs:
    scripts = [str(script)[:_LONGEST_SCRIPT] for script in tree.xpath("//script/text()")[:_MOST_SCRIPTS]]
    said = frozenset(folded(match[1]) for script in scripts for match in _SAID.finditer(script))
    pictured = tuple(filter(None, (folded(str(alt)[:200]) for alt in tree.xpath("//img/@alt")[:400])))
    links = (str(link) for link in tree.xpath("//a/@href")[:2000])
    return _Signs(said, pictured, tuple(_last_part(link) for link in links if _OF_AUTHORS.search(link)))


def _written_by(pieces: Sequence[Piece]) -> list[str]:
    """The name at the end of a deck: "… after nine years, writes Ann Lee"."""
    for piece in pieces:
        match = _WRITES.search(piece.text)
        name = person((match[1] or match[2]).title() if match else "")
        if is_full_name(name):
            return [name]
    return []


def _is_of_somebody(link: str) -> bool:
    """Whether an address is one of an author, or stands right below that of the site."""
    path = re.sub(r"^https?://[^/]+", "", link).strip("/")
    return _OF_AUTHORS.search(link) is not None or "/" not in path


def _link(element: HtmlElement) -> str:
    for _ in range(_UP):
        if element is None:
            return ""
        if element.tag == "a":
            return str(element.get("href") or "")
        element = element.getparent()
    return ""


def _marks(element: HtmlElement, most: int) -> str:
    """What some elements from one upwards are called by their page."""
    marks: list[str] = []
    for _ in range(most):
        if element is None or element.tag in ("body", "html", "main", "article"):
            break
        marks += [element.get("class") or "", element.get("id") or "", element.get("data-testid") or ""]
        element = element.getparent()
    return " ".join(marks)


def _last_part(address: str) -> str:
    return folded(re.split(r"[?#]", address[:500])[0].rstrip("/").rsplit("/", 1)[-1].removesuffix(".html"))
