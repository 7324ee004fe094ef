"""How well it is told what each outlet calls each person, against people annotated across outlets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from archive.text.comparing import naming
from archive.text.mentions import recognise
from archive.text.office_names import keyed_by_office
from archive.text.passages import Text
from archive.text.resolving import resolve
from archive.text.types import Span

Row = Mapping[str, Any]

_PERSON = "ACTOR"  # the annotators' type of a single person; groups and countries hold many


class _Place(NamedTuple):
    article: str
    start: int
    end: int


def predict_all(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One prediction row for each article among `rows`: `id`, `names` with `start`, `end` and `key` (or None)
    and `forms`, how often each printed form of a key stands there.

    Rows with `chain` are annotated mentions, the others articles.
    """
    events: defaultdict[str, list[Text]] = defaultdict(list)
    for row in rows:
        if "chain" not in row:
            events[row.get("event_id") or row["id"]].append(_text(row))
    return [_names_in(text) for texts in events.values() for text in keyed_by_office(texts)]


def _names_in(text: Text) -> dict[str, Any]:
    return {
        "id": text.id,
        "names": [
            {"start": span.start, "end": span.end, "key": key or None} for span, key in text.mention_keys
        ],
        "forms": {one.key: {form.surface: form.times for form in one.forms[0]} for one in naming([text])},
    }


def _text(row: Row) -> Text:
    body = row["text"]
    mentions = recognise(body)
    links = resolve(body, mentions)
    keyed = tuple((Span(link.mention.start, link.mention.end), link.key or "") for link in links)
    return Text(row["id"], body, mention_keys=keyed, published=_day(row))


def _day(row: Row) -> date | None:
    return date.fromisoformat(row["date"][:10]) if row.get("date") else None


def score(rows: Sequence[Row], predictions: Iterable[Row]) -> dict[str, float]:
    """Of the places where annotators saw a person called by name: `found`, the share that is seen as a name;
    `linked`, the share under the key that most of the person's places have; `linked_where_introduced`, the
    same in articles that have the person under a key at all; `precision`, of the places under that key that
    annotators gave to somebody, the share that is the same person (they passed over some places). `one_key`:
    of the people whom two outlets or more have under a key, the share that all have under the same.
    `people`, `names`: how many there are.
    """
    guessed = {row["id"]: row["names"] for row in predictions}
    people: defaultdict[str, set[_Place]] = defaultdict(set)
    named: defaultdict[str, set[_Place]] = defaultdict(set)
    for row in rows:
        if row.get("type") == _PERSON:
            place = _Place(row["article"], row["char_start"], row["char_end"])
            people[row["chain"]].add(place)
            if _surname(row).lower() in row["text"].lower():
                named[row["chain"]].add(place)
    tallies = [_tally(chain, named[chain], people, guessed) for chain in sorted(named)]
    total: Counter[str] = sum(tallies, Counter())
    return {
        "found": total["found"] / max(1, total["names"]),
        "linked": total["linked"] / max(1, total["names"]),
        "linked_where_introduced": total["linked"] / max(1, total["introduced"]),
        "precision": total["right"] / max(1, total["keyed"]),
        "one_key": total["one key"] / max(1, total["shared"]),
        "people": float(len(named)),
        "names": float(total["names"]),
    }


def _surname(row: Row) -> str:
    """The person's name among the codes of a concept: "Flynn" of "USA\\Flynn"."""
    return str(row["concept"]).rsplit("\\", 1)[-1]


def _tally(
    chain: str,
    named: Collection[_Place],
    people: Mapping[str, Collection[_Place]],
    guessed: Mapping[str, Sequence[Row]],
) -> Counter[str]:
    """What was found of one person's places, by article."""
    keys = {
        place: [name["key"] for name in guessed.get(place.article, []) if _meets(place, name)]
        for place in named
    }
    key = _most([one for found in keys.values() for one in found if one])
    by_article: defaultdict[str, list[str | None]] = defaultdict(list)
    for place, found in keys.items():
        by_article[place.article] += found
    introduced = {article for article, found in by_article.items() if any(found)}
    main_keys = [_most([one for one in by_article[article] if one]) for article in introduced]
    event = chain.rsplit(":", 1)[0]
    rivals = [place for other in people if other.rsplit(":", 1)[0] == event for place in people[other]]
    judged = [
        {place in people[chain] for place in rivals if place.article == article and _meets(place, name)}
        for article in {place.article for place in rivals}
        for name in guessed.get(article, [])
        if key and name["key"] == key
    ]
    return Counter(
        {
            "names": len(named),
            "found": sum(map(bool, keys.values())),
            "linked": sum(key in found for found in keys.values()) if key else 0,
            "introduced": sum(place.article in introduced for place in named),
            "keyed": sum(map(bool, judged)),
            "right": sum(True in found for found in judged),
            "shared": int(len(introduced) > 1),
            "one key": int(len(introduced) > 1 and len(set(main_keys)) == 1),
        }
    )


def _most(keys: Sequence[str]) -> str | None:
    counts = Counter(keys)
    return min(counts, key=lambda key: (-counts[key], key), default=None)


def _meets(place: _Place, name: Row) -> bool:
    return bool(name["start"] < place.end and place.start < name["end"])
