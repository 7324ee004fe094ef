"""Write the rows of an archive of invented articles into FOLDER, ready to be copied into its tables.

python -m benchmarks.million.prepare FOLDER [--articles 1000000] [--texts FILE.jsonl.gz] [--processes 2]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from benchmarks.million.world import OUTLETS, Named, Text, World, bodies

ALIASES_OF_AN_ENTITY = 4
_MOST_PLACES = 64  # an article's mentions are numbered within so many


class Counted:
    """What the rows of articles add up to: for entities, aliases, outlets and events."""

    def __init__(self) -> None:
        self.articles: Counter[int] = Counter()  # by entity
        self.mentions: Counter[int] = Counter()
        self.forms: Counter[tuple[int, str]] = Counter()
        self.events: dict[int, list[Any]] = {}  # number -> first, last, articles, outlets, title

    def add(self, text: Text) -> None:
        self.articles.update({place.entity for place in text.places})
        for place in text.places:
            self.mentions[place.entity] += 1
            self.forms[place.entity, place.form] += 1
        known = self.events.setdefault(
            text.event.number, [text.published, text.published, 0, set(), text.headline]
        )
        known[0], known[1] = min(known[0], text.published), max(known[1], text.published)
        known[2] += 1
        known[3].add(text.outlet)

    def include(self, other: Counted) -> None:
        self.articles.update(other.articles)
        self.mentions.update(other.mentions)
        self.forms.update(other.forms)
        self.events.update(other.events)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--texts", type=Path, help="JSON lines whose texts lend their paragraphs")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    rows = given.folder / "rows"
    rows.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    jobs = [(rows, given.articles, given.texts, part, given.processes) for part in range(given.processes)]
    counted = Counted()
    with Pool(given.processes) as pool:
        for one in pool.imap_unordered(_write_part, jobs):
            counted.include(one)
    _write_rest(rows, World(given.articles), counted)
    print(f"{given.articles:,} articles prepared in {time.perf_counter() - begun:.0f} s")


def _write_part(job: tuple[Path, int, Path | None, int, int]) -> Counted:
    folder, articles, texts, part, parts = job
    _set_up()
    from archive.models import Article, Mention, Quotation, SearchRow
    from benchmarks.million.rows import Table

    world = World(articles, bodies(texts) if texts else ())
    if not texts:
        _fold_no_more(world)
    tables = {model: Table(model) for model in (Article, Mention, Quotation, SearchRow)}
    counted = Counted()
    with ExitStack() as stack:
        files = {model: stack.enter_context(table.file(folder, part)) for model, table in tables.items()}
        for text in world.texts(part, parts):
            counted.add(text)
            files[Article].write(tables[Article].line(article_row(text)))
            files[SearchRow].write(tables[SearchRow].line(search_row(text)))
            files[Mention].writelines(tables[Mention].line(row) for row in mention_rows(text, world.entities))
            if quoted := quotation_row(text):
                files[Quotation].write(tables[Quotation].line(quoted))
    return counted


def _fold_no_more(world: World) -> None:
    """Let search vectors be made without the folding that invented words do not need: half of the time."""
    from archive.models import search_vector
    from archive.text.folding import Word, words

    def plain_words(text: str) -> list[Word]:
        return [Word(form, 0, 0, at) for at, form in enumerate(text.replace(".", "").lower().split())]

    for text, _ in zip(world.texts(), range(100), strict=False):
        folded = [(word.form, word.position) for word in words(text.body)]
        assert folded == [(word.form, word.position) for word in plain_words(text.body)], text.body
    search_vector.words = plain_words


def article_row(text: Text) -> dict[str, Any]:
    return {
        "id": text.number,
        "source_id": 1,
        "path": f"invented/{text.number}.txt",
        "raw": text.body,
        "content_key": text.content_key,
        "outlet_id": text.outlet,
        "url": f"https://outlet-{text.outlet}.example/{text.number}",
        "published": text.published,
        "published_precision": "minute",
        "headline": text.headline,
        "authors": [text.author],
        "text_group_id": text.text_group,
        "language": "en",
        "body": text.body,
        "word_count": text.body.count(" ") + 1,
        "blocks": [[start, end, "paragraph"] for start, end in text.blocks],
        "segments": [[0, 0, len(text.body)]],
        "byte_end": len(text.body),
        "event_id": text.event.number,
        "newest": True,
    }


def search_row(text: Text) -> dict[str, Any]:
    from archive.models.search_vector import (
        LAYOUT,
        filter_lexemes,
        language_lexeme,
        sample_lexemes,
        vector_text,
    )

    entities = sorted({place.entity for place in text.places})
    filters = filter_lexemes(text.outlet, text.event.number, entities, text.published)
    filters += [*sample_lexemes(text.text_group or text.number), language_lexeme("en")]
    return {
        "article_id": text.number,
        "published": text.published,
        "outlet_id": text.outlet,
        "event_id": text.event.number,
        "entity_ids": entities,
        "text_id": text.text_group,
        "language": "en",
        "layout": LAYOUT,
        "vector": vector_text(text.headline, text.body, filters, [text.author]),
    }


def mention_rows(text: Text, names: Sequence[Named]) -> list[dict[str, Any]]:
    return [
        {
            "id": text.number * _MOST_PLACES + index,
            "article_id": text.number,
            "start": place.start,
            "end": place.end,
            "surface": place.form,
            "kind": names[place.entity - 1].kind,
            "score": 0.9,
            "recogniser": "rules",
            "key": f"invented {place.entity}",
            "name": names[place.entity - 1].forms[0],
            "entity_id": place.entity,
            "link_evidence": [["same name", names[place.entity - 1].forms[0]]],
        }
        for index, place in enumerate(text.places[:_MOST_PLACES])
    ]


def quotation_row(text: Text) -> dict[str, Any] | None:
    """The paragraph after the first mention, as if it were that name's words; in three of four articles."""
    if text.number % 4 == 0 or len(text.blocks) < 2 or not text.places:
        return None
    start, end = text.blocks[1]
    return {
        "id": text.number,
        "article_id": text.number,
        "start": start,
        "end": end,
        "kind": "direct",
        "spoken": [[start, end]],
        "text": text.body[start:end],
        "speaker_id": text.number * _MOST_PLACES,
        "speaker_start": text.places[0].start,
        "speaker_end": text.places[0].end,
    }


