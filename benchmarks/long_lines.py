"""Which stage takes more than its share of time on a text without sentence ends.

    python -m benchmarks.long_lines [--length 1000000] [--line WORDS] [--stage NAME] [--most SECONDS]

Every stage of archive.text that import and comparison use reads texts of one repeated piece. Said is every
stage that takes more than `--most` processor seconds, with how many times as long as on half the length.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from time import process_time
from typing import Any

from archive.text import cleaning, copies, figures, mentions, quotes, resolving
from archive.text.aligning import align, units_of
from archive.text.carried import When, not_carried, not_named
from archive.text.cited_sources import source_rows
from archive.text.comparing import figure_rows, naming
from archive.text.follow_ups import looks_back
from archive.text.passages import Text
from archive.text.printings import gathered, printings
from archive.text.profiles import Amount, Story, profile
from archive.text.quotations_compared import quotation_rows
from archive.text.types import Span
from archive.text.versions import changes

DAY = date(2017, 4, 18)
PIECES = (
    *("will on Monday ", "Monday ", "a ", "A ", "The ", "Ab Cd ", "Ab Cd and ", "of the Ab "),
    *("Mr. Ab ", "J. ", "“a ", "a” said ", "“a b c d e” said Ab Cd ", '"', '" a ', "' ", "“Ab ”"),
    *("he said, ", "said Ab, ", "1,000 ", "1 percent ", "about 12 killed ", "$1 million, ", "2016 "),
    *("May 1 ", "3-2 ", "a week after ", "(", "[a] ", "(a) ", " - ", "; ", ", and the ", ", while "),
    *("- ", "—", "a-", "A-", "A'", "… ", "! ", ".. ", "a. ", "A. ", "a@b.c ", "http://a.b/c ", "<a> "),
    *("&amp; ", "| ", "* ", "a\n", "A\n", "\n", "\t", "1\n", "according to Ab, "),
    *("the number of dead has risen to ", "told reporters ", "minister ", "Reuters ", "of "),
    *("a week ago ", "yesterday ", "Read more: ", "By Ab Cd ", "\u0301", "é", "中", "ab1"),
    *("x" * 50 + " ", "x", "1", "1 ", "one ", "two hundred and ", "½", "5% ", ", ", ",", "[", "] "),
    *('""', "“”", "“", "‘a ", "'a' ", "'a, b' ", '"a b c d" ', "“A b c d e,” Ab Cd said.\n"),
    *("said ", "said he ", "said Ab ", "He said. ", "Ab, ", "Ab Cd (Ab) ", "Ab Cd of Ef Gh, ", "Inc. "),
    *("U.S. ", "Mr. ", "a. A ", "a, ", "a\n\n", "\u0301a", "a\u0301 ", "\u200b", "😀", "<", "%", "1.", "1,"),
    *("2,000 people were killed. ", "Ab Cd killed 20 people in May. ", "the Ab of the Cd and "),
)


def stages(body: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The stages in their order, each with what it needs of those before."""
    kept: dict[str, Any] = {}

    def keep(name: str, made: Callable[[], Any]) -> tuple[str, Callable[[], Any]]:
        def run() -> None:
            kept[name] = made()

        return name, run

    yield keep("clean", lambda: cleaning.clean(body))
    yield keep("mentions", lambda: mentions.recognise(body))
    yield keep("resolve", lambda: resolving.resolve(body, kept["mentions"]))
    yield keep("quotations", lambda: tuple(quotes.quotations(body, kept["mentions"])))
    yield keep("figures", lambda: tuple(figures.figures(body)))
    yield keep("copies", lambda: copies.bands(copies.read(body)))
    yield keep("looks back", lambda: looks_back(body, DAY))
    yield keep("profile", lambda: profile(_story(body, kept)))
    texts = (_text("a", body, kept), _text("b", f"Once more: {body[: len(body) // 2]}", {}))
    yield keep("units", lambda: units_of.__wrapped__(texts[0]))
    yield keep("rows", lambda: align(texts))
    yield keep("quotation rows", lambda: quotation_rows((texts[0], texts[0]._replace(id="b"))))
    yield keep("figure rows", lambda: figure_rows(texts, kept["rows"]))
    yield keep("gathered", lambda: gathered(kept["quotation rows"], texts, kept["rows"]))
    yield keep("printings", lambda: [printings(row, texts) for row in kept["quotation rows"]])
    yield keep("names", lambda: not_named(naming(texts), [When(DAY, datetime(2017, 4, 18))] * 2))
    yield keep("sources", lambda: source_rows(texts))
    yield keep("not carried", lambda: not_carried(kept["rows"], [When(DAY, datetime(2017, 4, 18))] * 2))
    yield keep("versions", lambda: changes(body, body[len(body) // 3 :]))


def _story(body: str, kept: dict[str, Any]) -> Story:
    keys = frozenset(link.key for link in kept["resolve"] if link.key)
    said = tuple(body[slice(*span)] for quote in kept["quotations"] for span in quote.spoken)
    amounts = tuple(Amount(*(getattr(one, name) for name in Amount._fields)) for one in kept["figures"])
    return Story("", body[:100], body, DAY, keys, said)._replace(figures=amounts)


def _text(name: str, body: str, kept: dict[str, Any]) -> Text:
    keys = tuple((Span(*link.mention[:2]), link.key) for link in kept.get("resolve", ()))
    return Text(name, body, (), kept.get("quotations", ()), kept.get("figures", ()), keys, DAY)


def measured(piece: str, length: int, wanted: str) -> dict[str, float]:
    """Processor seconds of each stage on a text of one repeated piece."""
    body = (piece * (length // len(piece) + 1))[:length]
    taken: dict[str, float] = {}
    for name, run in stages(body):
        start = process_time()
        try:
            run()
        except Exception as error:
            print(f"{piece!r}, {name}: {type(error).__name__}: {error}", flush=True)
            return taken
        taken[name] = process_time() - start
        if name == wanted:
            break
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--length", type=int, default=1_000_000)
    parser.add_argument("--line", help="this piece alone")
    parser.add_argument("--stage", default="", help="no further than this stage")
    parser.add_argument("--most", type=float, default=3.0)
    arguments = parser.parse_args()
    for piece in (arguments.line,) if arguments.line else PIECES:
        gc.collect()
        taken = measured(piece, arguments.length, arguments.stage)
        slow = {name: seconds for name, seconds in taken.items() if seconds > arguments.most}
        half = measured(piece, arguments.length // 2, [*slow][-1]) if slow else {}
        for name, seconds in slow.items():
            growth = seconds / max(half.get(name, 0.0), 1e-9)
            print(f"{piece!r}, {name}: {seconds:.1f} s, {growth:.1f} times that of half", flush=True)


if __name__ == "__main__":
    main()
