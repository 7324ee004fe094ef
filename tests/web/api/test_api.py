"""The API, asked as a program asks it."""

import json
from importlib.metadata import version

import pytest
from django.urls import reverse

from archive.models import Article, Entity, Event, Outlet
from archive.search.matching import matching
from archive.web.api.parts import MOST
from archive.web.api.rate import A_MINUTE, Rate, client_of
from tests.archive_factory import make_article, make_entity
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

OF_ONE = ["articles", "people", "organisations", "outlets", "events", "comparisons"]
LISTS = ["search", "articles", "people", "organisations", "outlets", "events"]


def ask(client, path, status=200, **asked):
    """Return the JSON of an answer, having checked its status and its media type."""
    response = client.get(f"/api/{path}", asked)
    assert response.status_code == status, response.content
    problem = status >= 400
    assert response["Content-Type"].split(";")[0] == f"application/{'problem+' if problem else ''}json"
    said = json.loads(response.content)
    if problem:
        assert (said["status"], said["instance"]) == (status, f"/api/{path}")
        assert said["title"]
        assert said["detail"].endswith((".", "errors."))
    return said


def follow(client, path, **asked):
    """Return all results of a list, part after part, and the counts that the parts gave."""
    said = ask(client, path, **asked)
    results, counts = said["results"], {said["count"]}
    while said["next"]:
        response = client.get(said["next"])
        assert response.status_code == 200
        said = response.json()
        results, counts = results + said["results"], counts | {said["count"]}
    return results, counts


# --- what is there ---------------------------------------------------------------------------------


def test_an_article_has_everything_that_an_export_has(client, archive):
    article = Article.objects.get(headline="Harbour bridge closes")
    said = ask(client, f"articles/{article.pk}")
    assert said["body"] == article.body
    assert said["whole"] is True
    assert said["quotations"] == [{"text": "ships will wait", "speaker": "Ida Brand"}]
    assert said["figures"][0]["low"] == 400
    assert (said["people"], said["organisations"]) == (["Ida Brand"], ["Harbour Board"])
    assert said["published"] == "2017-04-18T09:49"


def test_a_name_has_its_aliases_and_counts(client, archive):
    ida = Entity.objects.get(name="Ida Brand")
    said = ask(client, f"people/{ida.pk}")
    assert said["aliases"] == ["Captain Brand", "Ida Brand"]
    assert (said["articles"], said["quotations"]) == (2, 1)
    assert client.get(said["search"]).json()["count"] == 2
    assert said["path"] == ida.get_absolute_url()


def test_an_event_names_its_articles_and_its_comparison(client, archive):
    event = Event.objects.get(title="The bridge closes")
    said = ask(client, f"events/{event.pk}")
    assert said["outlet_names"] == ["Northport Times", "The Courier"]
    assert len(said["article_ids"]) == 2
    compared = client.get(said["comparison"]).json()
    assert [column["outlet"] for column in compared["columns"]] == ["The Courier", "Northport Times"]
    assert compared["rows"]
    assert {"quotations", "figures", "names", "sources", "not_mentioned", "copies"} <= compared.keys()


def test_a_comparison_has_the_columns_that_were_asked_for_in_their_order(client, archive):
    event = Event.objects.get(title="The bridge closes")
    first, second = event.articles.order_by("pk")
    said = ask(client, f"comparisons/{event.pk}", articles=[second.pk, first.pk])
    assert [column["headline"] for column in said["columns"]] == [second.headline, first.headline]
    said = ask(client, f"comparisons/{event.pk}", 422, articles=[second.pk, 10**9])
    assert "no article of this event" in said["errors"][0]


def test_an_outlet_counts_its_articles(client, archive):
    said = ask(client, f"outlets/{Outlet.objects.get(name='The Courier').pk}")
    assert (said["articles"], client.get(said["search"]).json()["count"]) == (1, 1)


@pytest.mark.parametrize("path", LISTS)
def test_every_list_leads_to_what_it_lists(client, archive, path):
    results, counts = follow(client, path)
    assert counts == {len(results)}
    assert results
    for row in results:
        assert client.get(row["href"]).json()["path"] == row["path"]
        assert client.get(row["path"]).status_code == 200


# --- parts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("limit", [1, 7, MOST])
def test_the_parts_of_a_search_sum_up_to_its_count(client, many, sort, limit):
    results, counts = follow(client, "search", q="bridge", limit=limit, sort=sort)
    from django.http import QueryDict

    expected = list(matching("/search/", QueryDict(f"q=bridge&sort={sort}")).ids())
    assert [row["id"] for row in results] == expected
    assert counts == {23}


