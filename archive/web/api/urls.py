"""The addresses of the API, and what every answer of it goes through."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.errors import ValidationError

from archive.exports.about import VERSION
from archive.search.successors import Gone
from archive.web.api.document import described, page
from archive.web.api.operations import router
from archive.web.api.problems import Unreadable, problem
from archive.web.api.rate import Rate, client_of
from archive.web.standing import public

READING = ("GET", "HEAD")

rate = Rate()


class ArchiveAPI(NinjaAPI):
    """Its document says of every problem that it is application/problem+json."""

    def get_openapi_schema(self, *arguments: Any, **named: Any) -> Any:
        return described(super().get_openapi_schema(*arguments, **named))


api = ArchiveAPI(
    title="Parallax",
    version=VERSION.removeprefix("Parallax "),
    description="What the pages of this archive show, as JSON. Everything is read-only and needs no account.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)


@api.exception_handler(ObjectDoesNotExist)
def never_was(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(request, 404, "There is nothing with this number, and there never was.")


@api.exception_handler(Gone)
def gone(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(request, 410, f"{error} Its number is kept and never used again.")


@api.exception_handler(Unreadable)
def unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:
    return problem(request, 422, "The request cannot be read: see errors.", errors=error.sentences)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    sentences = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors]
    return problem(request, 422, "The request cannot be read: see errors.", errors=sentences)


def answering(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view for those who read, not too often; an answer that a client has already is a 304."""
    with_etag = conditional_page(view)

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        if request.method not in READING:
            sentence = f"This is a read-only API: {request.method} is not for it."
            return problem(request, 405, sentence, {"Allow": ", ".join(READING)})
        if wait := rate.seconds_to_wait(client_of(request), settings.API_REQUESTS):
            sentence = (
                f"More than {settings.API_REQUESTS} requests a minute: wait as long as Retry-After says."
            )
            return problem(request, 429, sentence, {"Retry-After": str(ceil(wait))})
        method, request.method = request.method, "GET"  # the server leaves out the body of an answer to HEAD
        response = with_etag(request, *arguments, **named)
        request.method = method
        response.headers.setdefault(
            "Cache-Control", "no-cache" if settings.FULL_TEXT_PUBLIC else "private, no-cache"
        )
        if not settings.INDEXED:
            response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What no operation answers."""
    return problem(
        request, 404, "There is no such address in this API; its document is at /api/openapi.json."
    )


def _answered(pattern: Any) -> URLPattern:
    return URLPattern(pattern.pattern, answering(pattern.callback), pattern.default_args, pattern.name)


_patterns, _app, _namespace = api.urls
_operations = [_answered(pattern) for pattern in _patterns if pattern.name != "api-root"]
_root = [pattern for pattern in _patterns if pattern.name == "api-root"]

urlpatterns = [
    path("", public(page(api)), name="api"),
    path(
        "",
        include(([*_operations, *_root, re_path(r"^(?P<rest>.+)$", answering(nowhere))], _app), _namespace),
    ),
]
