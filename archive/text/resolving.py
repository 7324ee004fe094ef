"""To whom mentions refer, inside one article.

Silence beats a wrong link. A full name has a key of its own; a lone surname, an acronym or a general name
("Foreign Ministry") refers to a full name of the same article if exactly one fits, and otherwise to nobody
outside the article. Across articles equal keys are one; curators' judgements join or part others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from archive.text.authority import Authority
from archive.text.lexicon import lexicon
from archive.text.names import acronym_letters, initials, initials_fit, is_acronym, normal_form
from archive.text.types import Evidence, Kind, Link, Mention

_BRACKETS = str.maketrans({"[": " ", "]": " "})
_OPENING_BRACKETS = frozenset({"(", "[", '("', "(“", "(the", "(or", "(formerly"})


# Countries that are printed before the names of their offices or left out: "U.S. Homeland Security
# Department".
_COUNTRY = re.compile(r"^(?:US|U\.S\.|United States|UK|U\.K\.|United Kingdom) ")
# "Archbishop" and longer words are sought before a lone name: "Pope Francis".
_LONGEST_TITLE = 15


# A given name that is a particle too: "Ben Carson" is a full name, of "Zine Ben Ali" it is a part.
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_GIVEN_OR_PARTICLE = "ben "


class _Full(NamedTuple):
    """A name of this article that is known in full: where it is printed, and its words for comparing."""

    key: str
    name: str
    kind: Kind
    words: tuple[str, ...]
    evidence: Evidence


def resolve(body: str, mentions: Sequence[Mention], authority: Authority | None = None) -> list[Link]:
    """One link for each mention, in order.

    `authority` is the shipped one unless given. A link's key is that of an authority entry or the normal
    form of a full name; a lone name gets the key of the only full name of this article that it can stand
    for.
    """
    authority = authority or Authority.shipped()
    names = [printed_name(body, mention) for mention in mentions]
    titled = [_with_word_before(body, mention, name) for mention, name in zip(mentions, names, strict=True)]
    explained = _explained_acronyms(body, mentions, names)
    full = [
        None if name in explained else _full_name(name, longer, mention, authority)
        for name, longer, mention in zip(names, titled, mentions, strict=True)
    ]
    known = _fullest(full)
    parts = _Parts(known.values())
    met = _Introduced(body, mentions, full)
    printed = dict(zip(names, full, strict=True))
    long_forms = {acronym: printed[name] for acronym, name in explained.items()}
    return [
        _linked(
            mention,
            name,
            own,
            known,
            [one for one in _candidates(mention, name, own, parts, long_forms) if met.before(name, one)],
        )
        for mention, name, own in zip(mentions, names, full, strict=True)
    ]


def printed_name(body: str, mention: Mention) -> str:
    """The name of a mention without editorial brackets: "Abu Bakr] Baghdadi" is "Abu Bakr Baghdadi"."""
    return " ".join(body[mention.start : mention.end].translate(_BRACKETS).split())


def _explained_acronyms(body: str, mentions: Sequence[Mention], names: Sequence[str]) -> dict[str, str]:
    """Acronyms that this article explains, with the name they stand for: "Turkistan Islamic Party (TIP)"."""
    explained: dict[str, str] = {}
    for place in range(1, len(mentions)):
        before, mention = mentions[place - 1], mentions[place]
        between = body[before.end : mention.start].strip()
        closed = body[mention.end : mention.end + 1] in {")", "]", ",", ";"}
        if between in _OPENING_BRACKETS and closed and initials_fit(names[place], names[place - 1]):
            explained.setdefault(names[place], names[place - 1])
    return explained


def _with_word_before(body: str, mention: Mention, name: str) -> str:
    """A person's lone name with the word before it, which may be a part of how everybody knows them."""
    if mention.kind is not Kind.PERSON or " " in name:
        return name
    before = body[max(0, mention.start - _LONGEST_TITLE) : mention.start].split(" ")
    return f"{before[-2]} {name}" if len(before) > 1 and not before[-1] and before[-2].istitle() else name


def _full_name(name: str, longer: str, mention: Mention, authority: Authority) -> _Full | None:
    """The mention as a full name, or None where it is a lone, general or ambiguous one."""
    form = normal_form(name)
    words = _weighty(form)
    entry = authority.find(name) or (authority.find(longer) if longer != name else None)
    if entry is None and len(words) > 1:
        bare = _COUNTRY.sub("", name)
        entry = authority.entry(form) or (authority.find(bare) if bare != name else None)
    if entry and entry.kind is mention.kind:
        evidence = Evidence(
            "authority file", f"{name}: {entry.name} ({entry.source})", mention.start, mention.end
        )
        return _Full(entry.key, entry.name, entry.kind, _weighty(entry.key), evidence)
    if mention.kind is Kind.PERSON:
        words = tuple(form.split()) if form.startswith(_GIVEN_OR_PARTICLE) else words
        complete = len(words) > 1
    else:
        complete = bool(words) and not _is_general(words) and (len(words) > 1 or not is_acronym(name))
    if not complete:
        return None
    evidence = Evidence("full name", name, mention.start, mention.end)
    return _Full(form, name, mention.kind, words, evidence)


