"""One event or two: what must stay apart, what belongs together, and that order never matters.

The places and people here are invented; the three seeds are real.
"""

import json
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.clusters import Rule, clusters
from archive.text.grouping import CUT, Profile, Story, group, profile, related, title

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

FERRY = Story(
    "ferry-1",
    "Seven dead as ferry burns on Lake Orrin",
    """A ferry carrying 214 passengers caught fire on Lake Orrin on Tuesday, killing seven people.
The Calder Line, which operates the ferry, said the blaze began in the engine room of the Orrin Maid.
Rescuers from Port Hallow pulled more than 200 people out of the water.
“We jumped because the deck was burning under our feet,” said Mira Voss, a teacher.
Inspectors had found broken pumps on the vessel in October.""",
    date(2019, 5, 7),
)
FERRY_AGAIN = Story(
    "ferry-2",
    "Ferry fire kills seven on Lake Orrin",
    """At least seven people died when the ferry Orrin Maid burst into flames on Lake Orrin on Tuesday.
The fire started in the engine room, according to the Calder Line, the operator. All but seven of the 214
passengers were rescued by boats from Port Hallow, police said.
Teacher Mira Voss told reporters that they jumped because the deck was burning.""",
    date(2019, 5, 8),
)
OTHER_FERRY = Story(
    "ferry-3",
    "Ferry runs aground in Strait of Mennin, no one hurt",
    """A car ferry with 90 people aboard ran aground in fog in the Strait of Mennin on Tuesday.
Nobody was hurt and the ship, the Sound Rover, was towed to Ellbury at high tide, the coast guard said.
The captain, Jon Prewitt, will be questioned about his speed.""",
    date(2019, 5, 7),
)
BUDGET = Story(
    "budget",
    "Port Hallow council passes budget",
    """The council of Port Hallow approved a budget of 31 million marks on Tuesday after a debate.
Schools will get a fifth of it, Mayor Ada Quill said, and the swimming pool will close.""",
    date(2019, 5, 7),
)
STORIES = (FERRY, FERRY_AGAIN, OTHER_FERRY, BUDGET)
TOGETHER = frozenset({"ferry-1", "ferry-2"})


def seeds():
    days = {"000": date(2017, 4, 18), "002": date(2017, 4, 18), "003": date(2017, 4, 19)}
    for path in sorted(SEEDS.glob("*.txt")):
        yield Story(path.name, "", path.read_text("utf-8"), days[path.name[:3]])


@pytest.mark.parametrize(("one", "other"), [(FERRY, OTHER_FERRY), (FERRY, BUDGET), (OTHER_FERRY, BUDGET)])
def test_different_events_of_one_day_are_not_related(one, other):
    assert related(profile(one), profile(other)).score < CUT


def test_the_same_words_a_year_later_are_not_one_event():
    later = FERRY_AGAIN._replace(published=date(2020, 5, 8))
    assert group([profile(FERRY), profile(later)]) == [frozenset({"ferry-1"}), frozenset({"ferry-2"})]


def test_articles_of_one_event_are_grouped():
    assert group([profile(story) for story in STORIES]) == [
        frozenset({"budget"}),
        TOGETHER,
        frozenset({"ferry-3"}),
    ]


@pytest.mark.parametrize("dated", [True, False])
def test_the_three_seeds_are_one_event_and_nothing_else_is_in_it(dated):
    stories = [*seeds(), *STORIES]
    if not dated:
        stories = [story._replace(published=None) for story in stories]
    assert frozenset(story.id for story in seeds()) in group([profile(story) for story in stories])


def test_reasons_are_in_words():
    quote = ("We jumped because the deck was burning under our feet",)
    one = FERRY._replace(keys=frozenset({"mira voss", "calder line"}), quotes=quote)
    other = FERRY_AGAIN._replace(keys=frozenset({"mira voss"}), quotes=quote)
    reasons = related(profile(one), profile(other)).reasons
    assert "they quote the same words" in reasons
    assert "both name Mira Voss" in reasons
    assert "published a day apart" in reasons
    assert any(reason.startswith("both give the figure ") and "214" in reason for reason in reasons)


