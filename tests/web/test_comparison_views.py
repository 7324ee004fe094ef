"""Sources, statements not mentioned, copies folded, classroom mode, the sheet: what must not show first."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import Article
from tests.archive_factory import count, make_article, make_event, make_outlet, mention_everywhere, quote

pytestmark = pytest.mark.django_db

SHUT = "The council of Brevik closed the old harbour bridge to lorries on Monday morning."
BODIES = (
    f"{SHUT} “The bridge stays shut until May,” Ines Oduya told the Brevik Courier.",
    f"{SHUT} Two officials, who asked not to be named, said a bolt was missing. Herald reporters saw it.",
    "The museum of clocks opens a new wing. “The bridge stays shut,” Ines Oduya said through an interpreter.",
)
NAMES = ("Brevik Courier", "Herald", "coastnews.example")


@pytest.fixture
def event():
    outlets = (
        make_outlet("Brevik Courier", short_name="Courier", domain="courier.example"),
        make_outlet("The Herald"),
        make_outlet("Coast News", domain="coastnews.example"),
    )
    articles = []
    for number, (outlet, body) in enumerate(zip(outlets, BODIES, strict=True), 1):
        article = make_article(
            "Bridge shut, says the Herald",
            body,
            outlet=outlet,
            published=datetime(2019, 3, number, tzinfo=UTC),
            published_precision="day",
            authors=["Ada Lund"],
        )
        mentions = mention_everywhere(article, "Ines Oduya")
        if mentions:
            words = "The bridge stays shut until May," if "until May" in body else "The bridge stays shut,"
            quote(article, words, speaker=mentions[0])
        articles.append(article)
    mention_everywhere(articles[1], "Herald", "organisation")
    return make_event("Bridge shut, says the Herald", *articles)


def page(client, event, **query):
    response = client.get(reverse("compare", args=[event.pk]), query)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("view", ["rows", "flow", "sheet"])
def test_hidden_names_of_outlets_stand_nowhere_on_the_page(client, event, view):
    html = page(client, event, names="hidden", view=view).content.decode()
    for name in (*NAMES, "Courier", "Coast", "Ada Lund"):
        assert name not in html, name
    assert not re.search(r'href="/(?:articles|outlets)/\d', html)
    assert "Text A" in html and "Text C" in html


def test_hidden_names_stay_hidden_behind_every_switch_of_the_page(client, event):
    html = page(client, event, names="hidden").content.decode()
    links = re.findall(r'href="(/compare/[^"#]+)"', html)
    showing = [link for link in links if "names=hidden" not in link]
    assert len(links) > 10
    assert len(set(showing)) == 1, "only the switch that asks for the names leads to them"


def test_a_text_keeps_its_letter_where_columns_swap(client, event):
    pks = ",".join(str(pk) for pk in event.articles.order_by("-published").values_list("pk", flat=True))
    columns = page(client, event, names="hidden", articles=pks).context["columns"]
    assert [column.label for column in columns] == ["Text C", "Text B", "Text A"]


def test_places_in_a_text_stay_true_under_the_veil(client, event):
    shown, hidden = page(client, event), page(client, event, names="hidden")
    for one, other in zip(shown.context["rows"], hidden.context["rows"], strict=True):
        assert [p.id for cell in one.cells for p in cell.passages] == [
            p.id for cell in other.cells for p in cell.passages
        ]


def test_every_link_into_the_page_has_its_target(client, event):
    for query in ({}, {"view": "flow"}, {"names": "hidden"}):
        html = page(client, event, **query).content.decode()
        ids = set(re.findall(r' id="([^"]+)"', html))
        targets = set(re.findall(r'href="#([^"]+)"', html)) - {f"m-{sign}" for sign in ("same", "only")}
        assert {target for target in targets if not target.startswith("m-")} <= ids, query
        assert len(ids) == len(re.findall(r' id="([^"]+)"', html)), "no id stands twice"


def test_copies_share_a_column_that_says_how_many_print_them(client, event):
    first = event.articles.order_by("published").first()
    copy = make_article("Bridge shut", BODIES[0], outlet="Echo", published=datetime(2019, 3, 4, tzinfo=UTC))
    Article.objects.filter(pk__in=[first.pk, copy.pk]).update(text_group=first)
    Article.objects.filter(pk=copy.pk).update(event=event)
    folded = page(client, event)
    assert [column.printed_by for column in folded.context["columns"]] == [2, 1, 1]
    assert "Printed by 2" in folded.content.decode()
    apart = page(client, event, copies="all")
    assert [column.printed_by for column in apart.context["columns"]] == [1, 1, 1, 1]


def test_an_event_of_copies_alone_is_compared_printing_by_printing(client):
    one, two = (make_article(body=SHUT, outlet=name) for name in ("Echo", "Courier"))
    Article.objects.update(text_group=one)
    assert len(page(client, make_event("Copies", one, two)).context["columns"]) == 2


def test_a_statement_of_two_texts_that_a_later_one_does_not_carry(client, event):
    silences = page(client, event).context["tables"].silences
    assert [[one.how_many for one in line.statements] for line in silences] == [[], [2], [2]]


def test_sources_stand_by_kind_with_the_words_they_rest_on(client, event):
    lines = page(client, event).context["tables"].sources
    unnamed = next(line for line in lines if line.heads == "not named")
    (cell,) = [cell for cell in unnamed.cells if cell.places]
    assert (cell.column.number, cell.places[0].words) == (2, "Two officials")
    assert cell.places[0].href.startswith("#p2-")


def test_a_quotation_says_how_each_text_prints_it(client, event):
    line = page(client, event).context["tables"].quotations[0]
    said = [said.ways if said else None for _, said in line.cells]
    assert said == [("in full",), None, ("cut", "translated")]


def test_the_sheet_holds_every_paragraph_and_room_to_write(client, event):
    response = page(client, event, view="sheet")
    html = response.content.decode()
    assert html.count(SHUT) == 2
    assert html.count('class="lines') == len(response.context["sheet"].questions) >= 6


def test_only_curators_are_shown_the_way_to_link_rows(client, event, django_user_model):
    address = reverse("admin:archive_event_rows", args=[event.pk])
    assert address not in page(client, event).content.decode()
    client.force_login(django_user_model.objects.create_user("ann", is_staff=True))
    assert address in page(client, event).content.decode()


def test_an_event_of_many_texts_has_a_time_line_and_a_matrix(client):
    articles = [
        make_article(
            f"Bridge {number}",
            f"{SHUT} Rain fell on village number {number} all night.",
            outlet=f"Outlet {number}",
            published=datetime(2019, 3, number, tzinfo=UTC),
        )
        for number in range(1, 11)
    ]
    event = make_event("Bridge shut", *articles)
    response = client.get(event.get_absolute_url())
    matrix = response.context["overview"].matrix
    assert (len(matrix.columns), matrix.of) == (8, 10)
    assert [len(one.first) for one in matrix.published][:2] == [len(matrix.rows), 0]
    assert [standing.first for standing in matrix.rows[0].standings] == [True] + [False] * 7
    assert len(re.findall("first with passages?", response.content.decode())) == 1
    pair = matrix.pairs[-1][1][0].href
    assert [column.label for column in client.get(pair).context["columns"]] == ["Outlet 1", "Outlet 8"]
    target = matrix.rows[0].standings[3].href
    opened, _, place = target.partition("#")
    assert f'id="{place}"' in client.get(opened).content.decode()
    later = client.get(event.get_absolute_url() + "?part=2").context["overview"].matrix
    assert [column.label for column in later.columns] == ["Outlet 9", "Outlet 10"]


@pytest.mark.parametrize(
    ("articles", "says"),
    [
        ("{0},{0}", "A text has one column, however often it is asked for. A comparison takes two"),
        ("{0},{1},999999", "This event has no text with the number 999999."),
        ("{0}", "A comparison takes two: these are the first published."),
        ("{1},{0}", ""),
        ("", ""),
    ],
    ids=["itself", "unknown", "one", "two", "none"],
)
def test_what_the_address_asks_for_in_vain_is_said(client, event, articles, says):
    first, second, _ = event.articles.values_list("pk", flat=True).order_by("pk")
    found = page(client, event, articles=articles.format(first, second))
    assert found.context["passed_over"].startswith(says)
    assert bool(found.context["passed_over"]) == bool(says)


def test_what_is_counted_stands_as_printed_or_as_a_kind(client):
    one = make_article(
        "One", "The dam at Brevik holds 40 per cent of its water, 12 Tellen Mills stand still."
    )
    two = make_article("Two", "The dam at Brevik holds 35 per cent of its water, said the mayor.")
    count(one, "40 per cent", 40, kind="percent", unit="percent")
    count(one, "12", 12, counted="tellen mills")
    count(two, "35 per cent", 35, kind="percent", unit="percent")
    lines = page(client, make_event("Dam", one, two)).context["tables"].figures
    assert {line.counted for line in lines} == {"share (percent)", "Tellen Mills"}


def test_figures_that_are_the_same_part_nowhere(client):
    printed = ("“Half the water is gone,” said the mayor of Brevik.", "Half the water of Brevik is gone.")
    texts = [make_article(f"Text {number}", body) for number, body in enumerate(printed)]
    for article in texts:
        count(article, "Half", 50, kind="percent", unit="percent")
    context = page(client, make_event("Dam", *texts)).context
    (line,) = context["tables"].figures
    assert line.shared and context["glance"].parted == ()


def test_the_top_tells_sentences_and_groups_them_by_how_many_texts_tell_them(client, event):
    top = page(client, event).context["glance"]
    assert [group.most for group in top.shared] == ["2 of 3 tell"]
    assert all(told.where for group in top.shared for told in group.told)


@pytest.mark.parametrize("view", ["rows", "flow"])
def test_what_parallax_puts_into_a_passage_does_not_tell_which_way_it_runs(client, event, view):
    html = page(client, event, view=view).content.decode()
    put_in = re.findall(r'<(?:a|span) class="(?:pil|ref|maybe)"([^>]*)>', html.partition('id="texts"')[2])
    assert len(put_in) > 3
    assert all(' dir="ltr"' in attributes for attributes in put_in)
