"""The lines of a text as boxes: ticked is text. A box that is turned says so of the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from archive.curation.pasted_lines import PUT_BACK, TAKEN_OUT, Line

MOST_CHOICES = 400  # lines of one article that have a box
_LONGEST = 40_000  # characters of what a form says of lines

Said = tuple[tuple[int, int, str], ...]


class Choice(NamedTuple):
    """A line with the value of its box; "" where it has none."""

    line: Line
    value: str
    turned: bool


class Choices(NamedTuple):
    """All lines of a text; `shown` and `said` go back with the form."""

    prefix: str
    lines: list[Choice]
    shown: str
    said: str


def choices(prefix: str, lines: Sequence[Line], said: Said = ()) -> Choices:
    """The boxes of a text's lines; `said` is what was said of them since the page was first made."""
    turned = {(start, end) for start, end, _ in said}
    made = []
    for number, line in enumerate(lines):
        value = f"{line.start}-{line.end}" if number < MOST_CHOICES else ""
        made.append(Choice(line, value, (line.start, line.end) in turned))
    shown = " ".join(f"{one.value}:{int(one.line.is_text)}" for one in made if one.value)
    return Choices(prefix, made, shown, " ".join(f"{start}-{end}:{kind}" for start, end, kind in said))


def said_of(sent: Mapping[str, str], prefix: str) -> Said:
    """What a form that was sent back says of lines, with what it said before. What is no line is left out."""
    ticked = set(sent.getlist(f"{prefix}-line")) if hasattr(sent, "getlist") else set()
    said: dict[tuple[int, int], str] = {}
    for place, kind in _pairs(sent.get(f"{prefix}-said", "")):
        if kind in (PUT_BACK, TAKEN_OUT):
            said[place] = kind
    for place, was in _pairs(sent.get(f"{prefix}-shown", "")):
        is_text = f"{place[0]}-{place[1]}" in ticked
        if is_text != (was == "1"):
            said[place] = PUT_BACK if is_text else TAKEN_OUT
    return tuple((start, end, kind) for (start, end), kind in said.items())


def _pairs(told: str) -> list[tuple[tuple[int, int], str]]:
    found = []
    for part in islice(told[:_LONGEST].split(), 2 * MOST_CHOICES):
        place, _, rest = part.partition(":")
        start, _, end = place.partition("-")
        if all(one.isascii() and one.isdigit() and len(one) < 10 for one in (start, end)):
            found.append(((int(start), int(end)), rest))
    return found
