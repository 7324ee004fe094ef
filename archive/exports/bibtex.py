"""Citations of articles as BibTeX, readable by BibTeX, biber and reference managers.

Written here rather than by a library: pybtex and bibtexparser build a whole bibliography in memory before
they write, and neither keeps the braces of a text balanced, which BibTeX counts even where they are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from archive.exports.citations import date_parts, identifier, one_line
from archive.models import Article

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# TeX's ten special characters. A brace is written as a command: BibTeX takes "\{" for a brace all the same.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
# In a name these would divide it: "and" parts people, a comma puts the family first.
_DIVIDES = re.compile(r"\band\b|,", re.IGNORECASE)


def bibtex(articles: Iterable[Article]) -> Iterator[str]:
    """Yield one entry for each article: @article with the subtype that biblatex has for newspapers."""
    for article in articles:
        fields = "".join(f"  {name} = {value},\n" for name, value in _fields(article))
        yield f"@article{{{identifier(article)},\n{fields}}}\n\n"


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "entrysubtype", "{newspaper}"
    # A second pair of braces keeps capitals as they are printed.
    yield "title", f"{{{{{escaped(article.headline)}}}}}"
    if authors := [_name(author) for author in article.authors if one_line(author)]:
        yield "author", f"{{{' and '.join(authors)}}}"
    if article.outlet:
        yield "journal", f"{{{escaped(article.outlet.name)}}}"
    for name, part in zip(("year", "month", "day"), date_parts(article), strict=False):
        yield name, _MONTHS[part - 1] if name == "month" else f"{{{part}}}"
    if article.url:
        yield "url", f"{{{_verbatim(article.url)}}}"
    if article.language:
        yield "language", f"{{{escaped(article.language)}}}"


def escaped(text: str) -> str:
    """Text on one line that TeX prints as it stands."""
    return "".join(_SPECIAL.get(sign, sign) for sign in one_line(text))


def _name(author: str) -> str:
    name = escaped(author)
    return f"{{{name}}}" if _DIVIDES.search(author) else name


def _verbatim(url: str) -> str:
    """An address, which is not escaped but may hold no brace, backslash or space."""
    return re.sub(r"[\\{}\s\x00-\x1f]", lambda found: quote(found.group()), url)
