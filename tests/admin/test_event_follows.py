"""What an event follows, on its form: chosen and emptied as a judgement."""

import pytest
from django.urls import reverse

from archive.models import Event, Judgement
from archive.pipeline import river
from tests.pipeline.test_follow_ups import STORIES, event_of
from tests.stories import put

pytestmark = pytest.mark.django_db


def test_a_curator_empties_and_chooses_what_an_event_follows(curating, tmp_path):
    river.import_paths([put(tmp_path, **STORIES)])
    later, earlier = event_of("aid"), event_of("quake")
    address = reverse("admin:archive_event_change", args=[later.pk])
    form = {"title": later.title, "add_article": "", "earlier": "", "reason": "another quake"}
    assert curating.get(address).status_code == 200
    curating.post(address, form)
    assert Event.objects.get(pk=later.pk).follows is None
    curating.post(address, form | {"earlier": earlier.pk})
    assert Event.objects.get(pk=later.pk).follows == earlier
    assert set(Judgement.objects.values_list("verdict", flat=True)) == {"follows", "follows not"}
