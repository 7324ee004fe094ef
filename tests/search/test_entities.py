from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from archive.models import Entity, Mention
from archive.search import entities, gathering
from archive.search.entities import entity_or_successor, entity_page, newest_naming
from archive.search.places import places
from archive.search.printed_forms import WIDEST_TABLE
from archive.search.quotations import statements
from archive.search.successors import Gone
from tests.archive_factory import make_article, make_entity, mention_everywhere, quote, recount
from tests.search.search_archive import index

pytestmark = pytest.mark.django_db

BODY = (
    "Police Director Ida Brand spoke. Brand, a former captain, said “ships will wait” and left. "
    "Otto Kern stayed."
)


@pytest.fixture
def ida():
    """Somebody in two articles of one outlet and one without, under two forms."""
    for number, outlet in enumerate(["The Courier", "The Courier", None]):
        article = make_article(f"Article {number}", BODY, outlet=outlet, people=["Otto Kern"])
        mention_everywhere(article, "Ida Brand", surfaces=["Ida Brand"])
        mention_everywhere(article, "Ida Brand", surfaces=["Brand, a"])
    Mention.objects.filter(surface="Brand, a").update(surface="Brand")
    for mention in Mention.objects.filter(surface="Brand"):
        mention.end = mention.start + len("Brand")
        mention.save()
        quote(mention.article, "ships will wait", mention)
    entity = Entity.objects.get(name="Ida Brand")
    recount(entity)
    index()
    return entity


def test_every_number_of_the_table_opens_as_many_places(ida):
    forms = entity_page(ida).forms
    assert [row.form for row in forms.rows] == ["Brand", "Ida Brand"]
    assert forms.columns == ("The Courier", "no outlet")
    cells = [cell for row in forms.rows for cell in (*row.counts, row.total)] + [*forms.totals, forms.total]
    for cell in cells:
        assert places(ida, "/x/", QueryDict(cell.query[1:])).pages.total == cell.size
    assert forms.total.size == 6


def test_a_name_in_very_many_articles_is_read_in_the_newest_and_says_so(ida, monkeypatch):
    monkeypatch.setattr(entities, "NEWEST", 2)
    page = entity_page(ida)
    assert page.newest == 2
    assert page.folding.articles == 3
    assert page.forms.total.size == 4
    for row in page.forms.rows:
        for cell in (*row.counts, row.total):
            assert places(ida, "/x/", QueryDict(cell.query[1:])).pages.total == cell.size
    assert statements(ida, newest_naming(ida)).quotations == 2
    assert [one.articles for one in page.companions] == [3]


def test_a_name_in_too_many_articles_to_count_is_estimated_and_says_so(ida, monkeypatch):
    monkeypatch.setattr(gathering, "EXACT", 2)
    monkeypatch.setattr(gathering, "ENOUGH", 1)
    monkeypatch.setattr(gathering, "SAMPLES", (10,))
    monkeypatch.setattr(gathering, "RATES", (10,))
    # Every article is in the sample.
    monkeypatch.setattr(gathering, "sample_lexeme", lambda rate: ":none:1' | !':none:1")
    exact = entity_page(ida)
    monkeypatch.setattr(entities, "NEWEST", 2)
    page = entity_page(ida)
    assert (page.folding.articles, page.folding.sample) == (30, 3)
    assert page.newest == 2
    assert (page.first, page.last, page.outlets) == (exact.first, exact.last, exact.outlets)
    assert page.first and page.last
    assert [one.articles for one in page.companions] == [0]


def test_more_outlets_than_fit_are_added_up(ida):
    for number in range(WIDEST_TABLE + 2):
        make_article(body="Ida Brand spoke.", outlet=f"Outlet {number}", people=["Ida Brand"])
    index()
    forms = entity_page(ida).forms
    assert len(forms.columns) == WIDEST_TABLE
    assert forms.columns[-1].endswith(" others")
    assert forms.totals[-1].query is None
    assert sum(cell.size for cell in forms.totals) == forms.total.size


def test_places_show_the_sentence_around_the_name(ida):
    page = places(ida, "/x/", QueryDict("form=Brand&outlet=0"))
    (place,) = page.places
    assert place.body[slice(*place.around)] == "Brand, a former captain, said “ships will wait” and left."
    assert place.body[place.start : place.end] == "Brand"
    assert (place.paragraph, page.outlet) == (1, "no outlet")


def test_places_of_one_article_are_its_mentions(ida):
    for mention in ida.mentions.all():
        page = places(ida, "/x/", QueryDict(f"article={mention.article_id}"))
        assert page.pages.total == ida.mentions.filter(article=mention.article_id).count() == 2
        assert page.article == mention.article.headline
    assert places(ida, "/x/", QueryDict("article=999999")).pages.total == 0
    assert places(ida, "/x/", QueryDict("article=x&outlet=²")).pages.total == 6
    assert places(ida, "/x/", QueryDict(f"article={'9' * 30}&outlet={'9' * 30}")).pages.total == 0


def test_words_beside_the_name_by_outlet(ida):
    words = {(one.outlet, one.words): len(one.places) for one in entity_page(ida).descriptions}
    assert words == {
        ("The Courier", "Police Director"): 2,
        ("The Courier", "a former captain"): 2,
        ("no outlet", "Police Director"): 1,
        ("no outlet", "a former captain"): 1,
    }


def test_who_stands_in_the_same_articles(ida):
    assert [(one.entity.name, one.articles) for one in entity_page(ida).companions] == [("Otto Kern", 3)]


def test_the_same_words_are_one_statement_with_all_its_printings(ida):
    said = statements(ida, newest_naming(ida))
    assert said.quotations == 3
    (one,) = said.said
    assert len(one.printings) == 3


def test_what_an_outlet_put_in_does_not_part_a_statement(ida):
    body = "“Ships [of the line] will wait until dawn,” Ida Brand said."
    article = make_article(body=body, published=datetime(2017, 4, 20, tzinfo=UTC))
    (mention,) = mention_everywhere(article, "Ida Brand")
    quote(article, "Ships [of the line] will wait until dawn,", mention)
    index()
    (one,) = statements(ida, newest_naming(ida)).said
    assert one.longest.article == article
    assert len(one.printings) == 4


def test_other_words_are_other_statements(ida):
    article = make_article(body="“Ships wait,” Ida Brand said.")
    (mention,) = mention_everywhere(article, "Ida Brand")
    quote(article, "Ships wait,", mention)
    index()
    assert len(statements(ida, newest_naming(ida)).said) == 2


def test_merged_names_lead_on_and_withdrawn_ones_are_gone(ida):
    old = make_entity("I. Brand", merged_into=ida)
    assert entity_or_successor(old.pk) == ida
    ida.withdrawn = True
    ida.save()
    with pytest.raises(Gone, match="“Ida Brand” is no person any more"):
        entity_or_successor(old.pk)
    with pytest.raises(Entity.DoesNotExist):
        entity_or_successor(10**30)


def test_a_page_takes_a_bounded_number_of_queries(ida, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        entity_page(ida)
        statements(ida, newest_naming(ida))