def test_relatedness_is_symmetric():
    for one, other in combinations([profile(story) for story in STORIES], 2):
        assert related(one, other).score == related(other, one).score


def test_a_profile_survives_json():
    found = profile(FERRY._replace(keys=frozenset({"mira voss"}), quotes=("The deck was burning under us",)))
    assert Profile.from_json(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize("body", ["", "\n\n", "!!! ??? …", "a " * 500_000, "Fire " * 200_000, "1," * 500_000])
def test_strange_texts_have_a_profile(body):
    found = profile(Story("strange", "", body))
    assert related(found, found).score <= 3
    assert group([found, profile(FERRY)]) == [frozenset({"ferry-1"}), frozenset({"strange"})]


# --- judgements -------------------------------------------------------------------------------------


def test_articles_judged_apart_are_never_in_one_event():
    found = group([profile(story) for story in STORIES], apart=[("ferry-2", "ferry-1")])
    assert TOGETHER not in found
    assert all(len(event) == 1 for event in found)


def test_articles_judged_together_are_in_one_event():
    found = group([profile(story) for story in STORIES], together=[("budget", "ferry-3")])
    assert frozenset({"budget", "ferry-3"}) in found
    assert TOGETHER in found


def test_judgements_on_articles_that_are_not_there_do_nothing():
    profiles = [profile(story) for story in STORIES]
    assert group(profiles, [("budget", "gone")], [("gone", "ferry-1")]) == group(profiles)


# --- order ------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(7)), st.permutations(range(4)))
def test_the_order_of_import_does_not_matter(order, judgement_order):
    stories = [*seeds(), *STORIES]
    profiles = [PROFILES.setdefault(story.id, profile(story)) for story in stories]
    names = [story.id for story in stories]
    pairs = [(names[0], names[3]), (names[4], names[5]), (names[5], names[6]), (names[3], names[6])]
    judged = [pairs[place] for place in judgement_order]
    expected = group(profiles, pairs[:2], pairs[2:])
    shuffled = [profiles[place] for place in order]
    assert (
        group(shuffled, [p for p in judged if p in pairs[:2]], [p for p in judged if p in pairs[2:]])
        == expected
    )


PROFILES: dict[str, Profile] = {}
NAMES = "abcdefg"
PAIRS = [(one, other) for one, other in combinations(NAMES, 2)]


@given(
    st.dictionaries(st.sampled_from(PAIRS), st.floats(-7, 3), max_size=21),
    st.sets(st.sampled_from(PAIRS), max_size=4),
    st.randoms(use_true_random=False),
)
def test_clusters_depend_on_the_pairs_alone(scores, apart, random):
    rule = Rule(-2.0, -7.0, 0.5)
    expected = clusters(NAMES, scores, rule, apart)
    items, names = list(scores.items()), list(NAMES)
    random.shuffle(items)
    random.shuffle(names)
    assert clusters(names, dict(items), rule, {(b, a) for a, b in apart}) == expected
    assert sorted(name for found in expected for name in found) == list(NAMES)
    assert not any({one, other} <= set(found) for found in expected for one, other in apart)


def test_a_third_article_does_not_bring_together_what_is_judged_apart():
    scores = {("a", "b"): 0.0, ("a", "c"): 0.0, ("b", "c"): 1.0}
    assert clusters("abc", scores, Rule(-2.0, -7.0, 0.5), [("a", "c")]) == [["a"], ["b", "c"]]


@given(st.sets(st.sampled_from(PAIRS), max_size=6))
def test_what_is_judged_together_is_together(together):
    found = clusters(NAMES, {}, Rule(0.0, -7.0, 0.5), together=together)
    assert all(any({one, other} <= set(cluster) for cluster in found) for one, other in together)


# --- titles -----------------------------------------------------------------------------------------


def test_the_title_is_the_headline_that_tells_most_of_what_all_tell():
    odd = FERRY._replace(id="odd", title="What we know so far")
    stories = [FERRY, FERRY_AGAIN, odd]
    assert title(stories) in {FERRY.title, FERRY_AGAIN.title}
    assert title(stories) == title(stories[::-1])


def test_without_headlines_there_is_no_title():
    assert title([]) == ""
    assert title([FERRY._replace(title="")]) == ""
