"""People and organisations of the three seed articles are exactly those a careful reader finds."""

import json
from pathlib import Path

import pytest

from archive.text.cleaning import clean
from archive.text.mentions import recognise
from archive.text.names import normal_form
from archive.text.reading import read
from archive.text.resolving import resolve
from archive.text.types import Facts, Kind, Link, RawFile

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/golden/seeds.json").read_text(encoding="utf-8"))
SEEDS = sorted(GOLD["articles"])
KINDS = {"persons": Kind.PERSON, "organisations": Kind.ORGANISATION}


def named(seed: str) -> list[tuple[str, Link]]:
    """Each name as printed in the body, with its link, in order."""
    raw = read(RawFile(seed, (ROOT / "seeds" / seed).read_bytes())).articles[0].text
    article = clean(raw, Facts())
    mentions = recognise(article.body, blocks=article.blocks)
    links = resolve(article.body, mentions)
    return [(article.body[m.start : m.end], link) for m, link in zip(mentions, links, strict=True)]


def wanted(seed: str) -> dict[str, tuple[Kind, str]]:
    """The gold's printed forms with their kind and the name they stand for."""
    gold = GOLD["articles"][seed]
    return {
        form: (kind, name)
        for group, kind in KINDS.items()
        for name, forms in gold[group].items()
        for form in forms
    }


def same(found: str, form: str) -> bool:
    """Whether a mention is the gold's form, which may have titles before the name."""
    return " ".join(form.split()).endswith(" ".join(found.split()))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_named_that_the_gold_does_not_name(seed: str) -> None:
    gold = GOLD["articles"][seed]
    allowed = wanted(seed)
    for found, link in named(seed):
        assert found not in gold.get("not_organisations", [])
        if not any(found in optional for optional in gold["optional"]):
            kinds = [kind for form, (kind, name) in allowed.items() if same(found, form) or same(found, name)]
            assert link.mention.kind in kinds, found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_name_of_the_gold_is_found_and_stands_for_the_right_one(seed: str) -> None:
    found = named(seed)
    forms = {
        form: links for form in wanted(seed) if (links := [link for text, link in found if same(text, form)])
    }
    lone = {"Mahmoud": None}  # introduced by no full name
    for form, (kind, name) in wanted(seed).items():
        if form == "Al-Qaeda" and form not in forms:
            assert form in GOLD["articles"][seed]["headline"]
            continue
        assert all(link.mention.kind is kind for link in forms[form])
        printed = {link.key for link in forms[form]}
        assert printed == {lone.get(name, key_of(name))}, form


def key_of(name: str) -> str:
    full = {"FBI": "Federal Bureau of Investigation"}
    return normal_form(full.get(name, name))


def test_names_that_must_not_merge_have_keys_of_their_own() -> None:
    keys = {link.name: link.key for seed in SEEDS for _, link in named(seed) if link.key}
    for one, other in GOLD["must_not_merge"]:
        assert keys[one] != keys[other]
