"""What is told to whoever starts the archive when its database cannot be reached."""

from django.core.management import CommandError
from django.db import OperationalError


class DatabaseProblem(OperationalError, CommandError):
    """One sentence that says what is wrong with the database and what mends it.

    It is a `CommandError`, so that every command prints the sentence and no traceback, and an
    `OperationalError`, so that Django treats it as a database that cannot be reached.
    """
