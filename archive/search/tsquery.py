"""A query as PostgreSQL reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, permutations
from math import comb, factorial
from typing import Any

from django.db.models import BooleanField, F, Q
from django.db.models.expressions import Func

from archive.models.search_row import Tsquery
from archive.models.search_vector import BYLINE, HEADLINE
from archive.search.query import Both, Dated, Either, Expression, Lexemes, Not, Term, inside

# So many phrases are compared with a row sooner than its vector is unfolded in SQL.
_MOST_WAYS = 150

_NONE = "':none'"  # a lexeme that no article has


class Within(Func):
    """Whether some words stand within a number of places of each other, in any order."""

    output_field = BooleanField()
    template = """EXISTS (
        WITH place AS (
            SELECT wanted.number, spot FROM unnest(%(expressions)s) AS word
            JOIN unnest(%%s::text[]) WITH ORDINALITY AS wanted(form, number)
                ON word.lexeme = wanted.form
                OR (wanted.number = %%s AND starts_with(word.lexeme, wanted.form))
            CROSS JOIN unnest(word.positions) AS spot
        )
        SELECT 1 FROM place AS one WHERE %%s = (
            SELECT count(DISTINCT other.number) FROM place AS other
            WHERE other.spot BETWEEN one.spot AND one.spot + %%s
        ))"""

    def __init__(self, expression: Any, term: Term) -> None:
        super().__init__(expression)
        forms = tuple(dict.fromkeys(term.forms))
        assert term.apart is not None
        prefix = forms.index(term.forms[-1]) + 1 if term.prefix else 0
        self._parameters = [list(_marked(forms, term)), prefix, len(forms), len(forms) - 1 + term.apart]

    def as_sql(self, *arguments: Any, **options: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        sql, parameters = super().as_sql(*arguments, **options)
        return sql, [*parameters, *self._parameters]


def tsquery(expression: Expression) -> str:
    """The text of a tsquery. Folded words hold letters, digits and points only: nothing can be forged.

    Of an expression that `is_words` does not hold for, this is no whole account of it.
    """
    if isinstance(expression, Term):
        return _each(expression) if expression.apart is not None else _row(expression)
    if isinstance(expression, Lexemes):
        return "(" + (" | ".join(f"'{lexeme}'" for lexeme in expression.lexemes) or _NONE) + ")"
    if isinstance(expression, Not):
        return f"!({tsquery(expression.part)})"
    assert isinstance(expression, Both | Either), "names are resolved and dates are columns"
    sign = " & " if isinstance(expression, Both) else " | "
    return "(" + sign.join(tsquery(part) for part in expression.parts) + ")"


def conditions(expression: Expression, column: Any = None) -> list[Q]:
    """The conditions that together are the expression; what must occur together stays in one tsquery.

    Alternatives are conditions of their own: beside a filter the index then skips to what the filter allows.

    Args:
        expression: its names resolved.
        column: the vector, or an expression of it that keeps the index out.
    """
    parts = expression.parts if isinstance(expression, Both) else (expression,)
    plain = [part for part in parts if is_words(part) and not isinstance(part, Either)]
    others = [part for part in parts if part not in plain]
    found = [Q(_matches(tsquery(Both(tuple(plain))), column))] if plain else []
    return [*found, *(_condition(part, column) for part in others)]


def is_words(expression: Expression) -> bool:
    """Whether a tsquery alone says it all: no dates, and no words near each other."""
    if isinstance(expression, Dated):
        return False
    if isinstance(expression, Term):
        return expression.apart is None
    return all(is_words(part) for part in inside(expression))


def ranking(expression: Expression) -> str:
    """A tsquery of the words that are wanted: what an article is ranked by; "" without any."""
    if isinstance(expression, Term):
        # A headline's words are words of the article, too: so near and as heavy as they are there.
        word = expression._replace(where="") if expression.where == "title" else expression
        return tsquery(word)
    if isinstance(expression, Both | Either):
        parts = [found for part in expression.parts if (found := ranking(part))]
        sign = " & " if isinstance(expression, Both) else " | "
        return "(" + sign.join(parts) + ")" if parts else ""
    return ""


def _condition(expression: Expression, column: Any) -> Q:
    if is_words(expression):
        return Q(_matches(tsquery(expression), column))
    if isinstance(expression, Dated):
        return _dated(expression)
    if isinstance(expression, Term):
        return _near(expression, column)
    found = [_condition(part, column) for part in inside(expression)]
    whole = found[0]
    for one in found[1:]:
        whole = whole | one if isinstance(expression, Either) else whole & one
    return ~whole if isinstance(expression, Not) else whole


def _dated(dated: Dated) -> Q:
    """Never unknown: an article without a date is not in any period."""
    known = Q(published__isnull=False)
    if dated.bound == "from":
        return known & Q(published__gte=dated.period.start)
    return known & Q(published__lt=dated.period.end) if dated.period.end else known


class _Matches(Func):
    output_field = BooleanField()
    template = "%(expressions)s"
    arg_joiner = " @@ "


class _Checked(_Matches):
    """A match that no index is asked for, and that the planner expects of every second row."""

    template = "CASE WHEN %(expressions)s THEN true ELSE false END"


def _matches(text: str, column: Any, match: type[_Matches] = _Matches) -> Any:
    return match(column or F("vector"), Tsquery(text))


def _row(term: Term) -> str:
    lexemes = [f"'{form}'" for form in _marked(term.forms, term)]
    end = ":*" if term.prefix else ""
    row = "(" + " <-> ".join(lexemes) + end + ")"
    if not term.joined:
        return row
    (joined,) = _marked((term.joined,), term)
    return f"({row} | '{joined}'{end})"


def _near(term: Term, column: Any) -> Q:
    """The index finds the words, each row tells whether they are near: first every two of them, then all.

    In the index each of many phrases would be looked up word by word, whatever the words.
    """
    forms = tuple(dict.fromkeys(term.forms))
    begun = term.forms[-1] if term.prefix else None
    marked = [
        f"'{form}'" + (":*" if plain == begun else "")
        for form, plain in zip(_marked(forms, term), forms, strict=True)
    ]
    assert term.apart is not None
    widest = len(forms) - 1 + term.apart
    pairs = ("(" + " | ".join(phrases(pair, widest)) + ")" for pair in combinations(marked, 2))
    condition = Q(_matches(" & ".join(marked), column)) & Q(_matches(" & ".join(pairs), column, _Checked))
    if len(forms) < 3:
        return condition
    if factorial(len(forms)) * comb(widest, len(forms) - 1) <= _MOST_WAYS:
        return condition & Q(_matches(" | ".join(phrases(marked, widest)), column, _Checked))
    return condition & Q(Within(column or F("vector"), term))


def phrases(marked: Sequence[str], widest: int) -> Iterator[str]:
    """Words in every order, each at every distance from the one before that leaves room for the others."""
    for places in combinations(range(1, widest + 1), len(marked) - 1):
        gaps = [there - here for here, there in pairwise((0, *places))]
        for first, *others in permutations(marked):
            yield first + "".join(f" <{gap}> {word}" for gap, word in zip(gaps, others, strict=True))


def _each(term: Term) -> str:
    return "(" + " & ".join(f"'{form}'" for form in _marked(term.forms, term)) + ")"


def _marked(forms: tuple[str, ...], term: Term) -> tuple[str, ...]:
    """The forms as the index has them: those of headlines and bylines are marked."""
    mark = {"title": HEADLINE, "by": BYLINE}.get(term.where, "")
    return tuple(mark + form for form in forms)
