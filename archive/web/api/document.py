"""The OpenAPI document, and the page that shows it to people: our own, so that nothing is loaded from
elsewhere and no script is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI

from archive.web.api.problems import MEDIA_TYPE


class Parameter(NamedTuple):
    """What an operation can be asked, in words."""

    name: str
    kind: str
    said: str


class Member(NamedTuple):
    """A member of an answer."""

    name: str
    kind: str


class Operation(NamedTuple):
    """One address of the API as the page shows it."""

    id: str
    path: str
    summary: str
    said: str
    parameters: tuple[Parameter, ...]
    members: tuple[Member, ...]
    statuses: tuple[tuple[str, str], ...]


STATUSES = {
    "200": "the answer",
    "308": "merged, or of another kind: the address is in Location",
    "403": "whole texts are not public in this archive",
    "404": "there is no such number",
    "410": "it was withdrawn; the problem says what it was",
    "422": "the request cannot be read; the problem says which part",
    "429": "too many requests; Retry-After says how many seconds to wait",
}


def described(document: Any) -> Any:
    """The document with problems under their own media type, and the headers of conditional requests."""
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                response["description"] = STATUSES[str(status)]
                content = response.get("content", {})
                if int(status) >= 400 and "application/json" in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
    return document


def page(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """The view that shows the document of an API."""

    def shown(request: HttpRequest) -> HttpResponse:
        document = api.get_openapi_schema()
        context = {
            "operations": list(_operations(document)),
            "a_minute": settings.API_REQUESTS,
            "version": document["info"]["version"],
        }
        return render(request, "api.html", context)

    return shown


def _operations(document: Any) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        operation = methods["get"]
        answer = operation["responses"][200]["content"]["application/json"]["schema"]
        yield Operation(
            id=operation["operationId"].rpartition("_")[2],
            path=path,
            summary=operation["summary"],
            said=operation.get("description", ""),
            parameters=tuple(map(_parameter, operation.get("parameters", ()))),
            members=tuple(_members(answer, document)),
            statuses=tuple((str(status), STATUSES[str(status)]) for status in operation["responses"]),
        )


def _parameter(parameter: Any) -> Parameter:
    schema = parameter["schema"]
    usual = schema.get("default")
    said = [parameter.get("description") or schema.get("description", "")]
    if "maximum" in schema and schema["maximum"] < 10**6:
        said.append(f"{schema['minimum']} to {schema['maximum']}")
    if usual not in (None, "", []):
        said.append(f"{usual} if not given")
    return Parameter(parameter["name"], _kind(schema), "; ".join(filter(None, said)))


def _members(schema: Any, document: Any) -> Iterator[Member]:
    shape = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for name, member in shape["properties"].items():
        yield Member(name, _kind(member))


def _kind(schema: Any) -> str:
    """A type in words: "text", "list of numbers", "one of newest, oldest"."""
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"]]
        return " or ".join(kinds)
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2].lower()
    if schema.get("type") == "array":
        one = _kind(schema.get("items", {}))
        return f"list of {one}" if one in ("text", "object") else f"list of {one}s"
    names = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}
    return names.get(schema.get("type", ""), schema.get("type", "object") or "object")
