"""Rows with named values (JSON, CSV, feeds) to raw articles: which column holds what."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from archive.text.bylines import credit_of
from archive.text.dates import DayOrder
from archive.text.formats.fragments import is_markup, text_of
from archive.text.formats.moments import moment_of
from archive.text.types import Facts, RawArticle, Rejection

# What the stored fields hold (archive.models); a longer value is no headline, name or address.
LONGEST = {
    "headline": 1000,
    "outlet": 200,
    "outlet_short": 60,
    "domain": 253,
    "url": 2000,
    "language": 12,
}
# The longest of 20,000 real articles (2006-2020) has 77,000 characters. A "text" above this limit is a
# database export, a log or a book, and cleaning it as one article would help nobody.
LONGEST_ARTICLE = 1_000_000  # characters
MOST_AUTHORS = 50
LONGEST_NAME = 80  # characters of an author that is taken over as it stands
FIELDS = (
    *("text", "headline", "authors", "outlet", "outlet_short", "domain", "url"),
    *("published", "updated", "language"),
)
_NO_SPACE = re.compile(r"[\s_\u0300-\u036f-]+")
_ADDRESS = re.compile(r"https?://([^/\s?#]+)", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_UNSOUND = re.compile("[\x00\ud800-\udfff]")  # what no database stores as text
_BY = re.compile(r"^\s*by[\s:]+", re.IGNORECASE)

Columns = Mapping[str, str]  # column -> field, as a person named them


class Place(NamedTuple):
    """Where a row stands: its number in the file, its bytes, and how they were decoded."""

    block: int
    start: int
    end: int
    encoding: str


class _Rules(NamedTuple):
    names: dict[str, tuple[str, ...]]  # field -> what columns that hold it are called, the best first
    inside: tuple[str, ...]
    lists: tuple[str, ...]
    around: tuple[str, ...]


def article_of(
    values: Mapping[str, Any], place: Place, columns: Columns, order: DayOrder | None = None
) -> RawArticle | Rejection:
    """The article that a row holds, or why it holds none. `order` settles dates like 05/04/2017."""
    named = _by_name(values)
    text = article_text(_value(named, "text", columns))
    if not text.strip():
        return Rejection(_no_text(values), place.block, place.start)
    if len(text) > LONGEST_ARTICLE:
        reason = f"The text has {len(text):,} characters, more than the {LONGEST_ARTICLE:,} of one article."
        return Rejection(reason, place.block, place.start)
    facts = _facts(named, columns, order)
    note = _open_choices(values, columns) if place.block == 1 else ""
    return RawArticle(text, place.block, place.start, place.end, place.encoding, facts, note)


def facts_of(values: Mapping[str, Any]) -> Facts:
    """What named values say of an article."""
    return _facts(_by_name(values), {}, None)


def date_values(values: Mapping[str, Any], columns: Columns) -> str:
    """The printed date of a row, for finding the order of day and month in many of them."""
    return plain(_value(_by_name(values), "published", columns))


def holds_text(header: Iterable[str], columns: Columns) -> bool:
    """Whether one of the columns is known to hold the text of an article."""
    named = _by_name(dict.fromkeys(header, "x"))
    return bool(_value(named, "text", columns))


def known_columns(header: Iterable[str], columns: Columns) -> int:
    """How many fields of an article the columns of a table hold."""
    named = _by_name(dict.fromkeys(header, "x"))
    return sum(bool(_value(named, field, columns)) for field in FIELDS)


def taken_columns(header: Iterable[str], columns: Columns) -> str:
    """What each column of a table is taken for, in a sentence: nothing is guessed silently."""
    values = {column: column for column in header if str(column).strip()}
    chosen = _candidates(values, columns)
    said = ", ".join(f"{names[0]} = {field}" for field, names in chosen.items())
    taken = {column for names in chosen.values() for column in names[0].split(" and ")}
    left = [column for column in values if column not in taken]
    unused = f" Not taken: {_listed(left)}." if left else ""
    return f"Columns were taken so: {said}.{unused} {_open_choices(values, columns)}".strip()


def _open_choices(values: Mapping[str, Any], columns: Columns) -> str:
    """Which columns might hold the same as the one that was taken, unless a person named one."""
    told = set(columns.values())
    found = [
        f"{field} was taken from {_listed(names[:1])}, could also be {_listed(names[1:])}"
        for field, names in _candidates(values, columns).items()
        if len(names) > 1 and field not in told
    ]
    return f"{'; '.join(found)}: name the right one with --map COLUMN=FIELD." if found else ""


def _candidates(values: Mapping[str, Any], columns: Columns) -> dict[str, list[str]]:
    """The columns with a value that may hold each field, the one that is taken first."""
    named, printed = _by_name(values), {_simple(name): str(name) for name in values}
    found: dict[str, list[str]] = {}
    for field in FIELDS:
        names = [name for name in _names_of(field, columns) if _reached(named, name)]
        parts = [[part.partition(".")[0] for part in name.split("+")] for name in names]
        other = [one for one in parts[1:] if not set(one) & set(parts[0])]
        if parts:
            found[field] = list(
                dict.fromkeys(" and ".join(printed[one] for one in top) for top in [parts[0], *other])
            )
    return found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sound(name)[:60] for name in list(names)[:20])


def plain(value: Any) -> str:
    """The words of a value: of a set of keys the one that holds them, of a list all, one a line."""
    return sound(_plain(value, 3)).strip()


def sound(text: str) -> str:
    """The text with one kind of line end, and U+FFFD for what cannot be stored."""
    return _UNSOUND.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def article_text(value: Any) -> str:
    """The text of an article, out of markup if it is given as such; a list of paragraphs is joined."""
    text = plain(value)
    return sound(text_of(text)) if is_markup(text) else text


def authors_of(value: Any) -> tuple[str, ...]:
    """The names in a value that names authors: a byline, a list of names, a list of sets of keys."""
    names: list[str] = []
    for printed in plain(value).split("\n"):
        printed = _BY.sub("", printed).strip()
        if not printed or _ADDRESS.search(printed) or "@" in printed:
            continue
        credit = credit_of(f"By {printed}"[:1000])
        if credit.authors or credit.agencies:
            names += credit.authors
        elif len(printed) <= LONGEST_NAME and len(printed.split()) > 1:
            names.append(printed)
    return tuple(dict.fromkeys(names))[:MOST_AUTHORS]


@cache
def rules() -> _Rules:
    """The names of columns and keys of `rules/fields.toml`."""
    source = resources.files("archive.text.rules").joinpath("fields.toml").read_text(encoding="utf-8")
    table = {name: tuple(words.split()) for name, words in tomllib.loads(source).items()}
    fields = {field: table.get(field, ()) for field in FIELDS}
    return _Rules(fields, table["inside"], table["lists"], table["around"])


def _facts(named: Mapping[str, Any], columns: Columns, order: DayOrder | None) -> Facts:
    said = {name: _line(_value(named, name, columns), limit) for name, limit in LONGEST.items()}
    if not _ADDRESS.match(said["url"]):
        said["url"] = ""
    outlet, domain = _outlet(said["outlet"], said["domain"])
    return Facts(
        headline=said["headline"],
        authors=authors_of(_value(named, "authors", columns)),
        outlet=outlet,
        outlet_short=said["outlet_short"],
        domain=domain,
        url=said["url"],
        published=moment_of(plain(_value(named, "published", columns)), "published", order),
        updated=moment_of(plain(_value(named, "updated", columns)), "updated", order),
        language=said["language"].lower(),
        known_from="fields of its row",
    )


def _outlet(outlet: str, domain: str) -> tuple[str, str]:
    """Name and domain of an outlet; a column called "source" may hold either."""
    address = _ADDRESS.match(outlet)
    if address or _HOST.fullmatch(outlet):
        domain = domain or (address[1] if address else outlet)
        outlet = ""
    address = _ADDRESS.match(domain)
    host = (address[1] if address else domain).lower().removeprefix("www.").strip("/")
    return outlet, host if _HOST.fullmatch(host) else ""


def _line(value: Any, limit: int) -> str:
    line = " ".join(plain(value).split())
    return line if len(line) <= limit else ""


def _value(named: Mapping[str, Any], field: str, columns: Columns) -> Any:
    """What a row says of a field: the columns that a person named first, then the usual ones."""
    return next((value for name in _names_of(field, columns) if (value := _reached(named, name))), "")


def _names_of(field: str, columns: Columns) -> list[str]:
    """What columns that hold a field are called: as a person said, then as usual, the best first."""
    meant = [_simple(column) for column, to in columns.items() if to == field]
    taken = {_simple(column) for column, to in columns.items() if to != field}
    return [name for name in (*meant, *rules().names[field]) if name not in taken]


def _reached(named: Mapping[str, Any], name: str) -> Any:
    if name in named:
        return named[name]
    if "+" in name:
        both = [plain(named.get(part)) for part in name.split("+")]
        return "\n\n".join(both) if all(both) else None
    first, _, rest = name.partition(".")
    inner = named.get(first) if rest else None
    return _reached(_by_name(inner), rest) if isinstance(inner, Mapping) else None


def _by_name(values: Mapping[str, Any]) -> dict[str, Any]:
    return {_simple(name): value for name, value in reversed(list(values.items()))}


def _simple(name: Any) -> str:
    plain_letters = unicodedata.normalize("NFKD", str(name).removeprefix("\ufeff")).lower().replace("ß", "ss")
    return _NO_SPACE.sub("", plain_letters)


def _plain(value: Any, levels: int) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool) or not levels:
        return ""
    if isinstance(value, Mapping):
        named = _by_name(value)
        found = (_plain(named[name], levels - 1) for name in rules().inside if named.get(name))
        return next((text for text in found if text), "")
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, (_plain(one, levels - 1) for one in value)))
    return str(value)


def _no_text(values: Mapping[str, Any]) -> str:
    names = ", ".join(sound(str(name))[:60] for name in list(values)[:20])
    return (
        f"The row has no text of an article (its columns are: {names}); if one of these holds the text, "
        "name it with --map COLUMN=text."
    )
