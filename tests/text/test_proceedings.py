"""How far a case has come before the law."""

import pytest

from archive.text.proceedings import stages


@pytest.mark.parametrize(
    ("title", "lead", "found"),
    [
        ("Mayor arrested over bribes", "It was at night. He was sentenced in 1999.", {"accused"}),
        ("Mayor gets four years for bribes", "", {"sentenced"}),
        (
            "Boxes from town hall",
            "The mayor was found guilty. He was arrested in May.",
            {"judged"},
        ),
        ("Sentencing is next week", "A trial is expected.", set()),
        ("", "", set()),
    ],
)
def test_headline_and_first_sentence_name_the_stages(title, lead, found):
    assert stages(title, lead) == found
