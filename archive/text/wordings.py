"""How the words of one printing of a quotation stand to those of the fullest: what it has, what it changes.

Each stretch of a printing is laid into the fullest by itself, so that their order changes nothing;
words with which a stretch goes on where the fullest ends are more, and no other wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from archive.text import words

_MOST = 2_000  # words of a stretch and of the fullest printing that are laid beside each other one by one
_SAME = 0.8  # of the shorter stretch's words
_MORE = 0.5  # of a stretch's words; where the fullest has fewer, the stretch is more that was said

Said = tuple[str, ...]


class Beside(NamedTuple):
    """Words of the fullest printing that another one has, and whether it has others in their place."""

    common: int
    otherwise: bool


def distinct(stretches: Sequence[Said]) -> tuple[Said, ...]:
    """Stretches without those that say again what another one holds, in their order."""
    return tuple(
        one
        for place, one in enumerate(stretches)
        if one
        and not any(
            _holds(other, one) and (other != one or at < place)
            for at, other in enumerate(stretches)
            if at != place
        )
    )


def _holds(longer: Said, shorter: Said) -> bool:
    """Whether a stretch says all that another one says, give or take a word in five."""
    if len(longer) < len(shorter) or (len(longer) == len(shorter) and longer < shorter):
        return longer == shorter
    return words.common_in_order(longer, shorter) >= _SAME * len(shorter)


def beside(mine: Sequence[Said], fullest: Sequence[Said]) -> Beside:
    """How the stretches of a printing stand to those of the fullest."""
    joined = tuple(word for stretch in fullest for word in stretch)
    edges = {0, *accumulate(map(len, fullest))}
    covered: set[int] = set()
    uncounted = 0
    changed: list[bool] = []  # for each stretch of which the fullest has the most
    for stretch in mine:
        if len(stretch) > _MOST or len(joined) > _MOST:
            common = words.common_in_order(stretch, joined)
            uncounted += common
            changed.append(common < len(stretch))
            continue
        blocks = list(_blocks(stretch, joined, _whole_in(stretch, joined)))
        places = {place for kept, at, end in blocks if kept for place in range(at, end)}
        covered |= places
        if len(places) >= _MORE * len(stretch):
            changed.append(any(_changes(blocks, place, edges) for place in range(len(blocks))))
    return Beside(len(covered) + uncounted, any(changed) or (bool(mine) and not changed))


_Block = tuple[bool, int, int]  # whether the words are the fullest's; where they stand, or would stand, in it


def _whole_in(stretch: Said, joined: Said) -> int | None:
    """Where all words of a stretch stand together in the fullest printing."""
    length = len(stretch)
    places = (at for at in range(len(joined) - length + 1) if joined[at] == stretch[0])
    return next((at for at in places if joined[at : at + length] == stretch), None)


def _blocks(stretch: Said, joined: Said, whole: int | None) -> Iterator[_Block]:
    """The stretch as runs of words that the fullest has, and gaps where it has words of its own."""
    if whole is not None:
        yield True, whole, whole + len(stretch)
        return
    for kept, same in groupby(LCSseq.opcodes(stretch, joined), key=lambda code: code.tag == "equal"):
        codes = list(same)
        if kept:
            for code in codes:
                yield True, code.dest_start, code.dest_end
        elif any(code.tag == "delete" for code in codes):
            yield False, codes[0].dest_start, codes[-1].dest_end


def _changes(blocks: Sequence[_Block], place: int, edges: set[int]) -> bool:
    """Whether words of a printing's own stand for others: at an edge of the fullest they only go on."""
    kept, start, end = blocks[place]
    if kept:
        return False
    if place == 0 and len(blocks) > 1:
        return end not in edges
    if place == len(blocks) - 1 and place:
        return start not in edges
    return start != end or start not in edges
