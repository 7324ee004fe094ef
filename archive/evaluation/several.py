"""How well the articles of a file that holds several are told apart.

Rows are {id, text}: a dump in which the first line of each article has "@" before it, and "^L" stands for a
form feed; predictions are {id, starts}, where each article was found to begin. A cut is right if between it
and the "@" stand a heading's few words at most, and no other article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from archive.text.formats.several import split_articles

Row = dict[str, Any]
MOST_WORDS_ABOVE = 15  # "2 of 40 DOCUMENTS", the outlet and the day
_MARK = re.compile(r"^@", re.MULTILINE)


def unmarked(text: str) -> tuple[str, list[int]]:
    """A dump without its marks, and where its articles begin."""
    pieces = _MARK.split(text.replace("^L", "\f"))
    starts, position = [], len(pieces[0])
    for piece in pieces[1:]:
        starts.append(position)
        position += len(piece)
    return "".join(pieces), starts


def predict(row: Row) -> list[Row]:
    """Where the articles of a dump begin."""
    dump, _ = unmarked(row["text"])
    return [{"id": row["id"], "starts": [span.start for span in split_articles(dump)]}]


def score(rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Precision and recall of the cuts, and the share of dumps that were cut right everywhere."""
    predicted = {row["id"]: row["starts"] for row in predictions}
    right = wanted = given = whole = 0
    for row in rows:
        dump, starts = unmarked(row["text"])
        cuts = predicted.get(row["id"], [])[1:]
        found = sum(_is_cut(dump, before, start, cuts) for before, start in pairwise(starts))
        right += found
        wanted += len(starts) - 1
        given += len(cuts)
        whole += found == len(starts) - 1 == len(cuts)
    return {
        "precision": right / given if given else 0.0,
        "recall": right / wanted if wanted else 0.0,
        "whole": whole / len(rows) if rows else 0.0,
    }


def _is_cut(dump: str, before: int, start: int, cuts: Sequence[int]) -> bool:
    above = [cut for cut in cuts if before < cut <= start]
    return bool(above) and len(dump[above[-1] : start].split()) <= MOST_WORDS_ABOVE
