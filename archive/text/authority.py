"""The authority file: well-known names with their aliases, and who says so.

It is data that curators extend. An entry's key is the normal form of its name, so a name that is printed in
full has the same key with and without the entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from archive.text.names import normal_form, plain
from archive.text.types import Kind
from archive.text.words import fold

# Acronyms up to this length are found only as they are cased: "WHO" is not "Who", "IS" not "Is".
_LONGEST_CASED_ACRONYM = 6
_SPLIT_OFF = "split off by a curator"


class AuthorityEntry(NamedTuple):
    """One person or organisation: its key, display name, kind, further names, and where they are known
    from.
    """

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    source: str


class Authority:
    """Entries by any of their names. Immutable; `with_entries` gives a larger one.

    A name of two entries names nobody for sure: `find` then returns None and `candidates` both. Beside the
    entries it knows surnames and organisations that are recognised by name and linked to nothing.
    """

    def __init__(
        self,
        entries: Iterable[AuthorityEntry],
        lone_surnames: Iterable[str] = (),
        organisations: Iterable[str] = (),
    ) -> None:
        self._by_key = _merged(entries)
        self._by_alias: dict[str, list[tuple[str, AuthorityEntry]]] = {}
        for entry in self._by_key.values():
            for alias in (entry.name, *entry.aliases):
                self._by_alias.setdefault(folded_alias(alias), []).append((alias, entry))
        self._lone_surnames = frozenset(plain(name) for name in lone_surnames)
        self._organisations = {folded_alias(name): name for name in organisations}
        printed = [alias for known in self._by_alias.values() for alias, _ in known]
        self._openings = _openings((*printed, *self._organisations.values()))

    @classmethod
    def shipped(cls) -> Authority:
        """The entries of `rules/authority.toml`."""
        return _shipped()

    def with_entries(self, entries: Sequence[AuthorityEntry]) -> Authority:
        """This authority and `entries`; an entry with a known key adds its aliases to that key.

        What was split off is no entry of its own once it is an alias of another.
        """
        claimed = {normal_form(alias) for entry in entries for alias in entry.aliases}
        ours = [entry for entry in self if entry.source != _SPLIT_OFF or entry.key not in claimed]
        return Authority((*ours, *entries), self._lone_surnames, self._organisations.values())

    def without(self, split: Collection[tuple[str, str]]) -> Authority:
        """This authority with aliases taken from entries: pairs of an alias' normal form and an entry's key.

        What was taken is an entry of its own, of the same kind.
        """
        if not split:
            return self
        left, taken = [], []
        for entry in self:
            gone = [alias for alias in entry.aliases if (normal_form(alias), entry.key) in split]
            left.append(entry._replace(aliases=tuple(alias for alias in entry.aliases if alias not in gone)))
            taken += [
                AuthorityEntry(normal_form(alias), alias, entry.kind, (alias,), _SPLIT_OFF) for alias in gone
            ]
        return Authority((*left, *taken), self._lone_surnames, self._organisations.values())

    def __iter__(self) -> Iterator[AuthorityEntry]:
        return iter(self._by_key.values())

    def entry(self, key: str) -> AuthorityEntry | None:
        """The entry with this key."""
        return self._by_key.get(key)

    def candidates(self, name: str) -> tuple[AuthorityEntry, ...]:
        """Every entry that goes by this printed name."""
        known = self._by_alias.get(folded_alias(name))
        if not known:
            return ()
        return tuple({entry.key: entry for alias, entry in known if _cased_alike(alias, name)}.values())

    def find(self, name: str) -> AuthorityEntry | None:
        """The one entry that goes by this printed name, or None."""
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def wants_article(self, name: str) -> bool:
        """Whether a single word is a name only with "the" before it: "the Guardian"."""
        folded = folded_alias(name)
        known = [alias for alias, _ in self._by_alias.get(folded, ())] or [
            self._organisations.get(folded, "")
        ]
        return " " not in name and all(alias.startswith("The ") for alias in known)

    def is_organisation(self, name: str) -> bool:
        """Whether an organisation without an entry is known by this printed name."""
        known = self._organisations.get(folded_alias(name))
        return known is not None and _cased_alike(known, name)

    def is_lone_surname(self, word: str) -> bool:
        """Whether news often prints this surname (in small letters) alone, for a person everybody knows."""
        return word in self._lone_surnames

    def ends_of_names(self, words: Iterable[str]) -> list[int]:
        """After how many of `words` (folded, in order) known names end that open with the first."""
        ends: list[int] = []
        name = ""
        for count, word in enumerate(words, 1):
            piece = _folded_word(word)
            if word == "'s":
                name += "s"
            else:
                name = f"{name} {piece}" if name else piece
            if name not in self._openings:
                break
            if name in self._by_alias or name in self._organisations:
                ends.append(count)
        return ends


def _merged(entries: Iterable[AuthorityEntry]) -> dict[str, AuthorityEntry]:
    """Entries by key; of several with one key the first gives the name, and all give aliases."""
    merged: dict[str, AuthorityEntry] = {}
    for entry in entries:
        first = merged.get(entry.key)
        if first:
            others = [
                name for name in (entry.name, *entry.aliases) if name not in (first.name, *first.aliases)
            ]
            sources = first.source if entry.source == first.source else f"{first.source}; {entry.source}"
            entry = first._replace(aliases=(*first.aliases, *others), source=sources)
        merged[entry.key] = entry
    return merged


@lru_cache(100_000)
def folded_alias(alias: str) -> str:
    """An alias as it is looked up: small letters, no accents, one space between words, no points, no
    "the".
    """
    words = plain(alias).replace("'", "").replace(".", "").replace("-", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _cased_alike(alias: str, printed: str) -> bool:
    letters = alias.replace(".", "")
    if len(letters) > _LONGEST_CASED_ACRONYM or sum(letter.isupper() for letter in letters) < 2:
        return True
    return printed.isupper() or printed == alias


@lru_cache(100_000)
def _folded_word(word: str) -> str:
    return word.replace("'", "").replace(".", "").replace("-", " ").strip()


def _openings(aliases: Iterable[str]) -> frozenset[str]:
    """The first word, the first two words ... of every alias, folded.

    A possessive ends its word, as it does in a text: "People" and "People's" open "People's Bank of China".
    """
    found: set[str] = set()
    for alias in aliases:
        for opening in (alias, fold(alias).partition("'s")[0]):
            words = folded_alias(opening).split()
            found.update(" ".join(words[:count]) for count in range(1, len(words) + 1))
    return frozenset(found)


@cache
def _shipped() -> Authority:
    source = resources.files("archive.text.rules").joinpath("authority.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    entries = [entry for part in table["lists"] for entry in _entries(part)]
    organisations = [
        name.strip() for name in table["organisations"].replace("\n", ";").split(";") if name.strip()
    ]
    return Authority(entries, table["lone_surnames"].split(), organisations)


def _entries(part: dict[str, str]) -> Iterator[AuthorityEntry]:
    """The entries of one list: a line each, the name and its aliases divided by semicolons."""
    for line in part["entries"].strip().splitlines():
        name, *aliases = (piece.strip() for piece in line.split(";"))
        yield AuthorityEntry(normal_form(name), name, Kind(part["kind"]), tuple(aliases), part["source"])