def test_search_export_and_api_agree_on_how_many_there_are(client, many):
    counted = ask(client, "search", q="bridge")["count"]
    exported = b"".join(client.get("/search/articles.jsonl?q=bridge&about=0").streaming_content)
    assert counted == len(exported.splitlines()) == 23
    assert f"{counted} articles" in client.get("/search/?q=bridge").content.decode()


@pytest.mark.parametrize("path", ["articles", "people", "outlets", "events"])
def test_every_list_comes_in_parts(client, archive, path):
    assert follow(client, path, limit=1)[0] == follow(client, path)[0]


# --- what cannot be answered -----------------------------------------------------------------------


@pytest.mark.parametrize("path", OF_ONE)
def test_what_never_was_is_not_found(client, archive, path):
    assert "never was" in ask(client, f"{path}/999999999", 404)["detail"]


def test_an_event_of_one_article_has_no_comparison(client, archive):
    from tests.archive_factory import make_event

    event = make_event("Alone", make_article("Alone"))
    assert "fewer than two" in ask(client, f"comparisons/{event.pk}", 404)["detail"]


def test_what_was_merged_redirects_for_good_with_what_was_asked(client, archive):
    ida, old = Entity.objects.get(name="Ida Brand"), Entity.objects.get(name="I. Brand")
    response = client.get(f"/api/people/{old.pk}?x=1")
    assert (response.status_code, response["Location"]) == (308, f"/api/people/{ida.pk}?x=1")
    board = Entity.objects.get(name="Harbour Board")
    response = client.get(f"/api/people/{board.pk}")
    assert (response.status_code, response["Location"]) == (308, f"/api/organisations/{board.pk}")
    kept, merged = Event.objects.get(title="The bridge closes"), Event.objects.get(title="Old bridge")
    for path in ("events", "comparisons"):
        response = client.get(f"/api/{path}/{merged.pk}")
        assert (response.status_code, response["Location"]) == (308, f"/api/{path}/{kept.pk}")


def test_what_was_withdrawn_is_gone_and_says_what_it_was(client, archive):
    gone = Entity.objects.get(name="The Bridge")
    assert "“The Bridge” is no person any more" in ask(client, f"people/{gone.pk}", 410)["detail"]
    empty = Event.objects.get(title="Empty")
    assert "has no article any more" in ask(client, f"events/{empty.pk}", 410)["detail"]


