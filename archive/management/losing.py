"""What to say when the database cannot go on with an import: it is full, or it is gone."""

from __future__ import annotations

from django.core.management.base import CommandError


def lost(error: Exception) -> CommandError:
    """One sentence, with what to do."""
    reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
    if (getattr(error.__cause__, "sqlstate", None) or "").startswith("53"):  # insufficient resources
        return CommandError(
            f"The database has no room left ({reason}); what was imported until now is whole. Once there is "
            "room the same command goes on from there."
        )
    return CommandError(
        f"The database stopped answering ({reason}); what was imported until now is whole. Once it answers "
        "again the same command goes on from there."
    )
