import pytest
from django.db import connection

from archive.models import SearchRow
from archive.models.search_vector import LAYOUT, SAMPLES, primary_language, sample_lexeme, sample_lexemes
from archive.pipeline import searching
from tests.archive_factory import make_article, make_event

pytestmark = pytest.mark.django_db


def lexemes(article) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(vector) FROM archive_searchrow WHERE article_id = %s", [article.pk]
        )
        return set(cursor.fetchone()[0])


def test_a_row_holds_words_bylines_filters_and_language():
    article = make_article(
        "Bridge closes",
        "The harbour waits.",
        authors=["Ida Brand"],
        agencies=["Quay Press"],
        language="en-GB",
    )
    searching.run([article.pk])
    found = lexemes(article)
    assert {
        "bridge",
        "harbour",
        ":ti:bridge",
        ":by:ida",
        ":by:brand",
        ":by:quay",
        ":lng:en",
        ":mon:2017-04",
    } <= found
    assert not {"ida", "brand", ":lng:gb"} & found
    assert SearchRow.objects.get(pk=article.pk).language == "en"


def test_changed_filters_leave_bylines_language_and_samples_alone():
    article = make_article("Bridge closes", authors=["Ida Brand"], language="en")
    searching.run([article.pk])
    before = lexemes(article)
    event = make_event("The bridge", article)
    searching.refresh_filters([article.pk])
    assert lexemes(article) == before | {f":evt:{event.pk}"}


def test_copies_of_a_text_are_in_its_samples_once_it_is_known():
    chosen = next(number for number in range(10**6, 2 * 10**6) if len(sample_lexemes(number)) == len(SAMPLES))
    first = make_article("The first", pk=chosen)
    copy = make_article("A copy", pk=next(pk for pk in range(1, chosen) if not sample_lexemes(pk)))
    searching.run([first.pk, copy.pk])
    samples = {sample_lexeme(size) for size in SAMPLES}
    assert samples <= lexemes(first) and not samples & lexemes(copy)
    type(copy).objects.filter(pk=copy.pk).update(text_group=first)
    searching.refresh_filters([copy.pk])
    assert samples <= lexemes(copy)
    type(copy).objects.filter(pk=copy.pk).update(text_group=None)
    searching.refresh_filters([copy.pk])
    assert not samples & lexemes(copy)


def test_rows_of_an_older_layout_are_made_anew_and_no_others():
    old, new = make_article("Old row"), make_article("New row")
    searching.run([old.pk, new.pk])
    SearchRow.objects.filter(pk=old.pk).update(layout=LAYOUT - 1, vector="")
    SearchRow.objects.filter(pk=new.pk).update(vector="")
    assert searching.renew().counts == {"made anew": 1}
    assert "old" in lexemes(old)
    assert lexemes(new) == set()
    assert searching.renew().counts == {"made anew": 0}


@pytest.mark.parametrize("step", [1, 7, 200, 1000])
def test_samples_are_even_whatever_the_numbers(step):
    numbers = range(1, 100_000 * step, step)
    sizes = dict.fromkeys(SAMPLES, 0)
    for number in numbers:
        found = sample_lexemes(number)
        for size in SAMPLES:
            sizes[size] += sample_lexeme(size) in found
    for size, count in sizes.items():
        assert count == pytest.approx(len(numbers) / size, rel=0.2)


def test_each_sample_lies_in_the_one_before_it():
    for number in range(1, 20_000):
        found = set(sample_lexemes(number))
        assert found in [{sample_lexeme(size) for size in SAMPLES[:many]} for many in range(4)]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-GB", "en"), ("de_DE", "de"), ("DE", "de"), ("fil", "fil"), ("english", ""), ("", "")],
)
def test_the_language_of_a_tag(tag, language):
    assert primary_language(tag) == language
