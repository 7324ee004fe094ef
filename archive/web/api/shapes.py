"""What the API answers with, by name and type: the columns of the exports, in parts of a list."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class Summary(Schema):
    """An article in a list. `excerpt` is its lead; `href` answers with all that is known of it."""

    id: int
    href: str
    path: str
    headline: str
    outlet: str | None
    outlet_id: int | None
    url: str
    published: str | None
    authors: list[str]
    agencies: list[str]
    language: str
    event: int | None
    excerpt: str


class Quotation(Schema):
    text: str
    speaker: str | None


class Figure(Schema):
    text: str
    kind: str
    low: float | None
    high: float | None
    unit: str
    hedge: str
    counted: str


class Article(Schema):
    """All that is known of an article. Where `whole` is false, `body` is an excerpt and what is taken from
    the text is left out.
    """

    id: int
    path: str
    file: str
    outlet: str | None
    domain: str | None
    url: str
    published: str | None
    headline: str
    authors: list[str]
    agencies: list[str]
    body: str
    captions: list[str]
    subheadings: list[str]
    people: list[str]
    organisations: list[str]
    quotations: list[Quotation]
    figures: list[Figure]
    event: int | None
    event_title: str | None
    person_ids: list[int]
    organisation_ids: list[int]
    newest: bool
    whole: bool


class Name(Schema):
    """A person or organisation. `search` are the articles that name it."""

    id: int
    href: str
    path: str
    name: str
    kind: str
    key: str
    aliases: list[str]
    articles: int
    mentions: int
    quotations: int
    search: str


class Outlet(Schema):
    id: int
    href: str
    path: str
    name: str
    short_name: str
    domain: str
    articles: int
    search: str


class Event(Schema):
    id: int
    href: str
    path: str
    title: str
    first_published: str | None
    last_published: str | None
    articles: int
    outlets: int
    article_ids: list[int]
    outlet_names: list[str]
    follows: int | None
    reasons: list[str]
    comparison: str


class Comparison(Schema):
    """Articles of an event beside each other, as in the file comparison.json of an evidence pack."""

    event: str
    address: str
    tool: str
    last_change: str
    names_of_outlets: str
    copies: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    quotations: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    names: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    not_mentioned: list[dict[str, Any]]


class Part(Schema):
    """A part of a list. `count` is the length of the whole list; `next` is the address of the next part."""

    count: int
    next: str | None


class Articles(Part):
    results: list[Summary]


class Found(Articles):
    """What a search finds. `notes` say how it was read; `page` shows the same to people."""

    notes: list[str]
    page: str


class Names(Part):
    results: list[Name]


class Outlets(Part):
    results: list[Outlet]


class Events(Part):
    results: list[Event]
