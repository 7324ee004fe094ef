"""Which articles are compared closely: the index and the rule agree, in crowds that grow and shrink."""

import math
from copy import deepcopy
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Article, Day, StoryTerm
from archive.pipeline import bulk, crowds, grouping, river
from archive.pipeline.compared import Comparisons, memory
from archive.pipeline.crowds import Levels
from archive.pipeline.nearness import candidate_pairs
from archive.text import nearness as rule
from archive.text.crowds import level_of
from archive.text.grouping import pairs_to_compare
from archive.text.nearness import (
    candidates,
    indexed,
    least_overlap,
    near_in_time,
    shared,
)
from archive.text.profiles import Story, profile
from tests.stories import HARBOUR, ORCHARD, put

_COMMON = ("said", "people", "two", "new", "govern", "report", "public", "state", "polic", "minist")
_RARE = ("harbour", "ferri", "strait", "varnholm", "norrsund", "blossom", "telmar", "orchard")
_FERRY = """Stranded passengers leave Varnholm

The first ferry in three days left Varnholm on Thursday with some of the passengers whom a strike of its dock workers had kept there. The coast guard counted about 1,500 of them.

Norrsund Ferries would not say when the others could leave. Their hotels are full, and schools have opened their halls for them.
"""  # noqa: E501


@st.composite
def articles(draw):
    """Draw profiles with a few heavy terms, on days that are near, far and unknown."""
    words = st.dictionaries(
        st.sampled_from(_COMMON + _RARE), st.integers(1, 9), min_size=1, max_size=len(_COMMON + _RARE)
    )
    days = st.none() | st.integers(1, 4) | st.sampled_from([1, 9, 40, 41, 43, 90])
    found = {}
    for number, (weights, day) in enumerate(draw(st.lists(st.tuples(words, days), min_size=2, max_size=9))):
        length = math.hypot(*weights.values())
        body = {term: round(value / length, 4) for term, value in weights.items()}
        found[number + 1] = profile(Story(str(number + 1), "", ""))._replace(body=body, day=day)
    return found


@pytest.mark.django_db
@given(articles(), st.dictionaries(st.integers(1, 90), st.integers(0, 60)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_proposes_just_the_pairs_that_the_rule_would(profiles, counts):
    counts |= {one.day: max(1, counts.get(one.day, 1)) for one in profiles.values() if one.day}
    with transaction.atomic():
        Day.objects.bulk_create(Day(day=day, articles=count) for day, count in counts.items())
        rows = [(pk, *entry, one.day) for pk, one in profiles.items() for entry in indexed(one).items()]
        bulk.copy(StoryTerm, ("article_id", "term", "weight", "day"), rows)
        levels = crowds.levels(counts)
        found = candidate_pairs(profiles, Levels())
        alone = candidate_pairs([1], Levels())
        transaction.set_rollback(True)
    by_rule = {
        (one, other)
        for one, other in combinations(sorted(profiles), 2)
        if candidates(profiles[one], profiles[other], level_of(profiles[one], profiles[other], levels))
    }
    enough = {
        (one, other)
        for one, other in combinations(sorted(profiles), 2)
        if near_in_time(profiles[one], profiles[other])
        and shared(profiles[one], profiles[other]).whole
        >= least_overlap(
            profiles[one].day, profiles[other].day, level_of(profiles[one], profiles[other], levels)
        )
    }
    assert by_rule <= found <= enough  # what is found is compared only if the rule says so
    assert {pair for pair in by_rule if 1 in pair} <= alone <= enough
    assert by_rule == {
        (int(one), int(other))
        for one, other in pairs_to_compare({p.id: p for p in profiles.values()}, levels)
    }


@given(st.none() | st.integers(1, 20), st.none() | st.integers(1, 20), st.integers(0, 9), st.integers(0, 9))
def test_a_crowd_never_asks_less(day, other, level, more):
    least = least_overlap(day, other, level)
    assert least == least_overlap(other, day, level)
    assert least <= least_overlap(day, other, level + more)
    assert day is None or least_overlap(day, day, level) <= least


@pytest.mark.django_db(transaction=True)
def test_when_less_is_asked_again_every_process_compares_anew(tmp_path, monkeypatch):
    """An article that was replaced, or got another day, takes a crowd apart."""
    monkeypatch.setattr(rule, "_STEEPNESS", 1.0)
    monkeypatch.setattr(rule, "_MOST_OVERLAP", 0.9)
    of_that_day = ORCHARD.replace("2 May 2021", "12 March 2019")
    river.import_paths([put(tmp_path, dated=HARBOUR, undated=_FERRY, other=of_that_day)])
    dated, undated, other = (
        Article.objects.get(path=f"{name}.txt").pk for name in ("dated", "undated", "other")
    )
    pair = (min(dated, undated), max(dated, undated))
    assert pair in Comparisons({}).beside([undated])
    Day.objects.update(articles=100)
    assert not Comparisons({}).beside([undated])
    memory.forget()
    assert not Comparisons({}).beside([undated])
    assert not Comparisons({}).beside([dated])
    remembered = deepcopy(memory.__dict__)
    grouping.run([undated])
    assert not Comparisons({}).beside([undated])
    with transaction.atomic():
        grouping.run([other])  # counts the day again
    assert pair in Comparisons({}).beside([undated])
    memory.__dict__.update(remembered)  # as in a process that did not see this
    memory.catch_up()
    assert pair in Comparisons({}).beside([undated])
