"""What tests of pages share."""

import pytest
from django.db import connection


@pytest.fixture
def one_connection(monkeypatch) -> None:
    """Keep the test's connection and transaction where Django's test client does not see a request end."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
