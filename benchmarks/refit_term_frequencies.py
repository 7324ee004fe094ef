"""Write archive/text/rules/term_frequencies.toml anew from sets of articles.

    python benchmarks/refit_term_frequencies.py ARTICLES.jsonl.gz...

Each file has one article a line with `title` and `text`. Only counts of stems leave the articles.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from archive.text import rules, words

LEAST = 12  # articles; below it a stem is as good as unseen, and most are misprints
STEPS = 4  # steps a doubling: counts are rounded to them, which moves no weight by more than .09
TEXT_LIMIT = 20_000  # characters of an article
HEAD = """\
# In how many news articles a stem stands: how much a word says about an article.
# Counted over {documents} English-language articles of 2006 to 2020: a mixed sample of US and UK outlets and
# agencies (counts only; no text was kept) and Wikinews (CC BY 2.5). Counts are rounded to quarter powers of
# two; stems in fewer than {least} articles are left out. Made by benchmarks/refit_term_frequencies.py.
"""


def articles(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield f"{row['title'] or ''}\n{row['text'][:TEXT_LIMIT]}"


def main(paths: list[Path]) -> None:
    frequencies: Counter[str] = Counter()
    documents = 0
    for text in articles(paths):
        documents += 1
        frequencies.update({token.stem for token in words.tokens(words.fold(text))})
    steps: defaultdict[int, list[str]] = defaultdict(list)
    for stem, count in sorted(frequencies.items()):
        if count >= LEAST and "." not in stem:
            steps[round(2 ** (round(math.log2(count) * STEPS) / STEPS))].append(stem)
    parts = [HEAD.format(documents=documents, least=LEAST), f"documents = {documents}\n\n[terms]\n"]
    for count in sorted(steps, reverse=True):
        parts.append(f'{count} = """\n{textwrap.fill(" ".join(steps[count]), 110)}\n"""\n')
    target = Path(rules.__file__).with_name("term_frequencies.toml")
    target.write_text("".join(parts), encoding="utf-8")
    print(f"{target.name}: {sum(map(len, steps.values()))} stems of {documents} articles")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
