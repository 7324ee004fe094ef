"""The notes under a row of a comparison say what stands there, of those who print it, once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.archive_factory import count, make_article, make_event, quote

pytestmark = pytest.mark.django_db

ONE = (
    "“The [Brevik] bridge <b> stays shut until May,” said Ines Oduya in the council of Brevik.\n"
    "Some 6.8 percent of all lorries of the region used the bridge last year, the council said.\n"
)
TWO = (
    "“The bridge <b> stays shut until May,” said Ines Oduya to the council of Brevik.\n"
    "Less than seven percent of all lorries of the region used the bridge last year, the council said.\n"
)


def event(figure=("Less than seven percent", "less than")):
    articles = [
        make_article("Bridge shut", body, outlet=outlet, published=datetime(2019, 3, 1, tzinfo=UTC))
        for outlet, body in (("Courier", ONE), ("Herald", TWO))
    ]
    quote(articles[0], "The [Brevik] bridge <b> stays shut until May,")
    quote(articles[1], "The bridge <b> stays shut until May,")
    count(articles[0], "6.8 percent", 6.8, unit="percent", kind="percent")
    printed, hedge = figure
    count(articles[1], printed, 7, unit="percent", kind="percent", hedge=hedge)
    return make_event("Bridge of Brevik shut", *articles)


def notes(client, of, **query):
    response = client.get(reverse("compare", args=[of.pk]), query)
    assert "<b> stays" not in response.content.decode()
    return [
        (note.about, [(one.labels, one.says, *one.printed) for one in note.readings], note.conclusion)
        for row in response.context["rows"]
        for note in row.notes
    ]


def test_figures_that_print_the_same_need_no_note(client):
    of = event(figure=("seven percent", ""))
    assert [about for about, *_ in notes(client, of)] == ["Spoken words", "Put in"]


def test_what_texts_print_stands_under_the_row(client):
    assert notes(client, event()) == [
        ("Spoken words", [("Courier", "in full, with a bracketed insertion"), ("Herald", "in full")], ""),
        ("Put in", [("Courier", "", "[Brevik]")], ""),
        (
            "Share (percent)",
            [("Courier", "", "6.8 percent"), ("Herald", "", "Less than seven percent")],
            "The figures agree.",
        ),
    ]


def test_hidden_outlets_go_by_letters_in_the_notes_too(client):
    said = str(notes(client, event(), names="hidden"))
    assert "Courier" not in said
    assert "Text A" in said
