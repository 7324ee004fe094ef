from datetime import UTC, datetime

import pytest

from archive.models import Entity
from tests.archive_factory import make_article, make_entity, make_event
from tests.search.search_archive import found, headlines, index, open_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def coverage():
    """Six articles of three outlets over four months, naming three people."""
    rows = [
        ("The Courier", 1, "Ida Brand"),
        ("The Courier", 1, "Ida Brand and Otto Kern"),
        ("The Courier", 2, "Otto Kern"),
        ("Northport Times", 2, "Ida Brand"),
        ("Northport Times", 4, "Nora Lund"),
        (None, None, "Nora Lund"),
    ]
    articles = [
        make_article(
            f"Article {number}",
            f"On the quay stood {names}.",
            outlet=outlet,
            published=datetime(2017, month, 3, tzinfo=UTC) if month else None,
            people=names.split(" and "),
            organisations=["quay"],
        )
        for number, (outlet, month, names) in enumerate(rows)
    ]
    make_event("Winter", *articles[:3])
    make_event("Spring", *articles[3:5])
    index()
    return articles


def facet(results, name):
    return {
        choice.label: choice for facet in results.facets if facet.name == name for choice in facet.choices
    }


CHOICES = [
    {},
    {"query": "quay"},
    {"query": "brand -kern"},
    {"outlet": "The Courier"},
    {"person": "Ida Brand"},
    {"not_person": "Ida Brand"},
    {"not_person": ["Ida Brand", "Otto Kern"]},
    {"not_outlet": "The Courier"},
    {"event": "Winter", "person": "Otto Kern"},
    {"from_": "2017-02"},
    {"outlet": "The Courier", "not_person": "Otto Kern", "to_": "2017-03"},
]


@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_the_number_on_a_facet_is_the_number_of_rows_that_it_opens(coverage, choices):
    results = found(**by_number(choices))
    assert results.facets
    for facet in results.facets:
        for choice in facet.choices:
            assert open_link(choice.href).total == choice.size, (facet.name, choice)


@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_the_number_of_a_month_is_the_number_of_rows_that_it_opens(coverage, choices):
    results = found(**by_number(choices))
    assert results.months.bars
    for bar in results.months.bars:
        assert open_link(bar.href).total == bar.size


@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_excluding_takes_out_exactly_what_was_there_and_undoing_puts_it_back(coverage, choices):
    results = found(**by_number(choices))
    for facet in results.facets:
        for choice in facet.choices:
            if not choice.chosen and not choice.excluded:
                without = open_link(choice.other_href)
                assert (
                    not set(headlines(without))
                    & set(headlines(open_link(choice.href)))
                    & set(headlines(results))
                )
                again = next(
                    c
                    for f in without.facets
                    if f.name == facet.name
                    for c in f.choices
                    if c.excluded and c.label == choice.label
                )
                assert headlines(open_link(again.other_href)) == headlines(results)


def by_number(choices):
    """The choices with the numbers of the rows that they name."""
    from archive.models import Event, Outlet

    models = {"outlet": (Outlet, "name"), "event": (Event, "title"), "person": (Entity, "name")}
    numbered = {}
    for name, value in choices.items():
        kind = name.removeprefix("not_")
        if kind in models:
            model, field = models[kind]
            labels = value if isinstance(value, list) else [value]
            value = [model.objects.get(**{field: label}).pk for label in labels]
        numbered[name] = value
    return numbered


def test_people_add_up_and_outlets_take_each_others_place(coverage):
    ida = Entity.objects.get(name="Ida Brand")
    with_ida = found(person=ida.pk)
    assert facet(with_ida, "person")["Otto Kern"].size == 1
    in_courier = open_link(facet(with_ida, "outlet")["The Courier"].href)
    assert in_courier.total == 2
    assert facet(in_courier, "outlet")["Northport Times"].size == 1
    assert open_link(facet(in_courier, "outlet")["Northport Times"].href).total == 1


def test_chosen_and_excluded_values_stay_in_sight_and_can_be_undone(coverage):
    ida = Entity.objects.get(name="Ida Brand")
    results = found(not_person=ida.pk)
    choice = facet(results, "person")["Ida Brand"]
    assert (choice.excluded, choice.chosen) == (True, False)
    assert open_link(choice.other_href).total == 6
    assert [one.label for one in results.chosen] == ["not person: Ida Brand"]
    assert open_link(results.chosen[0].href).total == 6


def test_an_empty_month_between_others_has_a_bar_too(coverage):
    months = found().months
    assert [(bar.first.month, bar.size) for bar in months.bars] == [(1, 2), (2, 2), (3, 0), (4, 1)]
    assert months.undated == 1


def test_a_merged_name_in_an_old_address_is_the_one_it_was_merged_into(coverage):
    ida = Entity.objects.get(name="Ida Brand")
    old = make_entity("I. Brand", merged_into=ida)
    assert found(person=old.pk).total == found(person=ida.pk).total == 3
