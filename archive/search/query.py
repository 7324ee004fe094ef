"""What a visitor types, read as an expression: words, "phrases", prefix*, AND OR NOT, + and -, parentheses.

Nothing typed is an error. What cannot be read as syntax is read as words, and a sentence says so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.text.folding import words

LONGEST_QUERY = 2_000  # characters; a pasted paragraph still fits
MOST_TERMS = 100
DEEPEST_NESTING = 20

_TOKEN = re.compile(
    r"""(?P<sign>(?<![^\s(])[-+−](?=[^\s)]))"""
    r"""|(?P<quote>["“”„‟«»″])"""
    r"""|(?P<bracket>[()])"""
    r"""|(?P<run>[^\s()"“”„‟«»″]+)"""
)
_OPERATORS = {"AND", "OR", "NOT"}


class Term(NamedTuple):
    """Words in a row. `joined` is the compound written as one word, which will do as well."""

    forms: tuple[str, ...]
    printed: str
    joined: str = ""
    prefix: bool = False


class Not(NamedTuple):
    """What must not occur."""

    part: Expression


class Both(NamedTuple):
    """What must occur together."""

    parts: tuple[Expression, ...]


class Either(NamedTuple):
    """Of which one will do."""

    parts: tuple[Expression, ...]


Expression = Term | Not | Both | Either


class Query(NamedTuple):
    """A query as read. `expression` is None if it holds no word; `notes` say how it was read."""

    text: str
    expression: Expression | None
    notes: tuple[str, ...]


def parse(text: str) -> Query:
    """Read what was typed. Never raises, whatever is typed."""
    text = " ".join(text.replace("\x00", " ").split())
    reader = _Reader(text[:LONGEST_QUERY])
    if len(text) > LONGEST_QUERY:
        reader.note(f"Only the first {LONGEST_QUERY:,} characters were read.")
    expression = reader.read()
    return Query(text[:LONGEST_QUERY], expression, (*_explanations(expression), *reader.notes))


def terms(expression: Expression | None, *, wanted: bool = True) -> tuple[Term, ...]:
    """The terms that must or may occur (`wanted`), or those that must not."""
    if expression is None:
        return ()
    if isinstance(expression, Term):
        return (expression,) if wanted else ()
    if isinstance(expression, Not):
        return terms(expression.part, wanted=not wanted)
    return tuple(term for part in expression.parts for term in terms(part, wanted=wanted))


class _Token(NamedTuple):
    kind: str  # "term", "operator", "(" or ")"
    text: str
    term: Term | None = None


class _Reader:
    """Recursive descent over the tokens; what has no meaning where it stands is passed over with a note."""

    def __init__(self, text: str) -> None:
        self.notes: list[str] = []
        self._tokens = self._cut(text)
        self._place = 0
        self._terms = sum(token.kind == "term" for token in self._tokens)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def read(self) -> Expression | None:
        parts = []
        while self._place < len(self._tokens):
            if found := self._either(0):
                parts.append(found)
            if self._next() == ")":
                self.note("A closing bracket without an opening one was passed over.")
                self._place += 1
        return _joined(Both, parts)

    def _either(self, depth: int) -> Expression | None:
        parts = [self._both(depth)]
        while self._next() == "OR":
            self._place += 1
            parts.append(self._both(depth))
        if None in parts and len(parts) > 1:
            self.note("OR with nothing on one side was passed over.")
        return _joined(Either, [part for part in parts if part])

    def _both(self, depth: int) -> Expression | None:
        parts: list[Expression] = []
        while self._place < len(self._tokens) and self._next() not in ("OR", ")"):
            if self._next() == "AND":
                self._place += 1
            elif found := self._one(depth):
                parts.append(found)
        return _joined(Both, parts)

    def _one(self, depth: int) -> Expression | None:
        negated = False
        while self._next() == "NOT":
            negated = not negated
            self._place += 1
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        found: Expression | None = None
        if token and token.kind == "term":
            self._place += 1
            found = token.term
        elif token and token.kind == "(":
            self._place += 1
            found = self._bracket(depth + 1)
        if negated and not found:
            self.note("NOT with nothing after it was passed over.")
        return Not(found) if negated and found else found

    def _bracket(self, depth: int) -> Expression | None:
        if depth > DEEPEST_NESTING:
            self.note(f"Brackets deeper than {DEEPEST_NESTING} were passed over.")
            return None
        found = self._either(depth)
        if self._next() == ")":
            self._place += 1
        else:
            self.note("A bracket that was not closed ends where the query ends.")
        return found

    def _next(self) -> str:
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        return token.text if token and token.kind != "term" else ""

    def _cut(self, text: str) -> list[_Token]:
        """Brackets, operators and terms in order; a sign is written as the operator that it stands for."""
        tokens: list[_Token] = []
        place = count = 0
        while match := _TOKEN.search(text, place):
            place = match.end()
            kind, printed = match.lastgroup, match.group()
            if kind == "bracket":
                tokens.append(_Token(printed, printed))
            elif kind == "sign":
                tokens += [_Token("operator", "NOT")] if printed != "+" else []
            elif kind == "run" and printed in _OPERATORS:
                tokens.append(_Token("operator", printed))
            else:
                if kind == "quote":
                    printed, place = self._phrase(text, place)
                count += 1
                tokens += self._term(printed, phrase=kind == "quote") if count <= MOST_TERMS else []
        if count > MOST_TERMS:
            self.note(f"Only the first {MOST_TERMS} words and phrases were searched.")
        return tokens

    def _phrase(self, text: str, start: int) -> tuple[str, int]:
        """The words up to the closing mark and the place after it; without one, nothing of a phrase."""
        closing = re.compile(r'["“”„‟«»″]').search(text, start)
        if closing is None:
            self.note("A quotation mark has no partner: the words after it were read one by one.")
            return "", start
        return text[start : closing.start()], closing.end()

    def _term(self, printed: str, *, phrase: bool) -> list[_Token]:
        found = words(printed)
        forms = tuple(word.form for word in found if word.length == 1)
        if not forms:
            if printed.strip():
                self.note(f"“{printed.strip()[:40]}” holds no word and was passed over.")
            return []
        if not phrase and printed in ("or", "and", "not"):
            self.note(f"“{printed}” was read as a word; the operator is {printed.upper()}.")
        compound = next((word.form for word in found if word.length == len(forms) > 1), "")
        term = Term(forms, printed.strip(), compound, prefix=printed.rstrip().endswith("*"))
        return [_Token("term", printed, term)]


def _joined(kind: type[Both] | type[Either], parts: list[Expression]) -> Expression | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _explanations(expression: Expression | None) -> list[str]:
    """How a query that says more than one word was read."""
    found = []
    wanted = terms(expression)
    if isinstance(expression, Both) and len(wanted) > 1:
        found.append("An article has to hold all of these words, in its headline or its text.")
    if any(isinstance(part, Either) for part in _parts(expression)):
        found.append("OR means that either side will do.")
    for term in wanted:
        if term.prefix:
            found.append(f"{term.printed} finds every word that begins so.")
        elif len(term.forms) > 1:
            found.append(f"“{term.printed.strip('*')}” is a phrase: these words in this order.")
    without = terms(expression, wanted=False)
    if without:
        found.append("Left out: articles with " + ", ".join(f"“{term.printed}”" for term in without) + ".")
    return found


def _parts(expression: Expression | None) -> list[Expression]:
    if expression is None or isinstance(expression, Term):
        return []
    inside = (expression.part,) if isinstance(expression, Not) else expression.parts
    return [expression, *(found for part in inside for found in _parts(part))]
