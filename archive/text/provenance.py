"""Who wrote an article, when it was published and which agencies it credits, from its page and the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from archive.text.blocks import TextBlock
from archive.text.bylines import agencies_cited, credit_of, dateline_of, is_lone_by
from archive.text.dates import DayOrder, Label, WrittenDate, date_in_address, day_order, find_dates, settle
from archive.text.furniture import Look, look_of
from archive.text.roles import Page, Role
from archive.text.types import BlockKind, Evidence, Facts, Moment, Precision, RemovedKind

AROUND_HEADLINE = (-3, 8)  # blocks before and behind the headline in which bylines belong to it
MOST_WORDS_AROUND_A_DATE = 14
FAR_FROM_HEADLINE = 25  # blocks
LEAST_SCORE = 0.9  # of a date that is taken for the article's own
_MAY_HOLD_THE_DATE = frozenset(
    {
        RemovedKind.DATE,
        RemovedKind.BYLINE,
        RemovedKind.HEADLINE,
        RemovedKind.DECK,
        RemovedKind.OTHER,
        RemovedKind.SHARE_BAR,
        RemovedKind.MENU,
    }
)
_RANK = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2, Precision.MINUTE: 3}


class Provenance(NamedTuple):
    """Authors and agencies by name, dateline as printed, moments with their evidence."""

    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    dateline: str
    published: Moment | None
    updated: Moment | None


class _Candidate(NamedTuple):
    score: float
    written: WrittenDate


def find_provenance(page: Page, roles: Sequence[Role], facts: Facts) -> Provenance:
    """Read byline, dateline, agencies and dates; facts outrank the page where both speak."""
    authors: list[str] = []
    agencies: list[str] = []
    for text in _bylines(page, roles):
        credit = credit_of(text)
        authors += credit.authors
        agencies += credit.agencies
    dateline, more = _body_credits(page, roles)
    published, updated = _moments(page, roles, facts)
    return Provenance(
        facts.authors or tuple(dict.fromkeys(authors)),
        tuple(dict.fromkeys(agencies + more)),
        dateline,
        published,
        updated,
    )


def _bylines(page: Page, roles: Sequence[Role]) -> list[str]:
    """The lines that credit somebody: those around the headline, else a lone "By ..." anywhere."""
    blocks, headline = page.blocks, page.opening.headline
    low, high = 0, page.opening.first_body
    if headline is not None:
        low, high = max(0, headline + AROUND_HEADLINE[0]), headline + AROUND_HEADLINE[1] + 1
    kinds = (RemovedKind.BYLINE, RemovedKind.DATE)
    near = [
        _with_name_below(blocks, index)
        for index, role in enumerate(roles[low:high], low)
        if role.kind in kinds and not blocks[index].bulleted
    ]
    if any(credit_of(text).authors for text in near):
        return near
    elsewhere = {
        block.text
        for block, role in zip(blocks, roles, strict=True)
        if role.kind is RemovedKind.BYLINE and look_of(block.text).look is Look.BYLINE
    }
    return [*near, *elsewhere] if len(elsewhere) == 1 else near


def _with_name_below(blocks: Sequence[TextBlock], index: int) -> str:
    """A line "By" with the name in the line below it."""
    text = blocks[index].text
    below = index + 1 < len(blocks) and is_lone_by(text)
    return f"By {blocks[index + 1].text}" if below else text


def _body_credits(page: Page, roles: Sequence[Role]) -> tuple[str, list[str]]:
    """The first dateline of the text, and the agencies that datelines and the text itself credit."""
    place, agencies = "", []
    for block, role in zip(page.blocks, roles, strict=True):
        if role.kind is not BlockKind.PARAGRAPH:
            continue
        dateline = None if place else dateline_of(block.text)
        if dateline is not None:
            place = dateline.text
            agencies += [dateline.agency] if dateline.agency else []
        agencies += agencies_cited(block.text)
    return place, agencies


def _moments(page: Page, roles: Sequence[Role], facts: Facts) -> tuple[Moment | None, Moment | None]:
    address = date_in_address(facts.url)
    known_days = [moment.value.date() for moment in (facts.published, address) if moment]
    candidates = _candidates(page, roles, known_days)
    updated = next((c.written.moment for c in candidates if c.written.label is Label.UPDATED), None)
    own = [c for c in candidates if c.written.label is not Label.UPDATED and c.score > LEAST_SCORE]
    written = [c.written.moment for c in own]
    known = facts.published or address
    if known is None:
        published = _with_open_reading(own[0].written) if own else None
    else:
        published = _agreeing(known, written) or known
    return published, facts.updated or updated


def _candidates(page: Page, roles: Sequence[Role], known_days: Sequence[date]) -> list[_Candidate]:
    """Dates outside the body, the likeliest to be the article's own first."""
    order = _order_on(page)
    centre = page.opening.first_body if page.opening.headline is None else page.opening.headline
    found = []
    for index, (block, role) in enumerate(zip(page.blocks, roles, strict=True)):
        beside = role.kind in (RemovedKind.DATE, RemovedKind.BYLINE)
        if role.kind not in _MAY_HOLD_THE_DATE:
            continue
        if not beside and len(block.text.split()) > MOST_WORDS_AROUND_A_DATE:
            continue
        for written in find_dates(block.text[:1_000], order):
            score = _score(written, beside, abs(index - centre))
            found.append(_Candidate(score, settle(written, known_days)))
    return sorted(found, key=lambda candidate: -candidate.score)


def _order_on(page: Page) -> DayOrder | None:
    short = (block.text for block in page.blocks if len(block.text) < 300)
    return day_order("\n".join(short))


def _score(written: WrittenDate, beside: bool, distance: int) -> float:
    """How likely a date is the article's own; weights found on 50 annotated news pages, November 2026."""
    score = 2.0 * (written.label is Label.PUBLISHED) + 1.5 * beside + 2 / (1 + 0.3 * distance)
    score += written.moment.precision is Precision.MINUTE
    score += 0.6 * (written.label is not Label.UPDATED)
    return score - (distance > FAR_FROM_HEADLINE) - 1.5 * (written.moment.precision is Precision.MONTH)


def _agreeing(known: Moment, written: Iterable[Moment]) -> Moment | None:
    """A date of the page that says the same as what is known, only more exactly or as exactly."""
    for moment in written:
        same = moment.value.date() == known.value.date() or _RANK[known.precision] < _RANK[Precision.DAY]
        if same and _RANK[moment.precision] >= _RANK[known.precision]:
            return moment
    return None


def _with_open_reading(written: WrittenDate) -> Moment:
    """Say in the evidence that day and month may be the other way round, where nothing settles it."""
    if written.other is None:
        return written.moment
    evidence = written.moment.evidence
    doubt = f"{evidence.detail} (or {written.other:%d %B %Y}: day and month are not told apart)"
    return written.moment._replace(evidence=Evidence(evidence.rule, doubt))