def _write_rest(folder: Path, world: World, counted: Counted) -> None:
    _set_up()
    from archive.models import Alias, Entity, Event, Outlet, Source
    from benchmarks.million.rows import Table

    empty = hashlib.sha256(b"").hexdigest()
    _write(folder, Table(Source), [{"id": 1, "sha256": empty, "data": "\\x", "size": 0}])
    _write(
        folder,
        Table(Outlet),
        [
            {"id": number, "name": f"Outlet {number}", "domain": f"outlet-{number}.example"}
            for number in range(1, OUTLETS + 1)
        ],
    )
    _write(
        folder,
        Table(Entity),
        [
            {
                "id": one.number,
                "key": f"invented {one.number}",
                "kind": one.kind,
                "name": one.forms[0],
                "article_count": counted.articles[one.number],
                "mention_count": counted.mentions[one.number],
            }
            for one in world.entities
        ],
    )
    _write(folder, Table(Alias), _aliases(world, counted))
    _write(
        folder,
        Table(Event),
        [
            {
                "id": number,
                "title": title,
                "first_published": first,
                "last_published": last,
                "article_count": articles,
                "outlet_count": len(outlets),
            }
            for number, (first, last, articles, outlets, title) in counted.events.items()
        ],
    )


def _aliases(world: World, counted: Counted) -> list[dict[str, Any]]:
    from archive.text.names import normal_form

    return [
        {
            "id": one.number * ALIASES_OF_AN_ENTITY + index,
            "entity_id": one.number,
            "form": form,
            "normal_form": normal_form(form),
            "origin": "printed",
            "mention_count": counted.forms[one.number, form],
        }
        for one in world.entities
        for index, form in enumerate(dict.fromkeys(one.forms))
    ]


def _write(folder: Path, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    with table.file(folder) as file:
        file.writelines(table.line(row) for row in rows)


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    os.environ.setdefault("SECRET_KEY", "rows are only written")
    django.setup()


if __name__ == "__main__":
    main()
