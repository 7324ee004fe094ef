"""Each line of the syntax over stored articles: what it finds, and what it must not."""

from datetime import UTC, datetime

import pytest

from archive.search.results import search
from tests.archive_factory import make_article, make_event, make_outlet
from tests.search.search_archive import add_alias, found, headlines, index, kept_for_a_module, open_link

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def harbour(django_db_setup, django_db_blocker):
    """Seven articles, made once; each headline is one letter and a word of its own."""
    with kept_for_a_module(django_db_blocker):
        yield make_articles()


def make_articles():
    make_outlet("The Courier", short_name="TC", domain="courier.example")
    make_outlet("Courier Sport", domain="sport.example")
    rows = [
        ("A bridge", "Ships wait in the harbour because of the closed bridge.", "The Courier", 2016, {}),
        ("B port", "The harbour of Norwick, and its old bridge, closed.", "Northport Times", 2017, {}),
        ("C quay", "Bridge and quay: ‘well‑being’ of the U.S. crews at the quay.", "Courier Sport", 2018, {}),
        ("D notice", "Ida Brand spoke. Niño’s ship\nof state waited.", "Northport Times", None, {}),
        ("E hafen", "Die Brücke ist zu.", "Hafenblatt", 2017, {"language": "de"}),
        (
            "F byline",
            "Nothing else.",
            "The Courier",
            2017,
            {"authors": ["Jo Harbour"], "agencies": ["Quay Press"]},
        ),
        ("G spread", "one " + "word " * 8 + "two three", None, 2019, {}),
    ]
    made = {}
    for headline, body, outlet, year, fields in rows:
        made[headline[0]] = make_article(
            headline,
            body,
            outlet=outlet,
            published=datetime(year, 4, 18, tzinfo=UTC) if year else None,
            people=["Ida Brand"],
            organisations=["Norwick"],
            **{"language": "en", **fields},
        )
    make_event("Niño strikes", made["D"])
    index()
    return made


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("harbour bridge", "AB"),
        ("harbour AND bridge", "AB"),
        ("harbour bridge zebra", ""),
        ("harbour or bridge", ""),  # "or" is a word
        ("harbour OR quay", "ABC"),
        ('"harbour bridge"', ""),
        ('"closed bridge"', "A"),
        ("“closed bridge”", "A"),
        ("«bridge closed»", "B"),  # over a comma
        ('"ship of state"', "D"),  # over a line break
        ('"bridge ships"', ""),  # no phrase reaches from a headline into a text
        ('"bridge ships"~5', ""),
        ('"bridge ships"~50', "A"),  # both stand in the text, eight words apart
        ("bridge -harbour", "C"),
        ("bridge −harbour", "C"),
        ("bridge NOT harbour", "C"),
        ('bridge -"closed bridge"', "BC"),
        ("bridge -(harbour OR quay)", ""),
        ("(harbour OR quay) ships", "A"),
        ("harbour OR quay ships", "AB"),  # AND binds more closely
        ("brid*", "ABC"),
        ("brid", ""),
        ("smp* OR mon* OR lng* OR ent*", ""),  # filters stand in the same index, but are no words
        ('"closed brid*"', "A"),
        ("well-being", "C"),
        ("wellbeing", "C"),
        ('"well being"', "C"),
        ("us", "C"),
        ("U.S.", "C"),
        ("nino", "D"),
        ("NIÑO", "D"),
        ("brucke", "E"),
        ("title:bridge", "A"),
        ("-title:bridge bridge", "BC"),
        ("title:(bridge OR quay)", "AC"),
        ("title:brid*", "A"),
        ('title:"a bridge"', "A"),
        ("outlet:courier", "ACF"),
        ('outlet:"the courier"', "AF"),
        ("outlet:tc", "AF"),
        ("outlet:sport.example", "C"),
        ("outlet:zebra", ""),
        ("-outlet:courier bridge", "B"),
        ("-outlet:zebra title:bridge", "A"),
        ("person:brand", "D"),
        ("person:ida", "D"),
        ('person:"Ida Brand"', "D"),
        ("person:bran", ""),
        ("person:bran*", "D"),
        ("person:norwick", ""),  # an organisation
        ("org:norwick", "B"),
        ("organisation:norwick", "B"),
        ("bridge -org:norwick", "AC"),
        ("event:strikes", "D"),
        ("event:nino", "D"),
        ("event:zebra", ""),
        ("by:harbour", "F"),
        ('by:"jo harbour"', "F"),
        ('by:"harbour quay"', ""),  # two names
        ("by:quay", "F"),
        ("harbour -by:harbour", "AB"),
        ("by:jo OR title:bridge", "AF"),
        ("from:2017", "BCEFG"),
        ("from:2017 to:2017", "BEF"),
        ("to:2016-04", "A"),
        ("to:2016-04-17", ""),
        ("from:2016-04-18 to:2016-04-18", "A"),
        ("bridge NOT from:2017", "A"),
        ("NOT from:2016", "D"),  # without a date, in no period
        ("to:2016 OR title:quay", "AC"),
        ("lang:de", "E"),
        ("lang:de-AT", "E"),
        ("-lang:en", "E"),
        ("lang:de OR quay", "CE"),
        ('"one two"~8', "G"),
        ('"one two"~7', ""),
        ('"two one"~8', "G"),
        ('"three one two"~8', "G"),
        ('"three one two"~7', ""),
        ('"one three zebra"~20', ""),
        ('"one two thr*"~8', "G"),
        ('"harbour bridge"~3', ""),
        ('"harbour bridge"~4', "A"),
        ('"bridge harbour"~5', "AB"),
        ('title:"one two"~9', ""),
    ],
)
def test_what_a_query_finds_and_what_not(harbour, query, letters):
    results = found(query, sort="newest")
    assert "".join(sorted(headline[0] for headline in headlines(results))) == letters
    assert results.total == len(letters)


