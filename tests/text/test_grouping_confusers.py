"""Events that are easily taken for one: two quakes in one country, two summits of the same leaders.

The places and people here are invented.
"""

import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from archive.evaluation.grouping import profile_of
from archive.text.grouping import CUT, Story, group, profile, related
from archive.text.recalled import spans
from archive.text.tallies import tallies
from tests.text.confusable_events import PAIRS

GOLDEN = Path(__file__).parents[1] / "golden" / "confusable_events.toml"
CASES = tomllib.loads(GOLDEN.read_text("utf-8"))["case"]

QUAKE = Story(
    "quake",
    "Magnitude-7.1 quake kills dozens in northern Orrinia",
    """A powerful magnitude-7.1 earthquake struck northern Orrinia on Monday, killing at least 46 people and
flattening hundreds of homes in the town of Telmar, officials said.
The quake hit at 4:12 a.m. when most residents were asleep, the Orrinia Seismological Institute said.
Rescue teams dug through rubble with their hands.
Prime Minister Edda Lorn declared three days of mourning. "We lost everything," said Jo Brin, a baker in
Telmar. Aftershocks rattled the region through the day.""",
    date(2019, 5, 6),
)
QUAKE_AGAIN = Story(
    "quake_again",
    "Dozens dead as strong earthquake hits Telmar in Orrinia",
    """At least 46 people died when a 7.1-magnitude earthquake shook the Orrinian town of Telmar before dawn
on Monday.
Hundreds of houses collapsed and rescuers searched the debris for survivors. Prime Minister Edda Lorn
visited the town and announced national mourning.
The Orrinia Seismological Institute recorded more than 30 aftershocks.""",
    date(2019, 5, 6),
)
SECOND_QUAKE = Story(
    "second_quake",
    "Second strong quake in a week rattles southern Orrinia",
    """A magnitude-5.9 earthquake shook southern Orrinia on Friday, injuring 12 people near the port of Havel,
days after a deadly quake in the country's north.
The Orrinia Seismological Institute said the quake struck at 2:40 p.m. at a depth of 10 kilometres.
Several walls fell in Havel's old town, mayor Ina Sorl said. No deaths were reported.""",
    date(2019, 5, 10),
)
SECOND_QUAKE_AGAIN = Story(
    "second_quake_again",
    "Twelve hurt in earthquake near Orrinian port of Havel",
    """Twelve people were hurt when an earthquake of magnitude 5.9 hit the south of Orrinia on Friday
afternoon.
Buildings swayed in Havel and people ran into the streets, witnesses said. Mayor Ina Sorl said the
damage in the old town was limited. The tremor was felt 200 kilometres away.""",
    date(2019, 5, 10),
)
SUMMIT = Story(
    "summit",
    "Lorn and Pavic agree to reopen border at Belmont summit",
    """Orrinian Prime Minister Edda Lorn and Velian President Marko Pavic agreed on Thursday to reopen their
border after a two-day summit in Belmont.
The leaders also promised to resume trade talks. Lorn called the meeting a new beginning. The border had
been closed since 2015 after a dispute over fishing rights.""",
    date(2019, 3, 14),
)
SUMMIT_AGAIN = Story(
    "summit_again",
    "Orrinia, Velia to open border after summit",
    """The border between Orrinia and Velia will reopen, the two countries' leaders said after meeting in
Belmont.
Edda Lorn and Marko Pavic shook hands on Thursday and said trade talks would start in April. The
frontier has been shut for four years because of a fishing dispute.""",
    date(2019, 3, 15),
)
SECOND_SUMMIT = Story(
    "second_summit",
    "Lorn and Pavic fail to end gas dispute at Ostrava meeting",
    """A summit between Orrinian Prime Minister Edda Lorn and Velian President Marko Pavic ended without a
deal on gas prices on Tuesday in Ostrava.
Pavic left early and accused Orrinia of blackmail. Lorn said Velia owed her country 300 million marks.
It was their second meeting in three weeks.""",
    date(2019, 4, 2),
)
SECOND_SUMMIT_AGAIN = Story(
    "second_summit_again",
    "No gas deal as Velian president walks out of summit",
    """Velian President Marko Pavic walked out of talks with Orrinian Prime Minister Edda Lorn on Tuesday
after the two failed to agree on gas prices.
The meeting in Ostrava broke up after four hours. Orrinia says Velia owes it 300 million marks for gas
delivered last winter.""",
    date(2019, 4, 2),
)
STORIES = (
    QUAKE,
    QUAKE_AGAIN,
    SECOND_QUAKE,
    SECOND_QUAKE_AGAIN,
    SUMMIT,
    SUMMIT_AGAIN,
    SECOND_SUMMIT,
    SECOND_SUMMIT_AGAIN,
)


