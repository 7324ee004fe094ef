"""`key__any_of=keys`: one of many values, sent to the database as one array.

Django's `in` makes a parameter of each value. With tens of thousands of them, preparing the statement takes
longer than answering it, and PostgreSQL takes no more than 65,535 parameters.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.sql.compiler import SQLCompiler


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):  # type: ignore[type-arg]  # generic in the stubs only
    """Whether a value is one of a collection of values of its own type."""

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Collection[Any]) -> None:
        super().__init__(lhs, list(rhs))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """`column = ANY(array)`, the array cast to the column's type so that an empty one has one, too."""
        sql, parameters = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        values = numbers(self.rhs) or [field.get_prep_value(value) for value in self.rhs]
        return f"{sql} = ANY(%s::{field.cast_db_type(connection)}[])", [*parameters, values]


def numbers(values: Collection[Any]) -> str:
    """Whole numbers as PostgreSQL writes an array of them; "" if others are among them.

    The driver writes a list value by value, which takes ten times as long.
    """
    return "{" + ",".join(map(str, values)) + "}" if set(map(type, values)) == {int} else ""
