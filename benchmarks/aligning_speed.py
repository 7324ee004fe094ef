"""How much CPU time a comparison takes: eight articles of 1,500 words, and two.

    python -m benchmarks.aligning_speed [ARTICLES.jsonl.gz]

Articles are generated with the same seed each time (sentences of words as frequent as in news, half of them
shared between articles with some words changed), or cut from the texts of a file with a `text` a line. Beside
it, as yardsticks, comparing all sentences of two articles with difflib and with rapidfuzz.
"""

from __future__ import annotations

import difflib
import gzip
import json
import random
import sys
import tomllib
from collections.abc import Callable
from importlib import resources
from itertools import accumulate
from pathlib import Path
from time import process_time

from rapidfuzz import fuzz

from archive.text import aligning
from archive.text.aligning import Text, align
from archive.text.sentences import paragraphs, sentences

WORDS = 1500
REPEATS = 5
BARS = {8: 250, 2: 40}  # CPU milliseconds that a comparison of so many articles may take


def generated(count: int) -> list[str]:
    chance = random.Random(1)
    source = resources.files("archive.text.rules").joinpath("term_frequencies.toml").read_text("utf-8")
    stems = [(stem, int(n)) for n, line in tomllib.loads(source)["terms"].items() for stem in line.split()]
    words, weights = [stem for stem, _ in stems], list(accumulate(n for _, n in stems))

    def draw(length: int) -> list[str]:
        return chance.choices(words, cum_weights=weights, k=length)

    told = [draw(chance.randint(12, 30)) for _ in range(60)]
    bodies = []
    for _ in range(count):
        written: list[str] = []
        lines = []
        while len(written) < WORDS:
            sentence = list(chance.choice(told)) if chance.random() < 0.5 else draw(chance.randint(12, 30))
            for place in range(len(sentence)):
                if chance.random() < 0.25:
                    sentence[place] = draw(1)[0]
            written += sentence
            lines.append(" ".join(sentence).capitalize() + ".")
        bodies.append("\n".join(" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)))
    return bodies


def cut_from(path: Path, count: int) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        text = " ".join(json.loads(line)["text"] for _, line in zip(range(count * 8), lines, strict=False))
    words = text.split(" ")
    return [" ".join(words[i * WORDS : (i + 1) * WORDS]) for i in range(count)]


def milliseconds(run: Callable[[], object]) -> float:
    """CPU time of the best of some runs."""
    times = []
    for _ in range(REPEATS):
        aligning.units_of.cache_clear()
        start = process_time()
        run()
        times.append(process_time() - start)
    return 1000 * min(times)


def sentences_of(body: str) -> list[str]:
    return [body[a:b] for span in paragraphs(body) for a, b in sentences(body, *span)]


def main() -> None:
    bodies = cut_from(Path(sys.argv[1]), 8) if len(sys.argv) > 1 else generated(8)
    texts = [Text(str(number), body) for number, body in enumerate(bodies)]
    for count, bar in BARS.items():
        taken = milliseconds(lambda count=count: align(texts[:count]))
        print(f"{count} articles: {taken:.0f} CPU-ms (bar {bar})")
    ones, others = sentences_of(bodies[0]), sentences_of(bodies[1])
    taken = milliseconds(lambda: [fuzz.token_set_ratio(one, other) for one in ones for other in others])
    print(f"two articles, rapidfuzz token_set_ratio of all sentences: {taken:.0f} CPU-ms")
    taken = milliseconds(
        lambda: [difflib.SequenceMatcher(None, a.split(), b.split()).ratio() for a in ones for b in others]
    )
    print(f"two articles, difflib ratio of all sentences: {taken:.0f} CPU-ms")


if __name__ == "__main__":
    main()
