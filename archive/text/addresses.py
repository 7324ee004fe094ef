"""Web addresses: the same article's address is written the same, whoever linked to it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

LONGEST_ADDRESS = 2000  # characters, as stored
_SCHEMES = ("http", "https")
_HOST = re.compile(r"(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::\d{0,5})?")
_SAFE = "%/:=&?~+!$,;'@()*[]"  # stays as it stands in a path or query
# What newsletters, feeds and social networks hang on an address to count who came from where.
_COUNTING = re.compile(
    r"utm_\w+|at_(?:medium|campaign|link\w*|format|ptr\w*|bbc\w*)|(?:fb|g|dc|tw|ms|y|igs?h)cl?id|gclsrc|igshid|mc_[ce]id|ocid"
    r"|cmpid|cmp|smid|ns_(?:mchannel|source|campaign|linkname|fee)|ftag|ncid|__twitter_impression|spm",
    re.IGNORECASE,
)


def is_web(address: str) -> bool:
    """Whether this is an address of http or https with a host, and nothing that hides where it leads."""
    try:
        parts = urlsplit(address)
        hidden = parts.username is not None or parts.password is not None
        return parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and not hidden and parts.port != 0
    except ValueError:
        return False


def plain(address: str) -> str:
    """An address without its fragment and what only counts visitors; "" for what is no web address."""
    address = "".join(char for char in address.strip() if char.isprintable() and char != " ")
    if not is_web(address):
        return ""
    parts = urlsplit(address)
    query = parts.query
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _counts(name)]
    if len(kept) != len(parse_qsl(query, keep_blank_values=True)):
        query = urlencode(kept)
    try:
        host = parts.netloc.lower()
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        path, query = quote(parts.path or "/", _SAFE), quote(query, _SAFE)
    except UnicodeError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    found = urlunsplit((parts.scheme.lower(), host, path, query, ""))
    return found if len(found) <= LONGEST_ADDRESS else ""


def host_of(address: str) -> str:
    """The host of a web address in small letters without "www."; "" for anything else."""
    if not is_web(address):
        return ""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def joined(base: str, link: str) -> str:
    """Where a link of a page or feed leads; "" where that is no web address."""
    try:
        return plain(urljoin(base, link.strip()))
    except ValueError:
        return ""


def own_of(fetched: str, stated: str) -> str:
    """The address of a page: what it says itself is believed of its own site only."""
    own = plain(stated)
    return own if own and host_of(own) == host_of(fetched) else plain(fetched)


def _counts(name: str) -> bool:
    return _COUNTING.fullmatch(name) is not None
