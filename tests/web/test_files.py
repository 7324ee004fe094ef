"""The articles of a search as a file, asked for as a browser does."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils.timezone import now

from archive.exports.matching import FORMATS
from archive.models import Article, SearchRow
from archive.web import files
from tests.archive_factory import make_article
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

ROWS = 100_000


@pytest.fixture
def bridges():
    """Hold two articles about a bridge."""
    make_article("Bridge one")
    make_article("Bridge two", published=datetime(2018, 1, 1, tzinfo=UTC))
    make_article("Harbour", "Ships.")
    index()


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_says_in_its_headers_what_it_is(client, bridges, format):
    response = client.get(f"/search/articles.{format}?q=bridge&from=2018&page=3")
    assert response["Content-Type"] == FORMATS[format].media_type
    assert response["Content-Disposition"].endswith(f'-{now():%Y-%m-%d}.{format}"')
    assert response["X-Parallax-Count"] == "1"
    assert response["X-Parallax-Query"] == "http://testserver/search/?q=bridge&from=2018"
    assert response["X-Robots-Tag"] == "noindex"
    assert body(response)


def test_what_the_file_says_of_itself_can_be_left_out(client, bridges):
    assert body(client.get("/search/articles.csv?q=bridge")).startswith(
        b"# query: http://testserver/search/?q=b"
    )
    assert body(client.get("/search/articles.csv?q=bridge&about=0")).startswith(b"id,path,")


def test_a_query_cannot_break_out_of_the_header(client, bridges):
    typed = "bridge\r\nX-Evil: 1 @article{x} \u2028 # é"
    for format in FORMATS:
        response = client.get(f"/search/articles.{format}", {"q": typed, "outlet": "\n=1+1"})
        assert "X-Evil" not in response.headers
        said = response["X-Parallax-Query"]
        assert said.isascii()
        assert not set(said) & set("\r\n @{}#")
        body(response)


def test_an_unknown_format_is_not_found(client, bridges):
    assert client.get("/search/articles.exe").status_code == 404


def test_head_holds_no_place_and_has_no_body(client, bridges):
    for _ in range(files.MOST_AT_ONCE + 1):
        response = client.head("/search/articles.csv?q=bridge")
        assert (response.status_code, response.content, response["X-Parallax-Count"]) == (200, b"", "2")


def test_only_so_many_files_at_once_and_a_place_comes_back_however_reading_ends(
    client, bridges, one_connection
):
    taken = [client.get("/search/articles.csv") for _ in range(files.MOST_AT_ONCE)]
    refused = client.get("/search/articles.csv")
    assert (refused.status_code, refused["Retry-After"]) == (503, str(files.SECONDS_TO_WAIT))
    next(iter(taken[0].streaming_content))
    for response in reversed(taken):  # moments inside each other, as only one connection has them
        response.close()
    assert body(client.get("/search/articles.csv"))


def test_a_place_comes_back_when_the_search_fails(client, bridges, monkeypatch):
    def broken(*arguments, **named):
        raise RuntimeError("no")

    monkeypatch.setattr(files, "matching", broken)
    for _ in range(files.MOST_AT_ONCE + 1):
        with pytest.raises(RuntimeError):
            client.get("/search/articles.csv")


def test_a_hundred_thousand_rows_have_a_hundred_thousand_rows(client):
    pattern = make_article("Bridge")
    index()
    copies = ROWS - 1
    multiply(Article, f"id = {pattern.pk}", copies, id="nextval(pg_get_serial_sequence('{table}', 'id'))")
    multiply(SearchRow, f"article_id = {pattern.pk}", copies, article_id=f"{pattern.pk} + n")
    response = client.get("/search/articles.ris?q=bridge")
    assert response["X-Parallax-Count"] == str(ROWS)
    assert sum(piece.count(b"ER  - ") for piece in response.streaming_content) == ROWS


def multiply(model, condition, copies, **changed):
    """Copy one row so often; `changed` are columns that differ, in SQL, where n counts the copies."""
    table = model._meta.db_table
    changed = {**changed, **({"content_key": "lpad(n::text, 64, '0')"} if model is Article else {})}
    columns = {field.column: changed.get(field.column, field.column) for field in model._meta.concrete_fields}
    values = ", ".join(f"{value}".format(table=table) for value in columns.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {values} FROM {table}, generate_series(1, {copies}) AS n WHERE {condition}"
        )
