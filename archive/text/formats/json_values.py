"""Values of JSON to raw articles: what is around an article, and lists of articles inside a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from archive.text.formats.fields import Columns, Place, article_of, rules
from archive.text.types import RawArticle, Rejection

DEEPEST_LIST = 3  # levels of keys around the list of articles: {"response": {"docs": [...]}} has two


def parsed(text: str) -> tuple[Any] | str:
    """The value that a text of JSON says, in a tuple; else what is wrong with it."""
    try:
        return (json.loads(text, strict=False),)
    except json.JSONDecodeError as error:
        return f"{error.msg} at character {error.pos:,}"
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        return str(error)


def article_in(value: Any, place: Place, columns: Columns) -> RawArticle | Rejection:
    """The article that a value holds, possibly inside a frame ("_source") that exports put around it."""
    if not isinstance(value, Mapping):
        reason = f"This is no article but {_kind(value)}; an article is an object with named values."
        return Rejection(reason, place.block, place.start)
    found = article_of(value, place, columns)
    if isinstance(found, RawArticle):
        return found
    for name in rules().around:
        inner = value.get(name)
        if isinstance(inner, Mapping):
            framed = article_of({**value, **inner}, place, columns)
            if isinstance(framed, RawArticle):
                return framed
    return found


def list_in(value: Any) -> list[Any] | None:
    """The list of articles in a document, or None where there is none."""
    if isinstance(value, list):
        return value
    for path in rules().lists:
        reached: Any = value
        for name in path.split("."):
            reached = reached.get(name) if isinstance(reached, Mapping) else None
        if _is_list_of_objects(reached):
            return list(reached)
    return _only_list(value, DEEPEST_LIST)


def _only_list(value: Any, levels: int) -> list[Any] | None:
    if not isinstance(value, Mapping) or not levels:
        return None
    lists = [inner for inner in value.values() if _is_list_of_objects(inner)]
    if lists:
        return lists[0] if len(lists) == 1 else None
    deeper = (_only_list(inner, levels - 1) for inner in value.values())
    found = [one for one in deeper if one]
    return found[0] if len(found) == 1 else None


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value[:20])


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return "a lone text"
    return "nothing (null)" if value is None else "a lone number or truth value"
