"""Rows as curators put them right: passages that belong in one row, and passages that do not.

    alignment = put_right(texts, align(texts), pairs)

A judgement names two passages by their words, not by their places: it holds for every comparison that the
two texts are in, also where a row cuts a sentence elsewhere or cleaning has moved it. What was judged apart
is stronger than what was judged to belong together; of judgements about one pair the newest holds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.text import words
from archive.text.aligning import Alignment, Passage, Row, Text, units_of
from archive.text.cuts import FRAGMENT
from archive.text.difference import cell, differences, share_of_common_words
from archive.text.passages import Unit
from archive.text.row_kinds import RowKind, row_kinds
from archive.text.row_order import reading_order

_COVERED = 0.5  # of the shorter of a passage and the judged words must lie in the other


class Pair(NamedTuple):
    """Two passages of two texts (by the texts' ids) in normal form, and whether they belong in one row."""

    one: str
    one_words: str
    other: str
    other_words: str
    together: bool


class _Node(NamedTuple):
    """A passage of a text, by the text's place in the working order."""

    text: int
    passage: Passage


def passage_words(body: str, start: int, end: int) -> str:
    """A passage as judgements name it: its words in small letters, without punctuation."""
    return " ".join(word for word, _, _ in words.every_word(words.fold(body), start, end))


def as_value(one_words: str, other_words: str) -> str:
    """The words of two passages as a judgement keeps them."""
    return json.dumps([one_words, other_words], ensure_ascii=False)


def words_of(value: str) -> tuple[str, str]:
    """The words of the two passages of a judgement.

    Raises:
        ValueError: if `value` does not hold two passages with words.
    """
    try:
        said = json.loads(value)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(said, list) or len(said) != 2:
        raise ValueError("it does not name two passages")
    if not all(isinstance(one, str) and passage_words(one, 0, len(one)) == one != "" for one in said):
        raise ValueError("a passage is not given by its words in normal form")
    return said[0], said[1]


def put_right(texts: Sequence[Text], alignment: Alignment, pairs: Sequence[Pair]) -> Alignment:
    """The alignment with judged passages joined and parted.

    Args:
        texts: those of the alignment, in the order of its columns.
        alignment: `align(texts)`.
        pairs: what was judged, oldest first. Words that a text no longer has are passed over.

    Returns:
        The same alignment where nothing changes; else every passage stands in one row as before, rows that
        changed say `by_hand`, and the order of the columns makes no difference.
    """
    if not pairs:
        return alignment
    columns = sorted(range(len(texts)), key=lambda column: (texts[column].body, texts[column].id))
    ordered = [texts[column] for column in columns]
    group_of = {
        _Node(text, passage): number
        for number, row in enumerate(alignment.rows)
        for text, column in enumerate(columns)
        for passage in row.cells[column]
    }
    before = _members(group_of)
    judged = _settled(ordered, group_of, pairs)
    apart = {pair for pair, together in judged.items() if not together}
    _part(group_of, apart)
    for one, other in (pair for pair, together in judged.items() if together):
        _join(group_of, one, other, apart)
    after = _members(group_of)
    if after == before:
        return alignment
    back = sorted(range(len(columns)), key=columns.__getitem__)
    kept = {members: alignment.rows[number] for number, members in before.items()}
    rows = [
        kept.get(members) or _row(ordered, members, back)
        for members in _in_order(ordered, list(after.values()))
    ]
    return alignment._replace(rows=tuple(rows))


def _members(group_of: dict[_Node, int]) -> dict[int, frozenset[_Node]]:
    found: defaultdict[int, set[_Node]] = defaultdict(set)
    for node, group in group_of.items():
        found[group].add(node)
    return {group: frozenset(nodes) for group, nodes in found.items()}


# --- which passages are meant -----------------------------------------------------------------------


def _settled(
    texts: Sequence[Text], nodes: Iterable[_Node], pairs: Sequence[Pair]
) -> dict[tuple[_Node, _Node], bool]:
    """For pairs of passages whether they belong together: the last word about each pair."""
    place = {text.id: number for number, text in enumerate(texts)}
    of_text: defaultdict[int, list[_Node]] = defaultdict(list)
    for node in nodes:
        of_text[node.text].append(node)
    settled: dict[tuple[_Node, _Node], bool] = {}
    for pair in pairs:
        if pair.one in place and pair.other in place:
            ones = _meant(texts, of_text[place[pair.one]], pair.one_words)
            others = _meant(texts, of_text[place[pair.other]], pair.other_words)
            for one in ones:
                for other in others:
                    key = min(one, other), max(one, other)
                    settled.pop(key, None)  # the newest comes last
                    settled[key] = pair.together
    return settled


def _meant(texts: Sequence[Text], nodes: Sequence[_Node], said: str) -> list[_Node]:
    """The passages that hold the words of a judgement, or most of which lie in them."""
    if not nodes or not said:
        return []
    span = _span_of(texts[nodes[0].text].body, said)
    return [node for node in nodes if _covers(node.passage, span)] if span else []


def _span_of(body: str, said: str) -> tuple[int, int] | None:
    """Where the words stand in the body for the first time."""
    printed = words.every_word(words.fold(body))
    joined = " ".join(word for word, _, _ in printed)
    at = f" {joined} ".find(f" {said} ")
    if at < 0:
        return None
    first = joined.count(" ", 0, at)
    return printed[first][1], printed[first + said.count(" ")][2]


def _covers(passage: Passage, span: tuple[int, int]) -> bool:
    start, end = span
    common = min(passage.end, end) - max(passage.start, start)
    return common > _COVERED * min(passage.end - passage.start, end - start)


# --- parting and joining ----------------------------------------------------------------------------


def _part(group_of: dict[_Node, int], apart: set[tuple[_Node, _Node]]) -> None:
    """Out of each row goes the passage that was judged apart from most others of it, until none is left."""
    free = max(group_of.values(), default=0) + 1
    for members in _members(group_of).values():
        inside = set(members)
        while clashes := [pair for pair in apart if inside.issuperset(pair)]:
            leaving = max(inside, key=lambda node: (sum(node in pair for pair in clashes), node))
            inside.remove(leaving)
            group_of[leaving] = free
            free += 1


def _join(group_of: dict[_Node, int], one: _Node, other: _Node, apart: set[tuple[_Node, _Node]]) -> None:
    """Make the rows of two passages one, unless that brought together what was judged apart."""
    kept, gone = sorted((group_of[one], group_of[other]))
    inside = {node for node, group in group_of.items() if group in (kept, gone)}
    if kept == gone or any(inside.issuperset(pair) for pair in apart):
        return
    for node in inside:
        group_of[node] = kept


# --- rows -------------------------------------------------------------------------------------------


def _in_order(texts: Sequence[Text], groups: list[frozenset[_Node]]) -> list[frozenset[_Node]]:
    groups.sort(key=sorted)
    sizes = {number: max(1, len(text.body)) for number, text in enumerate(texts)}
    places = []
    for members in groups:
        first: dict[int, int] = {}
        for node in sorted(members):
            first.setdefault(node.text, node.passage.start)
        places.append(first)
    return [groups[number] for number in reading_order(places, sizes)]


def _row(texts: Sequence[Text], members: frozenset[_Node], back: Sequence[int]) -> Row:
    """A row of these passages; `back` gives for each column its place in the working order."""
    inside: defaultdict[int, list[Passage]] = defaultdict(list)
    for node in sorted(members):
        inside[node.text].append(node.passage)
    units = {
        text: [unit for passage in passages for unit in _units_in(texts[text], passage)]
        for text, passages in inside.items()
    }
    shared = len(inside) > 1
    common = share_of_common_words([cell(found) for found in units.values()]) if shared else 0.0
    bodies = [words.fold(text.body) for text in texts]
    kinds = row_kinds(bodies, units, common) if shared else _alone(next(iter(units.values())))
    marked = {text: tuple(_marked(bodies, texts, text, inside, units)) for text in inside}
    return Row(kinds, True, tuple(marked.get(place, ()) for place in back), common, by_hand=True)


def _alone(units: Sequence[Unit]) -> tuple[RowKind, ...]:
    says_enough = sum(len(unit.terms) for unit in units) >= FRAGMENT
    return (RowKind.ONLY,) if says_enough else ()


def _units_in(text: Text, passage: Passage) -> Iterator[Unit]:
    for unit in units_of(text):
        if passage.start <= unit.start and unit.end <= passage.end:
            yield unit


def _marked(
    bodies: Sequence[str],
    texts: Sequence[Text],
    text: int,
    inside: dict[int, list[Passage]],
    units: dict[int, list[Unit]],
) -> Iterator[Passage]:
    """The passages of one text with the words that no counterpart has."""
    others = [cell(found) for other, found in sorted(units.items()) if other != text]
    for passage in inside[text]:
        mine = cell(list(_units_in(texts[text], passage)))
        yield passage._replace(differing=differences(bodies[text], mine, others) if others else ())
