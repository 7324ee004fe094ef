"""What a search of the API can be asked: the choices of the search page, by the same names.

The page passes over what it cannot read and says so; the API refuses it, since no program reads such notes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.forms import MultipleHiddenInput
from django.http import QueryDict
from ninja import Field
from pydantic import create_model

from archive.search.filters import MOST_CHOICES, ArticleFilter, PeriodField, RowsField, WordsField
from archive.search.matching import Matching
from archive.search.query import LONGEST_QUERY
from archive.web.api.parts import Paging
from archive.web.api.problems import Unreadable

LARGEST_ID = 2**63 - 1
_DATE = r"^(\d{4}(-\d{1,2}(-\d{1,2})?)?)?$"

Number = Annotated[int, Field(ge=1, le=LARGEST_ID)]


def _typed(name: str) -> tuple[Any, Any]:
    """The type of a choice, from the field that reads it on the search page."""
    read = ArticleFilter.base_filters[name].field_class
    if issubclass(read, RowsField):
        return list[Number], Field([], max_length=MOST_CHOICES, description="ids; several may be given")
    if issubclass(read, PeriodField):
        return str, Field("", pattern=_DATE, alias=name, description="2017-04-18, 2017-04 or 2017")
    if issubclass(read.widget, MultipleHiddenInput):
        return list[str], Field([], max_length=MOST_CHOICES, description="several may be given")
    said = "as typed into the search box" if issubclass(read, WordsField) else "as on the search page"
    return str, Field("", max_length=LONGEST_QUERY, description=said)


# "from" is a word of Python: the parameter keeps its name, the field gets another.
SearchParameters = create_model(
    "SearchParameters",
    __base__=Paging,
    sort=(Literal["newest", "oldest", "relevance"], "newest"),
    **{f"{name}_" if name == "from" else name: _typed(name) for name in ArticleFilter.base_filters},
)


def refuse_unreadable(sent: QueryDict, found: Matching) -> None:
    """Raise Unreadable for a parameter that does not exist, or a choice that the archive does not know."""
    known = {*ArticleFilter.base_filters, *Paging.model_fields, "sort"}
    unknown = [f"{name[:40]}: there is no such parameter." for name in sent if name not in known]
    problems = ArticleFilter(sent, queryset=found.rows).problems()
    if unknown or problems:
        raise Unreadable([*unknown, *problems])
