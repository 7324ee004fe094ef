"""A query as PostgreSQL reads it."""

from __future__ import annotations

from archive.search.query import Both, Either, Expression, Not, Term


def tsquery(expression: Expression) -> str:
    """The text of a tsquery. Folded words hold letters, digits and points only: nothing can be forged."""
    if isinstance(expression, Term):
        return _term(expression)
    if isinstance(expression, Not):
        return f"!({tsquery(expression.part)})"
    sign = " & " if isinstance(expression, Both) else " | "
    assert isinstance(expression, Both | Either)
    return "(" + sign.join(tsquery(part) for part in expression.parts) + ")"


def _term(term: Term) -> str:
    ending = ":*" if term.prefix else ""
    lexemes = [f"'{form}'" for form in term.forms]
    row = "(" + " <-> ".join([*lexemes[:-1], lexemes[-1] + ending]) + ")"
    return f"({row} | '{term.joined}'{ending})" if term.joined else row
