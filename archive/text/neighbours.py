"""What the lines around a block say that it is: the second look at the roles of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from archive.text.blocks import TextBlock
from archive.text.furniture import Look, look_of
from archive.text.headlines import comparable
from archive.text.roles import CERTAINLY_PROSE, MOST_DECK_WORDS, MOST_SUBHEADING_WORDS, Page, Role, is_phrase
from archive.text.sentences import sentences
from archive.text.types import BlockKind, RemovedKind

_END = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_CREDIT_ALONE = re.compile(
    r"^\W*(?:images?|photos?|photographs?|pictures?|credits?|illustration)\b.{0,12}[:©]"
    r"|^\W*photo(?:graph)?s? by\b|^\W*©",
    re.IGNORECASE,
)
MOST_LINES_BELOW_A_LABEL = 6  # teasers that stand below "Keep reading" and its like
MOST_TEASER_WORDS = 18
FEWEST_PARAGRAPHS, SHARE_THAT_ENDS = 5, 0.9
FEWEST_WORDS_OF_A_COPY = 40
SHORTEST_CAPTION, LONGEST_CAPTION = 8, 40  # words of a caption that reads like a paragraph but for its end


def reconsider(page: Page, roles: Sequence[Role]) -> list[Role]:
    """The roles of a page's blocks once those around each are known; the input is left as it is."""
    found = list(roles)
    for step in STEPS:
        step(page, found)
    return found


def _take_lines_before_credits_for_captions(page: Page, roles: list[Role]) -> None:
    """A line right before a photo credit is its caption, whatever it looks like by itself."""
    for index, (block, after) in enumerate(pairwise(page.blocks)):
        if roles[index + 1].kind is not RemovedKind.CAPTION or after.line - block.last_line > 2:
            continue
        words, ends = len(block.text.split()), _END.search(block.text) is not None
        kind = roles[index].kind
        short = words <= MOST_SUBHEADING_WORDS and not ends
        loose = kind in (BlockKind.SUBHEADING, RemovedKind.OTHER)
        before_credit = kind in (RemovedKind.OTHER, RemovedKind.DECK) and words <= MOST_DECK_WORDS
        if (short and loose) or (before_credit and _CREDIT_ALONE.match(after.text)):
            roles[index] = Role(RemovedKind.CAPTION, "Stands right before a photo credit.")


def _take_sentences_before_bylines_for_decks(page: Page, roles: list[Role]) -> None:
    """A sentence between the headline and a byline or date is the deck, even if it reads like a paragraph."""
    headline = page.opening.headline
    if headline is None or headline + 1 >= len(roles) or not roles[headline + 1].is_body:
        return
    after = roles[headline + 2 : headline + 5]
    short = len(page.blocks[headline + 1].text.split()) <= MOST_DECK_WORDS
    if short and any(role.kind in (RemovedKind.BYLINE, RemovedKind.DATE) for role in after):
        roles[headline + 1] = Role(RemovedKind.DECK, "A sentence between headline and byline.")


def _take_lines_below_labels_for_links(page: Page, roles: list[Role]) -> None:
    """Titles below "Keep reading" or "Most viewed" are links to other stories."""
    left = 0
    opening = page.opening.first_body if page.opening.headline is None else page.opening.headline
    for index, (block, role) in enumerate(zip(page.blocks, roles, strict=True)):
        if index < opening:
            continue
        if _is_label_of_links(block, role):
            left = MOST_LINES_BELOW_A_LABEL
        elif left and _may_be_teaser(block, role):
            roles[index] = Role(
                RemovedKind.RELATED_LINK, "A title below a line that announces other stories."
            )
            left -= 1
        elif role.kind is not RemovedKind.DATE:
            left = 0


def _is_label_of_links(block: TextBlock, role: Role) -> bool:
    if role.kind is not RemovedKind.RELATED_LINK or look_of(block.text).look is not Look.RELATED:
        return False
    words = len(block.text.split())
    return (2 <= words <= 7 or block.text.endswith(":")) and ":" not in block.text.rstrip(": ")


