"""Events, what they follow and how crowded days are: the same, however the articles came."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.models import Article, Day, Event, LookBack, StoryTerm
from archive.pipeline import grouping, river
from tests.pipeline.test_follow_ups import STORIES
from tests.stories import put

pytestmark = pytest.mark.django_db

_SUBJECTS = (
    *("bridge", "orchard", "library", "tram", "lighthouse", "quarry"),
    *("museum", "bakery", "reservoir", "theatre", "stadium", "prison"),
)
# With all of these more is asked of every link of their days.
_CROWD = {
    f"{subject}_{day}": f"Council of Varn Sund debates the old {subject}\n\n{day} May 2019\n\n"
    f"The council of Varn Sund put off a decision on the {subject} {day} times, its clerk said.\n"
    for number, subject in enumerate(_SUBJECTS)
    for day in (6 + number % 3, 13 + number % 3)
}
_UNDATED = "Donors asked for Telmar\n\nDonors were asked for 300 million marks for Telmar, Edda Lorn said.\n"
_ALL = [*sorted(STORIES | _CROWD), "undated"]
_LONE = ["quake", "aid", *sorted(_CROWD)]  # one report of each: what joins them depends on the crowd


@st.composite
def ways(draw):
    """Draw an order of articles and how many of them come at once."""
    rest = draw(st.sampled_from([_ALL, _LONE]).flatmap(st.permutations))
    batches = []
    while rest:
        count = draw(st.integers(1, len(rest)))
        batches.append(rest[:count])
        rest = rest[count:]
    return batches


@pytest.fixture
def imported(tmp_path):
    """Return the articles by name, imported but not grouped."""
    river.import_paths([put(tmp_path, undated=_UNDATED, **STORIES, **_CROWD)])
    Article.objects.update(newest=False, event=None)
    for made in (Event, StoryTerm, LookBack, Day):
        made.objects.all().delete()
    return {article.path.removesuffix(".txt"): article.pk for article in Article.objects.all()}


def outcome():
    """Return the events by their articles, the words that say what each follows, and how full days are."""
    events = {
        event.pk: frozenset(event.articles.values_list("path", flat=True)) for event in Event.objects.live()
    }
    follows = Event.objects.live().exclude(follows=None).values_list("pk", "follows", "follows_because")
    return (
        set(events.values()),
        {(events[one], events[earlier], because) for one, earlier, because in follows},
        dict(Day.objects.exclude(articles=0).values_list("day", "articles")),
    )


@given(ways())
@example([[name] for name in _ALL])
@example([[name] for name in _LONE])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_articles_in_any_order_and_any_batches_give_the_same(
    imported, django_capture_on_commit_callbacks, batches
):
    found = []
    for way in ([[name for batch in batches for name in batch]], batches):
        with transaction.atomic():
            for batch in way:
                with django_capture_on_commit_callbacks(execute=True):
                    came = [imported[name] for name in batch]
                    Article.objects.filter(pk__in=came).update(newest=True)
                    grouping.run(came)
            found.append(outcome())
            transaction.set_rollback(True)
    at_once, in_batches = found
    assert in_batches == at_once
    events, follows, _ = at_once
    if len(_ALL) == sum(map(len, batches)):
        assert {"quake.txt", "quake_again.txt"} in events
        assert {because for *_, because in follows} == {"a week after the powerful earthquake in Telmar"}
