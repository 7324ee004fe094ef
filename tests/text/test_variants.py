"""One quotation in two printings: first what is not the same thing said, then how printings differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.types import Evidence, Quote, QuoteKind, Span
from archive.text.variants import Variant, same_quotation


def quotation(said):
    """`said` in marks as a whole body, and the quotation in it."""
    body = f"“{said}”"
    span = Span(1, len(body) - 1)
    return body, Quote(0, len(body), QuoteKind.DIRECT, (span,), None, None, None, Evidence("test", ""))


def compared(one, other):
    return same_quotation(*quotation(one), *quotation(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge will open in May.", "The school will close in June."),
        ("yes", "yes, of course"),
        ("a mistake", "a great mistake was made by the council"),
        ("", ""),
        ("We will rebuild the bridge, and soon.", "We will not, and the bridge is soon to fall."),
    ],
)
def test_what_is_not_the_same_thing_said(one, other):
    assert compared(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "variant"),
    [
        ("We can't rebuild it.", "We can’t rebuild it,", Variant.SAME),
        ("[Mayor] Oduya told me to wait", "Oduya told me to wait", Variant.INSERTION),
        ("It begins now. Talks go on.", "It begins now… Talks go on.", Variant.ELLIPSIS),
        ("The bridge will open in May.", "The bridge will open in May, if the rain ends.", Variant.CUT),
        ("We will surely open the bridge in May", "We will likely open the bridge in May", Variant.REWORDED),
    ],
)
def test_how_printings_differ(one, other, variant):
    assert compared(one, other) is variant


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_order_of_the_two_does_not_matter(one, other):
    assert compared(one, other) == compared(other, one)


def test_a_quotation_of_one_megabyte_ends():
    assert compared("[" * 500_000, "no no no " * 50_000) is None
