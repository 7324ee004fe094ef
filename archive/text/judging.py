"""What a run of capitalised words is: the rules in their order, from the surest to the weakest."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archive.text import organisations, persons, titles
from archive.text.candidates import Candidate, Run, is_acronym
from archive.text.nametokens import Token, Words
from archive.text.splitting import pieces
from archive.text.types import Kind

_LONGEST_PERSON = 4  # words of a name that follows another one directly
Rule = Callable[[Words, Run], Candidate | None]

# What a run of several words is asked first.
_FIRST_RULES: tuple[Rule, ...] = (
    organisations.by_newspaper,
    organisations.by_club,
    organisations.by_ampersand,
    organisations.by_head_word,
    organisations.by_opening_word,
    organisations.by_compound,
    organisations.by_inner_word,
)
_MIDDLE_RULES: tuple[Rule, ...] = (
    organisations.by_compound,
    organisations.by_noun_after,
    organisations.by_apposition,
    organisations.by_acronym,
)
# The rules for what is left when head words, places and acronyms have been tried.
_LAST_RULES: tuple[Rule, ...] = (
    persons.by_two_syllables,
    persons.by_initials,
    persons.by_list_and_context,
    persons.by_role_before,
    organisations.by_kind_before,
    persons.by_single_word,
)
_ENDS_LIKE_A_TITLE = frozenset({"general", "house", "chief"})


def judge(words: Words, run: Run) -> list[Candidate]:
    """Candidates of one trimmed run; a candidate without kind says that the run names neither."""
    first = words.tokens[run.first]
    a_ship = first.low in words.lexicon.ship_prefixes and first.text.isupper()  # "MS Maren", not "Ms Maren"
    if a_ship and run.last - run.first > 1:
        return [_nothing(run, "name of a ship")]
    return [candidate for piece in pieces(words, run) for candidate in _judge_piece(words, piece)]


def _judge_piece(words: Words, run: Run) -> list[Candidate]:
    run = _without_dates(words, run)
    if run.first >= run.last:
        return []
    title = titles.last_title(words, run)
    if title is not None:
        judged = _judge_titled(words, run, title)
        if judged is not None:
            return judged
    return _judge_plain(words, run)


def _model_after_body(words: Words, place: int) -> bool:
    """Whether a word is what something is called by number, after its owner: "Air Force C-130"."""
    text = words.tokens[place].text
    mixed = any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)
    return mixed and words.tokens[place - 1].low in words.lexicon.heads


def _without_dates(words: Words, run: Run) -> Run:
    tokens, known = words.tokens, words.lexicon
    first, last = run
    while first < last and (tokens[first].text in {".", "&", "-", "'", "/"} or _small(words, first)):
        first += 1
    while first < last - 1 and tokens[first].low in known.dates:
        first += 1
    while last - 1 > first and (
        tokens[last - 1].low in known.dates or _small(words, last - 1) or _model_after_body(words, last - 1)
    ):
        last -= 1
    return Run(first, last)


def _small(words: Words, place: int) -> bool:
    token, known = words.tokens[place], words.lexicon
    return not token.capital and token.low in known.connectors and token.low not in known.particles


def _judge_titled(words: Words, run: Run, title: int) -> list[Candidate] | None:
    """Judges a run with a title, or None where the title decides nothing."""
    tokens, known = words.tokens, words.lexicon
    ends_as_organisation = tokens[run.last - 1].low in known.heads
    if title < run.last - 1 and not ends_as_organisation:
        if tokens[title].low in known.offices and tokens[title + 1].low in {"of", "for"}:
            return _judge_office(words, run, title)
        person = titles.titled_person(words, run, title)
        if person:
            return [*titles.before_title(words, Run(run.first, title)), person]
    if run.last - run.first == 1:
        return (
            [_nothing(run, "title")]
            if tokens[run.first].opens or tokens[run.first].low not in known.family
            else None
        )
    if title == run.last - 1 and tokens[title].low not in _ENDS_LIKE_A_TITLE:
        return titles.before_title(words, Run(run.first, run.last - 1))
    return None


def _judge_office(words: Words, run: Run, title: int) -> list[Candidate]:
    before = titles.before_title(words, Run(run.first, title))
    person = titles.person_after_office(words, run, title)
    if person:
        detail = words.printed(run.first, person.first)
        return [*before, Candidate(*person, Kind.PERSON, 0.85, "title before the name", detail)]
    first = title + 2
    while first < run.last and _small(words, first):
        first += 1
    return before + (_judge_piece(words, Run(first, run.last)) if first < run.last else [])


def _judge_plain(words: Words, run: Run) -> list[Candidate]:
    return _judge_word(words, run) if run.last - run.first == 1 else _judge_several(words, run)


def _judge_word(words: Words, run: Run) -> list[Candidate]:
    known, low = words.lexicon, words.tokens[run.first].low
    if low in known.months or len(low) < 2:
        return [_nothing(run, "month, day or letter")]
    found = _by_place(words, run) or _first(_MIDDLE_RULES, words, run)
    if found:
        return [found]
    if low in known.demonyms:
        return []
    return [_first(_LAST_RULES, words, run) or _nothing(run, "unknown")]


def _judge_several(words: Words, run: Run) -> list[Candidate]:
    tokens, known = words.tokens, words.lexicon
    name = _person_at_end(words, run)
    if name:
        return [*_judge_plain(words, Run(run.first, name.first)), *_judge_plain(words, name)]
    printed = words.printed(*run)
    if printed.lower() in known.places:
        return [Candidate(*run, None, 0.75, "place", printed)]
    found = _first(_FIRST_RULES, words, run) or _by_place(words, run) or _first(_MIDDLE_RULES, words, run)
    if found:
        return [found]
    opening = tokens[run.first]
    named_after = tokens[run.first + 1].low in known.given
    if named_after and "." not in opening.text and is_acronym(words, run.first):
        word = Run(run.first, run.first + 1)
        acronym = Candidate(*word, Kind.ORGANISATION, 0.7, "acronym before a name", opening.text)
        return [acronym, *_judge_piece(words, Run(run.first + 1, run.last))]
    if opening.low in known.demonyms and not _given_like_demonym(words, run):
        return _after_demonym(words, run)
    return [_first(_LAST_RULES, words, run) or _nothing(run, "unknown")]


def _first(rules: Iterable[Rule], words: Words, run: Run) -> Candidate | None:
    """What the first of the rules says that says anything."""
    for rule in rules:
        found = rule(words, run)
        if found:
            return found
    return None


def _person_at_end(words: Words, run: Run) -> Run | None:
    """Where a person's name begins after that of a place or organisation: "Refugee Council Enver Doe"."""
    tokens, known = words.tokens, words.lexicon
    for place in range(run.first + 1, run.last - 1):
        given = tokens[place].low in known.given and tokens[place].low not in known.common
        if not given or not _name_ends(words, run, place):
            continue
        rest = Run(place, run.last)
        length = run.last - place - _middle_initial(words, place)
        if length <= _LONGEST_PERSON and persons.could_be_name(words, rest):
            surnames = tokens[place + 1 : run.last]
            return rest if any(persons.namey(words, token.low) for token in surnames) else None
    return None


