"""Surnames that a text prints without the full name, where another text of the event says whose they are.

On a surname alone nothing is joined across texts. The surname with an office is more: "President Lund" in one
text is Ada Lund of another one that says "President Ada Lund" or "Ada Lund, the president", if nobody else of
that surname holds that office in any text of the event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from archive.text import words
from archive.text.descriptions import description_after, description_before
from archive.text.lexicon import lexicon
from archive.text.passages import Text
from archive.text.types import Span

# Words of descriptions that many people of one event share, or that say nothing of what somebody does.
_ANYBODYS = frozenset(
    words.fold(word)
    for word in ("mr", "mrs", "ms", "miss", "sir", "member", "members", "head", "deputy", "officer", "host")
)
_NUMBERS = frozenset(
    {"ii", "iii", "iv"}
)  # behind a name that is often printed without; "Jr." is another person


def keyed_by_office(texts: Sequence[Text]) -> list[Text]:
    """The texts with the keys of people whom they call by office and surname only.

    Args:
        texts: of one event; `mention_keys` says who is named where, lone names without a key or with one of
            their article ("lund@1").
    """
    texts = _without_numbers(texts)
    holders = _holders(texts)
    return [_keyed(text, holders) for text in texts]


def _without_numbers(texts: Sequence[Text]) -> list[Text]:
    """The texts with one key for "Jonas Lund III" and "Jonas Lund" where both have one office."""
    offices: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        for span, key in text.mention_keys:
            if " " in key:
                offices[key] |= set(_offices(text.body, span))
    numbered = [(key, key.rpartition(" ")) for key in offices]
    same = {
        key: bare
        for key, (bare, _, number) in numbered
        if number in _NUMBERS and offices[key] & offices.get(bare, set())
    }
    return [
        text._replace(mention_keys=tuple((span, same.get(key, key)) for span, key in text.mention_keys))
        for text in texts
    ]


def _holders(texts: Sequence[Text]) -> dict[tuple[str, str], str]:
    """Surname and office -> the only person of that surname who holds it."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        for span, key in text.mention_keys:
            name = key.partition("@")[0].split()
            if len(name) > 1:
                for office in _offices(text.body, span):
                    found[name[-1], office].add(key.partition("@")[0])
    full = {key.partition("@")[0]: key for text in texts for _, key in reversed(text.mention_keys)}
    return {place: full[keys.pop()] for place, keys in found.items() if len(keys) == 1}


def _keyed(text: Text, holders: dict[tuple[str, str], str]) -> Text:
    met = {key.partition("@")[0].rpartition(" ")[2] for _, key in text.mention_keys if " " in key}
    said: defaultdict[str, set[str]] = defaultdict(set)
    for span, key in text.mention_keys:
        surname = _surname(text.body, span, key)
        if surname and surname not in met:
            said[surname] |= {
                holders[surname, office]
                for office in _offices(text.body, span)
                if (surname, office) in holders
            }
    known = {surname: keys.pop() for surname, keys in said.items() if len(keys) == 1}
    return text._replace(
        mention_keys=tuple(
            (span, known.get(_surname(text.body, span, key), key)) for span, key in text.mention_keys
        )
    )


def _surname(body: str, span: Span, key: str) -> str:
    """A lone name in small letters; "" for one that is known."""
    if " " in key or (key and "@" not in key):
        return ""
    printed = words.fold(body[slice(*span)]).lower().removesuffix("'s")
    return printed if printed.isalpha() else ""


def _offices(body: str, span: Span) -> Iterator[str]:
    """What a text says beside a name that somebody is, word by word."""
    start = body.rfind("\n", 0, span.start) + 1
    known = lexicon()
    for described in (description_before(body, start, span.start), description_after(body, span.end)):
        if described:
            for word, _, _ in words.every_word(words.fold(body[slice(*described)])):
                if word in known.titles | known.offices and word not in known.function_words | _ANYBODYS:
                    yield word
