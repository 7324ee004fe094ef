"""Feed every reader with broken input: each must end under a name, soon and in little memory.

    python benchmarks/fuzz_readers.py [--inputs 100000] [--only html] [--seed 1]

Inputs are seeds of each format, cut, doubled, spliced into each other and sprinkled with hostile pieces.
Prints a line for each reader: inputs, the slowest, the largest memory. Ends with 1 if a reader raised, gave
nothing or took more than its time. With --large it reads files of 1 to 100 MB instead, which takes minutes.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import resource
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive.pipeline.files import Refused
from archive.pipeline.unpacking import Leaf, unpack
from archive.text.reading import read_parts

MOST_SECONDS = 5.0  # of processor time for an input of up to 1 MB
MOST_MEMORY = 512  # MB

WORDS = "The harbour of Lodby opened again on Monday after nine years, the mayor said at the old pier. "
PARAGRAPH = f"<p>{WORDS * 3}</p>"
ROW = {"title": "Harbour opens", "text": WORDS * 3, "date": "2017-04-18", "author": "Ann Lee"}
HTML = (
    "<!DOCTYPE html><html lang='en'><head><title>Harbour opens | Post</title>"
    '<meta property="article:published_time" content="2017-04-18T09:49:00Z">'
    '<meta name="author" content="Ann Lee"><script type="application/ld+json">'
    f"{json.dumps({'@type': 'NewsArticle', 'headline': 'Harbour opens'})}</script>"
    "</head><body><nav><ul><li><a href='/'>Home</a></li></ul></nav>"
    f"<article><h1>Harbour opens</h1>{PARAGRAPH * 3}"
    "<table><tr><td>1</td></tr></table></article></body></html>"
)
RSS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>Post</title>'
    f"<item><title>Harbour &amp; ships</title><description><![CDATA[{PARAGRAPH * 2}]]></description></item>"
    "</channel></rss>"
)
MAIL = (
    "From: Post <news@post.example>\nSubject: =?utf-8?q?Harbour?=\nDate: Tue, 18 Apr 2017 09:49:00 +0200\n"
    "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
    f"{WORDS * 3}\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    f"{PARAGRAPH}\n--x--\n"
)
MHTML = MAIL.replace("Subject", "Snapshot-Content-Location: https://post.example/a\nSubject").replace(
    "alternative", "related"
)
ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/a\r\nContent-Type: "
    f"application/http; msgtype=response\r\nContent-Length: {len(ANSWER.encode())}\r\n\r\n{ANSWER}\r\n\r\n"
)
TEXT = f"Harbour opens again\n\nApril 3, 2017\n\n{WORDS * 3}\n\n{WORDS * 2}\n\n-----\n\n"
HOSTILE = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe2\x80\x8b",
        b"\xe2\x80\xae",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ),
    *(b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]", b",", b":", b"\t", b"\r", b"\n\n"),
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<script>",
        b"<style>",
        b"<table>",
        b"<b><i>",
    ),
    *(
        b"&#0;",
        b"&a;",
        b"&amp;",
        b"<!ENTITY a '&a;&a;'>",
        b"<!DOCTYPE x [",
        b"charset=utf-7",
        b"charset=utf-16",
    ),
    *(b"--x", b"--x--", b"=?utf-8?b?", b"=00", b"Content-Transfer-Encoding: base64\n", b"From a@b 00:00\n"),
    *(b"Content-Length: 99999999999\r\n", b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(
        b"WARC/1.0\r\n",
        b"../",
        b"\x1f\x8b",
        b"PK\x03\x04",
        b"1e999",
        b"-0",
        b"9" * 400,
        b"\f",
        b"----------\n",
    ),
    *(
        b"Document 1 of 9\n",
        b"0000-00-00",
        b"31/31/9999",
        b"javascript:alert(1)",
        b"http://[::1",
        b"http://a:99999999/",
    ),
)


class Seed(NamedTuple):
    """What a format's inputs are made of: the name of the file and a sound example."""

    path: str
    data: bytes


def zipped(data: bytes) -> bytes:
    """A zip with two members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", data)
        archive.writestr("b/page.html", HTML)
    return packed.getvalue()


def tarred(data: bytes) -> bytes:
    """A tar with one member."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


SEEDS = {
    "text": Seed("a.txt", (TEXT * 3).encode()),
    "markdown": Seed("a.md", f"---\ntitle: Harbour\ndate: 2017-04-03\n---\n# Harbour\n\n{TEXT}".encode()),
    "html": Seed("a.html", HTML.encode()),
    "json lines": Seed("a.jsonl", "".join(json.dumps(ROW) + "\n" for _ in range(3)).encode()),
    "json list": Seed("a.json", json.dumps([ROW, ROW]).encode()),
    "json": Seed("a.json", json.dumps({"articles": [ROW, ROW], "source": {"name": "Post"}}).encode()),
    "csv": Seed("a.csv", f'title,date,text\nHarbour,18/04/2017,"{WORDS * 3}"\nb,c,d\n'.encode()),
    "tsv": Seed("a.tsv", f"title\ttext\nHarbour\t{WORDS}\n".encode("utf-16")),
    "feed": Seed("a.xml", RSS.encode()),
    "mail": Seed("a.eml", MAIL.encode()),
    "mailbox": Seed("a.mbox", f"From a@b Tue Apr 18 09:49:00 2017\n{MAIL}\n".encode() * 2),
    "mhtml": Seed("a.mhtml", MHTML.encode()),
    "web records": Seed("a.warc", WARC.encode() * 2),
    "gz": Seed("a.txt.gz", gzip.compress(TEXT.encode() * 3)),
    "zip": Seed("a.zip", zipped(TEXT.encode())),
    "tar": Seed("a.tar", tarred(TEXT.encode())),
}


