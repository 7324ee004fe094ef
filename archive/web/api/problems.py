"""What went wrong, as RFC 9457 has it (application/problem+json)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema

MEDIA_TYPE = "application/problem+json"


class Problem(Schema):
    """`type` is always "about:blank": the title and the status say what kind of problem it is."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[str] | None = None


class Unreadable(Exception):
    """A request that cannot be answered as it stands: a sentence for each thing to mend."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(*self.sentences)


def problem(
    request: HttpRequest, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """The answer that says what went wrong. `more` are members beside those that the RFC names."""
    said = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        **more,
    }
    return HttpResponse(json.dumps(said), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))