@pytest.mark.parametrize(
    ("path", "asked", "named"),
    [
        ("articles/x", {}, "number"),
        ("articles/0", {}, "number"),
        (f"articles/{2**70}", {}, "number"),
        ("articles", {"limit": "0"}, "limit"),
        ("articles", {"limit": MOST + 1}, "limit"),
        ("articles", {"cursor": "x"}, "cursor"),
        ("search", {"cursor": "WzFd"}, "cursor"),
        ("search", {"outlet": "x"}, "outlet"),
        ("search", {"outlet": "999999"}, "999999"),
        ("search", {"from": "last year"}, "from"),
        ("search", {"from": "2017-99"}, "2017-99"),
        ("search", {"oulet": "1"}, "oulet"),
        ("search", {"sort": "size"}, "sort"),
        ("search", {"q": "a" * 5_000}, "q"),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(client, archive, path, asked, named):
    assert any(named in sentence for sentence in ask(client, path, 422, **asked)["errors"])


@pytest.mark.parametrize("path", ["nowhere", "articles/1/2", "openapi.yaml"])
def test_an_address_that_is_none_is_a_problem_too(client, db, path):
    assert "no such address" in ask(client, path, 404)["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", ["search", "articles/1", "nowhere", "openapi.json"])
def test_only_reading_is_answered(client, archive, method, path):
    response = getattr(client, method)(f"/api/{path}")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response["Content-Type"] == "application/problem+json"


def test_head_is_answered_without_a_body(client, archive):
    response = client.head("/api/articles")
    assert (response.status_code, response.content) == (200, b"")


# --- syntax ----------------------------------------------------------------------------------------


def test_the_syntax_is_that_of_the_page_and_notes_say_how_it_was_read(client, archive):
    said = ask(client, "search", q='"harbour bridge" -ships')
    assert said["count"] == 0
    assert said["notes"]
    assert "q=%22harbour+bridge%22" in said["page"]
    assert ask(client, "search", q="harbour OR closed")["count"] == 2


def test_hostile_text_is_json(client, db):
    hostile = "</script><script>alert(1)</script>\u2028\ufffe\x0b\"'"
    article = make_article(f"Bridge {hostile}", hostile, authors=[hostile], outlet=f"Outlet {hostile}")
    index()
    assert ask(client, f"articles/{article.pk}")["headline"] == f"Bridge {hostile}"
    assert ask(client, "search", q=hostile)["count"] == 1
    assert client.get("/api/search")["X-Content-Type-Options"] == "nosniff"


# --- conditional requests --------------------------------------------------------------------------


def test_what_has_not_changed_is_not_sent_again(client, archive):
    first = client.get("/api/search?q=bridge")
    again = client.get("/api/search?q=bridge", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    make_article("Another bridge")
    index()
    changed = client.get("/api/search?q=bridge", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


# --- the rate --------------------------------------------------------------------------------------


def test_a_client_that_asks_too_often_is_told_how_long_to_wait(client, archive, settings):
    settings.API_REQUESTS = 3
    for _ in range(3):
        ask(client, "outlets")
    response = client.get("/api/outlets")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= A_MINUTE / 3
    assert response["Content-Type"] == "application/problem+json"
    assert client.get("/api/outlets", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_an_allowance_fills_evenly_and_never_over_a_minute():
    now = [0.0]
    rate = Rate(lambda: now[0])
    assert [rate.seconds_to_wait("a", 6) for _ in range(6)] == [0] * 6
    assert rate.seconds_to_wait("a", 6) == pytest.approx(10)
    now[0] = 10.0
    assert rate.seconds_to_wait("a", 6) == 0
    assert rate.seconds_to_wait("a", 6) == pytest.approx(10)
    now[0] = 10_000.0
    assert [rate.seconds_to_wait("a", 6) > 0 for _ in range(7)] == [False] * 6 + [True]


def test_only_so_many_clients_are_remembered(monkeypatch):
    monkeypatch.setattr("archive.web.api.rate.MOST_CLIENTS", 2)
    rate = Rate(lambda: 0.0)
    for client in ("a", "b", "c"):
        rate.seconds_to_wait(client, 1)
    assert rate.seconds_to_wait("c", 1) > 0
    assert rate.seconds_to_wait("a", 1) == 0


def test_a_client_cannot_call_itself_something_else(rf, settings):
    forged = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1"})
    assert client_of(forged) == "127.0.0.1"
    settings.BEHIND_TLS = True
    forged = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.7"})
    assert client_of(forged) == "192.0.2.7"


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_a_network_of_ipv6_is_one_client(rf, address, client):
    assert client_of(rf.get("/", REMOTE_ADDR=address)) == client


# --- excerpts --------------------------------------------------------------------------------------


def test_without_an_account_whole_texts_stay_where_they_are(client, archive, settings, django_user_model):
    settings.FULL_TEXT_PUBLIC = False
    article = Article.objects.get(headline="Harbour bridge closes")
    said = ask(client, f"articles/{article.pk}")
    assert "Harbour Board agreed" not in json.dumps(said)
    assert (said["whole"], said["quotations"], said["captions"]) == (False, [], [])
    event = Event.objects.get(title="The bridge closes")
    assert "account" in ask(client, f"comparisons/{event.pk}", 403)["detail"]
    client.force_login(django_user_model.objects.create_user("reader"))
    assert ask(client, f"articles/{article.pk}")["whole"] is True
    assert "private" in client.get(f"/api/articles/{article.pk}")["Cache-Control"]


# --- the document ----------------------------------------------------------------------------------


def test_the_page_describes_every_operation_of_the_document_without_script_or_foreign_file(client, db):
    document = client.get("/api/openapi.json").json()
    assert document["info"]["version"] == version("parallax")
    html = client.get(reverse("api")).content.decode()
    for path, methods in document["paths"].items():
        assert f"<code>{path}</code>" in html
        for parameter in methods["get"].get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in html
    main = html[html.index("<main") :]
    assert "<script" not in main
    assert "http://" not in main and "https://" not in main


def test_a_redirected_name_of_the_other_kind_is_listed_once(client, archive):
    make_entity("Water Board", kind="organisation")
    people, organisations = (ask(client, path) for path in ("people", "organisations"))
    assert not {row["id"] for row in people["results"]} & {row["id"] for row in organisations["results"]}
