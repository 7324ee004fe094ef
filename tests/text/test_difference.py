"""Runs of words that no counterpart has: phrases, not single function words, and never over sentence ends."""

from archive.text import words
from archive.text.difference import cell, differences, share_of_common_words
from archive.text.passages import Text, units


def marked(one, *others):
    cells = [cell(units(Text(str(number), body))) for number, body in enumerate((one, *others))]
    return [one[start:end] for start, end in differences(words.fold(one), cells[0], cells[1:])]


def test_common_words_stay_calm():
    assert marked("The dam broke on Monday.", "On Monday, the dam — it broke.") == []


def test_a_word_of_the_same_sense_stays_calm():
    assert marked("Troops assaulted the fort.", "Soldiers attacked the fort.") == []


def test_function_words_alone_are_never_marked():
    assert marked("It was in and of the dam.", "The dam.") == []


def test_words_with_function_words_between_them_are_one_run():
    assert marked("The dam broke after weeks of heavy rain in the hills.", "The dam broke.") == [
        "weeks of heavy rain in the hills"
    ]


def test_runs_end_where_a_sentence_ends():
    body = "The dam broke at night. Farmers fled uphill."
    assert marked(body, "The dam broke.") == ["night", "Farmers fled uphill"]


def test_a_word_that_any_counterpart_has_stays_calm():
    assert marked("The old dam broke at night.", "The dam broke.", "At night the old wall fell.") == []


def test_share_of_common_words_counts_all_texts():
    cells = [cell(units(Text("a", "The dam broke."))), cell(units(Text("b", "The dam held firm.")))]
    assert share_of_common_words(cells) == 2 / 5
    assert share_of_common_words([]) == 0
