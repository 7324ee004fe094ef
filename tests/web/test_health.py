"""The page for health checks."""

from django.db import OperationalError, connection


def test_it_says_ok_while_the_database_answers(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_says_503_and_no_reason_while_the_database_does_not(client, db, monkeypatch):
    def refuse():
        raise OperationalError("password of the database: secret")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "ensure_connection", refuse)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"secret" not in answer.content
