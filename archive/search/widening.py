"""Other names of whom a word names: "Daesh" is a name of Islamic State, which has others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from archive.models import Alias, Entity
from archive.models.search_vector import entity_lexeme
from archive.search.query import Both, Either, Expression, Lexemes, Not, Query, Term, terms
from archive.text.names import normal_form

MOST_TERMS = 20  # of a query that names are looked up for
_MOST_ENTITIES = 3  # that one word may name


class Called(NamedTuple):
    """A word or phrase of a query, and somebody that it is a name of."""

    term: Term
    entity: Entity


def called(wanted: Sequence[Term]) -> list[Called]:
    """Whom the words and phrases of a query name exactly, those in most articles first."""
    forms: dict[str, Term] = {}
    for term in wanted[:MOST_TERMS]:
        if not term.where and not term.prefix and term.apart is None and (form := normal_form(term.printed)):
            forms.setdefault(form, term)
    rows = Alias.objects.filter(normal_form__in=forms, entity__in=Entity.objects.live())
    by_form: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
    for alias in rows.select_related("entity").order_by("-entity__article_count", "entity"):
        by_form[alias.normal_form].setdefault(alias.entity_id, alias.entity)
    return [
        Called(term, entity)
        for form, term in forms.items()
        for entity in list(by_form[form].values())[:_MOST_ENTITIES]
    ]


def widened(query: Query, entities: Iterable[Entity], named: Sequence[Called] | None = None) -> Query:
    """The query with every name of some entities standing for all names of the same entity.

    `named` is what `called` found for its words, if that is known already.
    """
    chosen = {entity.pk for entity in entities}
    if not chosen:
        return query
    also: defaultdict[Term, list[int]] = defaultdict(list)
    for one in called(terms(query.expression)) if named is None else named:
        if one.entity.pk in chosen:
            also[one.term].append(one.entity.pk)
    return query._replace(expression=_widened(query.expression, also)) if query.expression else query


def _widened(expression: Expression, also: Mapping[Term, Sequence[int]]) -> Expression:
    if isinstance(expression, Not):
        return Not(_widened(expression.part, also))
    if isinstance(expression, Both | Either):
        return type(expression)(tuple(_widened(part, also) for part in expression.parts))
    if isinstance(expression, Term) and expression in also:
        names = tuple(entity_lexeme(pk) for pk in also[expression])
        return Either((expression, Lexemes(names, f"any name of “{expression.printed}”")))
    return expression
