"""What a text surely does not tell; what it tells elsewhere or in part must not be called unsaid."""

from datetime import date

import pytest

from archive.text.aligning import Text, align
from archive.text.carried import When, not_carried
from archive.text.mentions import recognise
from archive.text.quotes import quotations
from archive.text.untold import surely_unsaid

CLOSED = "The council of Varnholm closed the old harbour bridge to lorries on Monday morning."
OTHER = "The museum of clocks opens a new wing for children next spring."
SAID = "“We will not load a single ferry before the company talks to us,” said Marta Lindqvist."


def text(number, body):
    return Text(str(number), body, (), tuple(quotations(body, recognise(body))))


def unsaid(*bodies):
    """What the last of the texts, published after the others, surely does not tell."""
    texts = [text(number, body) for number, body in enumerate(bodies)]
    alignment = align(texts)
    published = [When(date(2019, 3, number)) for number, _ in enumerate(bodies, 1)]
    return surely_unsaid(not_carried(alignment, published), alignment, texts)[-1]


def test_what_the_others_carry_and_it_does_not_tell():
    assert [one.carrying for one in unsaid(CLOSED, CLOSED, OTHER)] == [(0, 1)]


@pytest.mark.parametrize(
    "last",
    [
        f"{OTHER} Lorries have to go round since the council closed the bridge. It is old.",
        f"{OTHER} The harbour bridge has been shut. It was the council that closed it on Monday.",
    ],
)
def test_what_it_tells_in_its_own_words_is_not_unsaid(last):
    assert unsaid(CLOSED, CLOSED, last) == ()


def test_who_quotes_a_part_of_a_statement_tells_of_it():
    assert len(unsaid(SAID, SAID, OTHER)) == 1
    assert unsaid(SAID, SAID, f"{OTHER} Somebody vowed “not to load a single ferry” today, it is said.") == ()


def test_a_few_names_in_common_are_no_statement():
    bodies = (
        "Ada Lund and Jonas Berg of Varnholm Rovers won the cup of Ruritania in April.",
        "Ada Lund, Jonas Berg and Varnholm Rovers left Ruritania in April.",
    )
    assert unsaid(*bodies, OTHER) == ()
