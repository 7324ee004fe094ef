"""What makes a run of capitalised words a person: a title before it, a given name, the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.text.candidates import Candidate, Run, is_acronym
from archive.text.nametokens import Words
from archive.text.types import Kind

_LONGEST_NAME = 8  # words
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}$")
_INITIAL = re.compile(r"[^\W\d_]\.?$")
# Before a place rather than a person.
_PREPOSITIONS = frozenset(
    ["in", "near", "at", "on", "of", "to", "from", "into", "across", "around", "outside", "the", "a", "an"]
)
_ADULT_AGES = range(5, 111)


def _person(run: Run, score: float, rule: str, detail: str) -> Candidate:
    return Candidate(run.first, run.last, Kind.PERSON, score, rule, detail)


def could_be_name(words: Words, run: Run) -> bool:
    """Whether nothing in the words themselves speaks against a person."""
    tokens, known = words.tokens, words.lexicon
    names = [token.low for token in tokens[run.first : run.last] if token.text not in {".", "]"}]
    if (
        not names
        or len(names) > _LONGEST_NAME
        or any(name in {"of", "for", "and", "&", "in"} for name in names)
    ):
        return False
    if any((name in known.heads and name not in known.family) or name[0].isdigit() for name in names):
        return False
    if names[0] in known.places and not namey(words, names[0]):
        return False
    if len(names) > 1 and is_acronym(words, run.last - 1) and not is_acronym(words, run.first):
        return False
    if any(
        (name in known.thing_heads or name in known.place_heads) and name not in known.family
        for name in names
    ):
        return False
    return not all(name in known.demonyms for name in names)


def namey(words: Words, low: str) -> bool:
    """Whether a word is known, or formed, like a personal name."""
    known = words.lexicon
    return (
        low in known.given
        or low in known.family
        or low.startswith(("al-", "el-"))
        or (len(low) > 5 and low.endswith(known.surname_endings))
    )


# "Hau Lung-bin", "Kim Jong-un": Chinese and Korean given names in two syllables.
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,6}$")


def by_role_before(words: Words, run: Run) -> Candidate | None:
    """ "activist Surendra ...": what a person is, in small letters before the name."""
    tokens, known = words.tokens, words.lexicon
    before = tokens[run.first - 1] if run.first else None
    if before is None or before.capital or before.low not in known.roles or not could_be_name(words, run):
        return None
    names = [token.low for token in tokens[run.first : run.last]]
    single = len(names) == 1
    if names[0] in known.demonyms or any(name in known.months for name in names):
        return None
    if single and (is_acronym(words, run.first) or before.low in known.kinds):
        return None
    if single and (names[0] in known.common or names[0] in known.places or before.low.endswith("s")):
        return None
    return _person(run, 0.6 if single else 0.75, "role before the name", before.text)


def by_two_syllables(words: Words, run: Run) -> Candidate | None:
    """ "Hau Lung-bin": a family name and a given name in two syllables."""
    tokens, known = words.tokens, words.lexicon
    if run.last - run.first != 2 or not _TWO_SYLLABLES.match(tokens[run.last - 1].text):
        return None
    opening = tokens[run.first]
    if not opening.text.isalpha() or opening.low in known.places or opening.low in known.demonyms:
        return None
    return _person(run, 0.8, "given name in two syllables", tokens[run.last - 1].text)


def by_initials(words: Words, run: Run) -> Candidate | None:
    """ "N.R. Narayana Murthy": initials before a surname."""
    tokens, known = words.tokens, words.lexicon
    opening = tokens[run.first]
    if run.last - run.first < 2 or not _INITIALS.match(opening.text) or opening.low in known.places:
        return None
    rest = tokens[run.first + 1 : run.last]
    if not could_be_name(words, run) or any(
        t.low in known.common or t.low in known.not_organisations for t in rest
    ):
        return None
    return _person(run, 0.75, "initials", opening.text)


def by_list_and_context(words: Words, run: Run) -> Candidate | None:
    """Full names: a known given name, a particle, known words only, or a person's verb or age beside it."""
    tokens, known = words.tokens, words.lexicon
    names = [
        t.low
        for t in tokens[run.first : run.last]
        if t.low not in known.particles and len(t.low.strip(".")) > 1
    ]
    if run.last - run.first < 2 or not 1 <= len(names) <= 5 or not could_be_name(words, run):
        return None
    personal = sum(namey(words, name) for name in names)
    common = sum(name in known.common for name in names)
    by_given = _by_given_name(words, run, names)
    if by_given:
        return by_given
    if _has_particle(words, run) and not common:
        placed = run.first and tokens[run.first - 1].low in _PREPOSITIONS and not personal
        return _person(run, 0.45 if placed else 0.75, "particle of personal names", words.printed(*run))
    if personal == len(names) and not common and len(names) >= 2:
        return _person(run, 0.7, "every word a personal name", words.printed(*run))
    return _by_context(words, run, personal, common)


