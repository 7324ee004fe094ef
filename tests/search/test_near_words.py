"""Words a few edits away: the quick look leaves out none that measuring each would find."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from archive.search.near_words import NearWords

words = st.text("abcdeäß1", min_size=1, max_size=9)


@given(st.lists(words, max_size=30), words, st.sampled_from([1, 2]), st.booleans())
def test_the_same_as_measuring_each_word(known, word, edits, begun):
    expected = {}
    for other in known:
        begins = [other[: len(word)], other[: len(word) + 1]] if begun else []
        distance = min(OSA.distance(word, start) for start in [other, *begins])
        if distance <= edits:
            expected[other] = distance
    assert NearWords(known).near(word, edits, begun=begun) == expected


def test_nothing_is_near_to_nothing():
    assert NearWords([]).near("bridge", 2) == {}
    assert NearWords(["a"]).near("", 2) == {}
    assert NearWords(["bridge"]).near("b" * 60, 2) == {}
