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
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from archive.text import crowds, grouping
from archive.text.nearness import WINDOW, indexed
from archive.text.profiles import Profile, Story, profile
from archive.text.relatedness import compare
from benchmarks.grouping_density import neighbourhoods
from benchmarks.invented_news import Report, World
from benchmarks.million.clock import Clock, share
from benchmarks.million.place import open_archive

TODAY = date(2019, 6, 14)
FIRST_OTHER = 1_000_000_000  # number of the first article that has terms only
BARS = {True: 50, False: 200}  # CPU milliseconds to place a dated article, an undated one


def fill_days_around(a_day: int) -> None:
    """Write the days around TODAY in full."""
    from archive.models import Article, StoryTerm
    from archive.pipeline import bulk

    world = World(1)
    for shift in range(-WINDOW, WINDOW + 1):
        published = TODAY + timedelta(days=shift)
        made = [article_of(report, published, f"{shift}-{n}") for n, report in enumerate(world.day(a_day))]
        Article.objects.bulk_create([article for article, _ in made], batch_size=200)
        rows = [
            (article.pk, term, weight, found.day)
            for article, found in made
            for term, weight in indexed(found).items()
        ]
        bulk.copy(StoryTerm, ("article_id", "term", "weight", "day"), rows)
        say(f"day {shift:+d} of {WINDOW} before and after: {len(made)} articles")


def story_of(report: Report, published: date | None, name: str) -> Story:
    return Story(name, report.headline, report.body, published, report.keys, report.quotes)


def article_of(report: Report, published: date | None, name: str) -> tuple[Any, Profile]:
    from archive.models import Article, Source

    source, _ = Source.objects.get_or_create(sha256="0" * 64, defaults={"data": b"", "size": 0})
    key = hashlib.sha256(f"{name} {report.body}".encode()).hexdigest()
    found = profile(story_of(report, published, f"{key} {name}"))
    article = Article(
        source=source,
        path=f"{name}.txt",
        raw=report.body,
        body=report.body,
        headline=report.headline,
        content_key=key,
        url=f"https://paper.example/{name}",
        published=published and datetime(published.year, published.month, published.day, tzinfo=UTC),
        published_precision=Article.PublishedPrecision.DAY if published else "",
        grouping=found.to_json(),
    )
    return article, found


# Each article of an earlier day has some of the terms of one of the days around, up to half of them, as an
# article of the same desk or of an older stage of its story has; the others are drawn as frequent as in news.
EARLIER = """
    WITH size AS MATERIALIZED (SELECT count(*) AS terms FROM pool), article AS MATERIALIZED (
        SELECT number, random() / 2 AS alike, floor(random() * %s)::bigint * 40 AS first
        FROM generate_series(%s, %s) AS number
    ), drawn AS MATERIALIZED (
        SELECT number, CASE WHEN random() < alike THEN (first + slot) %% size.terms
            ELSE floor(random() * size.terms)::bigint END AS place
        FROM size, article, generate_series(0, 35) AS slot
    )
    INSERT INTO archive_storyterm (article_id, term, weight, day)
    SELECT %s + number, pool.term, pool.weight, %s - number / %s FROM drawn JOIN pool USING (place)
    ORDER BY number
"""


