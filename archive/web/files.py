"""The articles of a search as a file: the address of the search with another ending."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from threading import BoundedSemaphore
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.timezone import now

from archive.exports.about import About
from archive.exports.matching import FORMATS, export
from archive.search.matching import matching
from archive.web.full_text import reads_whole

# A file is sent as slowly as a visitor takes it, and keeps a thread of the server busy as long: some are
# left to everybody else.
MOST_AT_ONCE = 2  # of four threads in a worker
SECONDS_TO_WAIT = 20

_places = BoundedSemaphore(MOST_AT_ONCE)


class Lines:
    """Lines of a file that hold one of the places until they are closed, read to the end or not."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._open = True

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        return next(self._lines)

    def close(self) -> None:
        """End the moment that the rows are of, and give the place back."""
        if self._open:
            self._open = False
            if isinstance(self._lines, Generator):
                self._lines.close()
            _places.release()


def articles_file(request: HttpRequest, format: str) -> Any:
    """Every article of a search; `about=0` leaves out what the file says of itself."""
    if format not in FORMATS:
        raise Http404(f"There is no format “{format}”.")
    if not _places.acquire(blocking=False):
        return _busy()
    try:
        said, lines = _opened(request, format)
    except BaseException:
        _places.release()
        raise
    return _answer(request, format, said, Lines(lines))


def _opened(request: HttpRequest, format: str) -> tuple[About, Iterator[str]]:
    found = matching(reverse("search"), request.GET)
    query = request.build_absolute_uri(str(found.here.having("about")))
    inside = request.GET.get("about") != "0"
    return export(found, format, query, whole=reads_whole(request), said_inside=inside)


def _answer(request: HttpRequest, format: str, said: About, lines: Lines) -> Any:
    response: Any
    if request.method == "HEAD":
        lines.close()
        response = HttpResponse(content_type=FORMATS[format].media_type)
    else:
        response = StreamingHttpResponse(lines, content_type=FORMATS[format].media_type)
    response["Content-Disposition"] = f'attachment; filename="parallax-{now():%Y-%m-%d}.{format}"'
    response["Cache-Control"] = "no-store"
    for name, value in said.headers().items():
        response[name] = value
    return response


def _busy() -> HttpResponse:
    sentence = (
        f"Too many files are being taken away at this moment; try again in {SECONDS_TO_WAIT} seconds.\n"
    )
    response = HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(SECONDS_TO_WAIT)
    return response
