"""Text with marks as HTML. The text is hostile until escaped; marks may lie inside and across each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from archive.models import Entity
from archive.text.types import Span

# An outlet's insertion in a quotation; editors keep them short, and the bound keeps the search linear.
_INSERTION = re.compile(r"\[[^\[\]]{1,200}\]")


class Mark(NamedTuple):
    """An element around `text[start:end]`: its tag, its class, for a link where it leads, its name."""

    start: int
    end: int
    tag: str
    css: str = ""
    href: str = ""
    anchor: str = ""


def marked(text: str, span: Span | tuple[int, int], marks: Iterable[Mark]) -> SafeString:
    """`text[start:end]` of `span` as HTML with `marks` around their words.

    Marks are clipped to the span. Where two cross, the later one is closed and opened again at the edge of
    the earlier one, so the result is well formed whatever the marks are.

    Args:
        text: the whole text that the offsets count in.
        span: the part to show.
        marks: in any order; of marks with the same span the first given is the outer one.
    """
    start, end = span
    inside = [
        mark._replace(start=max(mark.start, start), end=min(mark.end, end))
        for mark in marks
        if max(mark.start, start) < min(mark.end, end)
    ]
    waiting = sorted(inside, key=lambda mark: (mark.start, -mark.end))
    edges = sorted({start, end} | {edge for mark in inside for edge in (mark.start, mark.end)})
    pieces: list[str] = []
    opened: list[Mark] = []
    for here, there in zip(edges, [*edges[1:], end], strict=True):
        opened = _close(pieces, opened, here)
        while waiting and waiting[0].start == here:
            opened.append(waiting.pop(0))
            pieces.append(_opening(opened[-1]))
        pieces.append(conditional_escape(text[here:there]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped or one of our own tags


def links(rows: Iterable[Entity]) -> SafeString:
    """Links to the pages of people or organisations in a row: a template takes five times as long."""
    each = (f'<a href="{escape(row.get_absolute_url())}"><bdi>{escape(row.name)}</bdi></a>' for row in rows)
    return mark_safe(", ".join(each))  # noqa: S308 - every piece is escaped or one of our own tags


def _close(pieces: list[str], opened: Sequence[Mark], here: int) -> list[Mark]:
    """Close what ends here, from the inside out; what lies inside it and goes on is opened again."""
    ended = [place for place, mark in enumerate(opened) if mark.end <= here]
    if not ended:
        return list(opened)
    outermost = ended[0]
    pieces += [f"</{mark.tag}>" for mark in reversed(opened[outermost:])]
    going_on = [mark._replace(anchor="") for mark in opened[outermost:] if mark.end > here]
    pieces += [_opening(mark) for mark in going_on]
    return [*opened[:outermost], *going_on]


def _opening(mark: Mark) -> str:
    if mark.anchor:
        return format_html('<{} id="{}">', mark.tag, mark.anchor)
    if mark.href:
        return format_html('<{} class="{}" href="{}">', mark.tag, mark.css, mark.href)
    return format_html('<{} class="{}">', mark.tag, mark.css) if mark.css else format_html("<{}>", mark.tag)


def insertions(text: str, span: Span | tuple[int, int]) -> list[Mark]:
    """Marks around what an outlet put into quoted words: what stands in square brackets inside `span`."""
    return [Mark(*found.span(), "span", "insertion") for found in _INSERTION.finditer(text, *span)]
