"""Digits that are no quantity: names ("Flight 302"), versions, scores, addresses."""

from __future__ import annotations

from archive.text.counted import context, counted, counts
from archive.text.numerals import Token, after_hyphen, is_digits, numeral, tables, touches, word_at
from archive.text.units import currency_before, unit_at

_DASHES = frozenset("-–—‑")
_SEPARATORS = frozenset(".,:/-–")  # between digits they make a version, a score, an address


def chain_end(line: list[Token], index: int) -> int:
    """Where digits end that are joined by points, colons or strokes: "1.2.3", "3-1", "10/12"."""
    last = index
    while touches(line, last + 1) and touches(line, last + 2) and word_at(line, last + 1) in _SEPARATORS:
        if not is_digits(word_at(line, last + 2)):
            break
        last += 2
    rising = last == index + 2 and word_at(line, index + 1) in _DASHES
    if rising and _rises(line, index, last) and _range_counts(line, last + 1):
        return index
    return last


def _rises(line: list[Token], index: int, last: int) -> bool:
    first, second = numeral(line, index), numeral(line, last)
    return first is not None and second is not None and first.low < second.high


def _range_counts(line: list[Token], index: int) -> bool:
    behind = after_hyphen(line, index)
    unit = unit_at(line, behind)
    return (
        unit is not None or counts(line, index) or word_at(line, behind) in {"million", "billion", "thousand"}
    )


def is_label(line: list[Token], index: int) -> bool:
    """ "Flight 302", "No. 10", "F-16", "#5": digits that name something."""
    before = index - 1
    if _names_itself(line, index):
        return True
    if before < 0 or currency_before(line, index):
        return False
    if line[before].low in context().counted_labels:
        return not _quantified(line, index)
    if touches(line, index):
        if line[before].low in _DASHES:
            return touches(line, before) and word_at(line, before - 1) not in context().joined
        return line[before].low[0].isalpha() or line[before].low in {"#", "@", "_", "/", "&", "="}
    if line[before].low == "." and before:
        before -= 1
    if line[before].low in context().names or (line[before].low in context().labels and line[before].capital):
        return True
    named = line[before].capital and before > 0 and word_at(line, before - 1) != "."
    return named and line[before].low not in context().function and not _quantified(line, index)


def _names_itself(line: list[Token], index: int) -> bool:
    """ "7936.T", "501(c)", "(1)", "3PAR": what stands around makes the digits a name."""
    if _begins_name(line, index):
        return True
    following = word_at(line, index + 1), word_at(line, index + 2), word_at(line, index + 3)
    if following[0] == "." and touches(line, index + 1) and touches(line, index + 2):
        return following[1][0].isalpha()
    if word_at(line, index - 1) == "(" and following[0] == ")":
        return len(line[index].low) <= 2
    return following[0] == "(" and len(following[1]) == 1 and following[2] == ")"


def _begins_name(line: list[Token], index: int) -> bool:
    """Whether capitals stand right behind the digits that are no unit: "3PAR", "3M Co", but "£3M"."""
    if not touches(line, index + 1) or not line[index + 1].capital:
        return False
    if word_at(line, index + 1) in tables().letters:
        named = index + 2 < len(line) and line[index + 2].capital
        return named and currency_before(line, index) is None
    return unit_at(line, index + 1) is None


def _quantified(line: list[Token], index: int) -> bool:
    """Whether something countable follows within reach of the digits at `index`."""
    number = numeral(line, index)
    if number is None or number.factor > 1 or "," in line[index].low:
        return number is not None
    return counts(line, index + 1) or counted(line, index + 1) is not None
