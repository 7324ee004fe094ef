"""How much processor time it takes to place one more article in a big archive: its candidates, its events.

    python -m benchmarks.placement FOLDER [--articles 1000000] [--a-day 274] [--placed 40]

Fills an archive of its own in FOLDER/archive, once: invented articles, the same for the same seed. What
placing reads is there in full: the articles of the days around a new one with their profiles, and the indexed
terms of all articles of ten years. Articles of other days have terms only, drawn as frequent as in news; one
that is a candidate of an undated article gets an invented profile before time is taken.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

from archive.text.profiles import Profile, Story, profile
from archive.text.relatedness import WINDOW, indexed
from benchmarks.million.place import open_archive

TODAY = date(2019, 6, 14)
YEARS = 10
EVENT_WORDS, ARTICLE_WORDS = 30, 250
BARS = {True: 50, False: 200}  # CPU milliseconds to place a dated article, an undated one


class World:
    """Invented news: words as frequent as in news, several articles an event, its own words and names."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        source = resources.files("archive.text.rules").joinpath("term_frequencies.toml").read_text("utf-8")
        stems = [
            (stem, int(n)) for n, line in tomllib.loads(source)["terms"].items() for stem in line.split()
        ]
        self.words = [stem for stem, _ in stems]
        self.reach = list(accumulate(n for _, n in stems))

    def draw(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.reach, k=count)

    def day(self, articles: int) -> Iterator[tuple[str, str]]:
        """Headlines and bodies of one day: one to eight articles an event."""
        while articles > 0:
            topic, names = self.draw(EVENT_WORDS), [word.capitalize() + "ov" for word in self.draw(4)]
            for _ in range(min(articles, self.chance.choice((1, 1, 1, 2, 2, 3, 4, 8)))):
                articles -= 1
                yield self._article(topic, names)

    def _article(self, topic: list[str], names: list[str]) -> tuple[str, str]:
        sentences = []
        for _ in range(ARTICLE_WORDS // 20):
            words = self.draw(11) + self.chance.choices(topic, k=7) + [self.chance.choice(names)]
            self.chance.shuffle(words)
            sentences.append("The " + " ".join(words) + ".")
        return " ".join([names[0], *self.chance.sample(topic, 6)]), " ".join(sentences)


def fill(articles: int, a_day: int) -> None:
    """Write the days around TODAY in full, and the terms of all other articles."""
    from archive.models import Article, StoryTerm
    from archive.pipeline import bulk

    world = World(1)
    for shift in range(-WINDOW, WINDOW + 1):
        published = TODAY + timedelta(days=shift)
        made = [article_of(*text, published, f"{shift}-{n}") for n, text in enumerate(world.day(a_day))]
        Article.objects.bulk_create([article for article, _ in made], batch_size=200)
        bulk.copy_objects(
            [
                StoryTerm(article=article, term=term, weight=weight, day=found.day)
                for article, found in made
                for term, weight in indexed(found).items()
            ]
        )
    fill_other_days(world, articles)


def article_of(headline: str, body: str, published: date, name: str) -> tuple[Any, Profile]:
    from archive.models import Article, Source

    source, _ = Source.objects.get_or_create(sha256="0" * 64, defaults={"data": b"", "size": 0})
    key = hashlib.sha256(f"{name} {body}".encode()).hexdigest()
    found = profile(Story(f"{key} {name}", headline, body, published))
    article = Article(
        source=source,
        path=f"{name}.txt",
        raw=body,
        body=body,
        headline=headline,
        content_key=key,
        url=f"https://paper.example/{name}",
        published=datetime(published.year, published.month, published.day, tzinfo=UTC),
        published_precision=Article.PublishedPrecision.DAY,
        grouping=found.to_json(),
    )
    return article, found


def fill_other_days(world: World, articles: int) -> None:
    """Terms of articles that have no row: the database draws them from a pool of real profiles' terms."""
    from django.db import connection

    pool = [profile(Story("", *text)) for text in world.day(4000)]
    terms = [(term, weight) for one in pool for term, weight in indexed(one).items()]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("CREATE TEMP TABLE pool (place int PRIMARY KEY, term text, weight float8)")
        with cursor.copy("COPY pool FROM STDIN") as copy:
            for place, (term, weight) in enumerate(terms):
                copy.write_row((place, term, weight))
        cursor.execute(
            "INSERT INTO archive_storyterm (article_id, term, weight, day)"
            " SELECT 1000000000 + drawn.article, pool.term, pool.weight, drawn.day FROM ("
            "  SELECT article, %s - %s - (article %% %s) AS day, floor(random() * %s)::int AS place"
            "  FROM generate_series(1, %s) AS article, generate_series(1, 36)) AS drawn"
            " JOIN pool USING (place)",
            [TODAY.toordinal(), 2 * WINDOW, 365 * YEARS, len(terms), articles],
        )
        cursor.execute("ANALYZE archive_storyterm")


def place(dated: bool, count: int) -> list[float]:
    """Processor time of this process and of the database to place some more articles."""
    from django.db import connection, transaction

    from archive.models import Article
    from archive.pipeline import grouping
    from benchmarks.million.clock import Clock

    world, clock, spent = World(2), Clock(), []
    texts = [text for text, _ in zip(world.day(10 * count), range(count), strict=False)]
    known = list(Article.objects.order_by("pk")[:500])
    for number, (headline, body) in enumerate(texts):
        like = known[number * 7 % len(known)]  # half of the new ones report what others do
        body = like.body[: len(like.body) // 2] + body[: len(body) // 2] if number % 2 else body
        with transaction.atomic():
            article, found = article_of(
                like.headline if number % 2 else headline, body, TODAY, f"new-{number}"
            )
            if not dated:
                article.published, article.published_precision = None, ""
            article.save()
            complete_candidates(article, found._replace(day=TODAY.toordinal() if dated else None), known[0])
            if number == 0:
                clock.cost(timed(grouping.run, article.pk))  # warms the caches
            spent.append(clock.cost(timed(grouping.run, article.pk)).processor)
            transaction.set_rollback(True)
    connection.close()
    return spent


def complete_candidates(article: Any, found: Profile, like: Any) -> None:
    """Give the candidates that have terms only a row: what placing reads of them costs as ever."""
    from archive.models import Article
    from archive.pipeline import grouping

    terms = [(article.pk, term, weight, found.day) for term, weight in indexed(found).items()]
    proposed = {other for _, other in grouping._candidates(terms)}
    there = set(Article.objects.filter(pk__in=proposed).values_list("pk", flat=True))
    for pk in proposed - there:
        like.pk, like.content_key, like.url = pk, hashlib.sha256(str(pk).encode()).hexdigest(), f"x:{pk}"
        like.grouping = like.grouping | {"id": str(pk), "day": None}
        like.save(force_insert=True)


def timed(run: Callable[[list[int]], object], pk: int) -> Callable[[], object]:
    return lambda: run([pk])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--a-day", type=int, default=274)
    parser.add_argument("--placed", type=int, default=40)
    arguments = parser.parse_args()
    open_archive(arguments.folder)
    from archive.models import StoryTerm

    if not StoryTerm.objects.exists():
        fill(arguments.articles, arguments.a_day)
    for dated, bar in BARS.items():
        spent = sorted(place(dated, arguments.placed))
        print(
            f"{'dated' if dated else 'undated'}: median {median(spent):.0f} CPU-ms,"
            f" 95 of 100 below {spent[len(spent) * 95 // 100 - 1]:.0f} (bar {bar})"
        )


if __name__ == "__main__":
    main()
