"""What each block of a page is: paragraph, subheading, or which kind of thing around the text, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.text.blocks import TextBlock
from archive.text.bodymodel import Verdict
from archive.text.bylines import credit_of, dateline_of, is_lone_by
from archive.text.furniture import Look, is_gallery, look_of
from archive.text.headlines import Opening, comparable
from archive.text.types import BlockKind, RemovedKind

_KIND_OF_LOOK = {
    Look.RELATED: RemovedKind.RELATED_LINK,
    Look.ICONS: RemovedKind.ICON_NAMES,
    Look.COOKIE_TEXT: RemovedKind.COOKIE_TEXT,
    Look.COPYRIGHT: RemovedKind.OTHER,
    Look.ADVERTISEMENT: RemovedKind.ADVERTISEMENT,
    Look.PROMOTION: RemovedKind.PROMOTION,
    Look.SHARE: RemovedKind.SHARE_BAR,
    Look.COMMENT: RemovedKind.OTHER,
    Look.MENU: RemovedKind.MENU,
    Look.CORRECTION: RemovedKind.OTHER,
    Look.AUTHOR_NOTE: RemovedKind.AUTHOR_NOTE,
    Look.CAPTION: RemovedKind.CAPTION,
    Look.BYLINE: RemovedKind.BYLINE,
    Look.DATE: RemovedKind.DATE,
    Look.NAMES: RemovedKind.OTHER,
}
# What these look like they are, wherever they stand.
_CERTAIN = frozenset({Look.ICONS, Look.COPYRIGHT, Look.SHARE, Look.MENU, Look.COMMENT, Look.ADVERTISEMENT})
# What these look like they are, unless they read like prose.
_LIKELY = frozenset({Look.COOKIE_TEXT, Look.PROMOTION, Look.AUTHOR_NOTE})
_SOURCE = re.compile(r"^\W*sources?\s?:\s*(?=\w)", re.IGNORECASE)
_SECTION_NUMBER = re.compile(r"^(?:[IVX]{1,4}|\d{1,2})\.?$")
_WHOLE_QUOTATION = re.compile(r"^[‘'“\"][^‘’“”\"]{3,80}[^‘’“”\".,!?][’'”\"]$")
_SAID = re.compile(r"\b(?:said|says|told|according|added|tweeted|wrote)\b")
_END = re.compile(r"[.!?…:;,。！？；：、][\"”’')\]」』）]*$")
# Chinese and Japanese are written without spaces; a word has about two of these characters.
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CLOSED_QUOTE = ('"', "”", "’")

NEAR_HEADLINE = 8  # blocks behind the headline in which bylines, dates and decks stand
MOST_SUBHEADING_WORDS, MOST_BYLINE_WORDS, MOST_DECK_WORDS, MOST_CAPTION_WORDS = 12, 14, 45, 25
LONGEST_RELATED_LINK, LONGEST_CAPTION = 30, 40  # words
MOST_QUESTION_WORDS = 9  # of a subheading that asks
LIKELY_PROSE, CERTAINLY_PROSE = 0.7, 0.9
RECALL_FIRST = 0.35  # inside the article a plain sentence is kept down to this probability


class Role(NamedTuple):
    """What a block is, and why it is not body (a sentence; "" for body)."""

    kind: BlockKind | RemovedKind
    reason: str

    @property
    def is_body(self) -> bool:
        return isinstance(self.kind, BlockKind)


PARAGRAPH, SUBHEADING = Role(BlockKind.PARAGRAPH, ""), Role(BlockKind.SUBHEADING, "")


class Page(NamedTuple):
    """A page under study: its blocks, the body model's verdicts and where the article opens."""

    blocks: Sequence[TextBlock]
    verdicts: Sequence[Verdict]
    opening: Opening

    @property
    def last_body(self) -> int:
        return max((i for i, verdict in enumerate(self.verdicts) if verdict.body), default=len(self.blocks))

    def is_near_headline(self, index: int) -> bool:
        """Whether a block stands between the headline and the first paragraphs."""
        headline, first = self.opening.headline, self.opening.first_body
        if headline is None:
            return False
        return headline < index <= min(max(first, headline + 1), headline + NEAR_HEADLINE)


