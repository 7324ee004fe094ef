"""The order in which rows are read: as near to the order of each text as crossing rows allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

_PASSES = 50  # rounds of swapping neighbours: news has a few dozen shared rows, longer lists stay as they are


def reading_order(places: Sequence[Mapping[int, int]], sizes: Mapping[int, int]) -> list[int]:
    """Numbers of the rows in reading order.

    `places` says for each row where each text of it has it (its first unit, from 0), `sizes` how many units
    each text has. Shared rows follow their mean relative place, then neighbours swap while that mends more
    texts than it breaks. A row of one text follows what stands before it in that text.
    """

    def relative(row: int) -> float:
        return sum(place / sizes[text] for text, place in sorted(places[row].items())) / len(places[row])

    shared = sorted(
        (row for row in range(len(places)) if len(places[row]) > 1), key=lambda row: (relative(row), row)
    )
    _swap_neighbours(shared, places)
    row_after: dict[tuple[int, int], int] = {
        (text, place): row for row in shared for text, place in places[row].items()
    }
    following: defaultdict[int | None, list[int]] = defaultdict(list)
    last: dict[int, int | None] = dict.fromkeys(sizes)
    alone = {
        (text, place): row
        for row in range(len(places))
        if len(places[row]) == 1
        for text, place in places[row].items()
    }
    for text, place in sorted(alone.keys() | row_after.keys()):
        if (text, place) in row_after:
            last[text] = row_after[text, place]
        else:
            following[last[text]].append(alone[text, place])
    order = sorted(following[None], key=lambda row: (relative(row), row))
    for row in shared:
        order += [row, *sorted(following[row], key=lambda row: (relative(row), row))]
    return order


def _swap_neighbours(rows: list[int], places: Sequence[Mapping[int, int]]) -> None:
    for _ in range(_PASSES):
        moved = False
        for number in range(len(rows) - 1):
            if _misplaced(places[rows[number]], places[rows[number + 1]]) > 0:
                rows[number], rows[number + 1] = rows[number + 1], rows[number]
                moved = True
        if not moved:
            return


def _misplaced(before: Mapping[int, int], after: Mapping[int, int]) -> int:
    """How many more texts have two rows in the other order than in this one."""
    return sum(1 if before[text] > after[text] else -1 for text in before if text in after)
