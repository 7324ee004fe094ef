"""DATABASE_URL, read."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.database.url import database_from_url


def test_every_part_is_read():
    read = database_from_url("postgresql://an%40na:p%3Ass@db.example:6543/the%20news?sslmode=require")
    assert (read["NAME"], read["USER"], read["PASSWORD"]) == ("the news", "an@na", "p:ss")
    assert (read["HOST"], read["PORT"]) == ("db.example", "6543")
    assert read["OPTIONS"]["sslmode"] == "require"
    assert "FOLDER" not in read


def test_a_name_alone_is_enough():
    read = database_from_url("postgres:///news")
    assert (read["NAME"], read["USER"], read["HOST"], read["PORT"]) == ("news", "", "", "")


def test_the_host_may_be_a_socket_folder():
    assert database_from_url("postgresql:///news?host=/run/postgresql")["HOST"] == "/run/postgresql"
    assert database_from_url("postgresql://%2Frun%2Fpostgresql/news")["HOST"] == "/run/postgresql"


def test_the_time_to_connect_is_bounded_unless_given():
    assert database_from_url("postgresql:///news")["OPTIONS"]["connect_timeout"] == "10"
    assert database_from_url("postgresql:///news?connect_timeout=2")["OPTIONS"]["connect_timeout"] == "2"


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///news.db",
        "mysql://host/news",
        "news",
        "postgresql://host",
        "postgresql://host/",
        "postgresql://host:many/news",
    ],
)
def test_other_addresses_are_refused_in_one_sentence_without_the_password(address):
    with pytest.raises(
        ImproperlyConfigured, match=r"^DATABASE_URL .*postgresql://user:password@host"
    ) as refusal:
        database_from_url(address.replace("://", "://me:secret@"))
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