@cache
def _particles() -> frozenset[str]:
    return lexicon().particles | {"the"}


@lru_cache(50_000)
def _weighty(form: str) -> tuple[str, ...]:
    """The words of a normal form that tell names apart."""
    particles = _particles()
    return tuple([word for word in form.split() if word not in particles])


def _is_general(words: Sequence[str]) -> bool:
    """Whether many organisations of the world go by this name: "Foreign Ministry", "Supreme Court"."""
    known = lexicon()
    return all(word in known.common or word in known.heads or word in known.connectors for word in words)


def _fullest(full: Sequence[_Full | None]) -> dict[str, _Full]:
    """The full names of the article by key, each in its longest form, first printed first."""
    known: dict[str, _Full] = {}
    for name in full:
        if name and (name.key not in known or len(name.name) > len(known[name.key].name)):
            known[name.key] = name
    return known


def _linked(
    mention: Mention, name: str, own: _Full | None, known: dict[str, _Full], candidates: Sequence[_Full]
) -> Link:
    local = " ".join(_weighty(normal_form(name))) or normal_form(name)
    if len(candidates) == 1:
        full = candidates[0]
        rule = "stands for the only such full name of this article"
        evidence = Evidence(rule, f"{name}: {full.name}", full.evidence.start, full.evidence.end)
        return Link(mention, full.key, local, full.name, evidence, (full.key,))
    if own:
        return Link(mention, own.key, local, known[own.key].name, own.evidence, (own.key,))
    keys = tuple(full.key for full in candidates)
    why = f"{len(keys)} full names of this article fit" if keys else "no full name of this article fits"
    return Link(
        mention, None, local, name, Evidence("lone name", f"{name}: {why}", mention.start, mention.end), keys
    )


class _Introduced:
    """Whether an article prints a full name before the general word that may stand for it.

    "The Coalition" in an article that speaks of it before it names the Harbour Coalition is another one.
    """

    def __init__(self, body: str, mentions: Sequence[Mention], full: Sequence[_Full | None]) -> None:
        self._body = body
        self._first: dict[str, int] = {}
        for mention, one in zip(mentions, full, strict=True):
            if one:
                self._first.setdefault(one.key, mention.start)
        self._alone: dict[str, int] = {}

    def before(self, name: str, full: _Full) -> bool:
        """Whether the full name comes first; where the name is no general word, that does not matter."""
        if full.kind is not Kind.ORGANISATION or " " in name or name.lower() not in lexicon().heads:
            return True
        if name not in self._alone:
            alone = re.search(rf"(?:^|[Tt]he|\b[a-z]+)\s+{re.escape(name)}\b(?!\s+[A-Z])", self._body)
            self._alone[name] = alone.start() if alone else len(self._body)
        return self._first.get(full.key, 0) <= self._alone[name]


class _Parts:
    """Full names of an article by what they can be called for short."""

    def __init__(self, names: Iterable[_Full]) -> None:
        self._shorter: defaultdict[tuple[Kind, tuple[str, ...]], list[_Full]] = defaultdict(list)
        self._generations: defaultdict[tuple[str, ...], list[_Full]] = defaultdict(list)
        self._initials: defaultdict[str, list[_Full]] = defaultdict(list)
        for full in names:
            sizes = range(1, len(full.words))
            for part in {full.words[:size] for size in sizes} | {full.words[size:] for size in sizes}:
                self._shorter[full.kind, part].append(full)
            if full.kind is Kind.PERSON and full.words[-1] in _GENERATIONS and len(full.words) > 2:
                self._generations[full.words[-2:-1]].append(full)
            if full.kind is Kind.ORGANISATION:
                for letters in initials(full.name):
                    self._initials[letters].append(full)

    def longer(self, kind: Kind, words: tuple[str, ...]) -> list[_Full]:
        """The longer names that these words open or end."""
        return self._shorter.get((kind, words), [])

    def with_generation(self, words: tuple[str, ...]) -> list[_Full]:
        """The people of that surname whose full name ends in "Jr." or "III"."""
        return self._generations.get(words, [])

    def with_initials(self, acronym: str) -> list[_Full]:
        """The organisations whose words an acronym opens."""
        return self._initials.get(acronym_letters(acronym), []) if is_acronym(acronym) else []


def _candidates(
    mention: Mention, name: str, own: _Full | None, parts: _Parts, long_forms: Mapping[str, _Full | None]
) -> list[_Full]:
    """Full names of the article that a shorter name can stand for; for a full name only longer ones."""
    if own and (mention.kind is Kind.ORGANISATION or own.evidence.rule == "authority file"):
        return []
    if name in long_forms:
        long_form = long_forms[name]
        return [long_form] if long_form else []
    words = _weighty(own.key if own else normal_form(name))
    found = parts.longer(mention.kind, words) or ([] if own else parts.with_generation(words))
    if mention.kind is Kind.ORGANISATION:
        known = {full.key: full for full in (*parts.with_initials(name), *found)}
        return [full for full in known.values() if full is not own]
    return [full for full in found if full is not own]
