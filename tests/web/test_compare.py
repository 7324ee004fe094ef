"""The comparison page: the address is the state, and what files say stays text."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.archive_factory import count, make_article, make_event, mention_everywhere, quote

pytestmark = pytest.mark.django_db

ONE = "“The bridge stays shut until May,” said Ines Oduya. The council of Brevik met twice on Monday."
TWO = "“The bridge stays shut until May,” Oduya told reporters. Some 400 lorries waited at the northern gate."


@pytest.fixture
def event():
    articles = []
    for outlet, body, day in (("Courier", ONE, 1), ("Herald", TWO, 2)):
        article = make_article(
            "Bridge shut", body, outlet=outlet, published=datetime(2019, 3, day, tzinfo=UTC)
        )
        mentions = mention_everywhere(article, "Ines Oduya", surfaces=["Oduya"])
        quote(article, "The bridge stays shut until May,", speaker=mentions[0])
        articles.append(article)
    count(articles[1], "Some 400", 400, counted="lorries")
    return make_event("Bridge of Brevik shut", *articles)


def page(client, event, **query):
    response = client.get(reverse("compare", args=[event.pk]), query)
    assert response.status_code == 200
    return response


def rows(response):
    return response.context["rows"]


def test_an_event_that_never_was(client):
    assert client.get(reverse("compare", args=[404])).status_code == 404


def test_an_event_of_one_article_cannot_be_compared(client):
    event = make_event("Alone", make_article())
    assert client.get(reverse("compare", args=[event.pk])).status_code == 404


def test_a_merged_event_has_moved_for_good(client, event):
    old = make_event("Old", merged_into=event)
    response = client.get(reverse("compare", args=[old.pk]), {"show": "only"})
    assert response.status_code == 301
    assert response["Location"] == reverse("compare", args=[event.pk]) + "?show=only"


@pytest.mark.parametrize(
    "query", [{"articles": "x,-1,99999999999999999999"}, {"cols": "99"}, {"base": "12"}, {"show": "<"}]
)
def test_what_the_address_gets_wrong_is_passed_over(client, event, query):
    state = page(client, event, **query).context["state"]
    assert (state.show, state.cols, state.base) == ("all", "12", "1")


def test_hostile_text_stays_text(client):
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    one = make_article(attack, f"{attack} said the man at the old gate.", outlet="<b>Outlet</b>")
    two = make_article(attack, f"{attack} said the man at the new gate.", outlet="Other")
    html = page(client, make_event(attack, one, two)).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>Outlet" not in html


def test_the_same_quotation_stands_in_one_row(client, event):
    row = next(row for row in rows(page(client, event)) if "quotation" in row.kinds)
    assert row.number and row.present == "12"
    assert all("The bridge stays shut" in cell.passages[0].html for cell in row.cells)


def test_what_has_no_counterpart_says_so_and_is_counted(client, event):
    response = page(client, event)
    assert "no counterpart found" in response.content.decode()
    assert response.context["tally"].alone_by_column == (("Courier", 1), ("Herald", 1))


@pytest.mark.parametrize("show", ["shared", "only", "unsaid", "quotations", "figures"])
def test_what_is_not_asked_for_is_hidden_and_nothing_is_lost(client, event, show):
    everything, some = rows(page(client, event)), rows(page(client, event, show=show))
    assert [row.id for row in everything] == [row.id for row in some]
    assert not any(row.hidden for row in everything)
    assert any(row.hidden for row in some)


def test_each_count_of_a_switch_is_what_it_shows(client, event):
    for choice in page(client, event).context["shows"]:
        shown = rows(page(client, event, show=choice.setting.partition("=")[2]))
        visible = 0
        for row in shown:
            if row.number:
                visible += not row.hidden
            elif not row.hidden:
                visible += sum(not passage.hidden for cell in row.cells for passage in cell.passages)
        assert visible == choice.count, choice.label


def test_a_fragment_is_not_shown_as_without_counterpart(client):
    bodies = (
        "The museum of clocks opens a new wing in May. Why?",
        "A storm took the roof of the Brevik school.",
    )
    two = make_event("Two", *(make_article(f"Text {n}", body) for n, body in enumerate(bodies)))
    passages = [
        passage
        for row in rows(page(client, two, show="only"))
        for cell in row.cells
        for passage in cell.passages
    ]
    assert {passage.alone for passage in passages} == {True, False}
    counts = page(client, two).context["tally"]
    assert (counts.all, counts.unsaid) == (len(passages), sum(not passage.alone for passage in passages))
    assert all(passage.hidden != passage.alone for passage in passages)


def test_columns_swap_by_a_link(client, event):
    response = page(client, event)
    link = re.search(r'href="([^"]+)">swap with <bdi>Herald', response.content.decode()).group(1)
    swapped = client.get(link.replace("&amp;", "&"))
    assert [column.label for column in swapped.context["columns"]] == ["Herald", "Courier"]


def test_a_passage_leads_to_its_paragraph(client, event):
    article = event.articles.get(outlet__name="Courier")
    assert f'href="{article.get_absolute_url()}#p1"' in page(client, event).content.decode()


def test_what_an_earlier_text_names_and_a_later_one_does_not(client, event):
    mention_everywhere(event.articles.get(outlet__name="Courier"), "Brevik", "organisation")
    lines = page(client, event).context["tables"].silences
    assert [(line.column.label, [entity.name for entity, _ in line.names]) for line in lines] == [
        ("Courier", []),
        ("Herald", ["Brevik"]),
    ]
    assert [line.asked for line in lines] == [False, True]


def test_flowing_text_holds_each_article_in_its_own_order(client, event):
    flow = page(client, event, view="flow").context["flows"][1]
    printed = " ".join(
        re.sub(r"<[^>]+>", "", placed.shown.html)
        for paragraph in flow.paragraphs
        for placed in paragraph.passages
    )
    assert printed == TWO


def test_the_evidence_pack_holds_the_columns_of_the_page(client, event):
    html = page(client, event).content.decode()
    link = re.search(r'href="([^"]+pack\.zip[^"]*)"', html).group(1)
    first, second = client.get(link), client.get(link)
    assert first["Content-Type"] == "application/zip"
    assert first.content == second.content
    assert client.get(reverse("evidence-pack", args=[404])).status_code == 404
