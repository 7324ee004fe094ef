"""The words beside a name that say who somebody is: titles and roles before it, an apposition after it."""

from __future__ import annotations

import re

from archive.text.lexicon import lexicon
from archive.text.sentences import trim
from archive.text.types import Span

# Longer stretches before or after a name are statements, not descriptions.
_MOST_WORDS = 8
_LOOK_BACK = 120  # characters, enough for that many long words
_LONGEST_APPOSITION = 100  # characters

_WORD = re.compile(r"[^\s,;:()\[\]“”\"]+")
_BETWEEN = re.compile(r"[ \u00a0]")
_TIES = frozenset({"of", "for", "the", "to", "in", "de", "on"})
_APPOSITION = re.compile(
    rf",\s((?:an?|the|who is|his|her|their)\s[^,.;:()\n“”\"]{{2,{_LONGEST_APPOSITION}}}?)(?=[,.;])"
)


def description_before(text: str, start: int, name_start: int) -> Span | None:
    """The title or role right before a name: "Iraq’s Vice President" before "Ayad Allawi".

    Args:
        text: the body.
        start: of the sentence that the name stands in.
        name_start: of the name.

    Returns:
        The span of the words, or None where no title stands among them: capitals alone prove nothing.
    """
    low = max(start, name_start - _LOOK_BACK)
    words = list(_WORD.finditer(text, low, name_start))
    if low > start and words:
        words = words[1:]  # may be cut
    taken: list[re.Match[str]] = []
    edge = name_start
    for word in reversed(words[-_MOST_WORDS:]):
        if not _BETWEEN.fullmatch(text, word.end(), edge) or not _may_belong(word.group()):
            break
        taken.insert(0, word)
        edge = word.start()
    taken = taken[_own(taken) :]
    while taken and not _begins(taken[0], sentence_start=start):
        taken.pop(0)
    if not any(_is_title(word.group()) for word in taken):
        return None
    return Span(taken[0].start(), name_start - 1)


def description_after(text: str, name_end: int) -> Span | None:
    """The apposition right after a name: "a military spokesman" after "Yahya Rasool,"."""
    found = _APPOSITION.match(text, name_end)
    if found is None:
        return None
    span = trim(text, *found.span(1))
    return span if len(text[slice(*span)].split()) <= _MOST_WORDS + 2 else None


def _own(words: list[re.Match[str]]) -> int:
    """Where the name's own description begins: "an aide to President" before a name is about two people."""
    plain = [_plain(word.group()) for word in words]
    if not words or plain[-1] in _TIES:
        return len(words)
    ties = [place for place, word in enumerate(plain) if word in _TIES]
    return ties[-1] + 1 if ties and _is_title(plain[-1]) else 0


def _plain(word: str) -> str:
    return word.replace("’", "'").lower()


def _is_title(word: str) -> bool:
    known = lexicon()
    plain = _plain(word).strip(".")
    return plain in known.titles | known.offices and plain not in known.function_words


def _opens(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or _is_title(word)


def _begins(word: re.Match[str], sentence_start: int) -> bool:
    """Whether a description may begin so: not with "But" or "of", nor with the "Echoing" of a sentence."""
    plain = _plain(word.group())
    participle = word.start() == sentence_start and plain.endswith("ing")
    return _opens(word.group()) and plain not in lexicon().function_words and not participle


def _may_belong(word: str) -> bool:
    return _opens(word) or _plain(word) in _TIES or word[0] == "-"
