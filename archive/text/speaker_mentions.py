"""To which mention of a person or organisation the printed source of a quotation refers.

A name refers to itself. A pronoun refers to a person only where one person is in reach; "the vice president"
only where one person of the article bears that office. Everything else stays without a mention: silence
beats a wrong link.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from archive.text.marks import Stretch
from archive.text.phrases import lexicon
from archive.text.types import Kind, Mention, Span
from archive.text.words import fold

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_PARAGRAPH = re.compile(r"[^\n]+")
_PERSONAL = {"he": "m", "she": "f"}
_HONORIFIC = {
    **dict.fromkeys(("mr", "sir", "lord"), "m"),
    **dict.fromkeys(("mrs", "ms", "miss", "lady", "dame"), "f"),
}
_SENTENCE_END = re.compile(r"[.!?][\"')\]]{0,3}\s|\n")
_DEFINITE = frozenset({"the", "this", "that"})
# ", the foreign minister": up to four words behind a name and a comma.
_DESCRIBED = re.compile(r",\s((?:[\w'-]{1,30}\s){0,3}[\w'-]{1,30})")
_BEFORE_NAME = 40  # letters before a name in which its office is looked for
_REACH = 3_000  # letters that are looked back for whom a pronoun takes up
_REACH_OF_WHO = 3  # letters between a name and the "who" that takes it up: a comma and spaces


class Cast:
    """The people and organisations of an article, asked who a printed source is."""

    def __init__(self, body: str, mentions: Sequence[Mention], quoted: Sequence[Stretch]) -> None:
        self._text = fold(body)
        self._mentions = mentions
        starts = [stretch.start for stretch in quoted]
        order = sorted(range(len(mentions)), key=lambda index: mentions[index].start)
        self._order = order
        self._starts = [mentions[index].start for index in order]
        self._persons = [
            index
            for index in order
            if mentions[index].kind is Kind.PERSON and not _covered(mentions[index], quoted, starts)
        ]
        self._person_starts = [mentions[index].start for index in self._persons]
        self._keys = {index: self._key(mentions[index]) for index in self._persons}
        self._genders = self._known_genders()
        self._offices = self._known_offices()
        self._paragraphs = [match.start() for match in _PARAGRAPH.finditer(body)]
        self._answers: dict[Span, int | None] = {}

    def refers_to(self, source: Span, words: Span, last: int | None) -> int | None:
        """The index of the mention that `source`, who speaks `words`, refers to, or None.

        `last` is the index of the person who spoke the quotation before, if known.
        """
        if not self._mentions:
            return None
        if source not in self._answers:
            named = self._named(source)
            self._answers[source] = self._referred(source, last) if named is None else named
        found = self._answers[source]
        return None if found is not None and self._speaks_of_himself(found, source, words) else found

    def _speaks_of_himself(self, found: int, source: Span, words: Span) -> bool:
        """Whether a pronoun would refer to somebody whom the quoted words name: nobody speaks so."""
        mention = self._mentions[found]
        if source.start <= mention.start < source.end or words.end - words.start > _REACH:
            return False
        return self._key(mention) in set(_WORD.findall(self._text[words.start : words.end].lower()))

    def _named(self, source: Span) -> int | None:
        """The mention that is the head of the source itself: the last before "of", "for" and the like."""
        inside = self._within(source)
        limit = self._head_end(source, inside)
        for index in inside:
            end = self._mentions[index].end
            if end == limit or (end == limit - 1 and self._text[end] == "."):  # "Jr."
                return index
        return None

    def _within(self, source: Span) -> list[int]:
        first = bisect_left(self._starts, source.start)
        last = bisect_left(self._starts, source.end)
        return [i for i in self._order[first:last] if self._mentions[i].end <= source.end]

    def _head_end(self, source: Span, inside: Iterable[int]) -> int:
        spans = [(self._mentions[index].start, self._mentions[index].end) for index in inside]
        end = source.start
        for match in _WORD.finditer(self._text, source.start, source.end):
            in_name = any(a <= match.start() < b for a, b in spans)
            if match.group().lower() in lexicon().link and not in_name:
                return end
            end = match.end()
        return source.end

    def _referred(self, source: Span, last: int | None) -> int | None:
        words = [match.group() for match in _WORD.finditer(self._text, source.start, source.end)]
        if not words:
            return None
        first = words[0].lower()
        if len(words) == 1 and first == "who":
            return self._before_who(source.start)
        if len(words) == 1 and first in _PERSONAL:
            return self._one_in_reach(source.start, _PERSONAL[first], last)
        if first in _DEFINITE and len(words) > 1 and not words[-1].endswith("s"):
            return self._office_holder([word.lower() for word in words[1:]], source.start)
        return None

    def _before_who(self, at: int) -> int | None:
        before = bisect_left(self._person_starts, at)
        if not before:
            return None
        index = self._persons[before - 1]
        return index if at - self._mentions[index].end <= _REACH_OF_WHO else None

    def _one_in_reach(self, at: int, gender: str, last: int | None) -> int | None:
        """The one person named in the pronoun's paragraph, else in the paragraph before; or who spoke last,
        if nobody else was named since."""
        paragraph = bisect_right(self._paragraphs, at) - 1
        for start in self._paragraphs[max(0, paragraph - 1) : paragraph + 1][::-1]:
            reach = self._named_between(max(start, at - _REACH), at, gender)
            if reach:
                acting = [i for i in reach if not self._only_describes(i) and not self._beside(i, at)]
                return acting[-1] if acting and len({self._keys[i] for i in reach}) == 1 else None
        if last is None or last not in self._keys or at - self._mentions[last].end > _REACH:
            return None
        same = self._keys[last]
        since = self._named_between(self._mentions[last].end, at, gender)
        fits = self._genders.get(same, gender) == gender
        return last if fits and all(self._keys[i] == same for i in since) else None

    def _beside(self, index: int, at: int) -> bool:
        """Whether a name stands in the sentence that "..., he said" at `at` is put into: it is another's."""
        before = self._text[max(0, at - 2) : at].strip()
        end = self._mentions[index].end
        return before[-1:] in {",", '"', "'"} and not _SENTENCE_END.search(self._text, end, at)

    def _only_describes(self, index: int) -> bool:
        """Whether a name says only whose something is: "Finch's lawyer", "the Finch report"."""
        start, end = self._mentions[index].start, self._mentions[index].end
        owns = self._text[end - 2 : end] == "'s" or self._text[end : end + 2] in {"'s", "' "}
        return owns or self._text[max(0, start - 4) : start].lower().endswith("the ")

    def _named_between(self, start: int, end: int, gender: str) -> list[int]:
        found = self._persons[bisect_left(self._person_starts, start) : bisect_left(self._person_starts, end)]
        return [i for i in found if self._genders.get(self._keys[i], gender) == gender]

    def _office_holder(self, words: list[str], at: int) -> int | None:
        """The one person who bears an office, looked for by its last two words, then by the last."""
        for office in (" ".join(words[-2:]), words[-1]):
            holders = self._offices.get(office, [])
            if len({self._keys[i] for i in holders}) == 1:
                earlier = [i for i in holders if self._mentions[i].start < at]
                return earlier[-1] if earlier else None
            if holders:
                return None
        return None

    def _key(self, mention: Mention) -> str:
        words = _WORD.findall(self._text[mention.start : mention.end].lower().removesuffix("'s"))
        return words[-1].removeprefix("al-") if words else ""

    def _known_genders(self) -> dict[str, str]:
        """Surname -> what "Mr." or "Mrs." before it says; nothing where both stand."""
        said: dict[str, set[str]] = {}
        for index in self._persons:
            start = self._mentions[index].start
            words = _WORD.findall(self._text[max(0, start - 8) : self._mentions[index].end].lower())
            for title in words[:2]:
                if title in _HONORIFIC:
                    said.setdefault(self._keys[index], set()).add(_HONORIFIC[title])
        return {key: next(iter(genders)) for key, genders in said.items() if len(genders) == 1}

    def _known_offices(self) -> dict[str, list[int]]:
        """Word of an office -> the mentions that it stands beside: "Vice President X", "X, the minister"."""
        offices: dict[str, list[int]] = {}
        for index in self._persons:
            start, end = self._mentions[index].start, self._mentions[index].end
            line = max(self._text.rfind("\n", 0, start) + 1, start - _BEFORE_NAME)
            before = _WORD.findall(re.split(r"[.,;:()\"]\s", self._text[line:start])[-1].lower())
            behind = _DESCRIBED.match(self._text, end)
            beside = [before[-2:], _WORD.findall(behind.group(1).lower()) if behind else []]
            for words in beside:
                for office in {" ".join(pair) for pair in pairwise(words)} | set(words):
                    offices.setdefault(office, []).append(index)
        return offices


def _covered(mention: Mention, quoted: Sequence[Stretch], starts: list[int]) -> bool:
    index = bisect_left(starts, mention.start + 1)
    return index > 0 and quoted[index - 1].end >= mention.end
