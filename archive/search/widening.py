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
    also = _also(query, entities, called(terms(query.expression)) if named is None else named)
    return _written(query, {term: Either((term, names)) for term, names in also.items()})


def under_other_names(query: Query, entity: Entity, named: Sequence[Called]) -> Query | None:
    """The query for any name of an entity in place of the one word that names it.

    With `widened` it finds what the query finds and this; None where more than one word names the entity.
    """
    also = _also(query, [entity], named)
    wanted = terms(query.expression)
    if len(also) != 1 or any(wanted.count(term) != 1 for term in also):
        return None
    return _written(query, dict(also))


def _also(query: Query, entities: Iterable[Entity], named: Sequence[Called]) -> dict[Term, Lexemes]:
    """By term of the query, any name of those of the entities that it names."""
    chosen = {entity.pk for entity in entities}
    also: defaultdict[Term, list[int]] = defaultdict(list)
    for one in named if chosen else ():
        if one.entity.pk in chosen:
            also[one.term].append(one.entity.pk)
    return {
        term: Lexemes(tuple(entity_lexeme(pk) for pk in pks), f"any name of “{term.printed}”")
        for term, pks in also.items()
    }


def _written(query: Query, instead: Mapping[Term, Expression]) -> Query:
    expression = query.expression and _replaced(query.expression, instead)
    return query._replace(expression=expression)


def _replaced(expression: Expression, instead: Mapping[Term, Expression]) -> Expression:
    if isinstance(expression, Not):
        return Not(_replaced(expression.part, instead))
    if isinstance(expression, Both | Either):
        return type(expression)(tuple(_replaced(part, instead) for part in expression.parts))
    return instead.get(expression, expression) if isinstance(expression, Term) else expression
