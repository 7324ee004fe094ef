"""The three seed articles give exactly what a careful reader finds in them (tests/golden/seeds.json)."""

import csv
import json
from pathlib import Path

import pytest

from archive.text.cleaning import clean
from archive.text.reading import read
from archive.text.types import CleanArticle, Facts, Precision, RawFile, RemovedKind

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/golden/seeds.json").read_text(encoding="utf-8"))["articles"]
SEEDS = sorted(GOLD)
# Lines that the gold describes instead of printing them.
DESCRIBED = {
    "the first line (icon names)": RemovedKind.ICON_NAMES,
    "the second printing of the headline": RemovedKind.DUPLICATE_HEADLINE,
}


def sources() -> dict[str, dict[str, str]]:
    with (ROOT / "seeds/sources.csv").open(encoding="utf-8", newline="") as rows:
        return {row["file"]: row for row in csv.DictReader(rows)}


def raw_text(name: str) -> str:
    reading = read(RawFile(name, (ROOT / "seeds" / name).read_bytes()))
    assert reading.rejections == ()
    return reading.articles[0].text


def cleaned(name: str) -> CleanArticle:
    return clean(raw_text(name), Facts(url=sources()[name]["url"]))


def as_printed(article: CleanArticle) -> str:
    assert article.published is not None
    shape = "%Y-%m-%dT%H:%M" if article.published.precision is Precision.MINUTE else "%Y-%m-%d"
    return article.published.value.strftime(shape)


@pytest.mark.parametrize("name", SEEDS)
def test_metadata_is_exactly_the_gold(name: str) -> None:
    article, gold = cleaned(name), GOLD[name]
    assert article.headline == gold["headline"]
    assert list(article.authors) == gold["authors"]
    assert list(article.agencies) == gold["agencies"]
    assert list(article.subheadings) == gold.get("subheadings", [])
    assert as_printed(article) == gold["published"]
    assert article.language == "en"
    assert article.updated is None


@pytest.mark.parametrize("name", SEEDS)
def test_what_is_no_body_is_out_of_it(name: str) -> None:
    article, raw = cleaned(name), raw_text(name)
    removed = {raw[part.start : part.end] for part in article.removed}
    whole = " ".join(" ".join(part.split()) for part in removed)
    for line in GOLD[name]["not_body"]:
        if line in DESCRIBED:
            assert [part.kind for part in article.removed].count(DESCRIBED[line]) == 1
        else:
            assert line not in article.body.split("\n\n")
            assert all(words in whole for words in line.split(" Image: "))


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_of_the_body_is_lost(name: str) -> None:
    """Every line of the file is body, or one that the gold says is not, or headline, byline and date."""
    article, raw, gold = cleaned(name), raw_text(name), GOLD[name]
    metadata = {RemovedKind.HEADLINE, RemovedKind.DUPLICATE_HEADLINE, RemovedKind.BYLINE, RemovedKind.DATE}
    for part in article.removed:
        line = " ".join(raw[part.start : part.end].split())
        described = part.kind in DESCRIBED.values()
        assert part.kind in metadata or described or any(line in known for known in gold["not_body"]), line
    for quote in gold["quotes"]:
        if not quote["text"].startswith("the paragraph"):
            assert quote["text"] in article.body


def test_captions_and_credits_are_kept_apart() -> None:
    article = cleaned(SEEDS[0])
    assert article.captions == (
        "Irak Kmpf um Mossul",
        "Iraqi Vice President Ayad Allawi",
        "The destruction in western Mosul",
    )
    assert article.credits == ("Image: Reuters/Y. Boudlal", "Image: Reuters")


def test_where_the_date_is_known_from_is_said() -> None:
    evidence = {name: cleaned(name).published.evidence.rule for name in SEEDS}  # type: ignore[union-attr]
    assert list(evidence.values()) == ["written in the text", "written in the text", "the address"]


@pytest.mark.parametrize("name", SEEDS)
def test_the_sources_file_agrees_with_the_gold(name: str) -> None:
    row, gold = sources()[name], GOLD[name]
    for field in ("outlet", "outlet_short", "domain", "url", "published"):
        assert row[field] == gold.get(field, "")
