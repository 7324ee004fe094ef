import pytest
from django.http import QueryDict

from archive.models import Entity
from archive.search.lists import entity_list
from archive.search.suggestions import names_like
from archive.text.types import Kind
from tests.archive_factory import make_article, make_entity, recount
from tests.search.search_archive import add_alias, index

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    """Three people and two organisations, some with further names."""
    body = "Abu Bakr al-Baghdadi, Ida Brand and Otto Kern met the Harbour Board and Qaeda."
    article = make_article(
        body=body,
        people=["Abu Bakr al-Baghdadi", "Ida Brand", "Otto Kern"],
        organisations=["Harbour Board", "Qaeda"],
    )
    make_article(body="Ida Brand spoke.", people=["Ida Brand"])
    index()
    add_alias(Entity.objects.get(name="Harbour Board"), "Northport Port Authority")
    return article


def found(typed):
    names = names_like(typed)
    return [name.entity.name for name in (*names.people, *names.organisations)]


@pytest.mark.parametrize("typed", ["", "  ", "-", "zzz", "brandt kern", "\x00", "'", "x" * 1000, "ba'd:*"])
def test_nothing_is_suggested_for_nothing_or_strangers(names, typed):
    assert found(typed) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ida", "Ida Brand"),
        ("brand ida", "Ida Brand"),
        ("BRA", "Ida Brand"),
        ("bagh", "Abu Bakr al-Baghdadi"),
        ("al-bagh", "Abu Bakr al-Baghdadi"),
        ("baghdadi abu", "Abu Bakr al-Baghdadi"),
        ("authority port", "Harbour Board"),
        ("northp", "Harbour Board"),
        ("al-qaeda", "Qaeda"),
        ("Ída", "Ida Brand"),
    ],
)
def test_any_part_of_any_name_in_any_order(names, typed, name):
    assert found(typed) == [name]
    assert not names_like(typed).misspelt


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bagdadi", "Abu Bakr al-Baghdadi"),
        ("baghdaddi", "Abu Bakr al-Baghdadi"),
        ("brnad", "Ida Brand"),
        ("bagda", "Abu Bakr al-Baghdadi"),
    ],
)
def test_misspellings_are_forgiven_and_said(names, typed, name):
    assert found(typed) == [name]
    assert names_like(typed).misspelt


def test_an_alias_added_later_is_suggested_even_misspelt(names):
    assert found("kapitaen") == []
    add_alias(Entity.objects.get(name="Otto Kern"), "Kapitän")
    assert found("kapitan") == ["Otto Kern"]
    assert found("kapitn") == ["Otto Kern"]


def test_those_in_most_articles_come_first(names):
    make_article(body="Idanha spoke.", people=["Idanha"])
    index()
    assert found("ida") == ["Ida Brand", "Idanha"]


def test_merged_and_withdrawn_names_are_not_suggested(names):
    ida, otto = Entity.objects.get(name="Ida Brand"), Entity.objects.get(name="Otto Kern")
    otto.merged_into = ida
    otto.save()
    ida.withdrawn = True
    ida.save()
    assert found("ida") == found("kern") == []


def test_other_names_stand_beside_but_not_the_name_itself(names):
    board = Entity.objects.get(name="Harbour Board")
    for form in ("A Board", "B Board", "C Board"):
        add_alias(board, form)
    (name,) = names_like("port authority").organisations
    assert name.others == ("Northport Port Authority", "A Board", "B Board")


def test_the_lists_narrow_by_any_name_and_help_where_none_fits(names):
    listing = entity_list(Kind.PERSON, "/people/", QueryDict("q=baghdadi"))
    assert [row.name for row in listing.rows] == ["Abu Bakr al-Baghdadi"]
    nothing = entity_list(Kind.PERSON, "/people/", QueryDict("q=bagdadi"))
    assert nothing.rows == ()
    assert [name.entity.name for name in nothing.near.people] == ["Abu Bakr al-Baghdadi"]


def test_a_name_without_articles_has_no_place_in_a_list(names):
    empty = make_entity("Nobody Here")
    recount(empty)
    listing = entity_list(Kind.PERSON, "/people/", QueryDict())
    assert [row.name for row in listing.rows] == ["Ida Brand", "Abu Bakr al-Baghdadi", "Otto Kern"]
