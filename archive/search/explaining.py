"""How a query was read, in sentences, each with the query that says it otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from archive.search.query import (
    Both,
    Dated,
    Either,
    Expression,
    Lexemes,
    Named,
    Not,
    Note,
    Query,
    Term,
    inside,
    terms,
)

LONGEST = 12  # words that are named one by one


def explanations(query: Query) -> tuple[Note, ...]:
    """What a query means that says more than one word."""
    expression = query.expression
    if expression is None:
        return ()
    return (*_combined(query, expression), *_terms(query), *_excluded(expression))


def written(expression: Expression, *, within: bool = False) -> str:
    """An expression as it was read, with every operator and bracket: (harbour AND bridge) OR port."""
    if isinstance(expression, Not):
        return f"NOT {written(expression.part, within=True)}"
    if isinstance(expression, Both | Either):
        sign = " AND " if isinstance(expression, Both) else " OR "
        row = sign.join(written(part, within=True) for part in expression.parts)
        return f"({row})" if within else row
    return _leaf(expression)


def _leaf(leaf: Expression) -> str:
    if isinstance(leaf, Term):
        phrase = f'"{leaf.printed}"' if len(leaf.forms) > 1 else leaf.printed
        near = "" if leaf.apart is None else f"~{leaf.apart}"
        return f"{leaf.where}:{phrase}{near}" if leaf.where else phrase + near
    if isinstance(leaf, Named):
        return f"{leaf.field}:{leaf.printed}"
    if isinstance(leaf, Dated):
        return f"{leaf.bound}:{leaf.printed}"
    assert isinstance(leaf, Lexemes)
    return leaf.printed


def _combined(query: Query, expression: Expression) -> Iterator[Note]:
    kinds = {type(part) for part in _every(expression)}
    if Either in kinds:
        as_words = " ".join("or" if piece == "OR" else piece for piece in query.text.split(" "))
        short = written(expression)
        read = (
            f"Read as {short}" if len(short) <= 300 else f"Read as {len(terms(expression))} words and phrases"
        )
        yield Note(f"{read}. OR: either side will do.", "Read OR as a word", as_words)
    elif isinstance(expression, Both) and len(terms(expression)) > 1:
        yield Note("An article has to hold all of these words, in its headline or its text.")


def _terms(query: Query) -> Iterator[Note]:
    wanted = terms(query.expression)
    for term in wanted[:LONGEST]:
        place = {"title": " in the headline", "by": " in the byline"}.get(term.where, "")
        shown = term.printed.strip("*")
        if term.apart is not None:
            others = f"at most {term.apart} other words" if term.apart else "no other word"
            yield Note(
                f"“{shown}”~{term.apart}: these words in any order, with {others} between them{place}."
            )
        elif len(term.forms) > 1 and query.text[slice(*term.place)][:1] not in ("", *shown[:1]):
            yield Note(
                f"“{shown}” is a phrase: these words in this order{place}.", *_apart_instead(query, term)
            )
        elif len(term.forms) > 1:
            also = f", or as one word “{term.joined}”" if term.joined else ""
            yield Note(f"“{shown}” was searched as words in a row: {' '.join(term.forms)}{also}{place}.")
        elif place:
            yield Note(f"“{shown}” has to stand{place}.")
        if term.prefix:
            yield Note(f"{shown}* finds every word that begins so.")
    if len(wanted) > LONGEST:
        yield Note(f"And {len(wanted) - LONGEST} more words and phrases, read likewise.")


def _apart_instead(query: Query, term: Term) -> tuple[str, str]:
    """The phrase as words of their own; under a field they go into a bracket."""
    before, after = query.text[: term.place.start], query.text[term.place.end :]
    row = f"({term.printed})" if before.endswith((":", "-")) else term.printed
    return "Words apart", f"{before}{row}{after}"


def _excluded(expression: Expression) -> Iterator[Note]:
    without = terms(expression, wanted=False)
    if without:
        shown = ", ".join(f"“{term.printed}”" for term in without[:LONGEST])
        more = f" and {len(without) - LONGEST} more" if len(without) > LONGEST else ""
        yield Note(f"Left out: articles with {shown}{more}.")


def _every(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in inside(expression):
        yield from _every(part)
