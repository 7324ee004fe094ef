"""Which names of different texts are taken for one: every such join is read by a person, once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.text.mentions import recognise
from archive.text.resolving import resolve

Row = Mapping[str, Any]

# The joins that were read: the digest of each, and whether it is right.
READ = Path(__file__).resolve().parents[2] / "benchmarks" / "joins_read.txt"


def predict_all(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One prediction row for each name that several texts share: its `key`, `forms` as printed, `texts`."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        mentions = recognise(row["text"])
        for mention, link in zip(mentions, resolve(row["text"], mentions), strict=True):
            if link.key:
                forms[link.key].add(" ".join(row["text"][mention.start : mention.end].split()))
                texts[link.key].add(row["doc_id"])
    return [
        {"key": key, "forms": sorted(forms[key]), "texts": sorted(texts[key])}
        for key in sorted(forms)
        if len(texts[key]) > 1
    ]


def score(rows: Sequence[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """How many `joins` there are, and which share of them was `read` by a person and found `right`."""
    found = [digest(prediction) for prediction in predictions]
    verdicts = dict(line.split() for line in READ.read_text("utf-8").splitlines() if line[:1] != "#")
    read = [verdicts[one] for one in found if one in verdicts]
    total = len(found) or 1
    return {
        "joins": float(len(found)),
        "read": len(read) / total,
        "right": sum(verdict == "right" for verdict in read) / total,
    }


def digest(join: Row) -> str:
    """A name for a join that does not repeat its words: of its key and its printed forms."""
    return hashlib.sha256("\n".join([join["key"], *join["forms"]]).encode()).hexdigest()[:20]
