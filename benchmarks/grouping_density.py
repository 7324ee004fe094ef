"""How grouping does at the density of a real archive, without labels.

    python -m benchmarks.grouping_density ARTICLES.jsonl.gz [--articles 4110] [--days 15]
    python -m benchmarks.grouping_density ARTICLES.jsonl.gz --judged benchmarks/judged_density.csv
    python -m benchmarks.grouping_density ARTICLES.jsonl.gz --densest 200 --judged JUDGED.csv

Articles of many years are squeezed into a few days (274 a day, what a million over ten years come to). Two of
them that really lie more than 60 days apart are not of one event, so every link between such two is false, or
nearly so. Most are two reports of one kind (housing starts of May and of July), which a real archive does not
print within days: the figures are worse than life. Also says how large the neighbourhoods are that one more
article may touch.

`--judged` says how many links that readers judged remain, and how many of these are right, as the cut rises;
with `--densest` which links there are in the densest weeks, how many of these are judged, and how many wrong.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from time import process_time

from archive.evaluation.grouping import profile_of
from archive.text import crowds, grouping, nearness
from archive.text.clusters import clusters
from archive.text.profiles import Profile
from archive.text.relatedness import evidence, score

FAR = 60  # days between two articles that are of two events
NEAR = 10  # days between two articles that may be of one
DENSE = 25  # articles in a week that `--densest` looks at


def squeezed(path: Path, count: int, days: int) -> tuple[list[Profile], dict[str, int]]:
    """Profiles of a sample whose days lie within `days`, and the real day of each."""
    rows = dated(path)
    sample = random.Random(4).sample(rows, min(count, len(rows)))
    real = {row["id"]: day_of(row) for row in sample}
    profiles = [profile_of(row) for row in sample]
    return [one._replace(day=1 + real[one.id] % days) for one in profiles], real


def neighbourhoods(links: list[tuple[str, str]]) -> list[int]:
    """Sizes of what links join, the largest first."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in links:
        parent[root(one)] = root(other)
    return sorted(Counter(root(name) for name in list(parent)).values(), reverse=True)


def judgements(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def dated(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["date"]]


def day_of(row: dict) -> int:
    return date.fromisoformat(row["date"][:10]).toordinal()


def read_densest(path: Path, judged: Path, count: int) -> None:
    """Print how many of the links of the densest weeks are judged, and how many of these are wrong."""
    rows = dated(path)
    days = Counter(map(day_of, rows))
    week = {day: sum(days[day + shift] for shift in range(-crowds.AROUND, crowds.AROUND + 1)) for day in days}
    near = {
        day + shift
        for day in days
        if week[day] >= DENSE
        for shift in range(-nearness.WINDOW, nearness.WINDOW + 1)
    }
    profiles = [profile_of(row) for row in rows if day_of(row) in near]
    articles = {one.id: week[one.day] for one in profiles if one.day is not None}
    events = grouping.group(profiles, levels=crowds.levels(days, days))
    links = [pair for event in events for pair in combinations(sorted(event), 2)]
    links.sort(key=lambda pair: (-max(map(articles.__getitem__, pair)), pair))
    known = {
        tuple(sorted((case["article"], case["other_article"]))): int(case["same_event"])
        for case in judgements(judged)
    }
    verdicts = [known[pair] for pair in links[:count] if pair in known]
    least = max(map(articles.__getitem__, links[:count][-1]))
    print(f"{len(links[:count])} links of the densest weeks, of {least} articles and more:")
    print(f"{len(verdicts)} judged, {verdicts.count(0)} wrong")
    print(
        *(f"not judged: {one} {other}" for one, other in links[:count] if (one, other) not in known), sep="\n"
    )


def read_links(path: Path, judged: Path) -> None:
    """Print how many judged links remain, and how many of these are right, as the cut rises."""
    cases = judgements(judged)
    wanted = {case[side] for case in cases for side in ("article", "other_article")}
    rows = dated(path)
    days = Counter(map(day_of, rows))
    levels = crowds.levels(days, days)
    by_id = {row["id"]: profile_of(row) for row in rows if row["id"] in wanted}
    pairs = [(by_id[case["article"]], by_id[case["other_article"]]) for case in cases]
    scored = [
        (grouping.related(*pair, crowds.level_of(*pair, levels)).score, int(case["same_event"]))
        for pair, case in zip(pairs, cases, strict=True)
    ]
    for step in range(8):
        cut = grouping.CUT + step / 2
        kept = [right for value, right in scored if value >= cut]
        print(f"cut {cut:.1f}: {len(kept)} links, {sum(kept)} right ({sum(kept) / max(1, len(kept)):.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=4110)
    parser.add_argument("--days", type=int, default=15)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--densest", type=int)
    arguments = parser.parse_args()
    if arguments.judged and arguments.densest:
        read_densest(arguments.articles_file, arguments.judged, arguments.densest)
        return
    if arguments.judged:
        read_links(arguments.articles_file, arguments.judged)
        return
    profiles, real = squeezed(arguments.articles_file, arguments.articles, arguments.days)
    by_id = {one.id: one for one in profiles}
    start = process_time()
    pairs = list(grouping.pairs_to_compare(by_id))
    scores = {(one, other): score(evidence(by_id[one], by_id[other])) for one, other in pairs}
    groups = clusters(by_id, grouping.kept(scores), grouping.RULE)
    spent = 1000 * (process_time() - start) / len(profiles)
    links = [pair for group in groups for pair in combinations(group, 2)]
    false = sum(abs(real[one] - real[other]) > FAR for one, other in links)
    true = sum(abs(real[one] - real[other]) <= NEAR for one, other in links)
    sizes = neighbourhoods([pair for pair, value in scores.items() if value >= grouping.CUT])
    print(
        f"{len(profiles)} articles in {arguments.days} days, {len(pairs) / len(profiles):.0f} candidates each"
    )
    print(
        f"links in events: {len(links)}, of days far apart {false} ({false / len(profiles):.3f} an article)"
    )
    print(f"of days close together {true}; most in the sample lie apart, so this says little")
    print(f"largest neighbourhoods: {sizes[:5]}; {spent:.1f} CPU-ms an article to compare and group")


if __name__ == "__main__":
    main()
