from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.period import period


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2017-13", "2017-02-30", "0000", "18.4.2017", "20170418", "2017-", "١٩٩٩"]
)
def test_what_is_no_date_is_refused_with_the_mend(written):
    with pytest.raises(ValueError, match="write a day as 2017-04-18"):
        period(written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2017-04-18", (2017, 4, 18), (2017, 4, 19)),
        ("2017-04", (2017, 4, 1), (2017, 5, 1)),
        ("2017-4", (2017, 4, 1), (2017, 5, 1)),
        ("2017-12", (2017, 12, 1), (2018, 1, 1)),
        ("2017", (2017, 1, 1), (2018, 1, 1)),
        (" 2016 ", (2016, 1, 1), (2017, 1, 1)),
    ],
)
def test_a_day_a_month_or_a_year_is_taken_whole(written, start, end):
    found = period(written)
    assert found.start == datetime(*start, tzinfo=UTC)
    assert found.end == datetime(*end, tzinfo=UTC)


def test_the_last_year_that_a_date_can_hold_is_open():
    assert period("9999").end is None


@given(st.text())
def test_anything_typed_is_a_period_or_a_sentence(written):
    try:
        found = period(written)
    except ValueError as error:
        assert "is no date" in str(error)
    else:
        assert found.end is None or found.start < found.end
