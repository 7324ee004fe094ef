"""Checks that other archives fail somewhere, by their numbers in the list of peers: 1, 2, 3 and 9."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Article, SearchRow
from archive.search import keyset
from archive.search.highlights import matches
from archive.search.matching import matching
from archive.search.query import terms
from archive.search.results import search
from tests.archive_factory import make_article
from tests.search.search_archive import found, headlines, index, kept_for_a_module, open_link

pytestmark = pytest.mark.django_db

# Written otherwise, the same words: marks, dashes, spaces, ligatures, case, accents, initials, compounds.
ALIKE = [
    (
        "“well-being”",
        '"well-being"',
        "„well-being“",
        "«well‑being»",
        '"well–being"',
        "WELL-BEING",
    ),
    ("Iraq’s", "Iraq's", "iraq", "IRAQ", "Iraqʼs"),
    ("ﬁnal ofﬁce", "final office", "FINAL OFFICE", "final office"),
    ("café niño", "cafe nino", "CAFÉ NIÑO", "cafe\u0301 nin\u0303o"),
    ("U.S.", "US", "u.s", "us"),
    ('"into thin air"', "“into thin air”", '"into\u00a0thin\u202fair"', "«Into Thin Air»"),
    ("Straße", "STRASSE", "strasse"),
    ("30,000", "30000"),
    ("co\u00adoperate", "cooperate", "co\u200boperate"),
]
TEXTS = [
    "A question of “well‑being”, of well-being and of well being; wellbeing too.",
    "Iraq's and Iraq’s harbour; IRAQ and Iraq.",
    "The ﬁnal ofﬁce and the final office.",
    "El Niño in the café; the cafe, the nino; CAFÉ NIÑO.",
    "The U.S. crews and the US crews.",
    "It went into thin\nair. Into thin air! Into\u00a0thin air.",
    "Die Straße, die STRASSE.",
    "Some 30,000 ships, 30000 in all.",
    "They co\u00adoperate; they cooperate.",
]


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        for number, text in enumerate(TEXTS):
            make_article(f"Text {number}", text)
        index()
        yield


def marked(results):
    return [
        (hit.article.pk, snippet.span, snippet.matches) for hit in results.hits for snippet in hit.snippets
    ]


@pytest.mark.parametrize("ways", ALIKE, ids=lambda ways: ways[1])
def test_1_the_same_words_find_the_same_rows_and_mark_the_same_spans_however_they_are_written(archive, ways):
    first, *others = (found(way) for way in ways)
    assert first.total == 1
    assert marked(first)
    for other in others:
        assert headlines(other) == headlines(first)
        assert marked(other) == marked(first)


def test_2_accents_match_and_are_marked_and_a_phrase_over_a_line_break_is(archive):
    (hit,) = found("nino").hits
    texts = [hit.article.body[slice(*span)] for snippet in hit.snippets for span in snippet.matches]
    assert texts == ["Niño", "nino", "NIÑO"][: len(texts)]
    assert "Niño" in texts
    (hit,) = found('"thin air"').hits
    texts = [hit.article.body[slice(*span)] for snippet in hit.snippets for span in snippet.matches]
    assert "thin\nair" in texts


def test_3_every_match_has_a_row_and_the_count_is_the_number_on_the_screen(archive, monkeypatch):
    for number in range(230):
        make_article(f"Ship {number}", "A ship.")
    index()
    screen = found("ship*").total
    every = matching("/search/", QueryDict("q=ship*"))
    numbers = list(every.ids())
    assert len(numbers) == len(set(numbers)) == every.total() == screen == 231
    monkeypatch.setattr(keyset, "PAGE", 50)
    page, rows = found("ship*"), 0
    while True:
        rows += len(page.hits)
        if not page.page.next:
            break
        page = open_link(page.page.next)
    assert rows == screen


def test_9_folding_copies_never_hides_the_only_article_that_matches(archive):
    first = make_article("First print", "Ships wait.", outlet="The Courier")
    copy = make_article("Second print", "Ships wait.", outlet="Northport Times")
    index()
    Article.objects.filter(pk__in=[first.pk, copy.pk]).update(text_group=first.pk)
    SearchRow.objects.filter(pk__in=[first.pk, copy.pk]).update(text_id=first.pk)
    folded = found('"ships wait"')
    assert headlines(folded) == ["First print"]
    assert [one.headline for one in folded.hits[0].copies] == ["Second print"]
    assert (folded.total, folded.articles.number, folded.texts.number) == (1, 2, 1)
    assert headlines(found('"ships wait"', outlet=copy.outlet_id)) == ["Second print"]
    assert headlines(found("title:second")) == ["Second print"]
    assert sorted(headlines(found('"ships wait"', copies="all"))) == ["First print", "Second print"]
    for facet in folded.facets:
        for choice in facet.choices:
            assert open_link(choice.href).total == choice.size, choice


_PIECES = st.sampled_from(
    [
        *(
            "well",
            "being",
            "iraq",
            "thin",
            "air",
            "us",
            "us*",
            "w*",
            "nino",
            "zebra",
            "harbour",
            "the",
            "30000",
        ),
        *(" ", " ", " ", '"', "“", "-", "(", ")", " OR ", " AND ", " NOT ", "~2", "*", ":", "’"),
        *("title:", "by:", "outlet:", "person:", "org:", "event:", "from:", "to:", "lang:", "2017", "en"),
    ]
)
_TYPED = st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=12).map("".join))
_unhurried = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(_TYPED)
@_unhurried
def test_nothing_typed_is_an_error_and_count_export_and_pages_agree(archive, typed):
    sent = QueryDict(mutable=True)
    sent["q"] = typed
    results = search("/search/", sent)
    every = matching("/search/", sent)
    numbers = list(every.ids())
    assert results.total == every.total() == len(numbers)
    assert [hit.article.pk for hit in results.hits] == numbers[: keyset.PAGE]


@given(_TYPED)
@_unhurried
def test_marks_stand_where_matches_are_and_nowhere_else(archive, typed):
    sent = QueryDict(mutable=True)
    sent["q"] = typed
    results = search("/search/", sent)
    found_numbers = {hit.article.pk for hit in results.hits}
    wanted = [term for term in terms(results.query.expression) if not term.where]
    for article in Article.objects.filter(search_row__isnull=False):
        for term in wanted:
            alone = QueryDict(mutable=True)
            alone["q"] = _alone(term)
            holds = bool(matches(article.body, [term]) or matches(article.headline, [term]))
            assert holds == (article.pk in set(matching("/search/", alone).ids())), (term, article.body)
        for snippet in (one for hit in results.hits if hit.article.pk == article.pk for one in hit.snippets):
            assert article.pk in found_numbers
            assert snippet.matches


def _alone(term):
    """A term as it would be typed."""
    star = "*" if term.prefix else ""
    near = "" if term.apart is None else f"~{term.apart}"
    return f'"{" ".join(term.forms)}{star}"{near}' if not term.joined else term.printed.replace('"', " ")