def fill_earlier_days(articles: int, a_day: int) -> None:
    """Terms of articles that have no row, drawn from those of the days around, until there are so many."""
    from django.db import connection, transaction

    around = (2 * WINDOW + 1) * a_day
    before = TODAY.toordinal() - 2 * WINDOW - 1  # what is looked at about an article may reach so far
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT article_id) FROM archive_storyterm WHERE day <= %s", [before])
        there = cursor.fetchone()[0]
        if around + there >= articles:
            return
        cursor.execute("SET LOCAL session_replication_role = replica")
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
        cursor.execute(EARLIER, [around, there, articles - around - 1, FIRST_OTHER, before, a_day])
        say("their terms are stored")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        for made, _ in indexes:
            cursor.execute(made)
        cursor.execute(
            "INSERT INTO archive_day (day, articles)"
            " SELECT day, %s FROM generate_series(%s, %s) AS day ON CONFLICT DO NOTHING",
            [a_day, before - (articles - around) // a_day, TODAY.toordinal() + WINDOW],
        )
        cursor.execute("DROP TABLE pool")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE archive_storyterm")  # as PostgreSQL does by itself
    say("their terms can be found")


class Placed(NamedTuple):
    """What one placed article cost, and met."""

    cost: float
    candidates: int
    looked_at: int
    largest: int


def place(dated: bool, count: int, a_day: int) -> list[Placed]:
    """Processor time of this process and of the database to place some more articles."""
    from django.db import connection, transaction

    from archive.pipeline import grouping as placing_stage

    world, clock, placed = World(1), Clock(), []
    sizes = watched(placing_stage)
    for _ in range(WINDOW + 1):
        sum(1 for _ in world.day(a_day))
    like, _ = article_of(World(3).report(World(3).happening(None)), TODAY, "another")
    for number in range(count):  # half of the new ones report what others do
        event = world.chance.choice(world.told) if number % 2 else world.stage()
        report, published = world.report(event), TODAY if dated else None
        article, found = article_of(report, published, f"new-{number}")
        story = story_of(report, published, found.id)
        candidates = complete_candidates(found, like)
        with transaction.atomic():
            article.save()
            if number == 0:
                clock.cost(placing(article.pk, story))  # warms the caches
            spent = clock.cost(placing(article.pk, story)).processor
            placed.append(Placed(spent, candidates, *sizes[-1]))
            transaction.set_rollback(True)
        if number % 10 == 9:
            say(f"{number + 1} {'dated' if dated else 'undated'} placed")
    connection.close()
    return placed


def watched(stage: Any) -> list[tuple[int, int]]:
    """A list that learns of each placing how many articles are looked at, and how large an event is."""
    sizes: list[tuple[int, int]] = []
    groups = stage._Neighbourhood.groups

    def counted(self: Any) -> Any:
        found = groups(self)
        sizes.append((sum(map(len, found)), max(map(len, found), default=0)))
        return found

    stage._Neighbourhood.groups = counted
    return sizes


def complete_candidates(found: Profile, like: Any) -> int:
    """Give the candidates that have terms only a row: what placing reads of them costs as ever."""
    from django.db import transaction

    from archive.models import Article, StoryTerm
    from archive.pipeline import bulk
    from archive.pipeline.crowds import Levels
    from archive.pipeline.nearness import candidate_pairs

    asking = -1
    with transaction.atomic():
        rows = [(asking, term, weight, found.day) for term, weight in indexed(found).items()]
        bulk.copy(StoryTerm, ("article_id", "term", "weight", "day"), rows)
        proposed = {pk for pair in candidate_pairs([asking], Levels()) for pk in pair} - {asking}
        transaction.set_rollback(True)
    there = set(Article.objects.filter(pk__any_of=proposed).values_list("pk", flat=True))
    terms: defaultdict[int, dict[str, float]] = defaultdict(dict)
    stored = StoryTerm.objects.filter(article__any_of=proposed - there).order_by("-weight", "term")
    for pk, term, weight in stored.values_list("article", "term", "weight"):
        terms[pk].setdefault(term, weight)
    bulk.copy_objects([other_article(pk, like, terms[pk]) for pk in sorted(proposed - there)])
    return len(proposed)


def other_article(pk: int, like: Any, terms: dict[str, float]) -> Any:
    """An article of an earlier day, with its own heaviest terms and otherwise the profile of another."""
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
        grouping=like.grouping | {"id": str(pk), "body": terms},
    )


def placing(pk: int, story: Story) -> Callable[[], object]:
    from archive.pipeline.grouping import run

    return lambda: run([pk], {pk: profile(story)})


def say_neighbourhoods(a_day: int) -> None:
    """Print how large what links join is in the days around, and how large events are, as days go by."""
    from archive.models import Article

    stored = Article.objects.filter(pk__lt=FIRST_OTHER).values_list("grouping", flat=True)
    profiles = [one for one in map(Profile.from_json, stored) if one.day is not None]
    levels = dict.fromkeys((one.day for one in profiles if one.day), crowds.level(7 * a_day))
    first = min(levels)
    for days in (4, 8, 2 * WINDOW + 1):
        by_id = {one.id: one for one in profiles if one.day and one.day < first + days}
        pairs = list(grouping.pairs_to_compare(by_id, levels))
        compared = {(one, other): compare(by_id[one], by_id[other]) for one, other in pairs}
        links = [
            (one, other)
            for (one, other), found in compared.items()
            if found.score(crowds.level_of(by_id[one], by_id[other], levels)) >= grouping.CUT
        ]
        events = grouping.partition(
            {name: one.day for name, one in by_id.items()}, compared, (), (), (), levels
        )
        say(
            f"{days} days: {len(by_id)} articles, {len(events)} events, of up to {max(map(len, events))};"
            f" links join up to {neighbourhoods(links)[0]} articles"
        )


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def measure(placed_each: int, a_day: int) -> None:
    """Print what placing costs in the archive as it is."""
    for dated, bar in BARS.items():
        placed = place(dated, placed_each, a_day)
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
    say_neighbourhoods(arguments.a_day)
    for articles in arguments.articles:
        fill_earlier_days(articles, arguments.a_day)
        say(f"{articles} articles")
        measure(arguments.placed, arguments.a_day)


if __name__ == "__main__":
    main()
