"""A page's text or a file, given by hand: seen as it would be imported, put right, then imported.

What a curator puts right is judged, so that it lasts: a headline, date or author as a field of the text, a
line as a line of the text. Address and outlet are stated of the article, and judged where no other article
shares its text. The ledger records it as any import.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.judging import judge
from archive.curation.pasted_lines import Line, decisions_about, judged_lines, lines_of_text
from archive.models import Article, Entry, Outlet, Run
from archive.pipeline import filling, identity, ledger, outlets, river, unpacking
from archive.pipeline.files import Refused, Remark, printable
from archive.pipeline.intake import Input, columns_of
from archive.pipeline.items import digest
from archive.pipeline.preparing import NO_BODY
from archive.text import cleaning, reading
from archive.text.clues import Clue, address_told, outlet_told
from archive.text.formats.fields import Columns
from archive.text.formats.moments import moment_of
from archive.text.types import CleanArticle, Facts, Moment, Part, Precision, RawArticle

__all__ = ["Given", "Piece", "Seen", "as_published", "columns_of", "look", "name_of", "save", "written"]
COMMAND, AGAIN = "paste", "try again"
MOST_OUTLETS = 2_000  # whose names are looked for in a text
_WRITTEN = {
    Precision.MINUTE: "%Y-%m-%d %H:%M",
    Precision.DAY: "%Y-%m-%d",
    Precision.MONTH: "%Y-%m",
    Precision.YEAR: "%Y",
}


class Piece(NamedTuple):
    """A file or pasted text as it came: what it is called in the ledger, and its bytes."""

    path: str
    data: bytes


class Given(NamedTuple):
    """What a curator wrote about one article; None: not asked yet. `lines` are the kinds of raw stretches."""

    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None
    authors: str | None = None
    lines: tuple[tuple[int, int, str], ...] = ()


class Seen(NamedTuple):
    """One article of what was given, as it would be imported, or why there is none.

    `fields` are the values for the form, `why` says where a filled-in one comes from. `known` is an article
    of the archive with this very text.
    """

    number: int
    path: str
    block: int
    form: str
    raw: RawArticle | None
    article: CleanArticle | None
    problem: str
    fields: Mapping[str, str]
    why: Mapping[str, str]
    lines: tuple[Line, ...]
    known: Article | None


def name_of(name: str, data: bytes = b"") -> str:
    """What something is called in the ledger: a file by its name, a pasted text by its bytes."""
    name = PurePosixPath(name.replace("\\", "/")).name
    return printable(name) if name else f"pasted-{digest(data)[:12]}.txt"


def look(pieces: Sequence[Piece], given: Mapping[int, Given], columns: Columns) -> list[Seen]:
    """What pieces would be imported as, with what was written about each article, by number from 1."""
    known = _known_outlets()
    return [
        _seen(number, one, given.get(number, Given()), known)
        for number, one in enumerate(_articles(_inputs(pieces, columns)), 1)
    ]


def save(
    pieces: Sequence[Piece],
    given: Mapping[int, Given],
    columns: Columns,
    by: User | None,
    *,
    again: Entry | None = None,
) -> Run:
    """Import pieces with what was written about them; `again` is the rejected entry that is tried again.
    Without `by` (from the command line) nothing can be written about them.

    Raises decisions.Refused, with nothing written, if something of it cannot be said.
    """
    inputs = _inputs(pieces, columns)
    known = _known_outlets()
    seen = [
        _seen(number, one, given.get(number, Given()), known)
        for number, one in enumerate(_articles(inputs), 1)
    ]
    with transaction.atomic():
        ledger.wait_for_turn()
        run = ledger.begin(AGAIN if again else COMMAND, [piece.path for piece in pieces], by)
        said = [decision for one in seen for decision in _decisions(one, given.get(one.number, Given()))]
        if said and by:
            judge(said, by, "given with the text")
        river.take_in(run, list(_with_facts(inputs, seen, given)))
        if by:
            _judge_places(run, seen, given, by)
        if again:
            run.entries.update(retry_of=again)
        ledger.end(run)
    return run


class _Found(NamedTuple):
    path: str
    block: int
    form: str
    raw: RawArticle | None
    reason: str = ""


def _inputs(pieces: Iterable[Piece], columns: Columns) -> list[Input]:
    """The pieces unpacked and read, as files are."""
    found: list[Input] = []
    for piece in pieces:
        for leaf in unpacking.unpack(piece.path, io.BytesIO(piece.data)):
            if isinstance(leaf, Refused):
                found.append(Input(leaf.path, None, refused=leaf))
            elif not isinstance(leaf, Remark):
                parts = reading.read_parts(leaf.name, leaf.stream, columns)
                found += [Input(leaf.path, part) for part in parts]
    return found


def _articles(inputs: Iterable[Input]) -> Iterator[_Found]:
    for one in inputs:
        if one.part is None:
            yield _Found(one.path, 1, "unknown", None, one.refused.reason if one.refused else "")
            continue
        form = one.part.reading.format
        yield from (_Found(one.path, raw.block, form, raw) for raw in one.part.reading.articles)
        yield from (_Found(one.path, no.block, form, None, no.reason) for no in one.part.reading.rejections)


def _seen(number: int, found: _Found, given: Given, known: Mapping[str, Sequence[str]]) -> Seen:
    raw = found.raw
    if raw is None:
        return Seen(number, *found[:3], None, None, found.reason, {}, {}, (), None)
    facts, why = _facts(raw, given, known)
    kept = filling.lines_of([identity.content_key(raw.text)])[identity.content_key(raw.text)]
    lines = (*kept, *judged_lines(raw.text, given.lines))
    try:
        article = cleaning.clean(raw.text, facts, lines)
    except Exception as error:
        reason = f"The text could not be read as an article ({type(error).__name__}); please report this."
        return Seen(number, *found[:3], raw, None, reason, {}, {}, (), None)
    corrected = _corrected(identity.content_key(raw.text))
    if article.published and "published" not in corrected:
        why["published"] = f"from “{article.published.evidence.detail}”"
    read = _read(article, facts) | corrected
    fields = {name: getattr(given, name) if getattr(given, name) is not None else read[name] for name in read}
    return Seen(
        *(number, *found[:3], raw, article),
        "" if article.body.strip() else NO_BODY,
        fields,
        {name: reason for name, reason in why.items() if _is_as_read(name, given, read)},
        lines_of_text(raw.text, article),
        Article.objects.filter(content_key=identity.content_key(raw.text)).order_by("pk").first(),
    )


def _is_as_read(name: str, given: Given, read: Mapping[str, str]) -> bool:
    """Whether a field still is what was filled in: a date that was left says its doubt again."""
    said = getattr(given, name)
    return said is None or (name == "published" and not _differs(said, read[name]))


def _read(article: CleanArticle, facts: Facts) -> dict[str, str]:
    """What reading finds, as it is written in a form."""
    return {
        "url": facts.url,
        "outlet": facts.outlet,
        "headline": article.headline,
        "published": written(article.published),
        "authors": "\n".join(article.authors),
    }


def _corrected(key: str) -> dict[str, str]:
    """What curators said of this text before."""
    said = {field: json.loads(value) for field, value in filling.corrections_of([key])[key].items()}
    found = {"headline": said["headline"]} if "headline" in said else {}
    if "authors" in said:
        found["authors"] = "\n".join(said["authors"])
    if "published" in said:
        moment, precision = said["published"] or ("", "")
        form = _WRITTEN[Precision(precision)] if moment else ""
        found["published"] = datetime.fromisoformat(moment).strftime(form) if moment else ""
    return found


def written(moment: Moment | None) -> str:
    """A moment as a form shows it, as exactly as it is known."""
    return moment.value.strftime(_WRITTEN[moment.precision]) if moment else ""


def _facts(raw: RawArticle, given: Given, known: Mapping[str, Sequence[str]]) -> tuple[Facts, dict[str, str]]:
    """What is stated of an article: what was given, else what it says, else what is told around it."""
    why: dict[str, str] = {}
    facts = raw.facts
    if facts.url:
        why["url"] = "stated in the file"
    if given.url is not None:
        facts = facts._replace(url=given.url)
    elif not facts.url:
        first = cleaning.clean(raw.text, facts)
        told = address_told(raw.text, first.headline)
        facts, why["url"] = facts._replace(url=told.value), told.why
    if given.outlet is not None:
        return facts._replace(outlet=given.outlet, domain="" if given.outlet else facts.domain), why
    if facts.outlet:
        why["outlet"] = "stated in the file"
        return facts, why
    clue = _outlet_at(facts.url) or outlet_told(raw.text, cleaning.clean(raw.text, facts), known)
    return facts._replace(outlet=clue.value), {**why, "outlet": clue.why}


def _outlet_at(url: str) -> Clue | None:
    host = outlets.host(url)
    found = outlets.at(host) if host else None
    return Clue(found.name, f"known to stand at {found.domain}") if found else None


def _known_outlets() -> dict[str, list[str]]:
    rows = Outlet.objects.order_by("pk")[:MOST_OUTLETS].only("name", "domain", "stated_names")
    return {one.name: [*one.stated_names, *([one.domain] if one.domain else [])] for one in rows}


def _decisions(seen: Seen, given: Given) -> list[Decision]:
    """What was put right of a text: fields that read otherwise, and lines. May raise Refused."""
    if seen.raw is None or seen.article is None:
        return []
    key = identity.content_key(seen.raw.text)
    read = _read(seen.article, Facts()) | _corrected(key)
    said: dict[str, Any] = {}
    if _differs(given.headline, read["headline"]):
        said["headline"] = " ".join((given.headline or "").split())
    if _differs(given.authors, read["authors"]):
        names = (line.strip() for line in (given.authors or "").splitlines())
        said["authors"] = [name for name in names if name]
    decisions = acts.correct_text(key, said)
    if _differs(given.published, read["published"]):
        decisions += acts.correct_text(key, {"published": as_published(given.published or "")})
    return decisions + decisions_about(key, seen.raw.text, given.lines)


def as_published(said: str) -> list[str] | None:
    """A date as a judgement keeps it; None if none is known. Raises ValueError if it is none."""
    if not said.strip():
        return None
    moment = moment_of(said.strip(), "date")
    if moment is None:
        raise ValueError(f"“{said[:60]}” is no date; write 2017-04-18 09:49, 2017-04-18, 2017-04 or 2017.")
    return [moment.value.isoformat(timespec="minutes"), moment.precision.value]


def _differs(given: str | None, read: str) -> bool:
    return given is not None and given.split() != read.split()


def _with_facts(inputs: Iterable[Input], seen: Sequence[Seen], given: Mapping[int, Given]) -> Iterator[Input]:
    """The inputs with what is stated of each article now."""
    numbers = iter(seen)
    for one in inputs:
        if one.part is None:
            next(numbers)
            yield one
            continue
        articles = tuple(_stated(raw, next(numbers)) for raw in one.part.reading.articles)
        for _ in one.part.reading.rejections:
            next(numbers)
        yield one._replace(part=_with_articles(one.part, articles))


def _with_articles(part: Part, articles: tuple[RawArticle, ...]) -> Part:
    return part._replace(reading=part.reading._replace(articles=articles))


def _stated(raw: RawArticle, seen: Seen) -> RawArticle:
    url, outlet = seen.fields.get("url", ""), seen.fields.get("outlet", "")
    domain = raw.facts.domain if outlet == raw.facts.outlet else ""
    return raw._replace(facts=raw.facts._replace(url=url, outlet=outlet, domain=domain))


def _judge_places(run: Run, seen: Sequence[Seen], given: Mapping[int, Given], by: User) -> None:
    """Keep address and outlet beside the text, where it stands at one place only."""
    decisions: list[Decision] = []
    for one in seen:
        told = given.get(one.number, Given())
        if one.raw is None:
            continue
        key = identity.content_key(one.raw.text)
        fields = {
            name: one.fields[name]
            for name in ("url", "outlet")
            if getattr(told, name) is not None and one.fields.get(name) != getattr(one.raw.facts, name)
        }
        if fields and Article.objects.filter(content_key=key).count() == 1:
            decisions += acts.correct_text(key, fields)
    if decisions:
        judge(decisions, by, "given with the text")
