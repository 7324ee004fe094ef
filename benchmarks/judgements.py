"""How long it takes to resolve many judgements again, and to see the effect of one.

    python -m benchmarks.judgements [--mentions 200000] [--judgements 10000]

Makes an invented archive of its own in a temporary folder (embedded PostgreSQL), the same one each time.
Says the processor and wall time of resolving every name again, of one "same" judgement and of taking it back,
of one about the most mentioned name, and of the review queue, the first time and after a judgement.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

MENTIONS_IN_AN_ARTICLE = 10
LONE_NAMES = 5_000  # words of which articles print one in ten mentions, without introducing anybody
MENTIONS_OF_A_NAME = 4  # on average; names follow Zipf's law, so most are printed once
SEED = 20170418
FIRST_DAY = datetime(2007, 1, 1, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mentions", type=int, default=200_000)
    parser.add_argument("--judgements", type=int, default=10_000)
    arguments = parser.parse_args()
    with _own_archive():
        _measure(arguments.mentions, arguments.judgements)


@contextmanager
def _own_archive() -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="parallax-benchmark-")
    os.environ["ARCHIVE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(mentions: int, judgements: int) -> None:
    from django.contrib.auth.models import User

    from archive.curation.decisions import Decision
    from archive.curation.judging import judge, withdraw
    from archive.curation.proposals import queue
    from archive.models import Article, Entity, Judgement, Mention
    from archive.pipeline import river
    from archive.pipeline.resolving import keys_in

    names = _fill(mentions)
    river.resolve(keys_in(Article.objects.values_list("pk", flat=True)))
    _judge_in_bulk(names, judgements)
    print(
        f"{Mention.objects.count():,} mentions, {Entity.objects.count():,} names, {judgements:,} judgements"
    )
    _timed("every name resolved again", lambda: river.resolve(set(names)))
    curator = User.objects.create_user("benchmark")
    one, other = _unjudged_pair(names)
    judged = _timed("one judgement", lambda: judge(Decision(Judgement.Verdict.SAME, one, other), curator))
    _timed("taking it back", lambda: withdraw(judged.judgements, curator))
    rename = Decision(Judgement.Verdict.NAME_IS, names[0], value="Somebody Known")
    _timed("one judgement about the name printed most", lambda: judge(rename, curator))
    asked = _timed("the review queue, names compared anew", queue)
    print(f"{len(asked):,} questions")
    _timed("the review queue after a judgement", queue)


def _timed(what: str, call: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    result = call()
    print(
        f"{what}: {time.perf_counter() - wall:.2f} s, of them {time.process_time() - cpu:.2f} s processor"
        " time of this process"
    )
    return result


def _fill(mentions: int) -> list[str]:
    """Articles with mentions of invented names; returns the names, the most printed first."""
    from archive.models import Article, Mention, Outlet, Source

    chance = random.Random(SEED)
    source = Source.objects.keep(b"benchmark")
    outlets = Outlet.objects.bulk_create(Outlet(name=f"Outlet {number}") for number in range(50))
    articles = Article.objects.bulk_create(
        (
            Article(
                source=source,
                path=f"{number}.txt",
                raw="",
                content_key=f"{number:064x}",
                outlet=outlets[number % len(outlets)],
                published=FIRST_DAY + timedelta(hours=number),
                published_precision="minute",
                headline=f"Article {number}",
                body="x" * 1000,
            )
            for number in range(mentions // MENTIONS_IN_AN_ARTICLE)
        ),
        batch_size=2000,
    )
    names = [f"given{number} surname{number}" for number in range(mentions // MENTIONS_OF_A_NAME)]
    weights = [1 / (place + 1) for place in range(len(names))]
    drawn = iter(chance.choices(names, weights, k=mentions))
    Mention.objects.bulk_create(
        (
            Mention(
                article=article,
                start=50 * place,
                end=50 * place + 20,
                surface=(name := next(drawn)),
                kind="person",
                score=0.9,
                recogniser="benchmark",
                key=f"lone{chance.randrange(LONE_NAMES)}@{article.content_key}" if place == 0 else name,
                name=name.title(),
            )
            for article in articles
            for place in range(MENTIONS_IN_AN_ARTICLE)
        ),
        batch_size=5000,
    )
    return names


def _judge_in_bulk(names: list[str], judgements: int) -> None:
    """Judgements over neighbouring names, so that they form many small families, as curators' do."""
    from archive.models import Judgement

    verdicts = (Judgement.Verdict.SAME, Judgement.Verdict.DIFFERENT, Judgement.Verdict.KIND_IS)
    Judgement.objects.bulk_create(
        (
            Judgement(
                verdict=(verdict := verdicts[number % 3]),
                left=names[2 * number],
                right="" if verdict == Judgement.Verdict.KIND_IS else names[2 * number + 1],
                value="organisation" if verdict == Judgement.Verdict.KIND_IS else "",
                made_by_name="benchmark",
                made_at=FIRST_DAY,
                tool_version="benchmark",
            )
            for number in range(min(judgements, len(names) // 2 - 2))
        ),
        batch_size=2000,
    )


def _unjudged_pair(names: list[str]) -> tuple[str, str]:
    """Two printed names that no judgement is about."""
    from archive.models import Entity

    known = set(Entity.objects.values_list("key", flat=True))
    printed = [name for name in reversed(names) if name in known]
    return printed[0], printed[1]


if __name__ == "__main__":
    main()
