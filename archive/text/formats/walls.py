"""Texts that stand on a page instead of its article: consent forms, paywalls, checks for robots."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_WORDS_OF_A_NOTICE = 120  # a longer text that mentions cookies or subscriptions is an article
MOST_WORDS_BEFORE_A_PAYWALL = 250  # what outlets show of an article that must be paid for

_CONSENT = re.compile(
    r"\b(?:we (?:and our \w+ ?)?(?:use|value|care about) (?:\w+ ){0,4}(?:cookies|privacy)|accept all cookies"
    r"|before you continue to|manage (?:your )?(?:cookie|privacy) (?:settings|preferences|choices)"
    r"|(?:cookies?|consent) (?:preferences|settings|policy|banner)"
    r"|store and/or access information on a device)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|keep reading|unlock)|(?:already|are you) a subscriber"
    r"|(?:this|the) (?:article|content|story) is (?:only |reserved |exclusively )?(?:available )?(?:for|to) "
    r"subscribers"
    r"|to (?:continue|keep) reading|you(?:'|’)ve (?:reached|read) your (?:\w+ ){0,4}(?:limit|articles?)"
    r"|(?:sign|log) in (?:or subscribe )?to (?:continue|read)|subscribers only|subscribe for full access"
    r"|register (?:for free )?to (?:continue|read))",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"\b(?:verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|are you a robot"
    r"|enable javascript"
    r"|access (?:to this page )?(?:has been )?denied|unusual traffic|complete the security check"
    r"|please turn (?:off|on) (?:your )?(?:ad ?blocker|javascript))",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:page (?:you (?:are|were) looking for|(?:can(?:no|')t|could not) be found|not found)"
    r"|404 (?:error|not found)|no longer (?:available|exists))",
    re.IGNORECASE,
)
_INSTEAD = (
    (_CONSENT, "a request to accept cookies"),
    (_ROBOT, "a check for robots"),
    (_MISSING, "a notice that the page is missing"),
)
LEAST_WORDS_OF_A_TEASER = 30  # a few words before a request to subscribe are its heading


class Wall(NamedTuple):
    """`instead`: why the page holds no article, a sentence; `note`: what is missing of the one it holds."""

    instead: str = ""
    note: str = ""


def wall_of(body: str, behind_paywall: bool) -> Wall:
    """Whether a notice stands in front of the article whose extracted text is `body`.

    `behind_paywall` says that the markup calls the article not free.
    """
    words = len(body.split())
    if words <= MOST_WORDS_OF_A_NOTICE:
        notice = next((name for form, name in _INSTEAD if form.search(body)), "") or _begging(body)
        if notice:
            reason = f"The page shows {notice} and not the article; save it again once the article is seen."
            return Wall(instead=reason)
    if words <= MOST_WORDS_BEFORE_A_PAYWALL and (behind_paywall or _PAYWALL.search(body[-1500:])):
        return Wall(note="Only what stands before the paywall is on the page.")
    return Wall()


def _begging(body: str) -> str:
    request = _PAYWALL.search(body)
    if request is None or len(body[: request.start()].split()) >= LEAST_WORDS_OF_A_TEASER:
        return ""
    return "a request to subscribe"
