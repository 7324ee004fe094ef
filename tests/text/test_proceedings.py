"""How far a case has come before the law."""

import pytest

from archive.text.proceedings import stages


@pytest.mark.parametrize(
    ("title", "lead", "found"),
    [
        ("Mayor arrested over bribes", "He will be charged. He was sentenced in 1999.", {"accused"}),
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
def test_the_headline_names_the_stage_or_else_the_first_sentence(title, lead, found):
    assert stages(title, lead) == found
