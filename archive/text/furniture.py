"""What a block says that it is: menu, share bar, caption, byline ... told by its words alone."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from typing import NamedTuple

from archive.text.bylines import begins_like_byline, credit_of, is_lone_by, is_names_only
from archive.text.dates import find_dates
from archive.text.needles import Sought, matches, small, sought
from archive.text.types import Precision


class Look(StrEnum):
    """What a block looks like, before its neighbours are asked."""

    PLAIN = ""
    RELATED = "related"
    ICONS = "icons"
    COOKIE_TEXT = "cookie text"
    COPYRIGHT = "copyright"
    ADVERTISEMENT = "advertisement"
    PROMOTION = "promotion"
    SHARE = "share"
    COMMENT = "comment"
    MENU = "menu"
    CORRECTION = "correction"
    AUTHOR_NOTE = "author note"
    CAPTION = "caption"
    BYLINE = "byline"
    DATE = "date"
    NAMES = "names"


class Impression(NamedTuple):
    """What a block looks like and why, as the end of a sentence that begins with "The line ..."."""

    look: Look
    reason: str


class _Rule(NamedTuple):
    look: Look
    reason: str
    most_words: int
    sought: Sought


class _Rules(NamedTuple):
    ordered: tuple[_Rule, ...]
    gallery: re.Pattern[str]
    gallery_least: int
    gallery_reason: str
    icons_least: int
    icons_reason: str
    networks: frozenset[str]
    share_words: frozenset[str]
    share_reason: str
    caption_words: int


# Patterns are not tried on more characters than this: no furniture is as long.
LONGEST_FURNITURE = 1_500
MOST_WORDS_OF_A_CREDIT = 6
MOST_BYLINE_WORDS, MOST_DATE_WORDS, MOST_NAMES_WORDS = 25, 16, 14
FEWEST_WORDS_OF_PROSE = 16
# A promotion speaks to the reader; a report about subscriptions and donations does not.
_ADDRESSES_READER = re.compile(
    r"\b(?:you|your|our|us)\b|^\W*(?:sign|subscribe|follow|join|get|download|support|donate|register|log|enter|become)\b",
    re.IGNORECASE,
)
PLAIN = Impression(Look.PLAIN, "")


@lru_cache(4_096)  # a block is asked about several times while its page is read
def look_of(text: str) -> Impression:
    """What `text`, one block of a page, looks like; PLAIN where its words do not tell."""
    words, low = text.split(), small(text)
    rules = _rules()
    if low.count("icon") >= rules.icons_least and _icon_names(words) >= rules.icons_least:
        return Impression(Look.ICONS, rules.icons_reason)
    if _is_gallery(text, low):
        return Impression(Look.CAPTION, rules.gallery_reason)
    if len(text) > LONGEST_FURNITURE:
        return PLAIN
    if is_lone_by(text):
        return Impression(Look.BYLINE, "announces the author in the line below")
    if _is_share_bar(words, rules):
        return Impression(Look.SHARE, rules.share_reason)
    for rule in rules.ordered:
        if len(words) > rule.most_words or not matches(text, low, rule.sought):
            continue
        if _rule_fits(rule, text, words):
            return Impression(rule.look, rule.reason)
    return _metadata_look(text, words)


def is_gallery(text: str) -> bool:
    """Whether a text is a gallery of pictures run together: "Hide caption", "3 of 8", again and again."""
    return _is_gallery(text, small(text))


def _is_gallery(text: str, low: str) -> bool:
    rules = _rules()
    if text.count(" of ") + low.count("hide caption") < rules.gallery_least:
        return False
    return sum(1 for _ in islice(rules.gallery.finditer(text), rules.gallery_least)) == rules.gallery_least


def _rule_fits(rule: _Rule, text: str, words: list[str]) -> bool:
    """Long blocks that end like sentences need more than one telling word."""
    if rule.look is Look.CAPTION:
        return len(words) <= _rules().caption_words or text[-1] != "."
    if rule.look is Look.PROMOTION and len(words) >= FEWEST_WORDS_OF_PROSE:
        return _ADDRESSES_READER.search(text) is not None
    return True


def _metadata_look(text: str, words: list[str]) -> Impression:
    if len(words) <= MOST_BYLINE_WORDS and begins_like_byline(text) and not _is_sentence(text, words):
        return Impression(Look.BYLINE, "begins with “By” and names somebody")
    if len(words) <= MOST_DATE_WORDS and _is_date(text, words):
        return Impression(Look.DATE, "is a date and little else")
    if 2 <= len(words) <= MOST_NAMES_WORDS and is_names_only(text):
        return Impression(Look.NAMES, "holds nothing but names")
    return PLAIN


def _is_sentence(text: str, words: list[str]) -> bool:
    """ "From April the ferry leaves at eight." begins like a byline and names nobody."""
    ends = text.rstrip("\"”’')]")[-1:] in (".", "!", "?")
    return ends and len(words) > MOST_WORDS_OF_A_CREDIT and not any(credit_of(text))


def _is_date(text: str, words: list[str]) -> bool:
    if not any(char.isdigit() for char in text):
        return False
    return any(date.moment.precision is not Precision.MONTH or len(words) < 6 for date in find_dates(text))


def _icon_names(words: list[str]) -> int:
    """Words of sprite sheets as text dumps print them: "closeicon", "chevron lefticon"."""
    return sum(word.lower().strip(",.").endswith(("icon", "icons")) for word in words)


def _is_share_bar(words: list[str], rules: _Rules) -> bool:
    """Names of networks, counts and the small words between them, or nothing but a count."""
    named = False
    for word in words:
        bare = word.strip(":,.|•·()+").lower()
        named |= bare in rules.networks
        if (
            bare
            and bare not in rules.share_words
            and not bare.rstrip("k").replace(",", "").replace(".", "").isdigit()
        ):
            return False
    return named or not any(char.isalpha() for word in words for char in word)


@cache
def _rules() -> _Rules:
    table = tomllib.loads(
        resources.files("archive.text.rules").joinpath("furniture.toml").read_text(encoding="utf-8")
    )
    ordered = tuple(
        _Rule(Look(rule["look"]), rule["reason"], rule["most_words"], sought("|".join(rule["patterns"])))
        for rule in table["rule"]
    )
    return _Rules(
        ordered,
        re.compile(table["gallery"]["pattern"], re.IGNORECASE),
        table["gallery"]["least"],
        table["gallery"]["reason"],
        table["icons"]["least"],
        table["icons"]["reason"],
        frozenset(table["share"]["networks"].split()),
        frozenset(table["share"]["words"].split()),
        table["share"]["reason"],
        table["caption_end"]["most_words"],
    )
