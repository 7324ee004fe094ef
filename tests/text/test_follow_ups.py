"""Follow-ups: what is not said is not followed, and days said are days meant.

The places and people here are invented.
"""

from datetime import date
from itertools import permutations

import pytest

from archive.text.follow_ups import followed, looks_back, subject
from archive.text.profiles import Story, profile

MONDAY = date(2019, 5, 13)

FLOOD = Story("flood", "Flood sweeps away bridge in Tarnow Vale", "", date(2019, 5, 8))
QUAKE = Story(
    "quake",
    "Powerful earthquake flattens homes in Telmar",
    """A powerful earthquake struck Telmar in northern Orrinia on Monday, killing at least 46 people, the
Orrinia Seismological Institute said. Prime Minister Edda Lorn declared three days of mourning.""",
    date(2019, 5, 6),
)
LATER_QUAKE = QUAKE._replace(id="later", published=date(2019, 5, 12))
AID = Story(
    "aid",
    "Orrinia asks for aid to rebuild Telmar",
    """Prime Minister Edda Lorn asked neighbours of Orrinia for 300 million marks on Monday, a week after the
powerful earthquake in Telmar that killed 46 people.""",
    MONDAY,
)


def told(story):
    return subject([profile(story)])


def days_said(text):
    return [
        (MONDAY.toordinal() - one.last, MONDAY.toordinal() - one.first) for one in looks_back(text, MONDAY)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Shares lost 3 percent from Friday's close in Belmont.",
        "Voters will go to the polls for next Friday's election in Orrinia.",
        "The talks began three years after the war in Velia.",
        "He spoke after the May 20, 2016 election in Orrinia.",
        "It was the strongest earthquake in Orrinia ever measured.",
        "Aid came in recent weeks after the earthquake in Telmar.",
        "It has been four days since police arrived, and nobody knows why.",
    ],
)
def test_what_is_to_come_or_long_past_is_not_looked_back_on(text):
    assert days_said(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Two days after the earthquake in Telmar, aid came.", (1, 3)),
        ("A week after the earthquake in Telmar, aid came.", (4, 10)),
        ("A WEEK AFTER THE EARTHQUAKE IN TELMAR, AID CAME.", (4, 10)),
        ("TELMAR IN LAST WEEK'S EARTHQUAKE IN ORRINIA", (1, 7)),
        ("Less than a week after the earthquake in Telmar, aid came.", (1, 10)),
        ("Aid came after Friday's earthquake in Telmar.", (2, 3)),
        ("Last Monday's earthquake in Telmar cost 46 lives.", (6, 7)),
        ("Aid came after the May 6 earthquake in Telmar.", (6, 7)),
        ("Days after the earthquake in Telmar, aid came.", (1, 8)),
        ("Just weeks after the earthquake in Telmar, aid came.", (7, 28)),
        ("Hours after the earthquake in Telmar, aid came.", (1, 1)),
        ("Telmar was hit by an earthquake a week ago, and aid came.", (4, 10)),
        ("A week ago an earthquake in Telmar killed 46 people.", (4, 10)),
        ("Orrinia mourned the dead of Telmar earlier this week.", (1, 1)),
        ("This week's earthquake in Telmar cost 46 lives.", (1, 1)),
        ("He went to court days after Telmar's May 6 earthquake.", (6, 7)),
        ("Since last week's earthquake in Telmar aid has come.", (1, 7)),
    ],
)
def test_the_days_that_are_meant(text, days):
    assert days_said(text) == [days]


def test_the_words_that_say_so_are_those_of_the_text():
    assert [one.said for one in looks_back(AID.body, MONDAY)] == [
        "a week after the powerful earthquake in Telmar that killed 46 people"
    ]


def test_an_event_follows_the_one_that_its_texts_name():
    said = [looks_back(AID.body, MONDAY)]
    earlier = {"quake": QUAKE, "later": LATER_QUAKE, "flood": FLOOD}
    for order in permutations(earlier):
        found = followed(said, told(AID), {name: told(earlier[name]) for name in order})
        assert found == ("quake", said[0][0].said)


def test_an_event_of_other_days_or_other_words_is_not_followed():
    said = [looks_back(AID.body, MONDAY)]
    assert followed(said, told(AID), {"later": told(LATER_QUAKE), "flood": told(FLOOD)}) is None
    assert followed([], told(AID), {"quake": told(QUAKE)}) is None


def test_what_somebody_did_stands_in_the_event_that_is_meant():
    text = "Edda Lorn spoke a week after quitting as prime minister of Orrinia over the earthquake in Telmar."
    said = [looks_back(text, MONDAY)]
    assert said[0][0].deed
    assert followed(said, told(AID), {"quake": told(QUAKE)}) is None
    quit_office = QUAKE._replace(title="Edda Lorn quits as prime minister of Orrinia over Telmar earthquake")
    assert followed(said, told(AID), {"quit": told(quit_office)})


def test_an_event_whose_days_are_not_known_has_no_place_in_time():
    assert told(QUAKE._replace(published=None)) is None


@pytest.mark.parametrize(
    "body", ["", "after " * 500_000, "a week after " * 100_000, "last Friday's" * 50_000]
)
def test_strange_texts_end(body):
    looks_back(body, MONDAY)
