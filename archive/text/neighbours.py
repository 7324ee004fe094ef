"""What the lines around a block say that it is: the second look at the roles of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from archive.text.blocks import TextBlock
from archive.text.bylines import credit_of, dateline_of, is_job
from archive.text.furniture import Look, look_of
from archive.text.headlines import comparable
from archive.text.photo_credits import is_credit_alone
from archive.text.roles import (
    CERTAINLY_PROSE,
    MOST_DECK_WORDS,
    MOST_SUBHEADING_WORDS,
    NEAR_HEADLINE,
    SUBHEADING,
    Page,
    Role,
    is_phrase,
)
from archive.text.sentences import sentences
from archive.text.types import BlockKind, RemovedKind

_END = re.compile(r"[.!?…:;,。！？；：、][\"”’')\]」』）]*$")
_ASKS = re.compile(
    r"\?|^(?:how|why|what|when|where|who|here[’']s|q:)\b|\b(?:you|your|our|i|my)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!…:;,。！；：、][\"”’')\]」』）]*$")
_SAID = re.compile(r"\b(?:said|says|told|according|added|tweeted|wrote)\b|[“”\"]")
_PASSED_OVER = frozenset({RemovedKind.ADVERTISEMENT, RemovedKind.SHARE_BAR})
MOST_LINES_BELOW_A_LABEL = 6  # teasers that stand below "Keep reading" and its like
MOST_TEASER_WORDS = 18
FEWEST_PARAGRAPHS, SHARE_THAT_ENDS = 5, 0.9
CERTAINLY_EXTRACTED = 1.0  # what markup gave as body: its lines are not doubted by their length
FEWEST_WORDS_OF_A_COPY = 40
MOST_WORDS_BEFORE_A_CREDIT = 30
BEFORE_CREDIT = "Stands right before a photo credit."
SHARE_OF_SMALL, MOST_LONG_PHRASES = 0.6, 2
LONGEST_SUBHEADING_IN_SMALL = 8  # words; a longer phrase in small letters without an end mark is a caption
FEWEST_DECK_WORDS, MOST_DECK_LINES = 4, 4
MOST_NOTES, MOST_NOTE_WORDS = 3, 70  # a note stands among the last paragraphs
MOST_ENTRY_WORDS, FEWEST_ENTRIES = 3, 3
FEWEST_TITLE_WORDS, CAPTIONS_BEHIND = 4, 2
SHORTEST_ADDRESS = 5  # characters of "](/a)"
MOST_NUMBERED_WORDS, FEWEST_NUMBERED = 10, 3
MOST_LONE_WORDS, FEWEST_WORDS_BELOW = 6, 12
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
        before_credit = is_credit_alone(after.text) and (
            (kind in (RemovedKind.OTHER, RemovedKind.DECK) and words <= MOST_DECK_WORDS)
            or (kind is BlockKind.PARAGRAPH and _may_be_described_picture(block.text))
        )
        if (short and loose) or before_credit:
            roles[index] = Role(RemovedKind.CAPTION, BEFORE_CREDIT)


def _may_be_described_picture(text: str) -> bool:
    """A sentence or two without anything said."""
    return len(text.split()) <= MOST_WORDS_BEFORE_A_CREDIT and not _SAID.search(text)


def _take_lines_above_bylines_for_decks(page: Page, roles: list[Role]) -> None:
    """Sentences between the headline and a byline or date are the deck, even if they read like paragraphs."""
    headline = page.opening.headline
    if headline is None:
        return
    behind = range(headline + 1, min(headline + 1 + NEAR_HEADLINE, len(roles)))
    byline = next((i for i in behind if roles[i].kind in (RemovedKind.BYLINE, RemovedKind.DATE)), headline)
    for index in range(headline + 1, byline):
        alone = index == headline + 1 or len(sentences(page.blocks[index].text)) == 1
        if alone and _may_be_deck(page.blocks[index], roles[index]):
            roles[index] = Role(RemovedKind.DECK, "A sentence between headline and byline.")
        elif roles[index].is_body:
            return


def _take_lines_above_datelines_for_decks(page: Page, roles: list[Role]) -> None:
    """Short lines between the headline and a paragraph that begins with a dateline are the deck."""
    headline = page.opening.headline
    if headline is None:
        return
    behind = range(headline + 1, min(headline + 1 + 2 * NEAR_HEADLINE, len(roles)))
    dated = next((i for i in behind if roles[i].is_body and dateline_of(page.blocks[i].text)), headline)
    between = [i for i in range(headline + 1, dated) if _may_be_deck(page.blocks[i], roles[i])]
    if len(between) <= MOST_DECK_LINES:
        for index in between:
            roles[index] = Role(RemovedKind.DECK, "A line between headline and dateline.")


def _may_be_deck(block: TextBlock, role: Role) -> bool:
    loose = role.is_body or role.kind in (RemovedKind.OTHER, RemovedKind.CAPTION)
    if not loose or role.reason == BEFORE_CREDIT:
        return False
    plain = look_of(block.text).look is Look.PLAIN and dateline_of(block.text) is None
    return plain and FEWEST_DECK_WORDS <= len(block.text.split()) <= MOST_DECK_WORDS


def _take_lines_that_name_the_author_for_notes(page: Page, roles: list[Role]) -> None:
    """Behind the first paragraphs a line that begins with an author's name is about the author."""
    authors = tuple(_authors(page, roles))
    for index, block in enumerate(page.blocks[1:], 1):
        if roles[index - 1].kind is RemovedKind.BYLINE and is_job(block.text):
            roles[index] = Role(RemovedKind.AUTHOR_NOTE, "The author's job, below the name.")
    paragraphs = [index for index, role in enumerate(roles) if role.kind is BlockKind.PARAGRAPH]
    late = paragraphs[-MOST_NOTES] if len(paragraphs) > MOST_NOTES else len(roles)
    for index in range(late, len(roles)):
        block, role = page.blocks[index], roles[index]
        tells = role.is_body and _SAID.search(block.text)  # an outlet's own name may stand in its byline
        named = bool(authors) and block.text.startswith(authors) and not tells
        beside = roles[index - 1].kind is RemovedKind.AUTHOR_NOTE and is_job(block.text)
        loose = role.is_body or role.kind in (RemovedKind.OTHER, RemovedKind.CAPTION, RemovedKind.BYLINE)
        if loose and (named or beside) and len(block.text.split()) <= MOST_NOTE_WORDS:
            reason = "Begins with the author's name." if named else "The author's job, below the name."
            roles[index] = Role(RemovedKind.AUTHOR_NOTE, reason)


