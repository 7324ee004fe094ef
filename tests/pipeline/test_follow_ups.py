"""Follow-ups: found whichever event was imported first, and a curator has the last word."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts
from archive.curation.judging import judge, withdraw
from archive.models import Article, Event
from archive.pipeline import river
from tests.stories import put

pytestmark = pytest.mark.django_db

QUAKE = """Powerful earthquake flattens homes in Telmar

6 May 2019

A powerful earthquake struck the town of Telmar in northern Orrinia on Monday, killing at least 46 people.

Prime Minister Edda Lorn declared three days of mourning. The Orrinia Seismological Institute counted 30 aftershocks.
"""  # noqa: E501
QUAKE_AGAIN = """At least 46 dead as powerful earthquake hits Telmar

6 May 2019

At least 46 people died when a powerful earthquake shook Telmar in the north of Orrinia on Monday morning.

The Orrinia Seismological Institute recorded 30 aftershocks. Prime Minister Edda Lorn announced three days of mourning.
"""  # noqa: E501
AID = """Orrinia seeks 300 million marks to rebuild Telmar

13 May 2019

Prime Minister Edda Lorn asked Orrinia's neighbours for 300 million marks on Monday, a week after the powerful earthquake in Telmar.

Donors will meet in Belmont on Thursday, Lorn said. Velia promised tents and 40 million marks.
"""  # noqa: E501
AID_AGAIN = """Lorn asks donors for 300 million marks

14 May 2019

Orrinia needs 300 million marks to rebuild Telmar, Prime Minister Edda Lorn told donors from neighbouring countries.

They will meet in Belmont on Thursday. Velia has promised 40 million marks and tents.
"""  # noqa: E501
STORIES = {"quake": QUAKE, "quake_again": QUAKE_AGAIN, "aid": AID, "aid_again": AID_AGAIN}
ORDERS = [("quake", "quake_again", "aid", "aid_again"), ("aid", "aid_again", "quake_again", "quake")]


def event_of(name: str) -> Event:
    return Article.objects.select_related("event__follows").get(path=f"{name}.txt").event


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, **STORIES)
    river.import_paths([tmp_path])
    return tmp_path


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_import_does_not_matter(tmp_path, order):
    for name in order:
        river.import_paths([put(tmp_path / name, **{name: STORIES[name]})])
    later = event_of("aid")
    assert later == event_of("aid_again") != event_of("quake")
    assert later.follows == event_of("quake") == event_of("quake_again")
    assert later.follows_because == "a week after the powerful earthquake in Telmar"
    assert event_of("quake").follows is None


def test_a_curator_has_the_last_word_and_can_take_it_back(folder):
    ada, later, earlier = User.objects.create_user("ada"), event_of("aid"), event_of("quake")
    no = judge(acts.follow(later, None), ada)
    assert event_of("aid").follows is None
    withdraw(no.judgements, ada)
    assert event_of("aid").follows == earlier
    yes = judge(acts.follow(earlier, later), ada)
    assert (event_of("quake").follows, event_of("quake").follows_because) == (later, "")
    river.import_paths([folder], clean_again=True)
    assert event_of("quake").follows == later
    withdraw(yes.judgements, ada)
    assert event_of("quake").follows is None


def test_an_event_that_lost_its_articles_is_followed_by_none(folder):
    ada = User.objects.create_user("ada")
    judge(acts.regroup(Article.objects.get(path="quake.txt"), None), ada)
    assert event_of("aid").follows is None
    assert Event.objects.exclude(follows=None).count() == 0
