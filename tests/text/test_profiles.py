"""What is kept of a story for grouping."""

import json
from datetime import date

from archive.text.profiles import Profile, Story, profile
from tests.stories import HARBOUR

STORY = Story("a", "Harbour opens again", HARBOUR, date(2017, 4, 18))


def test_a_profile_comes_back_from_json_as_it_was():
    found = profile(STORY)
    assert Profile.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_a_profile_of_the_first_version_is_read_without_what_it_lacks():
    stored = json.loads(json.dumps(profile(STORY).to_json()))
    for later in ("outlet", "opening", "title_pairs", "lead_pairs", "figures", "lead_figures"):
        del stored[later]
    found = Profile.from_json(stored)
    assert found.figures == frozenset()
    assert found.opening == {}
    assert found.body == profile(STORY).body