def _name_ends(words: Words, run: Run, place: int) -> bool:
    """Whether another name than a person's ends before this place of the run."""
    tokens, known = words.tokens, words.lexicon
    before = tokens[place - 1].low
    if before in known.heads and before not in known.family:
        return True
    if words.printed(run.first, place).lower() in known.places or (
        place > run.first + 1 and before in known.places
    ):
        return True
    opening = tokens[run.first].low
    if opening in known.demonyms and opening not in known.given and place == run.first + 1:
        return True
    if _middle_initial(words, place):
        return True
    if not tokens[place - 1].capital or words.printed(place, run.last).lower() in known.places:
        return False
    described = all(_describes(words, token) for token in tokens[run.first : place])
    return run.last - place == 2 and described


def _describes(words: Words, token: Token) -> bool:
    """Whether a word before a person's name says what they are: "Navy SEAL", "Texas Republican"."""
    known = words.lexicon
    if token.low in known.common or sum(letter.isupper() for letter in token.text) > 1:
        return True
    return token.low not in known.given and (token.low in known.places or token.low in known.demonyms)


def _middle_initial(words: Words, place: int) -> bool:
    text = words.tokens[place + 1].text
    return len(text) == 2 and text[1] == "."


def _by_place(words: Words, run: Run) -> Candidate | None:
    tokens, known = words.tokens, words.lexicon
    first, last = run
    name = words.printed(first, last).lower()
    opening, ending = tokens[first].low, tokens[last - 1].low
    if name in known.countries:
        return Candidate(first, last, None, 0.75, "country", name)
    after_preposition = first > 0 and tokens[first - 1].low in known.place_prepositions
    if name in known.places:
        shouted = tokens[first].text.isupper()
        personal = last - first == 1 and opening in known.family and not (after_preposition or shouted)
        speaks = last < len(tokens) and tokens[last].low in known.speech_verbs
        if not personal and not (speaks and opening in known.family):
            return Candidate(first, last, None, 0.65, "place", name)
    personal = opening in known.given and ending in known.family and opening not in known.places
    thing = ending in known.thing_heads and ending not in known.family
    if last - first > 1 and (thing or (ending in known.place_heads and not personal)):
        return Candidate(first, last, None, 0.65, "head word of places and things", ending)
    if last - first > 1 and opening in known.place_starts and not personal:
        return Candidate(first, last, None, 0.6, "opening word of places", opening)
    return None


def _given_like_demonym(words: Words, run: Run) -> bool:
    """ "Christian Wulff", "Roman Herzog": a given name that is also the name of a people or faith."""
    tokens, known = words.tokens, words.lexicon
    following = tokens[run.first + 1].low if run.last - run.first > 1 else ""
    return tokens[run.first].low in known.given and following != "" and following not in known.common


def _after_demonym(words: Words, run: Run) -> list[Candidate]:
    """ "Syrian Bashar Assad": a name after the adjective of its people."""
    tokens, known = words.tokens, words.lexicon
    ending = tokens[run.last - 1].low
    if run.last - run.first <= 4 and (ending in known.given or ending in known.family):
        return _judge_piece(words, Run(run.first + 1, run.last))
    return [_nothing(run, "adjective of a people")]


def _nothing(run: Run, why: str) -> Candidate:
    return Candidate(run.first, run.last, None, 0.2, why, "")