def test_a_field_says_whom_it_means(harbour):
    assert "person:brand is Ida Brand." in said(found("person:brand"))
    assert "outlet:courier is any of Courier Sport, The Courier." in said(found("outlet:courier"))
    assert "No person here is called “zebra”." in said(found("person:zebra"))


def test_a_misspelt_name_of_a_field_is_offered(harbour):
    results = found("person:brnad bridge")
    (note,) = (note for note in results.notes if note.label)
    assert note.label == "Did you mean Ida Brand?"
    assert 'person:"Ida Brand" bridge' in open_link(note.href).query.text


def test_every_reading_offers_the_other_one_with_one_click(harbour):
    (note,) = (note for note in found("harbour or quay").notes if note.label)
    assert (note.label, open_link(note.href).total) == ("Use OR", 3)
    (note,) = (note for note in found('"harbour bridge"').notes if note.label)
    assert (note.label, open_link(note.href).total) == ("Words apart", 2)


def test_names_of_the_same_are_offered_counted_added_and_taken_out(harbour):
    ida = harbour["D"].mentions.get(name="Ida Brand").entity
    add_alias(ida, "Notabene")
    make_article("H other", "Notabene wrote.")
    index()
    results = found("notabene")
    (hint,) = results.other_names
    assert (hint.entity, hint.more.number, hint.added, results.total) == (ida, 1, False, 1)
    added = open_link(hint.href)
    assert sorted(headlines(added)) == ["D notice", "H other"]
    (hint,) = added.other_names
    assert (hint.added, hint.more.number) == (True, 1)
    assert open_link(hint.href).total == 1


def test_names_without_other_articles_are_not_offered(harbour):
    assert found('"ida brand"').other_names == ()
    assert found("bridge").other_names == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [("norwik", "norwick"), ("Harbuor bridge", "Harbour bridge"), ("title:brigde", "title:bridge")],
)
def test_another_spelling_is_offered_where_it_finds_more(harbour, query, words):
    spelling = found(query).spelling
    assert spelling.words == words
    assert open_link(spelling.href).total == spelling.size.number > 0


@pytest.mark.parametrize("query", ["harbour", "xqzzy", "zebra quay", "qu", "-harbuor", "harbour* zebra", ""])
def test_no_spelling_is_offered_that_does_not_help(harbour, query):
    assert found(query).spelling is None


def test_an_old_address_with_removed_fields_and_page_numbers_still_opens(harbour):
    results = search_at("q=bridge&agency=x&page=7&sort=newest")
    assert headlines(results) == ["C quay", "B port", "A bridge"]
    assert "Pages are not numbered any more" in said(results)
    assert "agency=x" in str(results.here)


def search_at(sent):
    from django.http import QueryDict

    return search("/search/", QueryDict(sent))


def said(results):
    return " ".join(note.text for note in results.notes)