def broken(seed: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A seed after some random damage."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        act = chance.randrange(7)
        if act == 0:
            del data[place : place + length]
        elif act == 1:
            data[place:place] = chance.choice(HOSTILE) * chance.choice((1, 1, 1, 3, 200))
        elif act == 2:
            data[place:place] = data[place : place + length] * chance.choice((1, 2, 50))
        elif act == 3:
            data[place : place + length] = chance.randbytes(length)
        elif act == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            data[place:place] = other[start : start + chance.choice((20, 500))]
        elif act == 5 and place < len(data):
            data[place] ^= 1 << chance.randrange(8)
        else:
            del data[place:]
    return bytes(data)


def outcomes(path: str, data: bytes) -> int:
    """How many named outcomes an input has, through unpacking and reading."""
    count = 0
    for leaf in unpack(path, io.BytesIO(data)):
        if isinstance(leaf, Refused):
            assert leaf.reason
            count += 1
        elif isinstance(leaf, Leaf):
            for part in read_parts(leaf.name, leaf.stream):
                count += len(part.reading.articles) + len(part.reading.rejections)
                for article in part.reading.articles:
                    assert "\x00" not in article.text and article.byte_start <= article.byte_end
                    (article.text + repr(article.facts)).encode()
                assert all(rejection.reason for rejection in part.reading.rejections)
    return count


def memory() -> int:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def fuzz(name: str, inputs: int, number: int) -> bool:
    """Run one reader over broken inputs and print what it took; whether all was well."""
    chance = random.Random(f"{name} {number}")
    others = [seed.data for seed in SEEDS.values()]
    slowest, failed = 0.0, 0
    for _ in range(inputs):
        data = broken(SEEDS[name].data, others, chance)
        started = time.process_time()
        try:
            well = outcomes(SEEDS[name].path, data) > 0 or name in ("zip", "tar")
        except Exception as error:
            well = False
            print(f"  {type(error).__name__}: {error}")
        taken = time.process_time() - started
        slowest = max(slowest, taken)
        if not well or taken > MOST_SECONDS:
            failed += 1
            print(f"  {name}: {taken:.1f} s, {len(data):,} bytes: {data[:200]!r}")
    print(f"{name:12} {inputs:,} inputs, {failed} failed, slowest {slowest:.2f} s, {memory()} MB", flush=True)
    return not failed and memory() <= MOST_MEMORY


def large() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Long inputs that no test suite should wait for: name, path and how they are made."""
    million = 1_000_000
    for name, path, piece in (
        ("one line of text", "a.txt", b"a"),
        ("one line of JSON", "a.jsonl", b'{"text": "' + b"a" * 90),
        ("one open quotation mark", "a.csv", b'title,text\na,"' + b"b" * 86),
        ("one element of a list", "a.json", b'[{"text": "' + b"a" * 89),
        ("one tag", "a.html", b"<p " + b"a" * 97),
        ("one header", "a.eml", b"From: " + b"a" * 94),
        ("one header of a saved page", "a.mhtml", b"Snapshot-Content-Location: https://a.example\nFrom: a"),
    ):
        yield f"100 MB of {name}", path, lambda piece=piece: piece + b"a" * (100 * million - len(piece))
    yield "a bomb of 1 GB", "a.txt.gz", lambda: gzip.compress(b"\0" * 1000 * million, 9)
    for name, piece in (
        ("div", "<div>"),
        ("b", "<b><i>"),
        ("li", "<li>a"),
        ("a", "<a href=x>link</a> "),
        ("br", "word<br>"),
    ):
        yield (
            f"1 MB of <{name}>",
            "a.html",
            lambda piece=piece: f"<html><body>{piece * (million // len(piece))}".encode(),
        )
    yield "10,000 elements in each other", "a.html", lambda: f"{'<div>' * 10_000}{PARAGRAPH}".encode()
    for name, seed in SEEDS.items():
        if name not in ("gz", "zip", "tar"):
            data = seed.data
            yield f"1 MB of {name}", seed.path, lambda data=data: data * (million // len(data))
            yield (
                f"1 MB of {name}, broken everywhere",
                seed.path,
                lambda data=data: (
                    b"".join(
                        data[at : at + 90] + HOSTILE[at % len(HOSTILE)] for at in range(0, len(data), 90)
                    )
                    * (million // (2 * len(data)))
                ),
            )


def read_large() -> bool:
    """Read the long inputs and print what each took; whether each was named, in time and in little memory."""
    well = True
    for name, path, make in large():
        data = make()
        before, started = memory(), time.process_time()
        count = outcomes(path, data)
        taken, more = time.process_time() - started, memory() - before
        good = count > 0 and taken <= MOST_SECONDS * max(1, len(data) / 1_000_000) and more <= MOST_MEMORY
        well &= good
        print(
            f"{name:40} {count:,} outcomes, {taken:.2f} s, {more} MB more{'' if good else ': FAILED'}",
            flush=True,
        )
    return well


def main() -> int:
    """Fuzz the readers that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=100_000, help="for each reader")
    parser.add_argument("--only", choices=sorted(SEEDS), help="one reader")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other inputs")
    parser.add_argument("--large", action="store_true", help="read long inputs instead")
    options = parser.parse_args()
    if options.large:
        return 0 if read_large() else 1
    names = [options.only] if options.only else list(SEEDS)
    well = [fuzz(name, options.inputs, options.seed) for name in names]
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