@pytest.mark.parametrize("one", [SUMMIT, SUMMIT_AGAIN])
@pytest.mark.parametrize("other", [SECOND_SUMMIT, SECOND_SUMMIT_AGAIN])
def test_two_summits_of_the_same_leaders_are_two_events(one, other):
    assert related(profile(one), profile(other)).score < CUT


def test_each_event_has_its_own_articles_and_no_others():
    found = group([profile(story) for story in STORIES])
    assert sorted(found, key=min) == [
        frozenset({"quake", "quake_again"}),
        frozenset({"second_quake", "second_quake_again"}),
        frozenset({"second_summit", "second_summit_again"}),
        frozenset({"summit", "summit_again"}),
    ]


def test_two_quakes_without_days_of_publication_are_two_events():
    quakes = [QUAKE, QUAKE_AGAIN, SECOND_QUAKE, SECOND_QUAKE_AGAIN]
    found = group([profile(story._replace(published=None)) for story in quakes])
    assert sorted(found, key=min) == [
        frozenset({"quake", "quake_again"}),
        frozenset({"second_quake", "second_quake_again"}),
    ]


@pytest.mark.parametrize("other", [QUAKE, QUAKE_AGAIN])
def test_a_quake_and_a_summit_without_days_are_two_events(other):
    found = group([profile(story._replace(published=None)) for story in (SUMMIT, other)])
    assert len(found) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *PAIRS,
        ((SUMMIT, SUMMIT_AGAIN), (SECOND_SUMMIT, SECOND_SUMMIT_AGAIN)),
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_two_of_a_kind_are_two_events_with_and_without_days(one, other, dated):
    stories = [story if dated else story._replace(published=None) for story in (*one, *other)]
    events = [frozenset(story.id for story in event) for event in (one, other)]
    assert sorted(group([profile(story) for story in stories]), key=min) == sorted(events, key=min)


def test_more_is_asked_of_a_link_in_a_crowd():
    one, other = profile(QUAKE), profile(QUAKE_AGAIN)
    asked = [related(one, other, level).score for level in range(4)]
    assert asked == sorted(asked, reverse=True)
    assert asked[0] >= CUT > related(one, other._replace(day=one.day + 3), 3).score


def test_copies_of_one_text_are_one_event_unless_days_are_far_apart():
    one, other = profile(QUAKE), profile(SUMMIT._replace(published=QUAKE.published))
    pair = [("quake", "summit")]
    assert len(group([one, other])) == 2
    assert group([one, other], copies=pair) == [frozenset({"quake", "summit"})]
    assert len(group([one, other], copies=pair, apart=pair)) == 2
    assert len(group([one, other._replace(day=one.day + 30)], copies=pair)) == 2


def golden(case, dated, number=0):
    """Return the profiles of a case's stories by their events."""
    found = {}
    for place, story in enumerate(case["story"]):
        row = {"id": f"{number}-{place}", "title": story["title"], "text": story["text"].strip()}
        row["date"] = story["published"].isoformat() if dated else None
        found.setdefault(story["event"], []).append(profile_of(row))
    return found


def expected(events):
    return {frozenset(one.id for one in event) for event in events.values()}


def told_apart():
    """Every golden case, with and without days."""
    for case, dated in product(CASES, (True, False)):
        yield pytest.param(case, dated, id=f"{case['name']}-{'dated' if dated else 'undated'}")


@pytest.mark.parametrize(("case", "dated"), list(told_apart()))
def test_golden_events_are_neither_joined_nor_torn_apart(case, dated):
    events = golden(case, dated)
    assert set(group([one for event in events.values() for one in event])) == expected(events)


def test_golden_events_stand_apart_in_one_archive_too():
    cases = [golden(case, True, number) for number, case in enumerate(CASES)]
    found = group([one for events in cases for event in events.values() for one in event])
    assert set(found) == set().union(*(expected(events) for events in cases))


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("Dunmere beat Quay 2-1 and lost 0-3 in the cup", {"2-1", "3-0"}),
        ("The bill passed by 80 votes to 62, a rival one failed with 101 votes to 114", {"80-62", "114-101"}),
        ("He is 30 to 40 years old and lives at 12-14 Mill Street", set()),
        ("They won 10 to 12 percent in 2017-18", set()),
    ],
)
def test_results_are_told_from_ranges(text, results):
    assert tallies(text) == results


def test_what_is_recalled_is_what_the_words_of_time_speak_of():
    text = "Bells rang, a year after the ferry sank off the cape, and 58 died. The vote fell two weeks ago."
    assert [text[start:end].strip() for start, end in spans(text)] == [
        "the ferry sank off the cape",
        "The vote fell",
    ]
