"""Pages and feeds over HTTP, as a polite and careful reader asks for them.

One request at a time; a pause between two to the same host; robots.txt is kept; every hop of a redirect is
held to the same rules as the first address.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from contextlib import closing
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import httpcore
import httpx
from protego import Protego

from archive.pipeline.guarding import Budget, Forbidden, GuardedTransport, Resolve, TooLong, addresses_of
from archive.text.addresses import joined, plain

AGENT = "Parallax"  # the name under which robots.txt may speak to it
MOST_HOPS = 5
LARGEST_ROBOTS = 512 * 1024  # bytes, as RFC 9309 asks for at least
LONGEST_PAUSE = 60.0  # seconds between two requests, whatever robots.txt asks for
ONE_STEP = 15.0  # seconds for one step of a connection
_REDIRECTS = (301, 302, 303, 307, 308)
_LASTING = (301, 308)
_MEANS = {401: " (only for who signs in)", 403: " (refused)", 404: " (not found)", 410: " (gone)"}
_BUSY = (429, 503)
_NO_ROBOTS = range(400, 500)  # a site without rules
LONGEST_VALIDATOR = 300  # characters of an ETag that is remembered


class Limits(NamedTuple):
    """What the harvest allows itself."""

    pause: float = 2.0  # seconds between two requests to a host
    seconds: float = 30.0  # for one answer
    size: int = 10_000_000  # bytes of one answer, packed and unpacked
    allow_private: bool = False
    contact: str = ""  # an address or a page that says who asks, for the owners of the sites


class Validators(NamedTuple):
    """What a server said of an answer, so that it can be asked whether it changed."""

    etag: str = ""
    modified: str = ""


class Answer(NamedTuple):
    """What came. `address` is where the redirects led, `moved` where a lasting one did ("": none)."""

    address: str
    data: bytes
    media_type: str
    charset: str
    validators: Validators
    moved: str = ""
    unchanged: bool = False


class Unanswered(NamedTuple):
    """Nothing came. `reason` is a sentence; `again` says that another day may bring more."""

    reason: str
    again: bool


class _Refused(Exception):
    """Why an address is not asked, or its answer not taken."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class Fetcher:
    """Asks for addresses, one after the other, and remembers when each host may be asked again.

    A host that is busy, or did not answer three times, is left alone until the next harvest.
    """

    MOST_FAILURES = 3

    def __init__(
        self,
        limits: Limits,
        *,
        resolve: Resolve = addresses_of,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits
        self._budget = Budget()
        # Without httpx's client, which would keep cookies and look into redirects by itself.
        self._transport = GuardedTransport(self._budget, allow_private=limits.allow_private, resolve=resolve)
        self._wait = wait
        self._next: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._closed: dict[str, str] = {}
        self._robots: dict[str, Protego | _Refused] = {}

    def close(self) -> None:
        """Let go of what the client holds."""
        self._transport.close()

    def ready_at(self, address: str) -> float:
        """From when on the host of an address may be asked again, on the clock of `time.monotonic`."""
        return self._next.get(_host(address), 0.0)

    def fetch(self, address: str, known: Validators = Validators()) -> Answer | Unanswered:  # noqa: B008
        """Ask for an address. `known` is what its last answer was marked with. Never raises."""
        try:
            return self._follow(plain(address), known)
        except _Refused as refused:
            return Unanswered(refused.reason, refused.again)

    def _follow(self, address: str, known: Validators) -> Answer:
        if not address:
            raise _Refused("This is no address of the web; it opens with http:// or https://.")
        seen: list[str] = []
        moved, lasting = "", True
        while True:
            if address in seen:
                raise _Refused(f"The redirects go round in a circle ({address}).")
            if len(seen) > MOST_HOPS:
                raise _Refused(f"There are more than {MOST_HOPS} redirects, one after the other.")
            seen.append(address)
            self._heed_robots(address)
            response, data = self._ask(address, known, self._limits.size)
            if response.status_code not in _REDIRECTS:
                return self._answer(address, response, data)._replace(moved=moved)
            leads_to = joined(address, response.headers.get("location", ""))
            if not leads_to:
                raise _Refused("A redirect leads to what is no address of the web.")
            if address.startswith("https:") and leads_to.startswith("http:"):
                raise _Refused(f"A redirect leads from a secured to an open connection ({leads_to}).")
            lasting = lasting and response.status_code in _LASTING
            moved = leads_to if lasting else moved
            address = leads_to

    def _answer(self, address: str, response: httpx.Response, data: bytes) -> Answer:
        status = response.status_code
        validators = Validators(
            response.headers.get("etag", "")[:LONGEST_VALIDATOR],
            response.headers.get("last-modified", "")[:100],
        )
        if status == 304:
            return Answer(address, b"", "", "", validators, unchanged=True)
        if status in _BUSY:
            self._closed[_host(address)] = f"The site is busy (status {status}{_retry(response)})."
            raise _Refused(self._closed[_host(address)], again=True)
        if status != 200:
            words = f"The site answered with status {status}"
            raise _Refused(f"{words}{_MEANS.get(status, '')}.", again=status >= 500)
        kind = response.headers.get("content-type", "")
        charset = response.charset_encoding or ""
        return Answer(address, data, kind.partition(";")[0].strip().lower()[:100], charset[:40], validators)

    def _ask(self, address: str, known: Validators, size: int) -> tuple[httpx.Response, bytes]:
        """One request and its answer, unpacked. Raises _Refused."""
        host = _host(address)
        if host in self._closed:
            raise _Refused(self._closed[host], again=True)
        self._take_turn(host)
        headers = {
            "User-Agent": self._agent(),
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/feed+json, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.modified:
            headers["If-Modified-Since"] = known.modified
        self._budget.open(self._limits.seconds, size + 200_000)  # headers and packing come on top
        step = httpx.Timeout(ONE_STEP).as_dict()
        try:
            request = httpx.Request("GET", address, headers=headers, extensions={"timeout": step})
            with closing(self._transport.handle_request(request)) as response:
                return response, _read(response, size) if response.status_code == 200 else b""
        except Forbidden as error:
            raise _Refused(str(error)) from error
        except TooLong as error:
            self._fail(host)
            raise _Refused(f"The answer was not taken: {error}.", again="long" in str(error)) from error
        except httpcore.TimeoutException as error:
            self._fail(host)
            raise _Refused("The site did not answer in time.", again=True) from error
        except (httpx.InvalidURL, httpcore.ConnectError, httpcore.ProtocolError) as error:
            self._fail(host)
            raise _Refused(f"The site did not answer ({_words(error)}).", again=True) from error
        except (httpcore.NetworkError, zlib.error, ValueError, OSError) as error:
            self._fail(host)
            raise _Refused(f"The answer cannot be read ({_words(error)}).", again=True) from error
        finally:
            self._next[host] = time.monotonic() + self._pauses.get(host, self._limits.pause)

    def _take_turn(self, host: str) -> None:
        left = self._next.get(host, 0.0) - time.monotonic()
        if left > 0:
            self._wait(left)

    def _fail(self, host: str) -> None:
        self._failures[host] = self._failures.get(host, 0) + 1
        if self._failures[host] >= self.MOST_FAILURES:
            self._closed[host] = f"The site failed {self.MOST_FAILURES} times in this harvest."

    def _heed_robots(self, address: str) -> None:
        """Raise _Refused where the site's robots.txt does not want to be read by programs."""
        parts = urlsplit(address)
        site = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        rules = self._robots[site]
        if isinstance(rules, _Refused):
            raise rules
        delay = rules.crawl_delay(AGENT)
        if delay:
            self._pauses[_host(address)] = min(max(self._limits.pause, float(delay)), LONGEST_PAUSE)
        if not rules.can_fetch(address, AGENT):
            raise _Refused("The site's robots.txt asks programs not to read this page.")

    def _read_robots(self, site: str) -> Protego | _Refused:
        address = site
        for _ in range(MOST_HOPS + 1):
            try:
                response, data = self._ask(address, Validators(), LARGEST_ROBOTS)
            except _Refused as refused:
                return _Refused(f"Its robots.txt cannot be read. {refused.reason}", again=refused.again)
            if response.status_code in _REDIRECTS:
                address = joined(address, response.headers.get("location", ""))
                if address:
                    continue
                break
            if response.status_code == 200:
                return Protego.parse(data.decode("utf-8", "replace"))
            if response.status_code in _NO_ROBOTS and response.status_code != 429:
                break
            reason = f"Its robots.txt cannot be read (status {response.status_code})."
            return _Refused(reason, again=True)
        return Protego.parse("")

    def _agent(self) -> str:
        contact = f" (+{self._limits.contact})" if self._limits.contact else ""
        return f"{AGENT}/{metadata.version('parallax')}{contact}"


def _read(response: httpx.Response, size: int) -> bytes:
    """The body of an answer, unpacked, no larger than `size`. Raises TooLong."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise ValueError(f"it is packed as {packing[:40]}")
    unpacker = zlib.decompressobj(31) if packing.endswith("gzip") else None
    found = bytearray()
    for chunk in response.iter_raw():
        found += unpacker.decompress(chunk, size + 1 - len(found)) if unpacker else chunk
        if len(found) > size:
            raise TooLong("it is too large")
    return bytes(found)


def _retry(response: httpx.Response) -> str:
    said = response.headers.get("retry-after", "").strip()
    if said.isdigit():
        return f", asks for {said[:6]} seconds"
    try:
        return f", asks to wait until {parsedate_to_datetime(said):%-d %B %Y %H:%M}" if said else ""
    except ValueError:
        return ""


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2].lower()


def _words(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]
