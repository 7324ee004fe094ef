"""Two to eight articles of one event side by side: their passages as rows.

    rows = align([Text(...), Text(...)]).rows

A row holds the passages of the texts that report one thing, with a verdict on how alike they are; a passage
without counterpart is a row by itself. Every sentence of every text stands in exactly one place. The order of
the texts never matters: they are worked on in the order of their contents and put back into their columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from archive.text import words
from archive.text.cuts import FRAGMENT
from archive.text.difference import Cell, cell, differences, share_of_common_words
from archive.text.linking import Link, Linking, link
from archive.text.passages import Text, Unit, units
from archive.text.row_kinds import RowKind, row_kinds
from archive.text.row_order import reading_order
from archive.text.similarity import Event, evidence, shares_part
from archive.text.types import Span

__all__ = ["Alignment", "Passage", "Row", "RowKind", "Text", "align"]

_SURE = 0.7  # probability below which a row is shown with "perhaps"
_PLAIN = 0.92  # probability from which it is not, however little of the words both have
_MUCH_QUOTED = 0.35  # of what a unit says stands in quotation marks: then the frame is not what it says
_LITTLE_MET = 0.25  # of what it quotes the other has
_FEWEST_PLAIN = 2  # words, neither names nor numbers, that a text must have in common with its row
_HALF = 0.5  # share of what the shorter passage says that the other must say too, otherwise


class Passage(NamedTuple):
    """A sentence, or a part of one, of a body: `body[start:end]`.

    `paragraph` counts from 1. `differing` are the runs of words that no counterpart has. A sentence that is
    split between rows says so on the side where it goes on.
    """

    start: int
    end: int
    paragraph: int
    differing: tuple[Span, ...] = ()
    continued_before: bool = False
    continued_after: bool = False


class Row(NamedTuple):
    """What the texts say of one thing. `cells` holds the passages of each text, in the order of the texts.

    `kinds` is empty where nothing can be said: a fragment, or a passage whose counterpart is in doubt.
    `sure` is False where a row deserves a "perhaps". `common` is the share of common words, from 0 to 1.
    `by_hand` is True where a curator put the row right (archive.text.judged_rows).
    """

    kinds: tuple[RowKind, ...]
    sure: bool
    cells: tuple[tuple[Passage, ...], ...]
    common: float
    by_hand: bool = False

    @property
    def shared(self) -> bool:
        """Whether two texts or more have a passage in the row."""
        return sum(map(bool, self.cells)) > 1


class Alignment(NamedTuple):
    """The rows of some texts in a readable order. `texts` are the ids, one a column."""

    texts: tuple[str, ...]
    rows: tuple[Row, ...]


def align(texts: Sequence[Text]) -> Alignment:
    """Lay texts side by side.

    Args: `texts`, one or more, each with a different id.
    Returns rows that hold every sentence of every text exactly once.
    """
    columns = sorted(range(len(texts)), key=lambda column: (texts[column].body, texts[column].id))
    ordered = [texts[column] for column in columns]
    cut = [units_of(text) for text in ordered]
    event = Event(cut)
    linking = link(event)
    placed = _with_their_sentences(event, linking)
    bodies = [words.fold(text.body) for text in ordered]
    rows = [_row(bodies, event, linking, group) for group in _in_order(event, placed)]
    back = sorted(range(len(columns)), key=columns.__getitem__)
    return Alignment(
        tuple(text.id for text in texts),
        tuple(row._replace(cells=tuple(row.cells[place] for place in back)) for row in rows),
    )


@lru_cache(64)
def units_of(text: Text) -> tuple[Unit, ...]:
    """The units of a text, kept for the next comparison it is in."""
    return units(text)


# --- which units stand together ---------------------------------------------------------------------


def _with_their_sentences(event: Event, linking: Linking) -> list[list[int]]:
    """The groups, and the units without counterpart: each with its sentence.

    A part without counterpart stays with a part of its sentence that has one (its words are marked as
    differing there); a sentence without any is one passage.
    """
    groups = _whole_statements(event, linking.groups)
    group_of = {unit: number for number, group in enumerate(groups) for unit in group}
    for _, members in groupby(range(len(event.sides)), key=lambda unit: _sentence(event, unit)):
        sentence = list(members)
        linked = [unit for unit in sentence if unit in group_of]
        for unit in sentence:
            if unit not in group_of and linked:
                host = min(linked, key=lambda other: (abs(other - unit), other))
                groups[group_of[host]].append(unit)
        if not linked:
            groups.append(sentence)
    return [sorted(group) for group in groups]


def _whole_statements(event: Event, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """The groups, without those that are only the rest of another's sentences.

    "said Mira Voss" of one text and "Voss told reporters" of another frame one quotation: they stay with it.
    """
    home: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    merged = [list(group) for group in groups]
    for number, group in enumerate(merged):
        for unit in group:
            home[_sentence(event, unit)].append(number)
    for number, group in sorted(enumerate(merged), key=lambda entry: (len(entry[1]), entry[0])):
        beside = set.intersection(*(set(home[_sentence(event, unit)]) for unit in group)) - {number}
        hosts = [other for other in sorted(beside) if len(merged[other]) >= len(group)]
        if hosts:
            merged[hosts[0]] += group
            merged[number] = []
            for unit in group:
                home[_sentence(event, unit)].remove(number)
                home[_sentence(event, unit)].append(hosts[0])
    return [group for group in merged if group]


def _sentence(event: Event, unit: int) -> tuple[int, int]:
    side = event.sides[unit]
    return side.text, side.unit.sentence


def _in_order(event: Event, groups: list[list[int]]) -> list[list[int]]:
    sizes: defaultdict[int, int] = defaultdict(int)
    first: list[int] = []
    for side in event.sides:
        first.append(sizes[side.text])
        sizes[side.text] += 1
    places = [
        {
            text: min(first[unit] for unit in members)
            for text, members in groupby(group, key=lambda unit: event.sides[unit].text)
        }
        for group in groups
    ]
    return [groups[number] for number in reading_order(places, sizes)]


# --- rows -------------------------------------------------------------------------------------------


def _row(bodies: Sequence[str], event: Event, linking: Linking, group: list[int]) -> Row:
    members: list[list[int]] = [[] for _ in bodies]
    for unit in group:
        members[event.sides[unit].text].append(unit)
    contents = [cell([event.sides[unit].unit for unit in units]) for units in members]
    present = [content for content, units in zip(contents, members, strict=True) if units]
    cells = tuple(
        tuple(_passages(bodies[text], event, units, contents, len(present) > 1))
        for text, units in enumerate(members)
    )
    if len(present) < 2:
        kinds = _only(event, linking, group)
        return Row(kinds, not kinds or linking.faint.isdisjoint(group), cells, 0.0)
    common = share_of_common_words(present)
    of_text = {
        text: [event.sides[unit].unit for unit in units] for text, units in enumerate(members) if units
    }
    kinds = row_kinds(bodies, of_text, common)
    fragment = RowKind.SAME not in kinds and min(map(len, _keys_of_texts(event, group))) < FRAGMENT
    frames = kinds[0] in (RowKind.REWORDED, RowKind.FIGURES) and _quotes_else(event, group)
    names = kinds == (RowKind.REWORDED,) and _meet_in_names(bodies, of_text)
    return Row(kinds, _firm(event, linking, group) and not (fragment or frames or names), cells, common)


def _keys_of_texts(event: Event, group: list[int]) -> list[list[str]]:
    """The content words that each text has in a row."""
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for unit in group:
        keys[event.sides[unit].text] += event.sides[unit].keys
    return list(keys.values())


def _only(event: Event, linking: Linking, group: list[int]) -> tuple[RowKind, ...]:
    """The mark of a passage that no other text has; none for fragments and where a near miss leaves doubt."""
    content = sum(len(event.sides[unit].keys) for unit in group)
    if event.texts < 2 or content < FRAGMENT or not linking.doubtful.isdisjoint(group):
        return ()
    return (RowKind.ONLY,)


def _firm(event: Event, linking: Linking, group: list[int]) -> bool:
    """Whether every unit of a row hangs firmly on one of another text, of those that have a link at all."""
    found = [
        [linked for other in group if (linked := linking.links.get((min(unit, other), max(unit, other))))]
        for unit in group
    ]
    return all(any(_plain(event, one) for one in links) for links in found if links)


def _plain(event: Event, one: Link) -> bool:
    """Whether a link is no matter of doubt: half of what the shorter unit says, the longer one says too."""
    first, second = event.sides[one.one], event.sides[one.other]
    if one.quoted:
        return True
    if shares_part(first.unit.figures, second.unit.figures):
        return False
    if one.probability >= _PLAIN:
        return True
    said = evidence(first, second, event)
    met = said.words_of_shorter + said.in_sentence + said.by_sense
    return one.probability >= _SURE and (met >= _HALF or said.figures > 0)


def _quotes_else(event: Event, group: list[int]) -> bool:
    """Whether the texts of a row meet in who speaks and where, while what one quotes no other has."""
    bags: defaultdict[int, set[str]] = defaultdict(set)
    quoted: defaultdict[int, set[str]] = defaultdict(set)
    for unit in group:
        side = event.sides[unit]
        bags[side.text] |= side.bag
        quoted[side.text] |= side.bag.intersection(map(words.comparable, side.unit.spoken))
    for text, said in quoted.items():
        elsewhere = set().union(*(bag for other, bag in bags.items() if other != text))
        weight = event.weigh(said)
        if weight >= _MUCH_QUOTED * event.weigh(bags[text]) and (
            event.weigh(said & elsewhere) < _LITTLE_MET * weight
        ):
            return True
    return False


def _meet_in_names(bodies: Sequence[str], members: Mapping[int, Sequence[Unit]]) -> bool:
    """Whether a text has hardly a word in common with the others of its row but names and numbers."""
    plain = {text: _plain_words(bodies[text], units) for text, units in members.items()}
    return any(
        len(mine & set().union(*(said for other, said in plain.items() if other != text))) < _FEWEST_PLAIN
        for text, mine in plain.items()
    )


def _plain_words(folded: str, units: Sequence[Unit]) -> set[str]:
    """The stems of words that are neither names nor numbers; of a word that opens a unit nobody can tell."""
    found: set[str] = set()
    for unit in units:
        tokens = words.tokens(folded, unit.start, unit.end)
        found.update(
            words.sense(token.stem)
            for token in tokens
            if token.stem[:1].isalpha() and (not token.capital or token is tokens[0])
        )
    return found


def _passages(
    folded: str, event: Event, members: list[int], contents: Sequence[Cell], shared: bool
) -> list[Passage]:
    """The units of one text in a row as passages: neighbours of one sentence are one."""
    passages = []
    for _, run in groupby(members, key=lambda unit: _sentence(event, unit)):
        passages += [_passage(folded, event, part, contents, shared) for part in _neighbours(list(run))]
    return passages


def _neighbours(numbers: list[int]) -> list[list[int]]:
    """Numbers in order, cut wherever one is not the next after another."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    return [[number for _, number in run] for _, run in runs]


def _passage(folded: str, event: Event, part: list[int], contents: Sequence[Cell], shared: bool) -> Passage:
    first, last = event.sides[part[0]], event.sides[part[-1]]
    others = [content for text, content in enumerate(contents) if text != first.text]
    return Passage(
        first.unit.start,
        last.unit.end,
        first.unit.paragraph + 1,
        differences(folded, cell([event.sides[unit].unit for unit in part]), others) if shared else (),
        part[0] > 0 and _sentence(event, part[0] - 1) == _sentence(event, part[0]),
        part[-1] + 1 < len(event.sides) and _sentence(event, part[-1] + 1) == _sentence(event, part[-1]),
    )
