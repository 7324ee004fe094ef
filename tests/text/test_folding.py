import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import folding
from archive.text.folding import LONGEST_WORD, bare, letters, words


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def base_forms(text: str) -> list[str]:
    return [word.form for word in words(text) if word.length == 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resume", "resumed"),  # no stems: what is found is what was asked for
        ("us", "usa"),
        ("1,234", "1,23"),
        ("6.8", "68"),
        ("its", "it"),
        ("recreation", "re creation of"),
    ],
)
def test_different_words_stay_different(one, other):
    assert forms(one) != forms(other)


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("Iraq’s", "iraq"),
        ("Iraq's", "iraq"),
        ("ISLAMIC", "islamic"),
        ("U.S.", "us"),
        ("US", "us"),
        ("J.K.", "jk"),
        ("30,000", "30000"),
        ("6.8", "6.8"),
        ("été", "ete"),
        ("e\u0301te\u0301", "ete"),
        ("\ufb01nal", "final"),
        ("Straße", "strasse"),
        ("Ødegård", "odegard"),
        ("can’t", "cant"),
        ("won't", "wont"),
        ("O’Brien's", "obrien"),
        ("so\u00adft", "soft"),
        ("zero\u200bwidth", "zerowidth"),
        ("left\u202eright", "leftright"),
    ],
)
def test_what_is_folded_away(printed, form):
    assert forms(printed) == [form]


def test_a_compound_is_found_apart_and_joined():
    joined, well, being = words("well‑being")
    assert (joined.form, joined.position, joined.length) == ("wellbeing", 0, 2)
    assert (well.form, well.position) == ("well", 0)
    assert (being.form, being.position) == ("being", 1)
    assert forms("well-being") == forms("well‑being") == forms("well‐being")


def test_a_dash_between_spaces_ties_nothing():
    assert forms("report - alliance") == ["report", "alliance"]


def test_marks_and_line_breaks_do_not_count_as_words():
    assert forms("“thin\nair,” he—said… ") == ["thin", "air", "he", "said"]


def test_signs_written_without_spaces_are_words_alone():
    assert forms("東京2020") == ["東", "京", "2020"]


def test_the_place_of_a_possessive_ends_before_its_ending():
    word = words("in Iraq’s north")[1]
    assert (word.start, word.end) == (3, 7)


@given(st.text())
def test_places_are_true_and_positions_count_up(text):
    found = words(text)
    base = [word for word in found if word.length == 1]
    assert [word.position for word in base] == list(range(len(base)))
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert word.form
        assert len(word.form) <= LONGEST_WORD
        assert not set(word.form) & set("':\\ \t\n")
    starts = [word.start for word in base]
    assert starts == sorted(starts)


@given(st.text() | st.text("aBé1'’.,-‑ \n\u00ad日_s", max_size=20))
def test_forms_alone_are_those_of_the_words(text):
    assert list(folding.forms(text)) == [(word.form, word.position) for word in words(text)]


@given(st.text())
def test_folding_a_form_again_changes_nothing(text):
    for word in words(text):
        assert "".join(base_forms(word.form)) == word.form


@given(st.lists(st.sampled_from(["Iraq’s", "well-being", "U.S.", "6.8", "“", "\u00a0", "—", " "])))
def test_small_and_large_letters_are_one(pieces):
    text = " ".join(pieces)
    assert forms(text.upper()) == forms(text.lower())


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 1_000_000,
        "a." * 500_000,
        "-a" * 300_000,
        "'" * 1_000_000,
        "\u0301" * 1_000_000,
        "1,234" * 200_000,
    ],
    ids=["letters", "initials", "hyphens", "quotes", "accents", "digits"],
)
def test_hostile_text_ends_quickly(hostile):
    words(hostile)


@given(st.text())
def test_the_bare_letters_of_a_text_hold_each_of_its_words(text):
    held = letters(text)
    assert all(bare(word.form) in held for word in words(text) if len(word.form) < LONGEST_WORD)
