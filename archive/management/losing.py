"""What to say when the database cannot go on with an import: it is full, gone, or not set up yet."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db import ProgrammingError

_NOT_THERE = ("42P01", "42703")  # a table or a column that a migration makes


def lost(error: Exception) -> CommandError:
    """One sentence, with what to do."""
    reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if state in _NOT_THERE:
        return CommandError(
            "The database of the archive is not set up, or is older than this version; run `manage.py "
            "migrate` (`manage.py up` does it too), then the same command again."
        )
    if isinstance(error, ProgrammingError):
        raise error  # a mistake of this program
    if state.startswith("53"):  # insufficient resources
        return CommandError(
            f"The database has no room left ({reason}); what was imported until now is whole. Once there is "
            "room the same command goes on from there."
        )
    return CommandError(
        f"The database stopped answering ({reason}); what was imported until now is whole. Once it answers "
        "again the same command goes on from there."
    )
