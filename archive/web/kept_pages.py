"""Public pages as they were answered, kept in memory for as long as nothing in the database changes.

A page that is asked for again costs one small question, and a browser that has it is told so (304). Kept are
pages for visitors without a cookie, whom all pages look the same to; never a page that was cut short.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from archive.search import limits
from archive.search.unchanged import snapshot

MOST_BYTES = 16_000_000  # of all pages kept in a process, packed
_LARGEST = 1_000_000  # bytes of a page
_FASTEST = 1  # of zlib's levels
_KINDS = ("text/html", "application/json")


class _Page(NamedTuple):
    state: str  # of the database
    body: bytes  # packed
    content_type: str
    etag: str


_pages: OrderedDict[str, _Page] = OrderedDict()
_lock = Lock()


def kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a request: the one kept for its address, else what `make` makes."""
    state = snapshot() if request.method == "GET" and not request.COOKIES else None
    if state is None:
        return make()
    address = request.build_absolute_uri()
    page = _pages.get(address)
    if page is None or page.state != state:
        limits.begin()
        answer = make()
        if limits.cut_short() or not _is_page(answer):
            return answer
        page = _packed(answer, state)
        _keep(address, page)
    found = HttpResponse(zlib.decompress(page.body), content_type=page.content_type)
    found["ETag"] = page.etag
    found["Cache-Control"] = "no-cache"  # may be kept, and has to be asked about each time
    patch_vary_headers(found, ["Cookie"])
    return get_conditional_response(request, etag=page.etag, response=found) or found


def forget() -> None:
    """Drop all pages: whatever is asked for next is made anew."""
    with _lock:
        _pages.clear()


def _is_page(answer: HttpResponse) -> bool:
    """Whether an answer is a whole page and nothing more: what it says besides would be lost."""
    kind = answer.get("Content-Type", "").partition(";")[0]
    return (
        answer.status_code == 200
        and not answer.streaming
        and kind in _KINDS
        and not answer.cookies
        and set(answer.headers) <= {"Content-Type"}
        and len(answer.content) <= _LARGEST
    )


def _packed(answer: HttpResponse, state: str) -> _Page:
    etag = f'W/"{sha256(answer.content).hexdigest()[:32]}"'  # weak: a proxy may pack the page
    return _Page(state, zlib.compress(answer.content, _FASTEST), answer["Content-Type"], etag)


def _keep(address: str, page: _Page) -> None:
    """Keep a page in place of those that were kept longest ago."""
    with _lock:
        _pages[address] = page
        _pages.move_to_end(address)
        held = sum(len(one.body) for one in _pages.values())
        while held > MOST_BYTES:
            _, oldest = _pages.popitem(last=False)
            held -= len(oldest.body)