def words_in(text: str) -> int:
    """How many words a text has, in scripts without spaces about."""
    words = len(text.split())
    return words if text.isascii() else max(words, len(_WITHOUT_SPACES.findall(text)) // 2)


def assign_roles(page: Page) -> list[Role]:
    """A role for every block of the page, each by itself; archive.text.neighbours asks those around it."""
    headline = "" if page.opening.headline is None else comparable(page.blocks[page.opening.headline].text)
    last_body = page.last_body
    return [
        _headline_role(page, index, headline) or _role(page, index, last_body)
        for index in range(len(page.blocks))
    ]


def _headline_role(page: Page, index: int, headline: str) -> Role | None:
    if not headline:
        return None
    if index == page.opening.headline:
        reason = f"A short line before the text that shares its words (score {page.opening.score:.1f})."
        return Role(RemovedKind.HEADLINE, reason)
    same = comparable(page.blocks[index].text)
    words = len(same.split())
    extended = same.startswith(headline) and words < len(headline.split()) + 8
    cut_short = headline.startswith(same) and words >= 4
    if same == headline or (len(headline) > 20 and (extended or cut_short)):
        return Role(RemovedKind.DUPLICATE_HEADLINE, "Repeats the headline.")
    return None


def _role(page: Page, index: int, last_body: int) -> Role:
    block, verdict = page.blocks[index], page.verdicts[index]
    look, words = look_of(block.text).look, words_in(block.text)
    if not any(map(str.isalnum, block.text)):
        return Role(RemovedKind.OTHER, "Holds no words.")
    metadata = _metadata_role(page, index, look, words)
    if metadata:
        return metadata
    if _is_certain(look, words, block.text, verdict):
        return _by_look(block)
    inside = page.opening.first_body <= index <= last_body
    above_headline = page.opening.headline is not None and index < page.opening.headline and words < 12
    if (verdict.body and not above_headline) or (
        inside and words >= 9 and verdict.probability > RECALL_FIRST and not look
    ):
        return SUBHEADING if _is_subheading(block, words, index > page.opening.first_body) else PARAGRAPH
    return _rest_role(page, index, look, words, inside, last_body)


def _metadata_role(page: Page, index: int, look: Look, words: int) -> Role | None:
    """Bylines and dates: beside the headline, or short and rejected as prose."""
    headline, body = page.opening.headline, page.verdicts[index].body
    near = page.is_near_headline(index)
    before = headline is not None and headline - 3 <= index < headline
    text = page.blocks[index].text
    if look is Look.BYLINE and (
        near or before or (words <= 8 and not body) or _credits_somebody(text, words)
    ):
        return Role(RemovedKind.BYLINE, "Begins with “By” and names somebody.")
    if look is Look.NAMES and index and is_lone_by(page.blocks[index - 1].text):
        return Role(RemovedKind.BYLINE, "The name below a line that says “By”.")
    if look is Look.NAMES and near and not body and not page.blocks[index].bulleted:
        credit = credit_of(text)
        if headline is not None and index <= headline + NEAR_HEADLINE and (credit.authors or credit.agencies):
            return Role(RemovedKind.BYLINE, "Names between headline and text.")
    if (
        index > page.opening.first_body
        and _SOURCE.match(text)
        and credit_of(_SOURCE.sub("By ", text)).agencies
    ):
        return Role(RemovedKind.BYLINE, "Names the agencies that the report comes from.")
    if look is Look.DATE and (near or not body):
        return Role(RemovedKind.DATE, "A date and little else.")
    return None


def _credits_somebody(text: str, words: int) -> bool:
    """Whether a line that begins with "By" is no sentence and names a person."""
    return words <= MOST_BYLINE_WORDS and not _END.search(text) and bool(credit_of(text).authors)


def _is_certain(look: Look, words: int, text: str, verdict: Verdict) -> bool:
    if look in _CERTAIN:
        return True
    if look is Look.RELATED:
        return words <= LONGEST_RELATED_LINK
    if look in _LIKELY:
        return verdict.probability < LIKELY_PROSE
    if look is not Look.CAPTION:
        return False
    if is_gallery(text):
        return True
    prose = verdict.body and verdict.probability > CERTAINLY_PROSE and not _SAID.search(text)
    return verdict.probability < LIKELY_PROSE or (words <= LONGEST_CAPTION and not prose)


def _by_look(block: TextBlock) -> Role:
    look, reason = look_of(block.text)
    return Role(_KIND_OF_LOOK[look], f"The line {reason}.")


def _is_subheading(block: TextBlock, words: int, after_first: bool) -> bool:
    if block.heading:
        return after_first and words <= 2 * MOST_SUBHEADING_WORDS
    if not after_first or words > MOST_SUBHEADING_WORDS or block.bulleted or block.flat:
        return False
    text = block.text
    if _SECTION_NUMBER.match(text) or (words <= 8 and _WHOLE_QUOTATION.match(text)):
        return True
    if text.endswith("?") and text[:1].isupper() and text.count("?") == 1 and "." not in text:
        return words <= MOST_QUESTION_WORDS
    if text.endswith(_CLOSED_QUOTE) or text[:1].islower():
        return False
    return not _END.search(block.text.rstrip()) and dateline_of(block.text) is None


def _rest_role(page: Page, index: int, look: Look, words: int, inside: bool, last_body: int) -> Role:
    """What a block is that is neither metadata nor body."""
    block = page.blocks[index]
    if look is Look.NAMES:
        return Role(RemovedKind.OTHER, "Holds nothing but names, away from the headline.")
    if look:
        return _by_look(block)
    headline = page.opening.headline
    before_text = (
        headline is not None and headline < index <= headline + 2 and index < page.opening.first_body
    )
    if before_text and 7 <= words <= MOST_DECK_WORDS and not block.bulleted and not block.flat:
        return Role(RemovedKind.DECK, "A sentence between headline and text.")
    beside = inside or last_body < index <= last_body + 2
    if beside and is_phrase(block, words):
        return Role(RemovedKind.CAPTION, "A short phrase beside the text, as captions are.")
    if inside:
        return Role(RemovedKind.OTHER, "Does not read like the paragraphs around it.")
    likely = round(100 * page.verdicts[index].probability)
    return Role(RemovedKind.OTHER, f"Stands outside the article and reads like it by {likely} per cent.")


def is_phrase(block: TextBlock, words: int) -> bool:
    """Some words without an end mark, a small-lettered one among them: no sentence and no menu entry."""
    if not 3 <= words <= MOST_CAPTION_WORDS or block.bulleted or block.heading or block.flat:
        return False
    small = sum(word[:1].islower() for word in block.text.split())
    return small > 0 and block.text[:1].isupper() and not _END.search(block.text)