def _authors(page: Page, roles: Sequence[Role]) -> Iterator[str]:
    for block, role in zip(page.blocks, roles, strict=True):
        if role.kind is RemovedKind.BYLINE:
            yield from credit_of(block.text).authors


def _take_links_of_lists(page: Page, roles: list[Role]) -> None:
    """A block that is one link from end to end leads to another page."""
    for index, block in enumerate(page.blocks):
        words = len(block.text.split())
        loose = roles[index].is_body or roles[index].kind in (RemovedKind.OTHER, RemovedKind.CAPTION)
        if loose and is_link(block) and words <= MOST_TEASER_WORDS and not _END.search(block.text):
            kind = RemovedKind.RELATED_LINK if words > MOST_ENTRY_WORDS else RemovedKind.MENU
            roles[index] = Role(kind, "A link and nothing else.")


def is_link(block: TextBlock) -> bool:
    """Whether a block of Markdown is a link from end to end: its address was cut off."""
    return len(block.pieces) == 1 and block.end - block.pieces[0].end > SHORTEST_ADDRESS


def _take_numbered_lines_for_subheadings(page: Page, roles: list[Role]) -> None:
    """Numbered short lines, each with a paragraph below, head the parts of a text."""
    found = [
        index
        for index, (block, below) in enumerate(pairwise(page.blocks))
        if block.bulleted
        and roles[index].is_body
        and len(block.text.split()) <= MOST_NUMBERED_WORDS
        and not _END.search(block.text)
        and roles[index + 1].kind is BlockKind.PARAGRAPH
        and not below.bulleted
    ]
    if len(found) >= FEWEST_NUMBERED:
        for index in found:
            roles[index] = SUBHEADING


def _take_lone_lines_between_paragraphs_for_subheadings(page: Page, roles: list[Role]) -> None:
    """A short line of which nothing is known, alone between two paragraphs, heads the second."""
    for index in range(1, len(roles) - 1):
        if roles[index].kind is not RemovedKind.OTHER or not _may_head(page.blocks[index]):
            continue
        above = next((i for i in range(index - 1, 0, -1) if roles[i].kind not in _PASSED_OVER), 0)
        before, after = page.blocks[above].text, page.blocks[index + 1].text
        around = roles[above].kind is roles[index + 1].kind is BlockKind.PARAGRAPH
        if around and _END.search(before) and len(after.split()) >= FEWEST_WORDS_BELOW:
            roles[index] = SUBHEADING


