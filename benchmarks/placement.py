"""How much processor time it takes to place one more article in a big archive: its candidates, its events.

    python -m benchmarks.placement FOLDER [--articles 10000 100000 1000000] [--a-day 274] [--placed 40]

Fills an archive of its own in FOLDER/archive, which grows from size to size and is kept: invented articles,
the same for the same seed. What placing reads is there in full: the articles of the days around a new one
with their profiles, and the indexed terms and the days of all articles, back to ten years before for a
million. Articles of earlier days have terms only, drawn as frequent as in news; one that is a candidate of an
undated article gets an invented profile before time is taken. Nothing is remembered from one placed article
to the next: each is placed as by a process that has just begun.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from archive.text.profiles import Profile, Story, profile
from archive.text.relatedness import WINDOW, indexed
from benchmarks.million.clock import Clock, share
from benchmarks.million.place import open_archive

TODAY = date(2019, 6, 14)
FIRST_OTHER = 1_000_000_000  # number of the first article that has terms only
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


def fill_days_around(a_day: int) -> None:
    """Write the days around TODAY in full."""
    from archive.models import Article, StoryTerm
    from archive.pipeline import bulk

    world = World(1)
    for shift in range(-WINDOW, WINDOW + 1):
        published = TODAY + timedelta(days=shift)
        made = [article_of(*text, published, f"{shift}-{n}") for n, text in enumerate(world.day(a_day))]
        Article.objects.bulk_create([article for article, _ in made], batch_size=200)
        rows = [
            (article.pk, term, weight, found.day)
            for article, found in made
            for term, weight in indexed(found).items()
        ]
        bulk.copy(StoryTerm, ("article_id", "term", "weight", "day"), rows)
        say(f"day {shift:+d} of {WINDOW} before and after: {len(made)} articles")


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


def fill_earlier_days(articles: int, a_day: int) -> None:
    """Terms of articles that have no row, drawn from those of the days around, until there are so many."""
    from django.db import connection

    around = (2 * WINDOW + 1) * a_day
    before = TODAY.toordinal() - 2 * WINDOW - 1  # what is looked at about an article may reach so far
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT article_id) FROM archive_storyterm WHERE day <= %s", [before])
        there = cursor.fetchone()[0]
        if around + there >= articles:
            return
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "CREATE TEMP TABLE pool AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, term, weight"
            " FROM archive_storyterm WHERE day > %s",
            [before],
        )
        cursor.execute("SELECT indexdef, indexname FROM pg_indexes WHERE tablename = 'archive_storyterm'")
        indexes = [(made, name) for made, name in cursor.fetchall() if not name.endswith("_pkey")]
        for _, name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        say(f"{articles - around - there} articles of earlier days begin")
        cursor.execute(
            "INSERT INTO archive_storyterm (article_id, term, weight, day)"
            " SELECT %s + drawn.article, pool.term, pool.weight, drawn.day FROM ("
            "  SELECT article, %s - article / %s AS day,"
            "   floor(random() * (SELECT count(*) FROM pool))::bigint AS place"
            "  FROM generate_series(%s, %s) AS article, generate_series(1, 36)) AS drawn"
            " JOIN pool USING (place)",
            [FIRST_OTHER, before, a_day, there, articles - around - 1],
        )
        say("their terms are stored")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for made, _ in indexes:
            cursor.execute(made)
        cursor.execute(
            "INSERT INTO archive_day (day, articles)"
            " SELECT day, %s FROM generate_series(%s, %s) AS day ON CONFLICT DO NOTHING",
            [a_day, before - (articles - around) // a_day, TODAY.toordinal() + WINDOW],
        )
        cursor.execute("ANALYZE archive_storyterm")
        cursor.execute("DROP TABLE pool")
    say("their terms can be found")


class Placed(NamedTuple):
    """What one placed article cost, and met."""

    cost: float
    candidates: int
    looked_at: int
    largest: int


def place(dated: bool, count: int) -> list[Placed]:
    """Processor time of this process and of the database to place some more articles."""
    from django.db import connection, transaction

    from archive.models import Article
    from archive.pipeline import grouping

    world, clock, placed = World(2), Clock(), []
    sizes = watched(grouping)
    texts = [text for text, _ in zip(world.day(10 * count), range(count), strict=False)]
    known = list(Article.objects.filter(pk__lt=FIRST_OTHER).order_by("pk")[:500])
    for number, (headline, body) in enumerate(texts):
        like = known[number * 7 % len(known)]  # half of the new ones report what others do
        body = like.body[: len(like.body) // 2] + body[: len(body) // 2] if number % 2 else body
        article, found = article_of(like.headline if number % 2 else headline, body, TODAY, f"new-{number}")
        if not dated:
            found = found._replace(day=None)
            article.published, article.published_precision = None, ""
        candidates = complete_candidates(found, known[0])
        with transaction.atomic():
            article.save()
            if number == 0:
                clock.cost(timed(grouping.run, article.pk))  # warms the caches
            spent = clock.cost(timed(grouping.run, article.pk)).processor
            placed.append(Placed(spent, candidates, *sizes[-1]))
            transaction.set_rollback(True)
        if number % 10 == 9:
            say(f"{number + 1} {'dated' if dated else 'undated'} placed")
    connection.close()
    return placed


def watched(grouping: Any) -> list[tuple[int, int]]:
    """A list that learns of each placing how many articles are looked at, and how large an event is."""
    sizes: list[tuple[int, int]] = []
    groups = grouping._Neighbourhood.groups

    def counted(self: Any) -> Any:
        found = groups(self)
        sizes.append((sum(map(len, found)), max(map(len, found), default=0)))
        return found

    grouping._Neighbourhood.groups = counted
    return sizes


def complete_candidates(found: Profile, like: Any) -> int:
    """Give the candidates that have terms only a row: what placing reads of them costs as ever."""
    from django.db import transaction

    from archive.models import Article, StoryTerm
    from archive.pipeline import bulk
    from archive.pipeline.compared import candidate_pairs

    asking = 1
    with transaction.atomic():
        rows = [(asking, term, weight, found.day) for term, weight in indexed(found).items()]
        bulk.copy(StoryTerm, ("article_id", "term", "weight", "day"), rows)
        proposed = {pk for pair in candidate_pairs([asking]) for pk in pair} - {asking}
        transaction.set_rollback(True)
    there = set(Article.objects.filter(pk__any_of=proposed).values_list("pk", flat=True))
    bulk.copy_objects([other_article(pk, like) for pk in sorted(proposed - there)])
    return len(proposed)


def other_article(pk: int, like: Any) -> Any:
    """An article of an earlier day, with the profile of another."""
    from archive.models import Article

    day = TODAY - timedelta(days=2 * WINDOW + 1)
    return Article(
        pk=pk,
        source_id=like.source_id,
        path=f"{pk}.txt",
        headline=like.headline,
        content_key=hashlib.sha256(str(pk).encode()).hexdigest(),
        url=f"https://paper.example/{pk}",
        published=datetime(day.year, day.month, day.day, tzinfo=UTC),
        published_precision=Article.PublishedPrecision.DAY,
        grouping=like.grouping | {"id": str(pk)},
    )


def timed(run: Callable[[list[int]], object], pk: int) -> Callable[[], object]:
    return lambda: run([pk])


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def measure(placed_each: int) -> None:
    """Print what placing costs in the archive as it is."""
    for dated, bar in BARS.items():
        placed = place(dated, placed_each)
        costs = [one.cost for one in placed]
        say(
            f"{'dated' if dated else 'undated'}: median {median(costs):.0f} CPU-ms,"
            f" 95 of 100 below {share(costs, 0.95):.0f} (bar {bar});"
            f" candidates {median(one.candidates for one in placed):.0f};"
            f" looked at {median(one.looked_at for one in placed):.0f},"
            f" at most {max(one.looked_at for one in placed)};"
            f" largest event {max(one.largest for one in placed)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--a-day", type=int, default=274)
    parser.add_argument("--placed", type=int, default=40)
    arguments = parser.parse_args()
    open_archive(arguments.folder)
    from archive.models import StoryTerm

    if not StoryTerm.objects.exists():
        fill_days_around(arguments.a_day)
    for articles in arguments.articles:
        fill_earlier_days(articles, arguments.a_day)
        say(f"{articles} articles")
        measure(arguments.placed)


if __name__ == "__main__":
    main()
