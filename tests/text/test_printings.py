"""How each text prints one quotation; what is no variant of it must not be called one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.aligning import align
from archive.text.mentions import recognise
from archive.text.passages import Text
from archive.text.printings import Way, gathered, printings
from archive.text.quotations_compared import QuotationRow, quotation_rows
from archive.text.quotes import quotations
from archive.text.resolving import resolve
from archive.text.types import Span

WHOLE = "“We will not load a single ferry before the company talks to us,” said Marta Lindqvist."


def text(number, body):
    mentions = recognise(body)
    keys = tuple((Span(*link.mention[:2]), link.key or "") for link in resolve(body, mentions))
    return Text(str(number), body, (), tuple(quotations(body, mentions)), (), keys)


def ways(*bodies):
    """How the texts print the quotation that most of them have."""
    texts = [text(number, body) for number, body in enumerate(bodies)]
    row = gathered(quotation_rows(texts), texts, align(texts))[0]
    return [set(printed.ways) if printed else None for printed in printings(row, texts)]


def test_who_prints_it_alone_prints_it_neither_whole_nor_cut():
    assert ways(WHOLE, "The council of Varnholm met on Monday.") == [set(), None]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (WHOLE.replace("said Marta", "says Marta"), {Way.FULL}),
        ("“We will not load a single ferry,” Marta Lindqvist said.", {Way.CUT}),
        (
            "“We will not load a single ferry … [until] the company talks to us,” Marta Lindqvist said.",
            {Way.CUT, Way.ELLIPSIS, Way.INSERTION},
        ),
        (
            "“We will not load a single boat before the company talks to us,” Marta Lindqvist said.",
            {Way.OTHERWISE},
        ),
        (
            "“We will not load a single ferry before the company talks to us,” Lindqvist said in Swedish.",
            {Way.FULL, Way.TRANSLATED},
        ),
        (
            "“We will not load a single ferry,” said Marta Lindqvist, “before the company talks to us.”",
            {Way.FULL, Way.PARTS},
        ),
    ],
    ids=["full", "cut", "ellipsis and insertion", "otherwise", "translated", "parts"],
)
def test_each_way_is_told(other, expected):
    assert ways(WHOLE, other) == [{Way.FULL}, expected]


def test_two_translations_of_one_statement_are_one_quotation():
    found = ways(
        "“Our fishermen have lost their nets and now they will lose their homes,” said Orla Tamsin,"
        " the mayor, in Portuguese.",
        "“The fishermen lost the nets; soon they lose the houses,” Orla Tamsin, the mayor, said"
        " through an interpreter.",
    )
    assert all(found) and all(Way.TRANSLATED in printed for printed in found)
    assert Way.OTHERWISE in found[0] | found[1]


def test_a_translation_printed_whole_is_one_with_the_two_stretches_of_the_original():
    found = ways(
        "“We sail on Friday, and everybody will sail,” Marta Lindqvist told the dockers of Varnholm."
        " “I shall speak with the owners who want the harbour to stop.”",
        "Through an interpreter Marta Lindqvist said: “On Friday all of us set sail. I will talk to those"
        " owners who wish that the harbour stops.”",
    )
    assert found == [{Way.FULL, Way.PARTS}, {Way.OTHERWISE, Way.TRANSLATED}]


def test_two_statements_on_one_occasion_stay_apart():
    one = text(1, "“We will not load a single ferry this week,” said Marta Lindqvist at the gate.")
    two = text(2, "“Nobody has called me since the summer holidays,” said Marta Lindqvist at the gate.")
    rows = gathered(quotation_rows([one, two]), [one, two], align([one, two]))
    assert [row.texts for row in rows] == [1, 1]


def test_the_speaker_is_given_as_printed_and_who_was_told():
    body = "“The discussion has started now,” Ada Lund told Reuters. “It will not end soon,” she said."
    (one,) = [text(1, body)]
    first, second = (printings(row, [one])[0] for row in quotation_rows([one]))
    assert [body[slice(*span)] for span in first.speakers + second.speakers] == ["Ada Lund", "she"]
    assert [body[slice(*span)] for span in first.through] == ["Reuters"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["a", "bridge", "shut", "…", "[here]", "rain"]), min_size=1, max_size=12))
def test_whatever_is_quoted_some_text_prints_it_in_full(drawn):
    said = " ".join(drawn)
    texts = [text(number, f"“{said}” is what the clerk said.") for number in range(2)]
    quotes = [one.quotes[:1] for one in texts]
    if all(quotes):
        found = printings(QuotationRow(tuple(quotes), (), ()), texts)
        assert all(Way.FULL in printed.ways for printed in found)


def test_what_is_read_beside_a_quotation_does_not_grow_with_its_paragraph(monkeypatch):
    class Counting:
        letters = 0

        def search(self, words):
            self.letters += len(words)

    def read_of(times):
        counting = Counting()
        monkeypatch.setattr("archive.text.printings._TRANSLATED", counting)
        body = "“The pier is closed for the winter,” said Mira Voss of the harbour board, " * times
        quotes = tuple(quotations(body, []))
        assert len(quotes) == times
        printings(QuotationRow((quotes,), (), ()), (Text("a", body, quotes=quotes),))
        return counting.letters / times

    assert read_of(400) <= 1.5 * read_of(100)


def test_what_a_text_quotes_twice_neither_comes_in_parts_nor_makes_others_cut():
    twice = WHOLE + " The strike goes on. “We will not load a single ferry,” Marta Lindqvist said again."
    assert ways(WHOLE, twice) == [{Way.FULL}, {Way.FULL}]


def test_parts_in_another_order_and_words_where_the_fullest_ends_are_no_other_wording():
    whole = "“We had no warning, the water came at night and nobody slept,” said Orla Tamsin."
    other = "“The water came at night and nobody slept,” said Orla Tamsin, and “we had no warning.”"
    assert ways(whole, other) == [{Way.FULL}, {Way.FULL, Way.PARTS}]
    longer = "“The water came at night and nobody slept, not even the dogs,” said Orla Tamsin."
    assert ways(whole, longer)[1] == {Way.CUT}


def test_a_letter_in_brackets_is_part_of_its_word():
    made_small = WHOLE.replace("We will", "[W]e will")
    assert ways(WHOLE, made_small) == [{Way.FULL}, {Way.FULL, Way.INSERTION}]


def test_a_few_words_of_two_people_are_two_quotations():
    bodies = (
        "“We will see what happens,” said Marta Lindqvist, the mayor.",
        "“The ferry is old and we will see what happens,” said Jonas Berg, the pilot.",
    )
    texts = [text(number, body) for number, body in enumerate(bodies)]
    assert [row.texts for row in quotation_rows(texts)] == [1, 1]
    misspelt = text(2, bodies[0].replace("Marta", "Martha"))
    assert [row.texts for row in quotation_rows([texts[0], misspelt])] == [2]