def _may_head(block: TextBlock) -> bool:
    """A few words without an end mark that are no person's name and no credit."""
    words = len(block.text.split())
    if words > MOST_LONE_WORDS or block.bulleted or block.flat or not block.text[0].isalpha():
        return False
    look = look_of(block.text).look
    return not _END.search(block.text) and (look is Look.PLAIN or (look is Look.NAMES and words > 3))


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


def _take_long_phrases_for_captions(page: Page, roles: list[Role]) -> None:
    """A long phrase in small letters is no subheading but a caption, unless the page has more of its kind."""
    found = [
        index
        for index, block in enumerate(page.blocks)
        if roles[index].kind is BlockKind.SUBHEADING
        and page.verdicts[index].probability < CERTAINLY_EXTRACTED
        and _is_long_phrase(block)
    ]
    if len(found) <= MOST_LONG_PHRASES:
        for index in found:
            roles[index] = Role(RemovedKind.CAPTION, "A phrase that is too long for a subheading.")


def _is_long_phrase(block: TextBlock) -> bool:
    words = block.text.split()
    if len(words) <= LONGEST_SUBHEADING_IN_SMALL or block.heading or block.bulleted:
        return False
    small = sum(word[0].islower() for word in words)
    return small > SHARE_OF_SMALL * len(words) and block.text[0].isupper() and not _ASKS.search(block.text)


def _take_short_lines_among_menus_for_menus(page: Page, roles: list[Role]) -> None:
    """In a run of lines of a word or three, one menu entry makes all of them entries."""
    for _, group in groupby(
        range(len(roles)), key=lambda index: _may_be_entry(page.blocks[index], roles[index])
    ):
        run = list(group)
        entries = sum(roles[index].kind is RemovedKind.MENU for index in run)
        if not _may_be_entry(page.blocks[run[0]], roles[run[0]]) or not (
            entries or (len(run) >= FEWEST_ENTRIES and run[-1] < page.opening.first_body)
        ):
            continue
        for index in run:
            if roles[index].kind is RemovedKind.OTHER:
                roles[index] = Role(RemovedKind.MENU, "A short entry beside others of a menu.")


def _may_be_entry(block: TextBlock, role: Role) -> bool:
    if role.kind is RemovedKind.MENU:
        return True
    short = len(block.text.split()) <= MOST_ENTRY_WORDS and not _END.search(block.text)
    return role.kind is RemovedKind.OTHER and short and block.text[0].isupper()


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


def _take_titles_behind_the_text_for_links(page: Page, roles: list[Role]) -> None:
    """Behind the last paragraph, lines as long as titles and without an end mark are other stories."""
    last = max((i for i, role in enumerate(roles) if role.kind is BlockKind.PARAGRAPH), default=len(roles))
    for index in range(last + 1, len(roles)):
        block, role = page.blocks[index], roles[index]
        loose = role.kind is RemovedKind.OTHER or (
            role.kind is RemovedKind.CAPTION and index > last + CAPTIONS_BEHIND
        )
        next_to_credit = index + 1 < len(roles) and is_credit_alone(page.blocks[index + 1].text)
        if not loose or next_to_credit or look_of(block.text).look is not Look.PLAIN or block.flat:
            continue
        if page.verdicts[index].probability >= CERTAINLY_EXTRACTED:
            continue
        if FEWEST_TITLE_WORDS <= len(block.text.split()) <= MOST_TEASER_WORDS and not _SENTENCE_END.search(
            block.text
        ):
            roles[index] = Role(RemovedKind.RELATED_LINK, "A title behind the text.")


STEPS: tuple[Callable[[Page, list[Role]], None], ...] = (
    _take_links_of_lists,
    _take_numbered_lines_for_subheadings,
    _take_lines_before_credits_for_captions,
    _take_lines_above_bylines_for_decks,
    _take_lines_above_datelines_for_decks,
    _take_lines_below_labels_for_links,
    _take_lines_that_name_the_author_for_notes,
    _take_unended_paragraphs_for_captions,
    _take_lone_lines_between_paragraphs_for_subheadings,
    _take_long_phrases_for_captions,
    _take_short_lines_among_menus_for_menus,
    _drop_second_printings,
    _drop_subheadings_that_head_nothing,
    _take_titles_behind_the_text_for_links,
)
