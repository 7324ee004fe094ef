"""The backend's own rules, on the connection that every test uses."""

import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection

from archive.database.problems import DatabaseProblem


def test_a_server_too_old_is_told_with_the_mend(db, monkeypatch):
    monkeypatch.setattr(connection, "get_database_version", lambda: (14, 9))
    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 14\.9.*needs 15.*DATABASE_URL"):
        connection.check_database_version_supported()


def test_the_oldest_server_that_will_do_is_accepted(db, monkeypatch):
    monkeypatch.setattr(connection, "get_database_version", lambda: (15, 0))
    connection.check_database_version_supported()


def test_a_problem_is_printed_by_commands_and_understood_by_django():
    problem = DatabaseProblem("Mend it.")
    assert isinstance(problem, CommandError)
    assert isinstance(problem, OperationalError)
    assert (str(problem), problem.returncode) == ("Mend it.", 1)
