"""Rows of the archive's tables as PostgreSQL's COPY reads them, in files whose first line is the statement.
Columns that a row leaves out get the default of their model field, so that a new column of the archive needs
no change here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Table:
    """One table: `line` makes a row of the values by column, `statement` copies such rows; `defaults` are the
    values of columns that a row leaves out."""

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.db_table
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self._arrays = {field.column for field in fields if isinstance(field, ArrayField)}
        self.defaults = {field.column: _default(field) for field in fields}

    @property
    def statement(self) -> str:
        columns = ", ".join(f'"{column}"' for column in self.defaults)
        return f"COPY {self.name} ({columns}) FROM STDIN"

    def file(self, folder: Path, part: int = 0) -> TextIO:
        """A new file for rows of this table, begun with the statement that copies them."""
        opened = (folder / f"{self.name}.{part}.rows").open("w")
        opened.write(self.statement + "\n")
        return opened

    def line(self, values: Mapping[str, Any]) -> str:
        """A row with these values by column.

        Raises:
            KeyError: the table has no such column.
        """
        unknown = values.keys() - self.defaults.keys()
        if unknown:
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        cells = (
            copied(values[column], array=column in self._arrays) if column in values else default
            for column, default in self.defaults.items()
        )
        return "\t".join(cells) + "\n"


def copied(value: Any, *, array: bool = False) -> str:
    """One value as COPY reads it: a list is an array of numbers and plain words, or JSON."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    if array:
        return "{" + ",".join(f'"{one}"' for one in value) + "}"
    if isinstance(value, list | dict):
        value = json.dumps(value)
    text = str(value).replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace("\t", "\\t").replace("\r", "\\r")


def _default(field: models.Field[Any, Any]) -> str:
    if field.primary_key and isinstance(field, models.AutoField | models.BigAutoField):
        return "\\N"  # always given
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return "2017-04-18T00:00:00+00:00"
    if field.has_db_default() and not field.null:
        return copied(getattr(field.db_default, "value", field.db_default))
    default = field.get_default()
    return copied(default, array=isinstance(field, ArrayField))
