"""Measuring what is read from pages."""

import gzip
import json
from datetime import date

import pytest

from archive.evaluation.extraction import predict, score
from archive.evaluation.stated import states_day
from archive.management.evaluating import read_rows

TEXT = "The harbour of Lodby opened again on Monday after nine years, the mayor said. " * 3
PAGE = (
    "<html><head><title>Harbour opens again</title><meta name='author' content='Ann Lee'>"
    f"<meta name='date' content='2017-04-18'></head><body><article><p>{TEXT}</p></article></body></html>"
)


def rows(tmp_path, **gold):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    row = {"id": "1", "html_path": "pages/1.html.gz", "text": TEXT, **gold}
    (tmp_path / "set.jsonl").write_text(json.dumps(row))
    return read_rows([tmp_path / "set.jsonl"])


def test_a_page_without_a_prediction_counts_as_empty(tmp_path):
    measures = score(rows(tmp_path, title="Harbour opens again"), [])
    assert measures["body_f1"] == 0
    assert measures["title"] == 0


@pytest.mark.parametrize("field", ["title", "author", "date"])
def test_what_is_null_is_not_scored(tmp_path, field):
    found = rows(tmp_path, title=None, author=None, date=None)
    assert field not in score(found, predict(found[0]))


def test_a_page_is_read_the_whole_way(tmp_path):
    found = rows(tmp_path, title="Harbour Opens Again!", author="ann lee", date="2017-04-18T10:00")
    measures = score(found, predict(found[0]))
    assert {name: value for name, value in measures.items() if value != 1.0} == {}


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>18 April 2017</p>", True),
        ('<meta content="2017-04-18">', True),
        ("<p>Updated 18 April 2017</p>", False),
        ('{"dateModified":"2017-04-18"}<p>April 18, 2017</p>', False),
        ('{"dateModified":"2017-04-18","datePublished":"2017-04-18"}', True),
        ("<p>19 April 2017</p>", False),
    ],
)
def test_a_day_is_stated_unless_it_is_that_of_an_update(page, wanted):
    assert states_day(page, date(2017, 4, 18)) is wanted
