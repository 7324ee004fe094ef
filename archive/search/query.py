"""What a visitor types, read as an expression: words, "phrases", prefix*, fields, operators and brackets.

Nothing typed is an error. What cannot be read as syntax is read as words, and a sentence says so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.models.search_vector import GAP, language_lexeme, primary_language
from archive.search.period import Period, period
from archive.search.tokens import FIELDS, Token, tokens
from archive.text.folding import words
from archive.text.types import Span

LONGEST_QUERY = 4_000  # characters; a pasted paragraph still fits
MOST_TERMS = 200
DEEPEST_NESTING = 20
MOST_APART = 50  # words between those of "two words"~5; far less than what lies between headline and body

_OTHER_FIELD = re.compile(r"([^\W\d_]{2,15}):(?!//)\S")
_NAMED = ("outlet", "person", "organisation", "event")


class Term(NamedTuple):
    """Words in a row. `joined` is the compound written as one word, which will do as well.

    `where` is "title" or "by" if they have to stand in the headline or the byline. With `apart` the words
    may stand in any order, with so many others between the first and the last of them.
    """

    forms: tuple[str, ...]
    printed: str
    joined: str = ""
    prefix: bool = False
    where: str = ""
    apart: int | None = None
    place: Span = Span(0, 0)


class Named(NamedTuple):
    """An outlet, person, organisation or event by words of its name."""

    field: str
    forms: tuple[str, ...]
    printed: str
    prefix: bool = False
    place: Span = Span(0, 0)


class Dated(NamedTuple):
    """Published `from` the beginning of a period on, or up `to` its end."""

    bound: str
    period: Period
    printed: str


class Lexemes(NamedTuple):
    """Articles with any of some filter lexemes; without a lexeme, none."""

    lexemes: tuple[str, ...]
    printed: str


class Not(NamedTuple):
    """What must not occur."""

    part: Expression


class Both(NamedTuple):
    """What must occur together."""

    parts: tuple[Expression, ...]


class Either(NamedTuple):
    """Of which one will do."""

    parts: tuple[Expression, ...]


Expression = Term | Named | Dated | Lexemes | Not | Both | Either


class Note(NamedTuple):
    """A sentence about how a query was read, and the query that says it otherwise."""

    text: str
    label: str = ""
    instead: str = ""


class Query(NamedTuple):
    """A query as read. `expression` is None if it holds no word; `notes` say what could not be read."""

    text: str
    expression: Expression | None
    notes: tuple[Note, ...]


def parse(text: str) -> Query:
    """Read what was typed. Never raises, whatever is typed."""
    whole = " ".join(text.replace("\x00", " ").split())
    reader = _Reader(whole[:LONGEST_QUERY])
    if len(whole) > LONGEST_QUERY:
        reader.note(f"Only the first {LONGEST_QUERY:,} characters were read.")
    expression = reader.read()
    return Query(whole[:LONGEST_QUERY], expression, tuple(reader.notes))


def terms(expression: Expression | None, *, wanted: bool = True) -> tuple[Term, ...]:
    """The terms that must or may occur (`wanted`), or those that must not."""
    if expression is None:
        return ()
    if isinstance(expression, Term):
        return (expression,) if wanted else ()
    if isinstance(expression, Not):
        return terms(expression.part, wanted=not wanted)
    return tuple(term for part in inside(expression) for term in terms(part, wanted=wanted))


def has_phrases(expression: Expression | None) -> bool:
    """Whether words have to stand in a row, or near each other, for an article to be found."""
    return any(len(term.forms) > 1 for term in terms(expression))


def inside(expression: Expression) -> tuple[Expression, ...]:
    """The parts of an expression; a leaf has none."""
    if isinstance(expression, Not):
        return (expression.part,)
    return expression.parts if isinstance(expression, Both | Either) else ()


class _Reader:
    """Recursive descent over the tokens; what has no meaning where it stands is passed over with a note."""

    def __init__(self, text: str) -> None:
        self.notes: list[Note] = []
        self._text = text
        self._tokens = self._bounded(text)
        self._place = 0

    def note(self, sentence: str, label: str = "", instead: str = "") -> None:
        if sentence not in [note.text for note in self.notes]:
            self.notes.append(Note(sentence, label, instead))

    def read(self) -> Expression | None:
        parts = []
        while self._place < len(self._tokens):
            if found := self._either(0, ""):
                parts.append(found)
            if self._next() == ")":
                self.note("A closing bracket without an opening one was passed over.")
                self._place += 1
        return _joined(Both, parts)

    def _bounded(self, text: str) -> list[Token]:
        found: list[Token] = []
        count = 0
        for token in tokens(text):
            count += token.kind in ("word", "phrase")
            if count > MOST_TERMS:
                self.note(f"Only the first {MOST_TERMS} words and phrases were searched.")
                break
            found.append(token)
        return found

    def _either(self, depth: int, field: str) -> Expression | None:
        parts = [self._both(depth, field)]
        while self._next() == "OR":
            self._place += 1
            parts.append(self._both(depth, field))
        if None in parts and len(parts) > 1:
            self.note("OR with nothing on one side was passed over.")
        return _joined(Either, [part for part in parts if part])

    def _both(self, depth: int, field: str) -> Expression | None:
        parts: list[Expression] = []
        while self._place < len(self._tokens) and self._next() not in ("OR", ")"):
            if self._next() == "AND":
                self._place += 1
            elif found := self._one(depth, field):
                parts.append(found)
        return _joined(Both, parts)

    def _one(self, depth: int, field: str) -> Expression | None:
        negated = False
        while self._next() == "NOT":
            negated = not negated
            self._place += 1
        while self._next() == "field":
            field = self._tokens[self._place].text
            self._place += 1
        found: Expression | None = None
        kind = self._next()
        if kind == "(":
            self._place += 1
            found = self._bracket(depth + 1, field)
        elif kind in ("word", "phrase", "open quote"):
            self._place += 1
            found = self._leaf(self._tokens[self._place - 1], field)
            negated &= kind != "open quote"
        if negated and not found:
            self.note("NOT with nothing after it was passed over.")
        return Not(found) if negated and found else found

    def _bracket(self, depth: int, field: str) -> Expression | None:
        if depth > DEEPEST_NESTING:
            self.note(f"Brackets deeper than {DEEPEST_NESTING} were passed over.")
            return None
        found = self._either(depth, field)
        if self._next() == ")":
            self._place += 1
        else:
            self.note("A bracket that was not closed ends where the query ends.")
        return found

    def _next(self) -> str:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else ""

    def _leaf(self, token: Token, field: str) -> Expression | None:
        if token.kind == "open quote":
            self.note("A quotation mark has no partner: the words after it were read one by one.")
            return None
        term = self._term(token)
        if not term or not field:
            return term
        name = FIELDS[field]
        if name in ("from", "to"):
            return self._dated(token, name) or term
        if name == "lang":
            return self._language(token) or term
        if name in _NAMED:
            return Named(name, term.forms, token.text.strip(), term.prefix, token.place)
        return term._replace(where=name)

    def _dated(self, token: Token, bound: str) -> Dated | None:
        try:
            return Dated(bound, period(token.text), token.text.strip())
        except ValueError as error:
            self.note(f"{str(error).removesuffix('.')}. It was searched as words.")
            return None

    def _language(self, token: Token) -> Lexemes | None:
        code = primary_language(token.text)
        if code:
            return Lexemes((language_lexeme(code),), f"in the language “{code}”")
        self.note(f"“{token.text[:40]}” is no code of a language, such as lang:en: it was searched as words.")
        return None

    def _term(self, token: Token) -> Term | None:
        printed = token.text.strip()
        found = words(printed)
        forms = tuple(word.form for word in found if word.length == 1)
        if not forms:
            if printed:
                self.note(f"“{printed[:40]}” holds no word and was passed over.")
            return None
        self._explain(token, forms)
        compound = next((word.form for word in found if word.length == len(forms) > 1), "")
        return Term(forms, printed, compound, token.prefix, "", self._apart(token, forms), token.place)

    def _explain(self, token: Token, forms: tuple[str, ...]) -> None:
        printed = token.text.strip()
        if token.kind == "word" and printed in ("or", "and", "not"):
            before, after = self._text[: token.place.start], self._text[token.place.end :]
            capital = printed.upper()
            self.note(
                f"“{printed}” was read as a word; the operator is {capital}.",
                f"Use {capital}",
                f"{before}{capital}{after}",
            )
        in_a_row = "“" + " ".join(forms)[:60] + "”"
        if token.kind == "word" and (field := _OTHER_FIELD.match(printed)):
            self.note(f"“{field.group(1)}:” is no field of a search: it was searched as words, {in_a_row}.")
        if "*" in printed.rstrip("*"):
            self.note(
                f"* counts only at the end of a word: “{printed[:40]}” was searched as words, {in_a_row}."
            )

    def _apart(self, token: Token, forms: tuple[str, ...]) -> int | None:
        if token.apart is None:
            return None
        if len(set(forms)) < 2:
            self.note(f"~ counts only after a phrase: “{token.text.strip()[:40]}” was searched as it stands.")
            return None
        if not token.apart:
            self.note("~ without a number was passed over.")
            return None
        wished = int(token.apart[:6])
        if wished > MOST_APART:
            self.note(f"~{wished} was read as ~{MOST_APART}, the farthest that words are searched apart.")
        return max(0, min(wished, MOST_APART, GAP - len(forms)))


def _joined(kind: type[Both] | type[Either], parts: list[Expression]) -> Expression | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