def _by_given_name(words: Words, run: Run, names: Sequence[str]) -> Candidate | None:
    token, known = words.tokens[run.first], words.lexicon
    if token.low not in known.given or len(names) < 2:
        return None
    if token.low in known.places and not namey(words, names[-1]):
        return None
    if any(t.text == '"' for t in words.tokens[run.first : run.last]):
        return _person(run, 0.8, "given name and nickname", token.text)
    others = sum(name in known.common for name in names[1:])
    if token.low in known.common:
        sure = not others and (not token.opens or namey(words, names[-1]))
    else:
        sure = not others or all(namey(words, name) for name in names)
    score = 0.65 if others or token.low in known.common else 0.85
    return _person(run, score, "given name", token.text) if sure else None


def _has_particle(words: Words, run: Run) -> bool:
    tokens = words.tokens[run.first : run.last]
    if tokens[0].low.startswith(("al-q", "el-q")) or tokens[0].low in {"al", "el"}:
        return False
    return any(t.low.startswith(("al-", "el-")) for t in tokens[1:]) or any(
        t.low in {"bin", "ibn", "abu", "abdul", "abd", "bint"} for t in tokens
    )


def _by_context(words: Words, run: Run, personal: int, common: int) -> Candidate | None:
    tokens, known = words.tokens, words.lexicon
    after = tokens[run.last].low if run.last < len(tokens) else ""
    before = tokens[run.first - 1].low if run.first else ""
    if after in known.speech_verbs or (before in known.speech_verbs and before != "told"):
        return _person(run, 0.65, "verb of speech", after if after in known.speech_verbs else before)
    if after in known.person_verbs:
        return _person(run, 0.6, "verb of persons", after)
    if after in {"was", "is"} and not common and run.last + 1 < len(tokens):
        suffered = tokens[run.last + 1].low
        if suffered in known.person_participles and before != "the":
            return _person(run, 0.6, "what is done to persons", suffered)
    if before == after == "," and not common and run.last + 1 < len(tokens):
        said = tokens[run.last + 1].low
        if said in known.speech_verbs:
            return _person(run, 0.6, "set off before a verb of speech", said)
    if _age_after(words, run):
        return _person(run, 0.8, "age", tokens[run.last + 1].text)
    if _described_after(words, run) and before not in _PREPOSITIONS:
        return _person(run, 0.65, "apposition", tokens[run.last + 1].text)
    if run.last - run.first >= 3 and _INITIAL.match(tokens[run.first + 1].text):
        return _person(run, 0.7, "middle initial", tokens[run.first + 1].text)
    if personal and not common and not words.heading[run.first]:
        apart = (
            before in _PREPOSITIONS or run.last - run.first != 2 or tokens[run.last - 1].low in known.places
        )
        return _person(run, 0.45 if apart else 0.55, "family name", tokens[run.last - 1].text)
    return None


def _described_after(words: Words, run: Run) -> bool:
    """ "Jane Doe, a teacher"."""
    following = [token.low for token in words.tokens[run.last : run.last + 2]]
    if len(following) < 2 or following[0] != ",":
        return False
    noun = following[1]
    if noun in words.lexicon.roles:
        return True
    return noun in words.lexicon.apposition_opens and namey(words, words.tokens[run.last - 1].low)


def _age_after(words: Words, run: Run) -> bool:
    """ "Jane Doe, 45, said"."""
    tokens = words.tokens
    if run.last + 2 >= len(tokens) or tokens[run.last].text != ",":
        return False
    age = tokens[run.last + 1].text
    return (
        age.isdecimal()
        and len(age) < 4
        and int(age) in _ADULT_AGES
        and tokens[run.last + 2].text in {",", "."}
    )


def by_single_word(words: Words, run: Run) -> Candidate | None:
    """A lone name beside a verb of speech: "said Mahmoud", or a lone name with the Arabic article."""
    tokens, known = words.tokens, words.lexicon
    token = tokens[run.first]
    if (
        run.last - run.first != 1
        or token.low in known.function_words
        or token.low in known.demonyms
        or token.low in known.places
    ):
        return None
    after = tokens[run.last].low if run.last < len(tokens) else ""
    before = tokens[run.first - 1].low if run.first else ""
    speaks = after in known.speech_verbs or (
        before in known.speech_verbs and before not in {"told", "according"}
    )
    if speaks and token.low not in known.common and (namey(words, token.low) or words.inside[token.low] > 1):
        return _person(run, 0.6, "verb of speech", after if after in known.speech_verbs else before)
    if (
        token.low.startswith(("al-", "el-"))
        and token.low[3:] in known.family
        and token.low[3:] not in known.common
    ):
        return _person(run, 0.55, "Arabic article before a family name", token.text)
    return None
