"""What an event follows stands on its page and above its comparison, as text."""

import pytest
from django.urls import reverse

from archive.models import Event
from archive.pipeline import river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(tmp_path):
    river.import_paths([put(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE)])
    return Event.objects.get()


def addresses(event):
    return event.get_absolute_url(), reverse("compare", args=[event.pk])


def test_an_event_that_follows_none_says_nothing_of_it(client, event):
    for address in addresses(event):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "ollows" not in answer.content.decode().split("<main", 1)[1]


def test_both_pages_name_the_event_before_and_those_after(client, event):
    before, after = (Event.objects.create(title=f"<b>{name}</b>", article_count=2) for name in "xy")
    Event.objects.filter(pk=event.pk).update(follows=before, follows_because="a day after <i>")
    Event.objects.filter(pk=after.pk).update(follows=event)
    for address in addresses(event):
        shown = client.get(address).content.decode()
        assert "&lt;b&gt;x&lt;/b&gt;" in shown
        assert "&lt;b&gt;y&lt;/b&gt;" in shown
        assert "<b>x" not in shown
    page = client.get(event.get_absolute_url()).content.decode()
    assert "the texts say “<bdi>a day after &lt;i&gt;</bdi>”" in page
