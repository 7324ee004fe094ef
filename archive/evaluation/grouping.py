"""How well articles are grouped into events, against articles whose events people have labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from archive.text.figures import figures
from archive.text.grouping import Profile, Story, group, profile
from archive.text.mentions import recognise
from archive.text.profiles import READ, Amount
from archive.text.quotes import quotations
from archive.text.resolving import resolve

Row = Mapping[str, Any]


def predict_all(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One prediction row for each article, `id` and `cluster`: the smallest id of its event."""
    events = group([profile_of(row) for row in rows])
    cluster = {member: min(event) for event in events for member in event}
    return [{"id": row["id"], "cluster": cluster[row["id"]]} for row in rows]


def profile_of(row: Row) -> Profile:
    """The profile of an article as the data gives it, with names, quotations and figures found in its text.

    Its day of publication may be missing.
    """
    published = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    text = row["text"][:READ]
    mentions = recognise(text)
    keys = frozenset(link.key for link in resolve(text, mentions) if link.key)
    quotes = tuple(" ".join(text[start:end] for start, end in q.spoken) for q in quotations(text, mentions))
    counted = tuple(Amount(found.start, found.kind, found.low, found.unit) for found in figures(text))
    story = Story(row["id"], row.get("title") or "", row["text"], published, keys, quotes)
    return profile(story._replace(outlet=row.get("outlet") or "", figures=counted))


def score(rows: Sequence[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """B-cubed (Bagga and Baldwin, 1998) and pairwise precision, recall and F1 over the labelled articles.

    `articles` is their number. Articles without `event_id` may be grouped with any: they do not count.
    """
    cluster_of = {row["id"]: row["cluster"] for row in predictions}
    labelled = [(row["event_id"], cluster_of[row["id"]]) for row in rows if row.get("event_id")]
    both, events = Counter(labelled), Counter(event for event, _ in labelled)
    clusters = Counter(cluster for _, cluster in labelled)
    count = max(1, len(labelled))
    measures = _measures(
        "b_cubed_",
        sum(n * n / clusters[cluster] for (_, cluster), n in both.items()) / count,
        sum(n * n / events[event] for (event, _), n in both.items()) / count,
    )
    found, guessed, gold = _pairs(both), _pairs(clusters), _pairs(events)
    measures |= _measures("pairwise_", found / max(1, guessed), found / max(1, gold))
    return measures | {"articles": float(len(labelled))}


def _pairs(counts: Counter[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _measures(prefix: str, precision: float, recall: float) -> dict[str, float]:
    return {
        f"{prefix}precision": precision,
        f"{prefix}recall": recall,
        f"{prefix}f1": 2 * precision * recall / ((precision + recall) or 1),
    }