def _may_be_teaser(block: TextBlock, role: Role) -> bool:
    if role.kind not in (BlockKind.SUBHEADING, BlockKind.PARAGRAPH, RemovedKind.OTHER, RemovedKind.CAPTION):
        return False
    words = len(block.text.split())
    if role.kind is BlockKind.PARAGRAPH and words < 4:
        return False
    return words <= MOST_TEASER_WORDS and not block.heading and not _END.search(block.text)


def _take_unended_paragraphs_for_captions(page: Page, roles: list[Role]) -> None:
    """Where every paragraph ends with a mark, a sentence without one is a caption among them."""
    paragraphs = [i for i, role in enumerate(roles) if role.kind is BlockKind.PARAGRAPH]
    open_ones = [i for i in paragraphs if not _END.search(page.blocks[i].text)]
    if len(paragraphs) < FEWEST_PARAGRAPHS or len(open_ones) > (1 - SHARE_THAT_ENDS) * len(paragraphs) + 1:
        return
    for index in open_ones:
        block = page.blocks[index]
        unsure = page.verdicts[index].probability < CERTAINLY_PROSE
        if unsure and _is_one_open_sentence(block):
            roles[index] = Role(
                RemovedKind.CAPTION, "A sentence without an end mark among paragraphs with one."
            )


def _is_one_open_sentence(block: TextBlock) -> bool:
    """One sentence in small letters without an end mark, of the length of a caption."""
    words = block.text.split()
    if block.flat or block.bulleted or block.heading or not block.text[0].isupper():
        return False
    if not SHORTEST_CAPTION <= len(words) <= LONGEST_CAPTION or not block.text[-1].isalnum():
        return False
    capitals = sum(word[0].isupper() for word in words)
    return capitals < 0.5 * len(words) and len(sentences(block.text)) == 1


def _take_short_lines_among_menus_for_menus(page: Page, roles: list[Role]) -> None:
    """A word or two next to menu entries is one of them."""
    for index, (block, role) in enumerate(zip(page.blocks, roles, strict=True)):
        if role.kind is not RemovedKind.OTHER or len(block.text.split()) > 3 or _END.search(block.text):
            continue
        beside = roles[max(0, index - 1) : index] + roles[index + 1 : index + 2]
        if any(other.kind is RemovedKind.MENU for other in beside):
            roles[index] = Role(RemovedKind.MENU, "A short entry beside others of a menu.")


def _drop_second_printings(page: Page, roles: list[Role]) -> None:
    """Several paragraphs in a row that were printed before are the page's second copy of its article.

    A single one that comes back (a refrain, a table's head, a quotation) stays.
    """
    first_lines: dict[str, int] = {}
    repeats: list[tuple[int, int | None]] = []
    for index, (block, role) in enumerate(zip(page.blocks, roles, strict=True)):
        if role.is_body:
            text = comparable(block.text)
            repeats.append((index, first_lines.get(text)))
            first_lines.setdefault(text, block.line)
    for is_repeated, group in groupby(repeats, key=lambda pair: pair[1] is not None):
        copies = list(group) if is_repeated else []
        words = sum(len(page.blocks[index].text.split()) for index, _ in copies)
        if len(copies) > 1 and words >= FEWEST_WORDS_OF_A_COPY:
            for index, line in copies:
                reason = f"Repeats line {line}, as the paragraphs around it do."
                roles[index] = Role(RemovedKind.OTHER, reason)


def _drop_subheadings_that_head_nothing(page: Page, roles: list[Role]) -> None:
    """Short lines behind the last paragraph head nothing."""
    for index in range(len(roles) - 1, -1, -1):
        if roles[index].kind is BlockKind.PARAGRAPH:
            return
        if roles[index].kind is BlockKind.SUBHEADING:
            phrase = is_phrase(page.blocks[index], len(page.blocks[index].text.split()))
            kind = RemovedKind.CAPTION if phrase else RemovedKind.OTHER
            roles[index] = Role(kind, "A short line behind the last paragraph.")


STEPS: tuple[Callable[[Page, list[Role]], None], ...] = (
    _take_lines_before_credits_for_captions,
    _take_sentences_before_bylines_for_decks,
    _take_lines_below_labels_for_links,
    _take_unended_paragraphs_for_captions,
    _take_short_lines_among_menus_for_menus,
    _drop_second_printings,
    _drop_subheadings_that_head_nothing,
)
